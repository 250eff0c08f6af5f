//! `operation list`: what was changed, the newest first.

use crate::commands::prelude::*;
use crate::context::named::{self, near};
use crate::context::operations;
use crate::model::audit::noun_of;
use crate::model::operation::Done;
use crate::output::Sorting;
use crate::store::audit;
use crate::store::operation::DoneFilter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk operation list --limit 10
  $ caredesk operation list --by carol --since monday
  $ caredesk operation list --on REF-7K3M9Q -o json")]
pub(super) struct List {
    /// Only operations of this account, or of another acting as it
    #[arg(long, value_name = "LOGIN")]
    by: Option<Reference>,
    /// Only this action, such as `referral.assign`, or those of a noun, such as `referral`
    #[arg(long, value_name = "ACTION")]
    action: Option<String>,
    /// Only what changed this thing: its code, login or name, as the list shows it
    #[arg(long, value_name = "CODE")]
    on: Option<Reference>,
    #[command(flatten)]
    period: Period,
    /// Show at most this many
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    limit: Option<i64>,
    /// Continue with operations older than this one, the last of the page before
    #[arg(long, value_name = "NUMBER")]
    after: Option<i64>,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let own = context.sees_operations_of()?;
    let (since, until) = command.period.instants(context, "operation.day")?;
    context.list("no such operations", |tx, list| {
        let by = by(context, tx, command, own)?;
        let bounds = command.action.as_deref().map(|action| bounds(tx, action)).transpose()?;
        let (from, to) = bounds.unzip();
        let on = command.on.as_ref().map(Reference::as_str);
        let actions = (from.as_deref(), to.as_deref());
        let common = DoneFilter { by: by.as_deref(), actions, since, until, on, ..DoneFilter::default() };
        let page = |last: Option<&Done>, limit| {
            let before = last.map(|done| done.first).or(command.after);
            operations(tx, &DoneFilter { before, ..common }, limit)
        };
        context.out.pages(&Page::of(command.limit, Sorting::default()), None, list, page, Done::view)
    })
}

/// The account; who may not read the audit trail sees what it did itself.
fn by(context: &Context, tx: &mut Tx<'_>, command: &List, own: Option<&str>) -> Result<Option<String>> {
    let Some(reference) = &command.by else { return Ok(own.map(str::to_owned)) };
    let login = named::actor(tx, reference)?;
    context.must_see_operations_of(&login)?;
    Ok(Some(login))
}

/// An action, or those of a noun: from the first up to the one after the last, as bytes sort.
fn bounds(tx: &mut Tx<'_>, named: &str) -> Result<(String, String)> {
    let known = audit::actions(tx)?;
    if known.iter().any(|action| action == named) {
        return Ok((named.to_owned(), format!("{named} ")));
    }
    if known.iter().any(|action| noun_of(action) == named) {
        return Ok((format!("{named}."), format!("{named}/")));
    }
    let message = format!("nothing was done by an action `{named}`");
    Err(Error::not_found("operation.no_action", message).hint(near(&known, named)))
}
