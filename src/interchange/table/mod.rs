//! Reads tables row by row in bounded memory, whatever they are written in: CSV, TSV and similar, JSON, JSON
//! lines, workbooks, each also packed. Nothing is silently padded, trimmed or guessed: a row that does not fit
//! its header becomes a reject with its line.

mod archive;
mod clean;
mod columns;
mod corrections;
mod json;
mod merged;
mod ods;
mod options;
mod rejected;
mod row;
mod rows;
mod source;
mod spool;
#[cfg(test)]
mod tests;
mod text;
mod workbook;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use csv::StringRecord;

pub(crate) use self::archive::{tables_in, unpacked, unpacked_folder};
pub(crate) use self::clean::{clean_name, clean_text};
use self::columns::Other;
pub(crate) use self::corrections::Corrections;
use self::options::DateOrder;
pub(crate) use self::options::{Reading, encoding};
pub(crate) use self::row::Row;
pub(crate) use self::rows::{FoundRow, Mapping, Rows, edit, flag, instant, needed};
pub(crate) use self::source::{Source, open};
use self::spool::{Spool, SpooledRow};
use self::text::{TextRow, TextRows};
use self::workbook::Sheet;
use crate::error::Result;
use crate::file::{self, Input};
use crate::model::directory::{REJECTED_AT, REJECTED_FROM, REJECTED_IN, Reject};
use crate::model::text::counted;

/// The signs of cells that are set aside.
const ABSENT: u8 = b'a';
const NESTED: u8 = b'n';
const BAD: u8 = b'b';

/// How many lines are looked through for a heading that does not stand where it should.
const FIRST_LINES: usize = 10;

/// The beginning of a text, which tells formats apart; empty for a workbook.
pub(crate) fn opening(input: &Input, how: &Reading) -> Result<String> {
    let input = unpacked(input, how)?;
    if workbook::kind(&input)?.is_some() {
        Ok(String::new())
    } else {
        open(&input, how).map(|source| source.opening)
    }
}

/// The rows of these lines as they were read, for rejects that only a comparison finds.
pub(crate) fn rows_at(input: &Input, how: &Reading, lines: &HashSet<u64>) -> Result<HashMap<u64, Reject>> {
    let mut rows = HashMap::new();
    if lines.is_empty() {
        return Ok(rows);
    }
    let mut table = Table::open(input, how)?;
    while rows.len() < lines.len()
        && let Some(next) = table.next_row()?
    {
        rows.extend(
            next.ok().filter(|row| lines.contains(&row.line())).map(|row| (row.line(), row.reject(""))),
        );
    }
    Ok(rows)
}

/// The places and the texts of a table of rejected objects; none of any other table.
pub(crate) fn rejected_objects(input: &Input, how: &Reading) -> Result<Option<Vec<(String, String)>>> {
    let mut table = Table::opened(input, how)?;
    if !table.holds_objects() {
        return Ok(None);
    }
    let json = table.column("json")?;
    let mut objects = Vec::new();
    while let Some(next) = table.next_row()? {
        let row = next.map_or_else(|ragged| ragged, |row| row.reject(""));
        objects.push((row.origin(), json.of(&row).to_owned()));
    }
    Ok(Some(objects))
}

/// A table that is being read.
pub(crate) struct Table {
    name: String,
    headers: Arc<[String]>,
    /// The heading of rejected rows.
    headings: Arc<[String]>,
    rows: Body,
    record: StringRecord,
    /// What each cell is; empty for a text table, whose cells are all there.
    signs: Vec<u8>,
    /// The row as the person wrote it, if its cells are not that.
    raw: String,
    line: u64,
    /// How many rows of what is no text have been read.
    number: u64,
    looks_merged: bool,
    /// What is wrong with the row as it was read.
    problem: Option<String>,
    /// The encoding where a byte that is not in it has become U+FFFD.
    lenient: Option<&'static str>,
    dates: Option<DateOrder>,
    /// What rows that were rejected before are now, by their lines.
    corrected: HashMap<u64, Vec<String>>,
    /// What stands above the heading.
    titles: Vec<String>,
    /// The first lines of a text.
    first_lines: Vec<String>,
    others: Vec<Other>,
    /// The columns that were asked for, by their places.
    asked: RefCell<HashSet<usize>>,
    /// The columns that are fields.
    fields: RefCell<Vec<(usize, &'static str)>>,
}

enum Body {
    Text(TextRows),
    Spooled(Spool),
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

impl Table {
    /// Opens a file; messages about its rows call it by its file name. `file.unreadable`, `import.empty`, and
    /// errors of its format.
    pub(crate) fn open(input: &Input, how: &Reading) -> Result<Table> {
        let table = Table::opened(input, how)?;
        if table.holds_objects() { table.unfolded(how) } else { Ok(table) }
    }

    /// Rejected objects are not taken out of their cells.
    pub(super) fn opened(input: &Input, how: &Reading) -> Result<Table> {
        let input = &unpacked(input, how)?;
        let name = input.short_name();
        if let Some(kind) = workbook::kind(input)? {
            let Sheet { headers, titles, spool } = workbook::read(input, kind, how.sheet.as_deref())?;
            return Ok(Table { titles, ..Table::of(name, headers, Body::Spooled(spool), how) });
        }
        let source = open(input, how)?;
        if json::is_json(&source.opening) {
            let lenient = source.lenient;
            let (headers, spool) = json::read(&name, source, how)?;
            return Ok(Table { lenient, ..Table::of(name, headers, Body::Spooled(spool), how) });
        }
        let above = text::above(&source.opening);
        let mut rows = TextRows::new(source.text, above.delimiter);
        rows.skip(above.length).map_err(|error| input.unreadable(error))?;
        let mut table = Table {
            lenient: source.lenient,
            titles: above.titles,
            first_lines: source.opening.lines().take(FIRST_LINES).map(str::to_owned).collect(),
            ..Table::of(name, Arc::default(), Body::Text(rows), how)
        };
        table.read_header()?;
        Ok(table)
    }

    fn of(name: String, headers: Arc<[String]>, rows: Body, how: &Reading) -> Table {
        Table {
            headings: Arc::clone(&headers),
            headers,
            rows,
            record: StringRecord::new(),
            signs: Vec::new(),
            raw: String::new(),
            line: 0,
            number: 0,
            looks_merged: false,
            problem: None,
            lenient: None,
            dates: how.date_format,
            corrected: how.corrections.as_ref().map(|all| all.of_table(&name)).unwrap_or_default(),
            titles: Vec::new(),
            first_lines: Vec::new(),
            others: Vec::new(),
            asked: RefCell::default(),
            name,
            fields: RefCell::default(),
        }
    }

    fn read_header(&mut self) -> Result<()> {
        while self.advance()? && self.is_blank() {}
        // Files that were put together have several marks of their encoding.
        let header = |cell: &str| cell.trim_start_matches('\u{feff}').to_owned();
        self.headers = self.record.iter().map(header).collect();
        self.headings = Arc::clone(&self.headers);
        if self.headers.iter().any(|header| header.contains('\0')) {
            return Err(source::looks_wide(&self.name));
        }
        if let Body::Text(rows) = &mut self.rows {
            rows.width = Some(self.headers.len());
        }
        Ok(())
    }

    /// Whether it is a table of rejected objects.
    fn holds_objects(&self) -> bool {
        let others = ["error", REJECTED_FROM, REJECTED_IN, REJECTED_AT];
        let mut own = self.headers.iter().filter(|header| !others.contains(&header.as_str()));
        own.next().is_some_and(|header| header == "json") && own.next().is_none()
    }

    /// The same as a table of the objects in it.
    fn unfolded(mut self, how: &Reading) -> Result<Table> {
        let mut objects = json::Objects::new()?;
        let json = self.headers.iter().position(|header| header == "json").unwrap_or_default();
        while self.advance()? {
            if !self.is_blank() {
                objects.add(self.line, self.record.get(json).unwrap_or_default())?;
            }
        }
        let (headers, spool) = objects.finish()?;
        Ok(Table::of(self.name, headers, Body::Spooled(spool), how))
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The next row, or a reject if its cells do not fit the header. Rows without text are skipped. Errors: the
    /// file cannot be read on (`file.unreadable`).
    pub(crate) fn next_row(&mut self) -> Result<Option<Result<Row<'_>, Reject>>> {
        loop {
            if !self.advance()? {
                return Ok(None);
            }
            if self.problem.is_some() || !self.is_blank() {
                break;
            }
        }
        for other in &mut self.others {
            let is_filled = self.record.get(other.index).is_some_and(|cell| !cell.trim().is_empty());
            other.values += u64::from(is_filled);
        }
        let problem = self.problem.take().or_else(|| self.misfit());
        let row = Row { table: self };
        Ok(Some(match problem {
            None => Ok(row),
            Some(reason) => Err(row.reject(reason)),
        }))
    }

    /// Why the row as a whole cannot be taken.
    fn misfit(&self) -> Option<String> {
        let (expected, found) = (self.headers.len(), self.record.len());
        let surplus = self.record.iter().skip(expected).any(|cell| !cell.trim().is_empty());
        let is_text = self.signs.is_empty();
        if surplus || is_text && found < expected {
            let found = if surplus { found } else { found.min(expected) };
            return Some(format!("has {} where the header has {expected}", counted(found, "cell", "cells")));
        }
        let encoding = self.lenient.filter(|_| self.record.as_slice().contains('\u{fffd}'));
        encoding.map(|encoding| format!("holds a byte that is not in the encoding {encoding}"))
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

    fn is_blank(&self) -> bool {
        // The last sign of old text files is U+001A.
        let is_blank = |letter: char| letter.is_whitespace() || letter == '\u{1a}';
        self.record.as_slice().trim_matches(is_blank).is_empty() && self.raw.is_empty()
    }

    /// Reads the next row, if there is one.
    fn advance(&mut self) -> Result<bool> {
        match &mut self.rows {
            Body::Text(rows) => {
                let mut cells = std::mem::take(&mut self.record).into_byte_record();
                let next = rows.next(&mut cells).map_err(|error| file::unreadable(&self.name, error))?;
                self.record = StringRecord::from_byte_record_lossy(cells);
                let Some(TextRow { line, has_stray_quote, looks_merged }) = next else { return Ok(false) };
                (self.line, self.looks_merged) = (line, looks_merged);
                self.problem =
                    has_stray_quote.then(|| "a quotation mark is opened and never closed".to_owned());
            }
            Body::Spooled(spool) => {
                let Some(SpooledRow { line, raw, cells }) = spool.next()? else { return Ok(false) };
                (self.line, self.number) = (line, self.number + 1);
                raw.clone_into(&mut self.raw);
                self.record.clear();
                self.signs.clear();
                for (sign, text) in cells {
                    self.record.push_field(text);
                    self.signs.push(sign);
                }
                let missing = self.headers.len().saturating_sub(self.signs.len());
                self.signs.extend(std::iter::repeat_n(ABSENT, missing));
                let is_no_object = !self.raw.is_empty() && self.signs.first() == Some(&BAD);
                self.problem = is_no_object.then(|| self.record.get(0).unwrap_or_default().to_owned());
            }
        }
        self.correct();
        Ok(true)
    }

    /// Takes the present row as it has been corrected.
    fn correct(&mut self) {
        if let Some(cells) = self.corrected.get(&self.line).filter(|_| self.raw.is_empty()) {
            self.record = cells.iter().collect();
            self.signs.fill(b't');
            self.problem = None;
        }
    }
}
