//! Takes back what the journal of an operation holds.

use std::collections::{HashMap, HashSet};

use super::{Journaled, Taken, find, id_of, line};
use crate::db::{Param, Tx, params};
use crate::error::{Error, Result};
use crate::id::Id;

/// Composite keys in one statement.
const KEYS_AT_ONCE: usize = 200;

impl Tx<'_> {
    /// The number of an operation's last statement that can be taken back; 0 if there is none.
    pub(crate) fn journal_end<N>(&mut self, operation: Id<N>) -> Result<i64> {
        let sql = "SELECT MAX(number) AS number FROM operation_insert WHERE operation_id = $1
            UNION ALL SELECT MAX(number) AS number FROM operation_row WHERE operation_id = $1";
        let ends = self.all(sql, params![operation], |row| row.get::<Option<i64>>("number"))?;
        Ok(ends.into_iter().flatten().max().unwrap_or(0))
    }

    /// What the statements of an operation behind number `after` did up to number `last`, the last first.
    pub(crate) fn journal_of<N>(
        &mut self, operation: Id<N>, tables: &'static [Journaled], (after, last): (i64, i64),
    ) -> Result<Vec<Taken>> {
        let find = |name: &str| find(tables, name);
        let mut all = self.all(
            "SELECT number, name, row_keys FROM operation_insert
             WHERE operation_id = $1 AND number > $2 AND number <= $3",
            params![operation, after, last],
            |row| {
                let table = find(&row.get::<String>("name")?)?;
                let lines: String = row.get("row_keys")?;
                let rows = lines.lines().map(|line| parted(table, line)).collect::<Result<_>>()?;
                Ok(Taken { number: row.get("number")?, table, is_added: true, rows })
            },
        )?;
        let mut changed: HashMap<i64, Taken> = HashMap::new();
        self.each(
            "SELECT number, name, thing_id, row_key FROM operation_row
             WHERE operation_id = $1 AND number > $2 AND number <= $3",
            params![operation, after, last],
            |row| {
                let (number, table) = (row.get("number")?, find(&row.get::<String>("name")?)?);
                let taken = changed.entry(number).or_insert(Taken {
                    number,
                    table,
                    is_added: false,
                    rows: Vec::new(),
                });
                taken.rows.push((row.get("thing_id")?, row.get("row_key")?));
                Ok(())
            },
        )?;
        all.extend(changed.into_values());
        all.sort_unstable_by_key(|taken| std::cmp::Reverse(taken.number));
        Ok(all)
    }

    /// Takes back what a statement did to these of its rows, and forgets it.
    pub(crate) fn take_back<N>(
        &mut self, operation: Id<N>, taken: &Taken, rows: &[(Id<()>, String)],
    ) -> Result<()> {
        if taken.is_added {
            self.delete_keys(taken.table, rows)?;
            return self.forget_added(operation, taken, rows);
        }
        let columns = self.kept_columns(taken.table.table)?;
        let keys: Vec<&str> = rows.iter().map(|(_, key)| key.as_str()).collect();
        let restore = self.restoring(taken.table, &columns);
        self.run_in(&restore, params![operation, taken.number], &keys)?;
        let forget =
            "DELETE FROM operation_row WHERE operation_id = $1 AND number = $2 AND row_key IN ($all_in)";
        self.run_in(forget, params![operation, taken.number], &keys)
    }

    fn forget_added<N>(&mut self, operation: Id<N>, taken: &Taken, rows: &[(Id<()>, String)]) -> Result<()> {
        let gone: HashSet<&str> = rows.iter().map(|(_, key)| key.as_str()).collect();
        let mut left = String::new();
        for (thing, key) in taken.rows.iter().filter(|(_, key)| !gone.contains(key.as_str())) {
            line(&mut left, taken.table, *thing, key);
        }
        let values = params![operation, taken.number, left];
        let sql = if left.is_empty() {
            "DELETE FROM operation_insert WHERE operation_id = $1 AND number = $2 AND $3 = ''"
        } else {
            "UPDATE operation_insert SET row_keys = $3 WHERE operation_id = $1 AND number = $2"
        };
        self.run(sql, values).map(drop)
    }

    fn delete_keys(&mut self, table: &Journaled, rows: &[(Id<()>, String)]) -> Result<()> {
        let name = table.table;
        if let [key] = table.key {
            let ids: Vec<Id<()>> = rows.iter().map(|(_, key)| id_of(key)).collect::<Result<_>>()?;
            return self.run_in(&format!("DELETE FROM {name} WHERE {key} IN ($all_in)"), &[], &ids);
        }
        let columns = self.kept_columns(name)?;
        let kinds: Vec<&str> = table
            .key
            .iter()
            .map(|key| columns.iter().find(|(column, _)| column == key).map_or("", |(_, kind)| kind))
            .collect();
        for rows in rows.chunks(KEYS_AT_ONCE) {
            let mut values: Vec<Box<dyn Param>> = Vec::new();
            let mut tuples = Vec::new();
            for (_, key) in rows {
                let mut tuple = Vec::new();
                for (text, kind) in key.splitn(kinds.len(), ' ').zip(&kinds) {
                    values.push(value_of(text, kind)?);
                    tuple.push(format!("${}", values.len()));
                }
                tuples.push(format!("({})", tuple.join(", ")));
            }
            let params: Vec<&dyn Param> = values.iter().map(AsRef::as_ref).collect();
            let keys = table.key.join(", ");
            let sql = format!("DELETE FROM {name} WHERE ({keys}) IN (VALUES {})", tuples.join(", "));
            self.run(&sql, &params)?;
        }
        Ok(())
    }
}

fn parted(table: &Journaled, line: &str) -> Result<(Id<()>, String)> {
    let (thing, rest) = line.split_once(' ').unwrap_or((line, ""));
    let key = if table.key.first() == Some(&table.thing) { line } else { rest };
    Ok((id_of(thing)?, key.to_owned()))
}

pub(in crate::db) fn value_of(text: &str, kind: &str) -> Result<Box<dyn Param>> {
    Ok(match kind {
        "UUID" | "BLOB" => Box::new(id_of(text)?),
        "BIGINT" | "INTEGER" => {
            Box::new(text.parse::<i64>().map_err(|_| Error::internal(format!("`{text}` is no number")))?)
        }
        _ => Box::new(text.to_owned()),
    })
}
