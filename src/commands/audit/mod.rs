//! `audit`: who changed what, and whether the trail is whole.

mod failed_logins;
mod list;
mod verify;

use crate::commands::prelude::*;
use crate::model::account::attempt::FailedLogin;
use crate::model::audit::AuditView;

verbs! {
    Audit (needs ReadAudit): lists AuditView, lists FailedLogin, shows verify::Verdict;

    /// List changes, newest first
    List(list::List) => list::run,
    /// List wrong passwords, newest first
    FailedLogins(failed_logins::FailedLogins) => failed_logins::run,
    /// Check that no entry was changed or removed
    Verify(verify::Verify) => verify::run,
}
