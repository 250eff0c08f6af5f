//! A signed release of information: a client lets an owner show one data type to other providers (rule 3.7).

mod element;
mod rules;
mod view;

use std::collections::BTreeSet;

pub(crate) use element::{Element, elements};
pub(crate) use rules::{may_have_been_named, may_have_been_signed, may_name, may_sign, removed, set_expiry};
pub(crate) use view::{Recipient, ReleaseCard, ReleaseView};

use super::sharing::{DataType, Way};
use crate::model::prelude::*;

pub(crate) const NOUN: Noun = noun!("release");

/// The size limit of a document: 64 MiB.
pub(crate) const LARGEST: u64 = 64 << 20;

/// The size of the stored pieces of a document, except the last.
pub(crate) const PIECE: usize = 256 << 10;

names! {
    /// The type of a document, recognised by its content and never by its name.
    pub(crate) enum MediaType {
        Pdf = "application/pdf",
        Png = "image/png",
        Jpeg = "image/jpeg",
    }
}

names! {
    /// The status of a release on a day. Expired is derived from its date and never stored (rule 3.6).
    pub(crate) enum ReleaseStatus {
        Active = "active",
        /// Its last day has passed.
        Expired = "expired",
        /// Revoked by the client, whatever its date.
        Revoked = "revoked",
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Release {
    pub(crate) id: ReleaseId,
    pub(crate) code: String,
    pub(crate) client_id: ClientId,
    pub(crate) client: String,
    pub(crate) client_name: PersonName,
    pub(crate) owner_id: ProviderId,
    pub(crate) owner: String,
    pub(crate) owner_name: String,
    pub(crate) data_type: DataType,
    pub(crate) signed_on: NaiveDate,
    pub(crate) signed_by: Option<String>,
    /// The authority of a signer who is not the client.
    pub(crate) signed_as: Option<String>,
    /// Whether the client was too young to sign on that day (rule 3.16).
    pub(crate) is_of_minor: bool,
    /// The last day, inclusive.
    pub(crate) expires_on: Option<NaiveDate>,
    pub(crate) expiry_event: Option<String>,
    pub(crate) purpose: Option<String>,
    pub(crate) statements: Statements,
    pub(crate) all_providers: bool,
    /// The named recipients; none if it is for all.
    pub(crate) recipients: Vec<Recipient>,
    pub(crate) document: Document,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) created_by: String,
    pub(crate) revoked_at: Option<DateTime<Utc>>,
    pub(crate) revoked_by: Option<String>,
    /// Why it was revoked, and when and how the client has withdrawn it.
    pub(crate) reason: Option<String>,
    pub(crate) withdrawn_on: Option<NaiveDate>,
    pub(crate) withdrawn_how: Option<Way>,
}

/// The statements in the document, as entered with `release add`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Statements {
    pub(crate) right_to_revoke: bool,
    pub(crate) conditions: bool,
    pub(crate) redisclosure: bool,
}

/// A document without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) media_type: MediaType,
    /// Bytes.
    pub(crate) size: i64,
    pub(crate) sha256: Vec<u8>,
}

impl Document {
    /// In place of the digest of a document that was erased (rule 5.8).
    pub(crate) const NO_DIGEST: [u8; 32] = [0; 32];

    pub(crate) fn is_erased(&self) -> bool {
        self.sha256 == Document::NO_DIGEST
    }
}

impl MediaType {
    /// The words for people.
    pub(crate) fn words(self) -> &'static str {
        match self {
            MediaType::Pdf => "PDF",
            MediaType::Png => "PNG",
            MediaType::Jpeg => "JPEG",
        }
    }
}

impl Release {
    pub(crate) fn status(&self, today: NaiveDate) -> ReleaseStatus {
        if self.revoked_at.is_some() {
            ReleaseStatus::Revoked
        } else if self.expires_on.is_some_and(|last| last < today) {
            ReleaseStatus::Expired
        } else {
            ReleaseStatus::Active
        }
    }

    /// In any order. "All providers" is not the same as naming each, since more may be added.
    pub(crate) fn has_recipients_of(&self, other: &Self) -> bool {
        let ids = |release: &Self| {
            release.recipients.iter().map(|named| named.id).collect::<BTreeSet<ProviderId>>()
        };
        self.all_providers == other.all_providers && ids(self) == ids(other)
    }
}
