//! A referral: one need of one client, in one queue, with a status, assigned to one resource or none.

mod event;
mod view;

pub(crate) use event::{Event, EventKind, EventView, events};
pub(crate) use view::{
    PortalReferralCard, PortalReferralDetails, PortalReferralView, ReferralCard, ReferralView,
};

use super::contact::Contact;
use super::limit;
use super::queue::{Queue, Status};
use super::resource::Resource;
use crate::model::prelude::*;

pub(crate) const NOUN: Noun = noun!("referral");

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Referral {
    pub(crate) id: ReferralId,
    pub(crate) code: String,
    pub(crate) queue_id: QueueId,
    pub(crate) queue: String,
    pub(crate) status_id: StatusId,
    pub(crate) status: String,
    pub(crate) closed: bool,
    pub(crate) client_id: ClientId,
    pub(crate) client: String,
    pub(crate) client_name: PersonName,
    pub(crate) client_postal_code: Option<String>,
    /// The contact that it was created from.
    pub(crate) contact: Option<Intake>,
    /// The resource that it is assigned to, if any.
    pub(crate) assigned: Option<Assigned>,
    pub(crate) note: Option<String>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) created_by: String,
}

/// The contact of a referral: name and postal code as submitted, even if the client's have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Intake {
    pub(crate) id: ContactId,
    pub(crate) number: String,
    pub(crate) name: PersonName,
    pub(crate) submitted_on: NaiveDate,
    pub(crate) postal_code: Option<String>,
}

impl Intake {
    pub(crate) fn of(contact: Contact) -> Self {
        Intake {
            id: contact.id,
            name: contact.full_name(),
            number: contact.number,
            submitted_on: contact.submitted_on,
            postal_code: contact.postal_code,
        }
    }
}

/// The resource that a referral is assigned to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assigned {
    pub(crate) id: ResourceId,
    pub(crate) code: String,
    pub(crate) name: String,
    /// The code of the provider that the resource belongs to.
    pub(crate) provider: String,
    pub(crate) provider_name: String,
    pub(crate) at: DateTime<Utc>,
}

impl Assigned {
    pub(crate) fn to(resource: &Resource, at: DateTime<Utc>) -> Self {
        cloned! { resource => Assigned { id, code, name, provider, provider_name, at: at } }
    }
}

impl Referral {
    /// Nothing is planned, offered or assigned for a closed referral (rule 1.2).
    pub(crate) fn must_be_open(&self) -> Result<()> {
        if !self.closed {
            return Ok(());
        }
        let (code, status) = (&self.code, &self.status);
        Err(Error::refused("referral.closed", format!("referral `{code}` is closed (status `{status}`)"))
            .hint(format!("open it again with `caredesk referral set-status {code} STATUS`"))
            .detail("referral", code.clone())
            .detail("status", status.clone()))
    }

    pub(crate) fn is_at(&self, resource: ResourceId) -> bool {
        self.assigned.as_ref().is_some_and(|assigned| assigned.id == resource)
    }
}

/// The new status of a referral. A status of another queue is refused, with the valid ones listed (rule 2.5),
/// and so is a retired one (rule 2.4).
pub(crate) fn status_in<'a>(queue: &'a Queue, label: &str) -> Result<&'a Status> {
    let status = held_status_in(queue, label)?;
    if !status.retired {
        return Ok(status);
    }
    let (label, queue_name) = (&status.label, &queue.name);
    Err(Error::refused(
        "referral.retired_status",
        format!("status `{label}` of queue `{queue_name}` is retired and takes no referral any more"),
    )
    .hint(format!("its statuses are {}", queue.labels()))
    .detail("queue", queue.name.clone())
    .detail("status", label.clone()))
}

/// A status that a referral may be in, including a retired one.
pub(crate) fn held_status_in<'a>(queue: &'a Queue, label: &str) -> Result<&'a Status> {
    queue.status(label).ok_or_else(|| {
        Error::invalid("referral.unknown_status", format!("queue `{}` has no status `{label}`", queue.name))
            .hint(format!("its statuses are {}", queue.labels()))
            .detail("queue", queue.name.clone())
            .detail("status", label)
    })
}

/// Refused where the referral is not in the status that a script expects.
pub(crate) fn must_be_from(referral: &Referral, expected: Option<&Status>) -> Result<()> {
    let Some(expected) = expected.filter(|expected| expected.id != referral.status_id) else { return Ok(()) };
    let (code, status, label) = (&referral.code, &referral.status, &expected.label);
    let message = format!("referral `{code}` is not in status `{label}` but in `{status}`");
    Err(Error::refused("referral.status_changed", message)
        .hint("it was changed meanwhile; read it again")
        .detail("status", status.clone()))
}

/// Refused while providers still have to answer a package of the referral. A portal account does not learn of
/// packages here: they may be offered to others (rule 1.11).
pub(crate) fn may_close(referral: &Referral, pending: &[String], for_portal: bool) -> Result<()> {
    let Some(first) = pending.first() else { return Ok(()) };
    if for_portal {
        let message = format!("referral `{}` cannot be closed at the moment", referral.code);
        return Err(Error::refused("referral.may_not_close", message).hint("the hub can say why"));
    }
    let message = format!("package `{first}` of referral `{}` still waits for an answer", referral.code);
    Err(Error::refused("referral.has_pending_package", message)
        .hint(format!("recall it with `caredesk outsource delete {first}`, or wait for the answer"))
        .detail("packages", pending.to_vec()))
}

/// A referral can only be assigned to a resource linked to its queue (rule 2.5). `linked` are the names of
/// those.
pub(crate) fn not_linked(queue: &str, resource: &Resource, linked: &[&str]) -> Error {
    const MOST: usize = 8;
    let (name, code) = (&resource.name, &resource.code);
    let names: Vec<String> = linked.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    let more = if linked.len() > MOST { ", …" } else { "" };
    let instead = match names.as_slice() {
        [] => "none does yet".to_owned(),
        names => format!("those that do are {}{more}", names.join(", ")),
    };
    Error::refused(
        "referral.not_linked",
        format!("resource `{name}` does not take referrals of queue `{queue}`"),
    )
    .hint(format!(
        "{instead}; link it with `caredesk queue add-resource {queue_word} {code}`",
        queue_word = text::shell_word(queue)
    ))
    .detail("queue", queue)
    .detail("resource", code.as_str())
    .detail("linked", linked)
}

/// An empty note is none.
pub(crate) fn note(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}

/// Appends the new text on its own line.
/// Invalid if the whole is longer than a note may be.
pub(crate) fn note_after(was: Option<&str>, text: &str) -> Result<Option<String>> {
    let (Some(was), Some(text)) = (was, note(text)) else {
        return Ok(note(text).or_else(|| was.map(str::to_owned)));
    };
    let whole = format!("{was}\n{text}");
    match limit::NOTE.hold(&whole) {
        Ok(()) => Ok(Some(whole)),
        Err(why) => {
            Err(Error::invalid("referral.note_too_long", format!("{why}, and with this it would have more"))
                .hint("write it anew without `--append`: what it said stays in the history"))
        }
    }
}

#[cfg(test)]
mod tests;
