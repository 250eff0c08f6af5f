//! Tables about other tables: what was changed of their rows, and how they are written.

use serde_json::Value;

use super::super::super::table::Row;
use super::super::assembly::About;
use super::super::fields::{Columns, Fields};
use super::super::kind::{METADATA, OF_METADATA};
use super::super::object::Object;
use super::super::said;
use super::Tables;
use crate::error::Result;

/// What was changed of a row, and when.
const CHANGES: &[&str] = &["metadata.csv"];
/// In which language and with which letters the tables are written.
const DESCRIPTIONS: &[&str] = &["meta_table_descriptions.csv", "meta_table_description.csv"];

impl Tables<'_> {
    /// Each goes with the row that it is about.
    pub(super) fn metadata(&mut self) -> Result<()> {
        let Some(mut sheet) = self.open(CHANGES)? else { return Ok(()) };
        self.assembly.says_all(METADATA);
        let (id, columns) = (sheet.column("id")?, Columns::of(&sheet, &OF_METADATA)?);
        self.each(&mut sheet, |assembly, row| {
            let named = columns.row(row);
            let of = (named.field("resource_type"), named.field("resource_id"));
            let about = About { id: row.name(id)?.unwrap_or_default(), fields: texts(row)? };
            assembly.metadata_of((&of.0, &of.1), about);
            Ok(())
        })
    }

    pub(super) fn descriptions_of_tables(&mut self) -> Result<()> {
        let Some(mut sheet) = self.open(DESCRIPTIONS)? else { return Ok(()) };
        self.assembly.says_all(said::DESCRIPTION);
        let id = sheet.column("id")?;
        self.each(&mut sheet, |assembly, row| {
            assembly.say_of(said::DESCRIPTION, &row.name(id)?.unwrap_or_default(), texts(row)?);
            Ok(())
        })
    }
}

/// The filled cells of columns that are not read, in the order of their names.
fn texts(row: &Row<'_>) -> Result<Object, String> {
    let mut fields = Object::new();
    for (name, text) in row.others() {
        fields.extend(text?.map(|text| (name.to_owned(), Value::String(text))));
    }
    fields.sort_keys();
    Ok(fields)
}
