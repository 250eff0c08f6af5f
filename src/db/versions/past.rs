//! A transaction that reads how all stood: each table, and each view of them, is put before a query as a common table
//! expression of the same name, which hides the table itself. So no query is written twice.

use std::collections::{BTreeMap, BTreeSet};

use super::Versioned;
use super::triggers::sqlite_key;
use crate::db::columns::{Column, sqlite_value_in};
use crate::db::{Engine, Tx, params, text};
use crate::error::Result;

/// How tables and views stood after one entry of the audit trail.
pub(in crate::db) struct Past {
    /// The query that stands for a table or view, and the others that it reads.
    queries: BTreeMap<String, (String, Vec<String>)>,
}

impl Tx<'_> {
    /// From now on these tables are read as they stood after the entry of this number, and the audit trail up to it. Other tables
    /// are read as they are, and so are those that have not changed since.
    pub(crate) fn go_back(&mut self, tables: &[Versioned], entry: i64) -> Result<()> {
        let mut queries = BTreeMap::new();
        let schema = self.schema()?;
        let trail = format!("SELECT * FROM {schema}.audit WHERE sequence <= {entry}");
        queries.insert("audit".to_owned(), (trail, Vec::new()));
        let changed = self.changed_since(tables, entry)?;
        for table in tables.iter().filter(|table| changed.contains(table.table)) {
            let columns = self.columns_of(table.table)?;
            let query = match self.engine {
                Engine::Sqlite(_) => sqlite_query(table, &columns, entry),
                Engine::Postgres(_) => postgres_query(table, &columns, entry, &schema),
            };
            queries.insert(table.table.to_owned(), (query, Vec::new()));
        }
        add_views(&mut queries, self.views()?);
        self.past = Some(Box::new(Past { queries }));
        Ok(())
    }

    fn changed_since(&mut self, tables: &[Versioned], entry: i64) -> Result<BTreeSet<String>> {
        let one = |table: &Versioned| {
            let name = table.table;
            format!(
                "SELECT '{name}' AS name WHERE EXISTS (SELECT 1 FROM row_version WHERE name = '{name}' AND entry > {entry})"
            )
        };
        let sql = tables.iter().map(one).collect::<Vec<_>>().join(" UNION ALL ");
        Ok(self.all(&sql, params![], |row| row.get("name"))?.into_iter().collect())
    }

    /// From now on everything is read as it is.
    pub(crate) fn come_back(&mut self) {
        self.past = None;
    }

    /// The schema of the tables, as it is written before their names.
    fn schema(&mut self) -> Result<String> {
        if self.is_sqlite() {
            return Ok("main".to_owned());
        }
        let sql = "SELECT quote_ident(current_schema()) AS name";
        Ok(self.first(sql, params![], |row| row.get("name"))?.unwrap_or_default())
    }

    /// The views with their queries.
    fn views(&mut self) -> Result<Vec<(String, String)>> {
        let sql = match self.engine {
            Engine::Sqlite(_) => "SELECT name, sql AS query FROM sqlite_schema WHERE type = 'view'",
            Engine::Postgres(_) => {
                "SELECT CAST(relname AS TEXT) AS name, pg_get_viewdef(oid) AS query FROM pg_class
                 WHERE relkind = 'v' AND relnamespace = to_regnamespace(CAST(current_schema() AS TEXT))"
            }
        };
        let mut views: Vec<(String, String)> =
            self.all(sql, params![], |row| Ok((row.get("name")?, row.get("query")?)))?;
        for (name, query) in &mut views {
            if let Some((_, select)) = query.split_once(&format!("CREATE VIEW {name} AS")) {
                *query = select.to_owned();
            }
            *query = query.trim().trim_end_matches(';').to_owned();
        }
        Ok(views)
    }
}

/// Views of what is read as it stood, and views of those.
fn add_views(queries: &mut BTreeMap<String, (String, Vec<String>)>, views: Vec<(String, String)>) {
    let mut names: BTreeSet<String> = queries.keys().cloned().collect();
    let reads = |query: &str, names: &BTreeSet<String>| -> BTreeSet<String> {
        words(query).filter(|word| names.contains(*word)).map(str::to_owned).collect()
    };
    loop {
        let more = views.iter().filter(|(_, query)| !reads(query, &names).is_empty());
        let more: Vec<String> = more.map(|(view, _)| view.clone()).collect();
        let before = names.len();
        names.extend(more);
        if names.len() == before {
            break;
        }
    }
    for (view, query) in views.into_iter().filter(|(view, _)| names.contains(view)) {
        let read = reads(&query, &names).into_iter().filter(|name| *name != view).collect();
        queries.insert(view, (query, read));
    }
}

/// The rows that have not changed since, and of those that have what each was before its first change.
fn sqlite_query(table: &Versioned, columns: &[Column], entry: i64) -> String {
    let name = table.table;
    let (all, key) = (names(columns), sqlite_key(table, columns, "present"));
    // Of one kind in both halves, or an index of the table would be of no use.
    let kept = |column: &Column| sqlite_value_in("version.before", column);
    let before = |column: &Column| {
        let value = present(table, columns, &column.0, "main").unwrap_or_else(|| kept(column));
        format!("CAST({value} AS {})", column.1)
    };
    let before = columns.iter().map(before).collect::<Vec<_>>().join(", ");
    format!(
        "SELECT {all} FROM main.{name} AS present WHERE NOT EXISTS (SELECT 1 FROM row_version AS later \
         WHERE later.name = '{name}' AND later.row_key = {key} AND later.entry > {entry}) \
         UNION ALL SELECT {before} FROM row_version AS version WHERE {}",
        first_change(name, entry)
    )
}

fn postgres_query(table: &Versioned, columns: &[Column], entry: i64, schema: &str) -> String {
    let (name, all) = (table.table, names(columns));
    let key: Vec<String> = table.key.iter().map(|column| format!("CAST(present.{column} AS TEXT)")).collect();
    let key = key.join(" || ' ' || ");
    let before = |(column, _): &Column| {
        present(table, columns, column, schema).unwrap_or_else(|| format!("old_row.{column}"))
    };
    let before = columns.iter().map(before).collect::<Vec<_>>().join(", ");
    format!(
        "SELECT {all} FROM {schema}.{name} AS present WHERE NOT EXISTS (SELECT 1 FROM row_version AS later \
         WHERE later.name = '{name}' AND later.row_key = {key} AND later.entry > {entry}) \
         UNION ALL SELECT {before} FROM row_version AS version CROSS JOIN LATERAL \
         jsonb_populate_record(CAST(NULL AS {schema}.{name}), CAST(version.before AS JSONB)) AS old_row WHERE {}",
        first_change(name, entry)
    )
}

/// What a row has now of a column that is not kept.
fn present(table: &Versioned, columns: &[Column], column: &str, schema: &str) -> Option<String> {
    let [key] = table.key else { return None };
    let kind = columns.iter().find(|(name, _)| name == key).map_or("", |(_, kind)| kind.as_str());
    let id = id_of("version.row_key", kind).filter(|_| table.without.contains(&column))?;
    let name = table.table;
    Some(format!("(SELECT today.{column} FROM {schema}.{name} AS today WHERE today.{key} = {id})"))
}

/// The key of a row, of its text; none where it is no such key.
pub(super) fn id_of(text: &str, kind: &str) -> Option<String> {
    match kind {
        "BLOB" => Some(format!("UNHEX({text})")),
        "UUID" => Some(format!("CAST({text} AS UUID)")),
        _ => None,
    }
}

fn first_change(name: &str, entry: i64) -> String {
    format!(
        "version.name = '{name}' AND version.entry > {entry} AND version.before IS NOT NULL AND NOT EXISTS \
         (SELECT 1 FROM row_version AS earlier WHERE earlier.name = '{name}' AND earlier.row_key = version.row_key \
         AND earlier.entry > {entry} AND earlier.entry < version.entry)"
    )
}

fn names(columns: &[Column]) -> String {
    columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
}

impl Past {
    /// The text of a query that reads tables as they stood.
    pub(in crate::db) fn query(&self, sql: &str) -> String {
        let sql = text::without_comments(sql);
        let mut needed = Vec::new();
        for word in words(&sql) {
            self.need(word, &mut needed);
        }
        let expressions: Vec<String> = needed
            .iter()
            .filter_map(|name| {
                self.queries.get(*name).map(|(query, _)| format!("{name} AS NOT MATERIALIZED ({query})"))
            })
            .collect();
        if expressions.is_empty() {
            return sql;
        }
        let expressions = expressions.join(",\n");
        let own = sql.trim_start();
        for opening in ["WITH RECURSIVE ", "WITH "] {
            if let Some(rest) = own.strip_prefix(opening) {
                return format!("{opening}{expressions},\n{rest}");
            }
        }
        format!("WITH {expressions}\n{own}")
    }

    /// Adds what stands for a word, after what that reads itself.
    fn need<'p>(&'p self, word: &str, needed: &mut Vec<&'p str>) {
        let Some((name, (_, read))) = self.queries.get_key_value(word) else { return };
        if needed.contains(&name.as_str()) {
            return;
        }
        for other in read {
            self.need(other, needed);
        }
        needed.push(name);
    }
}

/// The words of a query that may be names.
fn words(sql: &str) -> impl Iterator<Item = &str> {
    sql.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'))
        .filter(|word| !word.is_empty())
}
