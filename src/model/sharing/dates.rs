//! The dates of an agreement and of its renewal, and how long a request waits (rules 3.5, 3.6 and 3.11).

use super::rules::ask_again;
use super::settings::{MissingExpiry, lapse};
use super::{Label, Request, Setting, Status};
use crate::model::edit::Edit;
use crate::model::prelude::*;

/// How many days a request waits for an answer, unless the hub has set another number.
pub(crate) const REQUEST_DAYS: i64 = 30;

/// The longest time that can be set.
pub(crate) const MOST_REQUEST_DAYS: i64 = 3_650;

/// The details of an agreement, given by the owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dates {
    pub(crate) signed: NaiveDate,
    /// The last day, inclusive.
    pub(crate) expires: Option<NaiveDate>,
}

/// The dates of an agreement (rules 3.5 and 3.13): by default signed today; an expiry that is not given follows from the
/// length that the owner has set.
pub(crate) fn agreement(
    setting: &Setting, owner: &str, signed: Option<NaiveDate>, expires: Option<Edit<NaiveDate>>,
    today: NaiveDate,
) -> Result<Dates> {
    let signed = signed.unwrap_or(today);
    if signed > today {
        return Err(Error::invalid(
            "sharing.signed_future",
            format!("{signed} is still to come: today is {today}"),
        )
        .hint("`--signed` is the day of the signature"));
    }
    let expires = setting.last_day(expires, signed).map_err(|why| no_expiry(setting, owner, why))?;
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

/// The dates of a renewal: without a last day, the owner's length of an agreement counts from the signature, or else the length
/// that it has. A grant that has ended is asked for again (rule 3.6).
pub(crate) fn renewal(
    setting: &Setting, before: &Request, signed: NaiveDate, expires: Option<Edit<NaiveDate>>,
    today: NaiveDate,
) -> Result<Dates> {
    let status = before.status(today);
    if status != Status::Granted {
        let message =
            format!("{} is {}: only a grant that stands can be renewed", before.code, status.name());
        let refusal = Error::refused("sharing.not_granted", message);
        return Err(match status {
            Status::Pending | Status::Denied => {
                refusal.hint(format!("`caredesk sharing grant {}` grants it", before.code))
            }
            _ => refusal.hint(ask_again(before)),
        });
    }
    let length = before.expires_on.zip(before.signed_on).map(|(last, first)| (last - first).num_days());
    let days = length.map(|length| setting.default_days.unwrap_or(length));
    let follows = match days {
        Some(days) => lapse(signed, days).map(Edit::Set),
        None => before.kept_end(setting),
    };
    let expires = expires.or(follows);
    let dates = agreement(setting, &before.owner_name, Some(signed), expires, today)?;
    match (before.expires_on, dates.expires) {
        (last, Some(new)) if last.is_none_or(|last| new < last) => {
            let last = last.map_or("has no last day".to_owned(), |last| format!("counts up to {last}"));
            let message = format!("{} {last}: up to {new} is no renewal", before.code);
            Err(Error::refused("sharing.not_longer", message)
                .hint(format!("`caredesk sharing grant {} --expires {new}` shortens it", before.code)))
        }
        _ => Ok(dates),
    }
}

impl Request {
    /// The last day that a grant has and keeps where none is given; an open end only as long as none is required.
    pub(crate) fn kept_end(&self, setting: &Setting) -> Option<Edit<NaiveDate>> {
        let is_open = self.label == Label::Granted && !setting.require_expiry;
        self.expires_on.map(Edit::Set).or(is_open.then_some(Edit::Clear))
    }
}

fn no_expiry(setting: &Setting, owner: &str, why: MissingExpiry) -> Error {
    let kind = setting.data_type.name();
    match why {
        MissingExpiry::Open => Error::refused(
            "sharing.expiry_required",
            format!("`{owner}` requires an expiry for {kind}: no agreement stays open"),
        )
        .hint("`--expires` is its last day"),
        MissingExpiry::Unset => Error::refused(
            "sharing.expiry_missing",
            format!("`{owner}` requires an expiry for {kind}, and has set no length that it follows from"),
        )
        .hint(format!(
            "give `--expires`, or set a length with `caredesk sharing setup {owner_word} --type {kind} --default-days 365`", owner_word = text::shell_word(owner)
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sharing::{DataType, SharingLevel};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn setting() -> Setting {
        Setting { level: SharingLevel::CommonCategory, ..Setting::unset(DataType::Services) }
    }

    #[test]
    fn an_agreement_ends_as_the_owner_has_set() {
        let today = day("2026-11-22");
        let setting = Setting { require_expiry: true, default_days: Some(10), ..setting() };
        let dates = |signed: &str, expires: Option<&str>| {
            agreement(&setting, "Oak", Some(day(signed)), expires.map(day).map(Edit::Set), today)
                .map(|dates| dates.expires.map(|last| last.to_string()).unwrap_or_default())
                .map_err(|error| error.code())
        };
        assert_eq!(dates("2026-11-20", None), Ok("2026-11-30".to_owned()));
        assert_eq!(dates("2026-11-20", Some("2026-11-22")), Ok("2026-11-22".to_owned()));
        assert_eq!(dates("2026-11-12", None), Ok("2026-11-22".to_owned()));
        assert_eq!(dates("2026-11-11", None), Err("sharing.expiry_past"));
        assert_eq!(dates("2026-11-20", Some("2026-11-19")), Err("sharing.expiry_before_signed"));
        assert_eq!(dates("2026-11-23", None), Err("sharing.signed_future"));
        let without = agreement(&Setting { default_days: None, ..setting.clone() }, "Oak", None, None, today);
        assert_eq!(without.unwrap_err().code(), "sharing.expiry_missing");
        let last_of_all = Setting { default_days: Some(i64::MAX), ..setting };
        let endless = agreement(&last_of_all, "Oak", None, None, today).map_err(|error| error.code());
        assert_eq!(endless, Err("sharing.expiry_missing"), "no such day");
    }

    // Rule 3.13.
    #[test]
    fn an_open_end_is_said_aloud_where_a_length_is_set() {
        let today = day("2026-11-22");
        let last = |require_expiry, default_days, given: Option<Edit<NaiveDate>>| {
            let setting = Setting { require_expiry, default_days, ..setting() };
            agreement(&setting, "Oak", None, given, today)
                .map(|dates| dates.expires.map_or("open".to_owned(), |last| last.to_string()))
                .map_err(|error| error.code())
        };
        for require in [false, true] {
            assert_eq!(last(require, Some(10), None), Ok("2026-12-02".to_owned()), "{require}");
        }
        assert_eq!(last(false, None, None), Ok("open".to_owned()));
        assert_eq!(last(false, Some(10), Some(Edit::Clear)), Ok("open".to_owned()));
        assert_eq!(last(true, Some(10), Some(Edit::Clear)), Err("sharing.expiry_required"));
        assert_eq!(last(true, None, Some(Edit::Clear)), Err("sharing.expiry_required"));
    }

    // Rule 3.13.
    #[test]
    fn what_stands_is_held_against_what_is_asked_now() {
        let signed = Some(day("2026-11-01"));
        let is_met = |require_expiry, default_days, expires: Option<&str>| {
            let setting = Setting { require_expiry, default_days, ..setting() };
            setting.is_met_by(signed, expires.map(day))
        };
        assert!(is_met(false, Some(10), None), "an open end is allowed");
        assert!(!is_met(true, Some(10), None));
        assert!(is_met(true, Some(10), Some("2026-11-11")));
        assert!(!is_met(false, Some(10), Some("2026-11-12")));
        assert!(is_met(true, None, Some("2036-11-12")));
        let [open, short, long] =
            [None, Some(10), Some(20)].map(|default_days| Setting { default_days, ..setting() });
        let required = Setting { require_expiry: true, ..open.clone() };
        assert!(required.is_stricter_than(&open) && !open.is_stricter_than(&required));
        assert!(short.is_stricter_than(&long) && !long.is_stricter_than(&short));
        assert!(
            long.is_stricter_than(&open) && !open.is_stricter_than(&short) && !long.is_stricter_than(&long)
        );
    }
}
