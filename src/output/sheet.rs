//! Cells for spreadsheets: times of the hub, lists counted or joined, no JSON.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike, Utc};
use serde_json::{Number, Value};

use super::cell::plain;
use crate::model::view::FieldKind;
use crate::model::zone::Zone;

#[derive(Debug, PartialEq)]
pub(super) enum SheetCell {
    Blank,
    Text(String),
    Number(Number),
    YesNo(bool),
    Date(NaiveDate),
    /// In the hub's time zone.
    Time(NaiveDateTime),
}

pub(super) fn cell(value: &Value, kind: FieldKind, zone: Zone) -> SheetCell {
    match value {
        Value::Null => SheetCell::Blank,
        Value::Bool(yes) => SheetCell::YesNo(*yes),
        Value::Number(number) => SheetCell::Number(number.clone()),
        Value::String(text) => self::text(text, kind, zone),
        Value::Array(items) if kind == FieldKind::Many || items.iter().any(is_nested) => {
            SheetCell::Number(items.len().into())
        }
        value => SheetCell::Text(joined(value, zone)),
    }
}

fn text(text: &str, kind: FieldKind, zone: Zone) -> SheetCell {
    let time = || text.parse().ok().map(|at: DateTime<Utc>| at.with_timezone(&zone).naive_local());
    let date = || (kind == FieldKind::Date).then(|| text.parse().ok()).flatten();
    match kind {
        FieldKind::Instant | FieldKind::Age => time().map(SheetCell::Time),
        _ => date().map(SheetCell::Date),
    }
    .unwrap_or_else(|| SheetCell::Text(text.to_owned()))
}

/// What is nested, on one line: the items of a list, the fields of a thing, a list inside of it counted.
fn joined(value: &Value, zone: Zone) -> String {
    let parts: Vec<String> = match value {
        Value::Array(items) => items.iter().map(|item| joined(item, zone)).collect(),
        Value::Object(fields) => fields
            .iter()
            .filter(|(_, value)| !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty()))
            .map(|(key, value)| match value {
                Value::Array(items) if items.iter().any(is_nested) => format!("{key}: {}", items.len()),
                value => format!("{key}: {}", joined(value, zone)),
            })
            .collect(),
        Value::String(text) => return instant(text).map_or_else(|| text.clone(), |at| zone.local(at)),
        other => return plain(other),
    };
    parts.join("; ")
}

/// An instant as scripts read it; nothing else ends with `Z` and is so long.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    text.parse().ok().filter(|_| text.ends_with('Z') && text.len() >= "2026-11-22T10:00:00Z".len())
}

fn is_nested(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

impl SheetCell {
    /// As a text that spreadsheets read as what it is.
    pub(super) fn into_text(self) -> String {
        match self {
            SheetCell::Blank => String::new(),
            SheetCell::Text(text) => text,
            SheetCell::Number(number) => number.to_string(),
            SheetCell::YesNo(yes) => yes.to_string(),
            SheetCell::Date(date) => date.to_string(),
            SheetCell::Time(time) if time.second() == 0 => time.format("%Y-%m-%d %H:%M").to_string(),
            SheetCell::Time(time) => time.format("%Y-%m-%d %H:%M:%S").to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_cell_holds_neither_json_nor_an_instant() {
        let zone: Zone = "Europe/London".parse().unwrap();
        let text = |value: Value, kind| cell(&value, kind, zone).into_text();
        assert_eq!(text(json!("2026-07-01T08:00:00Z"), FieldKind::Instant), "2026-07-01 09:00");
        assert_eq!(text(json!("2026-07-01T08:00:05.250Z"), FieldKind::Age), "2026-07-01 09:00:05");
        assert_eq!(text(json!(["a", "b"]), FieldKind::Text), "a; b");
        assert_eq!(text(json!(["a", "b"]), FieldKind::Many), "2");
        assert_eq!(text(json!([{"a": 1}]), FieldKind::Text), "1");
        assert_eq!(
            text(
                json!({"at": "2026-07-01T08:00:00Z", "none": null, "empty": [], "many": [{}], "places": 3}),
                FieldKind::Text
            ),
            "at: 2026-07-01 09:00; many: 1; places: 3"
        );
        assert_eq!(cell(&json!("007"), FieldKind::Code, zone), SheetCell::Text("007".to_owned()));
    }
}
