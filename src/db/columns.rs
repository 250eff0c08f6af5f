//! The columns of a table, as the engine knows them.

use super::{Engine, Tx, params};
use crate::error::Result;

/// The name of a column, and its declared type in capitals.
pub(super) type Column = (String, String);

impl Tx<'_> {
    pub(super) fn columns_of(&mut self, table: &str) -> Result<Vec<Column>> {
        let sql = match self.engine {
            Engine::Sqlite(_) => "SELECT name, type AS kind FROM pragma_table_info($1)",
            Engine::Postgres(_) => {
                "SELECT attname::text AS name, upper(format_type(atttypid, NULL)) AS kind FROM pg_attribute
                 WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
            }
        };
        self.all(sql, params![table], |row| Ok((row.get("name")?, row.get("kind")?)))
    }
}

/// Whether a column of this type holds bytes, which JSON has not: on SQLite they are written in hexadecimal digits.
pub(super) fn is_bytes(kind: &str) -> bool {
    ["UUID", "BYTEA", "BLOB"].contains(&kind)
}

/// No row of a table, of the type of its rows: `CAST(NULL AS record)` would be a row of any.
pub(super) fn postgres_no_row(table: &str) -> String {
    format!("(SELECT none FROM {table} AS none WHERE FALSE)")
}

/// A value on SQLite as JSON takes it.
pub(super) fn sqlite_json_value(value: &str, kind: &str) -> String {
    if is_bytes(kind) {
        format!("CASE WHEN {value} IS NOT NULL THEN HEX({value}) END")
    } else {
        value.to_owned()
    }
}

/// These columns of a row on SQLite as one object; `of` stands before their names.
pub(super) fn sqlite_json<'c>(columns: impl Iterator<Item = &'c Column>, of: &str) -> String {
    let pair =
        |(name, kind): &Column| format!("'{name}', {}", sqlite_json_value(&format!("{of}{name}"), kind));
    format!("JSON_OBJECT({})", columns.map(pair).collect::<Vec<_>>().join(", "))
}

/// The value of a column in such an object.
pub(super) fn sqlite_value_in(object: &str, (name, kind): &Column) -> String {
    let value = format!("{object} ->> '{name}'");
    if is_bytes(kind) { format!("UNHEX({value})") } else { value }
}
