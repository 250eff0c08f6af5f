//! Keeps what the statements of one transaction do to rows, so that it can be taken back: the keys of the rows that they
//! add, and whole rows before they are changed or deleted.

pub(super) mod back;
mod columns;
mod references;

use std::collections::HashMap;
use std::fmt::Write as _;

pub(crate) use references::{Referrer, Referring};
use rusqlite::types::{ToSqlOutput, ValueRef};

use super::text::{self, Verb, verb_and_table};
use super::value::Column;
use super::{Param, Params, Tx, params};
use crate::error::{Error, Result};
use crate::id::Id;

/// A table whose changes are kept.
#[derive(Debug)]
pub(crate) struct Journaled {
    pub(crate) table: &'static str,
    /// The columns of its key.
    pub(crate) key: &'static [&'static str],
    /// The column with the id of the thing that a row belongs to.
    pub(crate) thing: &'static str,
    /// A column that only grows: a row that is put back gets one more than it has now.
    pub(crate) counter: Option<&'static str>,
}

impl Journaled {
    /// Whether its key says whose a row is.
    fn begins_with_thing(&self) -> bool {
        self.key.first() == Some(&self.thing)
    }
}

/// Columns that are not kept: of a password only the present one is known.
const SECRET: &[&str] = &["password_hash"];

/// What statements change from now on belongs to the operation. The tables of `others` are left out, and any other
/// table must not be changed.
pub(super) struct Journal {
    operation: Id<()>,
    tables: &'static [Journaled],
    others: &'static [&'static str],
    /// Of the statements so far.
    number: i64,
    /// The expressions that keep a row of a table: its key, and the whole of it.
    kept: HashMap<&'static str, (String, String)>,
}

/// What a statement did to rows of one table.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    pub(crate) number: i64,
    pub(crate) table: &'static Journaled,
    /// Whether it added the rows; otherwise it changed or deleted them.
    pub(crate) is_added: bool,
    /// The thing and the key of each row.
    pub(crate) rows: Vec<(Id<()>, String)>,
}

impl Tx<'_> {
    /// Keeps what is done from now on to rows of these tables.
    pub(crate) fn begin_journal<N>(
        &mut self, operation: Id<N>, tables: &'static [Journaled], others: &'static [&'static str],
    ) {
        let operation = Id::of(*operation.uuid());
        self.journal = Some(Box::new(Journal { operation, tables, others, number: 0, kept: HashMap::new() }));
    }

    pub(crate) fn end_journal(&mut self) {
        self.journal = None;
    }

    /// Keeps what a statement will do. `value` gives the parameter of a row at a place.
    pub(super) fn journalled<'v>(
        &mut self, sql: &str, rows: usize, value: impl Fn(usize, usize) -> Option<&'v dyn Param>,
        params: Params<'_>,
    ) -> Result<()> {
        let Some(mut journal) = self.journal.take() else { return Ok(()) };
        let done = journal.keep(self, &text::without_comments(sql), rows, value, params);
        self.journal = Some(journal);
        done
    }
}

impl Journal {
    fn keep<'v>(
        &mut self, tx: &mut Tx<'_>, sql: &str, rows: usize,
        value: impl Fn(usize, usize) -> Option<&'v dyn Param>, params: Params<'_>,
    ) -> Result<()> {
        let Some((verb, name)) = verb_and_table(sql) else { return Ok(()) };
        if rows == 0 || self.others.contains(&name) {
            return Ok(());
        }
        let table = find(self.tables, name)?;
        self.number += 1;
        match verb {
            Verb::Insert => self.keep_keys(tx, table, sql, rows, value),
            Verb::Update | Verb::Delete => self.keep_rows(tx, table, sql, params),
        }
    }

    fn keep_keys<'v>(
        &self, tx: &mut Tx<'_>, table: &Journaled, sql: &str, rows: usize,
        value: impl Fn(usize, usize) -> Option<&'v dyn Param>,
    ) -> Result<()> {
        let thing = place_of(sql, table.thing).ok_or_else(|| unreadable(table))?;
        let key: Option<Vec<usize>> = table.key.iter().map(|key| place_of(sql, key)).collect();
        let mut places = key.ok_or_else(|| unreadable(table))?;
        if !table.begins_with_thing() {
            places.insert(0, thing);
        }
        let mut keys = String::new();
        for row in 0..rows {
            let at = |place| value(row, place).ok_or_else(|| unreadable(table));
            // What belongs to no such thing stays when the others are taken back.
            if at(thing)?.is_absent() {
                continue;
            }
            for (number, place) in places.iter().enumerate() {
                if number > 0 {
                    keys.push(' ');
                }
                add_text(&mut keys, at(*place)?);
            }
            keys.push('\n');
        }
        if keys.is_empty() {
            return Ok(());
        }
        let values = params![self.operation, self.number, table.table, keys];
        let sql =
            "INSERT INTO operation_insert (operation_id, number, name, row_keys) VALUES ($1, $2, $3, $4)";
        tx.run(sql, values).map(drop)
    }

    fn keep_rows(
        &mut self, tx: &mut Tx<'_>, table: &'static Journaled, sql: &str, params: Params<'_>,
    ) -> Result<()> {
        let (_, which) = sql.split_once("WHERE").ok_or_else(|| unreadable(table))?;
        if !self.kept.contains_key(table.table) {
            let columns = tx.kept_columns(table.table)?;
            self.kept.insert(table.table, (tx.key_of(table, &columns), tx.row_of(table, &columns)));
        }
        let (key, row) = self.kept.get(table.table).ok_or_else(|| unreadable(table))?;
        let (name, thing, next) = (table.table, table.thing, params.len() + 1);
        let sql = format!(
            "INSERT INTO operation_row (operation_id, number, name, thing_id, row_key, before) \
             SELECT ${next}, ${}, '{name}', {thing}, {key}, {row} FROM {name} WHERE{which}",
            next + 1
        );
        let mut values = params.to_vec();
        values.extend([&self.operation as &dyn Param, &self.number]);
        tx.run_unjournalled(&sql, &values).map(drop)
    }
}

/// The place among the values of a statement of what it gives to a column; none if that is no parameter.
fn place_of(sql: &str, column: &str) -> Option<usize> {
    let (head, rest) = sql.split_once("VALUES (")?;
    let (_, columns) = head.split_once('(')?;
    let at = columns.trim_end().trim_end_matches(')').split(',').position(|name| name.trim() == column)?;
    let value = rest.split_once(')')?.0.split(',').nth(at)?.trim();
    value.strip_prefix('$')?.parse::<usize>().ok()?.checked_sub(1)
}

/// One line of kept keys: the key, after the thing where it does not begin with that.
fn line(keys: &mut String, table: &Journaled, thing: Id<()>, key: &str) {
    let written = if table.begins_with_thing() {
        writeln!(keys, "{key}")
    } else {
        writeln!(keys, "{} {key}", thing.uuid().simple())
    };
    debug_assert!(written.is_ok(), "a string takes what is written");
}

fn find(tables: &'static [Journaled], name: &str) -> Result<&'static Journaled> {
    tables.iter().find(|table| table.table == name).ok_or_else(|| {
        Error::internal(format!("an import changes the table `{name}`, of which nothing is kept"))
    })
}

fn unreadable(table: &Journaled) -> Error {
    Error::internal(format!("what a statement does to `{}` cannot be kept", table.table))
}

pub(super) fn id_of(text: &str) -> Result<Id<()>> {
    text.parse().map(Id::of).map_err(|_| Error::internal(format!("`{text}` is no key")))
}

/// Adds it as [`Tx::key_of`] writes it.
fn add_text(keys: &mut String, param: &dyn Param) {
    let value = param.sqlite();
    let value = match &value {
        ToSqlOutput::Borrowed(value) => *value,
        ToSqlOutput::Owned(value) => value.into(),
        _ => ValueRef::Null,
    };
    let written = match value {
        ValueRef::Blob(_) => {
            Id::<()>::from_sqlite(value).map_or(Ok(()), |id| write!(keys, "{}", id.uuid().simple()))
        }
        ValueRef::Text(text) => keys.write_str(&String::from_utf8_lossy(text)),
        ValueRef::Integer(number) => write!(keys, "{number}"),
        _ => Ok(()),
    };
    debug_assert!(written.is_ok(), "a string takes what is written");
}
