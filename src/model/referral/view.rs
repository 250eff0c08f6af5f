//! The views of a referral: the whole for staff, and two smaller ones for portal accounts (rule 2.7).

use super::{EventView, Referral};
use crate::model::contact::ContactDetails;
use crate::model::prelude::*;

view! {
    /// The whole referral, as staff see it.
    pub(crate) struct ReferralView("referral", |view| &view.code) {
        code: String => Code,
        queue: String => Text,
        status: String => Code,
        closed: bool => YesNo(hidden),
        /// The code of the client.
        client: String => Code(hidden),
        client_name: PersonName => Name,
        contact_number: Option<String> => Code(hidden),
        /// The code of the resource that it is at.
        resource: Option<String> => Code(hidden),
        resource_name: Option<String> => Name,
        /// The code of the provider that the resource belongs to.
        provider: Option<String> => Code(hidden),
        provider_name: Option<String> => Name(hidden),
        assigned_at: Option<DateTime<Utc>> => Age(hidden),
        note: Option<String> => Text(rank 2),
        created_at: DateTime<Utc> => Age,
        created_by: String => Login(hidden),
    }
}

view! {
    /// The output of `show` for staff.
    pub(crate) struct ReferralCard("referral", |view| &view.referral.code) {
        ..referral: ReferralView,
        contact: Option<ContactDetails> => Text(hidden),
        history: Vec<EventView> => Many(hidden),
    }
}

view! {
    /// The code and exactly eight fields: what a portal account sees without access-contact-details (rule
    /// 2.7).
    pub(crate) struct PortalReferralView("referral", |view| &view.code) {
        code: String => Code,
        queue: String => Text,
        /// The name of the resource, which is all that is said of it here.
        resource: Option<String> => Text,
        contact_number: Option<String> => Code,
        status: String => Status,
        note: Option<String> => Text(rank 2),
        /// As submitted; without a contact the client's.
        contact_name: PersonName => Name,
        /// When the contact was submitted, not when the referral was created.
        contact_date: Option<NaiveDate> => Date(rank 1),
        /// As submitted; without a contact the client's.
        postal_code: Option<String> => Text(rank 3),
    }
}

view! {
    /// What a portal account sees with access-contact-details.
    pub(crate) struct PortalReferralDetails("referral", |view| &view.code) {
        code: String => Code,
        queue: String => Text,
        /// The code of the resource that it is at.
        resource: Option<String> => Code(hidden),
        resource_name: Option<String> => Name,
        contact_number: Option<String> => Code,
        status: String => Status,
        note: Option<String> => Text(rank 2),
        /// As submitted; without a contact the client's.
        contact_name: PersonName => Name,
        /// When the contact was submitted, not when the referral was created.
        contact_date: Option<NaiveDate> => Date(rank 1),
        /// As submitted; without a contact the client's.
        postal_code: Option<String> => Text(rank 3),
        /// The code of the client.
        client: String => Code(hidden),
        client_name: PersonName => Name(hidden),
    }
}

view! {
    /// The output of `show` for a portal account with access-contact-details.
    pub(crate) struct PortalReferralCard("referral", |view| &view.referral.code) {
        ..referral: PortalReferralDetails,
        contact: Option<ContactDetails> => Text(hidden),
    }
}

impl Referral {
    pub(crate) fn view(&self) -> ReferralView {
        let at = self.assigned.as_ref();
        cloned! { self => ReferralView {
            code, queue, status, closed, client, client_name, note, created_at, created_by,
            contact_number: self.contact.as_ref().map(|contact| contact.number.clone()),
            resource: at.map(|at| at.code.clone()),
            resource_name: at.map(|at| at.name.clone()),
            provider: at.map(|at| at.provider.clone()),
            provider_name: at.map(|at| at.provider_name.clone()),
            assigned_at: at.map(|at| at.at),
        } }
    }

    pub(crate) fn view_for_portal(&self) -> PortalReferralView {
        let contact = self.contact.as_ref();
        cloned! { self => PortalReferralView {
            code, queue, status, note,
            resource: self.assigned.as_ref().map(|at| at.name.clone()),
            contact_number: contact.map(|contact| contact.number.clone()),
            contact_name: contact.map_or(&self.client_name, |contact| &contact.name).clone(),
            contact_date: contact.map(|contact| contact.submitted_on),
            postal_code: contact.map_or(&self.client_postal_code, |contact| &contact.postal_code).clone(),
        } }
    }

    pub(crate) fn details_for_portal(&self) -> PortalReferralDetails {
        let eight = self.view_for_portal();
        cloned! { eight => PortalReferralDetails {
            code, queue, contact_number, status, note, contact_name, contact_date, postal_code,
            resource: self.assigned.as_ref().map(|at| at.code.clone()),
            resource_name: eight.resource,
            client: self.client.clone(),
            client_name: self.client_name.clone(),
        } }
    }
}
