//! A thing as a map of its fields, and a field as the text of one cell.

use crate::model::zone::Zone;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::model::view::FieldKind;

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

/// For people.
pub(super) fn cell(value: &Value, kind: FieldKind, zone: Zone) -> String {
    match (kind, value) {
        (_, Value::Null) => String::new(),
        (FieldKind::Instant | FieldKind::Age, Value::String(text)) => local(text, zone),
        (FieldKind::YesNo, Value::Bool(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
        (FieldKind::Many, Value::Array(items)) => items.len().to_string(),
        (_, Value::Array(items)) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        (_, value) => plain(value),
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

fn local(text: &str, zone: Zone) -> String {
    match text.parse::<DateTime<Utc>>() {
        Ok(instant) => zone.local(instant),
        Err(_) => text.to_owned(),
    }
}
