//! Puts a whole file of SQLite in the place of another: at every moment the database is the one or the other.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::backup::StepResult;
use tempfile::{NamedTempFile, TempPath};

use crate::db::error::{self, Ended};
use crate::db::{Db, Ending, interrupt, sqlite};
use crate::error::{Error, Kind, Result};
use crate::file::folder;

impl Db {
    /// Replaces all that this file holds by what is in the file `by`, under the lock of a writer, so that no process that has it open
    /// writes beside it. What there was is kept in the file `kept` first, if one is named; `unchanged` may refuse once nothing can change any more.
    pub(crate) fn replace(
        &mut self, path: &Path, by: &Path, kept: Option<&Path>, unchanged: impl FnOnce(&mut Db) -> Result<()>,
    ) -> Result<()> {
        let Db::Sqlite(database) = self else { return Err(Error::internal("a server is not a file")) };
        database.must_keep_log()?;
        let source = sqlite::Database::open(by)?;
        source.take_page_size_of(database)?;
        {
            let backup = database.begin_replacing(&source)?;
            // No page yet, but the lock.
            taken(backup.step(0))?;
            let mut present = Db::Sqlite(Box::new(sqlite::Database::open(path)?));
            unchanged(&mut present)?;
            if let Some(kept) = kept {
                keep(&present, kept)?;
            }
            let done = interrupt::commit(|| taken(backup.step(-1)).map_err(Ended::RolledBack));
            done.map_err(|(Ended::RolledBack(error) | Ended::Open(error))| error)?;
        }
        database.merge_log();
        Ok(())
    }
}

/// Opens a file that may have been replaced: where the disk failed in that, what stands in its log counts or not by who reads it
/// next, and a write decides.
pub(crate) fn open_settled(path: &Path) -> Result<Db> {
    let mut db = Db::Sqlite(Box::new(sqlite::Database::open(path)?));
    db.write(Ending::Commit, |tx| {
        tx.settle_log()?;
        Ok(())
    })?;
    Ok(db)
}

fn taken(step: rusqlite::Result<StepResult>) -> Result<()> {
    match step? {
        StepResult::Done | StepResult::More => Ok(()),
        _ => Err(error::busy("another process holds it")),
    }
}

/// A copy of what is there, whole and on the disk.
fn keep(present: &Db, kept: &Path) -> Result<()> {
    let Db::Sqlite(database) = present else { return Ok(()) };
    let unkept = |source: io::Error| unkept(kept, source);
    let copy = NamedTempFile::new_in(folder(kept)).map_err(unkept)?;
    database.copy_to(copy.path())?;
    let copied = sqlite::Database::open(copy.path())?;
    if copied.row_counts()? != database.row_counts()? {
        return Err(unkept(io::Error::other("the copy is not as the database")));
    }
    drop(copied);
    copy.as_file().sync_all().map_err(unkept)?;
    copy.persist_noclobber(kept).map_err(|failed| unkept(failed.error))?;
    sync_folder(kept).map_err(unkept)
}

fn unkept(kept: &Path, source: io::Error) -> Error {
    let message = format!("what is there cannot be kept as `{}`: {source}", kept.display());
    Error::new(Kind::Environment, "database.not_kept", message)
        .hint("see to it that it can be; nothing was replaced")
        .because(source)
}

fn unplaced(path: &Path, source: io::Error) -> Error {
    sqlite::cannot_create(path, &source).because(source)
}

/// Gives a whole file, beside the place, its name. Refused if there is anything of that name.
pub(crate) fn place_anew(by: PathBuf, path: &Path) -> Result<()> {
    sqlite::make_private(&by).map_err(|error| unplaced(path, error))?;
    File::open(&by).and_then(|file| file.sync_all()).map_err(|error| unplaced(path, error))?;
    let file = TempPath::try_from_path(by).map_err(|error| unplaced(path, error))?;
    file.persist_noclobber(path).map_err(|failed| unplaced(path, failed.error))?;
    sync_folder(path).map_err(|error| unplaced(path, error))
}

/// For a database that cannot be read: its file, and the log beside it, get another name, and the whole file `by` takes its place.
pub(crate) fn set_aside(path: &Path, by: PathBuf, kept: &Path) -> Result<()> {
    let unkept = |source: io::Error| unkept(kept, source);
    sqlite::make_private(&by).map_err(unkept)?;
    File::open(&by).and_then(|file| file.sync_all()).map_err(unkept)?;
    fs::hard_link(path, kept).map_err(unkept)?;
    let log = beside(path, "-wal");
    if log.exists() {
        // It belongs to what was there: the new file would be read with it.
        fs::rename(&log, beside(kept, "-wal")).map_err(unkept)?;
    }
    drop(fs::remove_file(beside(path, "-shm")));
    fs::rename(&by, path).map_err(unkept)?;
    sync_folder(path).map_err(unkept)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    PathBuf::from([path.as_os_str(), ending.as_ref()].join("".as_ref()))
}

fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(folder(path)).and_then(|folder| folder.sync_all())
}
