//! The elements that many resources are made of (<https://hl7.org/fhir/R4/datatypes.html>).

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::{ResourceType, reference};

/// To the thousandth of a second, in UTC.
pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// A day, as FHIR writes it.
pub(super) fn day(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

/// From one day to another, both included; either may be open.
pub(super) fn days(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Value {
    json!({ "start": from.map(day), "end": to.map(day) })
}

/// A reference to another resource of the export, with what people call it.
pub(super) fn named(kind: ResourceType, id: &str, name: &str) -> Value {
    json!({ "reference": reference(kind, id), "display": name })
}

pub(super) fn bare(kind: ResourceType, id: &str) -> Value {
    json!({ "reference": reference(kind, id) })
}

/// Words that are of no code system.
pub(super) fn words(text: &str) -> Value {
    json!({ "text": text })
}

pub(super) fn coding(system: &str, code: &str, display: &str) -> Value {
    json!({ "system": system, "code": code, "display": display })
}

pub(super) fn coded(system: &str, code: &str, display: &str) -> Value {
    json!({ "coding": [coding(system, code, display)] })
}

pub(super) fn note(text: Option<&str>) -> Value {
    json!([{ "text": text }])
}

/// Why a value that FHIR asks for is not there (<https://hl7.org/fhir/R4/extension-data-absent-reason.html>).
pub(super) fn absent(reason: &str) -> Value {
    json!({ "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": reason })
}

/// Without what FHIR forbids (<https://hl7.org/fhir/R4/json.html>): nulls, and texts, lists and objects in which nothing is left.
pub(super) fn pruned(value: Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(plain(&text)).filter(|text| !text.trim().is_empty()).map(Value::from),
        Value::Array(items) => {
            let items: Vec<Value> = items.into_iter().filter_map(pruned).collect();
            (!items.is_empty()).then_some(Value::Array(items))
        }
        Value::Object(fields) => {
            let fields: serde_json::Map<_, _> =
                fields.into_iter().filter_map(|(key, value)| Some((key, pruned(value)?))).collect();
            (!fields.is_empty()).then_some(Value::Object(fields))
        }
        other => Some(other),
    }
}

/// A text of FHIR has no blanks but the usual ones, and no control characters (<https://hl7.org/fhir/R4/datatypes.html#string>).
fn plain(text: &str) -> String {
    let letter = |letter: char| match letter {
        ' ' | '\n' | '\r' | '\t' => letter,
        blank if blank.is_whitespace() || blank == '\u{feff}' => ' ',
        control if control.is_control() => '\u{fffd}',
        letter => letter,
    };
    text.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Rule 8.1.
    #[test]
    fn nothing_is_left_that_fhir_forbids() {
        let whole = json!({
            "a": null, "b": "", "c": " \n", "d": [], "e": {}, "f": [null, {"g": [""]}],
            "h": "x", "i": [{"j": "y", "k": null}], "l": false, "m": 0,
        });
        assert_eq!(pruned(whole), Some(json!({ "h": "x", "i": [{"j": "y"}], "l": false, "m": 0 })));
        assert_eq!(pruned(json!({ "a": [{}] })), None);
    }

    #[test]
    fn blanks_are_the_usual_ones_and_control_characters_are_seen() {
        let text = "花\u{3000}子\u{a0}a\u{2028}b\tc\r\nd\u{1}e\u{85}f";
        assert_eq!(pruned(json!(text)), Some(json!("花 子 a b\tc\r\nd\u{fffd}e f")));
    }
}
