//! A disclosure: one access to another provider's records, as the register keeps it (rule 3.10).

use super::sharing::{Basis, DataType};
use crate::model::prelude::*;

names! {
    /// What was seen: records of a type, or what it takes to visit a client.
    pub(crate) enum Disclosed {
        Services = "services",
        Clinical = "clinical",
        CaseNotes = "case-notes",
        Appointments = "appointments",
        Eligibility = "eligibility",
        Forms = "forms",
        Referrals = "referrals",
        /// Name, address, phones and the note for carers (rule 1.12).
        ContactDetails = "contact-details",
    }
}

impl From<DataType> for Disclosed {
    fn from(data_type: DataType) -> Self {
        match data_type {
            DataType::Services => Disclosed::Services,
            DataType::Clinical => Disclosed::Clinical,
            DataType::CaseNotes => Disclosed::CaseNotes,
            DataType::Appointments => Disclosed::Appointments,
            DataType::Eligibility => Disclosed::Eligibility,
            DataType::Forms => Disclosed::Forms,
            DataType::Referrals => Disclosed::Referrals,
        }
    }
}

/// The records shown to one recipient of one client, one owner, one type and one basis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Disclosure {
    pub(crate) id: DisclosureId,
    pub(crate) at: DateTime<Utc>,
    pub(crate) client_id: ClientId,
    /// None for what the hub holds.
    pub(crate) owner_id: Option<ProviderId>,
    pub(crate) recipient_id: ProviderId,
    pub(crate) data_type: Disclosed,
    pub(crate) records: i64,
    pub(crate) basis: Basis,
    /// The code of the request, the release or the package.
    pub(crate) source: Option<String>,
    pub(crate) account_id: AccountId,
    /// The login of the admin who used the account.
    pub(crate) impersonator: Option<String>,
    /// The command, such as `record list`.
    pub(crate) command: &'static str,
    /// Whether staff looked through the eyes of the recipient, which did not look itself.
    pub(crate) preview: bool,
}

view! {
    /// The view of a line of the register.
    pub(crate) struct DisclosureView("disclosure", |view| &view.client) {
        @id: DisclosureId,
        at: DateTime<Utc> => Instant,
        client: String => Code(hidden),
        client_name: PersonName => Name,
        /// The provider whose records were seen; none for what the hub holds.
        owner: Option<String> => Code(hidden),
        owner_name: Option<String> => Name,
        recipient: String => Code(hidden),
        recipient_name: String => Name,
        data_type as "type": Disclosed => Status,
        records: i64 => Number(rank 1),
        basis: Basis => Status,
        /// The code of the request, the release or the package; none where sharing is automatic.
        source: Option<String> => Code(rank 2),
        /// The login that read the records.
        by: String => Login,
        /// The login of the admin who used it.
        acted_by: Option<String> => Login(rank 1),
        command: String => Text(hidden),
        /// Whether staff looked through the eyes of the recipient, which did not look itself.
        preview: bool => YesNo(rank 2),
    }
}
