//! Rows set aside in a temporary file: what is no text table is turned into one first, so that there is one
//! reader of rows, and memory stays bounded.

use std::fs::File;
use std::io::{BufReader, BufWriter, Seek};

use anyhow::Context as _;
use csv::{Reader, ReaderBuilder, StringRecord, Writer, WriterBuilder};

use crate::error::{Error, Result};

/// The most bytes set aside.
const MOST: u64 = 4 << 30;

/// One cell as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// The row does not speak of this field.
    Absent,
    Text(String),
    /// A list or an object, as JSON.
    Nested(String),
    /// Why the cell has no value.
    Bad(String),
}

impl Cell {
    pub(super) fn empty() -> Self {
        Cell::Text(String::new())
    }

    /// The sign in front of the cell in the file.
    fn sign(&self) -> (char, &str) {
        match self {
            Cell::Absent => ('a', ""),
            Cell::Text(text) => ('t', text),
            Cell::Nested(text) => ('n', text),
            Cell::Bad(reason) => ('b', reason),
        }
    }
}

pub(super) struct SpoolWriter {
    writer: Writer<BufWriter<File>>,
    size: u64,
}

impl SpoolWriter {
    pub(super) fn new() -> Result<Self> {
        let file = tempfile::tempfile().context("no temporary file")?;
        let writer = WriterBuilder::new().flexible(true).from_writer(BufWriter::new(file));
        Ok(SpoolWriter { writer, size: 0 })
    }

    /// `raw`: the row itself where its cells are not what the person wrote.
    pub(super) fn add(&mut self, line: u64, raw: &str, cells: &[Cell]) -> Result<()> {
        let mut record = StringRecord::with_capacity(raw.len() * 2, cells.len() + 2);
        record.push_field(&line.to_string());
        record.push_field(raw);
        for cell in cells {
            let (sign, text) = cell.sign();
            record.push_field(&format!("{sign}{text}"));
        }
        self.size += record.as_slice().len() as u64;
        if self.size > MOST {
            return Err(Error::invalid("import.too_large", "the table is larger than 4 GiB"));
        }
        Ok(self.writer.write_record(&record).context("rows cannot be set aside")?)
    }

    pub(super) fn finish(self) -> Result<Spool> {
        let file = self.writer.into_inner().map_err(|error| error.into_error().into()).and_then(
            |buffer: BufWriter<File>| {
                Ok::<File, anyhow::Error>(buffer.into_inner().map_err(std::io::IntoInnerError::into_error)?)
            },
        );
        let mut file = file.context("rows cannot be set aside")?;
        file.rewind().context("rows cannot be set aside")?;
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(BufReader::new(file));
        Ok(Spool { reader, record: StringRecord::new() })
    }
}

/// A row that was set aside, its cells with their signs.
pub(super) struct SpooledRow<'a, C> {
    pub(super) line: u64,
    pub(super) raw: &'a str,
    pub(super) cells: C,
}

pub(super) struct Spool {
    reader: Reader<BufReader<File>>,
    record: StringRecord,
}

impl Spool {
    /// The next row.
    pub(super) fn next(&mut self) -> Result<Option<SpooledRow<'_, impl Iterator<Item = (u8, &str)>>>> {
        let more = self.reader.read_record(&mut self.record).context("rows that were set aside are lost")?;
        let mut fields = self.record.iter();
        let line = fields.next().and_then(|line| line.parse().ok()).unwrap_or_default();
        let raw = fields.next().unwrap_or_default();
        let cells = fields.map(|cell| {
            let (sign, text) = cell.split_at_checked(1).unwrap_or_default();
            (sign.bytes().next().unwrap_or(b'a'), text)
        });
        Ok(more.then_some(SpooledRow { line, raw, cells }))
    }
}
