//! CSV (RFC 4180), exact enough to be imported again, and TSV. For a spreadsheet: a byte order mark, CRLF,
//! and no cell that it would run as a formula.

use std::borrow::Cow;

use super::cell::{Fields, plain};
use super::{Format, Output};
use crate::error::Result;
use crate::model::spreadsheet::{exact, guard};
use anyhow::Context as _;

pub(super) fn begin(text: &mut Vec<u8>, output: &Output, keys: &[&str]) -> Result<()> {
    if output.spreadsheet {
        text.extend_from_slice("\u{feff}".as_bytes());
    }
    let cells: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
    write(text, output, &cells)
}

pub(super) fn row(text: &mut Vec<u8>, output: &Output, keys: &[&str], fields: &Fields) -> Result<()> {
    let cells: Vec<String> = keys.iter().map(|key| fields.get(*key).map(plain).unwrap_or_default()).collect();
    write(text, output, &cells)
}

fn write(text: &mut Vec<u8>, output: &Output, cells: &[String]) -> Result<()> {
    let mut builder = csv::WriterBuilder::new();
    if output.format == Format::Tsv {
        builder.delimiter(b'\t');
    }
    if output.spreadsheet {
        builder.terminator(csv::Terminator::CRLF);
    }
    let mut writer = builder.from_writer(text);
    let cells = cells.iter().map(|cell| if output.spreadsheet { guard(cell) } else { exact(cell) });
    Ok(writer.write_record(cells.map(Cow::into_owned)).context("a row cannot be written")?)
}
