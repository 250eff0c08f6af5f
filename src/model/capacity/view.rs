//! Views of capacity.

use super::{CapacityStatus, Entry};
use crate::model::prelude::*;

view! {
    /// How many more referrals a resource can take, from when until when.
    pub(crate) struct EntryView("capacity", |view| &view.code, &view.resource_name) {
        code: String => Code,
        /// The code of the resource.
        resource: String => Code(hidden),
        resource_name: String => Name,
        /// The code of its provider.
        provider: String => Code(hidden),
        provider_name: String => Name(rank 1),
        status: CapacityStatus => Status,
        places: i64 => Number,
        unit: Option<String> => Text(rank 3),
        maximum: Option<i64> => Number(hidden),
        used: Option<i64> => Number(rank 2),
        remaining: Option<i64> => Number,
        over: Option<i64> => Number(hidden),
        starts_at: DateTime<Utc> => Instant,
        ends_at: Option<DateTime<Utc>> => Instant,
        note: Option<String> => Text(hidden),
        set_at: DateTime<Utc> => Age(hidden),
        set_by: String => Login(hidden),
        removed_at: Option<DateTime<Utc>> => Age(hidden),
        removed_by: Option<String> => Login(hidden),
    }
}

view! {
    /// The capacity of one resource: the entry in force, and all entries.
    pub(crate) struct CapacityView("capacity", |view| &view.resource) {
        resource: String => Code,
        resource_name: String => Name,
        provider: String => Code,
        provider_name: String => Name,
        in_force: Option<EntryView> => Text,
        /// The one in force first, then future ones, then past ones, the latest first.
        entries: Vec<EntryView> => Many,
    }
}

impl Entry {
    pub(crate) fn view(&self) -> EntryView {
        cloned! { self => EntryView {
            code, resource, resource_name, provider, provider_name, status, places, unit, maximum, used,
            starts_at, ends_at, note, set_at, set_by, removed_at, removed_by,
            remaining: self.remaining(),
            over: self.over(),
        } }
    }
}

/// In reading order, which is that of their statuses.
pub(crate) fn history(entries: &[Entry]) -> Vec<EntryView> {
    let mut views: Vec<EntryView> = entries.iter().map(Entry::view).collect();
    // Future ones in ascending order, all others descending.
    views.sort_by_key(|view| {
        let start = view.starts_at.timestamp_millis();
        (view.status, if view.status == CapacityStatus::Scheduled { start } else { -start })
    });
    views
}
