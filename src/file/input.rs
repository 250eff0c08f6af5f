//! A file to read, or `-` for standard input.

use std::fs::{File, Metadata};
use std::io::{self, IsTerminal, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use clap::builder::{MapValueParser, PathBufValueParser, TypedValueParser, ValueParserFactory};

use super::{protect, unreadable};
use crate::error::{Error, Kind, Result};

/// The most that is taken from a pipe, which may have no end.
const MOST_OF_A_PIPE: u64 = 1 << 30;

/// The longest file of passwords.
const LONGEST_SECRET: u64 = 64 << 10;

/// Can be opened repeatedly, always at its beginning: the data of a pipe is copied to a temporary file.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    path: PathBuf,
    /// Another name for messages about rows, where the data was packed in the file.
    label: Option<String>,
    kept: Arc<OnceLock<File>>,
}

impl Input {
    pub(crate) fn is_standard(&self) -> bool {
        self.path.as_os_str() == "-"
    }

    /// The path as given; `-` for standard input.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The name that messages use.
    pub(crate) fn name(&self) -> String {
        if self.is_standard() { "standard input".to_owned() } else { self.path.display().to_string() }
    }

    /// The same without its folders, for messages about rows.
    pub(crate) fn short_name(&self) -> String {
        if let Some(label) = &self.label {
            return label.clone();
        }
        match self.path.file_name() {
            Some(name) if !self.is_standard() => name.to_string_lossy().into_owned(),
            _ => self.name(),
        }
    }

    /// The name of a file without its extension and that of an archive, or of a folder, by which its content is named.
    pub(crate) fn stem(&self) -> String {
        if self.is_standard() {
            return "stdin".to_owned();
        }
        let whole = self.path.canonicalize().unwrap_or_else(|_| self.path.clone());
        let name = if whole.is_dir() { whole.file_name() } else { whole.file_stem() };
        let is_packed = whole.extension().is_some_and(|ending| ending == "gz" || ending == "zip");
        let bare = name.map(Path::new).filter(|_| is_packed && !whole.is_dir()).and_then(Path::file_stem);
        bare.or(name).unwrap_or_default().to_string_lossy().into_owned()
    }

    pub(crate) fn is_folder(&self) -> bool {
        !self.is_standard() && self.path.is_dir()
    }

    /// The size in bytes, if it is known before reading.
    pub(crate) fn size(&self) -> u64 {
        let file = self.kept.get().map_or_else(|| self.path.metadata(), File::metadata);
        file.map_or(0, |about| about.len())
    }

    /// `file.unreadable`; usage if `-` is a terminal.
    pub(crate) fn open(&self) -> Result<File> {
        self.open_up_to(u64::MAX)
    }

    /// Copies what can be read only once, and checks early whether the rest can be read. A folder is left to
    /// its reader.
    pub(crate) fn prepare(&self) -> Result<()> {
        if !self.is_folder() {
            return self.open().map(drop);
        }
        protect(&self.path);
        Ok(())
    }

    /// As [`Input::open`], with at most `most` bytes of a pipe.
    pub(crate) fn open_up_to(&self, most: u64) -> Result<File> {
        if self.is_standard() && self.kept.get().is_none() && io::stdin().is_terminal() {
            return Err(Error::usage("nothing is piped into standard input")
                .hint("`-` reads what another program writes, or a file: `- < FILE`"));
        }
        self.begin(most).map_err(|error| self.unreadable(error))
    }

    fn begin(&self, most: u64) -> io::Result<File> {
        if let Some(kept) = self.kept.get() {
            let mut file = kept.try_clone()?;
            file.rewind()?;
            return Ok(file);
        }
        if self.is_standard() {
            // Where a file is redirected into standard input, this leads to it.
            protect(Path::new("/dev/stdin"));
            return self.set_aside(io::stdin().lock(), most);
        }
        protect(&self.path);
        let file = File::open(&self.path)?;
        let about = file.metadata()?;
        if about.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if about.is_file() { Ok(file) } else { self.set_aside(file, most) }
    }

    /// An input of these bytes, which were packed in this one; `label` names them in messages about rows.
    pub(crate) fn holding(&self, label: &str, bytes: impl Read) -> io::Result<Input> {
        let input = Input { path: self.path.clone(), label: Some(label.to_owned()), kept: Arc::default() };
        input.keep(bytes)?;
        Ok(input)
    }

    fn set_aside(&self, from: impl Read, most: u64) -> io::Result<File> {
        if self.keep(from.take(most.min(MOST_OF_A_PIPE + 1)))? > MOST_OF_A_PIPE {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                "it has more than 1 GiB, which is the most that is taken from a pipe",
            ));
        }
        self.begin(most)
    }

    fn keep(&self, mut from: impl Read) -> io::Result<u64> {
        let mut file = tempfile::tempfile()?;
        let size = io::copy(&mut from, &mut file)?;
        // Of two threads the first wins.
        let _ = self.kept.set(file);
        Ok(size)
    }

    /// Reads all, up to `most` bytes and one more, which shows that it is longer.
    pub(crate) fn read(&self, most: usize) -> Result<Vec<u8>> {
        let enough = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        let mut bytes = Vec::new();
        let file = self.open_up_to(enough)?;
        file.take(enough).read_to_end(&mut bytes).map_err(|error| self.unreadable(error))?;
        Ok(bytes)
    }

    /// The password that a file holds: its first line, without the line end.
    pub(crate) fn password(&self) -> Result<String> {
        Ok(self.secret()?.lines().next().unwrap_or_default().to_owned())
    }

    /// The text of a file that holds passwords. Refused if it is not its owner's alone.
    pub(crate) fn secret(&self) -> Result<String> {
        self.text_unless(0o077, |name, mode| {
            let message = format!("`{name}` can be read by others (mode {mode:03o})");
            Error::new(Kind::Environment, "file.not_private", message)
                .hint(format!("`chmod 600 {name}` keeps it to you"))
        })
    }

    /// The text of a file that says what a run does. Refused if others can write it.
    pub(crate) fn text_of_owner(&self) -> Result<String> {
        self.text_unless(0o022, |name, mode| {
            let message = format!("`{name}` can be written by others (mode {mode:03o})");
            Error::new(Kind::Environment, "file.not_private", message)
                .hint(format!("`chmod go-w {name}` keeps it to you"))
        })
    }

    /// The text of a short file, unless it has one of these bits of a mode.
    fn text_unless(&self, bits: u32, refusal: impl FnOnce(String, u32) -> Error) -> Result<String> {
        let file = self.open_up_to(LONGEST_SECRET + 1)?;
        let about = file.metadata().map_err(|error| self.unreadable(error))?;
        // What is piped was read by another before.
        let mode = mode(&about);
        if mode & bits != 0 && !self.is_standard() {
            return Err(refusal(self.name(), mode));
        }
        let mut bytes = Vec::new();
        file.take(LONGEST_SECRET + 1).read_to_end(&mut bytes).map_err(|error| self.unreadable(error))?;
        if bytes.len() as u64 > LONGEST_SECRET {
            let long = "it is longer than 64 KiB";
            return Err(self.unreadable(io::Error::new(io::ErrorKind::FileTooLarge, long)));
        }
        String::from_utf8(bytes)
            .map_err(|error| self.unreadable(io::Error::new(io::ErrorKind::InvalidData, error)))
    }

    /// The error for a failure while it is read.
    pub(crate) fn unreadable(&self, source: io::Error) -> Error {
        unreadable(&self.name(), source)
    }
}

/// Who may read and write a file.
#[cfg(unix)]
fn mode(about: &Metadata) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    about.permissions().mode() & 0o777
}

/// Elsewhere a mode does not say it.
#[cfg(not(unix))]
fn mode(_: &Metadata) -> u32 {
    0
}

impl From<PathBuf> for Input {
    fn from(path: PathBuf) -> Self {
        Input { path, label: None, kept: Arc::default() }
    }
}

impl From<&Path> for Input {
    fn from(path: &Path) -> Self {
        Input::from(path.to_owned())
    }
}

impl ValueParserFactory for Input {
    type Parser = MapValueParser<PathBufValueParser, fn(PathBuf) -> Input>;

    fn value_parser() -> Self::Parser {
        PathBufValueParser::new().map(Input::from)
    }
}

#[cfg(test)]
impl Input {
    /// An input of this name with these bytes.
    pub(crate) fn of(name: &str, bytes: impl Read) -> Self {
        Input { label: None, ..Input::from(PathBuf::from(name)).holding(name, bytes).unwrap() }
    }
}
