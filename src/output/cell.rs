//! Converts a thing into a map of its fields, and a field into the text of one cell.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value};

use super::grid::HARD_BLANK;
use super::{Output, age};
use crate::error::{Error, Result};
use crate::model::person_name::ANONYMOUS;
use crate::model::view::{Field, FieldKind};

pub(super) type Fields = Map<String, Value>;

pub(super) fn of(thing: &impl Serialize) -> Result<Value> {
    serde_json::to_value(thing).map_err(unprintable)
}

pub(super) fn fields(thing: &impl Serialize) -> Result<Fields> {
    match of(thing)? {
        Value::Object(fields) => Ok(fields),
        other => Err(Error::internal(format!("`{other}` is not an object"))),
    }
}

pub(super) fn unprintable(error: serde_json::Error) -> Error {
    anyhow::Error::new(error).context("the answer cannot be put into words").into()
}

/// The form of an instant with an age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Times {
    Exact,
    Age,
    Both,
}

/// The key in words, without what the cell says itself. A name is labelled by what it names, unless the code of
/// that is beside it.
pub(super) fn label<'a>(field: &Field, mut beside: impl Iterator<Item = &'a Field>) -> String {
    let ends: &[&str] = match field.kind {
        FieldKind::Name => &["_name", "_reference"],
        FieldKind::Minutes | FieldKind::Span => &["_minutes"],
        _ => &[],
    };
    let thing = ends.iter().find_map(|end| field.key.strip_suffix(end));
    let is_free = |thing: &&str| beside.all(|other| other.key != *thing);
    thing.filter(is_free).unwrap_or(field.key).replace('_', " ")
}

/// The label and kind of a key of a view, beside all its other fields.
pub(super) fn known(key: &str, fields: &[Field]) -> (String, FieldKind) {
    match fields.iter().find(|field| field.key == key) {
        Some(field) => (label(field, fields.iter()), field.kind),
        None => (key.replace('_', " "), FieldKind::Text),
    }
}

/// For people.
pub(super) fn cell(value: &Value, kind: FieldKind, times: Times, output: &Output) -> String {
    match (kind, value) {
        (_, Value::Null) => String::new(),
        (FieldKind::Instant | FieldKind::Age, Value::String(text)) => match text.parse() {
            Ok(instant) if kind == FieldKind::Age => output.time(instant, times),
            Ok(instant) => output.instant(instant),
            Err(_) => text.to_owned(),
        },
        (FieldKind::YesNo, Value::Bool(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
        (FieldKind::Minutes, Value::Number(minutes)) => format!("{minutes} min"),
        (FieldKind::Span, Value::Number(minutes)) => age::span(minutes.as_i64().unwrap_or_default()),
        (FieldKind::Many, Value::Array(items)) => items.len().to_string(),
        (FieldKind::Login, Value::String(login)) => output.login(login),
        (FieldKind::Logins, Value::Array(logins)) => logins
            .iter()
            .filter_map(Value::as_str)
            .map(|login| output.login(login))
            .collect::<Vec<_>>()
            .join(", "),
        (FieldKind::Status, Value::String(word)) => word.replace('_', " "),
        // Who has given no name.
        (FieldKind::Name, Value::String(name)) if name.is_empty() => ANONYMOUS.to_owned(),
        (_, Value::Array(items)) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        (_, value) => plain(value),
    }
}

impl Output {
    /// In the hub's time zone.
    pub(super) fn instant(&self, instant: DateTime<Utc>) -> String {
        self.zone.local(instant)
    }

    /// The same with its age, `2026-11-22 10:00 (2 h ago)`. Only the age may wrap into a second line.
    pub(super) fn past(&self, instant: DateTime<Utc>) -> String {
        let age = age::ago(instant, self.now);
        [self.instant(instant), format!("({age})")].map(|part| part.replace(' ', HARD_BLANK)).join(" ")
    }

    /// How long something has waited since then: `3 h`.
    pub(super) fn waited(&self, since: DateTime<Utc>) -> String {
        age::span((self.now - since).num_minutes().max(0))
    }

    fn time(&self, instant: DateTime<Utc>, times: Times) -> String {
        match times {
            Times::Exact => self.instant(instant),
            Times::Age => age::ago(instant, self.now),
            Times::Both => self.past(instant),
        }
    }
}

/// For programs: exact, and nested things as JSON.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The name of a person, in its parts.
pub(super) fn person(fields: &Fields) -> Option<String> {
    let parts: Vec<&str> = ["given", "family"].iter().filter_map(|part| text_in(fields, part)).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

pub(super) fn text_in<'a>(fields: &'a Fields, key: &str) -> Option<&'a str> {
    fields.get(key).and_then(Value::as_str).filter(|text| !text.is_empty())
}
