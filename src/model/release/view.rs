//! The views of a release.

use super::element::{Element, ElementName, elements};
use super::{MediaType, Release, ReleaseStatus};
use crate::model::audit::hex;
use crate::model::prelude::*;
use crate::model::sharing::{DataType, Way};

view! {
    pub(crate) struct ReleaseView("release", |view| &view.code) {
        code: String => Code,
        client: String => Code(hidden),
        client_name: PersonName => Name,
        owner: String => Code(hidden),
        owner_name: String => Name,
        data_type as "type": DataType => Status,
        status: ReleaseStatus => Status,
        signed_on: NaiveDate => Date(rank 1),
        /// The last day that counts.
        expires_on: Option<NaiveDate> => Date,
        /// What ends it, if that is no day.
        expiry_event: Option<String> => Text(hidden),
        signed_by: Option<String> => Text(hidden),
        /// The right of a signer who is not the client.
        signed_as: Option<String> => Text(hidden),
        purpose: Option<String> => Text(hidden),
        all_providers: bool => YesNo(rank 2),
        /// Empty if it is for all providers.
        recipients: Vec<Recipient> => Many,
        media_type: MediaType => Status(hidden),
        /// Bytes.
        size: i64 => Number(hidden),
        sha256: String => Code(hidden),
        created_at: DateTime<Utc> => Age(hidden),
        created_by: String => Login(hidden),
        revoked_at: Option<DateTime<Utc>> => Age(hidden),
        revoked_by: Option<String> => Login(hidden),
        /// Why it was revoked.
        reason: Option<String> => Text(hidden),
        /// The day on which the client has withdrawn it.
        withdrawn_on: Option<NaiveDate> => Date(hidden),
        withdrawn_how: Option<Way> => Status(hidden),
        /// The elements of a valid release that this one does not hold.
        lacks: Vec<ElementName> => Text(hidden),
    }
}

view! {
    #[schemars(rename = "RecipientView")]
    pub(crate) struct Recipient("release", |view| &view.code) {
        @id: ProviderId,
        code as "provider": String => Code,
        name as "provider_name": String => Name,
    }
}

view! {
    /// A release with the elements of a valid one.
    pub(crate) struct ReleaseCard("release", |view| &view.release.code) {
        ..release: ReleaseView,
        elements: Vec<Element> => Many(hidden),
    }
}

impl Release {
    pub(crate) fn view(&self, today: NaiveDate) -> ReleaseView {
        cloned! { self => ReleaseView {
            code, client, client_name, owner, owner_name, data_type, signed_on, expires_on, expiry_event,
            signed_by, signed_as, purpose, all_providers, created_at, created_by, revoked_at, revoked_by,
            reason, withdrawn_on, withdrawn_how, recipients,
            status: self.status(today),
            media_type: self.document.media_type,
            size: self.document.size,
            sha256: hex(&self.document.sha256),
            lacks: elements(self).iter().filter(|one| !one.held).map(|one| one.element).collect(),
        } }
    }

    pub(crate) fn card(&self, today: NaiveDate) -> ReleaseCard {
        ReleaseCard { release: self.view(today), elements: elements(self) }
    }
}
