//! `referral list`: to staff all referrals, to a portal account those of its resources.

use chrono::TimeDelta;

use super::{Measure, measure};
use crate::commands::prelude::*;
use crate::model::queue::statuses::must_have_status;
use crate::model::span::span;
use crate::model::view::View;
use crate::store::queue::AssignedQueue;
use crate::store::referral::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk referral list --open --queue \"home care\"
  $ caredesk referral list --unassigned --older-than 2d
  $ caredesk referral list --idle 30d
  $ caredesk referral list --status new --status visited --since monday
  $ caredesk referral list -o jsonl --columns code,queue,status")]
pub(super) struct List {
    /// Only referrals in this queue; with several, in any of them
    #[arg(long, value_name = "QUEUE")]
    queue: Vec<Reference>,
    /// Only referrals in a status with this label; with several, in any of them
    #[arg(long, value_name = "STATUS")]
    status: Vec<String>,
    /// Only referrals at this resource; with several, at any of them
    #[arg(long, value_name = "RESOURCE")]
    resource: Vec<Reference>,
    /// Only referrals at a resource of this provider; with several, of any of them
    #[arg(long, value_name = "PROVIDER")]
    provider: Vec<Reference>,
    /// Only of this client; with several, of any of them
    #[arg(long, value_name = "CLIENT")]
    client: Vec<Reference>,
    /// Only referrals of this contact: number or name (or the beginning of either)
    #[arg(long, value_name = "CONTACT")]
    contact: Option<Reference>,
    /// Only referrals in open statuses
    #[arg(long)]
    open: bool,
    /// Only referrals without a resource
    #[arg(long, conflicts_with_all = ["resource", "provider"])]
    unassigned: bool,
    #[command(flatten)]
    aged: Aged,
    /// Only open referrals without a new status for so long: 4h, 2d
    #[arg(long, value_name = "SPAN", value_parser = span)]
    idle: Option<TimeDelta>,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    match measure(context) {
        Measure::Whole => rows(context, command, Referral::view),
        Measure::Eight => rows(context, command, Referral::view_for_portal),
        Measure::WithDetails => rows(context, command, Referral::details_for_portal),
    }
}

fn rows<T: View>(context: &Context, command: &List, view: impl Fn(&Referral) -> T) -> Result<()> {
    must_be_of_hub(context, command)?;
    let visibility = context.visibility();
    let statuses: Vec<String> = command.status.iter().map(|status| text::fold(status)).collect();
    context.list("no referrals", |tx, list| {
        let filters = filters(context, tx, command, &statuses)?;
        let start = store::lookup_optional::<Referral>(tx, command.page.after.as_ref(), visibility)?;
        let page = |after: Option<&Referral>, limit| {
            let after = after.map(|referral| referral.id);
            let page = |filter: &Filter<'_>| {
                store::referral::list(tx, &Filter { after, ..*filter }, visibility, limit)
            };
            store::any_of(&filters, |referral| referral.id, false, limit, page)
        };
        context.out.pages(&command.page, start, list, page, view)
    })
}

/// When a referral was made is not among what a portal account sees of it (rule 2.7).
fn must_be_of_hub(context: &Context, command: &List) -> Result<()> {
    let Aged { period: Period { since, until }, older_than } = &command.aged;
    let is_dated = since.is_some() || until.is_some() || older_than.is_some() || command.idle.is_some();
    if !context.actor.is_portal() || !is_dated {
        return Ok(());
    }
    Err(Error::usage("`--since`, `--until`, `--older-than` and `--idle` are for the hub")
        .hint("`caredesk referral list` shows the referrals that you have"))
}

/// One for each combination of what may be given several times.
fn filters<'a>(
    context: &Context, tx: &mut Tx<'_>, command: &List, statuses: &'a [String],
) -> Result<Vec<Filter<'a>>> {
    let visibility = context.visibility();
    let queues = store::lookup_ids::<AssignedQueue>(tx, &command.queue, visibility)?;
    must_be_labels(context, tx, &queues, &command.status)?;
    let resources = store::lookup_ids::<Resource>(tx, &command.resource, visibility)?;
    let providers = store::lookup_ids::<Provider>(tx, &command.provider, visibility)?;
    let clients = store::lookup_ids::<Client>(tx, &command.client, visibility)?;
    let contact = store::lookup_id::<Contact>(tx, command.contact.as_ref(), visibility)?;
    let (since, until) = command.aged.instants(context, "referral.day")?;
    let common = Filter {
        contact,
        only_open: command.open || command.idle.is_some(),
        idle_since: command.idle.and_then(|span| context.now().checked_sub_signed(span)),
        unassigned: command.unassigned,
        since,
        until,
        ..Filter::default()
    };
    let statuses: Vec<&str> = statuses.iter().map(String::as_str).collect();
    let filters = store::each(&[common], &queues, |one, queue| Filter { queue: Some(queue), ..one });
    let filters = store::each(&filters, &statuses, |one, status| Filter { status: Some(status), ..one });
    let filters = store::each(&filters, &resources, |one, at| Filter { resource: Some(at), ..one });
    let filters = store::each(&filters, &providers, |one, of| Filter { provider: Some(of), ..one });
    Ok(store::each(&filters, &clients, |one, client| Filter { client: Some(client), ..one }))
}

/// Not found for a label that no queue has. A portal account does not learn which labels there are.
fn must_be_labels(context: &Context, tx: &mut Tx<'_>, queues: &[QueueId], labels: &[String]) -> Result<()> {
    if labels.is_empty() || context.actor.is_portal() {
        return Ok(());
    }
    let mut all = store::queue::list(tx, &store::queue::Filter::default(), context.visibility(), i64::MAX)?;
    all.retain(|queue| queues.is_empty() || queues.contains(&queue.id));
    labels.iter().try_for_each(|label| {
        let words = ["referral", "list", "--status", label];
        context.or_renamed(tx, &all, must_have_status(&all, label), &words)
    })
}
