//! Lists requests, and exports the last days of grants.

use crate::model::view::view;
use chrono::{Days, NaiveDate};
use clap::Args;

use crate::context::{Context, Tx};
use crate::error::Result;
use crate::interchange::ical::{self, Day};
use crate::model::reference::Reference;
use crate::model::sharing::{Request, RequestHistory, RequestView, Status};
use crate::output::target::Destination;
use crate::output::{self, Outcome, Page};
use crate::store;
use crate::store::sharing::Filter;

const LIST_EXAMPLES: &str = "\
Examples:
  $ caredesk sharing list --incoming harbour --status pending
  $ caredesk sharing list --expiring 30 -o csv";

#[derive(Args)]
#[command(after_help = LIST_EXAMPLES)]
pub(super) struct List {
    /// Only about this client
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
    #[command(flatten)]
    parties: Sides,
    /// Only those that stand so today
    #[arg(long)]
    status: Option<Status>,
    /// Only granted ones whose last day is within so many days
    #[arg(long, value_name = "DAYS", conflicts_with = "status", value_parser = clap::value_parser!(u64).range(0..=36_500))]
    expiring: Option<u64>,
    #[command(flatten)]
    page: Page,
}

#[derive(Args)]
struct Sides {
    /// Only those that ask this provider
    #[arg(long, value_name = "PROVIDER")]
    incoming: Option<Reference>,
    /// Only those in which this provider asks
    #[arg(long, value_name = "PROVIDER")]
    outgoing: Option<Reference>,
}

#[derive(Args)]
pub(super) struct Show {
    /// Its code or the beginning of it
    request: Reference,
}

const CALENDAR_EXAMPLES: &str = "\
Examples:
  $ caredesk sharing calendar --file expiries.ics --expiring 90

Clients appear under their codes alone.";

#[derive(Args)]
#[command(after_help = CALENDAR_EXAMPLES)]
pub(super) struct Calendar {
    #[command(flatten)]
    destination: Destination,
    /// Only what runs out within so many days
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u64).range(0..=36_500))]
    expiring: Option<u64>,
    #[command(flatten)]
    parties: Sides,
}

view! {
    struct Exported("sharing", |view| &view.file) {
        file: String => Text,
        requests: usize => Number,
    }
}

impl Sides {
    fn filter(&self, context: &Context, tx: &mut Tx<'_>) -> Result<Filter> {
        let visibility = context.visibility();
        let mut find = |reference: &Option<Reference>| {
            let found =
                store::lookup_optional::<store::provider::Partner>(tx, reference.as_ref(), visibility);
            found.map(|found| found.map(|provider| provider.id))
        };
        Ok(Filter {
            owner: find(&self.incoming)?,
            recipient: find(&self.outgoing)?,
            today: context.today,
            ..Filter::default()
        })
    }
}

fn last_day(today: NaiveDate, days: u64) -> NaiveDate {
    today.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

pub(super) fn list(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    let mut list = context.out.list::<RequestView>()?;
    context.read(|tx| {
        tx.as_of(context.now, context.today)?;
        let client = command.client.as_ref();
        let client = store::lookup_optional::<store::client::KnownClient>(tx, client, visibility)?;
        let filter = Filter {
            client: client.map(|client| client.id),
            status: command.status,
            expiring_by: command.expiring.map(|days| last_day(context.today, days)),
            ..command.parties.filter(context, tx)?
        };
        let start = command.page.after.as_ref();
        let start = store::lookup_optional::<Request>(tx, start, visibility)?;
        let page = |after: Option<&Request>, limit| {
            store::sharing::requests(
                tx,
                &Filter { after: after.map(|last| last.id), ..filter },
                visibility,
                limit,
            )
        };
        context.out.pages(command.page.limit, start, &mut list, page, |one| one.view(context.today))
    })?;
    list.end("no requests")
}

pub(super) fn show(context: &Context, command: &Show) -> Result<()> {
    let history = context.read(|tx| {
        let found = store::lookup::<Request>(tx, &command.request, context.visibility())?;
        let answers = store::sharing::answers(tx, found.id)?;
        Ok(RequestHistory { request: found.view(context.today), answers })
    })?;
    context.out.show(&history, || Some(output::sharing::card(&history, &context.out)))
}

pub(super) fn calendar(context: &Context, command: &Calendar) -> Result<()> {
    let change_report = context.out.change_report()?;
    let found = context.read(|tx| {
        let days = command.expiring.unwrap_or(u64::from(u32::MAX));
        let filter = Filter {
            expiring_by: Some(last_day(context.today, days).min(END)),
            ..command.parties.filter(context, tx)?
        };
        store::sharing::requests(tx, &filter, context.visibility(), i64::MAX)
    })?;
    let mut days: Vec<Day> = found.iter().filter_map(|request| day(context, request)).collect();
    days.sort_by(|a, b| (a.date, &a.uid).cmp(&(b.date, &b.uid)));
    let text = ical::days("Sharing that runs out", &days);
    context.deliver(&command.destination, text.as_bytes())?;
    if command.destination.is_standard() {
        return Ok(());
    }
    let done = Exported { file: command.destination.name(), requests: days.len() };
    let noun = if done.requests == 1 { "expiry" } else { "expiries" };
    change_report.say(Outcome::Created, &format!("Wrote {} {noun} to {}.", done.requests, done.file), &done)
}

/// The last date that both engines and iCalendar can represent.
const END: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// The client's name is left out: calendars are copied to phones and servers outside the hub's control.
fn day(context: &Context, request: &Request) -> Option<Day> {
    let Request { code, client, owner, recipient, .. } = request;
    let kind = request.data_type.name();
    Some(Day {
        uid: format!("{}@caredesk", code.to_lowercase()),
        date: request.expires_on?,
        sequence: request.answered_at.timestamp() / 60,
        stamp: context.now,
        summary: format!("Last day of {code} ({kind})"),
        description: format!("Client {client}\n{owner} shares {kind} with {recipient}"),
    })
}
