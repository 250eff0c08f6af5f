//! `visit add`: a visit, or the same visit every week.

use chrono::Weekday;

use super::local;
use crate::commands::prelude::*;
use crate::context::names_in_note;
use crate::model::time::Moment;
use crate::model::visit;
use crate::store::referral::HubReferral;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk visit add REF-7K3M9Q --start \"tomorrow 9:30\" --duration 45
  $ caredesk visit add REF-7K3M9Q --start \"monday 8:00\" --duration 30 \\
      --weekly daily --until +8w")]
pub(super) struct Add {
    /// Code (or the beginning of it)
    referral: Reference,
    /// The start: "2026-12-01 09:00", "tomorrow 9:30", "monday 18:00"
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    start: Moment,
    /// The duration: minutes, or 45m, 1h, 1h30
    #[arg(long, value_name = "MIN", value_parser = time::minutes)]
    duration: i64,
    /// Repeat on these days: mon,wed,fri, daily, weekdays, weekends
    #[arg(long, value_name = "DAYS", value_parser = weekdays, requires = "until")]
    weekly: Option<Days>,
    /// The last day of the repetition
    #[arg(long, value_name = "DAY", requires = "weekly", allow_hyphen_values = true)]
    until: Option<Day>,
    /// A note of the hub's own, which no provider sees
    #[arg(long, value_name = "TEXT", value_parser = text::note, allow_hyphen_values = true)]
    note: Option<String>,
    /// A note for the providers that are asked; without the client's name
    #[arg(long, value_name = "TEXT", value_parser = text::note, allow_hyphen_values = true)]
    provider_note: Option<String>,
    #[command(flatten)]
    even_so: EvenSo,
}

/// The days of a repetition, as one value of the command line.
#[derive(Clone)]
struct Days(Vec<Weekday>);

fn weekdays(text: &str) -> Result<Days, String> {
    time::weekdays(text).map(Days)
}

pub(super) fn run(context: &Context, command: &Add) -> Result<()> {
    context.change("visit.add", Action::ChangeVisits, |tx| {
        let referral = store::lookup::<HubReferral>(tx, &command.referral, context.visibility())?;
        referral.must_be_open()?;
        command.even_so.must_live(tx, referral.client_id)?;
        let new = planned(context, tx, command, &referral)?;
        store::visit::insert(tx, &new)?;
        let overlaps = context.overlaps(tx, referral.client_id, &new)?;
        let names = names_in_note(tx, referral.client_id, command.provider_note.as_deref())?;
        let minutes = command.duration;
        let sentence = match new.as_slice() {
            [one] => format!("Created visit {}: {}, {minutes} min.", one.code, local(context, one)),
            several => {
                let first = several.first().map(|one| local(context, one)).unwrap_or_default();
                format!("Created {} visits of {minutes} min, from {first}.", several.len())
            }
        };
        let created = new.iter().map(|visit| Change::created(visit.view()));
        Ok(Change::all(created).saying(sentence).warning(overlaps).warning(names))
    })
}

/// When they start. Of a repetition each time that comes twice is said.
fn starts(context: &Context, command: &Add) -> Result<Vec<DateTime<Utc>>> {
    let (today, zone) = (context.today, context.zone);
    let first = command.start.resolve(today, zone).map_err(|why| Error::invalid("visit.start", why))?;
    let (Some(Days(days)), Some(until)) = (&command.weekly, command.until) else {
        context.say_which(command.start.twice(today, zone));
        return Ok(vec![first]);
    };
    let local = |start: &DateTime<Utc>| start.with_timezone(&zone).naive_local();
    let starts = visit::repeated(local(&first), days, until.resolve(today), zone)?;
    for start in &starts {
        context.say_which(time::twice(local(start), zone));
    }
    Ok(starts)
}

fn planned(context: &Context, tx: &mut Tx<'_>, command: &Add, referral: &Referral) -> Result<Vec<Visit>> {
    let starts = starts(context, command)?;
    let mut taken = Vec::new();
    starts
        .into_iter()
        .map(|start| {
            let code = context.code(Prefix::Visit, |code| {
                Ok(taken.iter().any(|known| known == code) || store::visit::is_code_taken(tx, code)?)
            })?;
            taken.push(code.clone());
            let visit = Visit::planned(context.key(), code, referral, start, command.duration);
            let (note, provider_note) = (command.note.clone(), command.provider_note.clone());
            Ok(Visit { note, provider_note, ..visit })
        })
        .collect()
}
