//! The withdrawal of a client: which grants, requests and releases end by it (rule 3.15).

use super::release::{Release, ReleaseStatus};
use super::sharing::{DataType, Label, Request, Status, Way};
use crate::model::prelude::*;

/// What a client withdraws; an absent field is every one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Withdrawn {
    pub(crate) owner: Option<ProviderId>,
    pub(crate) recipient: Option<ProviderId>,
    pub(crate) data_type: Option<DataType>,
}

/// How a release ends that a withdrawal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReleaseEnd {
    Revoked,
    /// It goes on for the others that it names.
    Without(ProviderId),
}

names! {
    pub(crate) enum Ending {
        /// A grant or a release that has ended for all.
        Revoked = "revoked",
        /// A request that waited for an answer.
        Denied = "denied",
        /// A release that goes on for the others that it names.
        Narrowed = "narrowed",
    }
}

view! {
    pub(crate) struct WithdrawalView("sharing", |view| &view.client) {
        client: String => Code,
        /// Null for a portal account.
        client_name: Option<PersonName> => Name,
        /// The day on which the client said so.
        withdrawn_on: NaiveDate => Date,
        withdrawn_how: Option<Way> => Status,
        reason: String => Text,
        ended: Vec<Ended> => Many,
    }
}

view! {
    /// What ends by a withdrawal.
    pub(crate) struct Ended("sharing", |view| &view.code) {
        /// Of a request or a release.
        code: String => Code,
        owner: String => Code(hidden),
        owner_name: String => Name,
        data_type as "type": DataType => Status,
        /// Who sees it no longer; none where that is all.
        recipient: Option<String> => Code(hidden),
        recipient_name: Option<String> => Name,
        ending: Ending => Status,
        /// How many records that closes to others.
        records: i64 => Number,
    }
}

impl Withdrawn {
    /// The label with which a request ends; none for one that is not meant, or has ended.
    pub(crate) fn ending_of(&self, request: &Request, today: NaiveDate) -> Option<Label> {
        let fits = self.is_about(request.owner_id, request.data_type)
            && self.recipient.is_none_or(|recipient| recipient == request.recipient_id);
        let label = match request.status(today) {
            Status::Granted => Label::Revoked,
            Status::Pending => Label::Denied,
            _ => return None,
        };
        fits.then_some(label)
    }

    /// How a release ends. One for all providers reaches a single one as long as it stands, so it ends for all.
    pub(crate) fn end_of(&self, release: &Release, today: NaiveDate) -> Option<ReleaseEnd> {
        let fits = self.is_about(release.owner_id, release.data_type);
        if !fits || release.status(today) != ReleaseStatus::Active {
            return None;
        }
        match self.recipient {
            None => Some(ReleaseEnd::Revoked),
            Some(recipient) if release.all_providers => {
                (recipient != release.owner_id).then_some(ReleaseEnd::Revoked)
            }
            Some(recipient) if release.recipients.iter().all(|named| named.id != recipient) => None,
            Some(_) if release.recipients.len() == 1 => Some(ReleaseEnd::Revoked),
            Some(recipient) => Some(ReleaseEnd::Without(recipient)),
        }
    }

    fn is_about(&self, owner: ProviderId, data_type: DataType) -> bool {
        self.owner.is_none_or(|wanted| wanted == owner)
            && self.data_type.is_none_or(|wanted| wanted == data_type)
    }
}

/// Nothing is withdrawn on a day to come.
pub(crate) fn may_withdraw(on: NaiveDate, today: NaiveDate) -> Result<()> {
    if on <= today {
        return Ok(());
    }
    Err(Error::invalid("sharing.withdrawn_future", format!("{on} is still to come: today is {today}"))
        .hint("`--date` is the day on which the client said so"))
}

impl Ended {
    pub(crate) fn words(&self) -> String {
        let Ended { code, owner_name, data_type, recipient_name, ending, records, .. } = self;
        let to = recipient_name.as_ref().map_or("all it was for".to_owned(), |name| format!("`{name}`"));
        let what = match ending {
            Ending::Revoked => "ends",
            Ending::Denied => "is denied",
            Ending::Narrowed => "goes on without that provider",
        };
        let closed = counted(*records, "record", "records");
        format!("{code} ({data_type} of `{owner_name}` to {to}) {what} and closes {closed}")
    }
}
