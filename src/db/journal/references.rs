//! Which rows refer to which.

use super::Journaled;
use crate::db::{Engine, Tx};
use crate::error::Result;
use crate::id::Id;

/// A row that refers to another.
pub(crate) struct Referring {
    /// To this one.
    pub(crate) id: Id<()>,
    /// Its own key, if its changes are kept.
    pub(crate) key: String,
    /// What people call it, such as `package PKG-7K3M9Q`.
    pub(crate) called: String,
}

/// A column that refers to the key of a row of another table: its table, itself, and that other table.
pub(crate) type Reference = (String, String, String);

fn spoken(table: &str) -> String {
    table.replace('_', " ")
}

impl Tx<'_> {
    pub(crate) fn references(&mut self) -> Result<Vec<Reference>> {
        let sql = match self.engine {
            Engine::Sqlite(_) => {
                "SELECT child.name AS child, list.\"from\" AS place, list.\"table\" AS parent
                 FROM sqlite_schema AS child JOIN pragma_foreign_key_list(child.name) AS list
                 WHERE child.type = 'table'"
            }
            Engine::Postgres(_) => {
                "SELECT child.relname::text AS child, attname::text AS place, parent.relname::text AS parent
                 FROM pg_constraint
                 JOIN pg_class AS child ON child.oid = conrelid
                 JOIN pg_class AS parent ON parent.oid = confrelid
                 JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
                 WHERE contype = 'f' AND pg_table_is_visible(conrelid)"
            }
        };
        self.all(sql, &[], |row| Ok((row.get("child")?, row.get("place")?, row.get("parent")?)))
    }

    /// Rows of a table that hold one of the ids in a column.
    pub(crate) fn referring(
        &mut self, references: &[Reference], (child, place): (&str, &str), table: Option<&Journaled>,
        ids: &[Id<()>],
    ) -> Result<Vec<Referring>> {
        let columns = self.columns(child)?;
        let key = table.map_or("''".to_owned(), |table| self.key_of(table, &columns));
        let called = self.calling(references, child, place)?;
        let sql = format!(
            "SELECT {place} AS id, {key} AS row_key, {called} AS called FROM {child} WHERE {place} IN ($among)"
        );
        self.all_in(&sql, &[], ids, |row| {
            Ok(Referring { id: row.get("id")?, key: row.get("row_key")?, called: row.get("called")? })
        })
    }

    /// What people call a row: its noun and its code, else those of the other thing that it is about.
    fn calling(&mut self, references: &[Reference], child: &str, place: &str) -> Result<String> {
        if let Some(name) = self.name_of(child)? {
            let noun = spoken(child);
            return Ok(format!("COALESCE('{noun} ' || CAST({child}.{name} AS TEXT), '{noun}')"));
        }
        let others = references.iter().filter(|(table, column, _)| table == child && column != place);
        for (_, column, parent) in others {
            if let Some(name) = self.name_of(parent)? {
                let named = format!(
                    "SELECT parent.{name} FROM {parent} AS parent WHERE parent.id = {child}.{column}"
                );
                return Ok(format!("COALESCE('{} ' || ({named}), '{}')", spoken(parent), spoken(child)));
            }
        }
        Ok(format!("'a row of {}'", spoken(child)))
    }

    /// The column that people know a row of a table by.
    fn name_of(&mut self, table: &str) -> Result<Option<&'static str>> {
        let columns = self.columns(table)?;
        let has = |name: &&str| columns.iter().any(|(column, _)| column == name);
        Ok(["code", "number", "login", "name"].into_iter().find(has))
    }

    /// Rows of a table by a column of ids, with the text in another.
    pub(crate) fn called(
        &mut self, table: &str, place: &str, name: &str, ids: &[Id<()>],
    ) -> Result<Vec<(Id<()>, String)>> {
        let sql = format!("SELECT {place} AS id, {name} AS called FROM {table} WHERE {place} IN ($among)");
        self.all_in(&sql, &[], ids, |row| Ok((row.get("id")?, row.get("called")?)))
    }
}
