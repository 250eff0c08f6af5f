//! How much each table holds.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::db::{Db, Tx, migrate, params};
use crate::error::Result;

/// A table of a server with fewer pages is counted; of a larger one the last look of the server tells.
const COUNTED_PAGES: i64 = 1_000;

pub(crate) struct TableFacts {
    pub(crate) name: String,
    pub(crate) rows: i64,
    pub(crate) is_estimated: bool,
    /// None of a file.
    pub(crate) on_server: Option<OnServer>,
}

/// What a server says of a table.
#[derive(Clone, Copy)]
pub(crate) struct OnServer {
    /// With its indexes.
    pub(crate) bytes: i64,
    pub(crate) index_bytes: i64,
    pub(crate) dead_rows: i64,
    pub(crate) vacuumed_at: Option<DateTime<Utc>>,
    pages: i64,
    /// By the last look; -1 before the first.
    estimate: i64,
}

const TABLES: &str = "\
SELECT class.relname::text, pg_total_relation_size(class.oid), pg_indexes_size(class.oid), COALESCE(stat.n_dead_tup, 0),
    GREATEST(stat.last_vacuum, stat.last_autovacuum), class.relpages::bigint, class.reltuples::bigint
FROM pg_class AS class LEFT JOIN pg_stat_user_tables AS stat ON stat.relid = class.oid
WHERE class.relnamespace = to_regnamespace(current_schema()::text) AND class.relkind = 'r'";

impl Db {
    /// Those of ours. On a server large ones are counted only where that `is_exact`.
    pub(crate) fn table_facts(&mut self, is_exact: bool) -> Result<Vec<TableFacts>> {
        let mut on_server: BTreeMap<String, OnServer> = BTreeMap::new();
        if let Db::Postgres(database) = self {
            on_server.extend(database.catalogue(TABLES, |row| {
                let facts = OnServer {
                    bytes: row.try_get(1)?,
                    index_bytes: row.try_get(2)?,
                    dead_rows: row.try_get(3)?,
                    vacuumed_at: row.try_get(4)?,
                    pages: row.try_get(5)?,
                    estimate: row.try_get(6)?,
                };
                Ok((row.try_get(0)?, facts))
            })?);
        }
        self.read(|tx| {
            let mut facts = Vec::new();
            for name in own_tables(tx)? {
                let on_server = on_server.get(&name).copied();
                let estimate =
                    on_server.filter(|table| !is_exact && table.estimate >= 0 && table.pages > COUNTED_PAGES);
                let rows = match estimate {
                    Some(table) => table.estimate,
                    None => count(tx, &name)?,
                };
                facts.push(TableFacts { name, rows, is_estimated: estimate.is_some(), on_server });
            }
            Ok(facts)
        })
    }
}

/// The tables of our schema, by name.
pub(in crate::db) fn own_tables(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    let all = tx.tables_and_views()?.into_iter();
    let ours = all.filter(|(name, is_view)| !is_view && migrate::is_of_our_schema(name));
    let mut names: Vec<String> = ours.map(|(name, _)| name).collect();
    names.sort_unstable();
    Ok(names)
}

fn count(tx: &mut Tx<'_>, table: &str) -> Result<i64> {
    let text = format!("SELECT count(*) AS number FROM {table}");
    Ok(tx.first(&text, params![], |row| row.get("number"))?.unwrap_or_default())
}
