//! Reads a sheet of a workbook. Cells stay what they are: texts keep their zeros, dates are dates, numbers
//! have no `.0`, and a cell that holds an error has no value.

use std::fs::File;
use std::io::{BufReader, Read};
use std::sync::Arc;

use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, SheetVisible, Xlsx};
use chrono::{NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::archive;
use super::merged::Merged;
use super::ods::{Content, unreadable};
use super::spool::{Cell, Spool, SpoolWriter};
use crate::error::{Error, Result};
use crate::file::Input;

/// The most bytes that the texts of an `.xlsx` may have; they are in memory.
const MOST_STRINGS: u64 = 64 << 20;
/// The most bytes that the content of an `.ods` may have, which are in memory.
const MOST_CONTENT: u64 = 32 << 20;
/// The most rows above the heading.
const MOST_TITLES: usize = 20;
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

/// A sheet that was read.
pub(super) struct Sheet {
    pub(super) headers: Arc<[String]>,
    /// What stands above the heading.
    pub(super) titles: Vec<String>,
    pub(super) spool: Spool,
}

/// The heading of the sheet, and the rows below it. The heading is the first row that is not empty, but for titles with an empty row
/// below them. Errors: `import.several_tables`, `import.no_sheet`, `import.too_large`, `import.empty`, `import.unreadable`.
pub(super) fn read(input: &Input, kind: Kind, sheet: Option<&str>) -> Result<Sheet> {
    let mut rows = Rows {
        headers: None,
        titles: Vec::new(),
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
    rows.no_titles()?;
    let Rows { headers, titles, spool, .. } = rows;
    let empty = || Error::invalid("import.empty", format!("`{}` is empty", input.name()));
    let titles = titles.iter().flat_map(|(_, cells)| texts(cells)).filter(|text| !text.is_empty()).collect();
    Ok(Sheet { headers: headers.ok_or_else(empty)?.into(), titles, spool: spool.finish()? })
}

fn read_xlsx(input: &Input, sheet: Option<&str>, rows: &mut Rows) -> Result<()> {
    archive::check(input, |part| part.ends_with("sharedStrings.xml").then_some(MOST_STRINGS))?;
    let broken = |error: calamine::XlsxError| unreadable(input, &error.to_string());
    let mut book: Xlsx<BufReader<File>> = Xlsx::new(BufReader::new(input.open()?)).map_err(broken)?;
    let sheet = chosen(input, book.sheets_metadata(), sheet)?;
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
    let content = Content::of(input)?;
    let broken = |error: calamine::OdsError| unreadable(input, &error.to_string());
    let mut book: Ods<BufReader<File>> = Ods::new(BufReader::new(input.open()?)).map_err(broken)?;
    let sheet = chosen(input, book.sheets_metadata(), sheet)?;
    let place = book.sheet_names().iter().position(|name| *name == sheet).unwrap_or_default();
    rows.merged = Merged::new(content.merged(place));
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

/// A hidden sheet is meant only by its name.
fn chosen(input: &Input, sheets: &[calamine::Sheet], sheet: Option<&str>) -> Result<String> {
    let name = input.name();
    let list = || sheets.iter().map(|sheet| format!("`{}`", sheet.name)).collect::<Vec<_>>().join(", ");
    if let Some(wanted) = sheet {
        let is_wanted =
            |sheet: &&calamine::Sheet| sheet.name.trim().to_lowercase() == wanted.trim().to_lowercase();
        let found = sheets.iter().find(is_wanted).map(|sheet| sheet.name.clone());
        return found.ok_or_else(|| {
            Error::invalid("import.no_sheet", format!("`{name}` has no sheet `{wanted}`"))
                .hint(format!("its sheets are {}", list()))
        });
    }
    let is_visible = |sheet: &&calamine::Sheet| sheet.visible == SheetVisible::Visible;
    match (sheets, sheets.iter().filter(is_visible).collect::<Vec<_>>().as_slice()) {
        ([one], _) => Ok(one.name.clone()),
        (_, [one]) => Ok(one.name.clone()),
        ([], _) => Err(Error::invalid("import.empty", format!("`{name}` holds no sheet"))),
        _ => Err(Error::invalid("import.several_tables", format!("`{name}` has several sheets"))
            .hint(format!("name one with `--sheet`: {}", list()))),
    }
}

struct Rows {
    headers: Option<Vec<String>>,
    /// Rows of one cell each, above the heading: titles, or the heading of a table of one column and its rows.
    titles: Vec<(u32, Vec<Cell>)>,
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
        if cells.is_empty() {
            return Ok(());
        }
        if self.headers.is_none() {
            let is_title = cells.iter().filter(|cell| **cell != Cell::empty()).count() == 1;
            if is_title && self.titles.len() < MOST_TITLES {
                self.titles.push((self.row, cells));
                return Ok(());
            }
            let above = self.titles.last().map(|(row, _)| row.saturating_add(1));
            if above.is_none_or(|above| above < self.row) && !is_title {
                self.headers = Some(texts(&cells).collect());
                self.merged.skip(self.row);
                return Ok(());
            }
            self.no_titles()?;
        }
        let width = self.headers.as_ref().map_or(0, Vec::len);
        cells.resize(cells.len().max(width), Cell::empty());
        self.merged.fill(self.row, &mut cells);
        self.spool.add(u64::from(self.row) + 1, "", &cells)
    }

    /// What looked like titles is the heading and its rows.
    fn no_titles(&mut self) -> Result<()> {
        if self.headers.is_some() {
            return Ok(());
        }
        for (row, mut cells) in std::mem::take(&mut self.titles) {
            match &self.headers {
                None => {
                    self.headers = Some(texts(&cells).collect());
                    self.merged.skip(row);
                }
                Some(headers) => {
                    cells.resize(cells.len().max(headers.len()), Cell::empty());
                    self.merged.fill(row, &mut cells);
                    self.spool.add(u64::from(row) + 1, "", &cells)?;
                }
            }
        }
        Ok(())
    }
}

fn texts(cells: &[Cell]) -> impl Iterator<Item = String> {
    cells.iter().map(|cell| if let Cell::Text(text) = cell { text.clone() } else { String::new() })
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
