//! The rejected rows of an import, written so that they can be corrected and imported again.

use std::io::{self, Write as _};
use std::path::Path;

use super::target::{Target, TargetFile};
use crate::error::Result;
use crate::file::{self, Mode};

/// CSV: the columns of the source exactly as read, then `error`. Rows of one table go into the named file.
/// Rows of several tables go into one file each, with the name of the table before the extension: `bad.csv`
/// becomes `bad.services.csv` and `bad.phones.csv`.
pub(super) struct RejectFiles {
    target: Target,
    overwrite: bool,
    /// Whether each begins with the mark of UTF-8, which counts for more than a repeated `--encoding`.
    has_mark: bool,
    /// Created at once, so that an unwritable file is reported before anything is done.
    first: Option<TargetFile>,
    kinds: Vec<Kind>,
}

struct Kind {
    table: String,
    columns: Vec<String>,
    file: csv::Writer<TargetFile>,
}

impl RejectFiles {
    /// Errors as those of [`Target::begin`].
    pub(super) fn new(target: &Target, overwrite: bool, has_mark: bool) -> Result<Self> {
        let first = Some(target.begin(Mode::Private, overwrite)?);
        Ok(RejectFiles { target: target.clone(), overwrite, has_mark, first, kinds: Vec::new() })
    }

    /// For people: every file that is written, in backticks.
    pub(super) fn names(&self) -> String {
        let names = self.kinds.iter().map(|kind| format!("`{}`", self.place(kind).path().display()));
        names.collect::<Vec<_>>().join(", ")
    }

    fn place(&self, kind: &Kind) -> Target {
        if self.kinds.len() < 2 { self.target.clone() } else { self.target.named_after(&kind.table) }
    }

    pub(super) fn add(&mut self, at: &str, reason: &str, columns: &[String], cells: &[String]) -> Result<()> {
        let (columns, cells) = without_error(columns, cells);
        if self.kinds.iter().all(|kind| kind.columns != columns) {
            self.begin(table(at), columns)?;
        }
        let Some(kind) = self.kinds.iter_mut().find(|kind| kind.columns == columns) else { return Ok(()) };
        let padding = std::iter::repeat_n("", columns.len().saturating_sub(cells.len()));
        let error = format!("{at}: {reason}");
        let row = cells.iter().map(String::as_str).chain(padding).chain([error.as_str()]);
        kind.file.write_record(row).map_err(|error| unwritable(&self.target, error))
    }

    fn begin(&mut self, table: &str, columns: &[String]) -> Result<()> {
        let namesakes = self.kinds.iter().filter(|kind| kind.table.split('~').next() == Some(table)).count();
        let table = if namesakes == 0 { table.to_owned() } else { format!("{table}~{}", namesakes + 1) };
        if let [only] = self.kinds.as_slice() {
            // Its file gets its own name, which must be free.
            self.target.named_after(&only.table).begin(Mode::Private, self.overwrite)?;
        }
        let mut file = match self.first.take() {
            Some(first) => first,
            None => self.target.named_after(&table).begin(Mode::Private, self.overwrite)?,
        };
        if self.has_mark {
            file.write_all(b"\xef\xbb\xbf").map_err(|error| unwritable(&self.target, error))?;
        }
        let mut file = csv::WriterBuilder::new().flexible(true).from_writer(file);
        let header = columns.iter().map(String::as_str).chain(["error"]);
        file.write_record(header).map_err(|error| unwritable(&self.target, error))?;
        self.kinds.push(Kind { table, columns: columns.to_vec(), file });
        Ok(())
    }

    /// Puts every file in place. Without a rejected row the file is empty.
    pub(super) fn keep(mut self) -> Result<()> {
        let places: Vec<Target> = self.kinds.iter().map(|kind| self.place(kind)).collect();
        for (kind, place) in self.kinds.drain(..).zip(places) {
            let file = kind.file.into_inner().map_err(|error| unwritable(&place, error.into_error()))?;
            file.keep_as(&place)?;
        }
        self.first.take().map_or(Ok(()), TargetFile::keep)
    }
}

fn unwritable(target: &Target, source: impl Into<io::Error>) -> crate::error::Error {
    file::unwritable(target.path(), source.into())
}

/// A file of rejects that is imported again has an `error` column already.
fn without_error<'a>(columns: &'a [String], cells: &'a [String]) -> (&'a [String], &'a [String]) {
    match columns.split_last() {
        Some((last, rest)) if last == "error" => (rest, cells.get(..rest.len()).unwrap_or(cells)),
        _ => (columns, cells),
    }
}

/// `services` of `services.csv line 12`.
fn table(at: &str) -> &str {
    let file = at.rsplit_once(" line ").or_else(|| at.split_once(" at /")).map_or(at, |(file, _)| file);
    Path::new(file).file_stem().and_then(|stem| stem.to_str()).unwrap_or("rows")
}
