//! What a folder of tables has besides what is read: cells that are kept as they are, and what is left (rule 5.2).

use super::super::super::table::{Column, Row, Table};
use super::super::assembly::{Assembly, Owner};
use super::super::fields::Columns;
use super::super::kind::{self, DOUBTFUL, Kind, REFERENCES, Rest};
use super::super::object::Object;
use super::Tables;
use crate::error::Result;

/// The columns of a table of which not all is read.
pub(super) struct Left {
    pub(super) kind: Kind,
    id: Column,
    names: Vec<&'static str>,
    columns: Columns,
}

impl Left {
    /// The columns that are read must have been asked for by the first row.
    pub(super) fn of(kind: Kind, sheet: &Table) -> Result<Self> {
        let names: Vec<&'static str> = DOUBTFUL.into_iter().filter(|name| kind.reads(name)).collect();
        Ok(Left { kind, id: sheet.column("id")?, columns: Columns::of(sheet, &names)?, names })
    }

    /// What is not read of a row, by the names of the columns, and what other tables say of it; a cell that holds no text is counted.
    pub(super) fn fields(&self, row: &Row<'_>, assembly: &mut Assembly) -> Object {
        let mut rest = Object::new();
        for (name, cell) in row.others().filter(|(name, _)| !REFERENCES.contains(name)) {
            match cell {
                Ok(Some(text)) => drop(rest.insert(name.to_owned(), text.into())),
                Ok(None) if self.kind.is_whole() => {
                    rest.insert(name.to_owned(), serde_json::Value::Null);
                }
                Ok(None) => {}
                Err(_) => {
                    kind::count(&mut assembly.remarks.not_kept, format!("{}.{name}", self.kind.name()), 1);
                }
            }
        }
        let named = self.columns.row(row);
        for name in &self.names {
            let column = self.columns.column(name);
            if self.kind.leaves(name, &named) {
                let text = row.text(column).ok().flatten();
                rest.extend(text.map(|text| ((*name).to_owned(), text.into())));
            } else if !column.is_absent() && self.kind.takes_back(name) {
                rest.insert((*name).to_owned(), serde_json::Value::Null);
            }
        }
        rest.extend(assembly.beside(self.kind, row.cell(self.id)));
        rest.sort_keys();
        rest
    }

    /// Keeps what is not read of an organization or a service itself.
    pub(super) fn whole(&self, assembly: &mut Assembly, owner: Owner, row: &Row<'_>) {
        let fields = self.fields(row, assembly);
        assembly.remain(owner, Rest { kind: self.kind, entry: None, fields });
    }
}

impl Tables<'_> {
    /// Names the files that nothing was read from, and counts the rows of the tables among them.
    pub(super) fn count_what_is_left(&mut self) -> Result<()> {
        let left: Vec<&str> = self.files.keys().map(String::as_str).collect();
        if left.is_empty() {
            return Ok(());
        }
        let note = format!("Ignored, as nothing in them is imported: {}.", left.join(", "));
        self.assembly.remarks.notes.push(note);
        for (file, path) in &self.files {
            if !file.to_lowercase().ends_with(".csv") {
                continue;
            }
            // One that is no table has no rows.
            let Ok(mut sheet) = Table::open(&path.as_path().into(), self.how) else { continue };
            let rows = sheet.each(&mut Vec::new(), |_| Ok(()))?;
            kind::count(&mut self.assembly.remarks.not_kept, stem(file).to_owned(), rows);
        }
        Ok(())
    }
}

fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}
