//! The hub itself: what it is called, and its settings.

use crate::model::prelude::*;

/// Rule 1.12, where the setting is not made.
pub(crate) const CONTACT_DAYS: i64 = 30;

/// Longer than ten years is a mistake.
pub(crate) const MOST_CONTACT_DAYS: i64 = 3_650;

view! {
    pub(crate) struct HubView("hub", |view| view.name.as_deref().unwrap_or("hub")) {
        /// What it is called in documents.
        name: Option<String> => Text,
        time_zone: String => Text,
        /// For how many days after the last visit that it has accepted a provider sees whose it was and where.
        contact_days: i64 => Number,
        /// For how many days a sharing request waits for an answer.
        request_days: i64 => Number,
        /// From which age on a client signs for itself; null where it always does.
        signing_age: Option<u32> => Number,
    }
}
