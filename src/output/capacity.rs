//! Capacity: its fields for scripts, and its card for people.

use super::Output;
use super::sanitize::sanitize;
use super::table::table;
use crate::model::capacity;
use crate::model::capacity::view::{CapacityView, EntryView};
use crate::model::view::{Field, FieldKind};

/// The history of one resource: what, from when until when, by whom and why.
const ENTRIES: &[Field] = &[
    Field::shown("code", FieldKind::Code),
    Field::shown("standing", FieldKind::Status),
    Field::shown("places", FieldKind::Number),
    Field::shown("unit", FieldKind::Text),
    Field::shown("maximum", FieldKind::Number),
    Field::shown("starts_at", FieldKind::Instant),
    Field::shown("ends_at", FieldKind::Instant),
    Field::shown("set_by", FieldKind::Code),
    Field::shown("set_at", FieldKind::Age),
    Field::shown("removed_by", FieldKind::Code),
    Field::shown("note", FieldKind::Text),
];

pub(crate) fn card(view: &CapacityView, output: &Output) -> String {
    let mut text = format!("{} ({})", sanitize(&view.resource_name), view.resource);
    if view.provider_name != view.resource_name {
        text += &format!(" of {}", sanitize(&view.provider_name));
    }
    let standing = match &view.in_force {
        Some(entry) => in_force(entry, output),
        None if !view.entries.is_empty() => "no capacity is in force now".to_owned(),
        None => "no capacity is in force: nobody has said how many it can take".to_owned(),
    };
    text += &format!("\n{}\n", sanitize(&standing));
    if view.entries.is_empty() {
        return text;
    }
    let has = |key: &str| match key {
        "unit" => view.entries.iter().any(|entry| entry.unit.is_some()),
        "maximum" => view.entries.iter().any(|entry| entry.maximum.is_some()),
        "removed_by" => view.entries.iter().any(|entry| entry.removed_by.is_some()),
        "note" => view.entries.iter().any(|entry| entry.note.is_some()),
        _ => true,
    };
    let fields = ENTRIES.iter().filter(|field| has(field.key));
    text + "\n" + &table(fields.collect(), &view.entries, output)
}

/// `3 of 4 beds left, 1 used since 2026-11-22 09:00`.
pub(crate) fn in_force(entry: &EntryView, output: &Output) -> String {
    let unit = capacity::unit(entry.places, entry.unit.as_deref());
    let (used, remaining) = (entry.used.unwrap_or(0), entry.remaining.unwrap_or(0));
    let over = match entry.over {
        Some(over) if over > 0 => format!(", over by {over}"),
        _ => String::new(),
    };
    let until = entry.ends_at.map(|end| format!(", until {}", output.zone.local(end))).unwrap_or_default();
    let since = output.zone.local(entry.starts_at);
    format!("{remaining} of {} {unit} left, {used} used since {since}{over}{until}", entry.places)
}
