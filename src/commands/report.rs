//! `report`: waiting referrals and their ages, and remaining capacity.

use std::collections::HashMap;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::capacity::{Entry, Standing};
use crate::model::id::ResourceId;
use crate::model::provider::Provider;
use crate::model::queue::Queue;
use crate::model::reference::Reference;
use crate::model::report::{CapacityLine, Taker, Tally};
use crate::model::resource::Resource;
use crate::model::time::{self, Day};
use crate::model::view::View;
use crate::output;
use crate::store;
use crate::store::capacity;
use crate::store::report::Filter;

#[derive(Args)]
pub(crate) struct Report {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// How many referrals are open per queue, status and resource, how old, and how soon their status first changed
    Referrals(Referrals),
    /// How many more referrals each resource of a queue can take
    Capacity(Capacity),
}

const REFERRALS_EXAMPLES: &str = "\
Examples:
  $ caredesk report referrals --queue \"home care\"
  $ caredesk report referrals --all --since 2026-01-01 -o csv";

#[derive(Args)]
#[command(after_help = REFERRALS_EXAMPLES)]
struct Referrals {
    /// Only in this queue
    #[arg(long, value_name = "QUEUE")]
    queue: Option<Reference>,
    /// Only those assigned to this resource
    #[arg(long, value_name = "RESOURCE")]
    resource: Option<Reference>,
    /// Only those assigned to a resource of this provider
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// Only those that came on this day or later
    #[arg(long, value_name = "DAY")]
    since: Option<Day>,
    /// Closed ones too
    #[arg(long)]
    all: bool,
}

#[derive(Args)]
struct Capacity {
    /// Only resources that take referrals of this queue
    #[arg(long, value_name = "QUEUE")]
    queue: Option<Reference>,
    /// Only resources of this provider
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
}

pub(crate) fn run(context: &Context, command: Report) -> Result<()> {
    match command.verb {
        Verb::Referrals(referrals) => self::referrals(context, &referrals),
        Verb::Capacity(capacity) => self::capacity(context, &capacity),
    }
}

fn referrals(context: &Context, command: &Referrals) -> Result<()> {
    let visibility = context.visibility();
    let groups = context.read(|tx| {
        let find_queue =
            |tx: &mut _, reference| store::lookup::<Queue>(tx, reference, visibility).map(|queue| queue.id);
        let queue = command.queue.as_ref().map(|reference| find_queue(tx, reference)).transpose()?;
        let resource = store::lookup_optional::<Resource>(tx, command.resource.as_ref(), visibility)?;
        let provider = store::lookup_optional::<Provider>(tx, command.provider.as_ref(), visibility)?;
        let since = command.since.map(|day| {
            time::start_of(day.resolve_past(context.today), context.zone)
                .map_err(|why| Error::invalid("report.since", why))
        });
        let filter = Filter {
            queue,
            resource: resource.map(|resource| resource.id),
            provider: provider.map(|provider| provider.id),
            only_open: !command.all,
            since: since.transpose()?,
        };
        let (mut tally, mut groups) = (Tally::new(context.now), Vec::new());
        store::report::referrals(tx, &filter, visibility, |referral| {
            groups.extend(tally.add(referral));
            Ok(())
        })?;
        groups.extend(tally.end());
        Ok(groups)
    })?;
    if context.out.is_drawing() && !groups.is_empty() {
        return output::text(&output::report::referrals(&groups, &context.out));
    }
    table(context, &groups, "no referrals")
}

fn capacity(context: &Context, command: &Capacity) -> Result<()> {
    let visibility = context.visibility();
    let lines = context.read(|tx| {
        let queue = store::lookup_optional::<Queue>(tx, command.queue.as_ref(), visibility)?;
        let provider = store::lookup_optional::<Provider>(tx, command.provider.as_ref(), visibility)?;
        let (queue, provider) = (queue.map(|queue| queue.id), provider.map(|provider| provider.id));
        let takers =
            store::report::resources(tx, &Filter { queue, provider, ..Filter::default() }, visibility)?;
        let in_force = capacity::Filter { provider, standing: Some(Standing::InForce), ..Default::default() };
        let entries = capacity::list(tx, &in_force, visibility, context.now, i64::MAX)?;
        let entries: HashMap<ResourceId, &Entry> =
            entries.iter().map(|entry| (entry.resource_id, entry)).collect();
        let line = |taker: Taker| {
            let entry = entries.get(&taker.id).copied();
            CapacityLine::new(taker, entry, context.now)
        };
        Ok(takers.into_iter().map(line).collect::<Vec<_>>())
    })?;
    if context.out.is_drawing() && !lines.is_empty() {
        return output::text(&output::report::capacity(&lines, &context.out));
    }
    table(context, &lines, "no resource takes referrals of a queue")
}

fn table<T: View>(context: &Context, rows: &[T], nothing: &str) -> Result<()> {
    let mut list = context.out.list::<T>()?;
    for row in rows {
        list.row(row)?;
    }
    list.end(nothing)
}
