//! `audit list`: what was changed, the newest first.

use crate::commands::prelude::*;
use crate::context::named;
use crate::model::audit::Link;
use crate::output::Sorting;
use crate::store::audit::{self, Filter};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk audit list --on PKG-7K3M9Q
  $ caredesk audit list --action package --since monday
  $ caredesk audit list --by carol --limit 20 -o json")]
pub(super) struct List {
    /// Only changes to this thing: its code, login or name
    #[arg(long, value_name = "CODE")]
    on: Option<Reference>,
    /// Only changes by this account, or by another acting as it
    #[arg(long, value_name = "LOGIN")]
    by: Option<Reference>,
    /// Only this action, such as `package.respond`, or those of a noun, such as `package`; with several, any of them
    #[arg(long, value_name = "ACTION")]
    action: Vec<String>,
    #[command(flatten)]
    period: Period,
    /// Show at most this many
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    limit: Option<i64>,
    /// Continue with entries older than this one, the last of the page before
    #[arg(long, value_name = "NUMBER")]
    after: Option<i64>,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let (since, until) = command.period.instants(context, "audit.day")?;
    context.list("no such changes", |tx, list| {
        let on = command.on.as_ref().map(|on| named::subject(tx, on)).transpose()?;
        let by = command.by.as_ref().map(|by| named::actor(tx, by)).transpose()?;
        let mut actions = Vec::new();
        for action in &command.action {
            actions.extend(named::actions(tx, action)?);
        }
        let actions: Vec<&str> = actions.iter().map(String::as_str).collect();
        let numbers = audit::numbers_between(tx, since, until)?;
        let common =
            Filter { on: on.as_deref(), by: by.as_deref(), since, until, numbers, ..Filter::default() };
        let filters = store::each(&[common], &actions, |one, action| Filter { action: Some(action), ..one });
        let page = |last: Option<&Link>, limit| {
            let before = last.map(|link| link.sequence).or(command.after);
            let page = |filter: &Filter<'_>| audit::list(tx, &Filter { before, ..*filter }, limit);
            store::any_of(&filters, |link| link.sequence, false, limit, page)
        };
        context.out.pages(&Page::of(command.limit, Sorting::default()), None, list, page, Link::view)
    })
}
