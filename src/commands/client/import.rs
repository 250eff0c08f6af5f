//! `client import`: tables and FHIR R4 patients, in one transaction, a few thousand at a time.

use std::collections::HashMap;

use clap::ValueEnum;

use crate::commands::prelude::*;
use crate::context::{self, ImportOptions, ImportRun};
use crate::interchange::clients_csv::{ClientRow, ClientsCsv};
use crate::interchange::fhir;
use crate::model::client;
use crate::model::code::{imported_key, unlike_a_code};
use crate::model::directory::Reject;
use crate::model::import::mapping;
use crate::model::people::Person;
use crate::output::progress::Progress;

/// Rows in memory at once.
const CHUNK: usize = 2_000;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk client import people.csv --map family=LAST --map given=FIRST
  $ caredesk client import bundles/ --source hospital --keep-going --rejects bad.csv")]
pub(super) struct Import {
    /// CSV tables, FHIR R4 bundles, NDJSON files, or folders of these
    #[arg(required = true, value_name = "FILE|-", value_hint = clap::ValueHint::AnyPath)]
    files: Vec<Input>,
    /// The format [default: recognised by the content]
    #[arg(long)]
    format: Option<Format>,
    /// Which column holds a field: `id`, `given`, `family`, `birth_date`, `postal_code`
    #[arg(long = "map", value_name = "FIELD=COLUMN", value_parser = mapping)]
    mapping: Vec<(String, String)>,
    /// Where they come from; an id counts within its source [default: the name of the file without its ending]
    #[arg(long, value_name = "NAME", value_parser = text::name)]
    source: Option<String>,
    /// Recognise people by the ids of the source, but do not keep those as ids of the clients
    #[arg(long)]
    without_ids: bool,
    #[command(flatten)]
    options: ImportOptions,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Csv,
    Fhir,
}

pub(super) fn run(context: &Context, command: &Import) -> Result<()> {
    let import = context::Import {
        action: "client.import",
        right: Action::ChangeClients,
        options: &command.options,
        inputs: &command.files,
    };
    context.import("Clients", &import, |tx, run| take_all(context, tx, command, run))
}

fn take_all(context: &Context, tx: &mut Tx<'_>, command: &Import, run: &mut ImportRun<'_>) -> Result<()> {
    let size = command.files.iter().map(Input::size).sum();
    let mut progress = Progress::new(&context.out, "clients", size);
    let mut seen = Seen::default();
    for input in &command.files {
        let source = command.source.clone().unwrap_or_else(|| input.stem());
        let mut importer =
            Importer { context, command, source, run: &mut *run, seen: &mut seen, waiting: Vec::new() };
        match command.format.map_or_else(|| recognised(input), Ok)? {
            Format::Csv => read_table(tx, input, &mut importer, &mut progress)?,
            Format::Fhir => read_fhir(tx, input, &mut importer)?,
        }
        importer.flush(tx)?;
    }
    Ok(())
}

/// A folder is FHIR, and so is a text that begins like a JSON object.
fn recognised(input: &Input) -> Result<Format> {
    let is_fhir = input.is_folder() || input.first_character()? == Some('{');
    Ok(if is_fhir { Format::Fhir } else { Format::Csv })
}

fn read_table(
    tx: &mut Tx<'_>, input: &Input, importer: &mut Importer<'_, '_>, progress: &mut Progress,
) -> Result<()> {
    let mut table = ClientsCsv::open(input, &importer.command.mapping)?;
    importer.run.notes.extend_from_slice(table.notes());
    while let Some(found) = table.next()? {
        progress.step(found.row.cells.iter().map(|cell| cell.len() as u64 + 1).sum());
        importer.take(tx, found)?;
    }
    Ok(())
}

fn read_fhir(tx: &mut Tx<'_>, input: &Input, importer: &mut Importer<'_, '_>) -> Result<()> {
    let read = fhir::patients(input)?;
    let remarks = read.remarks.into_iter().map(|remark| format!("{}: {}", remark.place, remark.text));
    importer.run.notes.extend(remarks);
    let at = |file: String| Reject { file, ..Reject::default() };
    for reject in read.rejects {
        importer.take(tx, ClientRow { person: Err(reject.reason), row: at(reject.place) })?;
    }
    for person in read.people {
        let row = at(person.place.clone());
        importer.take(tx, ClientRow { person: Ok(person), row })?;
    }
    Ok(())
}

/// The keys that have been read. Only eight bytes of each are kept, in many short sorted rows, so that a million take
/// 8 MB; a collision is practically impossible.
struct Seen(Vec<Vec<u64>>);

impl Default for Seen {
    fn default() -> Self {
        Seen(vec![Vec::new(); 1 << 12])
    }
}

impl Seen {
    /// Returns whether the key is new.
    fn insert(&mut self, key: ClientId) -> bool {
        let (high, low) = key.uuid().as_u64_pair();
        let drawer = usize::try_from(high >> 52).unwrap_or(0);
        let Some(row) = self.0.get_mut(drawer) else { return true };
        match row.binary_search(&low) {
            Ok(_) => false,
            Err(place) => {
                row.insert(place, low);
                true
            }
        }
    }
}

/// An import in progress.
struct Importer<'a, 'r> {
    context: &'a Context,
    command: &'a Import,
    source: String,
    run: &'a mut ImportRun<'r>,
    seen: &'a mut Seen,
    waiting: Vec<(ClientId, Person, Reject)>,
}

impl Importer<'_, '_> {
    fn take(&mut self, tx: &mut Tx<'_>, found: ClientRow) -> Result<()> {
        self.run.counts.read += 1;
        let ClientRow { person, row } = found;
        let person = match person {
            Ok(person) => person,
            Err(why) => return self.run.reject(&row, &why),
        };
        if let Some(Err(why)) = person.birth_date.map(|date| client::birth_date(date, self.context.today)) {
            return self.run.reject(&row, &why);
        }
        if let Some(Err(why)) = self.id_of(&person).map(|id| unlike_a_code(&id)) {
            return self.run.reject(&row, &format!("the id {why}"));
        }
        let key = imported_key("client", &self.source, &person.source_id);
        if !self.seen.insert(key) {
            return self
                .run
                .reject(&row, &format!("the id `{}` was there before in this source", person.source_id));
        }
        self.waiting.push((key, person, row));
        if self.waiting.len() < CHUNK { Ok(()) } else { self.flush(tx) }
    }

    /// Creates or updates the clients that are waiting.
    fn flush(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        let keys: Vec<_> = waiting.iter().map(|(key, person, _)| (*key, self.id_of(person))).collect();
        let found = store::client::imported(tx, &keys)?;
        let by_key: HashMap<ClientId, &Client> = found.iter().map(|client| (client.id, client)).collect();
        let by_id: HashMap<&str, &Client> =
            found.iter().filter_map(|client| Some((client.external_id.as_deref()?, client))).collect();
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        for (key, person, row) in waiting {
            let id = self.id_of(&person);
            if let Some(other) = id.as_deref().and_then(|id| by_id.get(id)).filter(|other| other.id != key) {
                self.run.reject(&row, &taken(other))?;
                continue;
            }
            let wanted = self.client(key, person, id);
            match by_key.get(&key) {
                None => new.push(wanted),
                Some(before) => changed.push(((*before).clone(), merged(before, wanted))),
            }
        }
        self.make(tx, new)?;
        self.change(tx, &changed)
    }

    fn id_of(&self, person: &Person) -> Option<String> {
        (!self.command.without_ids).then(|| person.source_id.clone())
    }

    /// Without a code, which is drawn later.
    fn client(&self, key: ClientId, person: Person, id: Option<String>) -> Client {
        Client {
            id: key,
            code: String::new(),
            given: person.given,
            family: person.family,
            birth_date: person.birth_date,
            postal_code: person.postal_code,
            external_id: id,
            source: Some(self.source.clone()),
            source_id: Some(person.source_id),
        }
    }

    fn make(&mut self, tx: &mut Tx<'_>, mut new: Vec<Client>) -> Result<()> {
        let codes =
            self.context.codes(Prefix::Client, new.len(), |drawn| store::client::taken_codes(tx, drawn))?;
        for (client, code) in new.iter_mut().zip(codes) {
            client.code = code;
        }
        store::client::insert(tx, &new)?;
        new.iter().try_for_each(|client| self.run.created(client))
    }

    fn change(&mut self, tx: &mut Tx<'_>, pairs: &[(Client, Client)]) -> Result<()> {
        for (before, after) in pairs {
            if self.run.compared(before, after, Client::clone)? {
                store::client::update(tx, after)?;
            }
        }
        self.run.flush(self.context, tx)
    }
}

/// Fields that the source leaves out keep their value.
fn merged(before: &Client, wanted: Client) -> Client {
    Client {
        code: before.code.clone(),
        birth_date: wanted.birth_date.or(before.birth_date),
        postal_code: wanted.postal_code.or_else(|| before.postal_code.clone()),
        external_id: wanted.external_id.or_else(|| before.external_id.clone()),
        ..wanted
    }
}

fn taken(other: &Client) -> String {
    let source = other.source.as_ref().map(|source| format!(" of the source `{source}`")).unwrap_or_default();
    let id = other.external_id.as_deref().unwrap_or_default();
    format!("the id `{id}` belongs to {} ({}){source} already", other.code, other.full_name())
}
