//! What the content of an `.ods` says besides its values: how large it is, and which cells are merged.

use std::io::Read;

use calamine::Dimensions;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::error::{Error, Result};
use crate::file::Input;

/// The most cells, all of which are in memory.
const MOST_CELLS: u64 = 1_000_000;

/// The XML of all sheets. Its size has been checked.
pub(super) struct Content(String);

impl Content {
    /// A few bytes can say that a row or a cell is there a million times, which is refused. What is empty at the end of a row or of a
    /// sheet takes no memory, and programs write it often.
    pub(super) fn of(input: &Input) -> Result<Self> {
        let broken = |error: &str| unreadable(input, error);
        let mut archive = zip::ZipArchive::new(input.open()?).map_err(|error| broken(&error.to_string()))?;
        let mut content = String::new();
        let mut part = archive.by_name("content.xml").map_err(|error| broken(&error.to_string()))?;
        part.read_to_string(&mut content).map_err(|error| broken(&error.to_string()))?;
        must_be_whole(&content).map_err(|why| broken(&why))?;
        let content = Content(content);
        if content.sheets().map(cells_of_sheet).fold(0, u64::saturating_add) > MOST_CELLS {
            let message = format!("`{}` has more than {MOST_CELLS} cells", input.name());
            return Err(Error::invalid("import.too_large", message).hint("save the sheet as `.xlsx` or CSV"));
        }
        Ok(content)
    }

    fn sheets(&self) -> impl Iterator<Item = &str> {
        self.0.split("<table:table ").skip(1)
    }

    /// The merged areas of the sheet at this place.
    pub(super) fn merged(&self, place: usize) -> Vec<Dimensions> {
        let (mut areas, mut row) = (Vec::new(), 0_u64);
        let rows = self.sheets().nth(place).unwrap_or_default().split("<table:table-row").skip(1);
        // The word goes on in `table-rows` and `table-row-group`.
        for text in rows.filter(|text| !text.starts_with(['s', '-'])) {
            let (head, text) = text.split_once('>').unwrap_or((text, ""));
            if !head.ends_with('/') {
                areas_of_row(text.split("</table:table-row").next().unwrap_or_default(), row, &mut areas);
            }
            let repeated = repeats(head, "table:number-rows-repeated").next().unwrap_or(1);
            row = row.saturating_add(repeated);
        }
        areas
    }
}

/// What reads the sheets goes on looking for the end of one for ever.
fn must_be_whole(content: &str) -> Result<(), String> {
    let mut reader = Reader::from_str(content);
    let mut depth = 0_u64;
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err("`content.xml` in it was cut off".to_owned()),
            _ => {}
        }
    }
}

/// Of a workbook of any kind.
pub(super) fn unreadable(input: &Input, why: &str) -> Error {
    Error::invalid("import.unreadable", format!("`{}` cannot be read as a workbook: {why}", input.name()))
}

fn areas_of_row(text: &str, row: u64, areas: &mut Vec<Dimensions>) {
    let place = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let mut column = 0_u64;
    for cell in cells_of_row(text) {
        let head = cell.split('>').next().unwrap_or_default();
        let span = |attribute| repeats(head, attribute).next().unwrap_or(1).saturating_sub(1);
        let (rows, columns) = (span("table:number-rows-spanned"), span("table:number-columns-spanned"));
        if rows > 0 {
            let start = (place(row), place(column));
            let end = (place(row.saturating_add(rows)), place(column.saturating_add(columns)));
            areas.push(Dimensions { start, end });
        }
        let repeated = repeats(head, "table:number-columns-repeated").next().unwrap_or(1);
        column = column.saturating_add(repeated);
    }
}

fn cells_of_row(row: &str) -> impl Iterator<Item = &str> {
    row.split("<table:")
        .filter(|part| part.starts_with("table-cell") || part.starts_with("covered-table-cell"))
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
    for cell in cells_of_row(row) {
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

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::interchange::table::{Reading, Table};

    fn refusal(sheets: &str) -> String {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest=\"m\"/>"),
            ("content.xml", &format!("<office:body><office:spreadsheet>{sheets}")),
        ] {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        let file = Input::of("x.ods", zip.finish().unwrap().into_inner().as_slice());
        let error = Table::open(&file, &Reading::default()).err().unwrap();
        assert_eq!(error.code(), "import.unreadable");
        error.message().to_owned()
    }

    #[test]
    fn a_sheet_without_an_end_is_refused() {
        let sheet = "<table:table table:name=\"A\"><table:table-row><table:table-cell office:value-type=\"string\">\
            <text:p>id</text:p></table:table-cell></table:table-row>";
        let cut = "`x.ods` cannot be read as a workbook: `content.xml` in it was cut off";
        assert_eq!(refusal(sheet), cut);
        let other = refusal(&format!("{sheet}</office:spreadsheet></office:body>"));
        assert!(other.starts_with("`x.ods` cannot be read as a workbook: "), "{other}");
    }
}
