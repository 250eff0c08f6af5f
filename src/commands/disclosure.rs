//! `disclosure`: the register of accesses to another provider's records (rule 3.10).

use chrono::{DateTime, NaiveDate, Utc};
use clap::{Args, Subcommand};

use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::access::Action;
use crate::model::client::Client;
use crate::model::disclosure::DisclosureView;
use crate::model::provider::Provider;
use crate::model::reference::Reference;
use crate::model::time::{self, Day};
use crate::model::visibility::Visibility;
use crate::store;
use crate::store::disclosure::Filter;

#[derive(Args)]
pub(crate) struct Disclosure {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// List who looked at whose records, on what basis, the newest first
    List(List),
}

const LIST_EXAMPLES: &str = "\
Examples:
  $ caredesk disclosure list --client \"Ada Moss\" --since 2026-01-01
  $ caredesk disclosure list --owner oak --recipient harbour -o csv --for excel > looks.csv";

#[derive(Args)]
#[command(after_help = LIST_EXAMPLES)]
struct List {
    /// Only records of this client
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
    /// Only records of this provider
    #[arg(long, value_name = "PROVIDER")]
    owner: Option<Reference>,
    /// Only looks of this provider
    #[arg(long, value_name = "PROVIDER")]
    recipient: Option<Reference>,
    /// Only from this day on
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    since: Option<Day>,
    /// Only up to this day, which counts
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    until: Option<Day>,
    /// At most so many
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    limit: Option<i64>,
}

pub(crate) fn run(context: &Context, command: Disclosure) -> Result<()> {
    context.actor.may(Action::ReadDisclosures)?;
    match command.verb {
        Verb::List(list) => self::list(context, &list),
    }
}

fn list(context: &Context, command: &List) -> Result<()> {
    const FOR_PEOPLE: i64 = 100;
    let is_cut = command.limit.is_none() && context.out.is_for_people();
    let limit = command.limit.unwrap_or(if is_cut { FOR_PEOPLE } else { i64::MAX });
    let (since, until) =
        (command.since.map(|day| day.resolve_past(context.today)), next_day(context, command.until));
    let mut list = context.out.list::<DisclosureView>()?;
    let mut last = None;
    context.read(|tx| {
        let filter = Filter {
            client: store::lookup_optional::<Client>(tx, command.client.as_ref(), Visibility::INTERNAL)?
                .map(|client| client.id),
            owner: store::lookup_optional::<Provider>(tx, command.owner.as_ref(), Visibility::INTERNAL)?
                .map(|owner| owner.id),
            recipient: store::lookup_optional::<Provider>(
                tx,
                command.recipient.as_ref(),
                Visibility::INTERNAL,
            )?
            .map(|one| one.id),
            since: since.map(|day| midnight(context, day)).transpose()?,
            until: until.map(|day| midnight(context, day)).transpose()?,
        };
        let mut count = 0;
        // One extra row shows whether there are more.
        store::disclosure::list(tx, &filter, limit.saturating_add(1), |line| {
            count += 1;
            if count > limit {
                last = Some(line.at);
                return Ok(());
            }
            list.row(&line).map(drop)
        })
    })?;
    if let Some(at) = last.filter(|_| is_cut) {
        let day = at.with_timezone(&context.zone).date_naive();
        context.out.note(&format!(
            "the newest {limit} are shown; `--limit` shows more, `--until {day}` goes on from there"
        ));
    }
    list.end("no disclosures")
}

fn next_day(context: &Context, day: Option<Day>) -> Option<NaiveDate> {
    day.and_then(|day| day.resolve(context.today).succ_opt())
}

fn midnight(context: &Context, day: NaiveDate) -> Result<DateTime<Utc>> {
    time::start_of(day, context.zone).map_err(|why| Error::invalid("disclosure.day", why))
}
