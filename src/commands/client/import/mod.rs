//! `client import`: tables and FHIR R4 patients, in one transaction, a few thousand at a time.

mod importer;

use self::importer::Importer;
use crate::commands::prelude::*;
use crate::context::{ImportArgs, ImportRun, Seen};
use crate::interchange::clients;
use crate::interchange::fhir;
use crate::interchange::table::{self, Corrections, Reading};
use crate::model::directory::{Origins, Reject};
use crate::model::import::Origin;
use crate::model::import_kind::{FileFormat, ImportKind};
use crate::model::people::{Person, follow_replacements};
use crate::output::progress::Progress;

#[derive(Args)]
#[command(mut_arg("files", |arg| arg.help(FILES)), mut_arg("format", |arg| arg.help(FORMAT)), after_help = "\
Examples:
  $ caredesk client import people.csv --map family=LAST --map given=FIRST
  $ caredesk client import bundles/ --source hospital --keep-going \\
      --rejects bad.csv

Columns: id, given, family, birth_date, postal_code, address, phones (between semicolons, each with or without a label: \
  `daughter: 020 7946 0018`), carer_note, status (active, inactive or deceased), since_on, deceased (a day, yes or no), \
  former_names (between semicolons), anonymous (yes for who has no name). A column that is not there changes nothing; an empty cell clears the birth date, the \
  postal code, the address, the phones, the note for carers or since_on.")]
pub(super) struct Import {
    #[command(flatten)]
    args: ImportArgs,
    /// Match people by the ids of the source, but do not store these as ids of the clients
    #[arg(long)]
    without_ids: bool,
}

const FORMAT: &str = "The format: `csv` for any table, or `fhir` [default: recognised from the content]";
const FILES: &str =
    "Tables, such as CSV or `.xlsx`, FHIR R4 bundles and NDJSON files, also packed, or folders of FHIR";

pub(super) fn run(context: &Context, command: &Import) -> Result<()> {
    context.import(ImportKind::Clients, &command.args, |tx, run| take_all(context, tx, command, run))
}

fn take_all(context: &Context, tx: &mut Tx<'_>, command: &Import, run: &mut ImportRun<'_>) -> Result<()> {
    let args = &command.args;
    let size = args.files.iter().map(Input::size).sum();
    let mut progress = Progress::new(&context.out, ImportKind::Clients.things(), size);
    let mut seen = Seen::default();
    let known = store::client::sources(tx)?;
    let own = fhir::write::system(store::audit::identity(tx)?);
    for input in &args.files {
        let format = args.format.map_or_else(|| recognised(input, &args.reading), Ok)?;
        let rejected = Corrections::read(input, &args.reading)?.map(|rejected| rejected.origins.source);
        let given = args.source.as_deref().or(rejected.as_deref());
        let (origin, unclear) = match Origin::new(given, input.stem(), &known) {
            Ok(origin) => (Some(origin), None),
            // Who is meant may be clear from the codes alone.
            Err(why) if is_ours(input, &args.reading, format, &own)? => (None, Some(why)),
            Err(why) => return Err(why),
        };
        let before = run.counts.read;
        run.origins =
            origin.as_ref().map(|origin| Origins { source: origin.source.clone(), directory: None });
        let mut importer = Importer {
            context,
            command,
            source: origin.as_ref().map(|origin| origin.source.clone()).unwrap_or_default(),
            unclear,
            run: &mut *run,
            seen: &mut seen,
            waiting: Vec::new(),
            known: 0,
            merged: 0,
            rejected: None,
        };
        match format {
            FileFormat::Fhir => read_fhir(tx, input, &mut importer, &own)?,
            _ => read_table(tx, input, &mut importer, &mut progress)?,
        }
        importer.flush(tx)?;
        let (known, merged) = (importer.known, importer.merged);
        if merged > 0 {
            let rows = counted(merged, "row is of a client that was", "rows are of clients that were");
            run.remarks.notes.push(format!(
                "{}: {rows} merged into another here; nothing of it changes that one",
                input.name()
            ));
        }
        if let Some(origin) = origin {
            origin.must_be_proven(run.counts.read - before, known)?;
        }
    }
    Ok(())
}

/// A folder is FHIR, and so is JSON that names the type of a resource, and what was rejected of such.
fn recognised(input: &Input, reading: &Reading) -> Result<FileFormat> {
    let is_fhir = input.is_folder() || {
        let opening = table::opening(input, reading)?;
        opening.trim_start().starts_with(['{', '[']) && opening.contains("\"resourceType\"")
            || fhir::are_rejected(input, reading)?
    };
    Ok(if is_fhir { FileFormat::Fhir } else { FileFormat::Csv })
}

fn read_table(
    tx: &mut Tx<'_>, input: &Input, importer: &mut Importer<'_, '_>, progress: &mut Progress,
) -> Result<()> {
    let mut table = clients::open(input, &importer.command.args.reading)?;
    while let Some(found) = table.next()? {
        progress.step(found.1.size());
        importer.take(tx, found)?;
    }
    importer.run.remarks.add(table.remarks());
    Ok(())
}

/// Whether its rows are known by codes of this hub. Of a folder that is found out row by row.
fn is_ours(input: &Input, reading: &Reading, format: FileFormat, own: &str) -> Result<bool> {
    match format {
        FileFormat::Fhir => Ok(input.is_folder() || table::opening(input, reading)?.contains(own)),
        _ => clients::is_our_list(input, reading),
    }
}

/// `own` is the system of this hub's identifiers.
fn read_fhir(tx: &mut Tx<'_>, input: &Input, importer: &mut Importer<'_, '_>, own: &str) -> Result<()> {
    let reading = &importer.command.args.reading;
    let at = |file: String| Reject { file, columns: ["json".to_owned()].into(), ..Reject::default() };
    importer.rejected = Some(Vec::new());
    let mut replaced = Vec::new();
    let remarks = fhir::patients(input, reading, own, &mut |found| match found {
        Ok(person) if person.replaced_by.is_some() => {
            replaced.push(person);
            Ok(())
        }
        Ok(person) => {
            let row = at(person.place.clone());
            importer.take(tx, (Ok(person), row))
        }
        Err(reject) => importer.take(tx, (Err(reject.reason), at(reject.place))),
    })?;
    importer.run.remarks.add(remarks);
    follow_replacements(&mut replaced);
    // Who replaces another has to be there first.
    let (others, replaced): (Vec<Person>, Vec<Person>) =
        replaced.into_iter().partition(|person| person.replaced_by.is_none());
    for people in [others, replaced] {
        importer.flush(tx)?;
        for person in people {
            let row = at(person.place.clone());
            importer.take(tx, (Ok(person), row))?;
        }
    }
    importer.flush(tx)?;
    importer.reject_objects(input)
}
