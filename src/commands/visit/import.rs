//! `visit import`: visits from a table or a home-care instance. Importing twice changes nothing.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{alert_changed, concerns_provider};
use crate::commands::prelude::*;
use crate::context::{ImportArgs, ImportRun, names_in_note};
use crate::interchange::table::{self, Reading};
use crate::interchange::{hhcrsp, visits};
use crate::model::directory::Reject;
use crate::model::edit;
use crate::model::import::Summary;
use crate::model::import_kind::{FileFormat, ImportKind};
use crate::model::visit_plan::{PlannedVisit, VisitPlan};
use crate::store::referral::HubReferral;
use crate::store::visit::Filter;

#[derive(Args)]
#[command(mut_arg("files", |arg| arg.help(FILES)), mut_arg("format", |arg| arg.help(FORMAT)), after_help = "\
Examples:
  $ caredesk visit import REF-7K3M9Q week.csv
  $ caredesk visit import REF-7K3M9Q instance.json --date 2026-12-01 \\
      --patient p7

Columns: start, duration, note, provider_note, id, status. Without an id, a row that is changed is another visit. What `visit list` writes is read \
  as it is.")]
pub(super) struct Import {
    /// Code (or the beginning of it)
    referral: Reference,
    #[command(flatten)]
    args: ImportArgs,
    /// The day for which an instance is planned
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    date: Option<Day>,
    /// Only these patients of an instance
    #[arg(long = "patient", value_name = "P", num_args = 1..)]
    patients: Vec<String>,
    #[command(flatten)]
    even_so: EvenSo,
}

const FORMAT: &str = "The format: `csv` for any table, or `hhcrsp` [default: recognised from the content]";
const FILES: &str = "Tables, such as CSV, JSON lines or `.xlsx`, also packed, or home-care instances in JSON";

pub(super) fn run(context: &Context, command: &Import) -> Result<()> {
    context.out.can_show::<Summary>()?;
    let find = |tx: &mut Tx<'_>| store::lookup::<HubReferral>(tx, &command.referral, context.visibility());
    // A referral that is hidden from the actor is not found, rather than denied (rule 2.6).
    context.read(find)?;
    let plan = || read_all(context, command);
    let (run, done) = context.import_rows(ImportKind::Visits, &command.args, plan, |tx, run, plan| {
        let referral = find(tx)?;
        referral.must_be_open()?;
        command.even_so.must_live(tx, referral.client_id)?;
        run.remarks.clone_from(&plan.remarks);
        run.counts.read = plan.read();
        plan.rejects.iter().try_for_each(|reject| run.reject(reject, &reject.reason))?;
        if !command.args.keep_going {
            run.counts.all_or_nothing()?;
        }
        apply(context, tx, &referral, &plan.planned_visits, run)
    })?;
    run.report(context, done, |report, ()| context.out.report(ImportKind::Visits.things(), report))
}

fn read_all(context: &Context, command: &Import) -> Result<VisitPlan> {
    let mut plan = VisitPlan::default();
    for input in &command.args.files {
        plan.add(read(context, command, input)?);
    }
    Ok(plan)
}

fn read(context: &Context, command: &Import, input: &Input) -> Result<VisitPlan> {
    let reading = &command.args.reading;
    let format = command.args.format.map_or_else(|| recognised(input, reading), Ok)?;
    match (format, command.date) {
        (FileFormat::Hhcrsp, _) if !reading.mapping.is_empty() => {
            Err(Error::usage("`--map` is for tables; an instance has no columns"))
        }
        (FileFormat::Hhcrsp, None) => {
            Err(Error::usage("a home-care instance has no date: say the day with `--date`"))
        }
        (FileFormat::Hhcrsp, Some(day)) => {
            let instance = hhcrsp::visits(input)?;
            VisitPlan::of_instance(instance, &command.patients, day.resolve(context.today), context.zone)
        }
        (_, Some(_)) => {
            Err(Error::usage("`--date` is for home-care instances; the rows of a table say their own"))
        }
        (_, None) if !command.patients.is_empty() => {
            Err(Error::usage("`--patient` is for home-care instances"))
        }
        (_, None) => visits::read(input, reading, context.today, context.zone),
    }
}

/// An instance is one JSON object; a table in JSON is a list of objects, or `items` of one.
fn recognised(input: &Input, reading: &Reading) -> Result<FileFormat> {
    if input.path().extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("json")) {
        return Ok(FileFormat::Csv);
    }
    let opening = table::opening(input, reading)?;
    let inside = opening.trim_start().strip_prefix('{').map(str::trim_start);
    let is_instance = inside.is_some_and(|inside| !inside.starts_with("\"items\""));
    Ok(if is_instance { FileFormat::Hhcrsp } else { FileFormat::Csv })
}

/// A planned visit is one that came from it before, or the one whose code it names.
fn apply(
    context: &Context, tx: &mut Tx<'_>, referral: &Referral, planned_visits: &[PlannedVisit],
    run: &mut ImportRun<'_>,
) -> Result<()> {
    let whole = Filter { referral: Some(referral.id), ..Filter::default() };
    let visits = store::visit::list(tx, &whole, context.visibility(), i64::MAX)?;
    let ids = |visit: &'_ Visit| [Some(visit.code.clone()), visit.source_id.clone()].into_iter().flatten();
    let known: HashMap<String, &Visit> =
        visits.iter().flat_map(|visit| ids(visit).map(move |id| (id, visit))).collect();
    let (mut codes, mut new, mut updated, mut to_tell) = (HashSet::new(), Vec::new(), Vec::new(), Vec::new());
    for planned in planned_visits {
        match known.get(&planned.source_id).map(|before| (*before, planned.applied_to(before))) {
            None => new.push((planned_visit(context, tx, &mut codes, referral, planned)?, &planned.row)),
            Some((before, after)) => {
                if run.compared(&planned.row, before, &after, Visit::view)? {
                    store::visit::update(tx, &after)?;
                    to_tell.extend(concerns_provider(before, &after).then(|| after.clone()));
                    updated.push(after);
                }
            }
        }
    }
    let (new, rows): (Vec<Visit>, Vec<&Reject>) = new.into_iter().unzip();
    store::visit::insert(tx, &new)?;
    for cancelled in new.iter().filter(|visit| visit.is_cancelled()) {
        store::visit::update(tx, cancelled)?;
    }
    run.alerting(alert_changed(context, tx, &to_tell)?.as_ref());
    run.warnings = differences(&updated);
    let written = [new.as_slice(), updated.as_slice()].concat();
    run.warnings.extend(context.overlaps(tx, referral.client_id, &written)?);
    let notes: Vec<&str> = written.iter().filter_map(|visit| visit.provider_note.as_deref()).collect();
    run.warnings.extend(names_in_note(tx, referral.client_id, Some(&notes.join(" ")))?);
    new.iter().zip(rows).try_for_each(|(visit, row)| run.created(row, &visit.view()))
}

fn planned_visit(
    context: &Context, tx: &mut Tx<'_>, codes: &mut HashSet<String>, referral: &Referral,
    planned: &PlannedVisit,
) -> Result<Visit> {
    let code = context
        .code(Prefix::Visit, |code| Ok(codes.contains(code) || store::visit::is_code_taken(tx, code)?))?;
    codes.insert(code.clone());
    let visit = Visit::planned(context.key(), code, referral, planned.start, planned.minutes);
    let (note, source_id) = (edit::apply(planned.note.as_ref(), None), Some(planned.source_id.clone()));
    let provider_note = edit::apply(planned.provider_note.as_ref(), None);
    Ok(Visit { note, provider_note, source_id, status: planned.status, ..visit })
}

/// Once for each package (rule 1.7).
fn differences(changed: &[Visit]) -> Vec<String> {
    let (mut packages, mut cancelled) = (BTreeMap::<&str, u64>::new(), BTreeMap::<&str, u64>::new());
    for visit in changed {
        let offered =
            if visit.is_cancelled() { visit.outsourced.as_ref() } else { visit.differs_from_offer() };
        let counts = if visit.is_cancelled() { &mut cancelled } else { &mut packages };
        if let Some(offered) = offered {
            *counts.entry(&offered.reference).or_default() += 1;
        }
    }
    let different = packages.into_iter().map(|(package, count)| {
        let what = counted(count, "visit that differs", "visits that differ");
        format!(
            "{package} now has {what} from what was offered; recall and send again: `caredesk outsource resend {package}`"
        )
    });
    let cancelled = cancelled.into_iter().map(|(package, count)| {
        let what = counted(count, "visit that is cancelled", "visits that are cancelled");
        format!("{package} now has {what}: let the provider know")
    });
    different.chain(cancelled).collect()
}
