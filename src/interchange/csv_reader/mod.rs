//! Reads text tables (CSV, TSV and similar) row by row in bounded memory. Nothing is silently padded, trimmed
//! or guessed: a row that does not fit its header becomes a reject with its line.

mod clean;
mod columns;
mod lines;
mod source;
#[cfg(test)]
mod tests;

use std::io::Read;
use std::sync::Arc;

use csv::StringRecord;

pub(crate) use self::clean::{clean_name, clean_text};
pub(crate) use self::columns::check_fields;
use self::lines::{Lines, Watched};
pub(crate) use self::source::{Source, open};
use crate::error::{Error, Result};
use crate::file::{self, Input};
use crate::model::directory::Reject;
use crate::model::spreadsheet::unguard;
use crate::model::text::counted;

const BUFFER: usize = 64 << 10;

/// A table that is being read.
pub(crate) struct CsvReader {
    name: String,
    headers: Arc<[String]>,
    notes: Vec<String>,
    reader: csv::Reader<Watched<Box<dyn Read>>>,
    record: StringRecord,
    lines: Lines,
}

/// A column of one table, or none, whose cells are all empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Column(Option<usize>);

impl Column {
    pub(crate) fn is_absent(self) -> bool {
        self.0.is_none()
    }

    /// Its cell among those of a reject; empty if a ragged row has none.
    pub(crate) fn of(self, reject: &Reject) -> &str {
        self.0.and_then(|index| reject.cells.get(index)).map_or("", String::as_str)
    }
}

impl CsvReader {
    /// Opens a file; messages about its rows call it by its file name. `file.unreadable`, `import.empty`,
    /// `import.duplicate_column`.
    pub(crate) fn open(input: &Input) -> Result<CsvReader> {
        CsvReader::new(input.short_name(), open(input)?)
    }

    fn new(name: String, source: Source) -> Result<CsvReader> {
        let notes = source.note(&name).into_iter().collect();
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter(&source.opening))
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(BUFFER)
            .from_reader(Watched::new(source.text));

        let (record, lines) = (StringRecord::new(), Lines::default());
        let mut sheet = CsvReader { name, headers: Arc::default(), notes, reader, record, lines };
        sheet.advance()?;
        sheet.headers = sheet.record.iter().map(str::to_owned).collect();
        sheet.refuse_twins()?;
        Ok(sheet)
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Sentences for the person, such as about a guessed encoding.
    pub(crate) fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The next row, or a reject if its number of cells is not that of the header. Rows without text are
    /// skipped. Errors: the file cannot be read on (`file.unreadable`, `import.encoding`).
    pub(crate) fn next_row(&mut self) -> Result<Option<Result<Row<'_>, Reject>>> {
        let line = loop {
            let Some(line) = self.advance()? else { return Ok(None) };
            if !self.record.as_slice().trim().is_empty() {
                break line;
            }
        };
        let unclosed = lines::unclosed_quote(&self.reader, &self.record);
        let row = Row { file: &self.name, headers: &self.headers, record: &self.record, line };
        let (expected, found) = (self.headers.len(), row.record.len());
        if unclosed {
            return Ok(Some(Err(row.reject("a quotation mark is opened and never closed"))));
        }
        if expected != found {
            let reason = format!("has {} where the header has {expected}", counted(found, "cell", "cells"));
            return Ok(Some(Err(row.reject(reason))));
        }
        Ok(Some(Ok(row)))
    }

    /// Passes every row to `take`; rows that it rejects (with a reason), and ragged rows, go to `rejects`.
    /// Returns the number of rows, including rejects.
    pub(crate) fn each(
        &mut self, rejects: &mut Vec<Reject>, mut take: impl FnMut(&Row<'_>) -> Result<(), String>,
    ) -> Result<u64> {
        let mut count = 0;
        while let Some(next) = self.next_row()? {
            count += 1;
            match next {
                Err(reject) => rejects.push(reject),
                Ok(row) => {
                    if let Err(reason) = take(&row) {
                        rejects.push(row.reject(reason));
                    }
                }
            }
        }
        Ok(count)
    }

    fn advance(&mut self) -> Result<Option<u64>> {
        let more = self.reader.read_record(&mut self.record).map_err(|error| broken(&self.name, error))?;
        Ok(more.then(|| self.lines.start(&self.reader, &self.record)))
    }
}

/// One row whose cells fit the header.
pub(crate) struct Row<'a> {
    file: &'a str,
    headers: &'a Arc<[String]>,
    record: &'a StringRecord,
    line: u64,
}

impl Row<'_> {
    /// The line of the file on which the row starts; the header is on line 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// The exact text of the cell.
    pub(crate) fn cell(&self, column: Column) -> &str {
        column.0.and_then(|index| self.record.get(index)).unwrap_or_default()
    }

    /// The cell without [`guard`](crate::model::spreadsheet::guard), through [`clean_name`]; blank is none. The reason of an error names the column.
    pub(crate) fn name(&self, column: Column) -> Result<Option<String>, String> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return Ok(None);
        }
        let name = clean_name(&unguard(cell)).map_err(|reason| self.blame(column, &reason))?;
        Ok((!name.is_empty()).then_some(name))
    }

    /// The cell through [`clean_text`]; blank is none. The reason of an error names the column.
    pub(crate) fn text(&self, column: Column) -> Result<Option<String>, String> {
        clean_text(&unguard(self.cell(column))).map_err(|reason| self.blame(column, &reason))
    }

    /// This row as a reject, its cells exactly as read.
    pub(crate) fn reject(&self, reason: impl Into<String>) -> Reject {
        Reject {
            file: self.file.to_owned(),
            line: Some(self.line),
            place: None,
            reason: reason.into(),
            columns: Arc::clone(self.headers),
            cells: self.record.iter().map(str::to_owned).collect(),
        }
    }

    fn blame(&self, column: Column, reason: &str) -> String {
        let header = column.0.and_then(|index| self.headers.get(index)).map_or("", |header| header.trim());
        format!("column `{header}` {reason}")
    }
}

/// The delimiter: of the usual ones the most frequent in the header line, outside quotation marks.
fn delimiter(opening: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b'\t', 0), (b';', 0), (b'|', 0)];
    for byte in opening.trim_start_matches(['\r', '\n']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\r' | b'\n' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(sign, _)| *sign == byte).for_each(|(_, count)| *count += 1),
        }
    }
    // The last of equals wins, so the comma is last.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}

fn broken(name: &str, error: csv::Error) -> Error {
    let line = error.position().map_or(0, csv::Position::line);
    match error.into_kind() {
        csv::ErrorKind::Io(error) => file::unreadable(name, error),
        csv::ErrorKind::Utf8 { err, .. } => {
            Error::invalid("import.encoding", format!("`{name}` is not UTF-8, as seen near line {line}"))
                .because(err)
        }
        other => Error::invalid(
            "import.unreadable",
            format!("`{name}` cannot be read near line {line}: {other:?}"),
        ),
    }
}
