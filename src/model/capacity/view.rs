//! Capacity as commands show it.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Entry, Standing};

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct EntryView {
    pub(crate) code: String,
    /// The code of the resource.
    pub(crate) resource: String,
    pub(crate) resource_name: String,
    /// The code of its provider.
    pub(crate) provider: String,
    pub(crate) provider_name: String,
    pub(crate) standing: Standing,
    pub(crate) places: i64,
    pub(crate) unit: Option<String>,
    pub(crate) maximum: Option<i64>,
    pub(crate) used: Option<i64>,
    pub(crate) remaining: Option<i64>,
    pub(crate) over: Option<i64>,
    pub(crate) starts_at: DateTime<Utc>,
    pub(crate) ends_at: Option<DateTime<Utc>>,
    pub(crate) note: Option<String>,
    pub(crate) set_at: DateTime<Utc>,
    pub(crate) set_by: String,
    pub(crate) removed_at: Option<DateTime<Utc>>,
    pub(crate) removed_by: Option<String>,
}

/// The capacity of one resource: what counts now, and every entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct CapacityView {
    pub(crate) resource: String,
    pub(crate) resource_name: String,
    pub(crate) provider: String,
    pub(crate) provider_name: String,
    pub(crate) in_force: Option<EntryView>,
    /// That in force first, then those to come, then those that are over, the latest first.
    pub(crate) entries: Vec<EntryView>,
}

impl Entry {
    pub(crate) fn view(&self) -> EntryView {
        let e = self.clone();
        EntryView {
            remaining: self.remaining(),
            over: self.over(),
            code: e.code,
            resource: e.resource,
            resource_name: e.resource_name,
            provider: e.provider,
            provider_name: e.provider_name,
            standing: e.standing,
            places: e.places,
            unit: e.unit,
            maximum: e.maximum,
            used: e.used,
            starts_at: e.starts_at,
            ends_at: e.ends_at,
            note: e.note,
            set_at: e.set_at,
            set_by: e.set_by,
            removed_at: e.removed_at,
            removed_by: e.removed_by,
        }
    }
}

/// In the order in which a person wants to read them.
pub(crate) fn history(entries: &[Entry]) -> Vec<EntryView> {
    let rank = |standing| match standing {
        Standing::InForce => 0,
        Standing::Suspended => 1,
        Standing::Scheduled => 2,
        Standing::Past => 3,
        Standing::Removed => 4,
    };
    let mut views: Vec<EntryView> = entries.iter().map(Entry::view).collect();
    // Those to come in their order, all others from the latest back.
    views.sort_by_key(|view| {
        let start = view.starts_at.timestamp_millis();
        (rank(view.standing), if view.standing == Standing::Scheduled { start } else { -start })
    });
    views
}
