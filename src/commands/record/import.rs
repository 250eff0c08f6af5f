//! `record import`: tables and JSON lines, all of them in one transaction, a few thousand records at a time.

use std::collections::HashMap;
use std::path::PathBuf;

use clap::Args;
use uuid::Uuid;

use super::Written;
use crate::context::{Context, Manner, Told, Tx};
use crate::error::{Error, Kind, Result};
use crate::interchange::record_table::{Found, Line, RecordTable};
use crate::model::access::Action;
use crate::model::category::Category;
use crate::model::code::Prefix;
use crate::model::contract::Contract;
use crate::model::directory::Reject;
use crate::model::import::mapping;
use crate::model::provider::Provider;
use crate::model::record::{Entry, Record};
use crate::model::reference::Reference;
use crate::output::progress::Progress;
use crate::store;

/// So many are in memory at once.
const CHUNK: usize = 2_000;
/// A file that names more things than there can be is full of mistakes; then what was found is forgotten and found again.
const MOST_KNOWN: usize = 20_000;

const IMPORT_EXAMPLES: &str = "\
Examples:
  $ caredesk record import services.csv --provider harbour --map date=DAY --map title=WHAT
  $ caredesk record import export.jsonl --keep-going --rejects bad.csv

A client is named by its code or by its id in another system, a provider, a category or a contract by code or name.";

#[derive(Args)]
#[command(after_help = IMPORT_EXAMPLES)]
pub(super) struct Import {
    /// CSV tables or files of JSON lines
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Which column holds a field: `client`, `provider`, `type`, `date`, `title`, `category`, `contract`, `units`,
    /// `detail`, `id`
    #[arg(long = "map", value_name = "FIELD=COLUMN", value_parser = mapping)]
    mapping: Vec<(String, String)>,
    /// The owner of rows that name none
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    #[command(flatten)]
    manner: Manner,
}

pub(super) fn run(context: &Context, command: &Import) -> Result<()> {
    context.actor.may(Action::ChangeRecords)?;
    context.import("Records", &command.manner, |tx, told| take_all(context, tx, command, told))
}

fn take_all(context: &Context, tx: &mut Tx<'_>, command: &Import, told: &mut Told) -> Result<()> {
    let owner = command.provider.as_ref();
    let owner = owner.map(|typed| store::provider::find(tx, typed, None)).transpose()?;
    let sizes = command.files.iter().filter_map(|path| path.metadata().ok()).map(|about| about.len());
    let mut progress = Progress::new(&context.out, "records", sizes.sum());
    let mut taking = Taking { context, owner, told, known: Known::default(), waiting: Vec::new() };
    for path in &command.files {
        let mut table = RecordTable::open(path, &command.mapping, command.provider.is_some())?;
        taking.told.notes.extend_from_slice(table.notes());
        while let Some(Found { line, row }) = table.next()? {
            progress.step(row.cells.iter().map(|cell| cell.len() as u64 + 1).sum());
            taking.told.counts.read += 1;
            match line {
                Ok(line) => taking.waiting.push((line, row)),
                Err(why) => taking.told.reject(&row, &why)?,
            }
            if taking.waiting.len() >= CHUNK {
                taking.flush(tx)?;
            }
        }
    }
    taking.flush(tx)
}

/// What the names of a file have turned out to mean.
#[derive(Default)]
struct Known {
    providers: HashMap<String, Provider>,
    categories: HashMap<String, Category>,
    contracts: HashMap<(Uuid, String), Contract>,
}

impl Known {
    fn provider(&mut self, tx: &mut Tx<'_>, said: &str) -> Result<Provider> {
        found(&mut self.providers, said.to_owned(), |typed| store::provider::find(tx, typed, None), said)
    }

    fn category(&mut self, tx: &mut Tx<'_>, said: &str) -> Result<Category> {
        found(&mut self.categories, said.to_owned(), |typed| store::category::find(tx, typed, None), said)
    }

    fn contract(&mut self, tx: &mut Tx<'_>, owner: Uuid, said: &str) -> Result<Contract> {
        let find = |typed: &Reference| store::contract::find(tx, typed, Some(owner), None);
        found(&mut self.contracts, (owner, said.to_owned()), find, said)
    }
}

fn found<K: std::hash::Hash + Eq, T: Clone>(
    known: &mut HashMap<K, T>,
    key: K,
    find: impl FnOnce(&Reference) -> Result<T>,
    said: &str,
) -> Result<T> {
    if let Some(thing) = known.get(&key) {
        return Ok(thing.clone());
    }
    let typed = said.parse::<Reference>().map_err(|why| Error::invalid("import.reference", why))?;
    let thing = find(&typed)?;
    if known.len() >= MOST_KNOWN {
        known.clear();
    }
    known.insert(key, thing.clone());
    Ok(thing)
}

/// A record to be made, unless it is there already.
struct Wanted {
    record: Record,
    written: Written,
    client: String,
    owner: String,
    /// Otherwise it follows from the contract, which may be for more or fewer by now.
    names_its_category: bool,
    row: Reject,
}

impl Wanted {
    fn key(&self) -> (Uuid, String) {
        (self.record.provider_id, self.record.entry.source_id.clone().unwrap_or_default())
    }
}

struct Taking<'a> {
    context: &'a Context,
    owner: Option<Provider>,
    told: &'a mut Told,
    known: Known,
    waiting: Vec<(Line, Reject)>,
}

impl Taking<'_> {
    /// Looks up what those that wait name, and makes those that are not there yet.
    fn flush(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        let clients = clients(tx, &waiting)?;
        let mut wanted = Vec::with_capacity(waiting.len());
        for (line, row) in waiting {
            let client = match clients.get(&line.client).map(Vec::as_slice) {
                Some([one]) => one.clone(),
                Some([_, _, ..]) => {
                    self.told.reject(&row, &format!("client `{}` could mean more than one", line.client))?;
                    continue;
                }
                _ => {
                    self.told.reject(&row, &format!("there is no client `{}`", line.client))?;
                    continue;
                }
            };
            match self.wanted(tx, line, client, &row) {
                Ok(one) => wanted.push(one),
                Err(fault) if is_about_the_row(&fault) => self.told.reject(&row, fault.message())?,
                Err(fault) => return Err(fault),
            }
        }
        let new = self.without_those_there(tx, wanted)?;
        self.make(tx, new)
    }

    /// Its id and code are still missing.
    fn wanted(
        &mut self,
        tx: &mut Tx<'_>,
        line: Line,
        (client_id, client): (Uuid, String),
        row: &Reject,
    ) -> Result<Wanted> {
        let owner = match (&line.provider, &self.owner) {
            (Some(said), _) => self.known.provider(tx, said)?,
            (None, Some(owner)) => owner.clone(),
            (None, None) => return Err(Error::invalid("import.no_provider", "has no provider")),
        };
        let contract = line.contract.as_ref();
        let contract = contract.map(|said| self.known.contract(tx, owner.id, said)).transpose()?;
        let category = line.category.as_ref();
        let names_its_category = category.is_some();
        let category = category.map(|said| self.known.category(tx, said)).transpose()?;
        let entry = Entry {
            data_type: line.data_type,
            happened_on: line.date,
            title: line.title,
            category_id: None,
            contract_id: None,
            units: line.units,
            detail: line.detail,
            source_id: Some(line.id),
        };
        let written = Written::new(entry, contract.as_ref(), category)?;
        let record = Record {
            id: Uuid::nil(),
            code: String::new(),
            client_id,
            provider_id: owner.id,
            entry: written.entry.clone(),
        };
        Ok(Wanted { record, written, client, owner: owner.name, names_its_category, row: row.clone() })
    }

    /// A record is never changed: one that says something else under an id that is taken is rejected.
    fn without_those_there(&mut self, tx: &mut Tx<'_>, wanted: Vec<Wanted>) -> Result<Vec<Wanted>> {
        let keys: Vec<(Uuid, String)> = wanted.iter().map(Wanted::key).collect();
        let there = store::record::import::imported(tx, &keys)?;
        let key = |record: &Record| (record.provider_id, record.entry.source_id.clone().unwrap_or_default());
        let mut seen: HashMap<(Uuid, String), Record> =
            there.into_iter().map(|record| (key(&record), record)).collect();
        let mut new = Vec::with_capacity(wanted.len());
        for one in wanted {
            match seen.get(&one.key()) {
                None => {
                    seen.insert(one.key(), one.record.clone());
                    new.push(one);
                }
                Some(same) if says_the_same(same, &one) => self.told.counts.unchanged += 1,
                Some(other) => {
                    let reason = taken(&one, other);
                    self.told.reject(&one.row, &reason)?;
                }
            }
        }
        Ok(new)
    }

    fn make(&mut self, tx: &mut Tx<'_>, mut new: Vec<Wanted>) -> Result<()> {
        let context = self.context;
        let codes =
            context.codes(Prefix::Record, new.len(), |drawn| store::record::taken_codes(tx, drawn))?;
        let mut entries = Vec::with_capacity(new.len());
        for (one, code) in new.iter_mut().zip(codes) {
            one.record.id = context.key();
            one.record.code = code;
            let view = one.written.view(context, &one.record, &one.client, &one.owner);
            entries.push(context.entry("record.import", &one.record.code, None::<&()>, Some(&view))?);
        }
        self.told.counts.created += new.len() as u64;
        let records: Vec<Record> = new.into_iter().map(|one| one.record).collect();
        store::record::insert(tx, &records, context.now, context.actor.account.id)?;
        context.audit_all(tx, &entries)
    }
}

/// By what the rows call them; each client once, whatever it is found by.
fn clients(tx: &mut Tx<'_>, waiting: &[(Line, Reject)]) -> Result<HashMap<String, Vec<(Uuid, String)>>> {
    let mut said: Vec<String> = waiting.iter().map(|(line, _)| line.client.clone()).collect();
    said.sort_unstable();
    said.dedup();
    let mut clients: HashMap<String, Vec<(Uuid, String)>> = HashMap::with_capacity(said.len());
    for (said, id, code) in store::record::import::clients(tx, &said)? {
        clients.entry(said).or_default().push((id, code));
    }
    Ok(clients)
}

/// What a row names is not there, means several things or does not fit; everything else ends the import.
fn is_about_the_row(fault: &Error) -> bool {
    matches!(fault.kind(), Kind::NotFound | Kind::Refused | Kind::Invalid)
}

fn says_the_same(there: &Record, row: &Wanted) -> bool {
    let mut said = row.record.entry.clone();
    if !row.names_its_category {
        said.category_id = there.entry.category_id;
    }
    there.client_id == row.record.client_id && there.entry == said
}

fn taken(one: &Wanted, other: &Record) -> String {
    let (_, id) = one.key();
    let name = if other.code.is_empty() { "a row before".to_owned() } else { other.code.clone() };
    format!("the id `{id}` of `{}` belongs to {name} already, which says something else", one.owner)
}
