//! What a hub says of its own providers and programs in a directory that it writes, besides what any directory says.

use crate::model::prelude::*;

/// How the hub knows a provider.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct OwnProvider {
    pub(crate) code: String,
    /// The code of its agency record.
    pub(crate) agency: String,
    /// The source that it came from, and its id there.
    pub(crate) origin: Option<(String, String)>,
}

/// How the hub knows a program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct OwnProgram {
    pub(crate) code: String,
    /// The id in the source of its provider.
    pub(crate) source_id: Option<String>,
    /// Its state there; none means the one that follows from the status of the service.
    pub(crate) state: Option<String>,
}

/// How many more a service can take.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Capacity {
    pub(crate) places: i64,
    /// What is counted, such as beds.
    pub(crate) unit: Option<String>,
    pub(crate) maximum: Option<i64>,
    pub(crate) note: Option<String>,
    /// When this was so.
    pub(crate) updated_at: Option<DateTime<Utc>>,
    /// From then on it is no longer so; a directory of others does not say it.
    pub(crate) ends_at: Option<DateTime<Utc>>,
}
