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
    List(list::List) => list::run [needs Right::PortalOr(Action::ReadAlerts)],
    /// Show an alert, and what went wrong with it
    Show {
        /// Its code, or the beginning of it
        alert: Reference,
    } => show::run [needs Right::PortalOr(Action::ReadAlerts)],
    /// Deliver the alerts that wait, each one once
    Send(send::Send) => send::run,
    /// Close alerts without sending them, such as those that are known to have arrived
    Dismiss {
        /// Their codes, or the beginnings of them
        #[arg(required = true, value_name = "ALERT")]
        alerts: Vec<Reference>,
    } => dismiss::run,
}
