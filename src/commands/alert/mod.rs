//! `alert`: messages to accounts about what concerns them, and what became of these.

mod delivery;
mod dismiss;
mod explain;
mod list;
mod preview;
mod route;
mod send;
mod show;
mod thing;

use crate::commands::prelude::*;
use crate::model::alert::{AlertView, AudienceView, MailView};

verbs! {
    Alert: lists AlertView, lists MailView, lists AudienceView, shows AlertView, changes AlertView;

    /// List alerts, newest first
    List(list::List) => list::run [needs Right::PortalOr(Action::ReadAlerts)],
    /// Show an alert and the state of its delivery
    Show {
        /// Code (or the beginning of it)
        alert: Reference,
    } => show::run [needs Right::PortalOr(Action::ReadAlerts)],
    /// Explain who is alerted of a thing, and who is not, and why
    Explain(explain::Explain) => explain::run [needs Action::ReadAlerts],
    /// Show the mails as they would go now; nothing is sent or changed
    Preview(preview::Preview) => preview::run [needs Right::PortalOr(Action::ReadAlerts)],
    /// Send the alerts that are due
    Send(send::Send) => send::run,
    /// Close alerts without sending them, for example if they are known to have arrived
    Dismiss {
        /// Codes (or the beginnings of them)
        #[arg(required = true, value_name = "ALERT")]
        alerts: Vec<Reference>,
    } => dismiss::run,
}
