//! A disclosure: one look at another provider's records, as the register keeps it (rule 3.10).

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::sharing::{Basis, DataType};
use crate::model::id::{AccountId, ClientId, DisclosureId, ProviderId};

/// What was shown to one recipient of one client: of one owner, of one type, on one basis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Disclosure {
    pub(crate) id: DisclosureId,
    pub(crate) at: DateTime<Utc>,
    pub(crate) client_id: ClientId,
    pub(crate) owner_id: ProviderId,
    pub(crate) recipient_id: ProviderId,
    pub(crate) data_type: DataType,
    pub(crate) records: i64,
    pub(crate) basis: Basis,
    /// The code of the request or release.
    pub(crate) source: Option<String>,
    pub(crate) account_id: AccountId,
    /// The login of the admin who looked in the account's name.
    pub(crate) impersonator: Option<String>,
    /// As it is typed: `record list`.
    pub(crate) command: &'static str,
}

/// A line of the register as commands show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct DisclosureView {
    pub(crate) at: DateTime<Utc>,
    pub(crate) client: String,
    pub(crate) client_name: String,
    pub(crate) owner: String,
    pub(crate) owner_code: String,
    pub(crate) recipient: String,
    pub(crate) recipient_code: String,
    #[serde(rename = "type")]
    pub(crate) data_type: String,
    pub(crate) records: i64,
    pub(crate) basis: String,
    /// The code of the request or release; none where sharing is automatic.
    pub(crate) source: Option<String>,
    /// The login that looked.
    pub(crate) by: String,
    /// The login of the admin who looked in its name.
    pub(crate) acted_by: Option<String>,
    pub(crate) command: String,
}
