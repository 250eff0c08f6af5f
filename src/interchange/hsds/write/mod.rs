//! Writes a directory as HSDS 3.1: organizations with all that is in them as one JSON document, and the same as tables with their
//! description. One provider is in memory at a time.

mod details;
mod entries;
mod form;
mod listing;
mod owner;
mod package;
mod remainder;
mod shape;
mod tables;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};

use serde::Serialize;

use crate::error::Result;
use crate::file::AtomicFolder;
use crate::model::code::{key_number, written_key};
use crate::model::directory::Listing;

/// The JSON document.
pub(crate) const DOCUMENT: &str = "organizations.json";

/// A directory that is being written into a folder.
pub(crate) struct Directory<'a> {
    folder: &'a AtomicFolder,
    document: BufWriter<File>,
    is_first: bool,
    tables: tables::Tables,
    /// The codes of terms that were written: no two terms of the tables may have one.
    codes: HashMap<String, String>,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) files: usize,
    pub(crate) rows: u64,
}

impl<'a> Directory<'a> {
    pub(crate) fn begin(folder: &'a AtomicFolder) -> Result<Self> {
        let document = BufWriter::new(folder.file(DOCUMENT)?);
        let tables = tables::Tables::begin(folder)?;
        Ok(Directory { folder, document, is_first: true, tables, codes: HashMap::new() })
    }

    pub(crate) fn add(&mut self, listing: &Listing) -> Result<()> {
        let organization = listing::organization(listing, &mut self.codes);
        let before = if std::mem::take(&mut self.is_first) { "[\n" } else { ",\n" };
        self.document.write_all(before.as_bytes()).map_err(|error| self.folder.unwritable(error))?;
        json(self.folder, &mut self.document, &organization)?;
        self.tables.add(self.folder, &organization)
    }

    pub(crate) fn end(mut self) -> Result<Written> {
        let last = if self.is_first { "[]\n" } else { "\n]\n" };
        let ended = self.document.write_all(last.as_bytes()).and_then(|()| self.document.flush());
        ended.map_err(|error| self.folder.unwritable(error))?;
        let rows = self.tables.rows;
        self.tables.end(self.folder)?;
        let mut description = BufWriter::new(self.folder.file(super::PACKAGE)?);
        json(self.folder, &mut description, &package::description())?;
        description.flush().map_err(|error| self.folder.unwritable(error))?;
        Ok(Written { files: shape::SHAPES.len() + 2, rows })
    }
}

fn json(folder: &AtomicFolder, mut to: impl Write, value: &impl Serialize) -> Result<()> {
    serde_json::to_writer(&mut to, value).map_err(|error| folder.unwritable(error.into()))
}

/// The id of a provider: that of its source where HSDS takes it for one (a UUID) and no other has it, else one that follows from
/// where it came from or from its code.
pub(crate) fn provider_id(origin: Option<(&str, &str)>, code: &str, is_shared: bool) -> String {
    id("provider", origin, code, is_shared)
}

/// The same for a program, with the source of its provider.
pub(crate) fn program_id(origin: Option<(&str, &str)>, code: &str, is_shared: bool) -> String {
    id("program", origin, code, is_shared)
}

fn id(noun: &str, origin: Option<(&str, &str)>, code: &str, is_shared: bool) -> String {
    match origin {
        Some((_, id)) if !is_shared && key_number(id).is_some() => id.to_owned(),
        Some((source, id)) => written_key(&[noun, source, id]),
        None => written_key(&[noun, code]),
    }
}
