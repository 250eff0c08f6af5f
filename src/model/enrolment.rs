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
