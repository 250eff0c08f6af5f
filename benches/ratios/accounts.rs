//! `account import` of 100,000 portal accounts with permissions and resources, audit included, against others that put the
//! same rows into the same tables and indexes: the sqlite3 shell's `.import`, and where they are installed sqlite-utils
//! and Django. All read the accounts in the order of one file; to bring them into a better order is part of the work.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rusqlite::Connection;

use crate::import::{as_stored, for_the_shell, in_letters};
use crate::pair::{caredesk, compare, has_shell, tell, whole};
use crate::town::{Town, open};

const PAIRS: usize = 6;
const ACCOUNTS: u64 = 100_000;
const RESOURCES: u64 = 2_000;
const TABLES: [&str; 4] = ["account", "account_permission", "account_resource", "audit"];
/// What the import keeps so that `--at` and `undo` go back, which is as much again.
const KEPT: [&str; 2] = ["row_version", "operation_insert"];

pub(crate) fn run() {
    if !has_shell() {
        return;
    }
    let town = Town::new();
    let empty = with_resources(&town);
    let file = accounts(&town);
    let import = |database: &Path| whole(caredesk(database).args(["account", "import"]).arg(&file));
    let fill = |database: &Path| {
        import(database);
        number_lines(database);
    };
    let shell = for_the_shell(&town, &empty, &[&TABLES[..], &KEPT].concat(), fill, by_line);
    let without_kept = town.path("without_kept.sql");
    fs::write(&without_kept, without(&KEPT, &shell.script)).expect("a script");
    let (ours, theirs) = (town.path("ours.db"), town.path("theirs.db"));
    let against = |what: &str, goal: f64, peer: &dyn Fn() -> Command| {
        compare(
            &format!("account import of 100,000, audit included / {what}"),
            goal,
            PAIRS,
            |_| {
                fresh(&empty, &ours);
                import(&ours)
            },
            |_| {
                fresh(&shell.tables, &theirs);
                whole(&mut peer())
            },
        );
    };
    for (what, goal, script) in [
        (
            "sqlite3 .import of accounts, rights and audit into the same tables and indexes",
            0.7,
            &without_kept,
        ),
        ("sqlite3 .import of all rows that it writes", 0.5, &shell.script),
    ] {
        against(what, goal, &|| {
            let mut command = Command::new("sqlite3");
            command.arg(&theirs).arg(format!(".read {}", script.display()));
            command
        });
    }
    for (module, text, goal) in [("sqlite_utils", SQLITE_UTILS, 1.0 / 15.0), ("django", DJANGO, 1.0 / 6.0)] {
        if has_module(module) {
            let script = town.path(&format!("with_{module}.py"));
            fs::write(&script, text).expect("a script");
            against(&format!("{module}, accounts, rights and audit"), goal, &|| {
                let mut command = Command::new("python3");
                command
                    .arg(&script)
                    .arg(&theirs)
                    .args(TABLES.map(|table| town.path(&format!("{table}.csv"))));
                command
            });
        }
    }
}

/// The lines of a script for the shell but those that fill these tables.
fn without(tables: &[&str], script: &Path) -> String {
    let text = fs::read_to_string(script).expect("a script");
    let fills = |line: &str| tables.iter().any(|table| line.trim_end().ends_with(table));
    text.split_inclusive('\n').filter(|line| !fills(line)).collect()
}

/// A copy without the log that the one before it left.
fn fresh(from: &Path, to: &Path) {
    for ending in ["-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{ending}", to.display()));
    }
    fs::copy(from, to).expect("a fresh copy");
}

fn has_module(module: &str) -> bool {
    let mut python = Command::new("python3");
    python.args(["-c", &format!("import {module}")]).stdout(Stdio::null()).stderr(Stdio::null());
    let found = python.status().is_ok_and(|status| status.success());
    if !found {
        tell(&format!("SKIPPED: python3 has no module {module} (pip install {})", module.replace('_', "-")));
    }
    found
}

/// A database with providers, each with its agency record. Ids differ in their first bytes, since only those are written
/// out for the shell.
fn with_resources(town: &Town) -> PathBuf {
    let path = town.empty("empty.db");
    let counted = format!(
        "WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < {RESOURCES})"
    );
    let text = format!(
        "INSERT INTO provider (id, code, name, name_key, active)
         {counted} SELECT CAST(printf('%08dprovider', value) AS BLOB), printf('PRV-%06d', value), 'Provider ' || value,
             'provider ' || value, 1 FROM n;
         INSERT INTO resource (id, code, provider_id, kind, name, name_key, state)
         {counted} SELECT CAST(printf('%08dresource', value) AS BLOB), printf('RES-%06d', value),
             CAST(printf('%08dprovider', value) AS BLOB), 'agency', 'Provider ' || value, 'provider ' || value, 'active' FROM n;
         PRAGMA wal_checkpoint(TRUNCATE);"
    );
    open(&path).execute_batch(&text).expect("resources");
    path
}

/// Logins come in no order, as those of people do.
fn login_of(line: u64) -> u64 {
    line * 48_271 % ACCOUNTS
}

/// On which line of the file each login is, for [`by_line`].
fn number_lines(database: &Path) {
    let mut connection = open(database);
    let tx = connection.transaction().expect("a transaction");
    tx.execute_batch("CREATE TABLE position (login TEXT PRIMARY KEY, line INTEGER)").expect("a table");
    for line in 0..ACCOUNTS {
        let login = format!("person.{}", login_of(line));
        tx.prepare_cached("INSERT INTO position VALUES (?1, ?2)")
            .and_then(|mut insert| insert.execute((login, i64::try_from(line).unwrap_or(0))))
            .expect("a row");
    }
    tx.commit().expect("an end");
}

/// A query for the rows of a table in the order of the file, whose keys rise in that order too.
fn by_line(source: &Connection, table: &str) -> String {
    if KEPT.contains(&table) {
        return as_stored(source, table);
    }
    let columns = in_letters(source, table).into_iter().map(|(name, text)| match (table, name.as_str()) {
        ("account", "id") | (_, "account_id") => "printf('%016x', position.line)".to_owned(),
        (_, "sequence") => "position.line + 2".to_owned(),
        _ => text,
    });
    let from = match table {
        "account" => "account JOIN position ON position.login = account.login".to_owned(),
        "audit" => "audit JOIN position ON position.login = audit.subject".to_owned(),
        table => format!(
            "{table} JOIN account ON account.id = {table}.account_id JOIN position ON position.login = account.login"
        ),
    };
    let columns: Vec<String> = columns.collect();
    format!("SELECT {} FROM {from} ORDER BY position.line, {table}.rowid", columns.join(", "))
}

/// The table to import.
fn accounts(town: &Town) -> PathBuf {
    let mut text = String::from("login,name,email,level,permissions,resources\n");
    for line in 0..ACCOUNTS {
        let login = login_of(line);
        let resource = |by: u64| login * by % RESOURCES + 1;
        writeln!(
            text,
            "person.{login},Person {login},person.{login}@example.org,provider-portal,change-status;respond-packages,\
             RES-{:06};RES-{:06}",
            resource(7),
            resource(11) % RESOURCES + 1
        )
        .expect("a line");
    }
    let path = town.path("accounts.csv");
    fs::write(&path, text).expect("a file");
    path
}

/// The database, then the tables as CSV files named after them.
const SQLITE_UTILS: &str = r#"
import csv, os, sys
import sqlite_utils
database = sqlite_utils.Database(sys.argv[1])
database.execute("PRAGMA synchronous = FULL")
for path in sys.argv[2:]:
    table = os.path.basename(path)[:-4]
    columns = [column.name for column in database[table].columns]
    with open(path, newline="") as rows, database.conn:
        database[table].insert_all((dict(zip(columns, row)) for row in csv.reader(rows)), batch_size=1000)
"#;

const DJANGO: &str = r#"
import csv, os, sys
import django
from django.conf import settings
settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": sys.argv[1]}})
django.setup()
from django.db import connection, models, transaction
def model(table):
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    fields = {name: models.TextField(null=True, primary_key=name == columns[0]) for name in columns}
    meta = type("Meta", (), {"app_label": "bench", "db_table": table, "managed": False})
    return columns, type(table, (models.Model,), {"__module__": "bench", "Meta": meta, **fields})
# The shell does not check references either: the tables of what is referred to are not there.
connection.disable_constraint_checking()
with connection.cursor() as cursor:
    cursor.execute("PRAGMA synchronous = FULL")
with transaction.atomic():
    for path in sys.argv[2:]:
        columns, kind = model(os.path.basename(path)[:-4])
        with open(path, newline="") as rows:
            made = [kind(**dict(zip(columns, row))) for row in csv.reader(rows)]
        kind.objects.bulk_create(made, batch_size=1000)
"#;
