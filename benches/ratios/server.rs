//! The same rows on PostgreSQL: `init` makes the schema, and each table is copied from a file as it is.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use postgres::{Client, NoTls};
use rusqlite::types::ValueRef;

use crate::pair::{caredesk, tell};
use crate::town::open;

/// Where a server is that databases may be made on, by an account that may switch triggers off: an address without the name
/// of a database.
const SERVER: &str = "CAREDESK_BENCH_POSTGRES";

/// Its address, if there is one.
pub(crate) fn server() -> Option<String> {
    let address = std::env::var(SERVER).ok();
    if address.is_none() {
        tell(&format!(
            "SKIPPED on PostgreSQL: {SERVER} names no server, such as postgres://user@127.0.0.1:5432"
        ));
    }
    address
}

/// A database with the rows of a file; one of that name is made anew.
pub(crate) fn copied(server: &str, name: &str, file: &Path) -> PathBuf {
    let mut base = Client::connect(&format!("{server}/postgres"), NoTls).expect("the server answers");
    base.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).expect("the old one goes");
    base.batch_execute(&format!("CREATE DATABASE {name}")).expect("a database");
    let address = PathBuf::from(format!("{server}/{name}"));
    let made = caredesk(&address).args(["init", "--admin", "bench"]).output().expect("it starts");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let mut to = Client::connect(&format!("{server}/{name}"), NoTls).expect("the database answers");
    to.batch_execute("SET session_replication_role = replica").expect("no triggers");
    for table in tables(&mut to) {
        copy(&open(file), &mut to, &table);
    }
    to.batch_execute("VACUUM ANALYZE").expect("statistics");
    address
}

fn tables(to: &mut Client) -> Vec<String> {
    let all =
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_migration'";
    to.query(all, &[]).expect("tables").iter().map(|row| row.get(0)).collect()
}

fn copy(from: &rusqlite::Connection, to: &mut Client, table: &str) {
    let known = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = $1";
    if !from.prepare(known).and_then(|mut found| found.exists([table])).expect("a table or none") {
        return;
    }
    let columns = columns(to, table);
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let names = names.join(", ");
    to.batch_execute(&format!("DELETE FROM {table}")).expect("it is empty");
    let mut writer = to.copy_in(&format!("COPY {table} ({names}) FROM STDIN")).expect("a copy begins");
    let mut read = from.prepare(&format!("SELECT {names} FROM {table}")).expect("the same columns");
    let mut rows = read.query([]).expect("rows");
    while let Some(row) = rows.next().expect("a row") {
        let cells: Vec<String> = columns
            .iter()
            .enumerate()
            .map(|(at, (_, kind))| cell(row.get_ref(at).expect("a cell"), kind))
            .collect();
        writeln!(writer, "{}", cells.join("\t")).expect("it is sent");
    }
    writer.finish().expect("a copy ends");
}

/// Names and types.
fn columns(to: &mut Client, table: &str) -> Vec<(String, String)> {
    let of = "SELECT column_name::text, data_type::text FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position";
    to.query(of, &[&table]).expect("columns").iter().map(|row| (row.get(0), row.get(1))).collect()
}

/// A value in the text format of COPY.
fn cell(value: ValueRef<'_>, kind: &str) -> String {
    match value {
        ValueRef::Null => "\\N".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text)
            .replace('\\', "\\\\")
            .replace('\t', "\\t")
            .replace('\n', "\\n")
            .replace('\r', "\\r"),
        ValueRef::Blob(bytes) => {
            let mut text = String::from(if kind == "bytea" { "\\\\x" } else { "" });
            for byte in bytes {
                let _ = write!(text, "{byte:02x}");
            }
            text
        }
    }
}

/// A command on that database.
pub(crate) fn at(address: &Path, line: &str) -> Command {
    let mut command = caredesk(address);
    command.args(line.split(' '));
    command
}
