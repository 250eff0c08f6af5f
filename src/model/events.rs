//! An entry of the audit trail as what happens: for programs that follow it, and for people who watch.

use serde_json::{Map, Value};

use crate::model::audit::{self, Cursor, Link, Seal};
use crate::model::code::Prefix;
use crate::model::difference::{Difference, differences, is_empty};
use crate::model::history::HistoryLine;
use crate::model::prelude::*;

/// A longer value is not repeated in words.
const LONGEST: usize = 60;

view! {
    /// A change, or a look that is recorded.
    pub(crate) struct EventView("event", |view| &view.cursor) {
        /// Its place in the audit trail: `--after` goes on behind it.
        cursor: String => Code(hidden),
        at: DateTime<Utc> => Instant,
        /// The login of the account that did it.
        by: String => Login,
        /// The login of the admin who used it.
        acted_by: Option<String> => Login(hidden),
        /// As the audit trail calls it, such as `package.respond`.
        action: String => Code,
        /// What sort of thing it was done to, such as `package`.
        noun: String => Code(hidden),
        /// The code, login or number of that.
        on: String => Code,
        /// What it is called, where that is not its code.
        name: Option<String> => Text(rank 2),
        /// What differs, in words.
        what: Option<String> => Text(rank 1),
        /// Each field that differs, in order; of what was made each that has a value.
        changes: Vec<Difference> => Many(hidden),
        /// Whether what it held was erased (`client erase`).
        erased: bool => YesNo(hidden),
    }
}

type Fields = Map<String, Value>;

impl EventView {
    /// `zone` is that of the instants in its words, for people.
    pub(crate) fn of(link: &Link, zone: Option<Zone>) -> EventView {
        let entry = link.view();
        let fields = |state: &Option<Value>| state.as_ref().and_then(Value::as_object).cloned();
        let (before, after) = (fields(&entry.before), fields(&entry.after));
        EventView {
            cursor: Cursor::behind(link.sequence, &link.hash).to_string(),
            at: entry.at,
            by: entry.by,
            acted_by: entry.acted_by,
            noun: noun_of(&entry.action, &entry.on),
            name: after.as_ref().and_then(name).or_else(|| before.as_ref().and_then(name)),
            what: what(link, zone),
            changes: changes(before, after),
            action: entry.action,
            on: entry.on,
            erased: matches!(link.seal, Seal::Erased(_)),
        }
    }
}

/// By the code, else by the action.
fn noun_of(action: &str, on: &str) -> String {
    let of_code = Prefix::ALL.iter().find(|prefix| prefix.is_of(on)).map(|prefix| match prefix {
        Prefix::Provider => "provider",
        Prefix::Resource => "resource",
        Prefix::Client => "client",
        Prefix::Contact => "contact",
        Prefix::Referral => "referral",
        Prefix::Visit => "visit",
        Prefix::Package => "package",
        Prefix::Capacity => "capacity",
        Prefix::Contract => "contract",
        Prefix::Record => "record",
        Prefix::SharingRequest => "sharing",
        Prefix::Release => "release",
        Prefix::Alert => "alert",
        Prefix::Import => "import",
    });
    of_code.unwrap_or_else(|| audit::noun_of(action)).to_owned()
}

/// A name, a reference, or that of a person.
fn name(fields: &Fields) -> Option<String> {
    let text = |key: &str| fields.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    if let Some(name) = text("name").or_else(|| text("reference")) {
        return Some(name.to_owned());
    }
    let parts: Vec<&str> = ["given", "family"].into_iter().filter_map(text).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn changes(before: Option<Fields>, after: Option<Fields>) -> Vec<Difference> {
    match (before, after) {
        (Some(before), Some(after)) => differences(&before, after),
        (None, after) => with_value(after, |field, to| Difference { field, from: Value::Null, to }),
        (before, None) => with_value(before, |field, from| Difference { field, from, to: Value::Null }),
    }
}

fn with_value(state: Option<Fields>, difference: fn(String, Value) -> Difference) -> Vec<Difference> {
    let fields = state.into_iter().flatten().filter(|(_, value)| !is_empty(value));
    fields.map(|(field, value)| difference(field, value)).collect()
}

/// As the histories say it; none of a look.
fn what(link: &Link, zone: Option<Zone>) -> Option<String> {
    let lines = HistoryLine::of(link).into_iter();
    let lines = lines.map(|line| zone.map_or(line.clone(), |zone| line.in_zone(zone)));
    let words: Vec<String> = lines.filter_map(|line| words(&line)).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

fn words(line: &HistoryLine) -> Option<String> {
    let HistoryLine { field, from, to, reason, .. } = line;
    let is_long = [from, to].into_iter().flatten().any(|text| text.chars().count() > LONGEST);
    let words = match (field, line.change()) {
        (Some(field), _) if is_long => field.replace('_', " "),
        (_, Some(change)) => change,
        // Of what began, or is no more.
        _ => to.clone()?,
    };
    let reason = reason.as_ref().filter(|reason| reason.chars().count() <= LONGEST);
    Some(reason.map_or(words.clone(), |reason| format!("{words} ({reason})")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::audit::Entry;

    fn event(action: &str, subject: &str, before: Option<&str>, after: Option<&str>) -> EventView {
        let entry = Entry {
            at: DateTime::UNIX_EPOCH,
            actor: "ann".to_owned(),
            acting_as: None,
            action: action.to_owned(),
            subject: subject.to_owned(),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        };
        EventView::of(&Link { sequence: 3, entry, seal: Seal::Plain, hash: vec![0xab; 32] }, None)
    }

    // Rule 7.60.
    #[test]
    fn what_differs_is_said_in_fields_and_in_words() {
        let state = |status: &str| {
            format!(r#"{{"code":"PKG-1","reference":"winter","status":"{status}","area":null}}"#)
        };
        let (before, after) = (state("pending"), state("accepted"));
        let changed = event("package.respond", "PKG-1", Some(&before), Some(&after));
        assert_eq!((changed.cursor.as_str(), changed.noun.as_str()), ("3-abababab", "package"));
        assert_eq!(changed.name.as_deref(), Some("winter"));
        assert_eq!(changed.what.as_deref(), Some("status pending → accepted"));
        let fields =
            |event: &EventView| event.changes.iter().map(|one| one.field.clone()).collect::<Vec<_>>();
        assert_eq!(fields(&changed), ["status"]);
        let made = event("outsource.create", "PKG-1", None, Some(&before));
        assert_eq!(fields(&made), ["code", "reference", "status"], "what has a value");
        let gone = event("outsource.delete", "PKG-1", Some(&after), None);
        assert_eq!((fields(&gone), gone.what.as_deref()), (fields(&made), None));
        assert!(gone.changes.iter().all(|one| one.to.is_null()));
        let look = event("record.read", "CLI-1", None, Some(r#"{"given":"Ada","family":"Moss"}"#));
        assert_eq!((look.noun.as_str(), look.what.as_deref()), ("client", None));
        assert_eq!(look.name.as_deref(), Some("Ada Moss"));
        assert_eq!(event("account.edit", "rosa", None, None).noun, "account");
    }

    #[test]
    fn a_long_text_is_not_repeated_in_words() {
        let long = "x".repeat(61);
        let after = format!(r#"{{"note":"{long}","reason":"moved"}}"#);
        let changed = event("visit.edit", "VIS-1", Some(r#"{"note":null,"reason":null}"#), Some(&after));
        assert_eq!(changed.what.as_deref(), Some("note (moved)"));
    }
}
