//! What differs between the state of a thing by its entries and its rows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{Column, Fields, Kind, Merges, Part, Present, States};
use crate::model::text::shell_word;

/// Something that was not done with this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Such as `client CLI-7K3M9Q`.
    pub(crate) thing: String,
    /// Lower case, without a full stop.
    pub(crate) what: String,
    /// Under which its entries are.
    pub(crate) subject: String,
}

impl Difference {
    /// With the command that shows its entries.
    pub(crate) fn words(&self) -> String {
        let Difference { thing, what, subject } = self;
        format!("{thing}: {what} (`caredesk audit list --on {}`)", shell_word(subject))
    }
}

/// Compares the rows of one part of what is under a subject.
pub(crate) fn differences(
    (kind, part): (&Kind, &Part), subject: &str, states: &States, rows: &[Present], merges: &Merges,
) -> Vec<Difference> {
    if states.is_erased || rows.iter().any(|row| row.erased) {
        return Vec::new();
    }
    let found = match part.list {
        None => things(kind, part, states, rows, merges),
        Some(list) => listed(part, list, states, rows, merges),
    };
    let name = |key: Vec<String>| if key.is_empty() { subject.to_owned() } else { key.join(" ") };
    let difference = |(key, what)| Difference {
        thing: format!("{} {}", kind.noun, name(key)),
        what,
        subject: subject.to_owned(),
    };
    found.into_iter().map(difference).collect()
}

type Found = Vec<(Vec<String>, String)>;

fn things(kind: &Kind, part: &Part, states: &States, rows: &[Present], merges: &Merges) -> Found {
    let mut found = Vec::new();
    let mut waiting: BTreeMap<&Vec<String>, &Fields> = BTreeMap::new();
    waiting.extend(states.things.iter().filter_map(|(key, state)| Some((key, state.fields.as_ref()?))));
    for row in rows {
        let key = kind.key_of(&row.fields);
        let key: Vec<String> = key.iter().map(|code| merges.now(code).to_owned()).collect();
        match waiting.remove(&key) {
            Some(fields) => {
                found.extend(changed(kind, part, fields, row, merges).map(|what| (key.clone(), what)));
            }
            None => found.push((key, "no entry of the audit trail created it".to_owned())),
        }
    }
    let gone = waiting.into_iter().filter(|(_, fields)| !is_as_without(kind, fields));
    found.extend(
        gone.map(|(key, _)| (key.clone(), "it is gone without an entry of the audit trail".to_owned())),
    );
    found
}

/// The fields that are others.
fn changed(kind: &Kind, part: &Part, fields: &Fields, row: &Present, merges: &Merges) -> Option<String> {
    let expected = expected(kind, fields, row, merges);
    let differs = |(key, column): &&(&'static str, Column)| {
        let is = row.fields.get(*key).unwrap_or(&Value::Null);
        let was = expected.get(*key);
        was.is_some_and(|was| comparable(*column, was, merges) != comparable(*column, is, merges))
    };
    let found: Vec<&str> = part.columns.iter().filter(differs).map(|(key, _)| *key).collect();
    (!found.is_empty()).then(|| differing(&found))
}

fn differing(fields: &[&str]) -> String {
    let verb = if fields.len() == 1 { "differs" } else { "differ" };
    format!("{} {verb} from the audit trail", fields.join(", ").replace('_', " "))
}

/// What the entries have come to without an entry of the thing itself.
fn expected(kind: &Kind, fields: &Fields, row: &Present, merges: &Merges) -> Fields {
    let mut fields = fields.clone();
    match kind.noun {
        "client" | "provider" => {
            let leads = fields.entry("merged_into").or_insert(Value::Null);
            if kind.noun == "provider" && !leads.is_null() {
                fields.insert("active".to_owned(), json!(false));
            }
        }
        // What follows from a day that has passed, or from a cancellation, is not written.
        "request" => {
            let label = match fields.get("status").and_then(Value::as_str) {
                Some("expired") => "granted",
                Some("cancelled" | "unanswered") => "pending",
                _ => return fields,
            };
            fields.insert("status".to_owned(), json!(label));
        }
        // What waited until its time was over still says so in its row, unless something was written since.
        "package"
            if has_lapsed(&fields)
                && fields.get("status") == Some(&json!("rejected"))
                && row.fields.get("status") == Some(&json!("pending")) =>
        {
            fields.insert("status".to_owned(), json!("pending"));
        }
        // A status that was renamed is the same.
        "referral" => {
            let label = |fields: &Fields| fields.get("status").and_then(Value::as_str).map(str::to_owned);
            if let (Some(was), Some(is)) = (label(&fields), label(&row.fields))
                && merges.is_called(&was, &is)
            {
                fields.insert("status".to_owned(), json!(is));
            }
        }
        "contract" => {
            if let Some(name) = renamed_contract(&fields, row, merges) {
                fields.insert("name".to_owned(), name);
            }
        }
        _ => {}
    }
    fields
}

fn has_lapsed(package: &Fields) -> bool {
    let mut offers = package.get("offers").and_then(Value::as_array).into_iter().flatten();
    offers.any(|offer| offer.get("status") == Some(&json!("lapsed")))
}

/// The status that is written of an offer that is not answered follows from the instant, and from its package.
fn written_offer(mut offer: Fields) -> Fields {
    let status = offer.get("status").and_then(Value::as_str);
    if status.is_some_and(|status| ["scheduled", "lapsed", "recalled"].contains(&status)) {
        offer.insert("status".to_owned(), json!("pending"));
    }
    offer
}

/// A contract that came with a provider that was merged is called after it too, where the other had one of the same name.
fn renamed_contract(fields: &Fields, row: &Present, merges: &Merges) -> Option<Value> {
    let provider = fields.get("provider")?.as_str()?;
    let is = row.fields.get("name")?.as_str()?;
    let more = is.strip_prefix(fields.get("name")?.as_str()?)?;
    let marks: Vec<&str> = more.split_inclusive(')').collect();
    let is_mark = |mark: &&str| {
        let code = mark.strip_prefix(" (").and_then(|mark| mark.strip_suffix(')'));
        code.is_some_and(|code| merges.now(code) == merges.now(provider) && merges.leads.contains_key(code))
    };
    marks.iter().all(is_mark).then(|| json!(is))
}

/// Settings that say what holds without any need no row.
fn is_as_without(kind: &Kind, fields: &Fields) -> bool {
    let unset = [
        ("level", json!(3)),
        ("client_by_client", json!(true)),
        ("require_expiry", json!(false)),
        ("release_sharing", json!(false)),
        ("default_days", Value::Null),
        ("notice", Value::Null),
    ];
    kind.noun == "setting" && unset.iter().all(|(key, value)| fields.get(*key).is_none_or(|is| is == value))
}

/// Compares a list within one thing, whatever its order.
fn listed(part: &Part, list: &str, states: &States, rows: &[Present], merges: &Merges) -> Found {
    let fields = states.things.get(&Vec::new()).and_then(|state| state.fields.as_ref());
    let Some(was) = fields.and_then(|fields| fields.get(list)?.as_array()) else { return Vec::new() };
    let mut was: Vec<Fields> = was.iter().filter_map(|one| one.as_object().cloned()).collect();
    let mut is: Vec<Fields> = rows.iter().map(|row| row.fields.clone()).collect();
    if part.name == "offer" {
        was = without_yielded(was, merges).into_iter().map(written_offer).collect();
        is = is.into_iter().map(written_offer).collect();
    }
    // A field that entries of older versions do not have says nothing.
    let columns: Vec<(&str, Column)> = part
        .columns
        .iter()
        .copied()
        .filter(|(key, _)| was.iter().all(|one| one.contains_key(*key)))
        .collect();
    let all = |columns: &[(&str, Column)], lines: &[Fields]| {
        let text = |line: &Fields| {
            let value = |(key, column): &(&str, Column)| {
                comparable(*column, line.get(*key).unwrap_or(&Value::Null), merges)
            };
            columns.iter().map(value).collect::<Vec<String>>()
        };
        let mut texts: Vec<Vec<String>> = lines.iter().map(text).collect();
        texts.sort_unstable();
        texts
    };
    if all(&columns, &was) == all(&columns, &is) {
        return Vec::new();
    }
    let differs = |column: &&(&str, Column)| all(&[**column], &was) != all(&[**column], &is);
    let fields: Vec<String> = columns
        .iter()
        .filter(differs)
        .filter(|_| was.len() == is.len())
        .map(|(field, _)| format!("{list}.{field}"))
        .collect();
    let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
    let found = if fields.is_empty() { differing(&[list]) } else { differing(&fields) };
    vec![(Vec::new(), found)]
}

/// Of a package that was offered to two providers that are one now, the offer that was accepted stays.
fn without_yielded(offers: Vec<Fields>, merges: &Merges) -> Vec<Fields> {
    let provider = |offer: &Fields| {
        offer.get("provider").and_then(Value::as_str).map(|code| merges.now(code).to_owned())
    };
    let is_accepted = |offer: &Fields| offer.get("status") == Some(&json!("accepted"));
    let winners: BTreeSet<Option<String>> =
        offers.iter().filter(|one| is_accepted(one)).map(provider).collect();
    offers.into_iter().filter(|offer| is_accepted(offer) || !winners.contains(&provider(offer))).collect()
}

/// A value as a text that is the same where the value means the same.
fn comparable(column: Column, value: &Value, merges: &Merges) -> String {
    let code =
        |value: &Value| value.as_str().map_or_else(|| value.to_string(), |code| merges.now(code).to_owned());
    match column {
        Column::Code => code(value),
        Column::Codes | Column::Texts => {
            // A list may name a provider as an object, with its name beside the code.
            let named = |value: &Value| code(value.get("provider").unwrap_or(value));
            let mut all: Vec<String> = value.as_array().into_iter().flatten().map(named).collect();
            all.sort_unstable();
            all.dedup();
            json!(all).to_string()
        }
        Column::Instant => {
            let instant = value.as_str().and_then(|text| text.parse::<DateTime<Utc>>().ok());
            instant.map_or_else(|| value.to_string(), |instant| instant.timestamp_millis().to_string())
        }
        Column::Text | Column::Number | Column::Flag | Column::Date | Column::Digest => value.to_string(),
    }
}
