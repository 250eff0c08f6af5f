//! A program that is too old for a database or a backup.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::town::{dump, settle};
use crate::world::{Engine, World};

/// Of each sort of command some.
const LINES: &[&str] = &[
    "",
    "whoami",
    "package list",
    "package list --at 2026-11-22",
    "client create --given Ada --family Brook",
    "client create --given Ada --family Brook --dry-run",
    "outsource delete x --yes",
    "--as acme package list",
    "report referrals",
    "find acme",
    "export out",
    "audit list",
    "audit verify",
    "undo",
    "alert send --dir out",
    "account set-password stan --password-file password",
    "batch lines",
    "shell",
    "database migrate",
    "database check",
    "database stats",
    "database vacuum",
    "database backup new.zip",
    "database copy other.db",
    "database restore good.zip --yes",
    "doctor",
    "init",
];

/// As a program leaves it that does not yet exist.
pub fn make_newer(world: &World) {
    let step = "INSERT INTO schema_migration (version, name) VALUES (99, 'later')";
    world.sql(&format!("UPDATE setting SET value = '9.8.7' WHERE name = 'program'; {step}"));
    world.sqlite("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)");
}

// Rules 4.7, 7.81: whatever is asked of it, a program that is too old says which is not, and touches nothing.
both_engines!(a_newer_database_is_refused_and_left_alone, |world| {
    settle(world);
    world.ok("database backup good.zip");
    world.write("password", "a new secret\n");
    world.write("lines", "client create --given Ada --family Brook\n");
    make_newer(world);
    let (before, files) = (dump(world), files(world));
    for line in LINES {
        let answer = world.run_json(line);
        assert_eq!((answer.status, answer.stdout.as_str()), (8, ""), "{line}: {answer:?}");
        let error: Value = serde_json::from_str(answer.stderr.lines().last().unwrap()).unwrap();
        let [code, hint] = ["code", "hint"].map(|key| error["error"][key].as_str().unwrap());
        assert_eq!(code, "database.too_new", "{line}");
        assert!(hint.starts_with("use caredesk 9.8.7 or a newer one"), "{line}: {hint}");
        assert!(dump(world) == before, "{line}");
    }
    assert!(self::files(world) == files);
});

/// Each file in the world with its bytes, but for those that hold what others read meanwhile.
fn files(world: &World) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(world.path("")).unwrap().map(|entry| entry.unwrap().path());
    let named = entries
        .filter(|path| path.is_file())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()));
    named
        .filter(|(name, bytes)| !(name.ends_with("-shm") || name.ends_with("-wal") && bytes.is_empty()))
        .collect()
}

// Rule 7.81: what the database says of its program is no sentence of ours.
one_engine!(a_version_is_not_repeated_that_is_none, |world| {
    settle(world);
    make_newer(world);
    world.sql("UPDATE setting SET value = 'x`\n\u{1b}[2J rm -r' WHERE name = 'program'");
    let answer = world.run("whoami");
    assert!(answer.stderr.contains("use caredesk NEWER or"), "{answer:?}");
    world.sql("DELETE FROM setting WHERE name = 'program'");
    let answer = world.run("whoami");
    assert_eq!(answer.status, 8);
    assert!(answer.stderr.contains("use the newer program"), "{answer:?}");
    assert_eq!(world.engine(), Engine::Sqlite);
});
