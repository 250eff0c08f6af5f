//! Files that a command names: read from their beginning, or written whole or not at all. Knows nothing of
//! care.

mod atomic;
mod folder;
mod in_use;
mod input;
mod spool;
#[cfg(test)]
mod tests;
mod unfinished;

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

pub(crate) use self::atomic::{AtomicFile, Mode};
pub(crate) use self::folder::{AtomicFolder, TemporaryFolder};
pub(crate) use self::in_use::{Identity, identity, protect, protect_no_more};
pub(crate) use self::input::Input;
pub(crate) use self::spool::Spool;
pub(crate) use self::unfinished::remove_unfinished;
use crate::error::{Error, Kind};

/// The error of every file or folder that cannot be read.
pub(crate) fn unreadable(name: &str, source: io::Error) -> Error {
    let message = match source.kind() {
        io::ErrorKind::NotFound => format!("there is no file `{name}`"),
        io::ErrorKind::IsADirectory => format!("`{name}` is a folder, not a file"),
        io::ErrorKind::PermissionDenied => format!("`{name}` may not be read by this user"),
        _ => format!("`{name}` cannot be read: {source}"),
    };
    let is_folder = source.kind() == io::ErrorKind::IsADirectory;
    let error = Error::invalid("file.unreadable", message).because(source);
    if is_folder { error.hint("name a file in it") } else { error }
}

/// The error of every file that cannot be written.
pub(crate) fn unwritable(path: &Path, source: io::Error) -> Error {
    let why = match source.kind() {
        io::ErrorKind::NotFound => "its folder does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "this user may not".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => source.to_string(),
    };
    Error::new(Kind::Environment, "file.unwritable", format!("`{}` cannot be written: {why}", path.display()))
        .because(source)
}

/// A file that is read and then written on; a new one is readable by its owner alone.
pub(crate) fn open_to_go_on(path: &Path) -> io::Result<File> {
    private(OpenOptions::new().read(true).write(true).truncate(false)).open(path)
}

/// The same, in which all is written at its end, also what others write meanwhile.
pub(crate) fn open_to_append(path: &Path) -> io::Result<File> {
    private(OpenOptions::new().read(true).append(true)).open(path)
}

fn private(options: &mut OpenOptions) -> &OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.create(true)
}

/// Makes a folder, and those that it is in, for its owner alone.
pub(crate) fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// Refused if something of that name exists (`file.exists`), unless it may be replaced; a folder never is, nor what
/// this process works on (`file.in_use`).
pub(crate) fn must_be_vacant(path: &Path, overwrite: bool) -> Result<(), Error> {
    let name = path.display();
    if path.is_dir() {
        return Err(Error::refused("file.exists", format!("`{name}` is a folder")).hint("name a file in it"));
    }
    // A dangling link exists too.
    if path.symlink_metadata().is_ok() && !overwrite {
        return Err(Error::refused("file.exists", format!("there is a file `{name}` already"))
            .hint("`--overwrite` replaces it")
            .detail("file", name.to_string()));
    }
    if in_use::is_in_use(path) {
        return Err(Error::refused("file.in_use", format!("`{name}` is what this command works on"))
            .hint("name another file"));
    }
    Ok(())
}

/// The folder that a file is in.
pub(crate) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
