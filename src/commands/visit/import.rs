//! `visit import`: visits from a table or a home-care instance. Importing twice changes nothing.

use std::collections::{BTreeMap, HashMap, HashSet};

use clap::{Args, ValueEnum};

use crate::context::{Context, ImportOptions, Tx};
use crate::error::{Error, Result};
use crate::file::Input;
use crate::interchange::{csv_reader::CsvReader, hhcrsp, visits_csv};
use crate::model::access::Action;
use crate::model::audit::Entry;
use crate::model::code::Prefix;
use crate::model::import::{Counts, mapping};
use crate::model::reference::Reference;
use crate::model::referral::Referral;
use crate::model::time::Day;
use crate::model::visit::Visit;
use crate::model::visit_plan::{PlannedVisit, VisitPlan};
use crate::output::rejects::Rejects;
use crate::store;
use crate::store::visit::Filter;

const IMPORT_EXAMPLES: &str = "\
Examples:
  $ caredesk visit import REF-7K3M9Q week.csv
  $ caredesk visit import REF-7K3M9Q instance.json --date 2026-12-01 --patient p7";

#[derive(Args)]
#[command(after_help = IMPORT_EXAMPLES)]
pub(super) struct Import {
    /// Its code or the beginning of it
    referral: Reference,
    /// A table with the columns start and duration, perhaps note and id (`-` reads it from the standard input), or a
    /// home-care instance in JSON. Without an id, a row that is changed is another visit
    #[arg(value_name = "FILE|-", value_hint = clap::ValueHint::FilePath)]
    file: Input,
    /// [default: hhcrsp for a .json file, otherwise csv]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// The day that an instance is planned on
    #[arg(long, value_name = "DAY")]
    date: Option<Day>,
    /// Only this patient of an instance; may be given several times
    #[arg(long = "patient", value_name = "P")]
    patients: Vec<String>,
    /// Which column of a table holds a field: start="Visit start"
    #[arg(long = "map", value_name = "FIELD=COLUMN", value_parser = mapping)]
    mapping: Vec<(String, String)>,
    #[command(flatten)]
    options: ImportOptions,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A home-care instance, in JSON
    Hhcrsp,
    /// A table: CSV, TSV and their kin
    Csv,
}

pub(super) fn run(context: &Context, command: &Import) -> Result<()> {
    context.out.can_show::<Counts>()?;
    let visit_plan = read(context, command)?;
    let mut rejects = None;
    let taken = context.write(|tx| {
        let referral =
            store::lookup::<store::referral::HubReferral>(tx, &command.referral, context.visibility())?;
        context.actor.may(Action::ChangeVisits)?;
        referral.must_be_open()?;
        rejects = Some(collected(context, command, &visit_plan)?);
        let (read, rejected) = (visit_plan.read(), visit_plan.rejects.len() as u64);
        if !command.options.keep_going {
            Counts { read, rejected, ..Counts::default() }.all_or_nothing()?;
        }
        let changes = Changes::of(context, tx, &referral, &visit_plan.planned_visits)?;
        changes.save(context, tx)?;
        Ok((changes.counted(read, rejected), changes.updated))
    });
    if let Some(rejects) = rejects {
        rejects.tell(&context.out)?;
    }
    context.out.notes(&visit_plan.notes);
    let (counts, updated) = taken?;
    warn_of_differences(context, updated.iter().map(|(_, after)| after));
    context.out.report("Visits", &counts)?;
    counts.partial()
}

fn read(context: &Context, command: &Import) -> Result<VisitPlan> {
    let is_json = command.file.path().extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let format = command.format.unwrap_or(if is_json { Format::Hhcrsp } else { Format::Csv });
    match (format, command.date) {
        (Format::Hhcrsp, _) if !command.mapping.is_empty() => {
            Err(Error::usage("`--map` is for tables; an instance has no columns"))
        }
        (Format::Hhcrsp, None) => {
            Err(Error::usage("a home-care instance has no date: say the day with `--date`"))
        }
        (Format::Hhcrsp, Some(day)) => {
            let instance = hhcrsp::visits(&command.file)?;
            VisitPlan::of_instance(instance, &command.patients, day.resolve(context.today), context.zone)
        }
        (Format::Csv, Some(_)) => {
            Err(Error::usage("`--date` is for home-care instances; the rows of a table say their own"))
        }
        (Format::Csv, None) if !command.patients.is_empty() => {
            Err(Error::usage("`--patient` is for home-care instances"))
        }
        (Format::Csv, None) => {
            visits_csv::read(CsvReader::open(&command.file)?, &command.mapping, context.today, context.zone)
        }
    }
}

fn collected(context: &Context, command: &Import, visit_plan: &VisitPlan) -> Result<Rejects> {
    let mut rejects = context.rejects(&command.options, std::slice::from_ref(&command.file))?;
    for reject in &visit_plan.rejects {
        rejects.add(&reject.origin(), &reject.reason, &reject.columns, &reject.cells)?;
    }
    Ok(rejects)
}

/// The changes that a file makes to the existing visits.
struct Changes {
    made: Vec<Visit>,
    /// Each visit before and after.
    updated: Vec<(Visit, Visit)>,
    unchanged: u64,
}

impl Changes {
    /// Matches planned visits with existing ones, by source id or by code.
    fn of(
        context: &Context,
        tx: &mut Tx<'_>,
        referral: &Referral,
        planned_visits: &[PlannedVisit],
    ) -> Result<Changes> {
        let whole = Filter { referral: Some(referral.id), ..Filter::default() };
        let visits = store::visit::list(tx, &whole, context.visibility(), i64::MAX)?;
        let ids =
            |visit: &'_ Visit| [Some(visit.code.clone()), visit.source_id.clone()].into_iter().flatten();
        let known: HashMap<String, &Visit> =
            visits.iter().flat_map(|visit| ids(visit).map(move |id| (id, visit))).collect();
        let mut changes = Changes { made: Vec::new(), updated: Vec::new(), unchanged: 0 };
        let mut codes = HashSet::new();
        for planned in planned_visits {
            match known.get(&planned.source_id).map(|before| (*before, planned.applied_to(before))) {
                None => changes.made.push(new(context, tx, &mut codes, referral, planned)?),
                Some((before, after)) if after == *before => changes.unchanged += 1,
                Some((before, after)) => changes.updated.push((before.clone(), after)),
            }
        }
        Ok(changes)
    }

    fn save(&self, context: &Context, tx: &mut Tx<'_>) -> Result<()> {
        store::visit::insert(tx, &self.made)?;
        let mut entries: Vec<Entry> = Vec::new();
        for visit in &self.made {
            entries.push(context.entry("visit.import", &visit.code, None::<&()>, Some(&visit.view()))?);
        }
        for (before, after) in &self.updated {
            store::visit::update(tx, after)?;
            entries.push(context.entry(
                "visit.import",
                &after.code,
                Some(&before.view()),
                Some(&after.view()),
            )?);
        }
        context.audit_all(tx, &entries)
    }

    fn counted(&self, read: u64, rejected: u64) -> Counts {
        let (created, updated) = (self.made.len() as u64, self.updated.len() as u64);
        Counts { read, created, updated, unchanged: self.unchanged, rejected }
    }
}

fn new(
    context: &Context,
    tx: &mut Tx<'_>,
    codes: &mut HashSet<String>,
    referral: &Referral,
    planned: &PlannedVisit,
) -> Result<Visit> {
    let code = context
        .code(Prefix::Visit, |code| Ok(codes.contains(code) || store::visit::is_code_taken(tx, code)?))?;
    codes.insert(code.clone());
    let visit = Visit::planned(context.key(), code, referral, planned.start, planned.minutes);
    Ok(Visit { note: planned.note.clone(), source_id: Some(planned.source_id.clone()), ..visit })
}

/// Warns once for each package (rule 1.7).
fn warn_of_differences<'a>(context: &Context, changed: impl Iterator<Item = &'a Visit>) {
    let mut packages: BTreeMap<&str, u64> = BTreeMap::new();
    for offered in changed.filter_map(Visit::differs_from_offer) {
        *packages.entry(&offered.reference).or_default() += 1;
    }
    for (package, count) in packages {
        let what = if count == 1 {
            "1 visit that differs".to_owned()
        } else {
            format!("{count} visits that differ")
        };
        context.out.warn(&format!("{package} now has {what} from what was offered; recall and send again: `caredesk outsource resend {package}`"));
    }
}
