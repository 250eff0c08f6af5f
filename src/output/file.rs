//! Results that go to a file of their own: never over another by accident, never half of one.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Kind, Result};

/// Refused (`file.exists`) where there is a file already, unless it may be replaced; a folder never is. An
/// environment error (`file.unwritable`) where there is no folder to put it in.
pub(crate) fn may_write(path: &Path, overwrite: bool) -> Result<()> {
    let name = path.display();
    if path.is_dir() {
        return Err(Error::refused("file.exists", format!("`{name}` is a folder")).hint("name a file in it"));
    }
    // A link that leads nowhere is there as well.
    if path.symlink_metadata().is_ok() && !overwrite {
        return Err(Error::refused("file.exists", format!("there is a file `{name}` already"))
            .hint("`--overwrite` replaces it")
            .detail("file", name.to_string()));
    }
    if folder(path).is_dir() { Ok(()) } else { Err(unwritable(path, &io::ErrorKind::NotFound.into())) }
}

/// Writes it all beside the file first and then puts it in its place, so that no reader meets half of it. What is no
/// ordinary file, such as a pipe, is written to as it is. `file.unwritable` where that fails; nothing is left behind.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let is_special = path.metadata().is_ok_and(|about| !about.is_file());
    let done = if is_special { fs::write(path, bytes) } else { replace(path, bytes) };
    done.map_err(|error| unwritable(path, &error))
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // Through a symbolic link it is the file behind it that is replaced.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let beside = beside(&target);
    let done = put(&beside, bytes).and_then(|()| fs::rename(&beside, &target));
    if done.is_err() {
        let _ = fs::remove_file(&beside);
    }
    done
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Hidden, in the same folder (and so on the same disk), and of this process alone.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.part", std::process::id()))
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

pub(super) fn unwritable(path: &Path, error: &io::Error) -> Error {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "its folder does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "this user may not".to_owned(),
        _ => error.to_string(),
    };
    Error::new(Kind::Environment, "file.unwritable", format!("`{}` cannot be written: {why}", path.display()))
}
