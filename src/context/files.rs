//! Files that a run writes: never over its database or over the files that it reads.

use std::path::PathBuf;

use super::{Context, ImportOptions};
use crate::db::Location;
use crate::error::Result;
use crate::file::Input;
use crate::output::rejects::Rejects;
use crate::output::target::{Destination, TargetFile};

impl Context {
    /// Errors as those of [`Destination::begin`].
    pub(crate) fn begin_file(&self, to: &Destination) -> Result<TargetFile> {
        to.begin(&self.own_files())
    }

    /// Puts the whole file in place. A dry run only checks that it could, and prints what goes to standard
    /// output.
    pub(crate) fn deliver(&self, to: &Destination, bytes: &[u8]) -> Result<()> {
        let mut file = self.begin_file(to)?;
        file.add(bytes)?;
        if self.only_tries(to) { Ok(()) } else { file.keep() }
    }

    /// Whether a dry run leaves this file alone.
    pub(crate) fn only_tries(&self, to: &Destination) -> bool {
        self.dry_run && !to.is_standard()
    }

    /// The rows that an import of these files rejects.
    pub(crate) fn rejects(&self, options: &ImportOptions, inputs: &[Input]) -> Result<Rejects> {
        let read = inputs.iter().filter(|input| !input.is_standard()).map(|input| input.path().to_owned());
        let in_use: Vec<PathBuf> = self.own_files().into_iter().chain(read).collect();
        Rejects::new(options.rejects.as_ref().map(|target| (target, options.overwrite)), &in_use)
    }

    /// The database and the files of its engine.
    fn own_files(&self) -> Vec<PathBuf> {
        let Location::File(path) = &self.location else { return Vec::new() };
        let beside = |ending| PathBuf::from([path.as_os_str(), ending].join("".as_ref()));
        ["".as_ref(), "-wal".as_ref(), "-shm".as_ref(), "-journal".as_ref()].map(beside).to_vec()
    }
}
