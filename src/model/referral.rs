//! A referral: one need of one client, in one queue, with a status.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::queue::{Queue, Status};
use super::reference::Noun;
use crate::error::{Error, Result};

pub(crate) const NOUN: Noun =
    Noun { name: "referral", not_found: "referral.not_found", ambiguous: "referral.ambiguous" };

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Referral {
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) queue_id: Uuid,
    pub(crate) queue: String,
    pub(crate) status_id: Uuid,
    pub(crate) status: String,
    pub(crate) closed: bool,
    pub(crate) client_id: Uuid,
    pub(crate) client: String,
    pub(crate) client_name: String,
    pub(crate) note: Option<String>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) created_by: String,
}

impl Referral {
    /// Nothing is planned or offered for a closed referral (rule 1.2).
    pub(crate) fn must_be_open(&self) -> Result<()> {
        if !self.closed {
            return Ok(());
        }
        Err(Error::refused(
            "referral.closed",
            format!("referral `{}` is closed (status `{}`)", self.code, self.status),
        )
        .hint(format!("open it again with `caredesk referral set-status {} STATUS`", self.code))
        .detail("referral", self.code.clone())
        .detail("status", self.status.clone()))
    }

    pub(crate) fn view(&self) -> ReferralView {
        let r = self.clone();
        ReferralView {
            code: r.code,
            queue: r.queue,
            status: r.status,
            closed: r.closed,
            client: r.client,
            client_name: r.client_name,
            note: r.note,
            created_at: r.created_at,
            created_by: r.created_by,
        }
    }
}

/// The status that a referral is to be moved to; a status of another queue is refused, with the valid ones listed (rule 2.5),
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

/// The status that a referral may be in: also one that was retired meanwhile.
pub(crate) fn held_status_in<'a>(queue: &'a Queue, label: &str) -> Result<&'a Status> {
    queue.status(label).ok_or_else(|| {
        Error::invalid("referral.unknown_status", format!("queue `{}` has no status `{label}`", queue.name))
            .hint(format!("its statuses are {}", queue.labels()))
            .detail("queue", queue.name.clone())
    })
}

/// The status a script expected to find is not the one that is there.
pub(crate) fn must_be_from(referral: &Referral, expected: Option<&Status>) -> Result<()> {
    match expected {
        Some(expected) if expected.id != referral.status_id => Err(Error::refused(
            "referral.status_changed",
            format!(
                "referral `{}` is not in status `{}` but in `{}`",
                referral.code, expected.label, referral.status
            ),
        )
        .hint("somebody changed it meanwhile; read it again")
        .detail("status", referral.status.clone())),
        _ => Ok(()),
    }
}

/// A referral is not closed over the heads of providers who are still thinking about a package of it.
pub(crate) fn may_close(referral: &Referral, pending: &[String]) -> Result<()> {
    let Some(first) = pending.first() else { return Ok(()) };
    Err(Error::refused(
        "referral.has_pending_package",
        format!("package `{first}` of referral `{}` still waits for an answer", referral.code),
    )
    .hint(format!("recall it with `caredesk outsource delete {first}`, or wait for the answer"))
    .detail("packages", pending.to_vec()))
}

/// A referral as commands show it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ReferralView {
    pub(crate) code: String,
    pub(crate) queue: String,
    pub(crate) status: String,
    pub(crate) closed: bool,
    /// The code of the client.
    pub(crate) client: String,
    pub(crate) client_name: String,
    pub(crate) note: Option<String>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) created_by: String,
}
