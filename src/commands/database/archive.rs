//! How a backup is made of a database, and a database of a backup.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::commands::prelude::*;
use crate::context::Run;
use crate::db::{Db, TableSum, newer_program, open_copy};
use crate::file::{TemporaryFolder, unreadable, unwritable};
use crate::interchange::backup::{self, damaged};
use crate::model::audit::hex;
use crate::model::backup::{FORM, Manifest, TableContent};
use crate::model::view::View;
use crate::output::progress::Progress;
use crate::output::target::TargetFile;
use crate::store::audit;

/// A backup that was written and read again.
pub(super) struct Written {
    pub(super) manifest: Manifest,
    pub(super) size: u64,
    pub(super) sha256: String,
    /// What is wrong with the database that it is a copy of.
    pub(super) unsound: Vec<String>,
}

/// The database of a backup, unpacked and compared with what the backup says of it.
pub(super) struct Examined {
    pub(super) manifest: Manifest,
    pub(super) database: PathBuf,
    /// What was wrong with it when it was written.
    pub(super) unsound: Vec<String>,
}

/// Writes a backup of what `copy` puts into a file, and examines it as anyone would who needs it.
pub(super) fn write(
    run: &Run, (engine, at): (&str, DateTime<Utc>), folder: &TemporaryFolder, into: &TargetFile,
    copy: impl FnOnce(&Path) -> Result<()>,
) -> Result<Written> {
    let path = folder.path().join("copy.db");
    copy(&path)?;
    let manifest = described(&path, engine, at)?;
    let file = into.open()?;
    let mut progress = Progress::new(&run.out, "Packing", manifest.size);
    File::open(&path)
        .and_then(|mut database| backup::pack(&mut database, &manifest, &file, &mut |by| progress.step(by)))
        // Room for what is unpacked again.
        .and_then(|()| fs::remove_file(&path))
        .map_err(|error| unwritable(into.path(), error))?;
    let name = into.path().display().to_string();
    let Examined { unsound, .. } = examine(run, &file, &name, folder)?;
    let size = file.metadata().map_err(|error| unreadable(&name, error))?.len();
    let sha256 = backup::digest(&file).map_err(|error| unreadable(&name, error))?;
    Ok(Written { manifest, size, sha256, unsound })
}

/// What is to be said of a copy.
fn described(path: &Path, engine: &str, at: DateTime<Utc>) -> Result<Manifest> {
    let (mut db, schema) = open_copy(path)?;
    let (sums, end, origin, hub) = db.read(|tx| {
        let end = audit::end(tx)?;
        Ok((tx.sums(&mut |_| {})?, end, audit::origin(tx)?, store::setting::hub_name(tx)?))
    })?;
    drop(db);
    let read = |error| unreadable(&path.display().to_string(), error);
    let file = File::open(path).map_err(read)?;
    Ok(Manifest {
        form: FORM,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema,
        taken_at: at,
        hub,
        engine: engine.to_owned(),
        size: file.metadata().map_err(read)?.len(),
        sha256: backup::digest(&file).map_err(read)?,
        entries: end.sequence,
        head: hex(&end.hash),
        origin: hex(&origin.unwrap_or_default()),
        tables: sums.into_iter().map(content).collect(),
    })
}

fn content(TableSum { table, rows, sum }: TableSum) -> TableContent {
    TableContent { table, rows, sum }
}

/// Unpacks a backup into a folder. An environment error if it is not as it was written, or of a newer program.
pub(super) fn examine(run: &Run, file: &File, name: &str, folder: &TemporaryFolder) -> Result<Examined> {
    let database = folder.path().join("caredesk.db");
    let mut unpacked = File::create_new(&database).map_err(|error| unwritable(&database, error))?;
    let size = file.metadata().map_or(0, |about| about.len());
    let mut progress = Progress::new(&run.out, "Verifying", size);
    let manifest = backup::unpack(file, name, &mut unpacked, &mut |by| progress.step(by))?;
    if manifest.schema > Db::newest_schema() {
        let [found, known] = [manifest.schema, Db::newest_schema()].map(|schema| format!("schema {schema}"));
        return Err(backup::too_new(name, found, known).hint(newer_program(&manifest.program)));
    }
    let (mut db, _) = open_copy(&database).map_err(|error| damaged(name, error))?;
    let mut unsound = db.integrity_errors()?;
    let (sums, chain) = db.read(|tx| Ok((tx.sums(&mut |_| {})?, audit::walk(tx, [])?)))?;
    let found: Vec<TableContent> = sums.into_iter().map(content).collect();
    if found != manifest.tables {
        return Err(damaged(name, "its tables are others than it says"));
    }
    unsound.extend(chain.broken.map(|broken| broken.what));
    Ok(Examined { manifest, database, unsound })
}

/// Who took a copy of all is recorded. `but` says what stands where that cannot be, and which trail has no entry of it.
pub(super) fn recorded<V: View + PartialEq>(
    context: &Context, action: &'static str, but: &str, change: impl Fn() -> Change<V>,
) -> Change<V> {
    context.step(action, |_| Ok(change())).unwrap_or_else(|error| {
        context.out.warn(&format!("{but} has no entry of it: {error}"));
        change()
    })
}
