//! `alert`: messages to portal accounts that a referral was assigned to their resource, and what became of them.

mod delivery;
mod route;
mod send;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::access::Action;
use crate::model::account::Account;
use crate::model::alert::{self, AlertView, State};
use crate::model::reference::Reference;
use crate::model::text::counted;
use crate::output::{Outcome, Page};
use crate::store;
use crate::store::alert::Filter;

#[derive(Args)]
pub(crate) struct Alert {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// List alerts, the newest first
    List(List),
    /// Show an alert, and what went wrong with it
    Show {
        /// Its code, or the beginning of it
        alert: Reference,
    },
    /// Deliver the alerts that wait, each one once
    Send(send::Send),
    /// Close alerts without sending them, or that are known to have arrived
    Dismiss {
        /// Their codes, or the beginnings of them
        #[arg(required = true, value_name = "ALERT")]
        alerts: Vec<Reference>,
    },
}

const LIST_EXAMPLES: &str = "\
Examples:
  $ caredesk alert list --state failed
  $ caredesk alert list --account rosa -o json";

#[derive(Args)]
#[command(after_help = LIST_EXAMPLES)]
struct List {
    /// Only those in this state
    #[arg(long)]
    state: Option<State>,
    /// Only those to this account
    #[arg(long, value_name = "LOGIN")]
    account: Option<Reference>,
    #[command(flatten)]
    page: Page,
}

pub(crate) fn run(context: &Context, command: Alert) -> Result<()> {
    match command.verb {
        Verb::List(list) => self::list(context, &list),
        Verb::Show { alert } => show(context, &alert),
        Verb::Send(send) => send::run(context, &send),
        Verb::Dismiss { alerts } => dismiss(context, &alerts),
    }
}

/// A portal account may always read the alerts sent to itself.
fn may_read(context: &Context) -> Result<()> {
    if context.actor.is_portal() { Ok(()) } else { context.actor.may(Action::ReadAlerts) }
}

fn list(context: &Context, command: &List) -> Result<()> {
    may_read(context)?;
    let visibility = context.visibility();
    let mut list = context.out.list::<AlertView>()?;
    context.read(|tx| {
        let account = store::lookup_optional::<Account>(tx, command.account.as_ref(), visibility)?;
        let start = match &command.page.after {
            None => None,
            Some(reference) => Some(store::lookup::<alert::Alert>(tx, reference, visibility)?),
        };
        let filter =
            Filter { state: command.state, account: account.map(|account| account.id), ..Filter::default() };
        let page = |after: Option<&alert::Alert>, limit| {
            store::alert::list(
                tx,
                &Filter { after: after.map(|alert| alert.id), ..filter },
                visibility,
                limit,
            )
        };
        context.out.pages(command.page.limit, start, &mut list, page, alert::Alert::view)
    })?;
    list.end("no such alerts")
}

fn show(context: &Context, reference: &Reference) -> Result<()> {
    may_read(context)?;
    let alert = context.read(|tx| store::lookup::<alert::Alert>(tx, reference, context.visibility()))?;
    context.out.show(&alert.view(), || None)
}

fn dismiss(context: &Context, references: &[Reference]) -> Result<()> {
    let change_report = context.out.change_report()?;
    let why = format!("dismissed by {}", context.actor.account.login);
    let views = context.write(|tx| {
        let mut views = Vec::with_capacity(references.len());
        for reference in references {
            let alert = store::lookup::<alert::Alert>(tx, reference, context.visibility())?;
            context.actor.may(Action::SendAlerts)?;
            alert.must_be_open(context.now)?;
            if !store::alert::dismiss(tx, &alert, &why)? {
                return Err(Error::internal(format!("alert `{}` changed meanwhile", alert.code)));
            }
            let after = store::alert::by_id(tx, alert.id)?.view();
            context.audit(tx, "alert.dismiss", &alert.code, Some(&alert.view()), Some(&after))?;
            views.push(after);
        }
        Ok(views)
    })?;
    let sentence = format!("Dismissed {}.", counted(views.len(), "alert", "alerts"));
    change_report.say_all(Outcome::Updated, &sentence, &views)
}
