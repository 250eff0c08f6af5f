//! Reads a sheet of a workbook. Cells stay what they are: texts keep their zeros, dates are dates, numbers
//! have no `.0`, and a cell that holds an error has no value.

use std::fs::File;
use std::io::{BufReader, Read};
use std::sync::Arc;

use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, Xlsx};
use chrono::{NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::archive;
use super::merged::Merged;
use super::spool::{Cell, Spool, SpoolWriter};
use crate::error::{Error, Result};
use crate::file::Input;

/// The most bytes that the texts of an `.xlsx` may have; they are in memory.
const MOST_STRINGS: u64 = 64 << 20;
/// The most bytes that the content of an `.ods` may have, and the most cells: all are in memory.
const MOST_CONTENT: u64 = 32 << 20;
const MOST_CELLS: u64 = 1_000_000;
/// The most columns that spreadsheet programs have.
const MOST_COLUMNS: u32 = 16_384;
/// The number of the last day that they know, in the year 9999.
const LAST_DAY: f64 = 2_958_466.0;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Xlsx,
    Ods,
}

/// What the file is, if it is a workbook that can be read.
pub(super) fn kind(input: &Input) -> Result<Option<Kind>> {
    let mut head = Vec::new();
    input.open()?.take(4).read_to_end(&mut head).map_err(|error| input.unreadable(error))?;
    if head != *b"PK\x03\x04" {
        return Ok(None);
    }
    let Ok(archive) = zip::ZipArchive::new(input.open()?) else { return Ok(None) };
    let has = |name| archive.index_for_name(name).is_some();
    Ok(match (has("xl/workbook.xml"), has("content.xml")) {
        (true, _) => Some(Kind::Xlsx),
        (false, true) => Some(Kind::Ods),
        (false, false) => None,
    })
}

/// The heading of the sheet, which is its first row that is not empty, and the rows below it. Errors:
/// `import.several_tables`, `import.no_sheet`, `import.too_large`, `import.empty`, `import.unreadable`.
pub(super) fn read(input: &Input, kind: Kind, sheet: Option<&str>) -> Result<(Arc<[String]>, Spool)> {
    let mut rows = Rows {
        headers: None,
        spool: SpoolWriter::new()?,
        cells: Vec::new(),
        row: 0,
        merged: Merged::default(),
    };
    match kind {
        Kind::Xlsx => read_xlsx(input, sheet, &mut rows)?,
        Kind::Ods => read_ods(input, sheet, &mut rows)?,
    }
    rows.end_row()?;
    let Rows { headers, spool, .. } = rows;
    let empty = || Error::invalid("import.empty", format!("`{}` is empty", input.name()));
    Ok((headers.ok_or_else(empty)?, spool.finish()?))
}

fn read_xlsx(input: &Input, sheet: Option<&str>, rows: &mut Rows) -> Result<()> {
    archive::check(input, |part| part.ends_with("sharedStrings.xml").then_some(MOST_STRINGS))?;
    let broken = |error: calamine::XlsxError| unreadable(input, &error.to_string());
    let mut book: Xlsx<BufReader<File>> = Xlsx::new(BufReader::new(input.open()?)).map_err(broken)?;
    let sheet = chosen(input, &book.sheet_names(), sheet)?;
    rows.merged = Merged::new(book.merge_cells_by_sheet_name(&sheet).map_err(broken)?);
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(broken)?;
    let zeros: Vec<usize> = cells.styles().iter().map(zeros).collect();
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(broken)? {
        let (row, column) = cell.get_position();
        let zeros = zeros.get(style).copied().unwrap_or_default();
        rows.add(row, column, value(cell.get_value(), zeros))?;
    }
    Ok(())
}

/// How many digits the format of a cell shows at least, such as 5 of `00000`.
fn zeros(style: &calamine::Style) -> usize {
    let format = style.number_format.as_ref().map_or("", |format| format.format_code.as_str());
    if format.bytes().all(|byte| byte == b'0') { format.len() } else { 0 }
}

fn read_ods(input: &Input, sheet: Option<&str>, rows: &mut Rows) -> Result<()> {
    archive::check(input, |part| (part == "content.xml").then_some(MOST_CONTENT))?;
    refuse_repeated_rows(input)?;
    let broken = |error: calamine::OdsError| unreadable(input, &error.to_string());
    let mut book: Ods<BufReader<File>> = Ods::new(BufReader::new(input.open()?)).map_err(broken)?;
    let sheet = chosen(input, &book.sheet_names(), sheet)?;
    let range = book.worksheet_range(&sheet).map_err(broken)?;
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, column, cell) in range.used_cells() {
        let (row, column) =
            (u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX));
        rows.add(
            first_row.saturating_add(row),
            first_column.saturating_add(column),
            value(&as_ref(cell), 0),
        )?;
    }
    Ok(())
}

/// A few bytes can say that a row or a cell is there a million times. What is empty at the end of a row or of a sheet takes no
/// memory, and programs write it often.
fn refuse_repeated_rows(input: &Input) -> Result<()> {
    let broken = |error: &str| unreadable(input, error);
    let mut archive = zip::ZipArchive::new(input.open()?).map_err(|error| broken(&error.to_string()))?;
    let mut content = String::new();
    let part = archive.by_name("content.xml").map_err(|error| broken(&error.to_string()))?;
    part.take(MOST_CONTENT).read_to_string(&mut content).map_err(|error| broken(&error.to_string()))?;
    if content.split("<table:table ").map(cells_of_sheet).fold(0, u64::saturating_add) > MOST_CELLS {
        let message = format!("`{}` has more than {MOST_CELLS} cells", input.name());
        return Err(Error::invalid("import.too_large", message).hint("save the sheet as `.xlsx` or CSV"));
    }
    Ok(())
}

/// How many cells come into memory.
fn cells_of_sheet(sheet: &str) -> u64 {
    let (mut cells, mut waiting, mut widest) = (0_u64, 0_u64, 0_u64);
    for row in sheet.split("<table:table-row").skip(1) {
        let (head, row) = row.split_once('>').unwrap_or((row, ""));
        let repeated = repeats(head, "table:number-rows-repeated").next().unwrap_or(1);
        let (width, is_empty) = width(row.split("</table:table-row").next().unwrap_or_default());
        cells = cells.saturating_add(width);
        widest = widest.max(width);
        if is_empty {
            waiting = waiting.saturating_add(repeated);
        } else {
            cells = cells.saturating_add(repeated.saturating_add(waiting).saturating_mul(widest));
            waiting = 0;
        }
    }
    cells
}

/// How many cells a row has up to the last that counts, and whether all are empty.
fn width(row: &str) -> (u64, bool) {
    let (mut width, mut empty, mut is_empty) = (0_u64, 0, true);
    let cells = row
        .split("<table:")
        .filter(|part| part.starts_with("table-cell") || part.starts_with("covered-table-cell"));
    for cell in cells {
        let repeated = repeats(cell, "table:number-columns-repeated").next().unwrap_or(1);
        width = width.saturating_add(std::mem::take(&mut empty));
        if ["office:", "<text:p", "table:formula"].iter().any(|sign| cell.contains(sign)) {
            (width, is_empty) = (width.saturating_add(repeated), false);
        } else {
            empty = repeated;
        }
    }
    (width, is_empty)
}

fn repeats<'a>(text: &'a str, attribute: &'a str) -> impl Iterator<Item = u64> + 'a {
    text.split(attribute).skip(1).map(|rest| {
        let digits =
            rest.trim_start_matches(|letter: char| letter.is_whitespace() || "=\"'".contains(letter));
        let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
        digits.get(..end).and_then(|digits| digits.parse().ok()).unwrap_or(u64::MAX)
    })
}

fn chosen(input: &Input, sheets: &[String], sheet: Option<&str>) -> Result<String> {
    let name = input.name();
    let list = || sheets.iter().map(|sheet| format!("`{sheet}`")).collect::<Vec<_>>().join(", ");
    match (sheet, sheets) {
        (Some(wanted), _) => {
            let found =
                sheets.iter().find(|sheet| sheet.trim().to_lowercase() == wanted.trim().to_lowercase());
            found.cloned().ok_or_else(|| {
                Error::invalid("import.no_sheet", format!("`{name}` has no sheet `{wanted}`"))
                    .hint(format!("its sheets are {}", list()))
            })
        }
        (None, [one]) => Ok(one.clone()),
        (None, []) => Err(Error::invalid("import.empty", format!("`{name}` holds no sheet"))),
        (None, _) => Err(Error::invalid("import.several_tables", format!("`{name}` has several sheets"))
            .hint(format!("name one with `--sheet`: {}", list()))),
    }
}

fn unreadable(input: &Input, why: &str) -> Error {
    Error::invalid("import.unreadable", format!("`{}` cannot be read as a workbook: {why}", input.name()))
}

struct Rows {
    headers: Option<Arc<[String]>>,
    spool: SpoolWriter,
    /// Of the present row.
    cells: Vec<Cell>,
    row: u32,
    merged: Merged,
}

impl Rows {
    fn add(&mut self, row: u32, column: u32, cell: Cell) -> Result<()> {
        if row != self.row {
            self.end_row()?;
            self.row = row;
        }
        if cell == Cell::empty() {
            return Ok(());
        }
        if column >= MOST_COLUMNS {
            let message =
                format!("row {} of the sheet has more than {MOST_COLUMNS} columns", row.saturating_add(1));
            return Err(Error::invalid("import.too_large", message));
        }
        let column = usize::try_from(column).unwrap_or_default();
        if self.cells.len() <= column {
            self.cells.resize(column + 1, Cell::empty());
        }
        if let Some(place) = self.cells.get_mut(column) {
            *place = cell;
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<()> {
        let mut cells = std::mem::take(&mut self.cells);
        let Some(headers) = &self.headers else {
            let texts =
                cells.into_iter().map(|cell| if let Cell::Text(text) = cell { text } else { String::new() });
            self.headers = Some(texts.collect::<Arc<[String]>>()).filter(|headers| !headers.is_empty());
            self.merged.skip(self.row);
            return Ok(());
        };
        if cells.is_empty() {
            return Ok(());
        }
        cells.resize(cells.len().max(headers.len()), Cell::empty());
        self.merged.fill(self.row, &mut cells);
        self.spool.add(u64::from(self.row) + 1, "", &cells)
    }
}

fn value(value: &DataRef<'_>, zeros: usize) -> Cell {
    Cell::Text(match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::Int(number) => format!("{number:0zeros$}"),
        DataRef::Float(number) => format!("{number:0zeros$}"),
        DataRef::DateTime(at) => date_time(at),
        DataRef::DateTimeIso(text) => moment_of(text),
        DataRef::DurationIso(text) => clock_of(text),
        DataRef::Error(error) => return Cell::Bad(format!("holds the error {error}")),
    })
}

fn as_ref(data: &Data) -> DataRef<'_> {
    match data {
        Data::Empty => DataRef::Empty,
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::DateTime(at) => DataRef::DateTime(*at),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
    }
}

/// A number of days: below one it is a time of the day.
fn date_time(at: &ExcelDateTime) -> String {
    if !(-LAST_DAY..LAST_DAY).contains(&at.as_f64()) {
        return format!("{:e}", at.as_f64());
    }
    let seconds = at.as_duration().map(|length| (length.num_milliseconds() + 500).div_euclid(1_000));
    match (seconds, at.as_datetime()) {
        (Some(seconds), _) if at.is_duration() || (0.0..1.0).contains(&at.as_f64()) => {
            format!("{:02}:{:02}", seconds / 3_600, seconds / 60 % 60)
        }
        (_, Some(moment)) => moment_text(moment),
        _ => at.as_f64().to_string(),
    }
}

fn moment_text(moment: NaiveDateTime) -> String {
    let moment = moment.checked_add_signed(TimeDelta::milliseconds(500)).unwrap_or(moment);
    match moment.time().with_nanosecond(0) {
        Some(time) if time == NaiveTime::MIN => moment.format("%Y-%m-%d").to_string(),
        Some(time) if time.second() == 0 => moment.format("%Y-%m-%d %H:%M").to_string(),
        _ => moment.format("%Y-%m-%d %H:%M:%S").to_string(),
    }
}

fn moment_of(text: &str) -> String {
    let moment = text.parse::<NaiveDateTime>();
    moment.map_or_else(|_| text.to_owned(), moment_text)
}

/// `PT09H30M00S` as `09:30`.
fn clock_of(text: &str) -> String {
    let parts = text.strip_prefix("PT").and_then(|text| text.split_once('H'));
    let clock = parts.and_then(|(hours, rest)| {
        let minutes = rest.split_once('M').map_or("0", |(minutes, _)| minutes);
        Some(format!("{:02}:{:02}", hours.parse::<u64>().ok()?, minutes.parse::<u64>().ok()?))
    });
    clock.unwrap_or_else(|| text.to_owned())
}
