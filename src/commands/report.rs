//! `report`: waiting referrals and their ages, and remaining capacity.

use std::collections::HashMap;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::capacity::{Entry, Standing, unit as unit_of};
use crate::model::id::ResourceId;
use crate::model::provider::Provider;
use crate::model::queue::Queue;
use crate::model::reference::Reference;
use crate::model::report::{CapacityLine, ReferralsView, Taker, Tally};
use crate::model::resource::Resource;
use crate::model::time::{self, Day};
use crate::model::view::View;
use crate::output::bars::{self, Bar, Group};
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
        return draw(context, &drawn_referrals(&groups));
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
        return draw(context, &drawn_capacity(&lines));
    }
    table(context, &lines, "no resource takes referrals of a queue")
}

fn draw(context: &Context, groups: &[Group]) -> Result<()> {
    crate::output::text(&bars::draw(groups, context.out.drawing_width, context.out.colour))
}

fn table<T: View>(context: &Context, rows: &[T], nothing: &str) -> Result<()> {
    let mut list = context.out.list::<T>()?;
    for row in rows {
        list.row(row)?;
    }
    list.end(nothing)
}

/// A group for each queue, a bar for each resource in each status.
fn drawn_referrals(lines: &[ReferralsView]) -> Vec<Group> {
    lines
        .chunk_by(|one, next| one.queue == next.queue)
        .map(|lines| {
            let open = lines.iter().filter(|line| !line.closed).map(|line| line.referrals).sum::<usize>();
            let closed = lines.iter().map(|line| line.referrals).sum::<usize>() - open;
            let queue = lines.first().map_or("", |line| &line.queue);
            let besides = if closed > 0 { format!(", {closed} closed") } else { String::new() };
            Group {
                heading: format!("{queue}: {open} open{besides}"),
                bars: lines.iter().map(referrals_bar).collect(),
            }
        })
        .collect()
}

fn referrals_bar(line: &ReferralsView) -> Bar {
    let assignee = line.resource_name.as_deref().unwrap_or("not assigned");
    let change = match line.median_minutes_to_change {
        Some(minutes) => format!(", changed after {}", lasted(minutes)),
        None => String::new(),
    };
    Bar {
        name: format!("{} · {assignee}", line.status),
        value: i64::try_from(line.referrals).unwrap_or(i64::MAX),
        room: 0,
        label: format!(
            "{}, oldest {} d, median {} d{change}",
            line.referrals, line.oldest_days, line.median_days
        ),
    }
}

/// One group for each provider, a bar for each of its resources: what is used, and what is left.
fn drawn_capacity(lines: &[CapacityLine]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for line in lines {
        let bar = capacity_bar(line);
        match groups.iter_mut().find(|group| group.heading == line.provider_name) {
            Some(group) => group.bars.push(bar),
            None => groups.push(Group { heading: line.provider_name.clone(), bars: vec![bar] }),
        }
    }
    groups
}

fn capacity_bar(line: &CapacityLine) -> Bar {
    let unit = |places| {
        line.unit.as_deref().map(|unit| format!(" {}", unit_of(places, Some(unit)))).unwrap_or_default()
    };
    let (value, room, label) = match (line.used, line.remaining, line.places) {
        (Some(used), Some(remaining), Some(places)) => {
            let over = if used > places { format!(", {} too many", used - places) } else { String::new() };
            let label = format!("{remaining} of {places}{} left{over}{}", unit(places), declared(line));
            (used.min(places), remaining, label)
        }
        _ => (0, 0, "no capacity set".to_owned()),
    };
    Bar { name: line.resource_name.clone(), value, room, label }
}

fn declared(line: &CapacityLine) -> String {
    match line.declared_days {
        Some(0) => ", said today".to_owned(),
        Some(days) => format!(", said {days} d ago"),
        None => String::new(),
    }
}

fn lasted(minutes: i64) -> String {
    match minutes {
        ..60 => format!("{minutes} min"),
        60..2_880 => format!("{} h", minutes / 60),
        _ => format!("{} d", minutes / 1_440),
    }
}
