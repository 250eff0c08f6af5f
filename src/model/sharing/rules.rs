//! What may be asked, and what may be answered (rules 3.1 to 3.6). A refusal names the first rule that fails,
//! and the command that helps.

use super::{DataType, Label, Mode, Request, Setting, Status};
use crate::model::prelude::*;
use crate::model::sharing::SharingLevel;

/// The owner, data type and recipient, as every refusal names them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parties<'a> {
    pub(crate) client: &'a str,
    pub(crate) owner: &'a str,
    pub(crate) recipient: &'a str,
    pub(crate) data_type: DataType,
}

/// The facts that decide whether a request may be made, in the order of the rules.
#[derive(Clone, Debug)]
pub(crate) struct RequestFacts {
    /// The owner's.
    pub(crate) setting: Setting,
    pub(crate) is_linked: bool,
    /// At level 2: a category of services that the client has had at both under contracts in force.
    pub(crate) has_common_category: bool,
    pub(crate) active_at_owner: bool,
    pub(crate) active_at_recipient: bool,
    /// The code of a request for the same that is pending, or granted and not expired.
    pub(crate) open_request: Option<String>,
}

/// Rules 3.1 to 3.5, in order.
pub(crate) fn may_ask(request_facts: &RequestFacts, parties: &Parties<'_>) -> Result<()> {
    may_reach(request_facts, parties)?;
    must_go_by_request(request_facts, parties)?;
    may_concern(request_facts, parties)?;
    must_be_the_only_one(request_facts, parties)
}

/// The same for a portal account, which learns by a request nothing of what the owner holds: of the client only what the
/// recipient knows itself is asked (rule 3.11).
pub(crate) fn may_send(request_facts: &RequestFacts, parties: &Parties<'_>) -> Result<()> {
    may_reach(request_facts, parties)?;
    must_go_by_request(request_facts, parties)?;
    must_be_active(&[(request_facts.active_at_recipient, parties.recipient)], parties.client)?;
    must_be_the_only_one(request_facts, parties)
}

/// Rules 3.4 and 3.7.
fn must_go_by_request(request_facts: &RequestFacts, parties: &Parties<'_>) -> Result<()> {
    let Parties { client, owner, recipient, data_type } = parties;
    let kind = data_type.name();
    match request_facts.setting.mode() {
        Mode::Release => {
            Err(Error::refused(
                "sharing.by_release",
                format!("`{owner}` shares {kind} by signed releases, not by requests"),
            )
            .hint(format!(
                "`caredesk release list --client {client}` shows those that there are; the owner adds one with `caredesk release add`"
            )))
        }
        Mode::Automatic => {
            Err(Error::refused(
                "sharing.automatic",
                format!("`{owner}` shares {kind} with `{recipient}` automatically: there is nothing to ask for"),
            )
            .hint(format!(
                "`caredesk record list {client} --viewer {recipient_word}` shows it; `caredesk sharing setup {owner_word} --type {kind} --client-by-client on` ends it", recipient_word = text::shell_word(recipient), owner_word = text::shell_word(owner)
            )))
        }
        Mode::Request | Mode::Nothing => Ok(()),
    }
}

fn must_be_the_only_one(request_facts: &RequestFacts, parties: &Parties<'_>) -> Result<()> {
    let Parties { client, owner, recipient, data_type } = parties;
    let kind = data_type.name();
    match &request_facts.open_request {
        None => Ok(()),
        Some(open) => Err(Error::refused(
            "sharing.open_request",
            format!("{open} asks `{owner}` for {kind} of {client} for `{recipient}` already"),
        )
        .hint(format!("`caredesk sharing show {open}` says how it stands"))
        .detail("request", open.clone())),
    }
}

/// Rules 3.1 and 3.2.
fn may_reach(request_facts: &RequestFacts, parties: &Parties<'_>) -> Result<()> {
    let Parties { owner, recipient, data_type, .. } = parties;
    let kind = data_type.name();
    if request_facts.setting.mode() == Mode::Nothing {
        return Err(Error::refused(
            "sharing.level",
            format!("`{owner}` is at level 3 for {kind}: it shares nothing"),
        )
        .hint(format!(
            "`caredesk sharing setup {owner_word} --type {kind} --level 1` lets it share with all",
            owner_word = text::shell_word(owner)
        )));
    }
    if !request_facts.is_linked {
        return Err(Error::refused(
            "sharing.not_linked",
            format!("`{owner}` is not linked to `{recipient}` for {kind}"),
        )
        .hint(format!(
            "`caredesk sharing link {owner_word} {recipient_word} --type {kind}` links them, in this direction", owner_word = text::shell_word(owner), recipient_word = text::shell_word(recipient)
        )));
    }
    Ok(())
}

/// Rules 3.1 to 3.3, which no release replaces.
pub(crate) fn may_show(request_facts: &RequestFacts, parties: &Parties<'_>) -> Result<()> {
    may_reach(request_facts, parties)?;
    must_have_a_category(request_facts, parties)
}

/// Rule 3.3, and of rule 3.5 that the client is active at both.
fn may_concern(request_facts: &RequestFacts, parties: &Parties<'_>) -> Result<()> {
    let Parties { client, owner, recipient, .. } = parties;
    must_have_a_category(request_facts, parties)?;
    must_be_active(
        &[(request_facts.active_at_owner, owner), (request_facts.active_at_recipient, recipient)],
        client,
    )
}

/// Rule 3.3.
fn must_have_a_category(request_facts: &RequestFacts, parties: &Parties<'_>) -> Result<()> {
    let Parties { client, owner, recipient, .. } = parties;
    if request_facts.setting.level == SharingLevel::CommonCategory && !request_facts.has_common_category {
        return Err(Error::refused(
            "sharing.no_common_category",
            format!("{client} has had no service of one category at both `{owner}` and `{recipient}` under contracts in force"),
        )
        .hint(format!("`caredesk contract list --active --provider {recipient_word}` shows what is in force; `caredesk record add` records a service", recipient_word = text::shell_word(recipient))));
    }
    Ok(())
}

/// Whether the client is active at each.
fn must_be_active(providers: &[(bool, &str)], client: &str) -> Result<()> {
    let absent: Vec<&str> =
        providers.iter().filter(|(is_active, _)| !is_active).map(|(_, name)| *name).collect();
    let Some(first) = absent.first() else { return Ok(()) };
    Err(Error::refused(
        "sharing.not_enrolled",
        format!("{client} is not active at `{}`", absent.join("` nor at `")),
    )
    .hint(format!(
        "`caredesk client enroll {client} {first_word}` makes the client active there",
        first_word = text::shell_word(first)
    )))
}

/// Whether the label of a request may be changed to `wanted`. False if it is that already. What has ended needs a new
/// request (rules 3.6 and 3.11).
pub(crate) fn may_set(request: &Request, wanted: Label, today: NaiveDate) -> Result<bool> {
    let code = &request.code;
    let again = ask_again(request);
    match (request.status(today), wanted) {
        (Status::Expired, _) => {
            let last = request.expires_on.map(|day| format!(" on {day}")).unwrap_or_default();
            Err(Error::refused("sharing.expired", format!("{code} ran out{last}")).hint(again))
        }
        (Status::Unanswered, _) => {
            let last = request.lapses_on.map(|day| format!(" on {day}")).unwrap_or_default();
            Err(Error::refused("sharing.unanswered", format!("{code} ended unanswered{last}")).hint(again))
        }
        (Status::Cancelled, _) => {
            let message = format!("{code} was cancelled by `{}`", request.recipient_name);
            Err(Error::refused("sharing.cancelled", message).hint(again))
        }
        (Status::Revoked, Label::Revoked) => Ok(false),
        (Status::Revoked, _) => {
            Err(Error::refused("sharing.revoked", format!("{code} was revoked")).hint(again))
        }
        (Status::Granted, Label::Denied) => {
            Err(Error::refused("sharing.granted", format!("{code} was granted already"))
                .hint(format!("`caredesk sharing revoke {code}` takes it back")))
        }
        (Status::Pending | Status::Denied, Label::Revoked) => Err(Error::refused(
            "sharing.not_granted",
            format!("{code} is {}: there is no grant to revoke", request.label.name()),
        )
        .hint(format!("`caredesk sharing show {code}` says how it stands"))),
        // A repeated grant may have other dates.
        (Status::Granted, Label::Granted) => Ok(true),
        (status, wanted) => Ok(status.label() != wanted),
    }
}

pub(super) fn ask_again(request: &Request) -> String {
    format!(
        "ask again: `caredesk sharing request {} --owner {} --recipient {} --type {}`",
        request.client,
        text::shell_word(&request.owner_name),
        text::shell_word(&request.recipient_name),
        request.data_type.name()
    )
}

/// Whether who has sent a request may take it back. False if it is cancelled already.
pub(crate) fn may_cancel(request: &Request, today: NaiveDate) -> Result<bool> {
    let status = request.status(today);
    match status {
        Status::Pending => Ok(true),
        Status::Cancelled => Ok(false),
        _ => {
            let message =
                format!("{} is {}: only a pending request can be cancelled", request.code, status.name());
            Err(Error::refused("sharing.not_pending", message)
                .hint(format!("`caredesk sharing show {}` says how it stands", request.code)))
        }
    }
}

/// The recipient has asked; the answer is the owner's, and no account answers its own request.
pub(crate) fn not_your_side(request: &Request) -> Error {
    Error::new(
        Kind::Denied,
        "sharing.wrong_side",
        format!(
            "{} is for `{}` to answer: no account answers its own request",
            request.code, request.owner_name
        ),
    )
    .hint(format!("`caredesk sharing show {}` says how it stands", request.code))
}

/// Only who has sent a request takes it back.
pub(crate) fn not_yours_to_cancel(request: &Request) -> Error {
    let message =
        format!("{} is for `{}` to cancel, which has sent it", request.code, request.recipient_name);
    Error::new(Kind::Denied, "sharing.wrong_side", message)
        .hint(format!("`caredesk sharing deny {}` answers it", request.code))
}

/// Only the recipient itself may make a request.
pub(crate) fn not_yours_to_ask(owner: &str, recipient: &str) -> Error {
    Error::new(
        Kind::Denied,
        "sharing.wrong_side",
        format!("it is for `{recipient}` to ask `{owner}`: no account asks in another's name"),
    )
    .hint("`caredesk whoami` says who you are")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTIES: Parties<'static> =
        Parties { client: "CLI-1", owner: "Oak", recipient: "Elm", data_type: DataType::Services };

    fn setting() -> Setting {
        Setting { level: SharingLevel::CommonCategory, ..Setting::unset(DataType::Services) }
    }

    fn request_facts() -> RequestFacts {
        RequestFacts {
            setting: setting(),
            is_linked: true,
            has_common_category: true,
            active_at_owner: true,
            active_at_recipient: true,
            open_request: None,
        }
    }

    fn refusal(change: impl Fn(&mut RequestFacts)) -> &'static str {
        let mut request_facts = request_facts();
        change(&mut request_facts);
        may_ask(&request_facts, &PARTIES).err().map_or("none", |error| error.code())
    }

    #[test]
    fn the_first_rule_that_fails_is_named() {
        let worse: [fn(&mut RequestFacts); 7] = [
            |g| g.open_request = Some("SHR-1".to_owned()),
            |g| g.active_at_recipient = false,
            |g| g.has_common_category = false,
            |g| g.setting.client_by_client = false,
            |g| g.setting.release_sharing = true,
            |g| g.is_linked = false,
            |g| g.setting.level = SharingLevel::Nothing,
        ];
        let mut named = Vec::new();
        for number in 0..=worse.len() {
            named.push(refusal(|request_facts| {
                worse.iter().take(number).for_each(|change| change(request_facts));
            }));
        }
        assert_eq!(
            named,
            [
                "none",
                "sharing.open_request",
                "sharing.not_enrolled",
                "sharing.no_common_category",
                "sharing.automatic",
                "sharing.by_release",
                "sharing.not_linked",
                "sharing.level"
            ]
        );
    }

    // Rule 3.11.
    #[test]
    fn a_letter_asks_of_the_client_only_what_its_sender_knows() {
        let refusal = |change: fn(&mut RequestFacts)| {
            let mut request_facts =
                RequestFacts { has_common_category: false, active_at_owner: false, ..request_facts() };
            change(&mut request_facts);
            may_send(&request_facts, &PARTIES).err().map_or("none", |error| error.code())
        };
        assert_eq!(refusal(|_| {}), "none");
        assert_eq!(refusal(|g| g.open_request = Some("SHR-1".to_owned())), "sharing.open_request");
        assert_eq!(refusal(|g| g.active_at_recipient = false), "sharing.not_enrolled");
        assert_eq!(refusal(|g| g.is_linked = false), "sharing.not_linked");
    }

    #[test]
    fn level_1_asks_for_no_category() {
        assert_eq!(
            refusal(|request_facts| {
                request_facts.setting.level = SharingLevel::All;
                request_facts.has_common_category = false;
            }),
            "none"
        );
    }
}
