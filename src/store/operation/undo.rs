//! Takes an import back: what was not changed since and is not referred to is as it was before (rule 5.6).

use std::collections::{BTreeMap, HashMap, HashSet};

use super::tables::{KINDS, Kind, OTHERS, TABLES};
use super::{Written, entries, mark_undone};
use crate::db::{Referring, Taken};
use crate::model::operation::{Operation, Stays, UndoCounts};
use crate::store::prelude::*;

/// Entries in memory at once.
const CHUNK: i64 = 1_000;

/// The place of its kind among [`KINDS`], and its id.
type ThingKey = (usize, Id<()>);

/// By table and key, the things of the rows that were added.
type AddedRows = HashMap<&'static str, HashMap<Id<()>, ThingKey>>;

#[derive(Default)]
struct Thing {
    is_created: bool,
    names: Vec<String>,
    /// Why it stays.
    why: Option<String>,
}

/// Decides what of an import can be taken back, and does it.
pub(crate) struct Undo {
    import: Operation,
    taken: Vec<Taken>,
    things: HashMap<ThingKey, Thing>,
    by_name: HashMap<String, Vec<ThingKey>>,
}

impl Undo {
    pub(crate) fn new(tx: &mut Tx<'_>, import: &Operation) -> Result<Undo> {
        let taken = tx.journal_of(import.id, TABLES)?;
        let mut things: HashMap<ThingKey, Thing> = HashMap::new();
        for one in &taken {
            let kind = Kind::of_table(one.table.table);
            let makes =
                one.is_added && KINDS.get(kind).is_some_and(|kind| kind.root == Some(one.table.table));
            // What is left of a person who was erased has no id here.
            for (id, _) in one.rows.iter().filter(|(id, _)| *id != Id::NIL) {
                things.entry((kind, *id)).or_default().is_created |= makes;
            }
        }
        let mut undo = Undo { import: import.clone(), taken, things, by_name: HashMap::new() };
        undo.name(tx)?;
        undo.keep_what_was_changed(tx)?;
        undo.keep_who_has_acted(tx)?;
        undo.keep_what_was_moved(tx)?;
        undo.keep_what_was_outsourced(tx)?;
        undo.keep_what_is_referred_to(tx)?;
        Ok(undo)
    }

    /// The names under which the audit trail knows each thing.
    fn name(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        for (place, kind) in KINDS.iter().enumerate() {
            let ids: Vec<Id<()>> = self.things.keys().filter(|key| key.0 == place).map(|key| key.1).collect();
            for (table, column, name) in kind.names.iter().filter(|_| !ids.is_empty()) {
                for (id, name) in tx.called(table, column, name, &ids)? {
                    self.call((place, id), name);
                }
            }
        }
        let mut others = Vec::new();
        self.each_entry(tx, |undo, entry| {
            // A contact may have got another number.
            let after = entry.after.as_deref().filter(|_| entry.action.starts_with("contact."));
            if let Some(number) = after.and_then(number_in)
                && let Some(keys) = undo.by_name.get(&number)
            {
                others.extend(keys.iter().map(|key| (*key, entry.subject.clone())));
            }
        })?;
        for (key, name) in others {
            self.call(key, name);
        }
        Ok(())
    }

    fn call(&mut self, key: ThingKey, name: String) {
        let known = self.by_name.entry(name.clone()).or_default();
        if !known.contains(&key) {
            known.push(key);
            self.things.entry(key).or_default().names.push(name);
        }
    }

    fn each_entry(&self, tx: &mut Tx<'_>, mut take: impl FnMut(&Undo, Written)) -> Result<()> {
        let mut after = None;
        loop {
            let portion = entries(tx, &self.import, after, CHUNK)?;
            let Some(last) = portion.last() else { return Ok(()) };
            after = Some(last.number);
            for entry in portion {
                take(self, entry);
            }
        }
    }

    fn keep_what_was_changed(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let names: Vec<String> = self.by_name.keys().cloned().collect();
        for (name, action, why) in later_entries(tx, self.import.last_entry, &names)? {
            for key in self.by_name.get(&name).into_iter().flatten() {
                let is_about = KINDS.get(key.0).is_some_and(|kind| kind.is_about(&action));
                if let Some(thing) = self.things.get_mut(key).filter(|_| is_about) {
                    thing.why = Some(why.clone());
                }
            }
        }
        Ok(())
    }

    /// The trail names an account by its login, which must not come to mean another.
    fn keep_who_has_acted(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let kind = Kind::of_table("account");
        let is_account = |keys: &Vec<ThingKey>| keys.iter().any(|key| key.0 == kind);
        let logins: Vec<String> = self
            .by_name
            .iter()
            .filter(|(_, keys)| is_account(keys))
            .map(|(login, _)| login.clone())
            .collect();
        for login in acted(tx, self.import.last_entry, &logins)? {
            for key in self.by_name.get(&login).into_iter().flatten().filter(|key| key.0 == kind) {
                let created =
                    self.things.get_mut(key).filter(|thing| thing.is_created && thing.why.is_none());
                if let Some(thing) = created {
                    thing.why = Some("it has been used since".to_owned());
                }
            }
        }
        Ok(())
    }

    /// What belonged to a client or a provider that was merged into another since would be given back to the one that is
    /// given up (rule 5.7).
    fn keep_what_was_moved(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let merged = merged(tx)?;
        if merged.is_empty() {
            return Ok(());
        }
        rows_before(tx, self.import.id, |key, before| {
            let owner = ids_in(before).find_map(|id| merged.get(&id));
            if let (Some(why), Some(thing)) = (owner, self.things.get_mut(&key)) {
                thing.why.get_or_insert_with(|| why.clone());
            }
        })
    }

    /// The provider of a package knows when its visits are.
    fn keep_what_was_outsourced(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let kind = Kind::of_table("visit");
        let changed = self.things.iter().filter(|(key, thing)| key.0 == kind && !thing.is_created);
        let visits: Vec<Id<()>> = changed.map(|(key, _)| key.1).collect();
        for (visit, package) in outsourced(tx, &visits)? {
            if let Some(thing) = self.things.get_mut(&(kind, visit)) {
                thing.why.get_or_insert_with(|| format!("package {package} has it"));
            }
        }
        Ok(())
    }

    /// A thing that was created stays if a row refers to it that stays.
    fn keep_what_is_referred_to(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let (parents, own) = self.rows();
        // What is referred to by a thing of this import, which may stay too.
        let mut between: Vec<(ThingKey, ThingKey)> = Vec::new();
        let mut others = Vec::new();
        let references = tx.references()?;
        for (child, place, parent) in references.iter().cloned() {
            let Some(ids) = parents.get(parent.as_str()).filter(|_| !OTHERS.contains(&child.as_str())) else {
                continue;
            };
            let table = TABLES.iter().find(|table| table.table == child);
            let all: Vec<Id<()>> = ids.keys().copied().collect();
            for Referring { id, key, called } in tx.referring(&references, (&child, &place), table, &all)? {
                let Some(target) = ids.get(&id) else { continue };
                match own.get(&(child.as_str(), key.as_str())) {
                    Some(thing) if thing == target => {}
                    Some(thing) => between.push((*thing, *target)),
                    None => others.push((*target, called)),
                }
            }
        }
        for (target, called) in others {
            self.refer(target, &called);
        }
        self.spread(&between);
        Ok(())
    }

    fn refer(&mut self, target: ThingKey, called: &str) {
        if let Some(thing) = self.things.get_mut(&target).filter(|thing| thing.why.is_none()) {
            thing.why = Some(format!("{called} refers to it"));
        }
    }

    fn spread(&mut self, between: &[(ThingKey, ThingKey)]) {
        let stays =
            |things: &HashMap<ThingKey, Thing>, key| things.get(key).is_some_and(|thing| thing.why.is_some());
        loop {
            let next: Vec<(ThingKey, ThingKey)> = between
                .iter()
                .filter(|(child, target)| stays(&self.things, child) && !stays(&self.things, target))
                .copied()
                .collect();
            if next.is_empty() {
                return;
            }
            for (child, target) in next {
                let name = self.things.get(&child).and_then(|thing| thing.names.first().cloned());
                if let Some(thing) = self.things.get_mut(&target) {
                    thing.why = Some(format!("{} stays, and refers to it", name.unwrap_or_default()));
                }
            }
        }
    }

    /// The rows that were added to each table, and the thing of each row that was added or changed.
    fn rows(&self) -> (AddedRows, HashMap<(&str, &str), ThingKey>) {
        let mut parents = AddedRows::new();
        let mut own = HashMap::new();
        for one in &self.taken {
            let kind = Kind::of_table(one.table.table);
            for (thing, key) in &one.rows {
                own.entry((one.table.table, key.as_str())).or_insert((kind, *thing));
                if one.is_added
                    && one.table.key.len() == 1
                    && let Ok(id) = key.parse()
                {
                    parents.entry(one.table.table).or_default().insert(Id::of(id), (kind, *thing));
                }
            }
        }
        (parents, own)
    }

    /// What it does, and what it leaves.
    pub(crate) fn counts(&self) -> UndoCounts {
        let mut numbers: BTreeMap<(usize, bool), u64> = BTreeMap::new();
        let mut stays = Vec::new();
        for ((kind, _), thing) in &self.things {
            match &thing.why {
                None => *numbers.entry((*kind, thing.is_created)).or_default() += 1,
                Some(why) => {
                    let thing = thing.names.first().cloned().unwrap_or_default();
                    stays.push(Stays { thing, why: why.clone() });
                }
            }
        }
        stays.sort_unstable();
        let words = |created: bool| {
            let counted = |((kind, is_created), count): (&(usize, bool), &u64)| {
                let kind = KINDS.get(*kind).filter(|_| *is_created == created)?;
                let noun = if *count == 1 { kind.singular } else { kind.plural };
                Some(format!("{count} {noun}"))
            };
            numbers.iter().filter_map(counted).collect()
        };
        UndoCounts { deleted: words(true), restored: words(false), stays }
    }

    /// The providers whose resources are searched otherwise afterwards.
    pub(crate) fn providers(&self) -> Vec<ProviderId> {
        let kind = Kind::of_table("provider");
        let undone = self.things.iter().filter(|(key, thing)| key.0 == kind && thing.why.is_none());
        undone.map(|((_, id), _)| Id::of(*id.uuid())).collect()
    }

    /// The entries of the import about what is taken back, the last first.
    pub(crate) fn entries(&self, tx: &mut Tx<'_>) -> Result<Vec<Written>> {
        let mut undone = Vec::new();
        self.each_entry(tx, |undo, entry| {
            let keys = undo.by_name.get(&entry.subject);
            let is_undone = |key| undo.things.get(key).is_some_and(|thing: &Thing| thing.why.is_none());
            if keys.is_some_and(|keys| keys.iter().all(is_undone)) {
                undone.push(entry);
            }
        })?;
        undone.reverse();
        Ok(undone)
    }

    /// Does it, and notes that the operation `by` did.
    pub(crate) fn take_back(&self, tx: &mut Tx<'_>, by: OperationId) -> Result<()> {
        for one in &self.taken {
            let kind = Kind::of_table(one.table.table);
            let goes = |(id, _): &&(Id<()>, String)| {
                self.things.get(&(kind, *id)).is_none_or(|thing| thing.why.is_none())
            };
            let rows: Vec<(Id<()>, String)> = one.rows.iter().filter(goes).cloned().collect();
            if !rows.is_empty() {
                tx.take_back(self.import.id, one, &rows)?;
            }
        }
        let kept: HashSet<&ThingKey> =
            self.things.iter().filter(|(_, thing)| thing.why.is_some()).map(|(key, _)| key).collect();
        mark_undone(tx, self.import.id, by, kept.len())
    }
}

/// The name, the action, and who did it when.
fn later_entries(tx: &mut Tx<'_>, after: i64, names: &[String]) -> Result<Vec<(String, String, String)>> {
    tx.all_in(sql!("operation/later_entries"), params![after], names, |row| {
        let (action, actor): (String, String) = (row.get("action")?, row.get("actor")?);
        let at: DateTime<Utc> = row.get("at")?;
        let why = format!("{action} by {actor} at {}", at.format("%Y-%m-%d %H:%M UTC"));
        Ok((row.get("subject")?, action, why))
    })
}

fn acted(tx: &mut Tx<'_>, after: i64, logins: &[String]) -> Result<Vec<String>> {
    tx.all_in(sql!("operation/acted"), params![after], logins, |row| row.get("actor"))
}

/// Why what belonged to each of those that were merged stays.
fn merged(tx: &mut Tx<'_>) -> Result<HashMap<Id<()>, String>> {
    let all = tx.all(sql!("operation/merged"), params![], |row| {
        let (code, other): (String, String) = (row.get("code")?, row.get("merged_into")?);
        Ok((row.get("id")?, format!("{code}, to which it belonged, was merged into {other}")))
    })?;
    Ok(all.into_iter().collect())
}

/// The thing of each row that was changed, and the row as JSON, one in memory at a time.
fn rows_before(tx: &mut Tx<'_>, import: OperationId, mut take: impl FnMut(ThingKey, &str)) -> Result<()> {
    tx.each(sql!("operation/rows_before"), params![import], |row| {
        let kind = Kind::of_table(&row.get::<String>("name")?);
        take((kind, row.get("thing_id")?), &row.get::<String>("before")?);
        Ok(())
    })
}

fn outsourced(tx: &mut Tx<'_>, visits: &[Id<()>]) -> Result<Vec<(Id<()>, String)>> {
    tx.all_in(sql!("operation/outsourced"), params![], visits, |row| {
        Ok((row.get("visit_id")?, row.get("code")?))
    })
}

/// The ids in a row that is kept as JSON.
fn ids_in(row: &str) -> impl Iterator<Item = Id<()>> {
    let row: BTreeMap<String, serde_json::Value> = serde_json::from_str(row).unwrap_or_default();
    row.into_values().filter_map(|value| value.as_str()?.parse().ok().map(Id::of))
}

/// The number of a contact in an entry about it.
fn number_in(after: &str) -> Option<String> {
    let view: serde_json::Value = serde_json::from_str(after).ok()?;
    view.get("number")?.as_str().map(str::to_owned)
}
