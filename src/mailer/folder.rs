//! Writes messages as files, in place of a mail server: `ALT-7K3M9Q.eml`, atomically, readable only by the
//! owner.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Claim, OutgoingMail, Verdict};
use crate::error::{Error, Result};
use crate::file::{self, AtomicFile, Mode};

pub(crate) struct MailFolder(PathBuf);

impl MailFolder {
    pub(crate) fn new(path: &Path) -> Self {
        MailFolder(path.to_owned())
    }

    pub(super) fn ready(&self) -> Result<()> {
        std::fs::create_dir_all(&self.0).map_err(|error| hinted(file::unwritable(&self.0, error)))
    }

    /// An earlier file of the same alert is replaced.
    pub(super) fn deliver(&self, mail: &OutgoingMail<'_>, claim: Claim<'_>) -> Result<Verdict> {
        // Everything that can fail is done before the claim; after it the file is only renamed.
        let path = self.0.join(format!("{}.eml", mail.name));
        let mut file = AtomicFile::beside(&path, Mode::Private).map_err(hinted)?;
        let written = file.write_all(mail.bytes).and_then(|()| file.sync());
        written.map_err(|error| hinted(file::unwritable(&path, error)))?;
        if !claim()? {
            return Ok(Verdict::Unclaimed);
        }
        file.keep(&path, true)?;
        Ok(Verdict::Delivered)
    }
}

fn hinted(error: Error) -> Error {
    error.hint("name a folder with `--dir` that this user may write to")
}
