//! Operations as the audit trail holds them: the entries of one transaction, which have one instant (rule 7.40).

use std::collections::HashMap;

use crate::model::operation::{Done, ImportOf, ImportStatus};
use crate::store::prelude::*;

/// The filter of a list of operations; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct DoneFilter<'a> {
    pub(crate) before: Option<i64>,
    pub(crate) by: Option<&'a str>,
    /// From one up to another.
    pub(crate) actions: (Option<&'a str>, Option<&'a str>),
    pub(crate) since: Option<DateTime<Utc>>,
    /// Exclusive.
    pub(crate) until: Option<DateTime<Utc>>,
    pub(crate) on: Option<&'a str>,
    /// The one with this entry.
    pub(crate) entry: Option<i64>,
}

/// An operation before it is known whether it was taken back.
struct Found {
    done: Done,
    first_action: String,
    first_subject: String,
}

/// The actions at each instant, and whether an entry was erased.
type Actions = HashMap<DateTime<Utc>, (Vec<String>, bool)>;

/// Changes, the newest first; looks are none. After the entry `kept_from` it is kept what rows were.
pub(crate) fn changes(
    tx: &mut Tx<'_>, filter: &DoneFilter<'_>, kept_from: i64, limit: i64,
) -> Result<Vec<Done>> {
    let DoneFilter { before, by, actions: (from, to), since, until, on, entry } = *filter;
    let values = params![before, limit, by, from, to, since, until, on, entry];
    let found = tx.all(sql!("operation/changes"), values, |row| read(row, kept_from))?;
    let mut known = actions(tx, &found)?;
    let mut all: Vec<Done> = found.into_iter().map(|found| with_actions(found, &mut known)).collect();
    mark_undone(tx, &mut all)?;
    Ok(all)
}

fn read(row: &Row<'_>, kept_from: i64) -> Result<Found> {
    let (first, undone_by): (i64, Option<Id<()>>) = (row.get("first")?, row.get("undone_by")?);
    let status = ImportStatus::of(undone_by.is_some(), row.get::<Option<i64>>("kept")?.unwrap_or_default());
    // What takes an import back is an operation of its own.
    let is_undo = row.get::<Option<Id<()>>>("undoes")?.is_some();
    let import = row.get::<Option<String>>("code")?.filter(|_| !is_undo);
    let done = Done {
        first,
        last: row.get("last")?,
        at: row.get("at")?,
        by: row.get("by")?,
        acted_by: row.get("acted_by")?,
        action: row.get("action")?,
        subject: row.get("subject")?,
        actions: Vec::new(),
        import: import.map(|code| ImportOf { code, status }),
        undoes: None,
        undone: None,
        is_kept: first > kept_from,
        is_erased: row.get("erased")?,
    };
    Ok(Found { done, first_action: row.get("first_action")?, first_subject: row.get("first_subject")? })
}

/// The actions at each instant, and whether an entry of it was erased; not of imports, which have as many entries as rows.
fn actions(tx: &mut Tx<'_>, found: &[Found]) -> Result<Actions> {
    let others = found.iter().filter(|found| found.done.import.is_none());
    let instants: Vec<DateTime<Utc>> = others.map(|found| found.done.at).collect();
    let mut known = Actions::new();
    let rows = tx.all_in(sql!("operation/actions"), params![], &instants, |row| {
        let (at, action): (DateTime<Utc>, String) = (row.get("at")?, row.get("action")?);
        Ok((at, action, row.get::<i64>("erased")? > 0))
    })?;
    for (at, action, erased) in rows {
        let (actions, is_erased) = known.entry(at).or_default();
        actions.push(action);
        *is_erased |= erased;
    }
    for (actions, _) in known.values_mut() {
        actions.sort_unstable();
    }
    Ok(known)
}

fn with_actions(found: Found, known: &mut Actions) -> Done {
    let Found { mut done, first_action, first_subject } = found;
    if done.import.is_none() {
        let (actions, is_erased) = known.remove(&done.at).unwrap_or_default();
        done.is_erased |= is_erased;
        done.actions = actions;
    }
    // The links of a new resource follow it; otherwise the thing itself comes last.
    if first_action == "provider.add-resource" {
        (done.action, done.subject) = (first_action, first_subject);
    }
    if done.action == "operation.undo" {
        done.undoes = done.subject.parse().ok();
    }
    done
}

/// What was taken back, unless that was taken back too.
fn mark_undone(tx: &mut Tx<'_>, all: &mut [Done]) -> Result<()> {
    let numbers: Vec<i64> = all.iter().map(|done| done.first).collect();
    let mut standing: HashMap<i64, (i64, DateTime<Utc>)> = HashMap::new();
    let mut waiting = numbers;
    let mut found: Vec<(i64, i64, DateTime<Utc>)> = Vec::new();
    while !waiting.is_empty() {
        let more = undos(tx, &waiting)?;
        waiting = more.iter().map(|(_, number, _)| *number).collect();
        found.extend(more);
    }
    // The newest first: each is known before what it has taken back.
    found.sort_unstable_by_key(|(_, number, _)| std::cmp::Reverse(*number));
    for (undone, number, at) in found {
        if !standing.contains_key(&number) {
            standing.insert(undone, (number, at));
        }
    }
    for done in all {
        done.undone = standing.get(&done.first).copied();
    }
    Ok(())
}

/// The number of what was taken back, of what has done it, and when.
fn undos(tx: &mut Tx<'_>, numbers: &[i64]) -> Result<Vec<(i64, i64, DateTime<Utc>)>> {
    let subjects: Vec<String> = numbers.iter().map(i64::to_string).collect();
    let rows = tx.all_in(sql!("operation/undos"), params![], &subjects, |row| {
        Ok((row.get::<String>("subject")?, row.get("number")?, row.get("at")?))
    })?;
    Ok(rows
        .into_iter()
        .filter_map(|(subject, number, at)| Some((subject.parse().ok()?, number, at)))
        .collect())
}

/// The alerts that an operation has queued about these things, each with how it stands.
pub(crate) fn alerts_of(
    tx: &mut Tx<'_>, at: DateTime<Utc>, [referrals, visits, packages]: [&[Id<()>]; 3],
) -> Result<Vec<(String, String)>> {
    let mut found = alerts_of_referrals(tx, at, referrals)?;
    found.extend(alerts_of_visits(tx, at, visits)?);
    found.extend(alerts_of_packages(tx, at, packages)?);
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn alert(row: &Row<'_>) -> Result<(String, String)> {
    Ok((row.get("code")?, row.get("state")?))
}

fn alerts_of_referrals(tx: &mut Tx<'_>, at: DateTime<Utc>, ids: &[Id<()>]) -> Result<Vec<(String, String)>> {
    tx.all_in(sql!("operation/alerts_of_referrals"), params![at], ids, alert)
}

fn alerts_of_visits(tx: &mut Tx<'_>, at: DateTime<Utc>, ids: &[Id<()>]) -> Result<Vec<(String, String)>> {
    tx.all_in(sql!("operation/alerts_of_visits"), params![at], ids, alert)
}

fn alerts_of_packages(tx: &mut Tx<'_>, at: DateTime<Utc>, ids: &[Id<()>]) -> Result<Vec<(String, String)>> {
    tx.all_in(sql!("operation/alerts_of_packages"), params![at], ids, alert)
}

pub(crate) fn forget_alerts(tx: &mut Tx<'_>, codes: &[String]) -> Result<()> {
    tx.run_in(sql!("operation/forget_alerts"), params![], codes)
}

/// Of the assignment that a referral has again, those that were withdrawn for this reason.
pub(crate) fn wake_alerts(tx: &mut Tx<'_>, referral: Id<()>, why: &str) -> Result<()> {
    tx.run(sql!("operation/wake_alerts"), params![referral, why]).map(drop)
}

/// Out of the way of others that get its position.
pub(crate) fn lift_status(tx: &mut Tx<'_>, status: Id<()>) -> Result<()> {
    tx.run(sql!("operation/lift_status"), params![status]).map(drop)
}
