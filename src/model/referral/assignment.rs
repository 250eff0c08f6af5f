//! What a resource must be for a referral to be sent to it (rule 2.5).

use uuid::Uuid;

use crate::error::{Error, Result};

/// A resource as an assignment looks at it.
#[derive(Clone, Debug)]
pub(crate) struct Assignee {
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) name: String,
    /// `active` takes referrals; `paused` takes none for now; `inactive` is gone.
    pub(crate) state: String,
    pub(crate) provider: String,
    pub(crate) provider_code: String,
    pub(crate) is_provider_active: bool,
    /// Whether it takes the referrals of the queue.
    pub(crate) is_linked: bool,
}

/// Refused: a provider that is inactive, a resource that takes no referrals, one that is not linked to the queue. `linked`
/// are names of those that could be taken instead.
pub(crate) fn must_take(
    assignee: &Assignee,
    queue: &str,
    linked: impl FnOnce() -> Result<Vec<String>>,
) -> Result<()> {
    must_be_active(assignee)?;
    if assignee.is_linked {
        return Ok(());
    }
    let (name, code, linked) = (&assignee.name, &assignee.code, linked()?);
    let instead = match linked.as_slice() {
        [] => "no other takes them yet".to_owned(),
        names => format!("those that do are {}", quoted(names)),
    };
    Err(Error::refused(
        "referral.not_linked",
        format!("resource `{name}` does not take referrals of queue `{queue}`"),
    )
    .hint(format!("{instead}; link it with `caredesk queue add-resource \"{queue}\" {code}`"))
    .detail("queue", queue)
    .detail("resource", code.as_str())
    .detail("linked", linked))
}

fn must_be_active(assignee: &Assignee) -> Result<()> {
    let Assignee { code, name, provider, provider_code, .. } = assignee;
    if !assignee.is_provider_active {
        return Err(Error::refused("provider.inactive", format!("provider `{provider}` is inactive"))
            .hint(format!("`caredesk provider activate {provider_code}` brings it back"))
            .detail("provider", provider_code.as_str()));
    }
    let (reason, words) = match assignee.state.as_str() {
        "active" => return Ok(()),
        "paused" => ("resource.paused", "takes no referrals for now: it is paused"),
        _ => ("resource.inactive", "takes no referrals: it is inactive"),
    };
    Err(Error::refused(reason, format!("resource `{name}` {words}"))
        .hint(format!("`caredesk resource edit {code} --state active` changes that"))
        .detail("resource", code.as_str()))
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
