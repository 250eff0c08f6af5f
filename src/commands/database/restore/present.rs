//! What there is where a backup is to be restored.

use std::path::{Path, PathBuf};

use super::Restore;
use crate::commands::prelude::*;
use crate::context::Run;
use crate::db::{Db, Location};
use crate::file::folder;
use crate::model::backup::stamp;

pub(super) enum Present {
    /// No file.
    Missing,
    /// A server, or a file, that holds nothing.
    Vacant,
    /// A database of ours, which the actor looks after.
    There(Box<Context>),
    /// A file that cannot be read as a database, and why.
    Damaged(Error),
}

/// Refused for an actor that may not, for a database of another program, and for one of a newer version of this.
pub(super) fn look(run: &Run) -> Result<Present> {
    let run = Run { at: None, ..run.clone() };
    let (location, is_file) = (run.location.clone(), matches!(run.location, Location::File(_)));
    match Context::open_with(run, Action::LookAfterDatabase) {
        Ok(context) => Ok(Present::There(Box::new(context))),
        Err(error) => match error.code() {
            "database.missing" => Ok(Present::Missing),
            "database.foreign" => Db::must_be_vacant(&location).map(|()| Present::Vacant).map_err(|_| error),
            "database.corrupt" | "database.not_a_database" if is_file => Ok(Present::Damaged(error)),
            _ => Err(error),
        },
    }
}

impl Present {
    /// What will hold what is replaced.
    pub(super) fn kept_as(&self, run: &Run, command: &Restore) -> Result<Option<PathBuf>> {
        if matches!(self, Present::Missing | Present::Vacant) {
            return Ok(None);
        }
        let at = stamp(run.now);
        let (beside, name) = match &run.location {
            Location::File(path) => {
                (path.as_path(), format!("{}.replaced-{at}", path.file_name().unwrap_or_default().display()))
            }
            Location::Server(_) => (command.file.path(), format!("caredesk-replaced-{at}.zip")),
        };
        let folder = command.keep.as_deref().unwrap_or(folder(beside));
        let path = if folder == Path::new(".") { PathBuf::from(name) } else { folder.join(name) };
        if path.symlink_metadata().is_err() {
            return Ok(Some(path));
        }
        let message = format!("what is replaced would be kept as `{}`, which exists", path.display());
        Err(Error::refused("file.exists", message).hint("repeat the command, or name a folder with `--keep`"))
    }
}
