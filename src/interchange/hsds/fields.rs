//! A thing of a directory by the names of its fields: a row of a table, or a JSON object.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::table::{Column, Row, Table, clean_name, clean_text};
use super::object::{Object, text_of};
use crate::error::Result;

pub(super) trait Fields {
    /// The text of a field; empty if there is no such field.
    fn field(&self, key: &str) -> Cow<'_, str>;

    /// Whether there is such a field, if empty.
    fn has(&self, key: &str) -> bool;

    /// On one line, without needless white space; none if it is empty.
    fn name(&self, key: &str) -> Result<Option<String>, String> {
        let name = clean_name(&self.field(key)).map_err(|reason| format!("`{key}` {reason}"))?;
        Ok((!name.is_empty()).then_some(name))
    }

    /// As it is; none if it is blank.
    fn text(&self, key: &str) -> Result<Option<String>, String> {
        clean_text(&self.field(key)).map_err(|reason| format!("`{key}` {reason}"))
    }

    /// The first of these names that is not empty.
    fn first_name(&self, keys: &[&str]) -> Result<Option<String>, String> {
        keys.iter().find_map(|key| self.name(key).transpose()).transpose()
    }
}

impl Fields for Object {
    fn field(&self, key: &str) -> Cow<'_, str> {
        text_of(self, key)
    }

    fn has(&self, key: &str) -> bool {
        self.contains_key(key)
    }
}

/// The columns of a table, by the names that are asked for.
pub(super) struct Columns(HashMap<&'static str, Column>);

impl Columns {
    pub(super) fn of(sheet: &Table, names: &[&'static str]) -> Result<Self> {
        names.iter().map(|name| Ok((*name, sheet.column(name)?))).collect::<Result<_>>().map(Columns)
    }

    /// Columns that are called otherwise in the table.
    pub(super) fn named(columns: impl Iterator<Item = (&'static str, Column)>) -> Self {
        Columns(columns.collect())
    }

    /// One that is not there has empty cells.
    pub(super) fn column(&self, name: &str) -> Column {
        self.0.get(name).copied().unwrap_or_default()
    }

    pub(super) fn row<'r>(&'r self, row: &'r Row<'r>) -> NamedRow<'r> {
        NamedRow { columns: self, row }
    }
}

pub(super) struct NamedRow<'r> {
    columns: &'r Columns,
    row: &'r Row<'r>,
}

impl Fields for NamedRow<'_> {
    fn field(&self, key: &str) -> Cow<'_, str> {
        self.row.plain(self.columns.column(key))
    }

    fn has(&self, key: &str) -> bool {
        !self.columns.column(key).is_absent()
    }
}
