//! `visit`: planned visits of a referral.

mod import;

use chrono::{NaiveDate, Weekday};
use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::model::access::Action;
use crate::model::code::Prefix;
use crate::model::reference::Reference;
use crate::model::referral::Referral;
use crate::model::time::{self, Day, Moment};
use crate::model::visit::{self, VisitStatus, VisitView};
use crate::model::{edit, text};
use crate::output::{Outcome, Page};
use crate::store;
use crate::store::visit::Filter;

#[derive(Args)]
pub(crate) struct Visit {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Plan a visit, or the same visit every week
    Add(Add),
    /// Change when a visit is or how long it lasts
    Edit(Edit),
    /// Cancel visits; they stay in the history
    Cancel {
        /// Their codes or the beginnings of them
        #[arg(required = true, value_name = "VISIT")]
        visits: Vec<Reference>,
    },
    /// List the visits of a referral by time
    List(List),
    /// Import visits from a table or a home-care instance; a second time changes nothing
    Import(import::Import),
}

const ADD_EXAMPLES: &str = "\
Examples:
  $ caredesk visit add REF-7K3M9Q --start \"tomorrow 9:30\" --duration 45
  $ caredesk visit add REF-7K3M9Q --start \"monday 8:00\" --duration 30 --weekly daily --until +8w";

#[derive(Args)]
#[command(after_help = ADD_EXAMPLES)]
struct Add {
    /// Its code or the beginning of it
    referral: Reference,
    /// "2026-12-01 09:00", "tomorrow 9:30", "monday 18:00"
    #[arg(long, value_name = "WHEN")]
    start: Moment,
    /// Minutes, or 45m, 1h, 1h30
    #[arg(long, value_name = "MIN", value_parser = time::minutes)]
    duration: i64,
    /// Repeat on these days: mon,wed,fri, daily, weekdays, weekends
    #[arg(long, value_name = "DAYS", value_parser = weekdays, requires = "until")]
    weekly: Option<Days>,
    /// The last day of the repetition
    #[arg(long, value_name = "DAY", requires = "weekly")]
    until: Option<Day>,
    /// Whatever else should be known
    #[arg(long, value_name = "TEXT", value_parser = text::free, allow_hyphen_values = true)]
    note: Option<String>,
}

/// The days of a repetition, as one value of the command line.
#[derive(Clone)]
struct Days(Vec<Weekday>);

fn weekdays(text: &str) -> Result<Days, String> {
    time::weekdays(text).map(Days)
}

#[derive(Args)]
struct Edit {
    /// Its code or the beginning of it
    visit: Reference,
    #[command(flatten)]
    change: Change,
}

// At least one of these. (A doc comment here would become the help of the whole verb.)
#[derive(Args)]
#[group(required = true, multiple = true)]
struct Change {
    /// When it is to be: "2026-12-01 09:00", "tomorrow 9:30", "monday 18:00"
    #[arg(long, value_name = "WHEN")]
    start: Option<Moment>,
    /// Minutes, or 45m, 1h, 1h30
    #[arg(long, value_name = "MIN", value_parser = time::minutes)]
    duration: Option<i64>,
    /// `none` clears it
    #[arg(long, value_name = "TEXT", value_parser = edit::or_none(text::free), allow_hyphen_values = true)]
    note: Option<edit::Edit<String>>,
}

#[derive(Args)]
struct List {
    /// Its code or the beginning of it
    referral: Reference,
    /// Only from this day on
    #[arg(long, value_name = "DAY")]
    from: Option<Day>,
    /// Only up to this day
    #[arg(long, value_name = "DAY")]
    to: Option<Day>,
    /// Leave cancelled visits out
    #[arg(long)]
    planned: bool,
    #[command(flatten)]
    page: Page,
}

pub(crate) fn run(context: &Context, command: Visit) -> Result<()> {
    match command.verb {
        Verb::Add(add) => self::add(context, &add),
        Verb::Edit(edit) => self::edit(context, &edit),
        Verb::Cancel { visits } => cancel(context, &visits),
        Verb::List(list) => self::list(context, &list),
        Verb::Import(import) => import::run(context, &import),
    }
}

fn add(context: &Context, command: &Add) -> Result<()> {
    let change_report = context.out.change_report()?;
    let made = context.write(|tx| {
        let referral =
            store::lookup::<store::referral::HubReferral>(tx, &command.referral, context.visibility())?;
        context.actor.may(Action::ChangeVisits)?;
        referral.must_be_open()?;
        let made = planned(context, tx, command, &referral)?;
        store::visit::insert(tx, &made)?;
        let entries = made
            .iter()
            .map(|visit| context.entry("visit.add", &visit.code, None::<&()>, Some(&visit.view())));
        context.audit_all(tx, &entries.collect::<Result<Vec<_>>>()?)?;
        Ok(made)
    })?;
    let views: Vec<VisitView> = made.iter().map(visit::Visit::view).collect();
    let sentence = match views.as_slice() {
        [one] => format!(
            "Planned the visit {} on {}, {} min.",
            one.code,
            local(context, one),
            one.duration_minutes
        ),
        several => format!(
            "Planned {} visits of {} min, from {}.",
            several.len(),
            command.duration,
            several.first().map(|one| local(context, one)).unwrap_or_default()
        ),
    };
    change_report.say_all(Outcome::Created, &sentence, &views)
}

fn local(context: &Context, visit: &VisitView) -> String {
    visit.start.with_timezone(&context.zone).format("%a %-d %B %Y at %H:%M").to_string()
}

fn planned(
    context: &Context,
    tx: &mut Tx<'_>,
    command: &Add,
    referral: &Referral,
) -> Result<Vec<visit::Visit>> {
    let first = command
        .start
        .resolve(context.today, context.zone)
        .map_err(|why| Error::invalid("visit.start", why))?;
    let starts = match (&command.weekly, command.until) {
        (Some(Days(days)), Some(until)) => {
            let until: NaiveDate = until.resolve(context.today);
            visit::repeated(first.with_timezone(&context.zone).naive_local(), days, until, context.zone)?
        }
        _ => vec![first],
    };
    let mut taken = Vec::new();
    starts
        .into_iter()
        .map(|start| {
            let code = context.code(Prefix::Visit, |code| {
                Ok(taken.iter().any(|known| known == code) || store::visit::is_code_taken(tx, code)?)
            })?;
            taken.push(code.clone());
            let visit = visit::Visit::planned(context.key(), code, referral, start, command.duration);
            Ok(visit::Visit { note: command.note.clone(), ..visit })
        })
        .collect()
}

fn edit(context: &Context, command: &Edit) -> Result<()> {
    let change_report = context.out.change_report()?;
    let change = &command.change;
    let start = change.start.map(|start| start.resolve(context.today, context.zone)).transpose();
    let start = start.map_err(|why| Error::invalid("visit.start", why))?;
    let (outcome, after) = context.write(|tx| {
        let before = store::lookup::<visit::Visit>(tx, &command.visit, context.visibility())?;
        context.actor.may(Action::ChangeVisits)?;
        before.must_be_planned()?;
        let after = visit::Visit {
            start: start.unwrap_or(before.start),
            minutes: change.duration.unwrap_or(before.minutes),
            note: edit::apply(change.note.as_ref(), before.note.clone()),
            ..before.clone()
        };
        save(context, tx, "visit.edit", &before, &after)
    })?;
    warn_of_difference(context, &after);
    let view = after.view();
    let sentence = match outcome {
        Outcome::Unchanged => format!("Nothing to change: the visit {} stays as it is.", view.code),
        _ => format!(
            "The visit {} is now on {}, {} min.",
            view.code,
            local(context, &view),
            view.duration_minutes
        ),
    };
    change_report.say(outcome, &sentence, &view)
}

fn save(
    context: &Context,
    tx: &mut Tx<'_>,
    action: &'static str,
    before: &visit::Visit,
    after: &visit::Visit,
) -> Result<(Outcome, visit::Visit)> {
    if after == before {
        return Ok((Outcome::Unchanged, before.clone()));
    }
    store::visit::update(tx, after)?;
    context.audit(tx, action, &after.code, Some(&before.view()), Some(&after.view()))?;
    Ok((Outcome::Updated, after.clone()))
}

/// Rule 1.7: the provider still sees, or has accepted, the offered times.
fn warn_of_difference(context: &Context, visit: &visit::Visit) {
    let Some(offered) = visit.differs_from_offer() else { return };
    let (package, was, is) = (&offered.package, offered.offered_duration_minutes, visit.minutes);
    let what = if was == is {
        let was = offered.offered_start.with_timezone(&context.zone).format("%a %-d %B %H:%M");
        format!(
            "{package} was offered with the visit {} on {was}; recall and send again to offer the new time",
            visit.code
        )
    } else {
        format!("{package} was offered with {was} min; recall and send again to offer {is} min")
    };
    context.out.warn(&format!("{what}: `caredesk outsource resend {package}`"));
}

fn cancel(context: &Context, visits: &[Reference]) -> Result<()> {
    let change_report = context.out.change_report()?;
    let done = context.write(|tx| {
        let mut done = Vec::new();
        for reference in visits {
            let before = store::lookup::<visit::Visit>(tx, reference, context.visibility())?;
            context.actor.may(Action::ChangeVisits)?;
            let after = visit::Visit { status: VisitStatus::Cancelled, ..before.clone() };
            done.push(save(context, tx, "visit.cancel", &before, &after)?);
        }
        Ok(done)
    })?;
    for (_, visit) in done.iter().filter(|(outcome, _)| *outcome == Outcome::Updated) {
        if let Some(offered) = &visit.outsourced {
            context.out.warn(&format!(
                "{} stays in {}, which is {}: let the provider know",
                visit.code, offered.package, offered.status
            ));
        }
    }
    let was_done = done.iter().any(|(outcome, _)| *outcome == Outcome::Updated);
    let views: Vec<VisitView> = done.iter().map(|(_, visit)| visit.view()).collect();
    let codes: Vec<&str> = views.iter().map(|view| view.code.as_str()).collect();
    let (outcome, sentence) = if was_done {
        (Outcome::Updated, format!("Cancelled {}.", codes.join(", ")))
    } else {
        (Outcome::Unchanged, format!("{} cancelled already.", codes.join(", ")))
    };
    change_report.say_all(outcome, &sentence, &views)
}

fn list(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    let from = command.from.map(|day| midnight(context, day.resolve(context.today))).transpose()?;
    let to = command
        .to
        .and_then(|day| day.resolve(context.today).succ_opt())
        .map(|day| midnight(context, day))
        .transpose()?;
    let status = command.planned.then_some(VisitStatus::Planned);
    let mut list = context.out.list::<VisitView>()?;
    context.read(|tx| {
        let referral =
            Some(store::lookup::<store::referral::HubReferral>(tx, &command.referral, visibility)?.id);
        let start = store::lookup_optional::<visit::Visit>(tx, command.page.after.as_ref(), visibility)?;
        let page = |after: Option<&visit::Visit>, limit| {
            store::visit::list(tx, &Filter { id: None, referral, from, to, status, after }, visibility, limit)
        };
        context.out.pages(command.page.limit, start, &mut list, page, visit::Visit::view)
    })?;
    list.end("no visits")
}

fn midnight(context: &Context, day: NaiveDate) -> Result<chrono::DateTime<chrono::Utc>> {
    time::start_of(day, context.zone).map_err(|why| Error::invalid("visit.day", why))
}
