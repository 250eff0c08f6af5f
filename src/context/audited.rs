//! What a command writes into the audit trail about one thing.

use serde::Serialize;

use super::{Context, Tx, signature};
use crate::error::Result;
use crate::model::audit::Entry;

/// The audit entry of one thing, with all its fields regardless of the actor.
pub(crate) struct Audited {
    /// Another action than that of the command, where one change is part of another.
    pub(super) action: Option<&'static str>,
    pub(super) subject: String,
    pub(super) before: Result<Option<String>>,
    pub(super) after: Result<Option<String>>,
}

impl Audited {
    /// What a change also does to another thing, under an action of its own; none where that stays as it is.
    pub(crate) fn other<A: Serialize + PartialEq>(
        action: &'static str, subject: &str, before: &A, after: &A,
    ) -> Option<Audited> {
        let entry = || Audited { action: Some(action), ..Audited::new(subject, Some(before), Some(after)) };
        (before != after).then(entry)
    }

    /// A thing whose former state is that of after an earlier change, and the other way round. Both are JSON texts.
    pub(crate) fn back(subject: String, after: Option<String>, before: Option<String>) -> Audited {
        Audited { action: None, subject, before: Ok(after), after: Ok(before) }
    }

    /// The same under an action of its own.
    pub(crate) fn back_as(
        action: &'static str, subject: String, after: Option<String>, before: Option<String>,
    ) -> Audited {
        Audited { action: Some(action), ..Audited::back(subject, after, before) }
    }

    /// An access to a thing that only reads it.
    pub(crate) fn read(subject: &str) -> Audited {
        Audited::new(subject, None::<&()>, None::<&()>)
    }

    /// The same, with what was read.
    pub(crate) fn read_of(subject: &str, access: &impl Serialize) -> Audited {
        Audited::new(subject, None::<&()>, Some(access))
    }

    pub(super) fn new(
        subject: &str, before: Option<&impl Serialize>, after: Option<&impl Serialize>,
    ) -> Self {
        Audited {
            action: None,
            subject: subject.to_owned(),
            before: before.map(signature::text).transpose(),
            after: after.map(signature::text).transpose(),
        }
    }
}

impl Context {
    /// Appends entries to the trail before those of the change itself, where they are too many to be kept until then.
    pub(crate) fn audit_before(
        &self, tx: &mut Tx<'_>, action: &'static str, audited: impl IntoIterator<Item = Audited>,
    ) -> Result<()> {
        self.audit_all(tx, self.entries(action, audited)?)
    }

    /// Entries of the audit trail under `action`, but for those with an action of their own.
    pub(super) fn entries(
        &self, action: &'static str, audited: impl IntoIterator<Item = Audited>,
    ) -> Result<Vec<Entry>> {
        let entry = |one: Audited| -> Result<Entry> {
            Ok(self.signature.entry_of(one.action.unwrap_or(action), &one.subject, one.before?, one.after?))
        };
        audited.into_iter().map(entry).collect()
    }
}
