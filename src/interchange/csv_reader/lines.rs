//! The line of the file on which a row starts. The `csv` crate counts only line feeds and stops inside a
//! CRLF, so its count is corrected here.

use std::io::{self, Read};

use csv::StringRecord;

/// Passes bytes on and keeps the last block, which always holds the byte that the parser read last.
pub(super) struct Watched<R> {
    input: R,
    latest: Vec<u8>,
    /// How many bytes came before `latest`.
    before: u64,
    /// Whether the end was reached: such a row was ended by the end of the file, not by a line end.
    exhausted: bool,
}

impl<R> Watched<R> {
    pub(super) fn new(input: R) -> Self {
        Watched { input, latest: Vec::new(), before: 0, exhausted: false }
    }

    /// The byte at this offset from the beginning, if it is in the latest block.
    fn byte_at(&self, offset: u64) -> Option<u8> {
        let index = usize::try_from(offset.checked_sub(self.before)?).ok()?;
        self.latest.get(index).copied()
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.exhausted = count == 0 && !buffer.is_empty();
        if count > 0 {
            self.before += self.latest.len() as u64;
            self.latest.clear();
            self.latest.extend_from_slice(buffer.get(..count).unwrap_or_default());
        }
        Ok(count)
    }
}

/// Corrects the count from one row to the next.
#[derive(Default)]
pub(super) struct Lines {
    /// Line ends that were a lone carriage return, which the parser does not count.
    lone_returns: u64,
    /// Whether a carriage return at the end of a block counts as half of a CRLF: as the previous one did.
    paired: bool,
}

impl Lines {
    /// The line on which the row just read starts. Must be called exactly once after every row, including the
    /// header.
    pub(super) fn start<R: Read>(&mut self, reader: &csv::Reader<Watched<R>>, row: &StringRecord) -> u64 {
        let position = reader.position();
        let last = last_byte(reader).filter(|_| !reader.get_ref().exhausted);
        let ended = u64::from(last == Some(b'\n'));
        let inside = row.as_slice().matches('\n').count() as u64;
        let start = (position.line() + self.lone_returns).saturating_sub(ended + inside);
        if last == Some(b'\r') {
            let next = reader.get_ref().byte_at(position.byte());
            self.paired = next.map_or(self.paired, |byte| byte == b'\n');
            self.lone_returns += u64::from(!self.paired);
        }
        let returns = row.as_slice().matches('\r').count();
        if returns > 0 {
            let pairs = row.as_slice().matches("\r\n").count();
            self.lone_returns += (returns - pairs) as u64;
        }
        start
    }
}

/// Whether the row just read has a quotation mark that is never closed and swallowed the rest of the file:
/// its last cell has several lines, so it is quoted, but does not end in a quotation mark.
pub(super) fn unclosed_quote<R: Read>(reader: &csv::Reader<Watched<R>>, row: &StringRecord) -> bool {
    let spans_lines = || row.iter().next_back().is_some_and(|cell| cell.contains(['\n', '\r']));
    reader.get_ref().exhausted && spans_lines() && last_byte(reader) != Some(b'"')
}

/// The byte that the parser read last.
fn last_byte<R: Read>(reader: &csv::Reader<Watched<R>>) -> Option<u8> {
    reader.position().byte().checked_sub(1).and_then(|offset| reader.get_ref().byte_at(offset))
}
