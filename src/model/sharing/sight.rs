//! Who sees something of a client, of which type, on what ground, since when and until when.

use super::{Basis, DataType};
use crate::model::prelude::*;

names! {
    /// The ground on which something of a client is seen.
    pub(crate) enum Ground {
        /// The hub: every level of its staff reads all.
        Hub = "hub",
        /// The provider's own records.
        Own = "own",
        /// Shared automatically, without a request for each client (rule 3.4).
        Automatic = "automatic",
        /// A granted request (rule 3.5).
        Request = "request",
        /// A signed release of information (rule 3.7).
        Release = "release",
        /// Accepted visits: the contact details (rule 1.12).
        Acceptance = "acceptance",
        /// A referral that is assigned: the contact (rule 2.7).
        Assignment = "assignment",
    }
}

view! {
    /// What one provider, or the hub, sees of a client.
    pub(crate) struct Sight("sharing", |view| view.recipient.as_deref().unwrap_or("hub")) {
        @owner_id: Option<ProviderId>,
        @recipient_id: Option<ProviderId>,
        /// Who sees it; null for the hub.
        recipient: Option<String> => Code(hidden),
        recipient_name: String => Name,
        /// Null where it is all, or no record.
        data_type as "type": Option<DataType> => Status,
        /// Whose records it sees; null for the hub, and where it is no record.
        owner: Option<String> => Code(hidden),
        owner_name: Option<String> => Name(rank 1),
        by: Ground => Status,
        /// The request, release, package or referral.
        source: Option<String> => Code,
        since_at: Option<DateTime<Utc>> => Age(rank 2),
        /// The last day, inclusive; null where there is none.
        until_on: Option<NaiveDate> => Date,
        records: i64 => Number,
    }
}

impl Sight {
    pub(crate) fn of_hub(records: i64) -> Self {
        Sight {
            owner_id: None,
            recipient_id: None,
            recipient: None,
            recipient_name: "the hub, every level of its staff".to_owned(),
            data_type: None,
            owner: None,
            owner_name: None,
            by: Ground::Hub,
            source: None,
            since_at: None,
            until_on: None,
            records,
        }
    }

    /// One that sees the person rather than records.
    pub(crate) fn of_person(
        by: Ground, recipient_id: ProviderId, [recipient, name, source]: [String; 3],
    ) -> Self {
        Sight {
            recipient_id: Some(recipient_id),
            recipient: Some(recipient),
            recipient_name: name,
            by,
            source: Some(source),
            ..Sight::of_hub(0)
        }
    }

    /// As the recipient sees it, which is not said which release of the owner it is and how long that counts (rule 3.12).
    pub(crate) fn of_recipient(self) -> Self {
        match self.by {
            Ground::Release => Sight { source: None, since_at: None, until_on: None, ..self },
            _ => self,
        }
    }
}

impl From<Basis> for Ground {
    fn from(basis: Basis) -> Self {
        match basis {
            Basis::Own => Ground::Own,
            Basis::Automatic => Ground::Automatic,
            Basis::Request => Ground::Request,
            Basis::Release => Ground::Release,
            Basis::Acceptance => Ground::Acceptance,
        }
    }
}
