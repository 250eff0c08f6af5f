//! A result that comes piece by piece and is worth nothing before it is whole: kept apart until then, readable by this user
//! alone.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::file::{may_write, unwritable};
use super::{closed, terminal};
use crate::error::{Error, Kind, Result};

pub(crate) struct AtomicFile {
    backing: Backing,
    path: PathBuf,
}

enum Backing {
    /// In the folder of the file, and so on its disk. Goes away unless it is kept.
    Beside { file: NamedTempFile, target: PathBuf, overwrite: bool },
    /// For standard output and for what is no ordinary file, such as a pipe. It has no name that anybody could open.
    Nameless(File),
}

impl AtomicFile {
    /// `-` is standard output, which must not be a terminal: what it made of such bytes is anybody's guess (rule 4.4). Refused
    /// and environment errors as those of [`may_write`].
    pub(crate) fn begin(path: &Path, overwrite: bool) -> Result<AtomicFile> {
        if is_standard_output(path) && terminal::out_is_one() {
            return Err(Error::new(Kind::Usage, "usage.terminal", "a terminal cannot show such a document")
                .hint("name a file with `--file`, or send it on: `--file - | lp`"));
        }
        let is_special = path.metadata().is_ok_and(|about| !about.is_file() && !about.is_dir());
        let backing = if is_standard_output(path) || is_special {
            Backing::Nameless(tempfile::tempfile().map_err(|error| unwritable(path, &error))?)
        } else {
            may_write(path, overwrite)?;
            // Through a symbolic link it is the file behind it that is replaced.
            let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
            let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
            let file = NamedTempFile::with_prefix_in(".caredesk-", folder.unwrap_or(Path::new(".")));
            Backing::Beside { file: file.map_err(|error| unwritable(path, &error))?, target, overwrite }
        };
        Ok(AtomicFile { backing, path: path.to_owned() })
    }

    fn file(&mut self) -> &mut File {
        match &mut self.backing {
            Backing::Beside { file, .. } => file.as_file_mut(),
            Backing::Nameless(file) => file,
        }
    }

    /// Back to the empty beginning: what fills it may be tried again.
    pub(crate) fn clear(&mut self) -> Result<()> {
        let cleared = self.file().set_len(0).and_then(|()| self.file().rewind());
        cleared.map_err(|error| unwritable(&self.path, &error))
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.file().write_all(bytes).map_err(|error| unwritable(&self.path, &error))
    }

    /// Puts it in its place, whole. Refused where a file of that name came up meanwhile and may not be replaced.
    pub(crate) fn keep(self) -> Result<()> {
        let path = self.path;
        match self.backing {
            Backing::Beside { file, target, overwrite } => {
                let synced = file.as_file().sync_all();
                synced.map_err(|error| unwritable(&path, &error))?;
                let put = if overwrite { file.persist(&target) } else { file.persist_noclobber(&target) };
                match put {
                    Ok(_) => Ok(()),
                    Err(error) => {
                        // Better words, where a file came up.
                        may_write(&path, overwrite)?;
                        Err(unwritable(&path, &error.error))
                    }
                }
            }
            Backing::Nameless(mut file) => {
                file.rewind().map_err(|error| unwritable(&path, &error))?;
                copy(&mut file, &path)
            }
        }
    }
}

/// Whether `-` was said.
pub(crate) fn is_standard_output(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn copy(file: &mut File, path: &Path) -> Result<()> {
    if !is_standard_output(path) {
        let out = OpenOptions::new().write(true).open(path);
        let done = out.and_then(|mut out| io::copy(file, &mut out));
        return done.map(drop).map_err(|error| unwritable(path, &error));
    }
    let mut stdout = io::stdout().lock();
    io::copy(file, &mut stdout).and_then(|_| stdout.flush()).or_else(closed)
}
