//! The facts at one instant between an owner and a recipient, for one client and one data type.

use crate::model::prelude::*;
use crate::model::sharing::{SharingLevel, Status};

#[derive(Clone, Debug)]
pub(crate) struct Facts {
    /// How many records of the type the owner had of the client.
    pub(crate) records: i64,
    /// How many of them are never shared (rule 3.16).
    pub(crate) never_shared: i64,
    /// How many of them the recipient sees according to the database.
    pub(crate) visible: i64,
    /// Since when the recipient was inactive; none if it was active.
    pub(crate) recipient_inactive: Option<DateTime<Utc>>,
    /// The owner's setting; none if never set, which shares nothing.
    pub(crate) setting: Option<SettingFact>,
    /// The newest by that instant, in force or not.
    pub(crate) link: Option<LinkFact>,
    /// From the recipient to the owner: irrelevant for this direction, but people confuse the two.
    pub(crate) reverse_link: Option<LinkFact>,
    /// The categories of the owner's records, and those in which the client was served at one of the two.
    pub(crate) categories: Vec<CategoryFact>,
    pub(crate) at_owner: Option<EnrolmentFact>,
    pub(crate) at_recipient: Option<EnrolmentFact>,
    /// The newest first.
    pub(crate) requests: Vec<RequestFact>,
    /// The newest first.
    pub(crate) releases: Vec<ReleaseFact>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct SettingFact {
    pub(crate) level: SharingLevel,
    /// Since when the level is this one.
    pub(crate) level_since: DateTime<Utc>,
    pub(crate) client_by_client: bool,
    pub(crate) release_sharing: bool,
    pub(crate) require_expiry: bool,
    pub(crate) default_days: Option<i64>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct LinkFact {
    pub(crate) since: DateTime<Utc>,
    /// None if it was in force at the instant.
    pub(crate) ended: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug)]
pub(crate) struct CategoryFact {
    pub(crate) name: String,
    /// The owner's records of the type in this category.
    pub(crate) records: i64,
    /// How many of them are never shared.
    pub(crate) never_shared: i64,
    pub(crate) at_owner: Service,
    pub(crate) at_recipient: Service,
}

/// The service of one provider to the client in a category.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    /// The client has a service record of the category under a contract in force.
    pub(crate) is_served: bool,
    /// The code of a contract in force that names the category.
    pub(crate) contract: Option<String>,
    /// The code of one that has ended.
    pub(crate) ended: Option<String>,
    /// Whether a contract of the provider is called as the category is.
    pub(crate) is_name_taken: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct EnrolmentFact {
    pub(crate) active: bool,
    /// The first day of this status.
    pub(crate) since: NaiveDate,
}

#[derive(Clone, Debug)]
pub(crate) struct RequestFact {
    pub(crate) code: String,
    /// The login that sent it.
    pub(crate) requested_by: String,
    /// At the instant; one that is granted may have expired.
    pub(crate) status: Status,
    /// Since when it has this label, or is cancelled.
    pub(crate) since: DateTime<Utc>,
    pub(crate) signed: Option<NaiveDate>,
    pub(crate) expires: Option<NaiveDate>,
    /// The last day on which it can be answered.
    pub(crate) lapses: Option<NaiveDate>,
    /// Why it was denied or revoked.
    pub(crate) reason: Option<String>,
    /// Whether it has reached the owner (rule 3.11).
    pub(crate) has_arrived: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct ReleaseFact {
    pub(crate) code: String,
    pub(crate) all_providers: bool,
    /// Whether the recipient is one of those named.
    pub(crate) names_recipient: bool,
    pub(crate) signed: NaiveDate,
    pub(crate) expires: Option<NaiveDate>,
    /// None if it was not revoked by the instant.
    pub(crate) revoked: Option<DateTime<Utc>>,
}

impl Facts {
    /// The level; if nothing is set, the one that shares nothing.
    pub(super) fn level(&self) -> SharingLevel {
        self.setting.map_or(SharingLevel::Nothing, |setting| setting.level)
    }

    /// How many records the recipient sees if every rule is met.
    pub(super) fn shareable(&self) -> i64 {
        let never = match self.level() {
            SharingLevel::CommonCategory => self.common().map(|category| category.never_shared).sum(),
            SharingLevel::All | SharingLevel::Nothing => self.never_shared,
        };
        self.fitting() - never
    }

    /// How many records the level is for (rule 3.3).
    pub(super) fn fitting(&self) -> i64 {
        match self.level() {
            SharingLevel::CommonCategory => self.common().map(|category| category.records).sum(),
            SharingLevel::All | SharingLevel::Nothing => self.records,
        }
    }

    pub(super) fn common(&self) -> impl Iterator<Item = &CategoryFact> {
        self.categories.iter().filter(|category| category.is_common())
    }
}

impl CategoryFact {
    pub(super) fn is_common(&self) -> bool {
        self.at_owner.is_served && self.at_recipient.is_served
    }
}

impl LinkFact {
    pub(super) fn holds(self) -> bool {
        self.ended.is_none()
    }
}

impl RequestFact {
    pub(super) fn is_granted(&self) -> bool {
        self.status == Status::Granted
    }
}

impl ReleaseFact {
    pub(super) fn reaches(&self) -> bool {
        self.all_providers || self.names_recipient
    }
}

/// The last day counts (rule 3.6).
pub(super) fn counts(expires: Option<NaiveDate>, day: NaiveDate) -> bool {
    expires.is_none_or(|last| day <= last)
}
