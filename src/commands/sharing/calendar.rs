//! `sharing calendar`: the last days of what is granted, as a calendar file.

use super::Sides;
use crate::commands::prelude::*;
use crate::interchange::ical::{self, Day};
use crate::model::sharing::{Request, lapse};
use crate::output::target::Destination;
use crate::store::sharing::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk sharing calendar --file expiries.ics --expiring 90

Clients appear only by their codes.")]
pub(super) struct Calendar {
    #[command(flatten)]
    destination: Destination,
    /// Only requests that expire within this many days
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(i64).range(0..=36_500))]
    expiring: Option<i64>,
    #[command(flatten)]
    parties: Sides,
}

view! {
    pub(super) struct Exported("sharing", |view| &view.file) {
        file: String => Text,
        requests: usize => Number,
    }
}

pub(super) fn run(context: &Context, command: &Calendar) -> Result<()> {
    context.report(|| {
        let found = context.read(|tx| {
            let last = command.expiring.and_then(|days| lapse(context.today, days));
            let filter = Filter {
                expiring_by: Some(last.unwrap_or(END).min(END)),
                ..command.parties.filter(context, tx)?
            };
            store::sharing::requests(tx, &filter, context.visibility(), i64::MAX)
        })?;
        let mut days: Vec<Day> = found.iter().filter_map(|request| day(context, request)).collect();
        days.sort_by(|a, b| (a.date, &a.uid).cmp(&(b.date, &b.uid)));
        let text = ical::days("Sharing that runs out", &days);
        context.deliver(&command.destination, text.as_bytes())?;
        if command.destination.is_standard() {
            return Ok(None);
        }
        let done = Exported { file: command.destination.name(), requests: days.len() };
        let noun = if done.requests == 1 { "expiry" } else { "expiries" };
        let sentence = format!("Wrote {} {noun} to {}.", done.requests, done.file);
        Ok(Some(Change::created(done).saying(sentence)))
    })
}

/// The last date that both engines and iCalendar can represent.
const END: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// The client's name is left out: calendars are copied to phones and servers outside the hub's control.
fn day(context: &Context, request: &Request) -> Option<Day> {
    let Request { code, client, owner_name, recipient_name, data_type, .. } = request;
    Some(Day {
        uid: format!("{}@caredesk", code.to_lowercase()),
        date: request.expires_on?,
        sequence: request.answered_at.timestamp() / 60,
        stamp: context.now(),
        summary: format!("Last day of {code} ({data_type})"),
        description: format!("Client {client}\n{owner_name} shares {data_type} with {recipient_name}"),
    })
}
