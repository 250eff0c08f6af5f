//! A new database (rule 4.7). What an earlier `init` left that was cut off is no obstacle.

use super::{STEPS, name_the_file};
use crate::db::{Db, Engine, Location, Tx, params, sqlite};
use crate::error::{Error, Kind, Result};

/// A table or view, by its name.
type Leftover = (String, bool);

/// Writes the whole schema. Refused unless the database holds nothing.
pub(in crate::db) fn install(
    mut db: Db, location: &Location, derive: impl FnOnce(&mut Tx<'_>) -> Result<()>,
) -> Result<Db> {
    must_be_vacant(&mut db, location)?;
    let mut tx = Tx::begin_migration(&mut db)?;
    if let Location::File(path) = location {
        sqlite::make_private(path).map_err(|error| sqlite::cannot_create(path, &error))?;
    }
    tx.lay_out_at(location)?;
    derive(&mut tx)?;
    tx.commit()?;
    db.keep_log();
    Ok(db)
}

/// Refused if there is a database of ours, or anything of another program.
pub(in crate::db) fn must_be_vacant(db: &mut Db, location: &Location) -> Result<()> {
    db.read(|tx| leftovers(tx, location)).map(drop)
}

/// Tables and views of ours without a row, as an `init` may leave them that was cut off. Refused if there is more.
fn leftovers(tx: &mut Tx<'_>, location: &Location) -> Result<Vec<Leftover>> {
    if tx.version().map_err(|error| name_the_file(error, location))?.is_some() {
        let message = format!("`{location}` holds a caredesk database already");
        return Err(
            Error::refused("database.exists", message).hint("use it as it is, or name another with `--db`")
        );
    }
    let (ours, others): (Vec<_>, Vec<_>) =
        tx.tables_and_views()?.into_iter().partition(|(name, _)| is_of_our_schema(name));
    if !ours.is_empty() && !ours.iter().any(|(name, _)| name == "schema_migration") {
        return Err(in_the_way(&ours[0].0, location));
    }
    for (name, _) in &ours {
        if tx.first(&format!("SELECT 1 AS one FROM {name} LIMIT 1"), params![], |_| Ok(()))?.is_some() {
            return Err(in_the_way(name, location));
        }
    }
    match others.first() {
        // On a server a database may be shared.
        Some((name, _)) if tx.is_sqlite() => Err(in_the_way(name, location)),
        _ => Ok(ours),
    }
}

fn in_the_way(name: &str, location: &Location) -> Error {
    let message = format!("the table `{name}` of another program is in `{location}`");
    Error::new(Kind::Environment, "database.foreign", message).hint("give caredesk a database of its own")
}

pub(in crate::db) fn is_of_our_schema(name: &str) -> bool {
    let (table, view) = (format!("\nCREATE TABLE {name} ("), format!("\nCREATE VIEW {name} AS"));
    STEPS.iter().any(|step| step.text.contains(&table) || step.text.contains(&view))
}

impl Tx<'_> {
    /// Writes the whole schema, once what an earlier attempt left is removed. Refused as by [`must_be_vacant`]: another process may
    /// have been faster.
    pub(in crate::db) fn lay_out_at(&mut self, location: &Location) -> Result<()> {
        let leftovers = leftovers(self, location)?;
        self.remove(&leftovers)?;
        self.lay_out()
    }

    /// The newest first, each with whether it is a view.
    pub(in crate::db) fn tables_and_views(&mut self) -> Result<Vec<Leftover>> {
        let text = match self.engine {
            Engine::Sqlite(_) => {
                "SELECT name, type = 'view' AS is_view FROM sqlite_schema
                WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY rowid DESC"
            }
            Engine::Postgres(_) => {
                "SELECT CAST(relname AS TEXT) AS name, relkind = 'v' AS is_view FROM pg_class
                WHERE relnamespace = to_regnamespace(CAST(current_schema() AS TEXT)) AND relkind IN ('r', 'v', 'p')"
            }
        };
        self.all(text, params![], |row| Ok((row.get("name")?, row.get("is_view")?)))
    }

    /// Tables may refer to each other, and views to both.
    fn remove(&mut self, leftovers: &[Leftover]) -> Result<()> {
        let named = |views| leftovers.iter().filter(move |(_, is_view)| *is_view == views);
        for (kind, is_view) in [("VIEW", true), ("TABLE", false)] {
            let names: Vec<&str> = named(is_view).map(|(name, _)| name.as_str()).collect();
            // One statement for all of them is what only PostgreSQL has, and needs.
            let at_once = if self.is_sqlite() { 1 } else { names.len().max(1) };
            for names in names.chunks(at_once) {
                self.script(&format!("DROP {kind} {}", names.join(", ")))?;
            }
        }
        Ok(())
    }
}
