//! `audit`: who changed what, and whether the trail is whole.

mod list;
mod verify;

use crate::commands::prelude::*;

verbs! {
    Audit (needs ReadAudit): lists list::AuditLine, shows verify::Verdict;

    /// List changes, the newest first
    List(list::List) => list::run,
    /// Check that no entry was changed or removed
    Verify => verify::run,
}
