//! The triggers that keep rows, made from the columns that a table has.
//!
//! The number of the next entry of the audit trail stands for the change: the transaction appends its entries after it.

use std::collections::HashSet;

use super::Versioned;
use crate::db::{Column, Tx, params};
use crate::error::Result;

/// Begins the name of each trigger, and of the function that they run on PostgreSQL.
const NAME: &str = "row_version";

const NEXT_ENTRY: &str = "COALESCE(MAX(sequence), 0) + 1";

/// One function for all tables; no column is called as its rows are. The arguments of its trigger are the columns of the key, and those that are not kept.
const FUNCTION: &str = "
CREATE OR REPLACE FUNCTION row_version() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    first TEXT := TG_ARGV[0];
    second TEXT := NULLIF(TG_ARGV[1], '');
    next BIGINT := (SELECT COALESCE(MAX(sequence), 0) + 1 FROM audit);
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO row_version (name, row_key, entry, before)
        SELECT TG_TABLE_NAME, concat_ws(' ', to_jsonb(old_row) ->> first, to_jsonb(old_row) ->> second), next,
            CAST(to_jsonb(old_row) - CAST(TG_ARGV[2] AS TEXT[]) AS TEXT)
        FROM old_row ON CONFLICT DO NOTHING;
    END IF;
    IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE' AND second IS NOT NULL THEN
        INSERT INTO row_version (name, row_key, entry)
        SELECT TG_TABLE_NAME, concat_ws(' ', to_jsonb(new_row) ->> first, to_jsonb(new_row) ->> second), next
        FROM new_row ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
";

/// The tables whose rows a transaction keeps on SQLite, and those of which it does so already.
pub(in crate::db) struct Keeping {
    tables: &'static [Versioned],
    begun: HashSet<(&'static str, Verb)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Verb {
    Insert,
    Update,
    Delete,
}

impl Verb {
    fn name(self) -> &'static str {
        match self {
            Verb::Insert => "insert",
            Verb::Update => "update",
            Verb::Delete => "delete",
        }
    }
}

impl Tx<'_> {
    /// Lets a server keep from now on what the rows of these tables were before they are changed.
    pub(crate) fn install_versions(&mut self, tables: &[Versioned]) -> Result<()> {
        if self.is_sqlite() {
            return Ok(());
        }
        let triggers: String = tables.iter().map(postgres_triggers).collect();
        self.script(&format!("{FUNCTION}{triggers}"))
    }

    /// The same on SQLite, in this transaction: the schema is read by each run, and triggers in it would double the time that
    /// this takes. So they are those of a connection, made for each table when it is first changed.
    pub(crate) fn keep_versions(&mut self, tables: &'static [Versioned]) {
        if self.is_sqlite() {
            self.keeping = Some(Keeping { tables, begun: HashSet::new() });
        }
    }

    /// Makes the triggers that a statement needs.
    pub(in crate::db) fn keep_rows_of(&mut self, sql: &str) -> Result<()> {
        let Some(keeping) = &mut self.keeping else { return Ok(()) };
        let Some((verbs, name)) = verbs_and_table(sql) else { return Ok(()) };
        let Some(table) = keeping.tables.iter().find(|table| table.table == name) else { return Ok(()) };
        let new: Vec<Verb> =
            verbs.iter().copied().filter(|verb| keeping.begun.insert((table.table, *verb))).collect();
        if new.is_empty() {
            return Ok(());
        }
        let columns = self.columns_of(table.table)?;
        let triggers = new.into_iter().map(|verb| sqlite_trigger(table, &columns, verb));
        self.script(&triggers.collect::<String>())
    }

    /// Before the schema changes: a trigger names columns.
    pub(in crate::db) fn drop_version_triggers(&mut self) -> Result<()> {
        if self.is_sqlite() {
            return Ok(());
        }
        let sql = "SELECT CAST(tgname AS TEXT) AS name, CAST(tgrelid::regclass AS TEXT) AS owner FROM pg_trigger
            WHERE NOT tgisinternal AND tgname LIKE 'row!_version%' ESCAPE '!' AND tgrelid IN (
                SELECT oid FROM pg_class WHERE relnamespace = to_regnamespace(CAST(current_schema() AS TEXT)))";
        let drops = self.all(sql, params![], |row| {
            let (name, owner): (String, String) = (row.get("name")?, row.get("owner")?);
            Ok(format!("DROP TRIGGER {name} ON {owner};\n"))
        })?;
        self.script(&drops.concat())
    }
}

/// What a statement may do to the rows of which table; none if it only reads.
fn verbs_and_table(sql: &str) -> Option<(&'static [Verb], &str)> {
    let code = sql.lines().map(str::trim_start).find(|line| !line.is_empty() && !line.starts_with("--"))?;
    let mut words = code.split_whitespace();
    match words.next()? {
        "UPDATE" => Some((&[Verb::Update], words.next()?)),
        "DELETE" => Some((&[Verb::Delete], words.nth(1)?)),
        "INSERT" if sql.contains("DO UPDATE") => Some((&[Verb::Insert, Verb::Update], words.nth(1)?)),
        "INSERT" => Some((&[Verb::Insert], words.nth(1)?)),
        _ => None,
    }
}

fn sqlite_trigger(table: &Versioned, columns: &[Column], verb: Verb) -> String {
    let name = table.table;
    let keep = |of: &str, before: &str| {
        let key = sqlite_key(table, columns, of);
        format!(
            "INSERT INTO row_version (name, row_key, entry, before) SELECT '{name}', {key}, {NEXT_ENTRY}, {before} \
             FROM audit WHERE TRUE ON CONFLICT DO NOTHING; "
        )
    };
    let mut body = String::new();
    if verb != Verb::Insert {
        let kept = columns.iter().filter(|(column, _)| !table.without.contains(&column.as_str()));
        let pair =
            |(column, kind): &Column| format!("'{column}', {}", sqlite_value(&format!("OLD.{column}"), kind));
        let pairs: Vec<String> = kept.map(pair).collect();
        body += &keep("OLD", &format!("JSON_OBJECT({})", pairs.join(", ")));
    }
    // A change of its key ends one row and begins another.
    if verb == Verb::Insert || verb == Verb::Update && table.key.len() > 1 {
        body += &keep("NEW", "NULL");
    }
    let verb = verb.name();
    format!(
        "CREATE TEMP TRIGGER IF NOT EXISTS {NAME}_{name}_{verb} AFTER {verb} ON main.{name} BEGIN {body}END;\n"
    )
}

fn postgres_triggers(table: &Versioned) -> String {
    let name = table.table;
    let [first, second] = [0, 1].map(|place| table.key.get(place).copied().unwrap_or_default());
    let without = table.without.join(",");
    let trigger = |verb: &str, rows: &str| {
        format!(
            "CREATE TRIGGER {NAME}_{} AFTER {verb} ON {name} REFERENCING {rows} FOR EACH STATEMENT \
             EXECUTE FUNCTION row_version('{first}', '{second}', '{{{without}}}');\n",
            verb.to_lowercase()
        )
    };
    let (was, became) = ("OLD TABLE AS old_row", "NEW TABLE AS new_row");
    [trigger("INSERT", became), trigger("UPDATE", &format!("{was} {became}")), trigger("DELETE", was)]
        .concat()
}

/// The key of a row as a text; `of` says whose columns are meant.
pub(super) fn sqlite_key(table: &Versioned, columns: &[Column], of: &str) -> String {
    let part = |key: &&str| {
        let kind = columns.iter().find(|(name, _)| name == key).map_or("", |(_, kind)| kind.as_str());
        sqlite_value(&format!("{of}.{key}"), kind)
    };
    table.key.iter().map(part).collect::<Vec<_>>().join(" || ' ' || ")
}

/// As JSON takes it: bytes become hexadecimal digits.
fn sqlite_value(column: &str, kind: &str) -> String {
    if kind == "BLOB" {
        format!("CASE WHEN {column} IS NOT NULL THEN HEX({column}) END")
    } else {
        column.to_owned()
    }
}
