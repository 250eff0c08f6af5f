//! A visit that a provider has accepted, as that provider and the hub see it (rule 1.12).

use super::area::area;
use super::visit::VisitStatus;
use crate::model::prelude::*;

pub(crate) const NOUN: Noun = noun!("visit");

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeldVisit {
    pub(crate) id: VisitId,
    /// The provider that has it.
    pub(crate) provider_id: ProviderId,
    /// Rises with every change that calendars must notice.
    pub(crate) sequence: i64,
    pub(crate) referral: String,
    pub(crate) call: CallView,
    pub(crate) area: Option<String>,
    /// None where the actor may not see whose it is.
    pub(crate) client: Option<KnownClient>,
}

/// Whose a visit is, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KnownClient {
    pub(crate) id: ClientId,
    pub(crate) code: String,
    pub(crate) name: PersonName,
    pub(crate) address: Option<String>,
    pub(crate) postal_code: Option<String>,
}

/// A visit that a provider had, as it was offered.
pub(crate) struct EndedVisit {
    pub(crate) code: String,
    pub(crate) start: DateTime<Utc>,
    pub(crate) minutes: i64,
    pub(crate) sequence: i64,
}

view! {
    /// When a visit is, and what the hub writes for its provider.
    #[derive(Eq)]
    pub(crate) struct CallView("visit", |view| &view.code) {
        code: String => Code,
        start: DateTime<Utc> => Instant,
        duration_minutes: i64 => Minutes,
        status: VisitStatus => Status,
        /// What the hub writes for providers.
        provider_note: Option<String> => Text(rank 1),
        package: String => Code(hidden),
        package_reference: String => Name(rank 3),
        /// The provider that has it.
        provider: String => Code(hidden),
        provider_name: String => Name(hidden),
    }
}

view! {
    /// A visit that a provider has. Client, address and postal code are null where the actor may not see whose it is.
    pub(crate) struct HeldVisitView("visit", |view| &view.call.code) {
        ..call: CallView,
        referral: String => Code(hidden),
        client: Option<String> => Code(hidden),
        client_name: Option<PersonName> => Name,
        address: Option<String> => Text,
        postal_code: Option<String> => Code(hidden),
        /// The postal code up to its blank, or else its first three characters.
        area: Option<String> => Code(rank 2),
    }
}

/// The fields that tell whose a visit is.
pub(crate) const CONTACT_FIELDS: [&str; 4] = ["client", "client_name", "address", "postal_code"];

impl HeldVisit {
    pub(crate) fn view(&self) -> HeldVisitView {
        let client = self.client.as_ref();
        cloned! { self => HeldVisitView {
            call, referral,
            client: client.map(|client| client.code.clone()),
            client_name: client.map(|client| client.name.clone()),
            address: client.and_then(|client| client.address.clone()),
            postal_code: client.and_then(|client| client.postal_code.clone()),
            area: self.area.as_deref().and_then(area),
        } }
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.call.status == VisitStatus::Cancelled
    }
}
