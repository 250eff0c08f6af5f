//! Reads how many more a service can take: the capacities and units of HSDS 3.1.

use std::collections::HashMap;

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::entry::filled;
use super::fields::Fields;
use super::object::{Object, object_of, objects_of, text_of};
use crate::model::capacity::rules;
use crate::model::directory::{Capacity, Service};

/// The tables of capacities and of units.
pub(super) const TABLES: &[&str] = &["service_capacity.csv", "service_capacities.csv"];
pub(super) const UNITS: &[&str] = &["units.csv", "unit.csv"];

/// The columns of a table of capacities.
pub(super) const COLUMNS: [&str; 7] =
    ["service_id", "unit_id", "available", "maximum", "description", "updated", "unit"];

/// The lists of a service that hold them, by the names of several versions.
pub(super) const KEYS: [&str; 2] = ["capacities", "service_capacities"];

/// The names of units by their ids, with what is not read of them.
pub(super) type Units = HashMap<String, (String, Option<Value>)>;

/// The term under which the hub that wrote a directory says what HSDS cannot: no unit, an end, places of a provider as a whole.
pub(super) const TERM: &str = "capacity";

pub(super) fn exact(capacity: &Capacity) -> Object {
    let Capacity { places, unit, maximum, note, updated_at, ends_at } = capacity;
    filled([
        ("available", json!(places)),
        ("unit", json!(unit)),
        ("maximum", json!(maximum)),
        ("description", json!(note)),
        ("updated", json!(updated_at.map(instant))),
        ("until", json!(ends_at.map(instant))),
    ])
}

pub(super) fn of_exact(text: &str) -> Option<Capacity> {
    let object: Object = serde_json::from_str(text).ok()?;
    let ends_at = text_of(&object, "until").parse().ok();
    Some(Capacity { ends_at, ..read(&object, object.name("unit").ok()?).ok()? })
}

pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// One row or object. Errors: a reason, in lower case.
pub(super) fn read(fields: &impl Fields, unit: Option<String>) -> Result<Capacity, String> {
    let whole = |key| {
        let Some(text) = fields.name(key)? else { return Ok(None) };
        let bare = text.strip_suffix(".0").unwrap_or(&text);
        rules::number(bare).map(Some).map_err(|why| format!("`{key}`: {why}"))
    };
    let updated = fields.name("updated")?;
    let at = |text: &String| {
        DateTime::parse_from_rfc3339(text)
            .map(|at| at.to_utc())
            .map_err(|_error| format!("`{text}` is not a time such as 2026-11-26T09:00:00Z"))
    };
    let places = whole("available")?.ok_or("has no number of places")?;
    Ok(Capacity {
        places,
        unit,
        maximum: whole("maximum")?.filter(|maximum| *maximum >= places),
        note: fields.text("description")?,
        updated_at: updated.as_ref().map(at).transpose()?,
        ends_at: None,
    })
}

/// One object, which has its unit inside of it.
pub(super) fn of_object(object: &Object) -> Result<Capacity, String> {
    let unit = object_of(object, "unit").map(|unit| unit.name("name")).transpose()?.flatten();
    read(object, unit)
}

/// The objects of a service.
pub(super) fn listed(service: &Object) -> impl Iterator<Item = (String, &Object)> {
    KEYS.iter().flat_map(move |key| {
        objects_of(service, key).enumerate().map(move |(index, one)| (format!("{key}/{index}"), one))
    })
}

/// Keeps the latest of a service, which has one number of places here. Returns how many are left aside.
pub(super) fn keep(service: &mut Service, new: Capacity) -> u64 {
    let known = service.capacity.as_ref().map(|known| known.updated_at);
    if known.is_none_or(|known| new.updated_at > known) {
        service.capacity = Some(new);
    }
    u64::from(known.is_some())
}
