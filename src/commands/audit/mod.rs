//! `audit`: who changed what, and whether the trail is whole.

mod list;
mod verify;

use crate::commands::prelude::*;
use crate::model::audit::AuditView;

verbs! {
    Audit (needs ReadAudit): lists AuditView, shows verify::Verdict;

    /// List changes, newest first
    List(list::List) => list::run,
    /// Check that no entry was changed or removed
    Verify => verify::run,
}
