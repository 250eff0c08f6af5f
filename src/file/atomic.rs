//! A file that is written atomically.

use std::io::{self, Write};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

use super::{folder, must_be_vacant, unwritable};
use crate::error::Result;

/// Who may read a new file. One that replaces another keeps the mode of that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Only its owner: it holds personal data.
    Private,
    /// Everyone that the umask allows.
    Public,
}

/// A temporary file in the folder of its target, and so on the same disk, under a random name at which no
/// link can be planted. It is deleted unless it is kept.
pub(crate) struct AtomicFile {
    file: NamedTempFile,
}

impl AtomicFile {
    /// `file.unwritable` if the folder takes no file.
    pub(crate) fn beside(path: &Path, mode: Mode) -> Result<Self> {
        let mut builder = Builder::new();
        builder.prefix(".caredesk-");
        #[cfg(unix)]
        if mode == Mode::Public {
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder(path)).map_err(|error| unwritable(path, error))?;
        Ok(AtomicFile { file })
    }

    /// Empties the file, so that a retried attempt can fill it again.
    pub(crate) fn clear(&mut self) -> io::Result<()> {
        self.file.as_file().set_len(0)?;
        io::Seek::rewind(self.file.as_file_mut())
    }

    /// Flushes to the disk, so that [`AtomicFile::keep`] only renames.
    pub(crate) fn sync(&self) -> io::Result<()> {
        self.file.as_file().sync_all()
    }

    /// Renames to the target. A link of that name is replaced, never followed. Refused (`file.exists`) if
    /// there is something that may not be replaced, even if it appeared a moment ago.
    pub(crate) fn keep(self, path: &Path, overwrite: bool) -> Result<()> {
        must_be_vacant(path, overwrite)?;
        self.sync().and_then(|()| self.take_mode_of(path)).map_err(|error| unwritable(path, error))?;
        let kept = if overwrite { self.file.persist(path) } else { self.file.persist_noclobber(path) };
        match kept {
            Ok(_) => Ok(()),
            Err(error) => {
                must_be_vacant(path, overwrite)?;
                Err(unwritable(path, error.error))
            }
        }
    }

    fn take_mode_of(&self, path: &Path) -> io::Result<()> {
        match path.symlink_metadata() {
            Ok(about) if about.is_file() => self.file.as_file().set_permissions(about.permissions()),
            _ => Ok(()),
        }
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
