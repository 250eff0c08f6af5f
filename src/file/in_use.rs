//! The files that this process works on, which nothing that it writes replaces: its inputs and its database.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Of the whole process, so that no writer can forget to ask.
static IN_USE: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// From now on the file is not replaced. One that does not exist yet is protected too, and of a folder all files.
pub(crate) fn protect(path: &Path) {
    let mut in_use = IN_USE.lock().unwrap_or_else(PoisonError::into_inner);
    if !in_use.iter().any(|known| known == path) {
        in_use.push(path.to_owned());
    }
}

/// A new run works on other files.
pub(crate) fn protect_no_more() {
    IN_USE.lock().unwrap_or_else(PoisonError::into_inner).clear();
}

pub(super) fn is_in_use(path: &Path) -> bool {
    let in_use = IN_USE.lock().unwrap_or_else(PoisonError::into_inner);
    in_use.iter().any(|used| is_same(used, path) || is_in(path, used))
}

/// The files that are being written.
static CLAIMED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// The right to a name as long as it lives: one command may write several files, and none may replace another of them.
#[derive(Debug)]
pub(super) struct Claim(PathBuf);

impl Claim {
    /// None if another file that is being written will have the name.
    pub(super) fn to(path: &Path) -> Option<Self> {
        let mut claimed = CLAIMED.lock().unwrap_or_else(PoisonError::into_inner);
        if claimed.iter().any(|other| is_same(other, path)) {
            return None;
        }
        claimed.push(path.to_owned());
        Some(Claim(path.to_owned()))
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        let mut claimed = CLAIMED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = claimed.iter().position(|path| *path == self.0) {
            claimed.swap_remove(place);
        }
    }
}

/// Whether both paths lead to one file, through any links, hard links and folders.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    match (identity(one), identity(other)) {
        (Some(one), Some(other)) => one == other,
        (None, None) => missing(one).is_some_and(|one| missing(other) == Some(one)),
        _ => false,
    }
}

/// Which file a path leads to, whatever it is called.
#[cfg(unix)]
pub(crate) type Identity = (u64, u64);
#[cfg(not(unix))]
pub(crate) type Identity = PathBuf;

#[cfg(unix)]
pub(crate) fn identity(path: &Path) -> Option<Identity> {
    let about = path.metadata().ok()?;
    Some((std::os::unix::fs::MetadataExt::dev(&about), std::os::unix::fs::MetadataExt::ino(&about)))
}

#[cfg(not(unix))]
pub(crate) fn identity(path: &Path) -> Option<Identity> {
    path.canonicalize().ok()
}

/// A missing file is identified by its folder and name.
fn missing(path: &Path) -> Option<PathBuf> {
    Some(super::folder(path).canonicalize().ok()?.join(path.file_name()?))
}

fn is_in(path: &Path, folder: &Path) -> bool {
    folder.is_dir()
        && path
            .canonicalize()
            .is_ok_and(|path| folder.canonicalize().is_ok_and(|folder| path.starts_with(folder)))
}
