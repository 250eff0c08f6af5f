//! Whether a file has the tables, views and indexes that the program makes, and no others.

use std::collections::BTreeMap;

use crate::db::{Db, Ending, Tx, params, sqlite};
use crate::error::Result;

/// Something of the schema that is missing, or that is not the program's.
pub(crate) struct Strange {
    pub(crate) words: String,
    /// The statement that makes it as it should be, where one does.
    pub(crate) statement: Option<String>,
}

/// The sort, the name, and of a column its name in that table.
type Object = (String, String, String);
/// Each with the statement that makes it.
type Objects = BTreeMap<Object, Option<String>>;

impl Db {
    /// A server may be shared, and so is not looked at.
    pub(crate) fn strange_schema(&mut self) -> Result<Vec<Strange>> {
        if let Db::Postgres(_) = self {
            return Ok(Vec::new());
        }
        let (wanted, found) = (fresh()?, self.read(objects)?);
        let missing = beyond(&wanted, &found).map(|(object, statement)| Strange {
            words: format!("no {}", words(object)),
            statement: statement.clone(),
        });
        // A column of another does no harm, and can only be taken away together with all views.
        let beside = beyond(&found, &wanted).filter(|((kind, ..), _)| kind != "column");
        let beside = beside.map(|(object, _)| Strange {
            words: format!("the {} beside it", words(object)),
            statement: Some(removal(object)),
        });
        Ok(missing.chain(beside).collect())
    }

    /// What is wrong with the file, or else with its schema; none if nothing is.
    pub(crate) fn first_damage(&mut self) -> Result<Option<String>> {
        match self.integrity_errors()?.into_iter().next() {
            Some(damage) => Ok(Some(damage)),
            None => self.altered_schema(),
        }
    }

    /// What of the schema is missing, or reads otherwise than the program makes it.
    fn altered_schema(&mut self) -> Result<Option<String>> {
        if let Db::Postgres(_) = self {
            return Ok(None);
        }
        let (wanted, found) = (fresh()?, self.read(objects)?);
        let altered = wanted.iter().find(|(object, statement)| found.get(object) != Some(statement));
        Ok(altered.map(|(object, _)| format!("the {} is not as it was made", words(object))))
    }
}

/// The schema of a new file.
fn fresh() -> Result<Objects> {
    Db::Sqlite(Box::new(sqlite::Database::nowhere()?)).write(Ending::Rollback, |tx| {
        tx.lay_out()?;
        objects(tx)
    })
}

/// What one has and the other has not; of a table that the other has not, the columns are not named.
fn beyond<'a>(
    one: &'a Objects, other: &'a Objects,
) -> impl Iterator<Item = (&'a Object, &'a Option<String>)> {
    let is_alone = |(kind, table, _): &Object| {
        kind != "column" || other.keys().any(|(kind, name, _)| kind == "table" && name == table)
    };
    one.iter().filter(move |(object, _)| !other.contains_key(*object) && is_alone(object))
}

fn words((kind, name, column): &Object) -> String {
    if kind == "column" { format!("column `{name}.{column}`") } else { format!("{kind} `{name}`") }
}

fn removal((kind, name, _): &Object) -> String {
    format!("DROP {} \"{}\"", kind.to_uppercase(), name.replace('"', "\"\""))
}

fn objects(tx: &mut Tx<'_>) -> Result<Objects> {
    let text = "SELECT type AS kind, name, '' AS detail, sql AS statement FROM sqlite_schema
        WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'
        UNION ALL
        SELECT 'column', owner.name, col.name, NULL FROM sqlite_schema AS owner, pragma_table_info(owner.name) AS col
        WHERE owner.type = 'table' AND owner.name NOT LIKE 'sqlite!_%' ESCAPE '!'";
    let all = tx.all(text, params![], |row| {
        Ok(((row.get("kind")?, row.get("name")?, row.get("detail")?), row.get("statement")?))
    })?;
    Ok(all.into_iter().collect())
}
