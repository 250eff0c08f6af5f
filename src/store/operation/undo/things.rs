//! The things that an import created or changed. Of a hundred thousand a few megabytes are kept: names and keys of rows as
//! hashes, of which two are practically never the same.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, RandomState};

use super::super::tables::{KINDS, Kind, TABLES};
use crate::db::{Journaled, Taken};
use crate::store::prelude::*;

/// Statements whose rows are in memory at once.
const STATEMENTS: i64 = 8;

/// The place of its kind among [`KINDS`], and its id.
pub(super) type ThingKey = (u8, Id<()>);

/// The place of a thing among all of an import.
pub(super) type Place = u32;

#[derive(Default)]
pub(super) struct Things {
    hasher: RandomState,
    /// Sorted, each with whether the import created it.
    all: Vec<(ThingKey, bool)>,
    /// The names under which the audit trail knows them, sorted.
    names: Vec<(u64, Place)>,
    /// The rows that were added, each with its table's place among [`TABLES`] and its id, sorted.
    added: Vec<(u8, Id<()>, Place)>,
    /// The rows that were added or changed, sorted.
    rows: Vec<(u64, Place)>,
    /// Why things stay.
    stays: BTreeMap<Place, String>,
}

impl Things {
    pub(super) fn of(tx: &mut Tx<'_>, import: OperationId) -> Result<Things> {
        let mut found: BTreeMap<ThingKey, bool> = BTreeMap::new();
        each_taken(tx, import, |_, taken| {
            let kind = Kind::of_table(taken.table.table);
            let makes =
                taken.is_added && Kind::at(kind).is_some_and(|kind| kind.root == Some(taken.table.table));
            // What is left of a person who was erased has no id here.
            for (id, _) in taken.rows.iter().filter(|(id, _)| *id != Id::NIL) {
                *found.entry((kind, *id)).or_default() |= makes;
            }
            Ok(())
        })?;
        let mut things = Things { all: found.into_iter().collect(), ..Things::default() };
        each_taken(tx, import, |_, taken| {
            things.add_rows(&taken);
            Ok(())
        })?;
        things.added.sort_unstable();
        things.rows.sort_unstable();
        Ok(things)
    }

    fn add_rows(&mut self, taken: &Taken) {
        let (kind, table) = (Kind::of_table(taken.table.table), place_of_table(taken.table.table));
        for (thing, key) in &taken.rows {
            let Some(place) = self.place_of((kind, *thing)) else { continue };
            self.rows.push((self.hasher.hash_one((table, key)), place));
            if taken.is_added
                && taken.table.key.len() == 1
                && let Ok(id) = key.parse()
            {
                self.added.push((table, Id::of(id), place));
            }
        }
    }

    pub(super) fn place_of(&self, key: ThingKey) -> Option<Place> {
        let at = self.all.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        Place::try_from(at).ok()
    }

    /// The thing at a place, and whether the import created it.
    pub(super) fn at(&self, place: Place) -> Option<(ThingKey, bool)> {
        self.all.get(usize::try_from(place).ok()?).copied()
    }

    /// All, each with whether it stays.
    pub(super) fn each(&self) -> impl Iterator<Item = (ThingKey, bool, bool)> {
        (0..).zip(&self.all).map(|(place, (key, is_created))| (*key, *is_created, self.does_stay(place)))
    }

    /// The places and ids of all of a kind.
    pub(super) fn of_kind(&self, kind: u8) -> Vec<(Place, Id<()>)> {
        let begin = self.all.partition_point(|(key, _)| key.0 < kind);
        let all = (0..).zip(&self.all).skip(begin);
        all.take_while(|(_, (key, _))| key.0 == kind).map(|(place, (key, _))| (place, key.1)).collect()
    }

    pub(super) fn does_stay(&self, place: Place) -> bool {
        self.stays.contains_key(&place)
    }

    /// Whether a row of this thing is taken back.
    pub(super) fn goes(&self, key: ThingKey) -> bool {
        self.place_of(key).is_none_or(|place| !self.does_stay(place))
    }

    pub(super) fn stays(&self) -> &BTreeMap<Place, String> {
        &self.stays
    }

    /// A thing stays for this reason, whatever else keeps it.
    pub(super) fn stay_for(&mut self, place: Place, why: String) {
        self.stays.insert(place, why);
    }

    /// A thing stays for this reason, if for no other.
    pub(super) fn stay(&mut self, place: Place, why: impl FnOnce() -> String) {
        self.stays.entry(place).or_insert_with(why);
    }

    /// Adds names under which the trail knows things; [`Things::sort_names`] comes before the next look-up.
    pub(super) fn call(&mut self, names: &[(String, Place)]) {
        let hasher = &self.hasher;
        self.names.extend(names.iter().map(|(name, place)| (hasher.hash_one(name.as_str()), *place)));
    }

    pub(super) fn sort_names(&mut self) {
        self.names.sort_unstable();
    }

    /// The things of a name.
    pub(super) fn called(&self, name: &str) -> impl Iterator<Item = Place> + Clone {
        let hash = self.hasher.hash_one(name);
        let begin = self.names.partition_point(|(known, _)| *known < hash);
        let rest = self.names.get(begin..).unwrap_or_default();
        rest.iter().take_while(move |(known, _)| *known == hash).map(|(_, place)| *place)
    }

    /// The ids of the rows that were added to a table, each with its thing.
    pub(super) fn added_to(&self, table: &str) -> Vec<(Id<()>, Place)> {
        let table = place_of_table(table);
        let begin = self.added.partition_point(|(known, _, _)| *known < table);
        let rest = self.added.get(begin..).unwrap_or_default();
        rest.iter().take_while(|(known, _, _)| *known == table).map(|(_, id, place)| (*id, *place)).collect()
    }

    /// The thing of a row that the import added or changed.
    pub(super) fn of_row(&self, table: &Journaled, key: &str) -> Option<Place> {
        let hash = self.hasher.hash_one((place_of_table(table.table), key));
        let at = self.rows.partition_point(|(known, _)| *known < hash);
        self.rows.get(at).filter(|(known, _)| *known == hash).map(|(_, place)| *place)
    }

    /// What people call these things.
    pub(super) fn names_of(&self, tx: &mut Tx<'_>, places: &[Place]) -> Result<HashMap<Place, String>> {
        let mut names = HashMap::new();
        for (kind, of) in (0..).zip(KINDS) {
            let things = places.iter().filter_map(|place| Some((self.at(*place)?.0, *place)));
            let ids: HashMap<Id<()>, Place> =
                things.filter(|(key, _)| key.0 == kind).map(|(key, place)| (key.1, place)).collect();
            let all: Vec<Id<()>> = ids.keys().copied().collect();
            for (table, column, name) in of.names.iter().filter(|_| !all.is_empty()) {
                for (id, name) in tx.called(table, column, name, &all)? {
                    if let Some(place) = ids.get(&id) {
                        names.entry(*place).or_insert(name);
                    }
                }
            }
        }
        Ok(names)
    }
}

fn place_of_table(table: &str) -> u8 {
    let place = TABLES.iter().position(|known| known.table == table);
    place.and_then(|place| u8::try_from(place).ok()).unwrap_or(u8::MAX)
}

/// What each statement of an import did, the last first.
pub(super) fn each_taken(
    tx: &mut Tx<'_>, import: OperationId, mut take: impl FnMut(&mut Tx<'_>, Taken) -> Result<()>,
) -> Result<()> {
    let mut last = tx.journal_end(import)?;
    while last > 0 {
        for taken in tx.journal_of(import, TABLES, (last - STATEMENTS, last))? {
            take(tx, taken)?;
        }
        last -= STATEMENTS;
    }
    Ok(())
}
