//! The checks of the file, the server and the trail.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use super::diagnosis;
use crate::space::leave_room;
use crate::town::{dump, settle, verified};
use crate::world::{Engine, World, tell};

/// Runs the command of a check as a shell would.
fn in_shell(world: &World, check: &str) {
    let found = diagnosis(world, check);
    let mut command = Command::new("sh");
    world.enclose(command.args(["-c", found["command"].as_str().unwrap()]));
    assert!(command.status().unwrap().success(), "{found}");
    assert_eq!(diagnosis(world, check)["result"], "ok", "{found}");
}

// Rule 7.22.
#[test]
fn a_file_is_kept_private() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    let names = [
        "integrity", "references", "permissions", "copies", "space", "log", "free-pages", "schema", "chain",
        "recorded", "rules",
    ];
    let all: serde_json::Value =
        serde_json::from_str(&world.run_json("doctor --only file,trail").stdout).unwrap();
    let found: Vec<&str> = all.as_array().unwrap().iter().map(|one| one["check"].as_str().unwrap()).collect();
    assert_eq!(found, names);
    assert_eq!(
        diagnosis(&world, "role")["result"],
        "skipped",
        "what is of a server is named where it is asked for"
    );
    fs::set_permissions(world.path("test.db"), Permissions::from_mode(0o644)).unwrap();
    assert!(diagnosis(&world, "permissions")["first"][0].as_str().unwrap().ends_with("/test.db"));
    in_shell(&world, "permissions");
    fs::set_permissions(world.path(""), Permissions::from_mode(0o777)).unwrap();
    in_shell(&world, "permissions");
    world.write("test.db.before-7", "old");
    world.write("test.db.before-12", "older");
    let found = diagnosis(&world, "copies");
    assert_eq!((&found["result"], &found["number"]), (&"note".into(), &2.into()));
    in_shell(&world, "copies");
}

#[test]
fn damage_is_found() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world.sql("PRAGMA foreign_keys = OFF; DELETE FROM client WHERE code = 'CLI-00000B'");
    let found = diagnosis(&world, "references");
    assert_eq!(found["first"][0], "a row of `referral` refers to a missing row of `client`");
    assert_eq!(diagnosis(&world, "integrity")["result"], "ok");
    world.sql("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'IS NOT NULL', 'IS NULL') WHERE name = 'client_merged_into'");
    assert_eq!(diagnosis(&world, "integrity")["result"], "found");
}

both_engines!(what_was_changed_past_the_program_is_found, |world| {
    settle(world);
    world.ok("provider create Elm");
    world.sql("UPDATE provider SET name = 'Oak' WHERE name = 'Elm'");
    assert_eq!(diagnosis(world, "recorded")["result"], "found");
    assert_eq!(diagnosis(world, "chain")["result"], "ok");
    world.sql("UPDATE audit SET actor = 'eva' WHERE action = 'provider.create'");
    assert_eq!(diagnosis(world, "chain")["result"], "found");
    assert_eq!(diagnosis(world, "rules")["result"], "ok");
    world.sql(
        "UPDATE queue_status SET closed = TRUE WHERE position = (SELECT min(position) FROM queue_status)",
    );
    let found = diagnosis(world, "rules");
    assert!(found["first"][0].as_str().unwrap().contains("(referrals arrive in an open status)"), "{found}");
});

fn a_server_is_looked_at(world: &World) {
    world.ok("init");
    let names = [
        "version", "role", "encryption", "connections", "replicas", "transactions", "clock", "durability",
        "wraparound", "chain", "recorded", "rules",
    ];
    let answer = world.run_json("doctor --only file,server,trail");
    let all: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    let found: Vec<&str> = all.as_array().unwrap().iter().map(|one| one["check"].as_str().unwrap()).collect();
    assert_eq!(found, names);
    assert_eq!(diagnosis(world, "role")["first"][0], "caredesk");
    assert_eq!(diagnosis(world, "space")["result"], "skipped");
    assert_eq!(diagnosis(world, "durability")["result"], "found", "the servers of tests are fast");
    world.set("CAREDESK_DB", &world.database.as_ref().unwrap().everyday_url());
    for check in ["role", "version", "encryption", "connections", "transactions", "clock", "wraparound"] {
        assert_eq!(diagnosis(world, check)["result"], "ok", "{check}");
    }
}

#[test]
fn a_server_is_looked_at_as_far_as_the_role_sees_it() {
    tell(Engine::Postgres, "doctor::a_server_is_looked_at_as_far_as_the_role_sees_it", a_server_is_looked_at);
}

// Rules 7.21 and 7.68.
#[test]
fn a_log_that_has_grown_is_emptied() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world.ok("client create --given Ada --family First");
    let reader = rusqlite::Connection::open(world.path("test.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM client").unwrap();
    leave_room(&world, 70);
    let found = diagnosis(&world, "log");
    assert_eq!(found["result"], "found", "{found}");
    let command = found["command"].as_str().unwrap().trim_start_matches("caredesk ").to_owned();
    // While it is read, it cannot be.
    assert_eq!(world.run(&format!("{command} --lock-timeout 200ms")).status, 7);
    reader.execute_batch("ROLLBACK").unwrap();
    world.ok(&command);
    assert_eq!(diagnosis(&world, "log")["result"], "ok");
    assert_eq!(diagnosis(&world, "free-pages")["result"], "ok");
}

// Rules 7.21 and 7.68.
#[test]
fn a_file_that_is_mostly_free_is_noted() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    leave_room(&world, 70);
    let found = diagnosis(&world, "free-pages");
    assert_eq!(found["result"], "note", "{found}");
    world.ok(found["command"].as_str().unwrap().trim_start_matches("caredesk "));
    assert_eq!(diagnosis(&world, "free-pages")["result"], "ok");
}

// Rules 7.21 and 7.68.
#[test]
fn a_schema_that_was_changed_is_made_as_it_was() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    let before = dump(&world);
    world.sql(
        "DROP INDEX audit_at_sequence; CREATE TABLE extra (note TEXT); CREATE VIEW more AS SELECT note FROM extra;
        CREATE TRIGGER spy AFTER INSERT ON client BEGIN DELETE FROM extra; END",
    );
    let found = diagnosis(&world, "schema");
    assert_eq!((&found["result"], &found["number"]), (&"found".into(), &4.into()), "{found}");
    let first =
        ["no index `audit_at_sequence`", "the table `extra` beside it", "the trigger `spy` beside it"];
    assert_eq!(found["first"], serde_json::json!(first));
    for left in (0..4).rev() {
        let command = diagnosis(&world, "schema")["command"].as_str().unwrap().to_owned();
        let words = crate::words::split(&command);
        assert_eq!(
            (words[0].as_str(), words[1].as_str(), words.len()),
            ("sqlite3", &*world.database_name(), 3)
        );
        world.sql(&words[2]);
        assert_eq!(diagnosis(&world, "schema")["number"], left, "{command}");
    }
    assert_eq!(diagnosis(&world, "schema")["result"], "ok");
    assert!(before == dump(&world));
    verified(&world);
}
