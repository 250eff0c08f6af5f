//! A list of objects as one JSON document, written one at a time.

use std::fs::File;
use std::io::{BufWriter, Write};

use super::super::object::Object;
use super::json;
use crate::error::Result;
use crate::file::AtomicFolder;

pub(super) struct Document {
    to: BufWriter<File>,
    is_first: bool,
}

impl Document {
    pub(super) fn begin(folder: &AtomicFolder, name: &str) -> Result<Self> {
        Ok(Document { to: BufWriter::new(folder.file(name)?), is_first: true })
    }

    pub(super) fn add(&mut self, folder: &AtomicFolder, object: &Object) -> Result<()> {
        let before = if std::mem::take(&mut self.is_first) { "[\n" } else { ",\n" };
        self.to.write_all(before.as_bytes()).map_err(|error| folder.unwritable(error))?;
        json(folder, &mut self.to, object)
    }

    pub(super) fn end(mut self, folder: &AtomicFolder) -> Result<()> {
        let last = if self.is_first { "[]\n" } else { "\n]\n" };
        let ended = self.to.write_all(last.as_bytes()).and_then(|()| self.to.flush());
        ended.map_err(|error| folder.unwritable(error))
    }
}
