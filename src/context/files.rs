//! Files that a run writes.

use super::Context;
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
}
