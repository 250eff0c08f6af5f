//! CSV (RFC 4180), exact enough to be imported again, and TSV. For a spreadsheet: a byte order mark, CRLF,
//! the cells of a sheet, and none that it would run as a formula. On a terminal nothing that it would obey.

use std::borrow::Cow;

use anyhow::Context as _;
use serde_json::Value;

use super::cell::{Fields, plain};
use super::sanitize::sanitize;
use super::sheet;
use super::{Format, Output};
use crate::error::Result;
use crate::model::spreadsheet::{exact, guard};
use crate::model::view::FieldKind;

pub(super) fn begin<'a>(
    text: &mut Vec<u8>, output: &Output, keys: impl Iterator<Item = &'a str>,
) -> Result<()> {
    if output.spreadsheet {
        text.extend_from_slice("\u{feff}".as_bytes());
    }
    write(text, output, keys.map(str::to_owned))
}

pub(super) fn row<'a>(
    text: &mut Vec<u8>, output: &Output, keys: impl Iterator<Item = (&'a str, FieldKind)>, fields: &Fields,
) -> Result<()> {
    let cells =
        keys.map(|(key, kind)| fields.get(key).map_or_else(String::new, |value| cell(value, kind, output)));
    write(text, output, cells)
}

fn cell(value: &Value, kind: FieldKind, output: &Output) -> String {
    let text =
        if output.spreadsheet { sheet::cell(value, kind, output.zone).into_text() } else { plain(value) };
    let text = match value {
        Value::Number(_) => Cow::Borrowed(text.as_str()),
        _ if output.spreadsheet => guard(&text),
        _ => exact(&text),
    };
    if output.width.is_some() { sanitize(&text).into_owned() } else { text.into_owned() }
}

fn write(text: &mut Vec<u8>, output: &Output, cells: impl Iterator<Item = String>) -> Result<()> {
    let mut builder = csv::WriterBuilder::new();
    if output.format == Format::Tsv {
        builder.delimiter(b'\t');
    }
    if output.spreadsheet {
        builder.terminator(csv::Terminator::CRLF);
    }
    let mut writer = builder.from_writer(text);
    Ok(writer.write_record(cells).context("a row cannot be written")?)
}
