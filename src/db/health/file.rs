//! The file of a SQLite database, and what lies beside it.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use super::FileHealth;
use crate::db::{Location, sqlite};
use crate::error::{Error, Kind, Result};

pub(super) fn health(database: &sqlite::Database, path: &Path) -> Result<FileHealth> {
    let whole = path.canonicalize().map_err(|error| unreadable(path, &error))?;
    let about = whole.metadata().map_err(|error| unreadable(path, &error))?;
    let folder = whole.parent().unwrap_or(Path::new("/")).to_owned();
    let sqlite::Pages { bytes: page_bytes, free, journal } = database.pages()?;
    let log = whole.with_file_name(format!("{}-wal", whole.file_name().unwrap_or_default().display()));
    Ok(FileHealth {
        page_bytes,
        free_bytes: page_bytes * free,
        log_bytes: log.metadata().map_or(0, |about| about.len()),
        journal,
        bytes: about.len(),
        exposed: exposed(&whole),
        is_folder_open: folder.metadata().is_ok_and(|about| is_open(&about)),
        copies: copies(&whole, &folder),
        space: space(&folder),
        folder,
    })
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    Error::new(
        Kind::Environment,
        "database.unreadable",
        format!("`{}` cannot be read: {error}", path.display()),
    )
}

/// Files beside the database are made with its own mode, and go away with the last that uses it.
fn exposed(path: &Path) -> Vec<PathBuf> {
    let mut files = Location::File(path.to_owned()).files();
    files.dedup();
    files.retain(|file| file.metadata().is_ok_and(|about| is_exposed(&about)));
    if files.first().is_some_and(|first| first == path) {
        files.truncate(1);
    }
    files
}

/// By name.
fn copies(path: &Path, folder: &Path) -> Vec<PathBuf> {
    let start = format!("{}.before-", path.file_name().unwrap_or_default().display());
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries
        .filter(|entry| entry.file_name().to_str().is_some_and(|name| name.starts_with(&start)))
        .map(|entry| entry.path())
        .collect();
    found.sort_unstable();
    found
}

#[cfg(unix)]
fn is_exposed(about: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    about.permissions().mode() & 0o077 != 0
}

/// In a folder with the sticky bit each replaces only its own files.
#[cfg(unix)]
fn is_open(about: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = about.permissions().mode();
    mode & 0o022 != 0 && mode & 0o1000 == 0
}

#[cfg(unix)]
fn space(folder: &Path) -> Option<u64> {
    let about = rustix::fs::statvfs(folder).ok()?;
    about.f_bavail.checked_mul(about.f_frsize)
}

#[cfg(not(unix))]
fn is_exposed(_about: &Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn is_open(_about: &Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn space(_folder: &Path) -> Option<u64> {
    None
}
