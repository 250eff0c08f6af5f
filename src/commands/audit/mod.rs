//! `audit`: who changed what, and whether the trail is whole.

mod anchor;
mod failed_logins;
mod list;
mod seal;
mod sealing;
mod since;
mod verify;

use crate::commands::prelude::*;
use crate::model::account::attempt::FailedLogin;
use crate::model::audit::{AuditView, SealView};

verbs! {
    Audit (needs ReadAudit): lists AuditView, lists FailedLogin, lists SealView, shows verify::Verdict;

    /// List changes, newest first
    List(list::List) => list::run,
    /// List wrong passwords, newest first
    FailedLogins(failed_logins::FailedLogins) => failed_logins::run,
    /// Check that no entry was changed or removed
    Verify(verify::Verify) => verify::run,
    /// Sign how far the trail goes, to be kept elsewhere
    Seal(seal::Seal) => seal::run,
    /// Add a seal to a file, or hand it to a command, once or again and again
    Anchor(anchor::Anchor) => anchor::run,
}
