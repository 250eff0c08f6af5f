//! How the rows of a table are written into the journal, by its columns.

use super::{Journaled, SECRET};
use crate::db::columns::{Column, is_bytes, postgres_no_row, sqlite_json, sqlite_value_in};
use crate::db::{Engine, Tx};
use crate::error::Result;

impl Tx<'_> {
    /// The columns of a table that are kept.
    pub(super) fn kept_columns(&mut self, table: &str) -> Result<Vec<Column>> {
        let mut columns = self.columns_of(table)?;
        columns.retain(|(name, _)| !SECRET.contains(&name.as_str()));
        Ok(columns)
    }

    /// The key of a row as a text.
    pub(super) fn key_of(&self, table: &Journaled, columns: &[Column]) -> String {
        let part = |key: &&str| {
            let is_id = columns.iter().any(|(name, kind)| name == key && is_bytes(kind));
            match (is_id, &self.engine) {
                (false, _) => format!("CAST({key} AS TEXT)"),
                (true, Engine::Sqlite(_)) => format!("LOWER(HEX({key}))"),
                (true, Engine::Postgres(_)) => format!("REPLACE(CAST({key} AS TEXT), '-', '')"),
            }
        };
        table.key.iter().map(part).collect::<Vec<_>>().join(" || ' ' || ")
    }

    /// A whole row as JSON.
    pub(super) fn row_of(&self, table: &Journaled, columns: &[Column]) -> String {
        let name = table.table;
        match self.engine {
            Engine::Sqlite(_) => sqlite_json(columns.iter(), ""),
            Engine::Postgres(_) => {
                let without = SECRET.join(", ");
                format!("CAST(to_jsonb({name}) - CAST('{{{without}}}' AS TEXT[]) AS TEXT)")
            }
        }
    }

    /// Puts rows back as they are kept.
    pub(super) fn restoring(&self, table: &Journaled, columns: &[Column]) -> String {
        let all = columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
        let values = match self.engine {
            Engine::Sqlite(_) => {
                let value = |column: &Column| sqlite_value_in("before", column);
                columns.iter().map(value).collect::<Vec<_>>().join(", ")
            }
            Engine::Postgres(_) => {
                columns.iter().map(|(name, _)| format!("was.{name}")).collect::<Vec<_>>().join(", ")
            }
        };
        let from = match self.engine {
            Engine::Sqlite(_) => "operation_row".to_owned(),
            Engine::Postgres(_) => format!(
                "operation_row CROSS JOIN LATERAL jsonb_populate_record({}, CAST(before AS JSONB)) AS was",
                postgres_no_row(table.table)
            ),
        };
        let set = |(name, _): &Column| match table.counter {
            Some(counter) if counter == name => format!("{name} = {}.{name} + 1", table.table),
            _ => format!("{name} = excluded.{name}"),
        };
        let set = columns.iter().map(set).collect::<Vec<_>>().join(", ");
        format!(
            "INSERT INTO {} ({all}) SELECT {values} FROM {from} WHERE operation_id = $1 AND operation_row.number = $2 \
             AND row_key IN ($all_in) ON CONFLICT ({}) DO UPDATE SET {set}",
            table.table,
            table.key.join(", "),
        )
    }
}
