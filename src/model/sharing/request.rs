//! A sharing request: a recipient asks an owner for one data type of one client; and its labels (rule 3.5).

use super::DataType;
use crate::model::prelude::*;

pub(crate) const NOUN: Noun =
    Noun { name: "sharing request", not_found: "sharing.not_found", ambiguous: "sharing.ambiguous" };

names! {
    /// The label that the owner set.
    pub(crate) enum Label {
        Pending = "pending",
        Granted = "granted",
        Denied = "denied",
        Revoked = "revoked",
    }
}

names! {
    /// The status today: a label, or an expired grant (rule 3.6, derived and never stored).
    pub(crate) enum Status {
        Pending = "pending",
        Granted = "granted",
        Denied = "denied",
        Revoked = "revoked",
        /// Granted, but its last day has passed.
        Expired = "expired",
    }
}

view! {
    /// One label that a request has had.
    pub(crate) struct Answer("sharing", |view| view.status.name()) {
        status: Label => Status,
        signed_on: Option<NaiveDate> => Date(rank 1),
        /// The last day, inclusive.
        expires_on: Option<NaiveDate> => Date,
        /// The login that set it.
        by: String => Code,
        starts_at: DateTime<Utc> => Instant,
        /// Null for the label in force.
        ends_at: Option<DateTime<Utc>> => Instant(rank 2),
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) id: RequestId,
    pub(crate) code: String,
    pub(crate) client_id: ClientId,
    /// The code of the client: no list of requests names the person.
    pub(crate) client: String,
    pub(crate) owner_id: ProviderId,
    pub(crate) owner: String,
    pub(crate) owner_name: String,
    pub(crate) recipient_id: ProviderId,
    pub(crate) recipient: String,
    pub(crate) recipient_name: String,
    pub(crate) data_type: DataType,
    pub(crate) requested_at: DateTime<Utc>,
    pub(crate) requested_by: String,
    pub(crate) requested_by_id: AccountId,
    pub(crate) note: Option<String>,
    /// Pending or granted; an expired one stays open until the next is created.
    pub(crate) open: bool,
    /// The present label and its dates.
    pub(crate) label: Label,
    pub(crate) signed_on: Option<NaiveDate>,
    pub(crate) expires_on: Option<NaiveDate>,
    /// Whether there was a label before: the first is the request itself, made by the one who asked.
    pub(crate) is_answered: bool,
    pub(crate) answered_by: String,
    pub(crate) answered_at: DateTime<Utc>,
}

view! {
    pub(crate) struct RequestView("sharing", |view| &view.code) {
        code: String => Code,
        /// Its code: the client's name stands in no list of requests.
        client: String => Code,
        owner: String => Code(hidden),
        owner_name: String => Name,
        recipient: String => Code(hidden),
        recipient_name: String => Name,
        data_type as "type": DataType => Status(rank 1),
        status: Status => Status,
        signed_on: Option<NaiveDate> => Date(hidden),
        /// The last day, inclusive.
        expires_on: Option<NaiveDate> => Date(rank 2),
        note: Option<String> => Text(hidden),
        requested_at: DateTime<Utc> => Age(hidden),
        requested_by: String => Code(hidden),
        /// Null while it is not answered.
        answered_at: Option<DateTime<Utc>> => Age(hidden),
        answered_by: Option<String> => Code(hidden),
    }
}

view! {
    /// A request with its history.
    pub(crate) struct RequestHistory("sharing", |view| &view.request.code) {
        ..request: RequestView,
        answers: Vec<Answer> => Many,
    }
}

impl Label {
    /// Whether it blocks a second request for the same.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Label::Pending | Label::Granted)
    }
}

impl Status {
    /// The label under which it is stored.
    pub(crate) fn label(self) -> Label {
        match self {
            Status::Pending => Label::Pending,
            Status::Granted | Status::Expired => Label::Granted,
            Status::Denied => Label::Denied,
            Status::Revoked => Label::Revoked,
        }
    }
}

impl Request {
    /// The last day still counts.
    pub(crate) fn status(&self, today: NaiveDate) -> Status {
        match self.label {
            Label::Pending => Status::Pending,
            Label::Denied => Status::Denied,
            Label::Revoked => Status::Revoked,
            Label::Granted if self.expires_on.is_some_and(|last| last < today) => Status::Expired,
            Label::Granted => Status::Granted,
        }
    }

    pub(crate) fn view(&self, today: NaiveDate) -> RequestView {
        cloned! { self => RequestView {
            code, client, owner, owner_name, recipient, recipient_name, data_type, note, requested_at,
            requested_by, signed_on, expires_on,
            status: self.status(today),
            answered_at: self.is_answered.then_some(self.answered_at),
            answered_by: self.is_answered.then(|| self.answered_by.clone()),
        } }
    }
}
