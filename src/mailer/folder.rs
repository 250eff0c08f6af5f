//! Writes messages as files, in place of a mail server: `ALT-7K3M9Q.eml`, atomically, readable only by the
//! owner, over no other file unless that may be replaced.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Claim, OutgoingMail, Verdict};
use crate::error::{Error, Result};
use crate::file::{self, AtomicFile, Mode};

pub(crate) struct MailFolder {
    folder: PathBuf,
    overwrite: bool,
}

impl MailFolder {
    pub(crate) fn new(folder: &Path, overwrite: bool) -> Self {
        MailFolder { folder: folder.to_owned(), overwrite }
    }

    pub(super) fn ready(&self) -> Result<()> {
        std::fs::create_dir_all(&self.folder).map_err(|error| hinted(file::unwritable(&self.folder, error)))
    }

    /// A message whose file is there already waits, and stops no other.
    pub(super) fn deliver(&self, mail: &OutgoingMail<'_>, claim: Claim<'_>) -> Result<Verdict> {
        // Everything that can fail is done before the claim; after it the file is only renamed.
        let path = self.folder.join(format!("{}.eml", mail.name));
        if let Err(error) = file::must_be_vacant(&path, self.overwrite) {
            return Ok(Verdict::Later(error.message().to_owned()));
        }
        let mut file = AtomicFile::create(&path, Mode::Private, self.overwrite).map_err(hinted)?;
        let written = file.write_all(mail.bytes).and_then(|()| file.sync());
        written.map_err(|error| hinted(file::unwritable(&path, error)))?;
        if !claim()? {
            return Ok(Verdict::Unclaimed);
        }
        file.keep()?;
        Ok(Verdict::Delivered)
    }
}

fn hinted(error: Error) -> Error {
    error.hint("name a folder with `--dir` that this user may write to")
}
