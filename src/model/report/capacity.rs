//! Capacity by resource.

use crate::model::capacity::Entry;
use crate::model::prelude::*;

/// A resource that takes the referrals of a queue in use.
#[derive(Clone, Debug)]
pub(crate) struct LinkedResource {
    pub(crate) id: ResourceId,
    pub(crate) code: String,
    pub(crate) name: String,
    /// The code of its provider.
    pub(crate) provider: String,
    pub(crate) provider_name: String,
}

view! {
    /// A resource that a queue is linked to, and how many more referrals it can take (rule 2.8).
    pub(crate) struct CapacityLine("report", |view| &view.resource) {
        resource: String => Code(hidden),
        resource_name: String => Name,
        provider: String => Code(hidden),
        provider_name: String => Name,
        /// As declared; null if no entry is in force.
        places: Option<i64> => Number,
        unit: Option<String> => Text,
        maximum: Option<i64> => Number(hidden),
        /// Assigned since the declaration took effect.
        used: Option<i64> => Number,
        remaining: Option<i64> => Number,
        starts_at: Option<DateTime<Utc>> => Instant(hidden),
        ends_at: Option<DateTime<Utc>> => Instant,
        note: Option<String> => Text(hidden),
        /// Whole days since it was declared.
        declared_days: Option<i64> => Number,
    }
}

impl CapacityLine {
    /// `entry` is the entry of capacity in force at `now`, if any.
    pub(crate) fn new(resource: LinkedResource, entry: Option<&Entry>, now: DateTime<Utc>) -> Self {
        CapacityLine {
            resource: resource.code,
            resource_name: resource.name,
            provider: resource.provider,
            provider_name: resource.provider_name,
            places: entry.map(|entry| entry.places),
            unit: entry.and_then(|entry| entry.unit.clone()),
            maximum: entry.and_then(|entry| entry.maximum),
            used: entry.and_then(|entry| entry.used),
            remaining: entry.and_then(Entry::remaining),
            starts_at: entry.map(|entry| entry.starts_at),
            ends_at: entry.and_then(|entry| entry.ends_at),
            note: entry.and_then(|entry| entry.note.clone()),
            declared_days: entry.map(|entry| now.signed_duration_since(entry.set_at).num_days()),
        }
    }
}
