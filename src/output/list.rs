//! A list, printed while its rows are read, in bounded memory.

use std::io::{self, Write};
use std::marker::PhantomData;

use serde::Serialize;

use super::card::Card;
use super::cell::{self, Fields, Times};
use super::sanitize::{escaped, sanitize};
use super::sink::Sink;
use super::sorting::{Sort, Sorter};
use super::table::Table;
use super::totals::Totals;
use super::workbook::Workbook;
use super::{Format, Output, closed, columns, delimited};
use crate::error::{Error, Result};
use crate::model::view::{Field, FieldKind, View};

/// So many bytes are written at once.
const BUFFER: usize = 1 << 16;

pub(crate) struct List<'a, T: View> {
    output: &'a Output,
    fields: Vec<&'static Field>,
    /// Not yet written.
    text: Vec<u8>,
    table: Table<'a>,
    workbook: Option<Workbook>,
    rows: usize,
    /// For people, of a list that is read in pages.
    totals: Option<Totals>,
    /// For people below the rows.
    below: Vec<String>,
    is_closed: bool,
    sorter: Option<Sorter>,
    /// Of the sorted rows the most that are shown.
    most: Option<i64>,
    /// The column that the rows come in the order of, so that they need not be sorted by it.
    order: Option<&'static str>,
    /// Whether `--oldest-first` turns the list round.
    has_oldest_first: bool,
    /// Whether each row that is read is entered in the register of disclosures.
    is_recorded: bool,
    things: PhantomData<T>,
}

impl<'a, T: View> List<'a, T> {
    /// `more` are further columns of these rows.
    pub(super) fn begin(output: &'a Output, more: &'static [Field]) -> Result<Self> {
        let fields = fields::<T>(output, more)?;
        let is_at_a_glance = !output.names_all_columns() && output.width.is_some();
        let table =
            Table::new(fields.clone(), if is_at_a_glance { Times::Age } else { Times::Exact }, output);
        let is_workbook = output.format == Format::Xlsx && !output.quiet;
        let keys = fields.iter().map(|field| (field.key.to_owned(), field.kind));
        let workbook = is_workbook.then(|| Workbook::begin(T::NOUN, keys, output.zone, output.now));
        let workbook = workbook.transpose()?;
        let text = Vec::with_capacity(BUFFER);
        Ok(List {
            output,
            fields,
            text,
            table,
            workbook,
            rows: 0,
            totals: None,
            below: Vec::new(),
            is_closed: false,
            sorter: None,
            most: None,
            order: None,
            has_oldest_first: false,
            is_recorded: false,
            things: PhantomData,
        })
    }

    /// Counts the rows from here on, for people.
    pub(super) fn count(&mut self) {
        if self.output.is_for_people() {
            self.totals.get_or_insert_with(|| Totals::of(T::FIELDS));
        }
    }

    /// Says that there is more, and the option that goes on.
    pub(super) fn cut(&mut self, next: String) {
        if let Some(totals) = &mut self.totals {
            totals.cut(next);
        }
    }

    /// Says that each row that is read is entered in the register of disclosures, so that none is read without being shown.
    pub(crate) fn record(&mut self) {
        self.is_recorded = true;
    }

    /// Says that the rows come in the order of this column.
    pub(crate) fn ordered_by(&mut self, column: &'static str) {
        self.order = Some(column);
    }

    /// Says that `--oldest-first` turns the list round.
    pub(crate) fn turns_by_age(&mut self) {
        self.has_oldest_first = true;
    }

    /// Whether a column names accounts.
    pub(crate) fn shows_logins(&self) -> bool {
        self.fields.iter().any(|field| matches!(field.kind, FieldKind::Login | FieldKind::Logins))
    }

    pub(super) fn order(&self) -> Option<&'static str> {
        self.order
    }

    pub(super) fn is_recorded(&self) -> bool {
        self.is_recorded
    }

    /// From here on rows are held until the end, and then sorted. Usage error for an unknown column.
    pub(super) fn sort(&mut self, sort: &Sort, most: Option<i64>) -> Result<()> {
        if self.is_recorded && most.is_some() {
            return Err(Error::usage(
                "`--sort` reads all rows of this list, and each is entered in a register",
            )
            .hint("leave out `--limit`, or `--sort`"));
        }
        let sorter = Sorter::new(sort, T::FIELDS);
        self.sorter = Some(match sorter {
            Err(error) if self.has_oldest_first => {
                let columns = error.hint_text().unwrap_or_default();
                let hint = format!("{columns}; `--oldest-first` shows the oldest first");
                return Err(error.hint(hint));
            }
            sorter => sorter?,
        });
        self.most = most;
        Ok(())
    }

    /// Returns false if the reader has closed the pipe.
    pub(crate) fn row(&mut self, thing: &T) -> Result<bool> {
        if self.is_closed {
            return Ok(false);
        }
        if let Some(sorter) = &mut self.sorter {
            sorter.add(thing.code().into_owned(), &cell::fields(thing)?)?;
            return Ok(true);
        }
        let mut text = Vec::new();
        self.write(&mut text, thing)?;
        self.rows += 1;
        self.put(&text)?;
        Ok(!self.is_closed)
    }

    /// A row with further fields.
    pub(super) fn object(&mut self, code: &str, fields: &Fields) -> Result<()> {
        let mut text = Vec::new();
        self.write_fields(&mut text, code, fields)?;
        self.rows += 1;
        self.put(&text)
    }

    fn put_sorted(&mut self) -> Result<()> {
        let Some(sorter) = self.sorter.take() else { return Ok(()) };
        let rows = sorter.sorted();
        let most = self.most.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
        if let Some(totals) = self.totals.as_mut().filter(|_| rows.len() > most) {
            totals.cut_of(rows.len());
        }
        for row in rows.take(most) {
            if self.is_closed {
                return Ok(());
            }
            let (code, fields) = row?;
            self.object(&code, &fields)?;
        }
        Ok(())
    }

    fn write(&mut self, text: &mut Vec<u8>, thing: &T) -> Result<()> {
        let is_whole_json = self.output.format.is_json() && self.output.columns.is_none();
        if is_whole_json && !self.output.quiet {
            return self.write_json(text, thing);
        }
        self.write_fields(text, &thing.code(), &cell::fields(thing)?)
    }

    fn write_fields(&mut self, text: &mut Vec<u8>, code: &str, fields: &Fields) -> Result<()> {
        if self.output.quiet {
            let is_terminal = self.output.width.is_some();
            let code = if is_terminal { sanitize(code) } else { code.into() };
            text.extend_from_slice(code.as_bytes());
            text.push(b'\n');
            return Ok(());
        }
        match self.output.format {
            Format::Json | Format::Jsonl => self.write_json(text, &self.output.narrowed(fields.clone())),
            Format::Csv | Format::Tsv => {
                if self.rows == 0 {
                    self.begin_delimited(text)?;
                }
                let keys = self.fields.iter().map(|field| (field.key, field.kind));
                delimited::row(text, self.output, keys, fields)
            }
            Format::Xlsx => self.workbook.as_mut().map_or(Ok(()), |book| book.row(fields)),
            Format::Table => {
                if let Some(totals) = &mut self.totals {
                    totals.add(fields);
                }
                self.table.row(text, fields);
                Ok(())
            }
        }
    }

    fn begin_delimited(&self, text: &mut Vec<u8>) -> Result<()> {
        delimited::begin(text, self.output, self.fields.iter().map(|field| field.key))
    }

    fn write_json(&self, text: &mut Vec<u8>, object: &impl Serialize) -> Result<()> {
        let is_one_document = self.output.format == Format::Json;
        if is_one_document {
            text.extend_from_slice(if self.rows == 0 { b"[\n" } else { b",\n" });
        }
        let json = serde_json::to_string(object).map_err(cell::unprintable)?;
        text.extend_from_slice(escaped(&json).as_bytes());
        if !is_one_document {
            text.push(b'\n');
        }
        Ok(())
    }

    /// Prints what there is so far, so that the reader need not wait for the rest.
    pub(super) fn show_so_far(&mut self) -> Result<()> {
        let mut text = Vec::new();
        if self.output.format == Format::Table && !self.output.quiet && self.rows > 0 {
            self.table.flush(&mut text, false);
        }
        self.put(&text)?;
        self.flush()
    }

    /// What people read below the rows. For programs each row has it as a field.
    pub(crate) fn below(&mut self, text: impl IntoIterator<Item = String>) {
        self.below.extend(text);
    }

    /// Ends the list; an empty one is an empty document, with a note on stderr for people.
    pub(crate) fn end(mut self, nothing: &str) -> Result<()> {
        self.put_sorted()?;
        let mut text = Vec::new();
        match self.output.format {
            _ if self.output.quiet => {}
            Format::Json if self.rows == 0 => text.extend_from_slice(b"[]\n"),
            Format::Json => text.extend_from_slice(b"\n]\n"),
            Format::Csv | Format::Tsv if self.rows == 0 => {
                self.begin_delimited(&mut text)?;
            }
            Format::Table if self.rows == 0 => self.output.note(nothing),
            Format::Table => {
                self.table.flush(&mut text, true);
                text.extend(self.below_the_rows());
            }
            Format::Xlsx => return self.workbook.map_or(Ok(()), Workbook::end),
            _ => {}
        }
        self.put(&text)?;
        self.show_so_far()?;
        Sink.end().or_else(closed)?;
        if let Some(line) = self.totals.and_then(|totals| totals.line(T::NOUN)) {
            self.output.note(&line);
        }
        self.output.note_left_out(&self.table.left_out(), "`--columns`");
        Ok(())
    }

    fn below_the_rows(&self) -> Vec<u8> {
        if self.below.is_empty() {
            return Vec::new();
        }
        let card = self.below.iter().fold(Card::new(self.output, "").blank(), |card, text| card.text(text));
        card.into_parts().0.into_bytes()
    }

    /// Whether its reader wants no more.
    pub(super) fn is_closed(&self) -> bool {
        self.is_closed
    }

    fn put(&mut self, text: &[u8]) -> Result<()> {
        self.text.extend_from_slice(text);
        if self.text.len() < BUFFER { Ok(()) } else { self.flush() }
    }

    fn flush(&mut self) -> Result<()> {
        if self.is_closed {
            return Ok(());
        }
        let text = std::mem::take(&mut self.text);
        match Sink.write_all(&text).and_then(|()| Sink.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(())
            }
            written => written.or_else(closed),
        }
    }
}

/// The selected columns; by default those of a table, for programs all.
fn fields<T: View>(output: &Output, more: &'static [Field]) -> Result<Vec<&'static Field>> {
    let known = || T::FIELDS.iter().chain(more);
    let all = output.format != Format::Table;
    let usual = known().filter(|field| all || field.shown);
    let Some(columns) = &output.columns else { return Ok(usual.collect()) };
    columns::check_columns(columns, known())?;
    let chosen = columns::chosen(columns, usual.map(|field| field.key));
    Ok(chosen.into_iter().filter_map(|column| known().find(|field| field.key == column)).collect())
}
