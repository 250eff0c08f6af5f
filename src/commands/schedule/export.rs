//! `schedule export`: visits for calendar programs, with codes instead of names.

use std::collections::HashSet;

use super::{midnight, must_name_whose, visits_of};
use crate::commands::prelude::*;
use crate::interchange::ical::{self, Event, EventStatus};
use crate::model::held_visit::{EndedVisit, HeldVisit};
use crate::model::package::PackageStatus;
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
  read it before; what was cancelled or recalled since is in it as cancelled.")]
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
        let events = visits.iter().map(|visit| event(visit, context.now()));
        return Ok(("Care schedules".to_owned(), events.collect()));
    }
    let Some(reference) = &whose.referral else {
        return of_provider(context, tx, whose.provider.as_ref(), (from, to));
    };
    let referral = store::lookup::<store::referral::HubReferral>(tx, reference, context.visibility())?;
    let visits = visits_of(context, tx, &referral, from, to)?;
    let events = visits.iter().map(|visit| event(visit, context.now()));
    Ok((format!("Care schedule {}", referral.code), events.collect()))
}

/// What the provider has, and as cancelled what it had: a calendar keeps what no file cancels.
fn of_provider(
    context: &Context, tx: &mut Tx<'_>, provider: Option<&Reference>, (from, to): Days,
) -> Result<(String, Vec<Event>)> {
    must_name_whose(context, provider.is_some())?;
    let holder = context.holder(tx, provider)?;
    let viewer = context.visit_viewer(tx)?;
    let (from, to) = (instant(context, from)?, instant(context, to)?);
    let filter = held_visit::Filter { provider: holder.provider, from, to, ..Default::default() };
    let held = held_visit::list(tx, &filter, viewer, i64::MAX)?;
    let ended = held_visit::ended(tx, holder.provider, context.visibility(), (from, to))?;
    let has: HashSet<&str> = held.iter().map(|visit| visit.call.code.as_str()).collect();
    let ended = ended
        .iter()
        .filter(|visit| !has.contains(visit.code.as_str()))
        .map(|visit| ended_event(visit, context.now()));
    let events = held.iter().map(|visit| held_event(visit, context.now())).chain(ended);
    Ok((format!("Visits of {}", holder.names), events.collect()))
}

fn instant(context: &Context, day: Option<NaiveDate>) -> Result<Option<DateTime<Utc>>> {
    day.map(|day| midnight(context, day)).transpose()
}

/// The client's name is left out: calendars are copied to phones and servers outside the hub's control.
fn event(visit: &Visit, now: DateTime<Utc>) -> Event {
    let package = match &visit.outsourced {
        Some(outsourced) => format!("Package {}: {}", outsourced.reference, outsourced.status),
        None => "Not outsourced".to_owned(),
    };
    Event {
        status: status(visit),
        description: Some(format!("Referral {}\n{package}", visit.referral)),
        ..bare(&visit.code, visit.start, visit.minutes, (visit.sequence, now))
    }
}

fn held_event(visit: &HeldVisit, now: DateTime<Utc>) -> Event {
    let call = &visit.call;
    let note = call.provider_note.as_ref().map(|note| format!("\n{note}")).unwrap_or_default();
    Event {
        status: if visit.is_cancelled() { EventStatus::Cancelled } else { EventStatus::Confirmed },
        description: Some(format!("Referral {}\nPackage {}{note}", visit.referral, call.package_reference)),
        location: visit.view().area,
        ..bare(&call.code, call.start, call.duration_minutes, (visit.sequence, now))
    }
}

fn ended_event(visit: &EndedVisit, now: DateTime<Utc>) -> Event {
    Event {
        status: EventStatus::Cancelled,
        ..bare(&visit.code, visit.start, visit.minutes, (visit.sequence, now))
    }
}

fn bare(code: &str, start: DateTime<Utc>, minutes: i64, (sequence, stamp): (i64, DateTime<Utc>)) -> Event {
    Event {
        uid: format!("{}@caredesk", code.to_lowercase()),
        start,
        minutes,
        status: EventStatus::Confirmed,
        sequence,
        stamp,
        summary: format!("Visit {code} ({minutes} min)"),
        description: None,
        location: None,
    }
}

/// A visit that is only offered, or that every provider has rejected, is tentative.
fn status(visit: &Visit) -> EventStatus {
    match visit.outsourced.as_ref().map(|outsourced| outsourced.status) {
        _ if visit.is_cancelled() => EventStatus::Cancelled,
        None | Some(PackageStatus::Accepted) => EventStatus::Confirmed,
        Some(_) => EventStatus::Tentative,
    }
}
