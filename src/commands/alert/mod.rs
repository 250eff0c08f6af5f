//! `alert`: messages to portal accounts that a referral was assigned to their resource, and what became of them.

mod delivery;
mod dismiss;
mod list;
mod route;
mod send;
mod show;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::error::Result;
use crate::model::access::Action;
use crate::model::alert::AlertView;
use crate::model::reference::Reference;
use crate::output::Schemas;

#[derive(Args)]
pub(crate) struct Alert {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// List alerts, the newest first
    List(list::List),
    /// Show an alert, and what went wrong with it
    Show {
        /// Its code, or the beginning of it
        alert: Reference,
    },
    /// Deliver the alerts that wait, each one once
    Send(send::Send),
    /// Close alerts without sending them, such as those that are known to have arrived
    Dismiss {
        /// Their codes, or the beginnings of them
        #[arg(required = true, value_name = "ALERT")]
        alerts: Vec<Reference>,
    },
}

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut Schemas) {
    schemas.lists::<AlertView>().shows::<AlertView>().changes::<AlertView>();
}

pub(crate) fn run(context: &Context, command: Alert) -> Result<()> {
    match command.verb {
        Verb::List(list) => list::run(context, &list),
        Verb::Show { alert } => show::run(context, &alert),
        Verb::Send(send) => send::run(context, &send),
        Verb::Dismiss { alerts } => dismiss::run(context, &alerts),
    }
}

/// A portal account may always read the alerts sent to itself.
fn may_read(context: &Context) -> Result<()> {
    if context.actor.is_portal() { Ok(()) } else { context.actor.may(Action::ReadAlerts) }
}
