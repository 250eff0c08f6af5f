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

/// How rows of a table are called that have no name of their own.
pub(crate) struct Referrer {
    pub(crate) table: &'static str,
    /// In front of the name of the thing that the column `by` refers to.
    pub(crate) called: &'static str,
    pub(crate) by: &'static str,
}

/// A column that refers to the key of a row of another table: its table, itself, and that other table.
pub(crate) type Reference = (String, String, String);

fn spoken(table: &str) -> String {
    table.replace('_', " ")
}

fn indefinite(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
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

    /// The query for rows of a table that hold one of some ids in a column.
    pub(crate) fn referring_to(
        &mut self, references: &[Reference], (child, place): (&str, &str), table: Option<&Journaled>,
        referrers: &[Referrer],
    ) -> Result<String> {
        let columns = self.kept_columns(child)?;
        let key = table.map_or("''".to_owned(), |table| self.key_of(table, &columns));
        let called = self.calling(references, (child, place), referrers)?;
        Ok(format!(
            "SELECT {place} AS id, {key} AS row_key, {called} AS called FROM {child} WHERE {place} IN ($all_in)"
        ))
    }

    /// The rows that such a query finds.
    pub(crate) fn referring(&mut self, query: &str, ids: &[Id<()>]) -> Result<Vec<Referring>> {
        self.all_in(query, &[], ids, |row| {
            Ok(Referring { id: row.get("id")?, key: row.get("row_key")?, called: row.get("called")? })
        })
    }

    /// What people call a row: its noun and its name, else what it is of another thing that has one.
    fn calling(
        &mut self, references: &[Reference], (child, place): (&str, &str), referrers: &[Referrer],
    ) -> Result<String> {
        let noun = spoken(child);
        if let Some(name) = self.name_of(child)? {
            return Ok(format!("COALESCE('{noun} ' || CAST({child}.{name} AS TEXT), '{noun}')"));
        }
        for Referrer { called, by, .. } in referrers.iter().filter(|one| one.table == child) {
            let of = |(table, column, _): &&Reference| table == child && column == by && column != place;
            let Some((_, _, parent)) = references.iter().find(of) else { continue };
            if let Some(name) = self.name_of(parent)? {
                let named =
                    format!("SELECT parent.{name} FROM {parent} AS parent WHERE parent.id = {child}.{by}");
                return Ok(format!("COALESCE('{called} ' || CAST(({named}) AS TEXT), '{noun}')"));
            }
        }
        Ok(format!("'{}'", indefinite(&noun)))
    }

    /// The column that people know a row of a table by.
    fn name_of(&mut self, table: &str) -> Result<Option<&'static str>> {
        let columns = self.kept_columns(table)?;
        let has = |name: &&str| columns.iter().any(|(column, _)| column == name);
        Ok(["code", "number", "login", "name"].into_iter().find(has))
    }

    /// Rows of a table by a column of ids, with the text in another.
    pub(crate) fn called(
        &mut self, table: &str, place: &str, name: &str, ids: &[Id<()>],
    ) -> Result<Vec<(Id<()>, String)>> {
        let sql = format!("SELECT {place} AS id, {name} AS called FROM {table} WHERE {place} IN ($all_in)");
        self.all_in(&sql, &[], ids, |row| Ok((row.get("id")?, row.get("called")?)))
    }
}
