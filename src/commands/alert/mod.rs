//! `alert`: messages to portal accounts that a referral was assigned to their resource, and what became of them.

mod delivery;
mod route;
mod send;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::access::Action;
use crate::model::alert::{self, AlertView, State};
use crate::model::reference::Reference;
use crate::model::text::counted;
use crate::output::{Field, Outcome, Page, Record, Shape, hidden, shown};
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
    /// Let alerts go unsent, or as they are where it is known that they arrived
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

impl Record for AlertView {
    const FIELDS: &'static [Field] = &[
        shown("code", Shape::Text),
        shown("state", Shape::Text),
        shown("account", Shape::Text),
        shown("referral", Shape::Text),
        shown("contact_number", Shape::Text),
        hidden("resource", Shape::Text),
        shown("queued_at", Shape::Instant),
        hidden("attempts", Shape::Number),
        hidden("next_attempt_at", Shape::Instant),
        shown("sent_at", Shape::Instant),
        hidden("sent_to", Shape::Text),
        shown("problem", Shape::Text),
    ];

    fn code(&self) -> &str {
        &self.code
    }
}

pub(crate) fn run(context: &Context, command: Alert) -> Result<()> {
    match command.verb {
        Verb::List(list) => self::list(context, &list),
        Verb::Show { alert } => show(context, &alert),
        Verb::Send(send) => send::run(context, &send),
        Verb::Dismiss { alerts } => dismiss(context, &alerts),
    }
}

/// A portal account reads what was sent to itself, without any further right.
fn may_read(context: &Context) -> Result<()> {
    if context.actor.is_portal() { Ok(()) } else { context.actor.may(Action::ReadAlerts) }
}

fn list(context: &Context, command: &List) -> Result<()> {
    may_read(context)?;
    let sight = context.actor.sight();
    let mut list = context.out.list::<AlertView>()?;
    context.read(|tx| {
        let account =
            command.account.as_ref().map(|typed| store::account::find(tx, typed, sight)).transpose()?;
        let start = match &command.page.after {
            None => None,
            Some(typed) => Some(store::alert::find(tx, typed, sight)?),
        };
        let filter = Filter {
            state: command.state,
            account: account.map(|account| account.id),
            sight,
            ..Filter::default()
        };
        let page = |after: Option<&alert::Alert>, limit| {
            store::alert::list(tx, &Filter { after: after.map(|alert| alert.id), ..filter }, limit)
        };
        context.out.pages(command.page.limit, start, &mut list, page, alert::Alert::view)
    })?;
    list.end("no such alerts")
}

fn show(context: &Context, typed: &Reference) -> Result<()> {
    may_read(context)?;
    let alert = context.read(|tx| store::alert::find(tx, typed, context.actor.sight()))?;
    context.out.show(&alert.view(), || None)
}

fn dismiss(context: &Context, typed: &[Reference]) -> Result<()> {
    let last_word = context.out.last_word()?;
    let why = format!("dismissed by {}", context.actor.account.login);
    let views = context.write(|tx| {
        let mut views = Vec::with_capacity(typed.len());
        for typed in typed {
            let alert = store::alert::find(tx, typed, context.actor.sight())?;
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
    last_word.say_all(Outcome::Updated, &sentence, &views)
}
