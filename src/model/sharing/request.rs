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
    /// The status today: a label, or what follows from a date (rules 3.6 and 3.11, derived and never stored).
    pub(crate) enum Status {
        Pending = "pending",
        Granted = "granted",
        Denied = "denied",
        Revoked = "revoked",
        /// Granted, but its last day has passed.
        Expired = "expired",
        /// Taken back by who sent it, before it was answered.
        Cancelled = "cancelled",
        /// Pending, but the last day on which it could be answered has passed.
        Unanswered = "unanswered",
    }
}

names! {
    /// How a client has said something.
    pub(crate) enum Way {
        Said = "said",
        Phoned = "phoned",
        Written = "written",
    }
}

view! {
    /// One label that a request has had, or that it was cancelled.
    pub(crate) struct Answer("sharing", |view| view.status.name()) {
        status: Status => Status,
        signed_on: Option<NaiveDate> => Date(rank 1),
        /// The last day, inclusive.
        expires_on: Option<NaiveDate> => Date,
        /// Who signed in place of the client; null for who may not know the client.
        signed_by: Option<String> => Text(hidden),
        /// By what right.
        signed_as: Option<String> => Text(hidden),
        /// Why it was denied or revoked.
        reason: Option<String> => Text,
        /// The login that set it.
        by: String => Login,
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
    pub(crate) client: String,
    /// None where the actor may not know who it is (rule 3.12).
    pub(crate) client_name: Option<PersonName>,
    pub(crate) birth_date: Option<NaiveDate>,
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
    /// For what the records are to be seen (rule 3.16).
    pub(crate) purpose: Option<String>,
    pub(crate) note: Option<String>,
    /// Pending or granted; one that has expired or ended unanswered stays open until the next is created.
    pub(crate) open: bool,
    /// The last day on which it can be answered, inclusive; none for one that waits without an end.
    pub(crate) lapses_on: Option<NaiveDate>,
    pub(crate) cancelled_at: Option<DateTime<Utc>>,
    pub(crate) cancelled_by: Option<String>,
    /// The present label and its dates.
    pub(crate) label: Label,
    pub(crate) signed_on: Option<NaiveDate>,
    /// Who signed, and by what right, if that was not the client (rule 3.16).
    pub(crate) signed_by: Option<String>,
    pub(crate) signed_as: Option<String>,
    pub(crate) expires_on: Option<NaiveDate>,
    pub(crate) reason: Option<String>,
    /// When and how the client has withdrawn it, if that has ended it.
    pub(crate) withdrawn_on: Option<NaiveDate>,
    pub(crate) withdrawn_how: Option<Way>,
    /// Whether there was a label before: the first is the request itself, made by the one who asked.
    pub(crate) is_answered: bool,
    pub(crate) answered_by: String,
    pub(crate) answered_at: DateTime<Utc>,
}

view! {
    pub(crate) struct RequestView("sharing", |view| &view.code) {
        code: String => Code,
        client: String => Code(rank 3),
        /// Null for who may not know it: a portal account sees it where it answers sharing and the client is active at both.
        client_name: Option<PersonName> => Name,
        birth_date: Option<NaiveDate> => Date(hidden),
        owner: String => Code(hidden),
        owner_name: String => Name,
        recipient: String => Code(hidden),
        recipient_name: String => Name,
        data_type as "type": DataType => Status(rank 1),
        status: Status => Status,
        signed_on: Option<NaiveDate> => Date(hidden),
        /// Who signed in place of the client; null for who may not know the client.
        signed_by: Option<String> => Text(hidden),
        /// By what right.
        signed_as: Option<String> => Text(hidden),
        /// The last day, inclusive.
        expires_on: Option<NaiveDate> => Date(rank 2),
        /// Why it was denied or revoked.
        reason: Option<String> => Text(hidden),
        /// The day on which the client has withdrawn it, if that has ended it.
        withdrawn_on: Option<NaiveDate> => Date(hidden),
        withdrawn_how: Option<Way> => Status(hidden),
        /// For what the records are to be seen.
        purpose: Option<String> => Text(rank 4),
        note: Option<String> => Text(hidden),
        requested_at: DateTime<Utc> => Age(hidden),
        requested_by: String => Login(hidden),
        /// Null while it is not answered.
        answered_at: Option<DateTime<Utc>> => Age(hidden),
        answered_by: Option<String> => Login(hidden),
        /// The last day on which a pending one can be answered, inclusive; null once it is, and where it waits without an end.
        lapses_on: Option<NaiveDate> => Date(hidden),
        cancelled_at: Option<DateTime<Utc>> => Age(hidden),
        cancelled_by: Option<String> => Login(hidden),
    }
}

view! {
    /// A request with its history.
    pub(crate) struct RequestHistory("sharing", |view| &view.request.code) {
        ..request: RequestView,
        answers: Vec<Answer> => Many,
    }
}

impl RequestHistory {
    pub(crate) fn of(request: RequestView, mut answers: Vec<Answer>) -> Self {
        if request.client_name.is_none() {
            for answer in &mut answers {
                (answer.signed_by, answer.signed_as) = (None, None);
            }
        }
        RequestHistory { request, answers }
    }
}

impl Label {
    /// Whether it blocks a second request for the same.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Label::Pending | Label::Granted)
    }
}

impl From<Label> for Status {
    fn from(label: Label) -> Self {
        match label {
            Label::Pending => Status::Pending,
            Label::Granted => Status::Granted,
            Label::Denied => Status::Denied,
            Label::Revoked => Status::Revoked,
        }
    }
}

impl Status {
    /// The label under which it is stored.
    pub(crate) fn label(self) -> Label {
        match self {
            Status::Pending | Status::Cancelled | Status::Unanswered => Label::Pending,
            Status::Granted | Status::Expired => Label::Granted,
            Status::Denied => Label::Denied,
            Status::Revoked => Label::Revoked,
        }
    }
}

impl Request {
    /// The last day still counts.
    pub(crate) fn status(&self, today: NaiveDate) -> Status {
        let is_over = |last: Option<NaiveDate>| last.is_some_and(|last| last < today);
        match self.label {
            Label::Pending if self.cancelled_at.is_some() => Status::Cancelled,
            Label::Pending if is_over(self.lapses_on) => Status::Unanswered,
            Label::Granted if is_over(self.expires_on) => Status::Expired,
            label => label.into(),
        }
    }

    /// Whether it is in the way of another for the same: one that has expired or ended unanswered is not, and is closed when
    /// the next is created.
    pub(crate) fn is_over(&self, today: NaiveDate) -> bool {
        matches!(self.status(today), Status::Expired | Status::Unanswered)
    }

    /// The command that ends one that is open. What is pending is cancelled: a denial would reach an owner that the request
    /// itself has not reached (rule 3.11).
    pub(crate) fn ending(&self) -> String {
        let verb = if self.label == Label::Granted { "revoke" } else { "cancel" };
        format!("caredesk sharing {verb} {}", self.code)
    }

    pub(crate) fn view(&self, today: NaiveDate) -> RequestView {
        let is_waiting = matches!(self.status(today), Status::Pending | Status::Unanswered);
        cloned! { self => RequestView {
            code, client, client_name, birth_date, owner, owner_name, recipient, recipient_name, data_type, purpose, note, requested_at,
            requested_by, signed_on, expires_on, reason, withdrawn_on, withdrawn_how, cancelled_at, cancelled_by,
            status: self.status(today),
            signed_by: self.signed_by.clone().filter(|_| self.client_name.is_some()),
            signed_as: self.signed_as.clone().filter(|_| self.client_name.is_some()),
            lapses_on: self.lapses_on.filter(|_| is_waiting),
            answered_at: self.is_answered.then_some(self.answered_at),
            answered_by: self.is_answered.then(|| self.answered_by.clone()),
        } }
    }
}
