//! The file of first passwords, for an admin to hand out.

use std::path::Path;

use chrono::{DateTime, Utc};

use crate::error::{Error, Result};
use crate::file::{self, AtomicFile, Mode};
use crate::model::account::Account;
use crate::model::spreadsheet::guard;

/// A CSV that only its owner can read, and that takes the place of no other, whose passwords may not be handed out yet. It is
/// whole on the disk before the passwords are stored, and has its name once they are.
pub(crate) struct Invitations {
    rows: csv::Writer<AtomicFile>,
    /// Until when the passwords are valid.
    pub(crate) until: DateTime<Utc>,
    pub(crate) count: u64,
}

impl Invitations {
    /// `file.exists`, `file.unwritable`. Called inside the transaction, which may be retried.
    pub(crate) fn create(path: &Path, until: DateTime<Utc>) -> Result<Self> {
        if path.as_os_str() == "-" {
            return Err(Error::usage("first passwords go into a file that only its owner can read")
                .hint("name a file"));
        }
        if path.symlink_metadata().is_ok() {
            let name = path.display().to_string();
            let message = format!("there is a file `{name}` already");
            return Err(Error::refused("file.exists", message)
                .hint("name another: passwords in that one may not be handed out yet")
                .detail("file", name));
        }
        let file = AtomicFile::create(path, Mode::Private, false)?;
        let mut invitations = Invitations { rows: csv::Writer::from_writer(file), until, count: 0 };
        invitations.write(["login", "name", "email", "password"])?;
        Ok(invitations)
    }

    pub(crate) fn add(&mut self, account: &Account, password: &str) -> Result<()> {
        let Account { login, name, email, .. } = account;
        self.count += 1;
        self.write([&*guard(login), &*guard(name), &*guard(email.as_deref().unwrap_or_default()), password])
    }

    fn write(&mut self, row: [&str; 4]) -> Result<()> {
        let written = self.rows.write_record(row);
        written.map_err(|error| file::unwritable(self.rows.get_ref().path(), std::io::Error::from(error)))
    }

    /// Before the commit: all of it is on the disk.
    pub(crate) fn sync(&mut self) -> Result<()> {
        let synced = self.rows.flush().and_then(|()| self.rows.get_ref().sync());
        synced.map_err(|error| file::unwritable(self.rows.get_ref().path(), error))
    }

    /// After the commit. What cannot have its name stays under another, which the error names.
    pub(crate) fn keep(self) -> Result<()> {
        let file = self.rows.into_inner().map_err(|error| Error::internal(error.to_string()))?;
        file.keep_or_leave()
    }
}
