//! Rows of a directory that were rejected and have been corrected: they are read in the place of those that they were (rule 5.4).

use std::collections::HashMap;
use std::io::Read as _;
use std::path::Path;

use super::{Reading, Table};
use crate::error::Result;
use crate::file::Input;
use crate::model::directory::{Origins, REJECTED_AT, REJECTED_FROM, REJECTED_IN};

/// The heading of such a file is within its first bytes.
const LONGEST_HEADING: u64 = 16 << 10;

/// What is in a file of rejected rows.
#[derive(Clone, Debug)]
pub(crate) struct Corrections {
    pub(crate) origins: Origins,
    /// The cells, or the JSON, by the place: `phones.csv line 7`, `page.json at /contents/3`.
    rows: HashMap<String, Vec<String>>,
}

impl Corrections {
    /// None if the file holds no rows that were rejected before.
    pub(crate) fn read(input: &Input, how: &Reading) -> Result<Option<Corrections>> {
        let mut head = Vec::new();
        if !input.is_folder() {
            let read = input.open()?.take(LONGEST_HEADING).read_to_end(&mut head);
            read.map_err(|error| input.unreadable(error))?;
        }
        if !String::from_utf8_lossy(&head).contains(REJECTED_FROM) {
            return Ok(None);
        }
        let mut table = Table::opened(input, how)?;
        let (source, directory, at) =
            (table.column(REJECTED_FROM)?, table.column(REJECTED_IN)?, table.column(REJECTED_AT)?);
        let mut found: Option<Corrections> = None;
        table.each(&mut Vec::new(), |row| {
            let Some(source) = row.name(source)? else { return Ok(()) };
            let origins = Origins { source, directory: row.name(directory)? };
            let corrections = found.get_or_insert(Corrections { origins, rows: HashMap::new() });
            let place = row.cell(at).to_owned();
            corrections.rows.insert(place, row.own_cells());
            Ok(())
        })?;
        Ok(found)
    }

    /// Takes those of another file of the same directory as well.
    pub(crate) fn add(&mut self, more: Corrections) {
        self.rows.extend(more.rows);
    }

    /// Whether the row at this place has been corrected.
    pub(crate) fn has(&self, place: &str) -> bool {
        self.rows.contains_key(place)
    }

    /// The rows of a table, by their lines.
    pub(super) fn of_table(&self, name: &str) -> HashMap<u64, Vec<String>> {
        let line = |place: &String| place.strip_prefix(name)?.strip_prefix(" line ")?.parse().ok();
        self.rows.iter().filter_map(|(place, cells)| Some((line(place)?, cells.clone()))).collect()
    }

    /// The JSON of objects of a file, by their pointers.
    pub(crate) fn of_document<'c>(&'c self, name: &'c str) -> impl Iterator<Item = (&'c str, &'c str)> {
        self.rows.iter().filter_map(move |(place, cells)| {
            let pointer = place.strip_prefix(name)?.strip_prefix(" at ")?;
            Some((pointer, cells.first()?.as_str()))
        })
    }

    /// Where the directory is said to be.
    pub(crate) fn directory(&self) -> Option<&Path> {
        self.origins.directory.as_deref().map(Path::new)
    }
}
