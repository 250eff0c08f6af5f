//! Two records that are one (rule 5.7), told by the schema: whatever column refers to a client or to a provider is seen to, by
//! the merge, by the copy and by the erasure.

mod columns;
mod random;

use std::collections::BTreeMap;

use crate::town::dump;
use crate::world::{Engine, World};

/// Every column that refers to this table, as `table.column`.
fn columns_to(world: &World, table: &str) -> Vec<String> {
    let keys = match world.engine() {
        Engine::Sqlite => format!(
            "SELECT child.name || '.' || list.\"from\" FROM sqlite_schema AS child, pragma_foreign_key_list(child.name) AS list
            WHERE child.type = 'table' AND list.\"table\" = '{table}' ORDER BY 1"
        ),
        Engine::Postgres => format!(
            "SELECT conrelid::regclass::text || '.' || attname FROM pg_constraint
            JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
            WHERE contype = 'f' AND confrelid = '{table}'::regclass ORDER BY 1"
        ),
    };
    world.sql(&keys).into_iter().flatten().flatten().collect()
}

/// How many rows of each of these columns refer to the one with this code.
fn referring(world: &World, table: &str, columns: &[String], code: &str) -> BTreeMap<String, usize> {
    let count = |place: &String| {
        let (child, column) = place.split_once('.').expect("a table and a column");
        format!(
            "SELECT '{place}', COUNT(*) FROM {child} WHERE {column} = (SELECT id FROM {table} WHERE code = '{code}');"
        )
    };
    let rows = world.sql(&columns.iter().map(count).collect::<String>());
    let pair = |mut row: crate::town::Row| {
        let count = row.pop().flatten().and_then(|count| count.parse().ok()).expect("a number");
        (row.pop().flatten().expect("a column"), count)
    };
    rows.into_iter().map(pair).collect()
}

fn counts(world: &World) -> BTreeMap<String, usize> {
    dump(world).into_iter().map(|(table, rows)| (table, rows.len())).collect()
}

/// No table has fewer rows than it had, but for those that are derived for searching.
fn nothing_is_lost(before: &BTreeMap<String, usize>, world: &World) {
    let after = counts(world);
    for (table, count) in before.iter().filter(|(table, _)| !table.starts_with("search_")) {
        assert!(after.get(table) >= Some(count), "{table} lost a row");
    }
}
