//! The role for everyday work of `docs/roles.sql`: it does all that people do, and cannot change the audit trail.

use postgres::error::SqlState;
use postgres::{Client, NoTls};

use crate::tables;
use crate::world::{Engine, World, tell, written};

/// The address of the everyday role, from now on that of all commands.
fn become_everyday(world: &World) -> String {
    let address = world.database.as_ref().unwrap().everyday_url();
    world.set("CAREDESK_DB", &address);
    address
}

fn every_command_works(world: &World) {
    world.begin(tables::settle);
    become_everyday(world);
    world.write("password.txt", "correct horse battery\n");
    let mut failed = Vec::new();
    for line in crate::commands::examples() {
        tables::count_codes(world);
        let answer = world.run_json(&world.with_names_of_this_run(line));
        let needs_owner = line.starts_with("client erase") || line == "database vacuum";
        if needs_owner != answer.stderr.contains("run it as the role `caredesk`")
            || !needs_owner && ![0, 4, 8].contains(&answer.status)
            || answer.stderr.contains("permission denied")
        {
            failed.push(written(line, &answer));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn every_command_works_but_those_of_the_owner() {
    tell(Engine::Postgres, "role::every_command_works_but_those_of_the_owner", every_command_works);
}

// Rule 4.1.
fn the_trail_cannot_be_changed(world: &World) {
    world.ok("init");
    let address = become_everyday(world);
    world.ok("provider create Oak");
    let mut client = Client::connect(&address, NoTls).unwrap();
    for statement in [
        "UPDATE audit SET actor = 'ben'",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "ALTER TABLE audit DISABLE TRIGGER ALL",
        "ALTER TABLE audit ALTER COLUMN actor TYPE text USING 'ben'",
        "DROP TABLE audit",
        "DELETE FROM disclosure",
        "INSERT INTO schema_migration (version, name) VALUES (9999, 'mine')",
        "DELETE FROM schema_migration",
    ] {
        let refused = client.batch_execute(statement).map_err(|error| error.code().cloned());
        assert_eq!(refused, Err(Some(SqlState::INSUFFICIENT_PRIVILEGE)), "{statement}");
    }
    world.ok("audit verify");
    // Tables of later versions are for it too.
    world.sql("CREATE TABLE later (name text)");
    client
        .batch_execute("INSERT INTO later VALUES ('one'); UPDATE later SET name = 'two'; DELETE FROM later")
        .unwrap();
}

#[test]
fn the_trail_is_only_appended_to() {
    tell(Engine::Postgres, "role::the_trail_is_only_appended_to", the_trail_cannot_be_changed);
}

fn the_owner_is_named(world: &World) {
    world.ok("init");
    world.ok("client create --given Ada --family Brook");
    let code = world.json("client list")[0]["code"].as_str().unwrap().to_owned();
    become_everyday(world);
    let says_who = |line: &str| {
        let answer = world.run(line);
        assert_eq!(answer.status, 8, "{line}: {answer:?}");
        assert!(answer.stderr.contains("run it as the role `caredesk`"), "{line}: {answer:?}");
    };
    says_who(&format!("client erase {code} --yes"));
    world.ok("database backup care.zip");
    says_who("database restore care.zip --yes");
    world.sql("DELETE FROM schema_migration WHERE version = (SELECT max(version) FROM schema_migration)");
    says_who("client list");
    says_who("database migrate");
}

#[test]
fn who_can_upgrade_and_erase_is_named() {
    tell(Engine::Postgres, "role::who_can_upgrade_and_erase_is_named", the_owner_is_named);
}
