//! Tables of text (CSV, TSV and their kin), read row by row in bounded memory. Nothing is padded, trimmed or guessed in
//! silence: what does not fit its header becomes a reject with its line.

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

/// A column of one sheet, or none: then all its cells are empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Column(Option<usize>);

impl Column {
    pub(crate) fn is_absent(self) -> bool {
        self.0.is_none()
    }

    /// Its cell among those of a reject; empty where a ragged row has none.
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

    /// Sentences that the person should be told, such as an encoding that had to be guessed.
    pub(crate) fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The next row, or the reject that stands in its place when its number of cells is not that of the header. Rows
    /// without any text are passed over. Errors: the file cannot be read on (`file.unreadable`, `import.encoding`).
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

    /// Hands every row to `take`; what it refuses (with a reason), and what is ragged, goes to `rejects`. Gives the
    /// number of rows, rejects included.
    pub(crate) fn each(
        &mut self,
        rejects: &mut Vec<Reject>,
        mut take: impl FnMut(&Row<'_>) -> Result<(), String>,
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

    /// The cell exactly as it stands there.
    pub(crate) fn cell(&self, column: Column) -> &str {
        column.0.and_then(|index| self.record.get(index)).unwrap_or_default()
    }

    /// The cell through [`clean_name`]; blank is none. The reason for a refusal names the column.
    pub(crate) fn name(&self, column: Column) -> Result<Option<String>, String> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return Ok(None);
        }
        let name = clean_name(cell).map_err(|reason| self.blame(column, &reason))?;
        Ok((!name.is_empty()).then_some(name))
    }

    /// The cell through [`clean_text`]; blank is none. The reason for a refusal names the column.
    pub(crate) fn text(&self, column: Column) -> Result<Option<String>, String> {
        clean_text(self.cell(column)).map_err(|reason| self.blame(column, &reason))
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

/// The character that the header line uses most, outside quotation marks, of those that separate columns anywhere.
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
    // Of equals the last wins, so the comma goes last.
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
