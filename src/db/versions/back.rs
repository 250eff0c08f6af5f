//! Takes back what one transaction did to rows, by what is kept of them.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

use super::Versioned;
use super::triggers::sqlite_key;
use crate::db::columns::{Column, postgres_no_row, sqlite_json, sqlite_value_in};
use crate::db::journal::back::value_of;
use crate::db::journal::id_of;
use crate::db::{Engine, Param, Tx, params};
use crate::error::{Error, Result};
use crate::id::Id;

/// A row by its columns; ids are texts.
pub(crate) type Fields = Map<String, Value>;

/// A row that was changed after an entry of the audit trail.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Later {
    pub(crate) table: &'static str,
    pub(crate) key: String,
    /// As it was before the first of these changes; none where there was no row.
    pub(crate) left: Option<Fields>,
    pub(crate) present: Option<Fields>,
    /// The entries of the changes, in order.
    pub(crate) entries: Vec<i64>,
}

/// A row that a transaction changed.
#[derive(Clone, Debug)]
pub(crate) struct Touched {
    pub(crate) table: &'static Versioned,
    pub(crate) key: String,
    /// Under which what it was is kept.
    entry: i64,
    /// Before the transaction; none where there was no row.
    pub(crate) before: Option<Fields>,
    /// After it.
    pub(crate) left: Option<Fields>,
    pub(crate) present: Option<Fields>,
    /// The entries of changes after it.
    pub(crate) later: Vec<i64>,
}

impl Touched {
    /// Whether this column is another since.
    pub(crate) fn has_changed(&self, column: &str) -> bool {
        let value = |row: &Option<Fields>| row.as_ref().and_then(|row| row.get(column)).cloned();
        value(&self.before) != value(&self.left)
    }

    /// What the column held before and after.
    pub(crate) fn values(&self, column: &str) -> impl Iterator<Item = &Value> {
        [&self.before, &self.left].into_iter().flatten().filter_map(move |row| row.get(column))
    }
}

impl Tx<'_> {
    /// The rows that were changed between two entries of the audit trail, and differ by it.
    pub(crate) fn touched(
        &mut self, tables: &'static [Versioned], (first, last): (i64, i64),
    ) -> Result<Vec<Touched>> {
        let names: Vec<&str> = tables.iter().map(|table| table.table).collect();
        let sql = "SELECT name, row_key, entry, before FROM row_version
            WHERE entry BETWEEN $1 AND $2 AND name IN ($all_in) ORDER BY name, entry, row_key";
        let mut kept: BTreeMap<(String, String), (i64, Option<String>)> = BTreeMap::new();
        let rows = self.all_in(sql, params![first, last], &names, |row| {
            let key: (String, String) = (row.get("name")?, row.get("row_key")?);
            Ok((key, row.get::<i64>("entry")?, row.get::<Option<String>>("before")?))
        })?;
        for (key, entry, before) in rows {
            kept.entry(key).or_insert((entry, before));
        }
        let mut found = Vec::new();
        for table in tables {
            let own: Vec<_> = kept.iter().filter(|((name, _), _)| name == table.table).collect();
            if own.is_empty() {
                continue;
            }
            let keys: Vec<&str> = own.iter().map(|((_, key), _)| key.as_str()).collect();
            let mut later = self.changed_after(table, last, Some(&keys))?;
            let mut present = self.present(table, &keys)?;
            for ((_, key), (entry, before)) in own {
                let (key, before) = (key.clone(), fields(before.as_deref())?);
                let now = present.remove(&key);
                let Later { left, present, entries, .. } = later.remove(&key).unwrap_or_else(|| Later {
                    table: table.table,
                    key: key.clone(),
                    left: now.clone(),
                    present: now,
                    entries: Vec::new(),
                });
                found.push(Touched { table, key, entry: *entry, before, left, present, later: entries });
            }
        }
        found.retain(|row| !is_same(row.before.as_ref(), row.left.as_ref(), &[]));
        Ok(found)
    }

    /// The rows of a table that were changed after an entry, all or some of them.
    pub(crate) fn changed_after(
        &mut self, table: &'static Versioned, entry: i64, keys: Option<&[&str]>,
    ) -> Result<HashMap<String, Later>> {
        let (name, as_now) = (table.table, self.as_now(table.table));
        let sql = format!(
            "SELECT row_key, entry, before, {as_now} AS as_now FROM row_version
             WHERE name = '{name}' AND entry > $1 AND row_key IN ($all_in) ORDER BY entry"
        );
        let mut found: HashMap<String, Later> = HashMap::new();
        let mut take = |row: &crate::db::Row<'_>| -> Result<()> {
            let (key, number): (String, i64) = (row.get("row_key")?, row.get("entry")?);
            if let Some(known) = found.get_mut(&key) {
                known.entries.push(number);
                return Ok(());
            }
            let kept = fields(row.get::<Option<String>>("before")?.as_deref())?;
            let mut left = fields(row.get::<Option<String>>("as_now")?.as_deref())?;
            if let (Some(left), Some(kept)) = (&mut left, &kept) {
                left.retain(|column, _| kept.contains_key(column));
            }
            let one = Later { table: name, key: key.clone(), left, present: None, entries: vec![number] };
            found.insert(key, one);
            Ok(())
        };
        match keys {
            Some(keys) => drop(self.all_in(&sql, params![entry], keys, &mut take)?),
            None => self.each(&sql.replace(" AND row_key IN ($all_in)", ""), params![entry], &mut take)?,
        }
        let keys: Vec<&str> = found.keys().map(String::as_str).collect();
        let mut present = self.present(table, &keys)?;
        for (key, one) in &mut found {
            one.present = present.remove(key);
        }
        Ok(found)
    }

    /// What is kept of a row, in the words in which the engine writes a row of now.
    fn as_now(&self, table: &str) -> String {
        match self.engine {
            Engine::Sqlite(_) => "before".to_owned(),
            Engine::Postgres(_) => format!(
                "CASE WHEN before IS NOT NULL THEN CAST(to_jsonb(jsonb_populate_record({}, CAST(before AS JSONB))) AS TEXT) END",
                postgres_no_row(table)
            ),
        }
    }

    /// The rows that there are under these keys.
    fn present(&mut self, table: &Versioned, keys: &[&str]) -> Result<HashMap<String, Fields>> {
        let (name, columns) = (table.table, self.columns_of(table.table)?);
        let first = table.key.first().copied().unwrap_or_default();
        let (key, row) = match self.engine {
            Engine::Sqlite(_) => (sqlite_key(table, &columns, name), sqlite_json(columns.iter(), "")),
            Engine::Postgres(_) => {
                let parts: Vec<String> =
                    table.key.iter().map(|column| format!("CAST({name}.{column} AS TEXT)")).collect();
                (parts.join(" || ' ' || "), format!("CAST(to_jsonb({name}) AS TEXT)"))
            }
        };
        let sql = format!("SELECT {key} AS row_key, {row} AS row FROM {name} WHERE {first} IN ($all_in)");
        let mut found = HashMap::new();
        let mut take = |row: &crate::db::Row<'_>| -> Result<()> {
            let key: String = row.get("row_key")?;
            if keys.contains(&key.as_str())
                && let Some(row) = fields(Some(&row.get::<String>("row")?))?
            {
                found.insert(key, row);
            }
            Ok(())
        };
        let mut firsts: Vec<&str> = keys.iter().map(|key| key.split(' ').next().unwrap_or(key)).collect();
        firsts.dedup();
        let is_id =
            columns.iter().any(|(column, kind)| column == first && ["BLOB", "UUID"].contains(&&**kind));
        if is_id {
            let ids: Vec<Id<()>> = firsts.iter().map(|text| id_of(text)).collect::<Result<_>>()?;
            self.all_in(&sql, &[], &ids, &mut take)?;
        } else {
            self.all_in(&sql, &[], keys, &mut take)?;
        }
        Ok(found)
    }

    /// Puts a row back as it was before. A column of `counters` only grows: it gets one more than it has.
    pub(crate) fn put_back(&mut self, row: &Touched, counters: &[&str]) -> Result<()> {
        let (table, columns) = (row.table, self.columns_of(row.table.table)?);
        let mut values: Vec<Box<dyn Param>> = Vec::new();
        let mut own = Vec::new();
        for (text, column) in row.key.splitn(table.key.len(), ' ').zip(table.key) {
            let kind = columns.iter().find(|(name, _)| name == column).map_or("", |(_, kind)| kind);
            values.push(value_of(text, kind)?);
            own.push(format!("{}.{column} = ${}", table.table, values.len()));
        }
        let own = own.join(" AND ");
        let sql = match (&row.before, &row.present) {
            (None, None) => return Ok(()),
            (None, Some(_)) => format!("DELETE FROM {} WHERE {own}", table.table),
            (Some(before), present) => {
                let kept = columns.iter().filter(|(column, _)| before.contains_key(column));
                let kept: Vec<&Column> = kept.collect();
                values.push(Box::new(row.key.clone()));
                values.push(Box::new(row.entry));
                let (key, entry) = (values.len() - 1, values.len());
                let which = format!(
                    "version.name = '{}' AND version.row_key = ${key} AND version.entry = ${entry}",
                    table.table
                );
                if present.is_some() {
                    self.updating(table.table, &kept, counters, &format!("{which} AND {own}"))
                } else {
                    self.inserting(table.table, &kept, &which, &own)
                }
            }
        };
        let params: Vec<&dyn Param> = values.iter().map(AsRef::as_ref).collect();
        crate::db::exactly_one(self.run(&sql, &params)?, table.table)
    }

    fn updating(&self, table: &str, columns: &[&Column], counters: &[&str], which: &str) -> String {
        let set = |column: &&Column| {
            let name = &column.0;
            if counters.contains(&name.as_str()) {
                return format!("{name} = {table}.{name} + 1");
            }
            format!("{name} = {}", self.kept_value(column))
        };
        let set = columns.iter().map(set).collect::<Vec<_>>().join(", ");
        format!("UPDATE {table} SET {set} FROM {} WHERE {which}", self.kept_rows(table))
    }

    fn inserting(&self, table: &str, columns: &[&Column], which: &str, own: &str) -> String {
        let names = columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
        let values = columns.iter().map(|column| self.kept_value(column)).collect::<Vec<_>>().join(", ");
        format!(
            "INSERT INTO {table} ({names}) SELECT {values} FROM {} WHERE {which} \
             AND NOT EXISTS (SELECT 1 FROM {table} WHERE {own})",
            self.kept_rows(table)
        )
    }

    fn kept_rows(&self, table: &str) -> String {
        match self.engine {
            Engine::Sqlite(_) => "row_version AS version".to_owned(),
            Engine::Postgres(_) => format!(
                "row_version AS version CROSS JOIN LATERAL \
                 jsonb_populate_record({}, CAST(version.before AS JSONB)) AS was",
                postgres_no_row(table)
            ),
        }
    }

    fn kept_value(&self, column: &Column) -> String {
        match self.engine {
            Engine::Sqlite(_) => sqlite_value_in("version.before", column),
            Engine::Postgres(_) => format!("was.{}", column.0),
        }
    }
}

/// Whether two states of a row are the same but for some columns, as far as both know them.
pub(crate) fn is_same(one: Option<&Fields>, other: Option<&Fields>, but: &[&str]) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => {
            let mut known = one.iter().filter(|(column, _)| !but.contains(&column.as_str()));
            known.all(|(column, value)| other.get(column).is_none_or(|also| also == value))
        }
        _ => false,
    }
}

fn fields(text: Option<&str>) -> Result<Option<Fields>> {
    let row = text.map(serde_json::from_str).transpose();
    row.map_err(|_| Error::internal("what is kept of a row cannot be read"))
}
