//! `schedule export`: visits for calendar programs, with codes instead of names.

use std::collections::HashSet;

use super::event::{ended_event, event, held_event};
use super::moved::{self, Window};
use super::{midnight, must_name_whose, visits_of};
use crate::commands::prelude::*;
use crate::interchange::ical::{self, Event};
use crate::output::target::Destination;
use crate::store::held_visit;
use crate::store::visit::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk schedule export REF-7K3M9Q --file week.ics --from today
  $ caredesk schedule export --provider harbour --file harbour.ics
  $ caredesk schedule export --hub --file all.ics --from -4w

Who acts for a provider gets all that it has accepted. A file that is written again replaces the visits in a calendar that has \
  read it before; what was cancelled or recalled since, or is no more, is in it as cancelled, and what was moved out of its days where it is now.")]
pub(super) struct Export {
    #[command(flatten)]
    whose: Whose,
    #[command(flatten)]
    destination: Destination,
    /// Only from this day on
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    from: Option<Day>,
    /// Only up to and including this day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    to: Option<Day>,
}

// One of these at most; for a provider without any all that it has.
#[derive(Args)]
#[group(multiple = false)]
struct Whose {
    /// The referral: code (or the beginning of it)
    referral: Option<Reference>,
    /// All visits that this provider has accepted
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// All visits of the hub
    #[arg(long)]
    hub: bool,
}

view! {
    pub(super) struct Exported("schedule", |view| &view.file) {
        file: String => Text,
        visits: usize => Number,
    }
}

type Days = (Option<NaiveDate>, Option<NaiveDate>);

pub(super) fn run(context: &Context, command: &Export) -> Result<()> {
    context.report(|| {
        let from = command.from.map(|day| day.resolve(context.today));
        let to = command.to.and_then(|day| day.resolve(context.today).succ_opt());
        let (name, events) = context.read(|tx| events(context, tx, &command.whose, (from, to)))?;
        let text = ical::calendar(&name, &events);
        context.deliver(&command.destination, text.as_bytes())?;
        if command.destination.is_standard() {
            return Ok(None);
        }
        let done = Exported { file: command.destination.name(), visits: events.len() };
        let noun = if done.visits == 1 { "visit" } else { "visits" };
        let sentence = format!("Wrote {} {noun} to {}.", done.visits, done.file);
        Ok(Some(Change::created(done).saying(sentence)))
    })
}

/// The name of the calendar, and what is in it.
fn events(
    context: &Context, tx: &mut Tx<'_>, whose: &Whose, (from, to): Days,
) -> Result<(String, Vec<Event>)> {
    if whose.hub {
        context.must_be_of_hub()?;
        let filter = Filter { from: instant(context, from)?, to: instant(context, to)?, ..Filter::default() };
        let visits = store::visit::list(tx, &filter, context.visibility(), i64::MAX)?;
        let mut events: Vec<Event> = visits.iter().map(|visit| event(visit, context.now())).collect();
        events.extend(moved::of_hub(context, tx, (filter.from, filter.to), &events, None)?);
        return Ok(("Care schedules".to_owned(), events));
    }
    let Some(reference) = &whose.referral else {
        return of_provider(context, tx, whose.provider.as_ref(), (from, to));
    };
    let referral = store::lookup::<store::referral::HubReferral>(tx, reference, context.visibility())?;
    let visits = visits_of(context, tx, &referral, from, to)?;
    let mut events: Vec<Event> = visits.iter().map(|visit| event(visit, context.now())).collect();
    let window = (instant(context, from)?, instant(context, to)?);
    events.extend(moved::of_hub(context, tx, window, &events, Some(&referral))?);
    Ok((format!("Care schedule {}", referral.code), events))
}

/// What the provider has, and as cancelled what it had: a calendar keeps what no file cancels.
fn of_provider(
    context: &Context, tx: &mut Tx<'_>, provider: Option<&Reference>, (from, to): Days,
) -> Result<(String, Vec<Event>)> {
    must_name_whose(context, provider.is_some())?;
    let holder = context.holder(tx, provider)?;
    let viewer = context.visit_viewer(tx)?;
    let window: Window = (instant(context, from)?, instant(context, to)?);
    let (from, to) = window;
    let filter = held_visit::Filter { provider: holder.provider, from, to, ..Default::default() };
    let held = held_visit::list(tx, &filter, viewer, i64::MAX)?;
    let ended = held_visit::ended(tx, holder.provider, context.visibility(), (from, to))?;
    let has: HashSet<&str> = held.iter().map(|visit| visit.call.code.as_str()).collect();
    let ended = ended
        .iter()
        .filter(|visit| !has.contains(visit.code.as_str()))
        .map(|visit| ended_event(visit, context.now()));
    let events = held.iter().map(|visit| held_event(visit, context.now())).chain(ended);
    let mut events: Vec<Event> = events.collect();
    events.extend(moved::of_provider(context, tx, (&holder, viewer), window, &events)?);
    Ok((format!("Visits of {}", holder.names), events))
}

fn instant(context: &Context, day: Option<NaiveDate>) -> Result<Option<DateTime<Utc>>> {
    day.map(|day| midnight(context, day)).transpose()
}
