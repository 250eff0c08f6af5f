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

    /// List alerts, newest first
    List(list::List) => list::run [needs Right::PortalOr(Action::ReadAlerts)],
    /// Show an alert and the state of its delivery
    Show {
        /// Code (or the beginning of it)
        alert: Reference,
    } => show::run [needs Right::PortalOr(Action::ReadAlerts)],
    /// Send the alerts that are due
    Send(send::Send) => send::run,
    /// Close alerts without sending them, for example if they are known to have arrived
    Dismiss {
        /// Codes (or the beginnings of them)
        #[arg(required = true, value_name = "ALERT")]
        alerts: Vec<Reference>,
    } => dismiss::run,
}
