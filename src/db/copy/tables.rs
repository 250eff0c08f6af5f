//! The tables of the schema, as the engine knows them, and how their rows are read and written whatever they hold.

use super::cell::{Cell, Kind};
use crate::db::{Engine, Param, Row, Tx, migrate, params};
use crate::error::{Error, Result};

/// The most values of one statement on a server, and the most rows.
const MOST_VALUES: usize = 65_535;
const MOST_ROWS: usize = 500;

#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<(String, Kind)>,
    /// The columns of its primary key; only of a server.
    pub(super) key: Vec<String>,
}

impl Table {
    pub(super) fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|(name, _)| name == column)
    }

    pub(super) fn kind(&self, column: &str) -> Option<Kind> {
        self.columns.iter().find(|(name, _)| name == column).map(|(_, kind)| *kind)
    }

    fn names(&self) -> String {
        self.columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn query(&self) -> String {
        format!("SELECT {} FROM {}", self.names(), self.name)
    }

    pub(super) fn read(&self, row: &Row<'_>) -> Result<Vec<Cell>> {
        (0..).zip(&self.columns).map(|(place, (_, kind))| Cell::read(row, place, *kind)).collect()
    }

    fn insert(&self, rows: usize) -> String {
        let width = self.columns.len();
        let one = |row: usize| {
            let values: Vec<String> = (1..=width).map(|place| format!("${}", row * width + place)).collect();
            format!("({})", values.join(", "))
        };
        let rows: Vec<String> = (0..rows).map(one).collect();
        format!("INSERT INTO {} ({}) VALUES {}", self.name, self.names(), rows.join(", "))
    }
}

impl Tx<'_> {
    /// Those of ours: a database on a server may hold others.
    pub(super) fn tables(&mut self) -> Result<Vec<Table>> {
        let mut found = self.tables_and_views()?;
        found.retain(|(name, is_view)| !is_view && migrate::is_of_our_schema(name));
        found.sort();
        let mut tables = Vec::with_capacity(found.len());
        for (name, _) in found {
            let columns = self.columns_of(&name)?;
            let column = |(column, declared): (String, String)| match Kind::of(&declared) {
                Some(kind) => Ok((column, kind)),
                None => Err(Error::internal(format!(
                    "`{name}.{column}` has the type {declared}, which is not copied"
                ))),
            };
            let columns = columns.into_iter().map(column).collect::<Result<_>>()?;
            let key = self.primary_key(&name)?;
            tables.push(Table { name, columns, key });
        }
        Ok(tables)
    }

    fn primary_key(&mut self, table: &str) -> Result<Vec<String>> {
        let sql = match self.engine {
            Engine::Sqlite(_) => return Ok(Vec::new()),
            Engine::Postgres(_) => {
                "SELECT CAST(attname AS TEXT) AS name FROM pg_index
                 JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey)
                 WHERE indrelid = to_regclass($1) AND indisprimary ORDER BY array_position(indkey, attnum)"
            }
        };
        self.all(sql, params![table], |row| row.get("name"))
    }

    /// Adds rows, past all that keeps what rows were.
    pub(super) fn put(&mut self, table: &Table, rows: Vec<Vec<Cell>>) -> Result<()> {
        let is_sqlite = self.is_sqlite();
        let most = if is_sqlite { 1 } else { MOST_ROWS.min(MOST_VALUES / table.columns.len().max(1)) };
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let portion: Vec<Vec<Cell>> = rows.by_ref().take(most).collect();
            let sql = table.insert(portion.len());
            let kinds = table.columns.iter().map(|(_, kind)| *kind);
            let values = portion.into_iter().flat_map(|row| row.into_iter().zip(kinds.clone()));
            let values = values.map(|(cell, kind)| cell.into_param(kind, is_sqlite));
            let values: Vec<Box<dyn Param>> = values.collect::<Result<_>>()?;
            let values: Vec<&dyn Param> = values.iter().map(AsRef::as_ref).collect();
            self.run_unjournalled(&sql, &values)?;
        }
        Ok(())
    }
}
