//! Capacity: its fields for scripts, and its card for people.

use super::{Card, Output};
use crate::model::capacity;
use crate::model::capacity::view::{CapacityView, EntryView};
use crate::model::view::View;

/// The history of one resource: number, period, note and author.
const HISTORY: [&str; 11] = [
    "code", "status", "places", "unit", "maximum", "starts_at", "ends_at", "note", "set_by", "removed_by",
    "set_at",
];

pub(crate) fn card<'a>(view: &CapacityView, output: &'a Output) -> Card<'a> {
    let of_provider = if view.provider_name == view.resource_name {
        String::new()
    } else {
        format!(" of {}", view.provider_name)
    };
    let state = match &view.in_force {
        Some(entry) => in_force(entry, output),
        None if !view.entries.is_empty() => "no capacity is in force now".to_owned(),
        None => "no capacity is in force: none was ever set".to_owned(),
    };
    let title = format!("{} ({}){of_provider}", view.resource_name, view.resource);
    let card = Card::new(output, &title).text(&state);
    let field = |key: &&str| EntryView::FIELDS.iter().find(|field| field.key == *key);
    card.table_of(HISTORY.iter().filter_map(field), &view.entries)
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
