//! `provider import` of a real directory, audit included, against the sqlite3 shell's `.import` of the same rows into the
//! same tables and indexes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rusqlite::Connection;

use crate::pair::{caredesk, compare, has_shell, tell, whole};
use crate::town::{Town, open};

const PAIRS: usize = 10;

/// Where the real data is, as the tests look for it.
pub(crate) fn directory() -> Option<PathBuf> {
    let data = std::env::var_os("CAREDESK_TEST_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from);
    let folder = data.join("hsds1-baltimore-icarol");
    if folder.is_dir() {
        return Some(folder);
    }
    tell(&format!(
        "SKIPPED: there is no directory at {} (CAREDESK_TEST_DATA names another place)",
        folder.display()
    ));
    None
}

pub(crate) fn run() {
    let Some(directory) = directory().filter(|_| has_shell()) else { return };
    let town = Town::new();
    let empty = town.empty("empty.db");
    let fill = |database: &Path| {
        whole(caredesk(database).args(["provider", "import", "--keep-going"]).arg(&directory));
    };
    let tables = filled_by(&town, &empty, fill);
    let tables: Vec<&str> = tables.iter().map(String::as_str).collect();
    let shell = for_the_shell(&town, &empty, &tables, fill, as_stored);
    let (ours, theirs) = (town.path("ours.db"), town.path("theirs.db"));
    compare(
        "provider import, audit included / sqlite3 .import of the same rows into the same tables and indexes",
        0.9,
        PAIRS,
        |_| {
            fs::copy(&empty, &ours).expect("a fresh copy");
            whole(caredesk(&ours).args(["provider", "import", "--keep-going"]).arg(&directory))
        },
        |_| {
            fs::copy(&shell.tables, &theirs).expect("a fresh copy");
            whole(Command::new("sqlite3").arg(&theirs).arg(format!(".read {}", shell.script.display())))
        },
    );
}

/// The tables that `fill` writes into, from what they hold before and after.
fn filled_by(town: &Town, empty: &Path, fill: impl Fn(&Path)) -> Vec<String> {
    let filled = town.path("counted.db");
    fs::copy(empty, &filled).expect("a copy");
    fill(&filled);
    let (before, after) = (open(empty), open(&filled));
    let mut names = after
        .prepare(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
        )
        .expect("the schema");
    let names = names.query_map([], |row| row.get::<_, String>(0)).expect("tables");
    let rows = |database: &Connection, name: &str| {
        let count = format!("SELECT count(*) FROM {name}");
        database.query_row(&count, [], |row| row.get::<_, i64>(0)).expect("a count")
    };
    names.map(|name| name.expect("a name")).filter(|name| rows(&after, name) > rows(&before, name)).collect()
}

/// What the shell needs to do the same: a database with the same tables and indexes, empty, and its script, which reads the
/// rows into them.
pub(crate) struct Shell {
    pub(crate) tables: PathBuf,
    pub(crate) script: PathBuf,
}

/// Imports once with `fill` and writes these tables out as CSV, each into a file of its name, by the query that `rows` gives.
///
/// `.import` knows only text, so these tables are not STRICT, a key is sixteen letters instead of sixteen bytes, and what has
/// no value is an empty text.
pub(crate) fn for_the_shell(
    town: &Town, empty: &Path, names: &[&str], fill: impl Fn(&Path),
    rows: impl Fn(&Connection, &str) -> String,
) -> Shell {
    let filled = town.path("filled.db");
    fs::copy(empty, &filled).expect("a copy");
    fill(&filled);
    let (tables, source) = (town.path("tables.db"), open(&filled));
    let target = open(&tables);
    target.execute_batch("PRAGMA journal_mode = WAL").expect("the same journal");
    let mut script = String::from("PRAGMA synchronous = FULL;\n");
    for table in names {
        let mut schema = source
            .prepare("SELECT sql FROM sqlite_master WHERE tbl_name = $1 AND sql IS NOT NULL")
            .expect("a schema");
        let statements = schema.query_map([*table], |row| row.get::<_, String>(0)).expect("statements");
        for statement in statements {
            target.execute_batch(&of_text(&statement.expect("text"))).expect("the same table or index");
        }
        let file = town.path(&format!("{table}.csv"));
        let written = Command::new("sqlite3")
            .arg("-csv")
            .arg(&filled)
            .arg(rows(&source, table))
            .output()
            .expect("the shell writes");
        fs::write(&file, written.stdout).expect("a file");
        script += &format!(".import --csv {} {table}\n", file.display());
    }
    let path = town.path("import.sql");
    fs::write(&path, script).expect("a file");
    Shell { tables, script: path }
}

fn of_text(schema: &str) -> String {
    let in_words = [
        (") STRICT, WITHOUT ROWID", ") WITHOUT ROWID"),
        (") STRICT", ")"),
        ("IS NOT NULL", "<> ''"),
        ("IS NULL", "= ''"),
        ("IN ('status', 'absence')", "IN ('', 'status', 'absence')"),
        ("weekday BETWEEN", "weekday = '' OR weekday BETWEEN"),
    ];
    in_words.iter().fold(schema.to_owned(), |text, (strict, plain)| text.replace(strict, plain))
}

/// A query for all rows of a table in the order in which they were written.
pub(crate) fn as_stored(source: &Connection, table: &str) -> String {
    let columns: Vec<String> = in_letters(source, table).into_iter().map(|(_, text)| text).collect();
    format!("SELECT {} FROM {table}", columns.join(", "))
}

/// The columns of a table, and how each is written: its keys in sixteen letters.
pub(crate) fn in_letters(source: &Connection, table: &str) -> Vec<(String, String)> {
    let mut info = source.prepare(&format!("PRAGMA table_info({table})")).expect("columns");
    let columns =
        info.query_map([], |row| Ok((row.get::<_, String>(1)?, row.get::<_, String>(2)?))).expect("columns");
    let written = columns.map(|column| {
        let (name, kind) = column.expect("a column");
        let plain = format!("{table}.{name}");
        (name, if kind == "BLOB" { format!("substr(hex({plain}), 1, 16)") } else { plain })
    });
    written.collect()
}
