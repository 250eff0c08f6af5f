//! `schedule pdf`: a week on one page, of a referral or of a provider (rule 8.47).

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, Days};

use super::{likeliest_week, midnight, must_name_whose, provider, visits_of};
use crate::commands::prelude::*;
use crate::context::{ContactLook, Holder, Looks};
use crate::interchange::pdf::{self, DayPlan, PlannedVisit, WeekPlan};
use crate::model::held_visit::HeldVisit;
use crate::model::package::PackageStatus;
use crate::model::time::Week;
use crate::output::target::Destination;
use crate::store::held_visit::{self, Filter};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk schedule pdf --provider harbour --week 2026-W49 --file week.pdf
  $ caredesk schedule pdf REF-7K3M9Q --file - | lp

It is always one page. The type is as large as fits; where that would be too small to read, addresses and notes are left out, and \
  then visits, of which each day says how many.")]
pub(super) struct Pdf {
    /// The referral: code (or the beginning of it) [default for a provider: all that it has accepted]
    #[arg(conflicts_with = "provider")]
    referral: Option<Reference>,
    /// All visits that this provider has accepted
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// The week: 2026-W49 or any day in it [default: this week, or the next with a planned visit]
    #[arg(long, value_name = "WEEK", allow_hyphen_values = true)]
    week: Option<Week>,
    #[command(flatten)]
    destination: Destination,
}

view! {
    pub(super) struct Printed("schedule", |view| &view.file) {
        /// The ISO week, such as `2026-W49`.
        week: String => Code,
        visits: usize => Number,
        /// Those that have no room on the page.
        left_out: usize => Number,
        file: String => Text,
        bytes: usize => Number,
    }
}

/// The visits of one week, by start.
struct WeekVisits {
    hub: Option<String>,
    title: String,
    monday: NaiveDate,
    visits: Vec<Entry>,
    /// The command that lists them all.
    list: String,
}

struct Entry {
    start: DateTime<Utc>,
    minutes: i64,
    visit: PlannedVisit,
}

pub(super) fn run(context: &Context, command: &Pdf) -> Result<()> {
    context.report(|| {
        let to = &command.destination;
        let read = |tx: &mut Tx<'_>| match &command.referral {
            Some(referral) => of_referral(context, tx, referral, command.week),
            None => of_provider(context, tx, command.provider.as_ref(), command.week),
        };
        let mut left_out = 0;
        let build = |week: &WeekVisits| {
            let (bytes, missing) = pdf::week(&week.plan(context))?;
            left_out = missing;
            Ok(bytes)
        };
        let (week, bytes) = context.export_contacts_pdf("schedule.pdf", "schedule pdf", to, read, build)?;
        if left_out > 0 {
            let all = counted(week.visits.len(), "visit", "visits");
            context
                .out
                .warn(&format!("{left_out} of {all} have no room on the page; {} lists them", week.list));
        }
        if to.is_standard() {
            return Ok(None);
        }
        let done = Printed {
            week: week.monday.format("%G-W%V").to_string(),
            visits: week.visits.len(),
            left_out,
            file: to.name(),
            bytes,
        };
        let visits = counted(done.visits, "visit", "visits");
        let sentence = format!("Wrote week {} with {visits} to {}.", done.week, done.file);
        Ok(Some(Change::created(done).saying(sentence)))
    })
}

/// For the hub: who comes when.
fn of_referral(
    context: &Context, tx: &mut Tx<'_>, reference: &Reference, week: Option<Week>,
) -> Result<(WeekVisits, Looks)> {
    let referral = store::lookup::<store::referral::HubReferral>(tx, reference, context.visibility())?;
    let monday = match week {
        Some(week) => week.monday(context.today),
        None => likeliest_week(context, tx, &referral)?,
    };
    let end = monday.checked_add_days(Days::new(7));
    let visits = visits_of(context, tx, &referral, Some(monday), end)?;
    let filter = Filter {
        client: Some(referral.client_id),
        from: Some(midnight(context, monday)?),
        to: end.map(|day| midnight(context, day)).transpose()?,
        ..Filter::default()
    };
    let viewer = context.visit_viewer(tx)?;
    let held = held_visit::list(tx, &filter, viewer, i64::MAX)?;
    let held: HashMap<&str, &str> =
        held.iter().map(|visit| (visit.call.code.as_str(), visit.call.provider_name.as_str())).collect();
    let entry = |visit: &Visit| Entry {
        start: visit.start,
        minutes: visit.minutes,
        visit: PlannedVisit {
            time: time::span(visit.start, visit.minutes, context.zone),
            name: held
                .get(visit.code.as_str())
                .map_or_else(|| without_provider(visit), |name| (*name).to_owned()),
            place: None,
            note: None,
            is_cancelled: visit.is_cancelled(),
        },
    };
    let found = WeekVisits {
        hub: store::setting::hub_name(tx)?,
        title: format!("{} · {}", referral.client_name, referral.queue),
        monday,
        visits: visits.iter().map(entry).collect(),
        list: list(&referral.code, monday),
    };
    Ok((found, Looks { subject: referral.code, looks: Vec::new() }))
}

fn without_provider(visit: &Visit) -> String {
    match visit.outsourced.as_ref().map(|outsourced| outsourced.status) {
        Some(PackageStatus::Pending) => "not accepted yet",
        _ => "no provider",
    }
    .to_owned()
}

fn of_provider(
    context: &Context, tx: &mut Tx<'_>, named: Option<&Reference>, week: Option<Week>,
) -> Result<(WeekVisits, Looks)> {
    must_name_whose(context, named.is_some())?;
    let holder = context.holder(tx, named)?;
    let viewer = context.visit_viewer(tx)?;
    let monday = match week {
        Some(week) => week.monday(context.today),
        None => provider::likeliest_week(context, tx, &holder, viewer)?,
    };
    let to = monday.checked_add_days(Days::new(7)).map(|day| midnight(context, day)).transpose()?;
    let filter =
        Filter { provider: holder.provider, from: Some(midnight(context, monday)?), to, ..Filter::default() };
    let mut visits = held_visit::list(tx, &filter, viewer, i64::MAX)?;
    let looks = looks(context, tx, &mut visits)?;
    let Holder { names, code, .. } = holder;
    let code = code.unwrap_or_else(|| context.actor.account.login.clone());
    let found = WeekVisits {
        hub: store::setting::hub_name(tx)?,
        title: names,
        monday,
        visits: visits.iter().map(|visit| held_entry(context, visit)).collect(),
        list: list(&format!("--provider {code}"), monday),
    };
    Ok((found, Looks { subject: code, looks }))
}

/// Whose the visits are, as far as their provider sees it, also where the hub prints for it.
fn looks(context: &Context, tx: &mut Tx<'_>, visits: &mut [HeldVisit]) -> Result<Vec<ContactLook>> {
    if context.actor.is_portal() {
        return Ok(visits.iter().filter_map(ContactLook::at).collect());
    }
    let (mut looks, mut asked, mut hidden) = (Vec::new(), HashSet::new(), HashSet::new());
    for visit in visits {
        let Some(client) = visit.client.as_ref().map(|client| client.id) else { continue };
        if asked.insert(client) {
            match context.look_of_provider(tx, visit.provider_id, client)? {
                Some(look) => looks.push(look),
                None => drop(hidden.insert(client)),
            }
        }
        if hidden.contains(&client) {
            visit.client = None;
        }
    }
    Ok(looks)
}

fn held_entry(context: &Context, visit: &HeldVisit) -> Entry {
    let view = visit.view();
    let (start, minutes) = (view.call.start, view.call.duration_minutes);
    let place = [view.address, view.postal_code].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let name = view.client_name.map(|name| name.to_string());
    Entry {
        start,
        minutes,
        visit: PlannedVisit {
            time: time::span(start, minutes, context.zone),
            name: name.unwrap_or(view.call.package_reference),
            place: if place.is_empty() { view.area } else { Some(place) },
            note: view.call.provider_note,
            is_cancelled: visit.is_cancelled(),
        },
    }
}

fn list(whose: &str, monday: NaiveDate) -> String {
    let sunday = monday.checked_add_days(Days::new(6)).unwrap_or(monday);
    format!("`caredesk visit list {whose} --from {monday} --to {sunday}`")
}

impl WeekVisits {
    fn plan(&self, context: &Context) -> WeekPlan {
        const KIND: &str = "Week plan";
        WeekPlan {
            letterhead: self.hub.clone().unwrap_or_else(|| KIND.to_owned()),
            week: format!(
                "Week {} · {} · times are those of {}",
                self.monday.iso_week().week(),
                time::week_range(self.monday),
                context.zone.name()
            ),
            title: self.title.clone(),
            total: self.total(),
            days: (0..7).map(|day| self.day(context, day)).collect(),
            elsewhere: format!("{} lists all.", self.list),
            footer: context.printed_by(),
            author: context.actor.account.name.clone(),
            at: context.now(),
        }
    }

    fn day(&self, context: &Context, number: u64) -> DayPlan {
        let day = self.monday.checked_add_days(Days::new(number)).unwrap_or(self.monday);
        let is_of_day = |entry: &&Entry| entry.start.with_timezone(&context.zone).date_naive() == day;
        DayPlan {
            heading: day.format("%A %-d %b").to_string(),
            visits: self.visits.iter().filter(is_of_day).map(|entry| entry.visit.clone()).collect(),
        }
    }

    /// Cancelled visits take no time and are counted apart.
    fn total(&self) -> String {
        let planned = || self.visits.iter().filter(|entry| !entry.visit.is_cancelled);
        let minutes = planned().fold(0_i64, |sum, entry| sum.saturating_add(entry.minutes));
        let all = format!("{}, {}", counted(planned().count(), "visit", "visits"), text::duration(minutes));
        match self.visits.len() - planned().count() {
            0 => all,
            cancelled => format!("{all}; {cancelled} cancelled"),
        }
    }
}
