//! The file that keeps how far a reader is.

use std::fs::File;
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::commands::prelude::*;
use crate::file::{AtomicFile, Mode};
use crate::model::audit::Cursor;

/// No cursor has so many bytes.
const MOST: u64 = 100;

pub(super) struct Kept {
    path: PathBuf,
    /// What it holds.
    cursor: Option<Cursor>,
}

impl Kept {
    /// Reads it, if it is there. Invalid if it holds something else.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let kept = |cursor| Kept { path: path.to_owned(), cursor };
        if path.symlink_metadata().is_err() {
            return Ok(kept(None));
        }
        let mut text = String::new();
        let read = File::open(path).and_then(|file| file.take(MOST).read_to_string(&mut text));
        match read {
            Err(error) if error.kind() != ErrorKind::InvalidData => {
                return Err(crate::file::unreadable(&path.display().to_string(), error));
            }
            _ => {}
        }
        let cursor = text.parse().map_err(|_: String| wrong(path))?;
        Ok(kept(Some(cursor)))
    }

    pub(super) fn cursor(&self) -> Option<&Cursor> {
        self.cursor.as_ref()
    }

    /// The file is replaced by another, so that it is whole at any moment. Of several that come together only the last is waited
    /// for until it is on the disk.
    pub(super) fn keep(&mut self, cursor: &Cursor, is_last: bool) -> Result<()> {
        if self.cursor.as_ref() == Some(cursor) {
            return Ok(());
        }
        let mut file = AtomicFile::create(&self.path, Mode::Private, true)?;
        writeln!(file, "{cursor}").map_err(|error| crate::file::unwritable(&self.path, error))?;
        if is_last {
            file.keep()?;
        } else {
            file.keep_meanwhile()?;
        }
        self.cursor = Some(cursor.clone());
        Ok(())
    }
}

fn wrong(path: &Path) -> Error {
    Error::invalid("events.cursor_file", format!("`{}` holds no cursor of this command", path.display()))
        .hint("name another file, or remove this one and say with `--since` where to begin")
}
