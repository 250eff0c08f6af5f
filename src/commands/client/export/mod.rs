//! `client export`: a copy of all that is held about a person (rule 5.8).

mod dossier;

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;

use self::dossier::Dossier;
use crate::commands::prelude::*;
use crate::context::{Audited, copy_document};
use crate::file::AtomicFolder;
use crate::interchange::pdf;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk client export CLI-7K3M9Q --dir ada-moss

Each kind of thing is a file in JSON. The documents of releases are beside them as they were added, and the register \
  of disclosures is there as a PDF too. The folder is readable by you alone, and is there whole or not at all.")]
pub(super) struct Export {
    /// Code, id, name or family name (or the beginning of a code or name)
    client: Reference,
    /// The new folder to write into
    #[arg(long, value_name = "FOLDER", value_hint = clap::ValueHint::DirPath)]
    dir: PathBuf,
}

view! {
    pub(super) struct Exported("client", |view| &view.client) {
        client: String => Code,
        client_name: PersonName => Name,
        folder: String => Text,
        /// Files in the folder, documents included.
        files: usize => Number,
        documents: usize => Number,
    }
}

/// The audit entry of an export.
#[derive(Serialize, schemars::JsonSchema)]
struct AuditedExport {
    files: usize,
    documents: Vec<String>,
}

pub(super) fn run(context: &Context, command: &Export) -> Result<()> {
    context.report(|| {
        let exported = export(context, &command.client, &command.dir)?.exported;
        let Exported { client, folder, files, documents, .. } = &exported;
        let files = counted(*files, "file", "files");
        let sentence = format!(
            "Wrote all that is held about {client} to {folder}: {files}, {documents} of them documents."
        );
        Ok(Some(Change::created(exported).saying(sentence)))
    })
}

/// A copy that was made, and what is in it.
pub(super) struct Copy {
    dossier: Dossier,
    pub(super) exported: Exported,
}

impl Copy {
    /// Refused if something was added or changed since.
    pub(super) fn must_be_of_now(&self, context: &Context, tx: &mut Tx<'_>, client: &Client) -> Result<()> {
        if Dossier::read(context, tx, client.clone())?.is_same(&self.dossier) {
            return Ok(());
        }
        let message = format!("{} changed while the copy was made, so nothing was erased", client.code);
        Err(Error::refused("client.changed", message)
            .hint(format!("delete {} and repeat the command", self.exported.folder)))
    }
}

/// Recorded before the folder is there; a dry run writes and records nothing.
pub(super) fn export(context: &Context, client: &Reference, dir: &Path) -> Result<Copy> {
    let (folder, copy) = context.audited_copy("client.export", Action::ExportClients, |tx| {
        let found = store::lookup::<Client>(tx, client, context.visibility())?;
        let folder = AtomicFolder::beside(dir)?;
        let dossier = Dossier::read(context, tx, found)?;
        let exported = fill(context, tx, &folder, &dossier, dir)?;
        let documents = dossier.documents.iter().map(|release| release.code.clone()).collect();
        let audited = AuditedExport { files: exported.files, documents };
        let entry = Audited::read_of(&exported.client, &audited);
        Ok(((folder, Copy { dossier, exported }), entry))
    })?;
    if context.dry_run {
        return Ok(copy);
    }
    folder.keep()?;
    Ok(copy)
}

fn fill(
    context: &Context, tx: &mut Tx<'_>, folder: &AtomicFolder, dossier: &Dossier, dir: &Path,
) -> Result<Exported> {
    let mut files = 0;
    let mut write = |name: &str, bytes: &[u8]| {
        files += 1;
        folder.file(name)?.write_all(bytes).map_err(|error| folder.unwritable(error))
    };
    for (name, content) in &dossier.files {
        write(name, content.as_bytes())?;
    }
    let page = context.register(&dossier.client, dossier.hub.clone(), &dossier.disclosures);
    write("disclosures.pdf", &pdf::document(&page)?)?;
    for release in &dossier.documents {
        let mut file = folder.file(&dossier::document_name(release))?;
        copy_document(tx, release, |bytes| file.write_all(bytes).map_err(|error| folder.unwritable(error)))?;
    }
    Ok(Exported {
        client: dossier.client.code.clone(),
        client_name: dossier.client.full_name(),
        folder: dir.display().to_string(),
        files: files + dossier.documents.len(),
        documents: dossier.documents.len(),
    })
}
