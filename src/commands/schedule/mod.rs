//! `schedule`: the visits of a referral or of a provider as a picture of one week, those of a day, and as a calendar file.

mod day;
mod event;
mod export;
mod moved;
mod pdf;
mod provider;

use chrono::Days;

use crate::commands::prelude::*;
use crate::model::held_visit::HeldVisitView;
use crate::model::package::PackageStatus;
use crate::model::time::Week;
use crate::model::visit::{Outsourced, VisitStatus, VisitView};
use crate::model::visit_day::DayVisit;
use crate::output::calendar::{self, Mark, Slot, Style};
use crate::store::visit::Filter;

verbs! {
    Schedule: lists VisitView, lists HeldVisitView, lists DayVisit, changes export::Exported,
        changes pdf::Printed;

    /// Draw a week of visits as a calendar, or list them as JSON or CSV; with `--all` a day over all clients
    #[command(arg = at())]
    Show(Show) => show,
    /// Export a week as a PDF of one page
    #[command(arg = at())]
    Pdf(pdf::Pdf) => pdf::run,
    /// Export visits as an iCalendar file, without the client's name
    Export(export::Export) => export::run,
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk schedule show REF-7K3M9Q
  $ caredesk schedule show REF-7K3M9Q --week 2026-W49
  $ caredesk schedule show REF-7K3M9Q --week +2w
  $ caredesk schedule show --provider harbour
  $ caredesk schedule show --all --day tomorrow

Who acts for a provider sees its week over all its clients.")]
struct Show {
    /// The referral: code (or the beginning of it) [default for a provider: all that it has accepted]
    #[arg(conflicts_with = "provider")]
    referral: Option<Reference>,
    /// All visits that this provider has accepted
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// The week: 2026-W49 or any day in it [default: this week, or the next with a planned visit]
    #[arg(long, value_name = "WEEK")]
    week: Option<Week>,
    /// One day over all clients: when, whose, which provider has it, or that none has
    #[arg(long, conflicts_with_all = ["referral", "provider", "week"])]
    all: bool,
    /// The day [default: today]
    #[arg(long, value_name = "DAY", requires = "all", allow_hyphen_values = true)]
    day: Option<Day>,
}

fn show(context: &Context, command: &Show) -> Result<()> {
    if command.all {
        return day::show(context, command.day);
    }
    let Some(reference) = &command.referral else {
        must_name_whose(context, command.provider.is_some())?;
        return provider::show(context, command.provider.as_ref(), command.week);
    };
    let (referral, monday, visits) = context.read(|tx| {
        let referral = store::lookup::<store::referral::HubReferral>(tx, reference, context.visibility())?;
        let monday = match command.week {
            Some(week) => week.monday(context.today),
            None => likeliest_week(context, tx, &referral)?,
        };
        let visits = visits_of(context, tx, &referral, Some(monday), monday.checked_add_days(Days::new(7)))?;
        Ok((referral, monday, visits))
    })?;
    if !context.out.is_drawing() {
        return list(context, &visits);
    }
    let title = format!("{} · {} · {}", referral.code, referral.client_name, referral.queue);
    let slots: Vec<Slot> = visits.iter().map(|visit| slot(context, visit)).collect();
    let style = Style { width: context.out.drawing_width, colour: context.out.colour };
    output::text(&calendar::draw(monday, context.today, &title, &slots, style))
}

/// Only a provider has a week of its own.
fn must_name_whose(context: &Context, is_named: bool) -> Result<()> {
    if is_named || context.actor.is_portal() {
        return Ok(());
    }
    Err(Error::usage("neither a referral nor a provider is named")
        .hint("name a referral, or `--provider`; `--all` shows a day of all"))
}

fn list(context: &Context, visits: &[Visit]) -> Result<()> {
    let mut list = context.out.list::<VisitView>()?;
    for visit in visits {
        list.row(&visit.view())?;
    }
    list.end("no visits in this week")
}

/// The Monday of this week if it has a visit, otherwise of the week of the next planned visit, otherwise of the last.
fn likeliest_week(context: &Context, tx: &mut Tx<'_>, referral: &Referral) -> Result<NaiveDate> {
    let monday = time::monday(context.today);
    let next_monday = monday.checked_add_days(Days::new(7));
    let (from, to) =
        (Some(midnight(context, monday)?), next_monday.map(|day| midnight(context, day)).transpose()?);
    let whole = Filter { referral: Some(referral.id), ..Filter::default() };
    if !store::visit::list(tx, &Filter { from, to, ..whole }, context.visibility(), 1)?.is_empty() {
        return Ok(monday);
    }
    let planned = Filter { from: to, status: Some(VisitStatus::Planned), ..whole };
    let next = store::visit::list(tx, &planned, context.visibility(), 1)?.first().map(|visit| visit.start);
    let start = next.map_or_else(|| store::visit::last_start(tx, referral.id), |start| Ok(Some(start)))?;
    Ok(start.map_or(monday, |start| time::monday(start.with_timezone(&context.zone).date_naive())))
}

/// Visits by start, from one local day up to but not including another.
fn visits_of(
    context: &Context, tx: &mut Tx<'_>, referral: &Referral, from: Option<NaiveDate>, to: Option<NaiveDate>,
) -> Result<Vec<Visit>> {
    let instant = |day: Option<NaiveDate>| day.map(|day| midnight(context, day)).transpose();
    let filter =
        Filter { referral: Some(referral.id), from: instant(from)?, to: instant(to)?, ..Filter::default() };
    store::visit::list(tx, &filter, context.visibility(), i64::MAX)
}

fn midnight(context: &Context, day: NaiveDate) -> Result<DateTime<Utc>> {
    time::start_of(day, context.zone).map_err(|why| Error::invalid("visit.day", why))
}

fn slot(context: &Context, visit: &Visit) -> Slot {
    Slot {
        package: visit.outsourced.as_ref().map(|outsourced| outsourced.reference.clone()),
        note: visit.differs_from_offer().map(|offered| offer(context, visit, offered)),
        ..Slot::new(&visit.start.with_timezone(&context.zone), visit.minutes, visit.code.clone(), mark(visit))
    }
}

fn mark(visit: &Visit) -> Mark {
    if visit.is_cancelled() {
        return Mark::Cancelled;
    }
    match visit.outsourced.as_ref().map(|outsourced| outsourced.status) {
        None => Mark::Own,
        Some(PackageStatus::Accepted) => Mark::Accepted,
        Some(PackageStatus::Rejected) => Mark::Rejected,
        Some(_) => Mark::Pending,
    }
}

/// How the offered time differs from the present one (rule 1.7): `offered 30 min`, `offered Mon 09:00`, `offered 09:00
/// 30m`. Both together are short enough for the boxes of a narrow calendar.
fn offer(context: &Context, visit: &Visit, offered: &Outsourced) -> String {
    let start = offered.offered_start.with_timezone(&context.zone);
    let here = visit.start.with_timezone(&context.zone);
    let is_longer_or_shorter = offered.offered_duration_minutes != visit.minutes;
    let minutes = offered.offered_duration_minutes;
    if start == here {
        return format!("offered {minutes} min");
    }
    let days = start.date_naive().signed_duration_since(here.date_naive()).num_days().abs();
    let form = match days {
        0 if is_longer_or_shorter => "%H:%M",
        0..7 => "%a %H:%M",
        _ => "%-d %b %H:%M",
    };
    let length = if is_longer_or_shorter { format!(" {minutes}m") } else { String::new() };
    format!("offered {}{length}", start.format(form))
}
