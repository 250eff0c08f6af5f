//! A record: one entry of a data type about a client, owned by a provider; and what a viewer is shown of it (rule 3.8).

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::reference::Noun;
use super::sharing::{Basis, DataType};

pub(crate) const NOUN: Noun =
    Noun { name: "record", not_found: "record.not_found", ambiguous: "record.ambiguous" };

/// A record to be added. Never changed afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) client_id: Uuid,
    pub(crate) provider_id: Uuid,
    pub(crate) entry: Entry,
}

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) data_type: DataType,
    pub(crate) happened_on: NaiveDate,
    pub(crate) title: String,
    pub(crate) category_id: Option<Uuid>,
    pub(crate) contract_id: Option<Uuid>,
    pub(crate) units: Option<String>,
    pub(crate) detail: Option<String>,
    /// The id in the provider's own system.
    pub(crate) source_id: Option<String>,
}

/// A record as it was found, for somebody.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) id: Uuid,
    pub(crate) happened_on: NaiveDate,
    pub(crate) client_id: Uuid,
    pub(crate) owner_id: Uuid,
    /// None where no provider looks, but the hub itself.
    pub(crate) basis: Option<Basis>,
    pub(crate) view: RecordView,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct RecordView {
    pub(crate) code: String,
    pub(crate) client: String,
    pub(crate) owner: String,
    #[serde(rename = "type")]
    pub(crate) data_type: DataType,
    pub(crate) date: NaiveDate,
    pub(crate) title: String,
    pub(crate) category: Option<String>,
    pub(crate) contract: Option<String>,
    pub(crate) units: Option<String>,
    pub(crate) detail: Option<String>,
    /// On what grounds the viewer sees it; null where the hub itself looks.
    pub(crate) basis: Option<Basis>,
    pub(crate) recorded_at: DateTime<Utc>,
}
