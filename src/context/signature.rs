//! What all entries that one run adds to the audit trail say alike.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::error::Result;
use crate::model::account::Actor;
use crate::model::audit::Entry;

/// When it was, and who did it.
pub(crate) struct Signature {
    at: DateTime<Utc>,
    actor: String,
    acting_as: Option<String>,
}

impl Signature {
    pub(super) fn new(at: DateTime<Utc>, actor: &Actor) -> Self {
        let login = &actor.account.login;
        Signature {
            at,
            actor: actor.impersonator.as_ref().unwrap_or(login).clone(),
            acting_as: actor.impersonator.is_some().then(|| login.clone()),
        }
    }

    /// `before` and `after` are what a reader of the trail is to see of the thing; either may be `None`.
    pub(crate) fn entry(
        &self,
        action: &'static str,
        subject: &str,
        before: Option<&impl Serialize>,
        after: Option<&impl Serialize>,
    ) -> Result<Entry> {
        Ok(self.entry_of(action, subject, before.map(text).transpose()?, after.map(text).transpose()?))
    }

    /// The same of what was put into words before.
    pub(super) fn entry_of(
        &self,
        action: &str,
        subject: &str,
        before: Option<String>,
        after: Option<String>,
    ) -> Entry {
        Entry {
            at: self.at,
            actor: self.actor.clone(),
            acting_as: self.acting_as.clone(),
            action: action.to_owned(),
            subject: subject.to_owned(),
            before,
            after,
        }
    }
}

/// A thing as the audit trail keeps it.
pub(super) fn text(thing: &(impl Serialize + ?Sized)) -> Result<String> {
    Ok(serde_json::to_string(thing).context("an audit entry cannot be written")?)
}
