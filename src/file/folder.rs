//! A folder that is written atomically.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempDir};

use super::unfinished::Unfinished;
use super::{folder as parent, unwritable};
use crate::error::{Error, Result};

/// A temporary folder, which is deleted with this, and by an interrupt.
pub(crate) struct TemporaryFolder {
    folder: TempDir,
    _unfinished: Unfinished,
}

impl TemporaryFolder {
    pub(crate) fn new() -> io::Result<Self> {
        tempfile::tempdir().map(TemporaryFolder::of)
    }

    /// Where the system keeps temporary files. `file.unwritable` if that takes none.
    pub(crate) fn anywhere() -> Result<Self> {
        TemporaryFolder::new().map_err(|error| unwritable(Path::new("temporary folder"), error))
    }

    /// In the folder of a file that is to be, and so on the same disk. `file.unwritable` if that takes none.
    pub(crate) fn beside(path: &Path) -> Result<Self> {
        let folder = Builder::new().prefix(".caredesk-").tempdir_in(parent(path));
        folder.map(TemporaryFolder::of).map_err(|error| unwritable(path, error))
    }

    fn of(folder: TempDir) -> Self {
        let unfinished = Unfinished::at(folder.path());
        TemporaryFolder { folder, _unfinished: unfinished }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// A temporary folder beside its target, readable by its owner alone. It is deleted unless it is kept.
pub(crate) struct AtomicFolder {
    folder: TemporaryFolder,
    path: PathBuf,
}

impl AtomicFolder {
    /// Refused (`file.exists`) if something of that name exists; `file.unwritable` if its folder takes none.
    pub(crate) fn beside(path: &Path) -> Result<Self> {
        must_be_absent(path)?;
        let mut builder = Builder::new();
        builder.prefix(".caredesk-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = builder.tempdir_in(parent(path));
        let folder = folder.map_err(|error| unwritable(path, error))?;
        Ok(AtomicFolder { folder: TemporaryFolder::of(folder), path: path.to_owned() })
    }

    /// A new file in it, under a name that may begin with folders.
    pub(crate) fn file(&self, name: &str) -> Result<File> {
        let path = self.folder.path().join(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = fs::create_dir_all(parent(&path)).and_then(|()| options.open(&path));
        file.map_err(|error| self.unwritable(error))
    }

    /// The error for a failure while one of its files is written.
    pub(crate) fn unwritable(&self, source: io::Error) -> Error {
        unwritable(&self.path, source)
    }

    /// Renames to the target. Refused if something of that name appeared meanwhile.
    pub(crate) fn keep(self) -> Result<()> {
        must_be_absent(&self.path)?;
        fs::rename(self.folder.path(), &self.path).map_err(|error| self.unwritable(error))?;
        // Under its new name nothing deletes it.
        let _ = self.folder.folder.keep();
        Ok(())
    }
}

/// A dangling link exists too.
fn must_be_absent(path: &Path) -> Result<()> {
    if path.symlink_metadata().is_err() {
        return Ok(());
    }
    let name = path.display().to_string();
    let kind = if path.is_dir() { "folder" } else { "file" };
    Err(Error::refused("file.exists", format!("there is a {kind} `{name}` already"))
        .hint("name a folder that does not exist yet")
        .detail("file", name))
}
