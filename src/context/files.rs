//! Files that a run writes.

use std::path::Path;

use super::Context;
use crate::db::Location;
use crate::error::Result;
use crate::output::target::{Destination, TargetFile};

impl Context {
    /// Errors as those of [`Destination::begin`].
    pub(crate) fn begin_file(&self, to: &Destination) -> Result<TargetFile> {
        to.begin(self.overwrite)
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

    pub(crate) fn is_on_server(&self) -> bool {
        matches!(self.location, Location::Server(_))
    }

    /// The copies of the database that upgrades have left beside it.
    pub(crate) fn copies_beside(&self) -> Vec<String> {
        let Location::File(path) = &self.location else { return Vec::new() };
        let name = format!("{}.before-", path.file_name().unwrap_or_default().display());
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let entries = std::fs::read_dir(folder.unwrap_or(Path::new("."))).into_iter().flatten().flatten();
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut copies: Vec<String> = names.filter(|copy| copy.starts_with(&name)).collect();
        copies.sort();
        copies
    }
}
