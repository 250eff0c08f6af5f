//! A disclosure: one access to another provider's records, as the register keeps it (rule 3.10).

use super::sharing::{Basis, DataType};
use crate::model::prelude::*;

/// The records shown to one recipient of one client, one owner, one type and one basis.
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
    /// The login of the admin who used the account.
    pub(crate) impersonator: Option<String>,
    /// The command, such as `record list`.
    pub(crate) command: &'static str,
}

view! {
    /// The view of a line of the register.
    pub(crate) struct DisclosureView("disclosure", |view| &view.client) {
        @id: DisclosureId,
        at: DateTime<Utc> => Instant,
        client: String => Code(hidden),
        client_name: String => Name,
        owner: String => Code(hidden),
        owner_name: String => Name,
        recipient: String => Code(hidden),
        recipient_name: String => Name,
        data_type as "type": DataType => Status,
        records: i64 => Number(rank 1),
        basis: Basis => Status,
        /// The code of the request or release; none where sharing is automatic.
        source: Option<String> => Code(rank 2),
        /// The login that read the records.
        by: String => Code,
        /// The login of the admin who used it.
        acted_by: Option<String> => Code(rank 1),
        command: String => Text(hidden),
    }
}
