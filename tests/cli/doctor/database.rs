//! The checks of the file, the server and the trail.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use super::diagnosis;
use crate::town::settle;
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
    let names = ["integrity", "references", "permissions", "copies", "space", "chain", "recorded", "rules"];
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
