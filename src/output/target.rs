//! The target of an export: a file, or with `-` standard output.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{MapValueParser, PathBufValueParser, TypedValueParser, ValueParserFactory};

use super::{closed, terminal};
use crate::error::{Error, Kind, Result};
use crate::file::{self, AtomicFile, Mode};

/// A file to write, or `-`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target(PathBuf);

/// The options of every command that writes a document.
#[derive(Args)]
pub(crate) struct Destination {
    /// Where to; `-` is the standard output
    #[arg(long, value_name = "FILE|-", value_hint = clap::ValueHint::FilePath)]
    file: Target,
    /// Replace the file if there is one
    #[arg(long)]
    overwrite: bool,
}

impl Destination {
    pub(crate) fn is_standard(&self) -> bool {
        self.file.is_standard()
    }

    pub(crate) fn name(&self) -> String {
        self.file.0.display().to_string()
    }

    /// Usage if stdout is a terminal, which cannot display such bytes.
    pub(crate) fn must_not_be_a_terminal(&self) -> Result<()> {
        if self.is_standard() && terminal::out_is_one() {
            return Err(Error::new(Kind::Usage, "usage.terminal", "a terminal cannot show such a document")
                .hint("name a file with `--file`, or send it on: `--file - | lp`"));
        }
        Ok(())
    }

    /// As [`Target::begin`].
    pub(crate) fn begin(&self, in_use: &[PathBuf]) -> Result<TargetFile> {
        self.file.begin(in_use, self.overwrite)
    }
}

impl Target {
    pub(crate) fn is_standard(&self) -> bool {
        self.0.as_os_str() == "-"
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Standard output, a pipe or a device: nothing there is replaced.
    fn is_special(&self) -> bool {
        self.is_standard() || self.0.metadata().is_ok_and(|about| !about.is_file() && !about.is_dir())
    }

    /// Refused: an existing file that may not be replaced (`file.exists`), and one in use (`file.in_use`).
    /// `file.unwritable`.
    pub(crate) fn begin(&self, in_use: &[PathBuf], overwrite: bool) -> Result<TargetFile> {
        let path = self.0.clone();
        if self.is_special() {
            let file = tempfile::tempfile().map_err(|error| file::unwritable(&path, error))?;
            return Ok(TargetFile { backing: Backing::Nameless(file), path, overwrite });
        }
        file::must_be_vacant(&path, overwrite)?;
        if in_use.iter().any(|used| file::is_same(used, &path)) {
            let message = format!("`{}` is what this command works on", path.display());
            return Err(Error::refused("file.in_use", message).hint("name another file"));
        }
        let backing = Backing::Beside(AtomicFile::beside(&path, Mode::Private)?);
        Ok(TargetFile { backing, path, overwrite })
    }

    /// The same, with a name before the extension: `bad.csv` becomes `bad.phones.csv`. Anything but a regular
    /// file has only one name.
    pub(crate) fn named_after(&self, part: &str) -> Target {
        if self.is_special() {
            return self.clone();
        }
        let mut name = self.0.file_stem().unwrap_or_default().to_owned();
        name.push(format!(".{part}"));
        if let Some(ending) = self.0.extension() {
            name.push(".");
            name.push(ending);
        }
        Target(self.0.with_file_name(name))
    }
}

impl From<PathBuf> for Target {
    fn from(path: PathBuf) -> Self {
        Target(path)
    }
}

impl ValueParserFactory for Target {
    type Parser = MapValueParser<PathBufValueParser, fn(PathBuf) -> Target>;

    fn value_parser() -> Self::Parser {
        PathBufValueParser::new().map(Target)
    }
}

/// A result that is written in pieces and published only when it is complete.
pub(crate) struct TargetFile {
    backing: Backing,
    path: PathBuf,
    overwrite: bool,
}

enum Backing {
    Beside(AtomicFile),
    /// For anything but a regular file: a temporary file without a name.
    Nameless(File),
}

impl TargetFile {
    /// Empties the file, so that a retried attempt can fill it again.
    pub(crate) fn clear(&mut self) -> Result<()> {
        let cleared = match &mut self.backing {
            Backing::Beside(file) => file.clear(),
            Backing::Nameless(file) => file.set_len(0).and_then(|()| file.rewind()),
        };
        cleared.map_err(|error| file::unwritable(&self.path, error))
    }

    pub(crate) fn add(&mut self, bytes: &[u8]) -> Result<()> {
        self.write_all(bytes).map_err(|error| file::unwritable(&self.path, error))
    }

    /// Changes the target to another name in the same folder.
    pub(crate) fn keep_as(mut self, target: &Target) -> Result<()> {
        target.path().clone_into(&mut self.path);
        self.keep()
    }

    /// Puts the whole file in place. Refused if a file of that name appeared meanwhile and may not be
    /// replaced.
    pub(crate) fn keep(self) -> Result<()> {
        match self.backing {
            Backing::Beside(file) => file.keep(&self.path, self.overwrite),
            Backing::Nameless(mut file) => {
                file.rewind().map_err(|error| file::unwritable(&self.path, error))?;
                copy(&mut file, &self.path)
            }
        }
    }
}

impl Write for TargetFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.backing {
            Backing::Beside(file) => file.write(bytes),
            Backing::Nameless(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.backing {
            Backing::Beside(file) => file.flush(),
            Backing::Nameless(file) => file.flush(),
        }
    }
}

fn copy(file: &mut File, path: &Path) -> Result<()> {
    if path.as_os_str() == "-" {
        let mut stdout = io::stdout().lock();
        return io::copy(file, &mut stdout).and_then(|_| stdout.flush()).or_else(closed);
    }
    let out = OpenOptions::new().write(true).open(path);
    let done = out.and_then(|mut out| io::copy(file, &mut out));
    done.map(drop).map_err(|error| file::unwritable(path, error))
}
