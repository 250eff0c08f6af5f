//! `export hsds`: the directory of providers, as HSDS (rule 8.20).

mod listing;

use std::collections::HashSet;
use std::path::Path;

use super::pages::pages;
use crate::commands::prelude::*;
use crate::file::AtomicFolder;
use crate::interchange::hsds::write::{DOCUMENT, Directory, Written};
use crate::output::target::Target;
use crate::store::provider::Filter;

// The directory holds nothing about clients, so that reading it leaves no entry in the audit trail, as `provider list` leaves none.
#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk export hsds --out directory
  $ caredesk export hsds --out directory --dry-run
  $ caredesk provider import directory --db other.db

The folder is new, and is there whole or not at all. It holds organizations.json, with all that is in them, documents of what \
  they refer to, and the same as tables, which datapackage.json describes (HSDS 3.1, Open Referral). What HSDS has no field for stands in attributes, by \
  which `provider import` knows its own.")]
pub(super) struct Hsds {
    /// The global option.
    #[arg(skip)]
    pub(super) out: Option<Target>,
}

view! {
    /// A directory that was written.
    pub(super) struct ExportedDirectory("directory", |view| &view.folder) {
        folder: String => Text,
        files: usize => Number,
        /// Rows of all tables.
        rows: u64 => Number,
        providers: u64 => Number,
        programs: u64 => Number,
    }
}

pub(super) fn run(context: &Context, command: &Hsds) -> Result<()> {
    let folder = folder(command.out.as_ref())?;
    context.report(|| {
        let exported = export(context, folder)?;
        let ExportedDirectory { folder, files, rows, providers, programs } = &exported;
        let files = counted(*files as u64, "file", "files");
        let providers = counted(*providers, "provider", "providers");
        let programs = counted(*programs, "program", "programs");
        let rows = counted(*rows, "row", "rows");
        let sentence = format!(
            "Wrote {providers} with {programs} to {folder}: {DOCUMENT}, and {rows} of tables; {files}."
        );
        Ok(Some(Change::created(exported).saying(sentence)))
    })
}

fn folder(out: Option<&Target>) -> Result<&Path> {
    let named = out.filter(|out| !out.is_standard());
    named.map(Target::path).ok_or_else(|| {
        Error::new(Kind::Usage, "usage.out", "a directory is written into a new folder, and none is named")
            .hint("name it with `--out`: `caredesk export hsds --out directory`")
    })
}

/// A dry run writes nothing.
fn export(context: &Context, path: &Path) -> Result<ExportedDirectory> {
    let (folder, exported) = context.read(|tx| {
        let folder = AtomicFolder::beside(path)?;
        let exported = fill(context, tx, &folder, path)?;
        Ok((folder, exported))
    })?;
    if !context.dry_run {
        folder.keep()?;
    }
    Ok(exported)
}

fn fill(context: &Context, tx: &mut Tx<'_>, folder: &AtomicFolder, path: &Path) -> Result<ExportedDirectory> {
    const PAGE: i64 = 100;
    let shared = Shared {
        providers: store::provider::import::shared_ids(tx)?.into_iter().collect(),
        programs: store::resource::shared_ids(tx)?.into_iter().collect(),
    };
    let visibility = context.visibility();
    let mut said = store::directory::all_entries(tx)?;
    // The order in which a source has come to say them means nothing, and each engine sorts texts in its own.
    said.sort_by(|(source, one), (other, next)| {
        (source, &one.entity, &one.entry).cmp(&(other, &next.entity, &next.entry))
    });
    // What is about none of the providers is for those who see all of them.
    let is_whole = visibility.account().is_none();
    let mut directory = Directory::begin(folder, &said, is_whole)?;
    let (mut providers, mut programs) = (0, 0);
    let page = |tx: &mut Tx<'_>, after: Option<&Provider>, limit| {
        store::provider::list(tx, &Filter { after, ..Filter::default() }, visibility, limit)
    };
    pages(tx, PAGE, page, |tx, page| {
        for provider in page {
            let listing = listing::read(context, tx, provider, &shared)?;
            providers += 1;
            programs += listing.services.len() as u64;
            directory.add(&listing)?;
        }
        Ok(())
    })?;
    if is_whole {
        said.iter().try_for_each(|(source, one)| directory.say(source, one))?;
    }
    let Written { files, rows } = directory.end()?;
    Ok(ExportedDirectory { folder: path.display().to_string(), files, rows, providers, programs })
}

/// Ids of sources that several have, of which none can be the id of one.
struct Shared {
    providers: HashSet<String>,
    programs: HashSet<String>,
}
