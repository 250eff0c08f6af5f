//! A file that is written atomically.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::in_use::Claim;
use super::unfinished::Unfinished;
use super::{folder, must_be_vacant, unwritable};
use crate::error::{Error, Result};

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
#[derive(Debug)]
pub(crate) struct AtomicFile {
    file: NamedTempFile,
    path: PathBuf,
    overwrite: bool,
    claim: Claim,
    unfinished: Unfinished,
}

impl AtomicFile {
    /// Refused as by [`must_be_vacant`], and if another file of this run will have the name (`file.twice`); `file.unwritable` if the
    /// folder takes no file.
    pub(crate) fn create(path: &Path, mode: Mode, overwrite: bool) -> Result<Self> {
        must_be_vacant(path, overwrite)?;
        let claim = Claim::to(path).ok_or_else(|| {
            let message = format!("`{}` is named for two files of this command", path.display());
            Error::refused("file.twice", message).hint("name another file")
        })?;
        let mut builder = Builder::new();
        builder.prefix(".caredesk-");
        #[cfg(unix)]
        if mode == Mode::Public {
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder(path)).map_err(|error| unwritable(path, error))?;
        let unfinished = Unfinished::at(file.path());
        Ok(AtomicFile { file, path: path.to_owned(), overwrite, claim, unfinished })
    }

    /// The path that it will have.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Changes that to another name in the same folder.
    pub(crate) fn rename(&mut self, path: &Path) {
        path.clone_into(&mut self.path);
    }

    /// The file as it is written, to be read again before it is kept.
    pub(crate) fn open(&self) -> io::Result<File> {
        self.file.as_file().try_clone()
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

    /// Refused as by [`must_be_vacant`], as the files are now.
    pub(crate) fn can_be_kept(&self) -> Result<()> {
        must_be_vacant(&self.path, self.overwrite)
    }

    /// The same as [`AtomicFile::keep`], but for when the power fails: what is kept so is soon replaced again.
    pub(crate) fn keep_meanwhile(self) -> Result<()> {
        let AtomicFile { file, path, claim: _claim, unfinished: _unfinished, .. } = self;
        take_mode(file.as_file(), &path).map_err(|error| unwritable(&path, error))?;
        file.persist(&path).map(drop).map_err(|failed| unwritable(&path, failed.error))
    }

    /// Puts it in place. A link of that name is replaced, never followed. Refused if there is something that may not be
    /// replaced, even if it appeared a moment ago.
    pub(crate) fn keep(self) -> Result<()> {
        self.place().map_err(|(error, _)| error)
    }

    /// The same for what must not be lost: if it cannot be put in place, it stays beside it under its temporary name, which
    /// the error names.
    pub(crate) fn keep_or_leave(self) -> Result<()> {
        self.place().map_err(|(error, file)| match file.keep() {
            Ok((_, path)) => error.hint(format!("all of it is in `{}`: move it from there", path.display())),
            Err(_) => error,
        })
    }

    fn place(self) -> Result<(), (Error, NamedTempFile)> {
        let AtomicFile { file, path, overwrite, claim: _claim, unfinished: _unfinished } = self;
        let ready = must_be_vacant(&path, overwrite).and_then(|()| {
            let synced = file.as_file().sync_all().and_then(|()| take_mode(file.as_file(), &path));
            synced.map_err(|error| unwritable(&path, error))
        });
        if let Err(error) = ready {
            return Err((error, file));
        }
        let kept = if overwrite { file.persist(&path) } else { file.persist_noclobber(&path) };
        if let Err(failed) = kept {
            let occupied = must_be_vacant(&path, overwrite).err();
            return Err((occupied.unwrap_or_else(|| unwritable(&path, failed.error)), failed.file));
        }
        // The name is on the disk too; where a folder cannot be opened, the system does that in its time.
        let _ = File::open(folder(&path)).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

fn take_mode(file: &File, path: &Path) -> io::Result<()> {
    match path.symlink_metadata() {
        Ok(about) if about.is_file() => file.set_permissions(about.permissions()),
        _ => Ok(()),
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
