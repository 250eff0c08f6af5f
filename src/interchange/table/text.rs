//! Splits a text table into rows (RFC 4180, and how people bend it). A quotation mark that does not fit costs
//! the line it stands on and never the next one, so rows are split here: no CSV library says where a mark that
//! it put up with was opened.

use std::io::{self, Read};

use csv::ByteRecord;

const CHUNK: usize = 64 << 10;
/// The longest row. An open quotation mark that is not closed within it is a mistake.
const LONGEST_ROW: usize = 16 << 20;
/// The most cells of a row: more than any spreadsheet has.
const MOST_CELLS: usize = 20_000;
/// The most lines above the heading.
const MOST_TITLES: usize = 20;

pub(super) struct TextRows {
    input: Box<dyn Read>,
    delimiter: u8,
    buffer: Vec<u8>,
    start: usize,
    ended: bool,
    /// The line on which the next row starts.
    line: u64,
    /// How many cells the header has.
    pub(super) width: Option<usize>,
    scratch: Vec<u8>,
}

/// A row of the file.
pub(super) struct TextRow {
    /// The line on which it starts.
    pub(super) line: u64,
    pub(super) has_stray_quote: bool,
    /// Whether it has several lines, each of which could be a row of its own.
    pub(super) looks_merged: bool,
}

/// Why no row is complete.
enum Stop {
    /// More is to be read; the place of a quotation mark that is open.
    More(Option<usize>),
    /// The place of a quotation mark that is closed nowhere or at a wrong place.
    Stray(usize),
    TooManyCells,
}

impl TextRows {
    pub(super) fn new(input: Box<dyn Read>, delimiter: u8) -> Self {
        let (buffer, scratch) = (Vec::new(), Vec::new());
        TextRows { input, delimiter, buffer, start: 0, ended: false, line: 1, width: None, scratch }
    }

    /// Takes what stands above the heading off the beginning.
    pub(super) fn skip(&mut self, length: usize) -> io::Result<()> {
        while self.buffer.len() < length && !self.ended {
            self.fill()?;
        }
        self.start = length.min(self.buffer.len());
        self.line = 1 + line_ends(self.buffer.get(..self.start).unwrap_or_default());
        Ok(())
    }

    /// The next row, blank ones included, its cells in `cells`.
    pub(super) fn next(&mut self, cells: &mut ByteRecord) -> io::Result<Option<TextRow>> {
        loop {
            let bytes = self.buffer.get(self.start..).unwrap_or_default();
            if bytes.is_empty() && self.ended {
                return Ok(None);
            }
            let scan = Scan { bytes, ended: self.ended, delimiter: self.delimiter };
            let can_grow = !self.ended && bytes.len() < LONGEST_ROW;
            match scan.row(cells, &mut self.scratch) {
                Ok((used, None)) => return Ok(Some(self.advance(used, 1, false))),
                Ok((used, Some(quote))) => {
                    let row = bytes.get(..used).unwrap_or_default();
                    if self.width.is_some_and(|width| width != cells.len() && scan.holds_a_row(row, width)) {
                        return Ok(Some(self.stray(quote, cells)));
                    }
                    let merged = self.width.is_some_and(|width| width > 2 && scan.is_rows(row, width));
                    let ends = line_ends(row);
                    return Ok(Some(self.advance(used, ends, merged)));
                }
                Err(Stop::More(_)) if can_grow => self.fill()?,
                Err(Stop::Stray(quote) | Stop::More(Some(quote))) => {
                    if scan.line_from(quote).is_some() || !can_grow {
                        return Ok(Some(self.stray(quote, cells)));
                    }
                    self.fill()?;
                }
                Err(Stop::More(None)) => return Err(self.too_long("is longer than 16 MiB")),
                Err(Stop::TooManyCells) => return Err(self.too_long("has more than 20,000 cells")),
            }
        }
    }

    fn too_long(&self, what: &str) -> io::Error {
        io::Error::new(io::ErrorKind::FileTooLarge, format!("the row on line {} {what}", self.line))
    }

    fn advance(&mut self, used: usize, ends: u64, looks_merged: bool) -> TextRow {
        let row = TextRow { line: self.line, has_stray_quote: false, looks_merged };
        self.start += used;
        self.line += ends;
        row
    }

    /// Ends the row with the line of the stray quotation mark; its cells are what the delimiters part.
    fn stray(&mut self, quote: usize, cells: &mut ByteRecord) -> TextRow {
        let bytes = self.buffer.get(self.start..).unwrap_or_default();
        let scan = Scan { bytes, ended: self.ended, delimiter: self.delimiter };
        let used = scan.line_from(quote).unwrap_or(bytes.len());
        let lines = bytes.get(..used).unwrap_or_default();
        cells.clear();
        let text = lines.strip_suffix(b"\n").unwrap_or(lines);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        text.split(|byte| *byte == self.delimiter).for_each(|cell| cells.push_field(cell));
        let ends = line_ends(lines);
        TextRow { has_stray_quote: true, ..self.advance(used, ends, false) }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.start);
        self.start = 0;
        let most = CHUNK.max(self.buffer.len()) as u64;
        self.ended = self.input.by_ref().take(most).read_to_end(&mut self.buffer)? == 0;
        Ok(())
    }
}

/// What has been read of the file, from the beginning of a row.
#[derive(Clone, Copy)]
struct Scan<'a> {
    bytes: &'a [u8],
    ended: bool,
    delimiter: u8,
}

impl Scan<'_> {
    /// How long the first row is, with its line end, and where a cell of several lines was opened.
    fn row(self, cells: &mut ByteRecord, scratch: &mut Vec<u8>) -> Result<(usize, Option<usize>), Stop> {
        cells.clear();
        let (mut at, mut several_lines) = (0, None);
        loop {
            if cells.len() > MOST_CELLS {
                return Err(Stop::TooManyCells);
            }
            let end = match self.opening_quote(at)? {
                None => {
                    let end = self.end_of_plain(at);
                    cells.push_field(self.bytes.get(at..end).unwrap_or_default());
                    end
                }
                Some(quote) => {
                    scratch.clear();
                    if self.bytes.get(quote.wrapping_sub(1)) == Some(&b'=') {
                        scratch.extend_from_slice(b"=\"");
                    }
                    let is_formula = !scratch.is_empty();
                    let end = self.quoted(quote, scratch)?;
                    if is_formula {
                        scratch.push(b'"');
                    }
                    if several_lines.is_none() && scratch.iter().any(|byte| is_line_end(*byte)) {
                        several_lines = Some(quote);
                    }
                    cells.push_field(scratch);
                    end
                }
            };
            match self.bytes.get(end) {
                Some(byte) if *byte == self.delimiter => at = end + 1,
                _ => return self.behind_line_end(end).map(|used| (used, several_lines)),
            }
        }
    }

    /// The place of the quotation mark that opens the cell: blanks before it do not count, nor does the sign of
    /// a formula that protects a number, as in `="0012"`.
    fn opening_quote(self, at: usize) -> Result<Option<usize>, Stop> {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let blanks = rest.iter().take_while(|byte| self.is_blank(**byte)).count();
        let quote = at + blanks + usize::from(rest.get(blanks) == Some(&b'='));
        match self.bytes.get(quote) {
            Some(b'"') => Ok(Some(quote)),
            None if !self.ended => Err(Stop::More(None)),
            _ => Ok(None),
        }
    }

    fn end_of_plain(self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let length = rest.iter().position(|byte| *byte == self.delimiter || is_line_end(*byte));
        at + length.unwrap_or(rest.len())
    }

    /// Appends the content of a quoted cell, and returns where the cell ends. A mark inside that is neither
    /// doubled nor followed by the end of the cell is part of it, as long as the cell has one line.
    fn quoted(self, quote: usize, content: &mut Vec<u8>) -> Result<usize, Stop> {
        let (mut at, mut has_inner, mut has_lines) = (quote + 1, false, false);
        loop {
            let rest = self.bytes.get(at..).unwrap_or_default();
            let Some(length) = rest.iter().position(|byte| *byte == b'"') else {
                let is_broken = has_inner && rest.iter().any(|byte| is_line_end(*byte));
                let is_stray = self.ended || is_broken;
                return Err(if is_stray { Stop::Stray(quote) } else { Stop::More(Some(quote)) });
            };
            let part = rest.get(..length).unwrap_or_default();
            has_lines |= part.iter().any(|byte| is_line_end(*byte));
            content.extend_from_slice(part);
            let mark = at + length;
            at = mark + 1;
            if self.bytes.get(at) == Some(&b'"') {
                content.push(b'"');
                at += 1;
            } else if let Some(end) = self.closed_by(at, quote)? {
                return if has_inner && has_lines { Err(Stop::Stray(quote)) } else { Ok(end) };
            } else {
                has_inner = true;
                content.push(b'"');
            }
            if has_inner && has_lines {
                return Err(Stop::Stray(quote));
            }
        }
    }

    /// The end of the cell if nothing but blanks is left of it.
    fn closed_by(self, at: usize, quote: usize) -> Result<Option<usize>, Stop> {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let blanks = rest.iter().take_while(|byte| self.is_blank(**byte)).count();
        match rest.get(blanks) {
            Some(byte) if *byte == self.delimiter || is_line_end(*byte) => Ok(Some(at + blanks)),
            None if self.ended => Ok(Some(at + blanks)),
            None => Err(Stop::More(Some(quote))),
            Some(_) => Ok(None),
        }
    }

    fn behind_line_end(self, at: usize) -> Result<usize, Stop> {
        match (self.bytes.get(at), self.bytes.get(at + 1)) {
            (None, _) if self.ended => Ok(at),
            (Some(b'\r'), Some(b'\n')) => Ok(at + 2),
            (None, _) => Err(Stop::More(None)),
            (Some(b'\r'), None) if !self.ended => Err(Stop::More(None)),
            _ => Ok(at + 1),
        }
    }

    /// Where the line that holds this place ends, if that has been read.
    fn line_from(self, place: usize) -> Option<usize> {
        let rest = self.bytes.get(place..)?;
        let end = place + rest.iter().position(|byte| is_line_end(*byte))?;
        self.behind_line_end(end).ok()
    }

    /// Whether a line but the first has as many delimiters as a row of its own.
    fn holds_a_row(self, row: &[u8], width: usize) -> bool {
        lines(row).skip(1).any(|line| self.delimiters(line) + 1 == width)
    }

    fn is_rows(self, row: &[u8], width: usize) -> bool {
        lines(row).all(|line| self.delimiters(line) + 1 == width)
    }

    fn delimiters(self, line: &[u8]) -> usize {
        line.split(|byte| *byte == self.delimiter).count() - 1
    }

    fn is_blank(self, byte: u8) -> bool {
        byte != self.delimiter && matches!(byte, b' ' | b'\t')
    }
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

fn lines(row: &[u8]) -> impl Iterator<Item = &[u8]> {
    row.split(|byte| is_line_end(*byte)).filter(|line| !line.is_empty())
}

/// A CRLF counts once.
fn line_ends(bytes: &[u8]) -> u64 {
    let feeds = bytes.split(|byte| *byte == b'\n').count() - 1;
    let returns = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\r');
    (feeds + returns.filter(|(at, _)| bytes.get(at + 1) != Some(&b'\n')).count()) as u64
}

/// What stands above the heading.
#[derive(Default)]
pub(super) struct Above {
    pub(super) delimiter: u8,
    /// Its length in bytes.
    pub(super) length: usize,
    /// The lines above an empty one, such as the title of the list.
    pub(super) titles: Vec<String>,
}

/// The line `sep=;` that names the delimiter, or titles with an empty line below them.
pub(super) fn above(opening: &str) -> Above {
    let (sign, length) = delimiter(opening);
    if length > 0 {
        return Above { delimiter: sign, length, titles: Vec::new() };
    }
    let is_sign = |letter: char| letter.is_whitespace() || "\",;|".contains(letter);
    let (mut titles, mut was_empty, mut length) = (Vec::new(), false, 0);
    let is_whole = |line: &&str| line.matches('"').count().is_multiple_of(2);
    for line in opening.split_inclusive('\n').take(MOST_TITLES).take_while(is_whole) {
        let title = line.trim_matches(is_sign);
        let (sign, _) = delimiter(line);
        let cells = filled_cells(line, sign);
        if cells > 1 {
            let is_heading = was_empty && !titles.is_empty();
            let length = if is_heading { length } else { 0 };
            let (sign, titles) = if is_heading { (sign, titles) } else { (delimiter(opening).0, Vec::new()) };
            return Above { delimiter: sign, length, titles };
        }
        was_empty = title.is_empty();
        titles.extend((!was_empty).then(|| title.to_owned()));
        length += line.len();
    }
    Above { delimiter: sign, ..Above::default() }
}

fn filled_cells(line: &str, delimiter: u8) -> usize {
    let (mut filled, mut quoted, mut is_filled) = (0, false, false);
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        if byte == delimiter && !quoted {
            filled += usize::from(std::mem::take(&mut is_filled));
        }
        is_filled |= byte != delimiter && byte != b'"' && !byte.is_ascii_whitespace();
    }
    filled + usize::from(is_filled)
}

/// The delimiter that the table names in its first line (with the length of that line), or of the usual ones
/// the most frequent in the header, outside quotation marks.
fn delimiter(opening: &str) -> (u8, usize) {
    let first = opening.find(['\r', '\n']).map_or(opening, |end| opening.get(..end).unwrap_or_default());
    let named = |line: &str| match *line.trim_matches('"').strip_prefix("sep=")?.as_bytes() {
        [sign] => Some(sign),
        _ => None,
    };
    if let Some(sign) = named(first).or_else(|| named(first.trim())) {
        let behind = opening.get(first.len()..).unwrap_or_default();
        let end = if behind.starts_with("\r\n") { 2 } else { usize::from(!behind.is_empty()) };
        return (sign, first.len() + end);
    }
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
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    (most.map_or(b',', |(sign, _)| *sign), 0)
}
