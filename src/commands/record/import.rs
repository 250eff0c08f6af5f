//! `record import`: tables and JSON lines, in one transaction, a few thousand records at a time.

use std::collections::HashMap;

use super::Written;
use crate::commands::prelude::*;
use crate::context::{self, ImportOptions, ImportRun};
use crate::interchange::records::{Line, RecordRow, Records};
use crate::interchange::table::Reading;
use crate::model::directory::Reject;
use crate::model::record::{Entry, Record};
use crate::output::progress::Progress;
use crate::store::contract::Scope;

/// Records in memory at once.
const CHUNK: usize = 2_000;
/// The cache is cleared at this size: a file that names more things consists of mistakes.
const MOST_KNOWN: usize = 20_000;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk record import services.csv --provider harbour --map date=DAY --map title=WHAT
  $ caredesk record import export.jsonl --keep-going --rejects bad.csv

Columns: client, provider, type, date, title, category, contract, units, detail, id. A client is given by its code or its id in another system; a provider, category or contract by its code or name. What `record list` writes is read as it is: its codes are the ids.")]
pub(super) struct Import {
    /// Tables, such as CSV, JSON lines or `.xlsx`, also packed
    #[arg(required = true, value_name = "FILE|-", value_hint = clap::ValueHint::FilePath)]
    files: Vec<Input>,
    #[command(flatten)]
    reading: Reading,
    /// The owner of rows without a provider
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    #[command(flatten)]
    options: ImportOptions,
}

pub(super) fn run(context: &Context, command: &Import) -> Result<()> {
    let import = context::Import {
        action: "record.import",
        right: Action::ChangeRecords,
        options: &command.options,
        inputs: &command.files,
    };
    context.import("Records", &import, |tx, run| take_all(context, tx, command, run))
}

fn take_all(context: &Context, tx: &mut Tx<'_>, command: &Import, run: &mut ImportRun<'_>) -> Result<()> {
    let owner = command.provider.as_ref();
    let owner = store::lookup_optional::<Provider>(tx, owner, Visibility::INTERNAL)?;
    let size = command.files.iter().map(Input::size).sum();
    let mut progress = Progress::new(&context.out, "records", size);
    let mut importer = Importer { context, owner, run, known: Known::default(), waiting: Vec::new() };
    for input in &command.files {
        let mut table = Records::open(input, &command.reading, command.provider.is_some())?;
        while let Some(RecordRow { line, row }) = table.next()? {
            progress.step(row.cells.iter().map(|cell| cell.len() as u64 + 1).sum());
            importer.run.counts.read += 1;
            match line {
                Ok(line) => importer.waiting.push((line, row)),
                Err(why) => importer.run.reject(&row, &why)?,
            }
            if importer.waiting.len() >= CHUNK {
                importer.flush(tx)?;
            }
        }
        importer.run.notes.extend(table.notes());
    }
    importer.flush(tx)
}

/// Cache of the providers, categories and contracts that a file names.
#[derive(Default)]
struct Known {
    providers: HashMap<String, Provider>,
    categories: HashMap<String, Category>,
    contracts: HashMap<(ProviderId, String), Contract>,
}

impl Known {
    fn provider(&mut self, tx: &mut Tx<'_>, text: &str) -> Result<Provider> {
        found(
            &mut self.providers,
            text.to_owned(),
            |reference| store::lookup::<Provider>(tx, reference, Visibility::INTERNAL),
            text,
        )
    }

    fn category(&mut self, tx: &mut Tx<'_>, text: &str) -> Result<Category> {
        found(
            &mut self.categories,
            text.to_owned(),
            |reference| store::lookup::<Category>(tx, reference, Visibility::INTERNAL),
            text,
        )
    }

    fn contract(&mut self, tx: &mut Tx<'_>, owner: ProviderId, text: &str) -> Result<Contract> {
        let scope = Scope { visibility: Visibility::INTERNAL, provider: Some(owner) };
        let find = |reference: &Reference| store::lookup::<Contract>(tx, reference, scope);
        found(&mut self.contracts, (owner, text.to_owned()), find, text)
    }
}

fn found<K: std::hash::Hash + Eq, T: Clone>(
    known: &mut HashMap<K, T>, key: K, find: impl FnOnce(&Reference) -> Result<T>, text: &str,
) -> Result<T> {
    if let Some(thing) = known.get(&key) {
        return Ok(thing.clone());
    }
    let reference = text.parse::<Reference>().map_err(|why| Error::invalid("import.reference", why))?;
    let thing = find(&reference)?;
    if known.len() >= MOST_KNOWN {
        known.clear();
    }
    known.insert(key, thing.clone());
    Ok(thing)
}

/// A client with its code and name.
type FoundClient = (ClientId, (String, String));

/// A record to create unless it exists.
struct Desired {
    record: Record,
    written: Written,
    /// Its code and name, as of the owner.
    client: (String, String),
    owner: (String, String),
    /// Otherwise the contract decides, and its categories may have changed since.
    names_its_category: bool,
    row: Reject,
}

impl Desired {
    fn key(&self) -> (ProviderId, String) {
        (self.record.provider_id, self.record.entry.source_id.clone().unwrap_or_default())
    }
}

struct Importer<'a, 'r> {
    context: &'a Context,
    owner: Option<Provider>,
    run: &'a mut ImportRun<'r>,
    known: Known,
    waiting: Vec<(Line, Reject)>,
}

impl Importer<'_, '_> {
    /// Resolves the names in the waiting rows and creates the records that do not exist.
    fn flush(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        let clients = clients(tx, &waiting)?;
        let mut desired = Vec::with_capacity(waiting.len());
        for (line, row) in waiting {
            let client = match clients.get(&line.client).map(Vec::as_slice) {
                Some([one]) => one.clone(),
                Some([_, _, ..]) => {
                    self.run.reject(&row, &format!("client `{}` could mean more than one", line.client))?;
                    continue;
                }
                _ => {
                    self.run.reject(&row, &format!("there is no client `{}`", line.client))?;
                    continue;
                }
            };
            match self.desired(tx, line, client, &row) {
                Ok(one) => desired.push(one),
                Err(error) if is_about_the_row(&error) => self.run.reject(&row, error.message())?,
                Err(error) => return Err(error),
            }
        }
        let new = self.without_those_there(tx, desired)?;
        self.make(tx, new)
    }

    /// Without an id and a code, which are drawn later.
    fn desired(
        &mut self, tx: &mut Tx<'_>, line: Line, (client_id, client): FoundClient, row: &Reject,
    ) -> Result<Desired> {
        let owner = match (&line.provider, &self.owner) {
            (Some(text), _) => self.known.provider(tx, text)?,
            (None, Some(owner)) => owner.clone(),
            (None, None) => return Err(Error::invalid("import.no_provider", "has no provider")),
        };
        let contract = line.contract.as_ref();
        let contract = contract.map(|text| self.known.contract(tx, owner.id, text)).transpose()?;
        let category = line.category.as_ref();
        let names_its_category = category.is_some();
        let category = category.map(|text| self.known.category(tx, text)).transpose()?;
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
            id: RecordId::NIL,
            code: String::new(),
            client_id,
            provider_id: owner.id,
            entry: written.entry.clone(),
        };
        Ok(Desired {
            record,
            written,
            client,
            owner: (owner.code, owner.name),
            names_its_category,
            row: row.clone(),
        })
    }

    /// A record is never changed: a row with a known id and other content is rejected.
    fn without_those_there(&mut self, tx: &mut Tx<'_>, desired: Vec<Desired>) -> Result<Vec<Desired>> {
        let keys: Vec<(ProviderId, String)> = desired.iter().map(Desired::key).collect();
        let there = store::record::import::imported(tx, &keys)?;
        let key = |record: &Record| (record.provider_id, record.entry.source_id.clone().unwrap_or_default());
        let mut seen: HashMap<(ProviderId, String), Record> =
            there.into_iter().map(|record| (key(&record), record)).collect();
        let mut new = Vec::with_capacity(desired.len());
        for one in desired {
            match seen.get(&one.key()) {
                None => {
                    seen.insert(one.key(), one.record.clone());
                    new.push(one);
                }
                Some(same) if says_the_same(same, &one) => self.run.counts.unchanged += 1,
                Some(other) => {
                    let reason = taken(&one, other);
                    self.run.reject(&one.row, &reason)?;
                }
            }
        }
        Ok(new)
    }

    fn make(&mut self, tx: &mut Tx<'_>, mut new: Vec<Desired>) -> Result<()> {
        let context = self.context;
        let codes =
            context.codes(Prefix::Record, new.len(), |drawn| store::record::taken_codes(tx, drawn))?;
        for (one, code) in new.iter_mut().zip(codes) {
            one.record.id = context.key();
            one.record.code = code;
            let [client, owner] =
                [&one.client, &one.owner].map(|(code, name)| (code.as_str(), name.as_str()));
            self.run.created(&one.written.view(context, &one.record, client, owner))?;
        }
        let records: Vec<Record> = new.into_iter().map(|one| one.record).collect();
        store::record::insert(tx, &records, context.now, context.actor.account.id)?;
        self.run.flush(context, tx)
    }
}

/// Finds the clients of the waiting rows, each once.
fn clients(tx: &mut Tx<'_>, waiting: &[(Line, Reject)]) -> Result<HashMap<String, Vec<FoundClient>>> {
    let mut text: Vec<String> = waiting.iter().map(|(line, _)| line.client.clone()).collect();
    text.sort_unstable();
    text.dedup();
    let mut clients: HashMap<String, Vec<FoundClient>> = HashMap::with_capacity(text.len());
    for (text, id, client) in store::record::import::clients(tx, &text)? {
        clients.entry(text).or_default().push((id, client));
    }
    Ok(clients)
}

/// Whether an error concerns one row (unknown, ambiguous or unsuitable names); any other ends the import.
fn is_about_the_row(error: &Error) -> bool {
    matches!(error.kind(), Kind::NotFound | Kind::Refused | Kind::Invalid)
}

fn says_the_same(there: &Record, row: &Desired) -> bool {
    let mut text = row.record.entry.clone();
    if !row.names_its_category {
        text.category_id = there.entry.category_id;
    }
    there.client_id == row.record.client_id && there.entry == text
}

fn taken(one: &Desired, other: &Record) -> String {
    let (_, id) = one.key();
    let name = if other.code.is_empty() { "a row before".to_owned() } else { other.code.clone() };
    format!("the id `{id}` of `{}` belongs to {name} already, which says something else", one.owner.1)
}
