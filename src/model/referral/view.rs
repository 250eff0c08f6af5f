//! A referral as commands show it: whole to staff, and to a portal account in one of two measures (rule 2.7).

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::Referral;

#[derive(Clone, Debug, Serialize)]
pub(crate) struct ReferralView {
    pub(crate) code: String,
    pub(crate) queue: String,
    pub(crate) status: String,
    pub(crate) closed: bool,
    /// The code of the client.
    pub(crate) client: String,
    pub(crate) client_name: String,
    pub(crate) contact_number: Option<String>,
    /// The name of the resource that it is at.
    pub(crate) resource: Option<String>,
    pub(crate) resource_code: Option<String>,
    /// The name of the provider that the resource belongs to.
    pub(crate) provider: Option<String>,
    pub(crate) assigned_at: Option<DateTime<Utc>>,
    pub(crate) note: Option<String>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) created_by: String,
}

/// Eight fields beside the code, and not one more: what a portal account sees without access-contact-details (rule 2.7).
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PortalReferralView {
    pub(crate) code: String,
    pub(crate) queue: String,
    pub(crate) resource: Option<String>,
    pub(crate) contact_number: Option<String>,
    pub(crate) status: String,
    pub(crate) note: Option<String>,
    /// As submitted; without a contact, the client's.
    pub(crate) contact_name: String,
    /// When the contact was submitted, not when the referral was made.
    pub(crate) contact_date: Option<NaiveDate>,
    /// As submitted; without a contact, the client's.
    pub(crate) postal_code: Option<String>,
}

/// What a portal account sees with access-contact-details.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PortalReferralDetails {
    #[serde(flatten)]
    pub(crate) referral: PortalReferralView,
    /// The code of the client.
    pub(crate) client: String,
    pub(crate) client_name: String,
}

impl Referral {
    pub(crate) fn view(&self) -> ReferralView {
        let r = self.clone();
        let at = r.assigned;
        ReferralView {
            code: r.code,
            queue: r.queue,
            status: r.status,
            closed: r.closed,
            client: r.client,
            client_name: r.client_name,
            contact_number: r.contact.map(|contact| contact.number),
            resource: at.as_ref().map(|at| at.name.clone()),
            resource_code: at.as_ref().map(|at| at.code.clone()),
            provider: at.as_ref().map(|at| at.provider.clone()),
            assigned_at: at.map(|at| at.at),
            note: r.note,
            created_at: r.created_at,
            created_by: r.created_by,
        }
    }

    pub(crate) fn view_for_portal(&self) -> PortalReferralView {
        let contact = self.contact.as_ref();
        PortalReferralView {
            code: self.code.clone(),
            queue: self.queue.clone(),
            resource: self.assigned.as_ref().map(|at| at.name.clone()),
            contact_number: contact.map(|contact| contact.number.clone()),
            status: self.status.clone(),
            note: self.note.clone(),
            contact_name: contact.map_or(&self.client_name, |contact| &contact.name).clone(),
            contact_date: contact.map(|contact| contact.submitted_on),
            postal_code: contact.map_or(&self.client_postal_code, |contact| &contact.postal_code).clone(),
        }
    }

    pub(crate) fn details_for_portal(&self) -> PortalReferralDetails {
        PortalReferralDetails {
            referral: self.view_for_portal(),
            client: self.client.clone(),
            client_name: self.client_name.clone(),
        }
    }
}
