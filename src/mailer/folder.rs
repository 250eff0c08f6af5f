//! Messages as files, where no mail server is at hand: `ALT-7K3M9Q.eml`, whole or not at all, for its owner's eyes only.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Claim, OutgoingMail, Verdict};
use crate::error::{Error, Kind, Result};

pub(crate) struct MailFolder(PathBuf);

impl MailFolder {
    pub(crate) fn new(path: &Path) -> Self {
        MailFolder(path.to_owned())
    }

    pub(super) fn ready(&self) -> Result<()> {
        std::fs::create_dir_all(&self.0).map_err(|error| self.unwritable(&error))
    }

    /// A message that was written before is replaced, under the same name.
    pub(super) fn deliver(&self, mail: &OutgoingMail<'_>, claim: Claim<'_>) -> Result<Verdict> {
        // Everything that can fail is done before the claim; after it there is only the new name. Such files are made for
        // their owner alone (mode 0600).
        let mut file = tempfile::Builder::new()
            .prefix(".")
            .suffix(".part")
            .tempfile_in(&self.0)
            .map_err(|error| self.unwritable(&error))?;
        file.write_all(mail.bytes)
            .and_then(|()| file.as_file().sync_all())
            .map_err(|error| self.unwritable(&error))?;
        if !claim()? {
            return Ok(Verdict::Unclaimed);
        }
        file.persist(self.0.join(format!("{}.eml", mail.name)))
            .map_err(|error| self.unwritable(&error.error))?;
        Ok(Verdict::Delivered)
    }

    fn unwritable(&self, error: &std::io::Error) -> Error {
        Error::new(
            Kind::Environment,
            "alert.folder",
            format!("messages cannot be written to `{}`: {error}", self.0.display()),
        )
        .hint("name a folder with `--dir` that this user may write to")
    }
}
