//! The triggers that keep rows, made from the columns that a table has.
//!
//! The number of the next entry of the audit trail stands for the change: the transaction appends its entries after it.

use super::Versioned;
use crate::db::columns::{Column, sqlite_json, sqlite_json_value};
use crate::db::text::{Verb, verb_and_table};
use crate::db::{Engine, Tx, params, sqlite};
use crate::error::Result;

/// Begins the name of each trigger, and of the function that they run on PostgreSQL.
const NAME: &str = "row_version";

const NEXT_ENTRY: &str = "COALESCE(MAX(sequence), 0) + 1";

/// One function for all tables; no column is called as its rows are. The arguments of its trigger are the columns of the key, and
/// those that are not kept.
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

/// The tables whose rows a transaction keeps on SQLite.
pub(in crate::db) struct Keeping {
    tables: &'static [Versioned],
}

impl Keeping {
    /// What a statement does to which of the tables.
    fn table_of(&self, sql: &str) -> Option<(Verb, &'static Versioned)> {
        let (verb, name) = verb_and_table(sql)?;
        self.tables.iter().find(|table| table.table == name).map(|table| (verb, table))
    }
}

/// From so many rows of a statement on, they are kept by one more. What adds few, often many times, leaves it to a trigger.
const MANY: usize = 32;

/// Where rows were added to a table.
pub(in crate::db) struct Added {
    table: &'static Versioned,
    /// The number of the row before them.
    last: i64,
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
            self.keeping = Some(Keeping { tables });
        }
    }

    /// Makes the triggers that a statement needs.
    pub(in crate::db) fn keep_rows_of(&mut self, sql: &str) -> Result<()> {
        let (Some(keeping), Engine::Sqlite(session)) = (&self.keeping, &mut self.engine) else {
            return Ok(());
        };
        let Some((verb, table)) = keeping.table_of(sql) else { return Ok(()) };
        // Where a row is there already, an INSERT may change it.
        let updates = verb == Verb::Insert && sql.contains("DO UPDATE");
        let mut new: Vec<Verb> = if updates { vec![verb, Verb::Update] } else { vec![verb] };
        new.retain(|verb| session.lacks(table.table, *verb));
        if new.is_empty() {
            return Ok(());
        }
        let columns = self.columns_of(table.table)?;
        let triggers = new.into_iter().map(|verb| sqlite_trigger(table, &columns, verb));
        self.script(&triggers.collect::<String>())
    }

    /// Before a statement adds so many rows to a table on SQLite: the number of its last row. A trigger takes five times as long as one
    /// statement that keeps them all. None where there is a trigger already, or is to be one.
    pub(in crate::db) fn begin_adding(&mut self, sql: &str, rows: usize) -> Result<Option<Added>> {
        let (Some(keeping), Engine::Sqlite(session)) = (&self.keeping, &self.engine) else { return Ok(None) };
        let Some((Verb::Insert, table)) = keeping.table_of(sql) else { return Ok(None) };
        if rows < MANY || sql.contains("DO UPDATE") || session.has(table.table, Verb::Insert) {
            return Ok(None);
        }
        let sql = format!("SELECT COALESCE(MAX(rowid), 0) AS last FROM {}", table.table);
        let last = self.first(&sql, params![], |row| row.get("last"))?.unwrap_or_default();
        Ok(Some(Added { table, last }))
    }

    /// Keeps that the rows behind it were not there.
    pub(in crate::db) fn keep_added(&mut self, Added { table, last }: &Added) -> Result<()> {
        let name = table.table;
        let key = sqlite_key(table, &self.columns_of(name)?, name);
        let sql = format!(
            "INSERT INTO row_version (name, row_key, entry) SELECT '{name}', {key}, (SELECT {NEXT_ENTRY} FROM audit) \
             FROM {name} WHERE rowid > $1 ON CONFLICT DO NOTHING"
        );
        // As a trigger does it, it is no part of what a command changes.
        self.guard(|engine| match engine {
            Engine::Sqlite(session) => sqlite::run(session, &sql, params![*last]).map(drop),
            Engine::Postgres(_) => Ok(()),
        })
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
        body += &keep("OLD", &sqlite_json(kept, "OLD."));
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
    let (old, new) = ("OLD TABLE AS old_row", "NEW TABLE AS new_row");
    let trigger = |verb: Verb| {
        let rows = match verb {
            Verb::Insert => new.to_owned(),
            Verb::Update => format!("{old} {new}"),
            Verb::Delete => old.to_owned(),
        };
        let verb = verb.name();
        format!(
            "CREATE TRIGGER {NAME}_{verb} AFTER {verb} ON {name} REFERENCING {rows} FOR EACH STATEMENT \
             EXECUTE FUNCTION row_version('{first}', '{second}', '{{{without}}}');\n"
        )
    };
    [Verb::Insert, Verb::Update, Verb::Delete].map(trigger).concat()
}

/// The key of a row as a text; `of` says whose columns are meant.
pub(super) fn sqlite_key(table: &Versioned, columns: &[Column], of: &str) -> String {
    let part = |key: &&str| {
        let kind = columns.iter().find(|(name, _)| name == key).map_or("", |(_, kind)| kind.as_str());
        sqlite_json_value(&format!("{of}.{key}"), kind)
    };
    table.key.iter().map(part).collect::<Vec<_>>().join(" || ' ' || ")
}
