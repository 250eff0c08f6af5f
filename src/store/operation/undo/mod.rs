//! Takes an import back: what was not changed since and is not referred to is as it was before (rule 5.6).

mod things;

use std::collections::{BTreeMap, HashMap};

use self::things::{Place, ThingKey, Things, each_taken};
use super::tables::{KINDS, Kind, OTHERS, REFERRERS, TABLES};
use super::{Written, entries, entries_back, mark_undone};
use crate::db::Referring;
use crate::model::operation::{Operation, Stays, UndoCounts};
use crate::store::prelude::*;

/// Entries in memory at once: each may hold a long text, twice.
const ENTRIES: i64 = 200;

/// Things that are looked up at once.
const THINGS: usize = 1_000;

/// Decides what of an import can be taken back, and does it.
pub(crate) struct Undo {
    import: Operation,
    things: Things,
}

impl Undo {
    pub(crate) fn new(tx: &mut Tx<'_>, import: &Operation) -> Result<Undo> {
        let mut undo = Undo { import: import.clone(), things: Things::of(tx, import.id)? };
        undo.keep_what_was_changed(tx)?;
        undo.keep_contacts_of_other_numbers(tx)?;
        undo.keep_what_was_moved(tx)?;
        undo.keep_what_was_outsourced(tx)?;
        undo.keep_what_is_referred_to(tx)?;
        Ok(undo)
    }

    /// The trail knows things by their names.
    fn keep_what_was_changed(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        for (kind, of) in (0..).zip(KINDS) {
            for things in self.things.of_kind(kind).chunks(THINGS) {
                let places: HashMap<Id<()>, Place> = things.iter().map(|(place, id)| (*id, *place)).collect();
                let ids: Vec<Id<()>> = things.iter().map(|(_, id)| *id).collect();
                let mut named = Vec::new();
                for (table, column, name) in of.names {
                    let found = tx.called(table, column, name, &ids)?;
                    named.extend(found.into_iter().filter_map(|(id, name)| Some((name, *places.get(&id)?))));
                }
                self.keep_what_was_named(tx, &named)?;
                self.things.call(&named);
                if kind == Kind::of_table("account") {
                    self.keep_who_has_acted(tx, &named)?;
                }
            }
        }
        self.things.sort_names();
        Ok(())
    }

    /// Of things with these names, those that were changed stay.
    fn keep_what_was_named(&mut self, tx: &mut Tx<'_>, named: &[(String, Place)]) -> Result<()> {
        let mut places: HashMap<&str, Vec<Place>> = HashMap::new();
        for (name, place) in named {
            places.entry(name).or_default().push(*place);
        }
        let names: Vec<&str> = places.keys().copied().collect();
        for (name, action, why) in later_entries(tx, self.import.last_entry, &names)? {
            for place in places.get(name.as_str()).into_iter().flatten() {
                let kind = self.things.at(*place).and_then(|((kind, _), _)| Kind::at(kind));
                if kind.is_some_and(|kind| kind.is_about(&action)) {
                    self.things.stay_for(*place, why.clone());
                }
            }
        }
        Ok(())
    }

    /// A contact may have got another number.
    fn keep_contacts_of_other_numbers(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        if self.things.of_kind(Kind::of_table("contact")).is_empty() {
            return Ok(());
        }
        let (mut after, mut others) = (None, Vec::new());
        loop {
            let portion = entries(tx, &self.import, after, ENTRIES)?;
            let Some(last) = portion.last() else { break };
            after = Some(last.number);
            for entry in portion.iter().filter(|entry| entry.action.starts_with("contact.")) {
                let number = entry.after.as_deref().and_then(number_in);
                let number = number.filter(|number| *number != entry.subject).unwrap_or_default();
                others.extend(self.things.called(&number).map(|place| (entry.subject.clone(), place)));
            }
        }
        self.things.call(&others);
        self.things.sort_names();
        self.keep_what_was_named(tx, &others)
    }

    /// The trail names an account by its login, which must not come to mean another.
    fn keep_who_has_acted(&mut self, tx: &mut Tx<'_>, accounts: &[(String, Place)]) -> Result<()> {
        let logins: Vec<String> = accounts.iter().map(|(login, _)| login.clone()).collect();
        for login in acted(tx, self.import.last_entry, &logins)? {
            for (_, place) in accounts.iter().filter(|(known, _)| *known == login) {
                if self.things.at(*place).is_some_and(|(_, is_created)| is_created) {
                    self.things.stay(*place, || "it has been used since".to_owned());
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
            if let (Some(why), Some(place)) = (owner, self.things.place_of(key)) {
                self.things.stay(place, || why.clone());
            }
        })
    }

    /// The provider of a package knows when its visits are.
    fn keep_what_was_outsourced(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let kind = Kind::of_table("visit");
        let mut visits = self.things.of_kind(kind);
        visits.retain(|(place, _)| self.things.at(*place).is_some_and(|(_, is_created)| !is_created));
        for visits in visits.chunks(THINGS) {
            let ids: Vec<Id<()>> = visits.iter().map(|(_, id)| *id).collect();
            for (visit, package) in outsourced(tx, &ids)? {
                if let Some(place) = self.things.place_of((kind, visit)) {
                    self.things.stay(place, || format!("package {package} has it"));
                }
            }
        }
        Ok(())
    }

    /// A thing that was created stays if a row refers to it that stays.
    fn keep_what_is_referred_to(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        // What is referred to by a thing of this import, which may stay too.
        let mut between: Vec<(Place, Place)> = Vec::new();
        let references = tx.references()?;
        for (child, place, parent) in
            references.iter().filter(|(child, ..)| !OTHERS.contains(&child.as_str()))
        {
            let added = self.things.added_to(parent);
            if added.is_empty() {
                continue;
            }
            let table = TABLES.iter().find(|table| table.table == child);
            let query = tx.referring_to(&references, (child, place), table, REFERRERS)?;
            for added in added.chunks(THINGS) {
                let ids: Vec<Id<()>> = added.iter().map(|(id, _)| *id).collect();
                for Referring { id, key, called } in tx.referring(&query, &ids)? {
                    let at = added.binary_search_by_key(&id, |(id, _)| *id).ok();
                    let Some((_, target)) = at.and_then(|at| added.get(at)) else { continue };
                    match table.and_then(|table| self.things.of_row(table, &key)) {
                        Some(thing) if thing == *target => {}
                        Some(thing) => between.push((thing, *target)),
                        None => self.things.stay(*target, || format!("{called} refers to it")),
                    }
                }
            }
        }
        self.spread(tx, &between)
    }

    fn spread(&mut self, tx: &mut Tx<'_>, between: &[(Place, Place)]) -> Result<()> {
        loop {
            let is_next = |(child, target): &&(Place, Place)| {
                self.things.does_stay(*child) && !self.things.does_stay(*target)
            };
            let next: Vec<(Place, Place)> = between.iter().filter(is_next).copied().collect();
            if next.is_empty() {
                return Ok(());
            }
            let children: Vec<Place> = next.iter().map(|(child, _)| *child).collect();
            let names = self.things.names_of(tx, &children)?;
            for (child, target) in next {
                let name = names.get(&child).map_or("", String::as_str);
                self.things.stay(target, || format!("{name} stays, and refers to it"));
            }
        }
    }

    /// What it does, and what it leaves.
    pub(crate) fn counts(&self, tx: &mut Tx<'_>) -> Result<UndoCounts> {
        let mut numbers: BTreeMap<(u8, bool), u64> = BTreeMap::new();
        for ((kind, _), is_created, _) in self.things.each().filter(|(_, _, stays)| !stays) {
            *numbers.entry((kind, is_created)).or_default() += 1;
        }
        let places: Vec<Place> = self.things.stays().keys().copied().collect();
        let mut names = self.things.names_of(tx, &places)?;
        let stay = |(place, why): (&Place, &String)| Stays {
            thing: names.remove(place).unwrap_or_default(),
            why: why.clone(),
        };
        let mut stays: Vec<Stays> = self.things.stays().iter().map(stay).collect();
        stays.sort_unstable();
        let words = |created: bool| {
            let counted = |((kind, is_created), count): (&(u8, bool), &u64)| {
                let kind = Kind::at(*kind).filter(|_| *is_created == created)?;
                let noun = if *count == 1 { kind.singular } else { kind.plural };
                Some(format!("{count} {noun}"))
            };
            numbers.iter().filter_map(counted).collect()
        };
        Ok(UndoCounts { deleted: words(true), restored: words(false), stays })
    }

    /// The things of a kind that are searched otherwise afterwards.
    fn searched<N>(&self, table: &str) -> Vec<Id<N>> {
        let mut all = self.things.of_kind(Kind::of_table(table));
        all.retain(|(place, _)| !self.things.does_stay(*place));
        all.into_iter().map(|(_, id)| Id::of(*id.uuid())).collect()
    }

    /// Those whose resources are searched otherwise afterwards.
    pub(crate) fn providers(&self) -> Vec<ProviderId> {
        self.searched("provider")
    }

    pub(crate) fn clients(&self) -> Vec<ClientId> {
        self.searched("client")
    }

    pub(crate) fn contacts(&self) -> Vec<ContactId> {
        self.searched("contact")
    }

    /// Passes on the entries of the import about what is taken back, the last first, some in memory at a time.
    pub(crate) fn each_entry(
        &self, tx: &mut Tx<'_>, mut take: impl FnMut(&mut Tx<'_>, Vec<Written>) -> Result<()>,
    ) -> Result<()> {
        let mut before = None;
        loop {
            let mut portion = entries_back(tx, &self.import, before, ENTRIES)?;
            let Some(first) = portion.last() else { return Ok(()) };
            before = Some(first.number);
            portion.retain(|entry| {
                let mut things = self.things.called(&entry.subject).peekable();
                things.peek().is_some() && things.all(|place| !self.things.does_stay(place))
            });
            take(tx, portion)?;
        }
    }

    /// Does it, and notes that the operation `by` did.
    pub(crate) fn take_back(&self, tx: &mut Tx<'_>, by: OperationId) -> Result<()> {
        each_taken(tx, self.import.id, |tx, taken| {
            let kind = Kind::of_table(taken.table.table);
            let goes = |(id, _): &&(Id<()>, String)| self.things.goes((kind, *id));
            let rows: Vec<(Id<()>, String)> = taken.rows.iter().filter(goes).cloned().collect();
            if rows.is_empty() { Ok(()) } else { tx.take_back(self.import.id, &taken, &rows) }
        })?;
        mark_undone(tx, self.import.id, by, self.things.stays().len())
    }
}

/// The name, the action, and who did it when.
fn later_entries(tx: &mut Tx<'_>, after: i64, names: &[&str]) -> Result<Vec<(String, String, String)>> {
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
