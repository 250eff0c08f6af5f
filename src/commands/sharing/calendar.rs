//! `sharing calendar`: the last days of what is granted and released, as a calendar file.

use super::Sides;
use crate::commands::prelude::*;
use crate::interchange::ical::{self, Day};
use crate::model::release::ReleaseStatus;
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
    /// Only grants and releases that expire within this many days
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(i64).range(0..=36_500))]
    expiring: Option<i64>,
    #[command(flatten)]
    parties: Sides,
}

view! {
    pub(super) struct Exported("sharing", |view| &view.file) {
        file: String => Text,
        requests: usize => Number,
        releases: usize => Number,
    }
}

pub(super) fn run(context: &Context, command: &Calendar) -> Result<()> {
    context.report(|| {
        let last = command.expiring.and_then(|days| lapse(context.today, days)).unwrap_or(END).min(END);
        let (requests, releases) = context.read(|tx| {
            let filter = Filter { expiring_by: Some(last), ..command.parties.filter(context, tx)? };
            let requests = store::sharing::requests(tx, &filter, context.visibility(), i64::MAX)?;
            Ok((requests, releases(context, tx, &filter, last)?))
        })?;
        let mut days: Vec<Day> = requests.iter().filter_map(|request| day(context, request)).collect();
        let granted = days.len();
        days.extend(releases.iter().filter_map(|release| release_day(context, release)));
        days.sort_by(|a, b| (a.date, &a.uid).cmp(&(b.date, &b.uid)));
        let text = ical::days("Sharing that runs out", &days);
        context.deliver(&command.destination, text.as_bytes())?;
        if command.destination.is_standard() {
            return Ok(None);
        }
        let file = command.destination.name();
        let noun = if days.len() == 1 { "expiry" } else { "expiries" };
        let sentence = format!("Wrote {} {noun} to {file}.", days.len());
        let done = Exported { file, requests: granted, releases: days.len() - granted };
        Ok(Some(Change::created(done).saying(sentence)))
    })
}

/// Those that end by then, of the same sides as the requests.
fn releases(context: &Context, tx: &mut Tx<'_>, sides: &Filter, last: NaiveDate) -> Result<Vec<Release>> {
    // What is asked of others or by others is no release of one's own.
    if sides.received_by.is_some() {
        return Ok(Vec::new());
    }
    let filter = store::release::Filter {
        owner: sides.owner,
        recipient: sides.recipient,
        expiring_by: Some(last),
        status: Some((ReleaseStatus::Active, context.today)),
        ..Default::default()
    };
    store::release::list(tx, &filter, context.visibility(), i64::MAX)
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

fn release_day(context: &Context, release: &Release) -> Option<Day> {
    let Release { code, client, owner_name, data_type, .. } = release;
    let names: Vec<&str> = release.recipients.iter().map(|named| named.name.as_str()).collect();
    let whom = if release.all_providers { "all providers".to_owned() } else { names.join(", ") };
    Some(Day {
        uid: format!("{}@caredesk", code.to_lowercase()),
        date: release.expires_on?,
        sequence: 0,
        stamp: context.now(),
        summary: format!("Last day of {code} ({data_type})"),
        description: format!("Client {client}\n{owner_name} shares {data_type} with {whom}"),
    })
}
