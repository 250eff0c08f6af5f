//! The erasure of a client (rule 5.8): what has to be ended before, and what is left.

use super::client::{Client, Planned};
use crate::model::prelude::*;

names! {
    /// What else a client can have open, beside what is planned.
    pub(crate) enum OpenKind {
        /// Waits for an answer that comes too late.
        Package = "package",
        Grant = "grant",
        Release = "release",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Open {
    pub(crate) kind: OpenKind,
    pub(crate) code: String,
}

impl Open {
    pub(crate) fn planned(self) -> Planned {
        let (what, verb) = match self.kind {
            OpenKind::Package => ("the package", "outsource delete"),
            OpenKind::Grant => ("the grant", "sharing revoke"),
            OpenKind::Release => ("the release", "release revoke"),
        };
        Planned { what: what.to_owned(), command: format!("caredesk {verb} {}", self.code), code: self.code }
    }
}

/// Refused while something is open; each thing is named with the command that ends it.
pub(crate) fn must_be_closed(client: &Client, open: &[Planned]) -> Result<()> {
    if open.is_empty() {
        return Ok(());
    }
    let named: Vec<String> = open.iter().map(|one| format!("{} ({})", one.what, one.code)).collect();
    let commands: Vec<String> = open.iter().map(|one| one.command.clone()).collect();
    let message = format!("{} is not erased while something is open: {}", client.code, named.join(", "));
    let quoted: Vec<String> = commands.iter().map(|command| format!("`{command}`")).collect();
    Err(Error::refused("client.open", message)
        .hint(format!("end it first: {}", quoted.join(", ")))
        .detail("commands", commands))
}

/// Refused: what is left of a person must not become that of another.
pub(crate) fn must_not_be_erased(code: &str, erased_at: Option<DateTime<Utc>>) -> Result<()> {
    let Some(at) = erased_at else { return Ok(()) };
    let message = format!("{code} was erased on {}, so it cannot be merged", at.date_naive());
    Err(Error::refused("client.erased", message).detail("client", code.to_owned()))
}

view! {
    /// What is left of an erased client.
    pub(crate) struct ErasedClient("client", |view| &view.code) {
        code: String => Code,
        erased_at: DateTime<Utc> => Age,
        contacts: u64 => Number,
        referrals: u64 => Number,
        records: u64 => Number,
        documents: u64 => Number,
        /// Entries of the audit trail whose content was erased.
        audit_entries: usize => Number,
        /// The folder of the copy that was made before.
        copy: Option<String> => Text,
    }
}

impl ErasedClient {
    /// One that was erased before.
    pub(crate) fn left(code: String, erased_at: DateTime<Utc>) -> Self {
        ErasedClient {
            code,
            erased_at,
            contacts: 0,
            referrals: 0,
            records: 0,
            documents: 0,
            audit_entries: 0,
            copy: None,
        }
    }
}
