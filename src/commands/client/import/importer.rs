//! Takes people as rows of their source, each created or changed as `client create` and `client edit` would.

use std::collections::HashMap;

use super::Import;
use crate::commands::prelude::*;
use crate::context::{ImportRun, Seen};
use crate::interchange::fhir;
use crate::interchange::table::FoundRow;
use crate::model::client::{self, MergedClient};
use crate::model::code::{imported_key, looks_like_a_code, unlike_a_code};
use crate::model::directory::Reject;
use crate::model::edit;
use crate::model::people::{self, Person};

/// Rows in memory at once.
const CHUNK: usize = 2_000;

/// A person with its key, and where it was read.
type Waiting = (ClientId, Person, Reject);

/// An import in progress: one source.
pub(super) struct Importer<'a, 'r> {
    pub(super) context: &'a Context,
    pub(super) command: &'a Import,
    pub(super) source: String,
    /// Why there is no source; then every row has to be known by its code.
    pub(super) unclear: Option<Error>,
    pub(super) run: &'a mut ImportRun<'r>,
    pub(super) seen: &'a mut Seen,
    pub(super) waiting: Vec<Waiting>,
    /// How many rows were there before.
    pub(super) known: u64,
    /// How many rows are of clients that were merged into others here.
    pub(super) merged: u64,
    /// Of FHIR, whose objects are fetched at the end for those that were rejected.
    pub(super) rejected: Option<Vec<(Reject, String)>>,
}

const REPLACED_BY_NONE: &str = "the person who replaces this one is not there, so it comes in as inactive";

impl Importer<'_, '_> {
    pub(super) fn take(&mut self, tx: &mut Tx<'_>, (person, row): FoundRow<Person>) -> Result<()> {
        self.run.counts.read += 1;
        let person = match person {
            Ok(person) => person,
            Err(why) => return self.reject(row, &why),
        };
        if let Err(why) = person.must_be_past(self.context.today) {
            return self.reject(row, &why);
        }
        if let Some(Err(why)) = person.born_on().map(|date| client::birth_date(date, self.context.today)) {
            return self.reject(row, &why);
        }
        if let Some(Err(why)) = self.id_of(&person).map(|id| unlike_a_code(&id)) {
            return self.reject(row, &format!("the id {why}"));
        }
        let within = if person.code.is_some() { "" } else { &self.source };
        let key = imported_key("client", within, person.code.as_ref().unwrap_or(&person.source_id));
        if !self.seen.insert(key) {
            return self
                .reject(row, &format!("the id `{}` was there before in this source", person.source_id));
        }
        self.waiting.push((key, person, row));
        if self.waiting.len() < CHUNK { Ok(()) } else { self.flush(tx) }
    }

    fn reject(&mut self, row: Reject, why: &str) -> Result<()> {
        match &mut self.rejected {
            None => self.run.reject(&row, why),
            Some(rejected) => {
                rejected.push((row, why.to_owned()));
                Ok(())
            }
        }
    }

    /// Rejects what was set aside, with the objects as they are written where these are to be kept.
    pub(super) fn reject_objects(&mut self, input: &Input) -> Result<()> {
        let rejected = self.rejected.take().unwrap_or_default();
        let args = &self.command.args;
        let kept = rejected.iter().filter(|_| args.rejects.is_some());
        let objects = fhir::objects(input, &args.reading, kept.map(|(row, _)| row.file.as_str()).collect())?;
        for (row, why) in rejected {
            let cells = objects.get(&row.file).cloned().into_iter().collect();
            self.run.reject(&Reject { cells, ..row }, &why)?;
        }
        Ok(())
    }

    /// Creates or updates the clients that are waiting.
    pub(super) fn flush(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let mut waiting = std::mem::take(&mut self.waiting);
        self.find_listed(tx, &mut waiting)?;
        let waiting = self.without_gone(waiting)?;
        let replacing = waiting.iter().filter_map(|(_, person, _)| Some((self.replacing(person)?, None)));
        let keys = waiting.iter().map(|(key, person, _)| (*key, self.id_of(person))).chain(replacing);
        let keys: Vec<_> = keys.collect();
        let found = store::client::imported(tx, &keys)?;
        let by_key: HashMap<ClientId, &Client> = found.iter().map(|client| (client.id, client)).collect();
        let by_id: HashMap<&str, &Client> =
            found.iter().filter_map(|client| Some((client.external_id.as_deref()?, client))).collect();
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        for (key, person, row) in waiting {
            let id = self.id_of(&person);
            if let Some(other) = id.as_deref().and_then(|id| by_id.get(id)).filter(|other| other.id != key) {
                self.reject(row, &people::taken(other))?;
                continue;
            }
            let before = by_key.get(&key).copied();
            self.known += u64::from(before.is_some());
            if let Some(before) = before.filter(|before| person.is_another_than(before)) {
                self.reject(row, &people::another(&person, before))?;
                continue;
            }
            let by = self.replacing(&person).map(|by| by_key.get(&by).copied());
            let is_replaced = by.is_some();
            let by = by.flatten();
            if let Some(Err(why)) = before.map(|before| person.must_keep_its_name(before)) {
                self.reject(row, &why)?;
                continue;
            }
            let person = match before {
                Some(before) if self.is_fhir() && person.code.is_some() => person.with_blanks_of(before),
                _ => person,
            };
            let wanted = self.client(key, person, id, before);
            match before {
                None => {
                    if is_replaced && by.is_none() {
                        self.run.remarks.notes.push(format!("{}: {REPLACED_BY_NONE}", row.origin()));
                    }
                    new.push((Client { merged_into: by.map(Client::lasting), ..wanted }, by, row));
                }
                Some(before) if before.merged_into.is_some() => {
                    self.run.unchanged(&row, before)?;
                    self.merged += u64::from(!is_replaced);
                }
                Some(before) => {
                    self.run.remarks.notes.extend(by.map(|by| people::replaced(before, by)));
                    changed.push((before.clone(), merged(before, wanted), row));
                }
            }
        }
        self.make(tx, new)?;
        self.change(tx, &changed)
    }

    /// Gives the rows of our own list the keys of the clients whose codes they have (rule 5.4).
    fn find_listed(&mut self, tx: &mut Tx<'_>, waiting: &mut [Waiting]) -> Result<()> {
        let codes: Vec<String> = waiting.iter().filter_map(|(_, person, _)| person.code.clone()).collect();
        let found = if codes.is_empty() { Vec::new() } else { store::client::coded(tx, &codes)? };
        let keys: HashMap<&str, ClientId> =
            found.iter().map(|client| (client.code.as_str(), client.id)).collect();
        for (key, person, _) in waiting {
            if let Some(known) = person.code.as_deref().and_then(|code| keys.get(code)) {
                *key = *known;
            } else {
                if person.code.is_none() || !self.is_fhir() {
                    self.unclear.take().map_or(Ok(()), Err)?;
                }
                *key = imported_key("client", &self.source, &person.source_id);
            }
        }
        Ok(())
    }

    /// Rejects whom this hub has written and does not have any more: who was erased does not come back by an old file.
    fn without_gone(&mut self, waiting: Vec<Waiting>) -> Result<Vec<Waiting>> {
        let mut here = Vec::with_capacity(waiting.len());
        for (key, person, row) in waiting {
            match &person.code {
                Some(code) if self.is_fhir() && key == imported_key("client", &self.source, code) => {
                    self.reject(row, &format!("{code} was written by this hub, and is not here any more"))?;
                }
                _ => here.push((key, person, row)),
            }
        }
        Ok(here)
    }

    fn is_fhir(&self) -> bool {
        self.rejected.is_some()
    }

    /// The key of the person who replaces this one.
    fn replacing(&self, person: &Person) -> Option<ClientId> {
        Some(imported_key("client", &self.source, person.replaced_by.as_deref()?))
    }

    fn id_of(&self, person: &Person) -> Option<String> {
        // What another hub has written has its codes for ids, which are names of nothing here.
        let is_foreign_code = self.is_fhir() && looks_like_a_code(&person.source_id);
        let is_id =
            !self.command.without_ids && person.code.as_ref() != Some(&person.source_id) && !is_foreign_code;
        is_id.then(|| person.source_id.clone())
    }

    /// Without a code, which is drawn later.
    fn client(&self, key: ClientId, person: Person, id: Option<String>, before: Option<&Client>) -> Client {
        let (status, since_on) = person.status(before);
        let listed = before.filter(|was| person.code.as_ref() == Some(&was.code));
        let (source, source_id) = match listed {
            Some(was) => (was.source.clone(), was.source_id.clone()),
            None => (Some(self.source.clone()), Some(person.source_id)),
        };
        let given = person.given.unwrap_or_else(|| before.map(|was| was.given.clone()).unwrap_or_default());
        let family =
            person.family.unwrap_or_else(|| before.map(|was| was.family.clone()).unwrap_or_default());
        Client {
            birth_date: edit::apply(person.birth_date.as_ref(), before.and_then(|was| was.birth_date)),
            postal_code: edit::apply(
                person.postal_code.as_ref(),
                before.and_then(|was| was.postal_code.clone()),
            ),
            address: edit::apply(person.address.as_ref(), before.and_then(|was| was.address.clone())),
            phones: person.phones.unwrap_or_else(|| before.map(|was| was.phones.clone()).unwrap_or_default()),
            carer_note: edit::apply(
                person.carer_note.as_ref(),
                before.and_then(|was| was.carer_note.clone()),
            ),
            external_id: id,
            status,
            since_on,
            source,
            source_id,
            ..Client::named(key, String::new(), given, family)
        }
        .formerly(person.former_names)
    }

    /// Creates clients. What is said of one who was replaced by another leads to that other.
    fn make(&mut self, tx: &mut Tx<'_>, new: Vec<(Client, Option<&Client>, Reject)>) -> Result<()> {
        let codes =
            self.context.codes(Prefix::Client, new.len(), |drawn| store::client::taken_codes(tx, drawn))?;
        let (mut new, of): (Vec<Client>, Vec<_>) =
            new.into_iter().map(|(client, by, row)| (client, (by, row))).unzip();
        for (client, code) in new.iter_mut().zip(codes) {
            client.code = code;
        }
        store::client::insert(tx, &new)?;
        // Several may be replaced by one.
        let mut known_as: HashMap<ClientId, Client> = HashMap::new();
        for (client, (by, row)) in new.into_iter().zip(of) {
            match by {
                None => self.run.created(&row, &client)?,
                Some(by) => {
                    let known = known_as.entry(by.id).or_insert_with(|| by.clone());
                    self.created_as(tx, &row, client, known)?;
                }
            }
        }
        Ok(())
    }

    fn created_as(&mut self, tx: &mut Tx<'_>, row: &Reject, client: Client, by: &mut Client) -> Result<()> {
        let known = by.clone().formerly([client.full_name().into_text()]);
        if known != *by {
            store::client::update(tx, by, &known)?;
            let entry = self.run.writer().updated(by, &known)?;
            self.run.add([entry]);
            *by = known;
        }
        self.run.created(row, &MergedClient { merged_into: Some(by.code.clone()), client })
    }

    fn change(&mut self, tx: &mut Tx<'_>, pairs: &[(Client, Client, Reject)]) -> Result<()> {
        for (before, after, row) in pairs {
            if self.run.compared(row, before, after, Client::clone)? {
                store::client::update(tx, before, after)?;
            }
        }
        self.run.flush(self.context, tx)
    }
}

/// The names that a person had before, and what a source without ids leaves out, stay.
fn merged(before: &Client, wanted: Client) -> Client {
    let names = wanted.former_names.clone().into_iter().chain([before.full_name().into_text()]);
    let after = Client {
        code: before.code.clone(),
        external_id: wanted.external_id.or_else(|| before.external_id.clone()),
        former_names: before.former_names.clone(),
        ..wanted
    };
    after.formerly(names)
}
