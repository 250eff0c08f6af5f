//! `schedule export`: a referral's visits for calendar programs, with codes instead of names.

use super::visits_of;
use crate::commands::prelude::*;
use crate::interchange::ical::{self, Event, EventStatus};
use crate::model::package::PackageStatus;
use crate::output::target::Destination;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk schedule export REF-7K3M9Q --file week.ics --from today")]
pub(super) struct Export {
    /// Code (or the beginning of it)
    referral: Reference,
    #[command(flatten)]
    destination: Destination,
    /// Only from this day on
    #[arg(long, value_name = "DAY")]
    from: Option<Day>,
    /// Only up to and including this day
    #[arg(long, value_name = "DAY")]
    to: Option<Day>,
}

view! {
    pub(super) struct Exported("schedule", |view| &view.file) {
        file: String => Text,
        visits: usize => Number,
    }
}

pub(super) fn run(context: &Context, command: &Export) -> Result<()> {
    context.report(|| {
        let from = command.from.map(|day| day.resolve(context.today));
        let to = command.to.and_then(|day| day.resolve(context.today).succ_opt());
        let (referral, visits) = context.read(|tx| {
            let referral =
                store::lookup::<store::referral::HubReferral>(tx, &command.referral, context.visibility())?;
            let visits = visits_of(context, tx, &referral, from, to)?;
            Ok((referral, visits))
        })?;
        let events: Vec<Event> = visits.iter().map(|visit| event(visit, context.now())).collect();
        let text = ical::calendar(&format!("Care schedule {}", referral.code), &events);
        context.deliver(&command.destination, text.as_bytes())?;
        if command.destination.is_standard() {
            return Ok(None);
        }
        let done = Exported { file: command.destination.name(), visits: visits.len() };
        let noun = if done.visits == 1 { "visit" } else { "visits" };
        let sentence = format!("Wrote {} {noun} to {}.", done.visits, done.file);
        Ok(Some(Change::created(done).saying(sentence)))
    })
}

/// The client's name is left out: calendars are copied to phones and servers outside the hub's control.
fn event(visit: &Visit, now: DateTime<Utc>) -> Event {
    let package = match &visit.outsourced {
        Some(outsourced) => format!("Package {}: {}", outsourced.reference, outsourced.status),
        None => "Not outsourced".to_owned(),
    };
    Event {
        uid: format!("{}@caredesk", visit.code.to_lowercase()),
        start: visit.start,
        minutes: visit.minutes,
        status: status(visit),
        sequence: visit.sequence,
        stamp: now,
        summary: format!("Visit {} ({} min)", visit.code, visit.minutes),
        description: Some(format!("Referral {}\n{package}", visit.referral)),
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
