//! Capacity: its fields for scripts, and its card for people.

use super::sanitize::sanitize;
use super::table::table;
use super::{Field, FieldKind, Output, View, hidden, shown};
use crate::model::capacity;
use crate::model::capacity::view::{CapacityView, EntryView};
use crate::model::capacity::window::local;

impl View for EntryView {
    const FIELDS: &'static [Field] = &[
        shown("code", FieldKind::Code),
        hidden("resource", FieldKind::Text),
        shown("resource_name", FieldKind::Text),
        hidden("provider", FieldKind::Text),
        shown("provider_name", FieldKind::Text),
        shown("standing", FieldKind::Status),
        shown("places", FieldKind::Number),
        shown("unit", FieldKind::Text),
        hidden("maximum", FieldKind::Number),
        shown("used", FieldKind::Number),
        shown("remaining", FieldKind::Number),
        hidden("over", FieldKind::Number),
        shown("starts_at", FieldKind::Instant),
        shown("ends_at", FieldKind::Instant),
        hidden("note", FieldKind::Text),
        hidden("set_at", FieldKind::Age),
        hidden("set_by", FieldKind::Code),
        hidden("removed_at", FieldKind::Age),
        hidden("removed_by", FieldKind::Code),
    ];

    fn code(&self) -> &str {
        &self.code
    }
}

impl View for CapacityView {
    const FIELDS: &'static [Field] = &[
        shown("resource", FieldKind::Text),
        shown("resource_name", FieldKind::Text),
        shown("provider", FieldKind::Text),
        shown("provider_name", FieldKind::Text),
        shown("in_force", FieldKind::Text),
        shown("entries", FieldKind::Many),
    ];

    fn code(&self) -> &str {
        &self.resource
    }
}

/// The history of one resource: what, from when until when, by whom and why.
const ENTRIES: &[Field] = &[
    shown("code", FieldKind::Code),
    shown("standing", FieldKind::Status),
    shown("places", FieldKind::Number),
    shown("unit", FieldKind::Text),
    shown("maximum", FieldKind::Number),
    shown("starts_at", FieldKind::Instant),
    shown("ends_at", FieldKind::Instant),
    shown("set_by", FieldKind::Code),
    shown("set_at", FieldKind::Age),
    shown("removed_by", FieldKind::Code),
    shown("note", FieldKind::Text),
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
    let until = entry.ends_at.map(|end| format!(", until {}", local(end, output.zone))).unwrap_or_default();
    let since = local(entry.starts_at, output.zone);
    format!("{remaining} of {} {unit} left, {used} used since {since}{over}{until}", entry.places)
}
