//! The fields that all audit entries of one run share.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::error::Result;
use crate::model::account::Actor;
use crate::model::audit::Entry;

/// The instant and the actor.
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

    /// `before` and `after` are the views of the thing; either may be `None`.
    pub(crate) fn entry(
        &self, action: &'static str, subject: &str, before: Option<&impl Serialize>,
        after: Option<&impl Serialize>,
    ) -> Result<Entry> {
        Ok(self.entry_of(action, subject, before.map(text).transpose()?, after.map(text).transpose()?))
    }

    /// The same for views that are serialised already.
    pub(super) fn entry_of(
        &self, action: &str, subject: &str, before: Option<String>, after: Option<String>,
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

/// The JSON of a view in the audit trail.
pub(super) fn text(thing: &(impl Serialize + ?Sized)) -> Result<String> {
    Ok(serde_json::to_string(thing).context("an audit entry cannot be written")?)
}
