//! An enrolment: whether a client is active at a provider, and since when (rule 3.5).

use super::client::Client;
use super::provider::Provider;
use crate::model::prelude::*;

names! {
    pub(crate) enum EnrolmentStatus {
        Active = "active",
        Inactive = "inactive",
    }
}

/// The version in force; earlier ones stay in the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Enrolment {
    pub(crate) id: EnrolmentId,
    pub(crate) client_id: ClientId,
    pub(crate) provider_id: ProviderId,
    pub(crate) status: EnrolmentStatus,
    pub(crate) since_on: NaiveDate,
}

view! {
    /// Whether a client is active at a provider.
    pub(crate) struct EnrolmentView("enrolment", |view| &view.client) {
        /// The code of the client.
        client: String => Code,
        client_name: PersonName => Name(rank 1),
        /// The code of the provider.
        provider: String => Code(hidden),
        provider_name: String => Name,
        status: EnrolmentStatus => Status,
        since_on: NaiveDate => Date(rank 2),
    }
}

view! {
    /// How a client stood at a provider for a while.
    pub(crate) struct EnrolmentVersion("enrolment", |view| &view.enrolment.client) {
        ..enrolment: EnrolmentView,
        from: DateTime<Utc> => Instant,
        /// Null for what holds now.
        until: Option<DateTime<Utc>> => Instant,
    }
}

/// One version of an enrolment, with who and where it is of.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    pub(crate) id: EnrolmentId,
    pub(crate) client_id: ClientId,
    /// The code of the client.
    pub(crate) client: String,
    pub(crate) given: String,
    pub(crate) family: String,
    pub(crate) birth_date: Option<NaiveDate>,
    pub(crate) provider_id: ProviderId,
    /// The code of the provider.
    pub(crate) provider: String,
    pub(crate) provider_name: String,
    /// The code of its agency record.
    pub(crate) agency: String,
    pub(crate) status: EnrolmentStatus,
    pub(crate) since_on: NaiveDate,
    /// When it was recorded.
    pub(crate) from_at: DateTime<Utc>,
}

/// A time for which a client was active at a provider.
#[derive(Clone, Debug)]
pub(crate) struct Stay {
    /// The version with which it began; what was corrected since is as it is now.
    pub(crate) begun: Version,
    pub(crate) entry_on: NaiveDate,
    /// From when on the client was inactive there; none of one that lasts.
    pub(crate) exit_on: Option<NaiveDate>,
    pub(crate) updated_at: DateTime<Utc>,
}

/// Makes stays of versions that come in order.
#[derive(Default)]
pub(crate) struct Stays {
    current: Option<Stay>,
}

impl Stays {
    /// The stay that ends before this version, or with it.
    pub(crate) fn next(&mut self, version: Version) -> Option<Stay> {
        let is_same = |stay: &Stay| {
            (stay.begun.client_id, stay.begun.provider_id) == (version.client_id, version.provider_id)
        };
        let current = self.current.take();
        let is_active = version.status == EnrolmentStatus::Active;
        match current {
            Some(stay) if is_same(&stay) && is_active => {
                let entry_on = version.since_on;
                self.current = Some(Stay { entry_on, updated_at: version.from_at, ..stay });
                None
            }
            Some(stay) if is_same(&stay) => Some(Stay {
                exit_on: Some(version.since_on.max(stay.entry_on)),
                updated_at: version.from_at,
                ..stay
            }),
            other => {
                self.current = is_active.then_some(Stay {
                    entry_on: version.since_on,
                    exit_on: None,
                    updated_at: version.from_at,
                    begun: version,
                });
                other
            }
        }
    }

    /// The last one.
    pub(crate) fn end(self) -> Option<Stay> {
        self.current
    }
}

impl Enrolment {
    pub(crate) fn view(&self, client: &Client, provider: &Provider) -> EnrolmentView {
        EnrolmentView {
            client: client.code.clone(),
            client_name: client.full_name(),
            provider: provider.code.clone(),
            provider_name: provider.name.clone(),
            status: self.status,
            since_on: self.since_on,
        }
    }
}

/// Invalid: a future day. The state until then would be lost, and with it what is shared today.
pub(crate) fn since(day: NaiveDate, today: NaiveDate) -> Result<NaiveDate> {
    if day <= today {
        return Ok(day);
    }
    Err(Error::invalid("enrolment.future", format!("{day} is still to come, and today is {today}"))
        .hint("say it on the day, or leave `--date` out"))
}
