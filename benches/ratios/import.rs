//! `provider import` of a real directory, audit included, against the sqlite3 shell's `.import` of the same rows into the
//! same tables and indexes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rusqlite::Connection;

use crate::pair::{caredesk, compare, has_shell, tell, whole};
use crate::town::{Town, open};

const PAIRS: usize = 10;
const TABLES: [&str; 5] = ["provider", "resource", "phone", "address", "audit"];

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
    let shell = for_the_shell(&town, &empty, &TABLES, fill, as_stored);
    let (ours, theirs) = (town.path("ours.db"), town.path("theirs.db"));
    compare(
        "provider import, audit included / sqlite3 .import of the same rows into the same tables and indexes",
        1.0,
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

/// What the shell needs to do the same: a database with the same tables and indexes, empty, and its script, which reads the
/// rows into them.
pub(crate) struct Shell {
    pub(crate) tables: PathBuf,
    pub(crate) script: PathBuf,
}

/// Imports once with `fill` and writes these tables out as CSV, each into a file of its name, by the query that `rows` gives.
///
/// `.import` knows only text, so these tables are not STRICT and a key is sixteen letters instead of sixteen bytes.
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
            target
                .execute_batch(&statement.expect("text").replace(") STRICT", ")"))
                .expect("the same table or index");
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

/// A query for all rows of a table in the order in which they were written.
fn as_stored(source: &Connection, table: &str) -> String {
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
