//! A release as commands show it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::element::{Element, elements};
use super::{Recipient, Release};
use crate::model::audit::hex;

#[derive(Clone, Debug, Serialize)]
pub(crate) struct ReleaseView {
    pub(crate) code: String,
    pub(crate) client: String,
    pub(crate) client_name: String,
    pub(crate) owner: String,
    pub(crate) owner_code: String,
    #[serde(rename = "type")]
    pub(crate) data_type: &'static str,
    pub(crate) status: &'static str,
    pub(crate) signed_on: NaiveDate,
    pub(crate) expires_on: Option<NaiveDate>,
    pub(crate) expiry_event: Option<String>,
    pub(crate) signed_by: Option<String>,
    pub(crate) signed_as: Option<String>,
    pub(crate) purpose: Option<String>,
    pub(crate) all_providers: bool,
    pub(crate) recipients: Vec<RecipientView>,
    pub(crate) media_type: &'static str,
    /// Bytes.
    pub(crate) size: i64,
    pub(crate) sha256: String,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) created_by: String,
    pub(crate) revoked_at: Option<DateTime<Utc>>,
    pub(crate) revoked_by: Option<String>,
    /// The elements of a valid release that this one does not hold.
    pub(crate) lacks: Vec<&'static str>,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct RecipientView {
    pub(crate) provider: String,
    pub(crate) provider_code: String,
}

/// A release with what a valid one holds.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ReleaseCard {
    #[serde(flatten)]
    pub(crate) release: ReleaseView,
    pub(crate) elements: Vec<Element>,
}

/// Who sees fewer records once a release is revoked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Loss {
    pub(crate) provider: String,
    pub(crate) provider_code: String,
    pub(crate) records: i64,
}

/// A revoked release, and who lost sight of what by that.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Revoked {
    #[serde(flatten)]
    pub(crate) release: ReleaseView,
    pub(crate) losses: Vec<Loss>,
}

impl Release {
    pub(crate) fn view(&self, today: NaiveDate) -> ReleaseView {
        ReleaseView {
            code: self.code.clone(),
            client: self.client.clone(),
            client_name: self.client_name.clone(),
            owner: self.owner.clone(),
            owner_code: self.owner_code.clone(),
            data_type: self.data_type.name(),
            status: self.status(today).name(),
            signed_on: self.signed_on,
            expires_on: self.expires_on,
            expiry_event: self.expiry_event.clone(),
            signed_by: self.signed_by.clone(),
            signed_as: self.signed_as.clone(),
            purpose: self.purpose.clone(),
            all_providers: self.all_providers,
            recipients: self.recipients.iter().map(RecipientView::of).collect(),
            media_type: self.document.media_type.name(),
            size: self.document.size,
            sha256: hex(&self.document.sha256),
            created_at: self.created_at,
            created_by: self.created_by.clone(),
            revoked_at: self.revoked_at,
            revoked_by: self.revoked_by.clone(),
            lacks: elements(self).iter().filter(|one| !one.held).map(|one| one.element).collect(),
        }
    }

    pub(crate) fn card(&self, today: NaiveDate) -> ReleaseCard {
        ReleaseCard { release: self.view(today), elements: elements(self) }
    }
}

impl RecipientView {
    fn of(recipient: &Recipient) -> Self {
        RecipientView { provider: recipient.name.clone(), provider_code: recipient.code.clone() }
    }
}
