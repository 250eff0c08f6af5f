//! `record import`: tables and JSON lines, in one transaction, a few thousand records at a time.

use std::collections::HashMap;

use super::Written;
use crate::commands::prelude::*;
use crate::context::{ImportArgs, ImportRun, Known, RowImport};
use crate::interchange::records::{self, Line};
use crate::interchange::table::{Reading, Rows};
use crate::model::client;
use crate::model::directory::Reject;
use crate::model::edit;
use crate::model::import_kind::ImportKind;
use crate::model::record::{Entry, Record, RecordView};
use crate::store::contract::Scope;
use crate::store::sharing::VisibleBefore;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk record import services.csv --provider harbour --map date=DAY \\
      --map title=WHAT
  $ caredesk record import export.jsonl --keep-going --rejects bad.csv

Columns: client, provider, type, date, title, category, contract, units, detail, never_shared, id. A client is given by its code or its id in another system; a provider, category or contract by its code or name. What `record list` writes is read as it is: its codes are the ids. What a record says is never changed, only whether it is never shared (yes or no).")]
pub(super) struct Import {
    #[command(flatten)]
    args: ImportArgs,
    /// The owner of rows without a provider
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
}

pub(super) fn run(context: &Context, command: &Import) -> Result<()> {
    context.import_tables(ImportKind::Records, &command.args, |tx| {
        let owner = command.provider.as_ref();
        let owner = store::lookup_optional::<Provider>(tx, owner, Visibility::INTERNAL)?;
        let (providers, categories, contracts) = Default::default();
        let before = VisibleBefore::default();
        Ok(Importer { context, owner, providers, categories, contracts, before })
    })
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
    unsaid: Unsaid,
    row: Reject,
}

/// The fields of which the file says nothing, so that what is known of them stays (rule 5.2).
struct Unsaid {
    contract: bool,
    units: bool,
    detail: bool,
    never_shared: bool,
}

impl Desired {
    fn key(&self) -> (ProviderId, String) {
        (self.record.provider_id, self.record.entry.source_id.clone().unwrap_or_default())
    }

    fn view(&self, context: &Context, record: &Record) -> RecordView {
        let [client, owner] = [&self.client, &self.owner].map(|(code, name)| (code.as_str(), name.as_str()));
        self.written.view(context, record, client, owner)
    }
}

struct Importer<'a> {
    context: &'a Context,
    owner: Option<Provider>,
    providers: Known<Provider>,
    categories: Known<Category>,
    contracts: Known<Contract>,
    before: VisibleBefore,
}

impl RowImport for Importer<'_> {
    type Row = Line;

    fn open(&mut self, input: &Input, how: &Reading) -> Result<Rows<Line>> {
        records::open(input, how, self.owner.is_some())
    }

    /// Resolves the names in the rows and creates the records that do not exist.
    fn take(&mut self, tx: &mut Tx<'_>, run: &mut ImportRun<'_>, rows: Vec<(Line, Reject)>) -> Result<()> {
        let clients = clients(tx, &rows)?;
        let mut desired = Vec::with_capacity(rows.len());
        for (line, row) in rows {
            let client = client(&clients, &line.client);
            let one = client.and_then(|client| self.desired(tx, line, client, &row));
            desired.extend(run.accepted(&row, one)?);
        }
        let new = self.without_those_there(tx, desired, run)?;
        self.make(tx, new, run)
    }

    fn end(&mut self, tx: &mut Tx<'_>, run: &mut ImportRun<'_>) -> Result<()> {
        run.affecting(self.before.effect(tx)?);
        Ok(())
    }
}

impl Importer<'_> {
    /// Without an id and a code, which are drawn later.
    fn desired(
        &mut self, tx: &mut Tx<'_>, line: Line, (client_id, client): FoundClient, row: &Reject,
    ) -> Result<Desired> {
        if client.1.is_empty() {
            return Err(client::unknown(&client.0));
        }
        let owner = match (&line.provider, &self.owner) {
            (Some(text), _) => self.providers.find(tx, text, Visibility::INTERNAL)?,
            (None, Some(owner)) => owner.clone(),
            (None, None) => return Err(Error::invalid("import.no_provider", "has no provider")),
        };
        let scope = Scope { visibility: Visibility::INTERNAL, provider: Some(owner.id) };
        let unsaid = Unsaid {
            contract: line.contract.is_none(),
            units: line.units.is_none(),
            detail: line.detail.is_none(),
            never_shared: line.never_shared.is_none(),
        };
        let contract = edit::apply(line.contract.as_ref(), None);
        let contract = contract.as_ref().map(|text| self.contracts.find(tx, text, scope)).transpose()?;
        let category = line.category.as_ref();
        let names_its_category = category.is_some();
        let category =
            category.map(|text| self.categories.find(tx, text, Visibility::INTERNAL)).transpose()?;
        let entry = Entry {
            data_type: line.data_type,
            happened_on: line.date,
            title: line.title,
            category_id: None,
            contract_id: None,
            units: edit::apply(line.units.as_ref(), None),
            detail: edit::apply(line.detail.as_ref(), None),
            source_id: Some(line.id),
            never_shared: line.never_shared.unwrap_or(false),
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
            unsaid,
            row: row.clone(),
        })
    }

    fn make(&self, tx: &mut Tx<'_>, mut new: Vec<Desired>, run: &mut ImportRun<'_>) -> Result<()> {
        let context = self.context;
        let codes =
            context.codes(Prefix::Record, new.len(), |drawn| store::record::taken_codes(tx, drawn))?;
        for (one, code) in new.iter_mut().zip(codes) {
            one.record.id = context.key();
            one.record.code = code;
            run.created(&one.row, &one.view(context, &one.record))?;
        }
        let records: Vec<Record> = new.into_iter().map(|one| one.record).collect();
        store::record::insert(tx, &records, context.now(), context.actor.account.id)
    }

    /// What a record says is never changed: a row with a known id and other content is rejected.
    fn without_those_there(
        &mut self, tx: &mut Tx<'_>, desired: Vec<Desired>, run: &mut ImportRun<'_>,
    ) -> Result<Vec<Desired>> {
        let keys: Vec<(ProviderId, String)> = desired.iter().map(Desired::key).collect();
        let there = store::record::import::imported(tx, &keys)?;
        let key = |record: &Record| (record.provider_id, record.entry.source_id.clone().unwrap_or_default());
        let mut seen: HashMap<(ProviderId, String), Record> =
            there.into_iter().map(|record| (key(&record), record)).collect();
        let mut new = Vec::with_capacity(desired.len());
        for one in desired {
            match seen.get_mut(&one.key()) {
                None => {
                    seen.insert(one.key(), one.record.clone());
                    new.push(one);
                }
                Some(there) if says_the_same(there, &one) => self.mark(tx, run, &one, there)?,
                Some(other) => {
                    let reason = taken(&one, other);
                    run.reject(&one.row, &reason)?;
                }
            }
        }
        Ok(new)
    }

    /// Whether it is never shared follows the row.
    fn mark(
        &mut self, tx: &mut Tx<'_>, run: &mut ImportRun<'_>, row: &Desired, there: &mut Record,
    ) -> Result<()> {
        let context = self.context;
        let mut after = there.clone();
        if !row.unsaid.never_shared {
            after.entry.never_shared = row.record.entry.never_shared;
        }
        if run.compared(&row.row, there, &after, |record| row.view(context, record))? {
            self.before.note(tx, there.provider_id)?;
            store::record::set_never_shared(tx, after.id, after.entry.never_shared, context.now())?;
            *there = after;
        }
        Ok(())
    }
}

/// Finds the clients of the rows, each once.
fn clients(tx: &mut Tx<'_>, rows: &[(Line, Reject)]) -> Result<HashMap<String, Vec<FoundClient>>> {
    let mut text: Vec<String> = rows.iter().map(|(line, _)| line.client.clone()).collect();
    text.sort_unstable();
    text.dedup();
    let mut clients: HashMap<String, Vec<FoundClient>> = HashMap::with_capacity(text.len());
    for (text, id, client) in store::client::of_rows(tx, &text)? {
        clients.entry(text).or_default().push((id, client));
    }
    Ok(clients)
}

fn client(clients: &HashMap<String, Vec<FoundClient>>, text: &str) -> Result<FoundClient> {
    match clients.get(text).map(Vec::as_slice) {
        Some([one]) => Ok(one.clone()),
        Some([_, _, ..]) => {
            Err(Error::refused("client.ambiguous", format!("client `{text}` could mean more than one")))
        }
        _ => Err(Error::not_found("client.not_found", format!("there is no client `{text}`"))),
    }
}

fn says_the_same(there: &Record, row: &Desired) -> bool {
    let mut text = row.record.entry.clone();
    if !row.names_its_category {
        text.category_id = there.entry.category_id;
    }
    // Of two rows of one file the first counts.
    if !there.code.is_empty() || row.unsaid.never_shared {
        text.never_shared = there.entry.never_shared;
    }
    if row.unsaid.contract {
        text.contract_id = there.entry.contract_id;
    }
    if row.unsaid.units {
        text.units.clone_from(&there.entry.units);
    }
    if row.unsaid.detail {
        text.detail.clone_from(&there.entry.detail);
    }
    there.client_id == row.record.client_id && there.entry == text
}

fn taken(one: &Desired, other: &Record) -> String {
    let (_, id) = one.key();
    let name = if other.code.is_empty() { "a row before".to_owned() } else { other.code.clone() };
    format!("the id `{id}` of `{}` belongs to {name} already, which says something else", one.owner.1)
}
