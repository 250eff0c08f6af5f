//! Where the start of a run goes: what every program costs, this one without a database, and reading the schema of one. The others are a
//! program that does nothing and the shell.

use std::process::Command;

use crate::pair::{caredesk, compare, has_shell, whole};
use crate::town::Town;

const PAIRS: usize = 60;

pub(crate) fn run() {
    if !has_shell() {
        return;
    }
    let town = Town::new();
    let database = town.empty("empty.db");
    let ours = |words: &[&str]| whole(caredesk(&database).args(words));
    let shell = |words: &[&str]| whole(Command::new("sqlite3").args(words));
    let file = database.to_str().unwrap_or_default();
    compare(
        "sqlite3 --version / true",
        2.0,
        PAIRS,
        |_| shell(&["--version"]),
        |_| whole(&mut Command::new("true")),
    );
    compare("--version / sqlite3 --version", 1.0, PAIRS, |_| ours(&["--version"]), |_| shell(&["--version"]));
    let schema = "SELECT count(*) FROM sqlite_schema";
    compare(
        "the shell that reads the schema / sqlite3 --version",
        2.0,
        PAIRS,
        |_| shell(&[file, schema]),
        |_| shell(&["--version"]),
    );
    compare(
        "whoami / the shell that reads the schema",
        1.0,
        PAIRS,
        |_| ours(&["whoami"]),
        |_| shell(&[file, schema]),
    );
}
