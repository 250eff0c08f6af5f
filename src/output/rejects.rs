//! What an import could not take: the first few on stderr, all of them in a file where one is named, and the counts.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use serde_json::json;

use super::clean::clean;
use super::{Field, Format, Output, Record, Shape, line, shown, to_stderr, value};
use crate::error::{Error, Kind, Result};
use crate::model::import::Counts;

/// More would push everything else off the screen.
const MOST: usize = 20;

/// Collected while an import runs, told when it has ended. Bounded memory, however many there are.
pub(crate) struct Rejects {
    first: Vec<(String, String)>,
    count: u64,
    file: Option<csv::Writer<BufWriter<File>>>,
    columns: Option<Vec<String>>,
}

impl Rejects {
    /// `file` (`--rejects`) is made anew: `import.rejects_file` where that cannot be. To be called inside the transaction,
    /// which may have to be run again.
    pub(crate) fn new(file: Option<&Path>) -> Result<Self> {
        let open =
            |path: &Path| File::create(path).map_err(|fault| unwritable(&path.display().to_string(), &fault));
        let file = file.map(open).transpose()?;
        let writer = |file| csv::WriterBuilder::new().flexible(true).from_writer(BufWriter::new(file));
        Ok(Rejects { first: Vec::new(), count: 0, file: file.map(writer), columns: None })
    }

    /// One row that was not taken: where it stands (`clients.csv:12`), why (lower case, no full stop), and its cells
    /// exactly as read under their columns; both empty where the source is no table.
    ///
    /// The file is CSV: `at`, `reason`, then the row, so that it can be put right and imported again. Rows of another
    /// table begin with a header of their own.
    pub(crate) fn add(&mut self, at: &str, reason: &str, columns: &[String], cells: &[String]) -> Result<()> {
        self.count += 1;
        if self.first.len() < MOST {
            self.first.push((at.to_owned(), reason.to_owned()));
        }
        self.keep(at, reason, columns, cells)
            .map_err(|fault| unwritable("the file of the rejects", &fault.into()))
    }

    fn keep(&mut self, at: &str, reason: &str, columns: &[String], cells: &[String]) -> csv::Result<()> {
        let Some(file) = &mut self.file else { return Ok(()) };
        if self.columns.as_deref() != Some(columns) {
            file.write_record(["at", "reason"].into_iter().chain(columns.iter().map(String::as_str)))?;
            self.columns = Some(columns.to_vec());
        }
        file.write_record([at, reason].into_iter().chain(cells.iter().map(String::as_str)))
    }

    /// Says the first of them on stderr, and how many more there are. With `-q` nothing is said.
    pub(crate) fn tell(mut self, output: &Output) -> Result<()> {
        if let Some(file) = &mut self.file {
            file.flush().map_err(|fault| unwritable("the file of the rejects", &fault))?;
        }
        if output.quiet {
            return Ok(());
        }
        for (at, reason) in &self.first {
            to_stderr(&said(output, at, reason));
        }
        let more = self.count.saturating_sub(self.first.len() as u64);
        if more > 0 {
            let keeping = if self.file.is_some() {
                "they are all in the file"
            } else {
                "`--rejects FILE` keeps them all"
            };
            output.note(&format!("… and {more} more rejected; {keeping}"));
        }
        Ok(())
    }
}

fn said(output: &Output, at: &str, reason: &str) -> String {
    if output.is_machine_json() {
        return json!({"rejected": {"at": at, "reason": reason}}).to_string();
    }
    format!("rejected: {}: {}", clean(at), clean(reason))
}

fn unwritable(name: &str, fault: &std::io::Error) -> Error {
    Error::new(Kind::Environment, "import.rejects_file", format!("`{name}` cannot be written: {fault}"))
}

impl Record for Counts {
    const FIELDS: &'static [Field] = &[
        shown("read", Shape::Number),
        shown("created", Shape::Number),
        shown("updated", Shape::Number),
        shown("unchanged", Shape::Number),
        shown("rejected", Shape::Number),
    ];

    fn code(&self) -> &'static str {
        ""
    }
}

impl Output {
    /// The end of an import on stdout. `subject` is what was imported: `Clients: 28 read, …`. There is no code that `-q` could
    /// print, so then nothing is.
    pub(crate) fn report(&self, subject: &str, counts: &Counts) -> Result<()> {
        if self.quiet {
            return Ok(());
        }
        let fields = value::fields(counts)?;
        if self.format == Format::Table {
            let prefix = if self.dry_run { "dry run: " } else { "" };
            return line(&format!("{prefix}{subject}: {}.", counts.words()));
        }
        let mut fields = self.narrowed(fields, Counts::FIELDS)?;
        if self.dry_run {
            fields.insert("dry_run".to_owned(), json!(true));
        }
        self.document(&json!(fields), Counts::FIELDS)
    }
}
