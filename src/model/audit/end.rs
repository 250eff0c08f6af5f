//! The end of the audit trail.

use chrono::{DateTime, Utc};

use super::BEGINNING;

/// Where the next entry is appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TrailEnd {
    /// The number of the newest entry; 0 of an empty trail.
    pub(crate) sequence: i64,
    pub(crate) hash: Vec<u8>,
    /// The instant of the newest entry.
    pub(crate) at: Option<DateTime<Utc>>,
}

impl TrailEnd {
    /// That of an empty trail.
    pub(crate) fn beginning() -> Self {
        TrailEnd { sequence: 0, hash: BEGINNING.to_vec(), at: None }
    }
}
