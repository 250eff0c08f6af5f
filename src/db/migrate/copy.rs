//! The copy of a file before it is upgraded (rule 4.7): whole, checked, on the disk, and readable by its owner alone, or there is no
//! upgrade.

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::db::sqlite::{Database, make_private};
use crate::error::{Error, Kind, Result};
use crate::file::folder;

/// Copies the database, while a transaction of this process keeps others from writing.
pub(super) fn set_aside(path: &Path, version: i64) -> Result<PathBuf> {
    let name = path.file_name().unwrap_or_default().display().to_string();
    let copy = path.with_file_name(format!("{name}.before-{}", version + 1));
    let folder = folder(path);
    let unwritable = |source: io::Error| {
        no_copy(format!("the copy `{}` before an upgrade cannot be written: {source}", copy.display()))
            .hint("see to it that it can be; without a copy nothing is upgraded")
    };
    let file = unfinished(folder, &copy).map_err(unwritable)?;
    let database = Database::open(path)?;
    database.copy_to(file.path())?;
    must_be_whole(&database, &file, version)?;
    file.as_file().sync_all().map_err(unwritable)?;
    put_in_place(file, &copy, unwritable)?;
    // Its name is on the disk too.
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(unwritable)?;
    Ok(copy)
}

fn no_copy(message: String) -> Error {
    Error::new(Kind::Environment, "database.no_copy", message)
}

/// An empty file under a fixed name, in place of one that an upgrade left that was cut off: only one process upgrades at a time.
fn unfinished(folder: &Path, copy: &Path) -> io::Result<NamedTempFile> {
    let name = format!(".{}.unfinished", copy.file_name().unwrap_or_default().display());
    match fs::remove_file(folder.join(&name)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => tempfile::Builder::new().prefix(&name).rand_bytes(0).tempfile_in(folder),
    }
}

/// Refused unless the copy is sound, and has as many rows in each table as the database.
fn must_be_whole(database: &Database, file: &NamedTempFile, version: i64) -> Result<()> {
    let copied = Database::open(file.path())?;
    let damage = copied.damage()?;
    if damage.is_empty()
        && copied.version()? == Some(version)
        && copied.row_counts()? == database.row_counts()?
    {
        return Ok(());
    }
    let found = damage.first().map_or(String::new(), |found| format!(": {found}"));
    Err(no_copy(format!("the copy before an upgrade is not as the database{found}"))
        .hint("see to the disk; without a copy nothing is upgraded"))
}

/// Gives the copy its name. The same copy may be there already, from an upgrade that was cut off behind it; anything else is
/// neither replaced nor taken for the copy.
fn put_in_place(file: NamedTempFile, copy: &Path, unwritable: impl Fn(io::Error) -> Error) -> Result<()> {
    let Err(failed) = file.persist_noclobber(copy) else { return Ok(()) };
    if failed.error.kind() != io::ErrorKind::AlreadyExists {
        return Err(unwritable(failed.error));
    }
    if is_same(failed.file.path(), copy).map_err(&unwritable)? {
        return make_private(copy).map_err(unwritable);
    }
    Err(no_copy(format!("`{}` is not the copy before an upgrade that its name says", copy.display()))
        .hint("move it away; without a copy nothing is upgraded"))
}

/// Whether the other is a file, and no link to one, with the same bytes.
fn is_same(one: &Path, other: &Path) -> io::Result<bool> {
    let about = other.symlink_metadata()?;
    if !about.is_file() || about.len() != one.metadata()?.len() {
        return Ok(false);
    }
    let [one, other] = [File::open(one)?, File::open(other)?].map(BufReader::new);
    one.bytes().zip(other.bytes()).try_fold(true, |same, (one, other)| Ok(same && one? == other?))
}
