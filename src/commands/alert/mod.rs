//! `alert`: messages to portal accounts that a referral was assigned to their resource, and what became of them.

mod delivery;
mod dismiss;
mod list;
mod route;
mod send;
mod show;

use crate::commands::prelude::*;
use crate::model::alert::AlertView;

verbs! {
    Alert: lists AlertView, shows AlertView, changes AlertView;

    /// List alerts, the newest first
    List(list::List) => list::run,
    /// Show an alert, and what went wrong with it
    Show {
        /// Its code, or the beginning of it
        alert: Reference,
    } => show::run,
    /// Deliver the alerts that wait, each one once
    Send(send::Send) => send::run,
    /// Close alerts without sending them, such as those that are known to have arrived
    Dismiss {
        /// Their codes, or the beginnings of them
        #[arg(required = true, value_name = "ALERT")]
        alerts: Vec<Reference>,
    } => dismiss::run,
}

/// A portal account may always read the alerts sent to itself.
fn may_read(context: &Context) -> Result<()> {
    if context.actor.is_portal() { Ok(()) } else { context.actor.may(Action::ReadAlerts) }
}
