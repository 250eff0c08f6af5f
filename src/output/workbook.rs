//! Excel workbooks: one sheet whose heading stays in sight, written row by row in bounded memory.

use std::io::BufWriter;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use rust_xlsxwriter::{DocProperties, Format, Workbook as Book, Worksheet, XlsxError};

use super::cell::Fields;
use super::sheet::{SheetCell, cell};
use super::sink::Sink;
use crate::error::{Error, Result};
use crate::model::view::FieldKind;
use crate::model::zone::Zone;

/// The widest column, in characters. Longer text is there, but not seen at once.
const WIDEST: usize = 60;
/// What a date and a time take.
const TIME: usize = "2026-11-22 10:00".len();

pub(super) struct Workbook {
    book: Book,
    columns: Vec<SheetColumn>,
    rows: u32,
    zone: Zone,
    text: Format,
    date: Format,
    time: Format,
}

struct SheetColumn {
    key: String,
    kind: FieldKind,
    width: usize,
}

impl Workbook {
    /// A sheet with the columns of these keys.
    pub(super) fn begin(
        name: &str, keys: impl IntoIterator<Item = (String, FieldKind)>, zone: Zone, now: DateTime<Utc>,
    ) -> Result<Self> {
        let column = |(key, kind): (String, FieldKind)| SheetColumn { width: key.chars().count(), key, kind };
        let format = |text: &str| Format::new().set_num_format(text);
        let mut workbook = Workbook {
            book: Book::new(),
            columns: keys.into_iter().map(column).collect(),
            rows: 0,
            zone,
            text: format("@"),
            date: format("yyyy-mm-dd"),
            time: format("yyyy-mm-dd hh:mm"),
        };
        workbook.book.set_properties(&DocProperties::new().set_creation_datetime(&now));
        workbook.heading(name).map_err(unwritable)?;
        Ok(workbook)
    }

    fn heading(&mut self, name: &str) -> Result<(), XlsxError> {
        let bold = Format::new().set_bold();
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        for (number, column) in (0..).zip(&self.columns) {
            sheet.write_string_with_format(0, number, &column.key, &bold)?;
        }
        Ok(())
    }

    pub(super) fn row(&mut self, fields: &Fields) -> Result<()> {
        self.rows += 1;
        self.cells(fields).map_err(unwritable)
    }

    fn cells(&mut self, fields: &Fields) -> Result<(), XlsxError> {
        let Workbook { book, columns, rows, zone, text, date, time } = self;
        let sheet = book.worksheet_from_index(0)?;
        for (number, column) in (0..).zip(columns) {
            let Some(value) = fields.get(&column.key) else { continue };
            let at = (*rows, number);
            column.width = column.width.max(match cell(value, column.kind, *zone) {
                SheetCell::Blank => 0,
                SheetCell::YesNo(yes) => sheet.write_boolean(at.0, at.1, yes).map(|_| 5)?,
                SheetCell::Date(day) if is_known(day) => {
                    sheet.write_datetime_with_format(at.0, at.1, day, date).map(|_| TIME)?
                }
                SheetCell::Time(instant) if is_known(instant.date()) => {
                    sheet.write_datetime_with_format(at.0, at.1, instant, time).map(|_| TIME)?
                }
                SheetCell::Number(amount) if amount.as_f64().is_some() => {
                    let shown = amount.to_string().len();
                    sheet.write_number(at.0, at.1, amount.as_f64().unwrap_or_default()).map(|_| shown)?
                }
                other => put_text(sheet, at, other.into_text(), text)?,
            });
        }
        Ok(())
    }

    /// Writes the whole book.
    pub(super) fn end(mut self) -> Result<()> {
        self.finish().map_err(unwritable)?;
        let mut sink = BufWriter::with_capacity(1 << 16, Sink);
        self.book.save_to_writer(&mut sink).map_err(unwritable)?;
        let flushed = sink.into_inner().map_err(std::io::IntoInnerError::into_error);
        flushed.and_then(|mut sink| sink.end()).or_else(super::closed)
    }

    fn finish(&mut self) -> Result<(), XlsxError> {
        let sheet = self.book.worksheet_from_index(0)?;
        let columns = u16::try_from(self.columns.len()).unwrap_or(u16::MAX);
        if let Some(last) = columns.checked_sub(1) {
            sheet.autofilter(0, 0, self.rows, last)?;
        }
        for (number, column) in (0..).zip(&self.columns) {
            let width = u32::try_from(column.width.min(WIDEST) + 3).unwrap_or(0);
            sheet.set_column_width(number, width)?;
        }
        Ok(())
    }
}

fn put_text(
    sheet: &mut Worksheet, (row, column): (u32, u16), text: String, format: &Format,
) -> Result<usize, XlsxError> {
    let width = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    sheet.write_string_with_format(row, column, text, format)?;
    Ok(width)
}

/// Spreadsheets know no days before 1900, and disagree about its first two months.
fn is_known(day: NaiveDate) -> bool {
    (day.year(), day.month()) >= (1900, 3) && day.year() <= 9999
}

fn unwritable(error: XlsxError) -> Error {
    let too_much = |message: &str| {
        Error::refused("workbook.too_large", message)
            .hint("`-o csv` has no such limit, and `--limit` and `--columns` take less")
    };
    match error {
        XlsxError::RowColumnLimitError => too_much("a sheet has room for 1,048,575 rows below its heading"),
        XlsxError::MaxStringLengthExceeded => too_much("a cell of a workbook has room for 32,767 characters"),
        other => anyhow::Error::new(other).context("the workbook cannot be written").into(),
    }
}
