//! Applies one source of `provider import`: a thousand providers at a time, each compared with the existing one.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::capacity::{self, Room};
use super::report::ProviderRun;
use super::source::Source;
use crate::commands::prelude::*;
use crate::context::ImportArgs;
use crate::interchange::hsds;
use crate::interchange::table::{self, Reading};
use crate::model::directory::{Listing, Reject};
use crate::model::import::Origin;
use crate::model::provider::imported::{
    Desired, EndedBySource, Existing, Line, Lines, Resource, program_key, provider_key,
};
use crate::model::provider::reconcile::{Reconciled, Step, reconcile_programs};
use crate::output::Outcome;
use crate::output::progress::Progress;
use crate::output::row_outcomes::Thing;
use crate::store::listed::{self, Listed, Placed};

/// Rows of one chunk are written in the order of their ids, which keeps index searches few; each is in memory twice.
const CHUNK: usize = 250;

/// Says what the source had before and has no more.
pub(super) fn apply(
    context: &Context, tx: &mut Tx<'_>, source: &Source, args: &ImportArgs, run: &mut ProviderRun<'_>,
    progress: &mut Progress,
) -> Result<()> {
    let known = store::provider::import::sources(tx)?;
    let origin = Origin::new(source.is_named.then_some(source.name.as_str()), source.name.clone(), &known)?;
    let mut existing = existing(tx, source)?;
    let mut known = 0;
    let gone = Gone::new(source, &existing);
    let mut absent = 0;
    let (mut others, mut written) = (Vec::new(), Vec::new());
    for (input, listings) in source.chunks(CHUNK) {
        let mut changed = Vec::new();
        for listing in listings {
            let desired = Desired::new(&source.name, listing);
            let before = existing.remove(&desired.provider.id).unwrap_or_default();
            known += u64::from(before.provider.is_some());
            if before.provider.as_ref().is_some_and(|was| was.merged_into.is_some()) {
                if let Some(was) = &before.provider {
                    run.unchanged(&row(input, listing), was)?;
                }
                continue;
            }
            if let Some(was) = before.provider.as_ref().filter(|_| desired.is_another_than(&before)) {
                others.push(another(source, input, listing, was));
                continue;
            }
            run.more.count(&desired, listing);
            let reconciled = desired.reconcile(before, |program| gone.has(program));
            absent += reconciled.absent;
            let said = listing.services.iter();
            let said = said.map(|one| (program_key(&source.name, one), one.capacity.as_ref()));
            let room = capacity::wanted(context, tx, &reconciled, said)?;
            if reconciled.is_new() {
                run.counts.created += 1;
            } else if reconciled.is_change() || !room.is_empty() {
                run.counts.updated += 1;
            } else {
                run.unchanged(&row(input, listing), &reconciled.provider)?;
                continue;
            }
            changed.push(Change { reconciled, row: row(input, listing), room });
        }
        written.extend(write(context, tx, changed, run)?);
        progress.step(listings.len() as u64);
    }
    store::resource::index(tx, &written)?;
    reject(run, &args.reading, &others)?;
    origin.must_be_proven(source.directory.listings.len() as u64, known)?;
    let missing = existing.values().filter(|existing| existing.provider.is_some()).count();
    run.remarks.notes.extend(left(&source.name, "providers", missing, ""));
    let way = "; `--complete` says that they have ended";
    run.remarks.notes.extend(left(&source.name, "programs", absent, way).filter(|_| source.has_programs()));
    Ok(())
}

/// A sentence about what a source had before, and the way to end it.
fn left(source: &str, what: &str, count: usize, way: &str) -> Option<String> {
    let sentence =
        format!("{what} that `{source}` had before and has no more: {count}; they stay as they are{way}");
    (count > 0).then_some(sentence)
}

/// A row that would turn a provider into another (rule 5.1).
fn another<'a>(source: &Source, input: &'a Input, listing: &Listing, was: &Provider) -> (&'a Input, Reject) {
    let (id, name, known, code) = (&listing.source_id, &listing.name, &was.name, &was.code);
    let reason = format!(
        "the id `{id}` of the source `{}` is `{known}` ({code}), and here it is `{name}`, of which neither name nor address \
         is known: say with `--source` where the file comes from, or rename {code} first",
        source.name
    );
    let columns = ["id", "name"].map(str::to_owned).into();
    (input, Reject { reason, columns, cells: vec![id.clone(), name.clone()], ..row(input, listing) })
}

/// Leaves out these rows. Those of a table are read once more, so that they can be written out whole (rule 5.4).
fn reject(run: &mut ProviderRun<'_>, how: &Reading, others: &[(&Input, Reject)]) -> Result<()> {
    for of_one_file in others.chunk_by(|(one, _), (next, _)| std::ptr::eq(*one, *next)) {
        let lines = of_one_file.iter().filter_map(|(_, row)| row.line).collect();
        let whole = match of_one_file.first() {
            Some((input, _)) if !hsds::is_folder(input)? => table::rows_at(input, how, &lines)?,
            _ => HashMap::new(),
        };
        for (_, row) in of_one_file {
            let found = row.line.and_then(|line| whole.get(&line));
            run.reject(found.unwrap_or(row), &row.reason)?;
        }
    }
    Ok(())
}

/// Where a provider stands in its file.
pub(super) fn row(input: &Input, listing: &Listing) -> Reject {
    let line = (listing.line > 0).then_some(listing.line);
    Reject { file: input.short_name(), line, ..Reject::default() }
}

/// The existing providers of the source.
fn existing(tx: &mut Tx<'_>, source: &Source) -> Result<HashMap<ProviderId, Existing>> {
    let providers = store::provider::import::imported(tx, &source.name)?;
    let mut existing: HashMap<ProviderId, Existing> = HashMap::with_capacity(providers.len());
    if providers.is_empty() {
        return Ok(existing);
    }
    for (provider, ended_by_source) in providers {
        let id = provider.id;
        existing.insert(id, Existing { provider: Some(provider), ended_by_source, ..Existing::default() });
    }
    let programs = store::provider::import::imported_programs(tx, &source.name)?;
    reconcile_programs(&mut existing, programs, &homes(source));
    let (name, all) = (&source.name, &mut existing);
    listed::imported(tx, name, all, |existing| &mut existing.lines.phones)?;
    listed::imported(tx, name, all, |existing| &mut existing.lines.addresses)?;
    listed::imported(tx, name, all, |existing| &mut existing.lines.details)?;
    listed::imported(tx, name, all, |existing| &mut existing.lines.opening_hours)?;
    listed::imported(tx, name, all, |existing| &mut existing.lines.contact_persons)?;
    listed::imported(tx, name, all, |existing| &mut existing.lines.remainders)?;
    Ok(existing)
}

/// The provider of each program in the source.
fn homes(source: &Source) -> HashMap<ResourceId, ProviderId> {
    let mut homes = HashMap::new();
    for listing in &source.directory.listings {
        let provider = provider_key(&source.name, listing);
        homes.extend(listing.services.iter().map(|service| (program_key(&source.name, service), provider)));
    }
    homes
}

/// Decides whether a program is gone from the source: one whose row was only rejected is not.
struct Gone {
    rejected: HashSet<String>,
}

impl Gone {
    fn new(source: &Source, existing: &HashMap<ProviderId, Existing>) -> Self {
        let rejects = source.directory.rejects.iter().filter(|_| !existing.is_empty());
        let known = source.directory.rejected_ids.iter().cloned();
        Gone { rejected: rejects.filter_map(Reject::service_id).chain(known).collect() }
    }

    fn has(&self, program: &Resource<'_>) -> bool {
        program.source_id.as_deref().is_some_and(|id| !self.rejected.contains(id))
    }
}

/// A provider as it will be, where it stands in its file, and how many more its resources can take.
pub(super) struct Change<'a> {
    pub(super) reconciled: Reconciled<'a>,
    pub(super) row: Reject,
    pub(super) room: Vec<Room>,
}

/// Returns the providers, whose words are still to be derived.
pub(super) fn write(
    context: &Context, tx: &mut Tx<'_>, changed: Vec<Change<'_>>, run: &mut ProviderRun<'_>,
) -> Result<Vec<ProviderId>> {
    let (mut rows, mut rooms) = (Vec::new(), Vec::new());
    let parted = changed.into_iter().map(|Change { reconciled, row, room }| {
        rows.push(row);
        rooms.extend(room);
        reconciled
    });
    let mut changed: Vec<Reconciled<'_>> = parted.collect();
    give_codes(context, tx, &mut changed)?;
    for (one, row) in changed.iter().zip(&rows) {
        record(run, one, row)?;
    }
    // Appending at the end of an index is cheapest.
    changed.sort_unstable_by_key(|one| one.provider.id);
    let new: Vec<_> = changed.iter().filter(|one| one.is_new()).map(|one| &one.provider).collect();
    store::provider::insert(tx, &new, context.now())?;
    for one in changed.iter().filter(|one| !one.is_new() && one.has_other_fields()) {
        let was_active = one.before.provider.as_ref().is_some_and(|before| before.active);
        let ended = Some(EndedBySource::Status);
        store::provider::update(tx, was_active, &one.provider, ended, context.now())?;
    }
    write_resources(tx, changed.iter().flat_map(|one| &one.steps))?;
    write_list(tx, &changed, |lines| &lines.phones)?;
    write_list(tx, &changed, |lines| &lines.addresses)?;
    write_list(tx, &changed, |lines| &lines.details)?;
    write_list(tx, &changed, |lines| &lines.opening_hours)?;
    write_list(tx, &changed, |lines| &lines.contact_persons)?;
    write_list(tx, &changed, |lines| &lines.remainders)?;
    run.flush(context, tx)?;
    capacity::set(context, tx, &rooms, run)?;
    Ok(changed.iter().map(|one| one.provider.id).collect())
}

/// Records what became of a provider, in the audit trail too.
fn record(run: &mut ProviderRun<'_>, one: &Reconciled<'_>, row: &Reject) -> Result<()> {
    let (writer, provider) = (run.writer(), &one.provider);
    if one.is_new() {
        run.outcomes.same(row, Outcome::Created, provider)?;
        run.add([writer.entry(&provider.code, None::<&()>, Some(&one.made()))?]);
        return Ok(());
    }
    if !one.is_change() {
        return run.outcomes.same(row, Outcome::Updated, provider);
    }
    let (before, after) = one.difference();
    run.add([writer.entry(&provider.code, Some(&before), Some(&after))?]);
    run.outcomes.differing(row, &Thing::named(provider, &provider.name), &before, after)
}

fn give_codes(context: &Context, tx: &mut Tx<'_>, changed: &mut [Reconciled<'_>]) -> Result<()> {
    let is_nameless = |one: &&mut Reconciled<'_>| one.is_new() && one.provider.code.is_empty();
    let new = changed.iter_mut().filter(is_nameless).count();
    let mut codes = context
        .codes(Prefix::Provider, new, |drawn| store::provider::import::taken_codes(tx, drawn))?
        .into_iter();
    for one in changed.iter_mut().filter(is_nameless) {
        one.provider.code = codes.next().unwrap_or_default();
    }
    let is_new = |step: &&mut Step<'_>| step.before.is_none() && step.after.code.is_empty();
    let new = changed.iter_mut().flat_map(|one| &mut one.steps).filter(is_new).count();
    let mut codes = context
        .codes(Prefix::Resource, new, |drawn| store::provider::import::taken_resource_codes(tx, drawn))?
        .into_iter();
    for step in changed.iter_mut().flat_map(|one| &mut one.steps).filter(is_new) {
        step.after.code = codes.next().unwrap_or_default();
    }
    Ok(())
}

fn write_resources<'a>(tx: &mut Tx<'_>, steps: impl Iterator<Item = &'a Step<'a>>) -> Result<()> {
    let (new, old): (Vec<&Step<'_>>, Vec<&Step<'_>>) = steps.partition(|step| step.before.is_none());
    let new: Vec<&Resource<'_>> = new.into_iter().map(|step| &step.after).collect();
    store::provider::import::insert_resources(tx, &new)?;
    for step in old.into_iter().filter(|step| step.is_change()) {
        store::provider::import::update_resource(tx, &step.after)?;
    }
    Ok(())
}

/// Replaces the list that `list` gives where it differs.
fn write_list<T: Listed + PartialEq>(
    tx: &mut Tx<'_>, changed: &[Reconciled<'_>],
    list: for<'l, 'a> fn(&'l Lines<'a>) -> &'l Vec<Line<Cow<'a, T>>>,
) -> Result<()> {
    let different = || changed.iter().filter(|one| list(&one.before.lines) != list(&one.lines));
    let old = different().filter(|one| !list(&one.before.lines).is_empty()).map(|one| one.provider.id);
    let lines: Vec<Placed<'_, T>> = different()
        .flat_map(|one| {
            let provider = one.provider.id;
            (0_i64..).zip(list(&one.lines)).map(move |(position, line)| (provider, position, line))
        })
        .collect();
    listed::replace(tx, old, &lines)
}
