//! Files that a run writes.

use super::{Change, Context, Tx};
use crate::db::Location;
use crate::error::Result;
use crate::file::folder;
use crate::model::access::Action;
use crate::model::view::View;
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

    /// Changes things as [`Context::change`] does, with a file that belongs to the change: `work` writes it, and `keep` puts it
    /// in place once the change stands. If that fails, the change is reported beside the error.
    pub(crate) fn change_with_file<V: View + PartialEq, F>(
        &self, action: &'static str, right: Action,
        mut work: impl FnMut(&mut Tx<'_>) -> Result<(Change<V>, F)>, keep: impl FnOnce(F) -> Result<()>,
    ) -> Result<()> {
        if let Err(denied) = self.actor.may(right) {
            return Err(self.not_found_before(denied, work));
        }
        self.change_in_steps(right, || {
            let mut written = None;
            let change = self.step(action, |tx| {
                written = None;
                let (change, file) = work(tx)?;
                written = Some(file);
                Ok(change)
            })?;
            let file = written.filter(|_| !self.dry_run);
            Ok((change, file.map_or(Ok(()), keep)))
        })
    }

    pub(crate) fn is_on_server(&self) -> bool {
        matches!(self.location, Location::Server(_))
    }

    /// The copies of the database that upgrades have left beside it.
    pub(crate) fn copies_beside(&self) -> Vec<String> {
        let Location::File(path) = &self.location else { return Vec::new() };
        let name = format!("{}.before-", path.file_name().unwrap_or_default().display());
        let entries = std::fs::read_dir(folder(path)).into_iter().flatten().flatten();
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut copies: Vec<String> = names.filter(|copy| copy.starts_with(&name)).collect();
        copies.sort();
        copies
    }
}
