//! The target of an export: a file, or with `-` standard output.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use clap::builder::{MapValueParser, PathBufValueParser, TypedValueParser, ValueParserFactory};
use clap::{Args, ValueEnum};

use super::sanitize::clean_lines;
use super::sink::{self, OutFile, Sink};
use super::{Format, closed, terminal, text};
use crate::error::{Error, Kind, Result};
use crate::file::{self, AtomicFile, Mode};

/// A file to write, or `-`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target(PathBuf);

/// The options of every command that writes a document.
#[derive(Args)]
pub(crate) struct Destination {
    /// The file to write; `-` is standard output
    #[arg(long, value_name = "FILE|-", value_hint = clap::ValueHint::FilePath)]
    file: Target,
}

impl From<Target> for Destination {
    fn from(file: Target) -> Self {
        Destination { file }
    }
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
    pub(crate) fn begin(&self, overwrite: bool) -> Result<TargetFile> {
        self.file.begin(Mode::Private, overwrite)
    }
}

impl Target {
    /// From now on results go there, unless it is standard output; returns whether they do. Errors as those of [`Target::begin`].
    pub(crate) fn redirect(&self, mode: Mode, overwrite: bool) -> Result<bool> {
        if !self.is_standard() {
            sink::redirect(Box::new(self.begin(mode, overwrite)?));
        }
        Ok(!self.is_standard())
    }

    /// The format that the ending of its name stands for.
    pub(crate) fn format(&self) -> Option<Format> {
        match self.0.extension()?.to_str()? {
            "ndjson" => Some(Format::Jsonl),
            ending => Format::from_str(ending, true).ok(),
        }
    }

    pub(crate) fn is_standard(&self) -> bool {
        self.0.as_os_str() == "-"
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Standard output, a pipe or a device: nothing there is replaced.
    pub(crate) fn is_special(&self) -> bool {
        self.is_standard() || self.0.metadata().is_ok_and(|about| !about.is_file() && !about.is_dir())
    }

    /// Errors as those of [`AtomicFile::create`].
    pub(crate) fn begin(&self, mode: Mode, overwrite: bool) -> Result<TargetFile> {
        if self.is_special() {
            let file = tempfile::tempfile().map_err(|error| file::unwritable(&self.0, error))?;
            return Ok(TargetFile::Nameless(file, self.0.clone()));
        }
        AtomicFile::create(&self.0, mode, overwrite).map(TargetFile::Beside)
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
#[derive(Debug)]
pub(crate) enum TargetFile {
    Beside(AtomicFile),
    /// For anything but a regular file: a temporary file without a name, and where its content goes.
    Nameless(File, PathBuf),
}

impl TargetFile {
    pub(crate) fn path(&self) -> &Path {
        match self {
            TargetFile::Beside(file) => file.path(),
            TargetFile::Nameless(_, path) => path,
        }
    }

    /// The file as it is written, to be read again before it is kept.
    pub(crate) fn open(&self) -> Result<File> {
        let file = match self {
            TargetFile::Beside(file) => file.open(),
            TargetFile::Nameless(file, _) => file.try_clone(),
        };
        file.map_err(|error| file::unwritable(self.path(), error))
    }

    /// Empties the file, so that a retried attempt can fill it again.
    pub(crate) fn clear(&mut self) -> Result<()> {
        let cleared = match self {
            TargetFile::Beside(file) => file.clear(),
            TargetFile::Nameless(file, _) => file.set_len(0).and_then(|()| file.rewind()),
        };
        cleared.map_err(|error| file::unwritable(self.path(), error))
    }

    pub(crate) fn add(&mut self, bytes: &[u8]) -> Result<()> {
        self.write_all(bytes).map_err(|error| file::unwritable(self.path(), error))
    }

    /// Puts the whole file in place, under another name in the same folder.
    pub(crate) fn keep_as(mut self, target: &Target) -> Result<()> {
        if let TargetFile::Beside(file) = &mut self {
            file.rename(target.path());
        }
        self.keep()
    }

    /// Puts the whole file in place. Refused as by [`AtomicFile::keep`].
    pub(crate) fn keep(self) -> Result<()> {
        match self {
            TargetFile::Beside(file) => file.keep(),
            TargetFile::Nameless(mut file, path) => {
                file.rewind().map_err(|error| file::unwritable(&path, error))?;
                copy(&mut file, &path)
            }
        }
    }
}

impl Write for TargetFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            TargetFile::Beside(file) => file.write(bytes),
            TargetFile::Nameless(file, _) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            TargetFile::Beside(file) => file.flush(),
            TargetFile::Nameless(file, _) => file.flush(),
        }
    }
}

impl OutFile for TargetFile {
    fn can_be_kept(&self) -> Result<()> {
        match self {
            TargetFile::Beside(file) => file.can_be_kept(),
            TargetFile::Nameless(..) => Ok(()),
        }
    }

    fn keep(self: Box<Self>) -> Result<()> {
        TargetFile::keep(*self)
    }
}

fn copy(file: &mut File, path: &Path) -> Result<()> {
    if path.as_os_str() == "-" && terminal::out_is_one() {
        return show(file);
    }
    if path.as_os_str() == "-" {
        return io::copy(file, &mut Sink).and_then(|_| Sink.end()).or_else(closed);
    }
    let out = OpenOptions::new().write(true).open(path);
    let done = out.and_then(|mut out| io::copy(file, &mut out));
    done.map(drop).map_err(|error| file::unwritable(path, error))
}

/// A terminal gets the text, and nothing in it that it would obey.
fn show(file: &mut File) -> Result<()> {
    let mut bytes = Vec::new();
    io::Read::read_to_end(file, &mut bytes).map_err(|error| file::unwritable(Path::new("-"), error))?;
    text(&clean_lines(&String::from_utf8_lossy(&bytes).replace("\r\n", "\n")))
}
