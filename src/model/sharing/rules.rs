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
    let Parties { client, owner, recipient, data_type } = parties;
    let kind = data_type.name();
    may_reach(request_facts, parties)?;
    match request_facts.setting.mode() {
        Mode::Release => {
            return Err(Error::refused(
                "sharing.by_release",
                format!("`{owner}` shares {kind} by signed releases, not by requests"),
            )
            .hint(format!(
                "`caredesk release list --client {client}` shows those that there are; the owner adds one with `caredesk release add`"
            )));
        }
        Mode::Automatic => {
            return Err(Error::refused(
                "sharing.automatic",
                format!("`{owner}` shares {kind} with `{recipient}` automatically: there is nothing to ask for"),
            )
            .hint(format!(
                "`caredesk record list {client} --viewer \"{recipient}\"` shows it; `caredesk sharing setup \"{owner}\" --type {kind} --client-by-client on` ends it"
            )));
        }
        Mode::Request | Mode::Nothing => {}
    }
    may_concern(request_facts, parties)?;
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
            "`caredesk sharing setup \"{owner}\" --type {kind} --level 1` lets it share with all"
        )));
    }
    if !request_facts.is_linked {
        return Err(Error::refused(
            "sharing.not_linked",
            format!("`{owner}` is not linked to `{recipient}` for {kind}"),
        )
        .hint(format!(
            "`caredesk sharing link \"{owner}\" \"{recipient}\" --type {kind}` links them, in this direction"
        )));
    }
    Ok(())
}

/// Rule 3.3, and of rule 3.5 that the client is active at both.
fn may_concern(request_facts: &RequestFacts, parties: &Parties<'_>) -> Result<()> {
    let Parties { client, owner, recipient, .. } = parties;
    if request_facts.setting.level == SharingLevel::CommonCategory && !request_facts.has_common_category {
        return Err(Error::refused(
            "sharing.no_common_category",
            format!("{client} has had no service of one category at both `{owner}` and `{recipient}` under contracts in force"),
        )
        .hint(format!("`caredesk contract list --active --provider \"{recipient}\"` shows what is in force; `caredesk record add` records a service")));
    }
    let missing = [(request_facts.active_at_owner, owner), (request_facts.active_at_recipient, recipient)];
    let absent: Vec<String> = missing
        .into_iter()
        .filter(|(is_active, _)| !is_active)
        .map(|(_, name)| format!("`{name}`"))
        .collect();
    if absent.is_empty() {
        return Ok(());
    }
    let first = if request_facts.active_at_owner { recipient } else { owner };
    Err(Error::refused(
        "sharing.not_enrolled",
        format!("{client} is not active at {}", absent.join(" nor at ")),
    )
    .hint(format!("`caredesk client enroll {client} \"{first}\"` makes the client active there")))
}

/// Whether the label of a request may be changed to `wanted`. False if it is that already. An expired or
/// revoked one needs a new request (rule 3.6).
pub(crate) fn may_set(request: &Request, wanted: Label, today: NaiveDate) -> Result<bool> {
    let code = &request.code;
    let again = format!(
        "ask again: `caredesk sharing request {} --owner \"{}\" --recipient \"{}\" --type {}`",
        request.client,
        request.owner_name,
        request.recipient_name,
        request.data_type.name()
    );
    match (request.status(today), wanted) {
        (Status::Expired, _) => {
            let last = request.expires_on.map(|day| format!(" on {day}")).unwrap_or_default();
            Err(Error::refused("sharing.expired", format!("{code} ran out{last}")).hint(again))
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

/// The details of an agreement, given by the owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dates {
    pub(crate) signed: NaiveDate,
    /// The last day, inclusive.
    pub(crate) expires: Option<NaiveDate>,
}

/// The dates of an agreement (rule 3.5): by default signed today; if an expiry is required and not given, it
/// follows from the length that the owner has set.
pub(crate) fn agreement(
    setting: &Setting, owner: &str, signed: Option<NaiveDate>, expires: Option<NaiveDate>, today: NaiveDate,
) -> Result<Dates> {
    let signed = signed.unwrap_or(today);
    if signed > today {
        return Err(Error::invalid(
            "sharing.signed_future",
            format!("{signed} is still to come: today is {today}"),
        )
        .hint("`--signed` is the day of the signature"));
    }
    let expires = setting.last_day(expires, signed).map_err(|_| expiry_missing(setting.data_type, owner))?;
    match expires {
        Some(last) if last < signed => Err(Error::invalid(
            "sharing.expiry_before_signed",
            format!("an agreement signed on {signed} cannot expire on {last}"),
        )
        .hint("`--expires` is its last day")),
        Some(last) if last < today => {
            Err(Error::invalid("sharing.expiry_past", format!("the expiry {last} is over: today is {today}"))
                .hint("`--expires` is the last day on which it holds"))
        }
        _ => Ok(Dates { signed, expires }),
    }
}

fn expiry_missing(data_type: DataType, owner: &str) -> Error {
    let kind = data_type.name();
    Error::refused(
        "sharing.expiry_missing",
        format!("`{owner}` requires an expiry for {kind}, and has set no length that it follows from"),
    )
    .hint(format!(
        "give `--expires`, or set a length with `caredesk sharing setup \"{owner}\" --type {kind} --default-days 365`"
    ))
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

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

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

    #[test]
    fn an_agreement_ends_as_the_owner_has_set() {
        let today = day("2026-11-22");
        let setting = Setting { require_expiry: true, default_days: Some(10), ..setting() };
        let dates = |signed: &str, expires: Option<&str>| {
            agreement(&setting, "Oak", Some(day(signed)), expires.map(day), today)
                .map(|dates| dates.expires.map(|last| last.to_string()).unwrap_or_default())
                .map_err(|error| error.code())
        };
        assert_eq!(dates("2026-11-20", None), Ok("2026-11-30".to_owned()));
        assert_eq!(dates("2026-11-20", Some("2026-11-22")), Ok("2026-11-22".to_owned()));
        assert_eq!(dates("2026-11-12", None), Ok("2026-11-22".to_owned()));
        assert_eq!(dates("2026-11-11", None), Err("sharing.expiry_past"));
        assert_eq!(dates("2026-11-20", Some("2026-11-19")), Err("sharing.expiry_before_signed"));
        assert_eq!(dates("2026-11-23", None), Err("sharing.signed_future"));
        let without = agreement(&Setting { default_days: None, ..setting }, "Oak", None, None, today);
        assert_eq!(without.unwrap_err().code(), "sharing.expiry_missing");
        let last_of_all = Setting { default_days: Some(i64::MAX), ..setting };
        let endless = agreement(&last_of_all, "Oak", None, None, today).map_err(|error| error.code());
        assert_eq!(endless, Err("sharing.expiry_missing"), "no such day");
        let never = agreement(&Setting { require_expiry: false, ..setting }, "Oak", None, None, today);
        assert_eq!(never.unwrap(), Dates { signed: today, expires: None });
    }
}
