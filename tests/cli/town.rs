//! A small town for stories of outsourcing: four providers, two clients, two referrals with visits, and the people of the
//! hub and of the providers.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::world::{Answer, Engine, World};

/// A row of a table as text; what an engine prints in its own way differs between the two.
pub type Row = Vec<Option<String>>;
/// Every table with its rows, sorted.
pub type Dump = BTreeMap<String, Vec<Row>>;

/// The database of `init` with everybody in it. Providers: `Acme Care`, `Birch Homecare`, `Cedar Nursing`, and the inactive
/// `Dormant Care`. Logins: `admin`, `sue` (supervisor), `stan` (standard), `tracy` (trainee); portal accounts `acme`,
/// `birch`, `cedar` that may respond, `mute` of Acme that may not, and `both` of Acme and Birch. `REF-00000A` has the
/// visits `VIS-000001` to `VIS-000004`, `REF-00000B` has `VIS-000005` and `VIS-000006`. It is 2026-11-22T10:00:00Z.
pub fn settle(world: &World) {
    world.ok("init");
    for name in ["Acme Care", "Birch Homecare", "Cedar Nursing", "Dormant Care"] {
        world.ok(&format!("provider create '{name}'"));
    }
    world.ok("provider deactivate Dormant");
    people(world);
    for client in ["CLI-00000A", "CLI-00000B"] {
        world.ok(&format!("referral create --queue 'Home care' --client {client}"));
    }
    readable_codes(world);
    for day in 1..=6 {
        let referral = if day < 5 { "REF-00000A" } else { "REF-00000B" };
        world.ok(&format!("visit add {referral} --start '2026-12-0{day} 09:00' --duration 30"));
    }
    for day in 1..=6 {
        world.sql(&format!("UPDATE visit SET code = 'VIS-00000{day}' WHERE starts_at = '2026-12-0{day}T09:00:00.000Z'"));
    }
    world.at("2026-11-22T10:00:00Z");
}

/// A key as the engine writes it.
pub fn key(world: &World, number: u128) -> String {
    match world.engine() {
        Engine::Sqlite => format!("X'{number:032x}'"),
        Engine::Postgres => format!("'{number:032x}'::uuid"),
    }
}

fn people(world: &World) {
    for (number, letter, given) in [(1, 'A', "Ada"), (2, 'B', "Bo")] {
        world.sql(&format!(
            "INSERT INTO client (id, code, given, family, name_key) VALUES
            ({}, 'CLI-00000{letter}', '{given}', 'Moss', '{} moss')",
            key(world, number),
            given.to_lowercase()
        ));
    }
    let staff = [("sue", "supervisor"), ("stan", "standard"), ("tracy", "trainee")];
    for (number, (login, level)) in (10..).zip(staff) {
        account(world, number, login, level);
    }
    portal(world, 20, "acme", &["Acme Care"], true);
    portal(world, 21, "birch", &["Birch Homecare"], true);
    portal(world, 22, "cedar", &["Cedar Nursing"], true);
    portal(world, 23, "mute", &["Acme Care"], false);
    portal(world, 24, "both", &["Acme Care", "Birch Homecare"], true);
}

pub fn account(world: &World, number: u128, login: &str, level: &str) {
    world.sql(&format!(
        "INSERT INTO account (id, login, login_key, name, level, active)
        VALUES ({}, '{login}', '{login}', '{login}', '{level}', TRUE)",
        key(world, number)
    ));
}

/// A portal account that holds the agency records of these providers.
pub fn portal(world: &World, number: u128, login: &str, providers: &[&str], may_respond: bool) {
    account(world, number, login, "provider-portal");
    let id = key(world, number);
    for provider in providers {
        world.sql(&format!(
            "INSERT INTO account_resource (account_id, resource_id)
            SELECT {id}, resource.id FROM resource JOIN provider ON provider.id = resource.provider_id
            WHERE resource.kind = 'agency' AND provider.name = '{provider}'"
        ));
    }
    if may_respond {
        world.sql(&format!("INSERT INTO account_permission (account_id, permission) VALUES ({id}, 'respond-packages')"));
    }
}

fn readable_codes(world: &World) {
    for (name, code) in [("Acme Care", "A"), ("Birch Homecare", "B"), ("Cedar Nursing", "C"), ("Dormant Care", "D")] {
        world.sql(&format!("UPDATE provider SET code = 'PRV-00000{code}' WHERE name = '{name}'"));
    }
    for (number, letter) in [(1, 'A'), (2, 'B')] {
        let client = key(world, number);
        world.sql(&format!("UPDATE referral SET code = 'REF-00000{letter}' WHERE client_id = {client}"));
    }
}

/// Everything that is stored.
pub fn dump(world: &World) -> Dump {
    let names = match world.engine() {
        Engine::Sqlite => "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
        Engine::Postgres => "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
    };
    let names: Vec<String> = world.sql(names).into_iter().flatten().flatten().collect();
    let read = |name: String| {
        let mut rows = match world.engine() {
            Engine::Sqlite => world.sql(&format!("SELECT * FROM {name}")),
            Engine::Postgres => world.sql(&format!("SELECT CAST({name} AS TEXT) FROM {name}")),
        };
        rows.sort();
        (name, rows)
    };
    names.into_iter().map(read).collect()
}

/// Runs a command with JSON as its output format.
pub fn in_json(world: &World, line: &str) -> Answer {
    let mut command = world.command(line);
    crate::world::answer(command.env("CAREDESK_OUTPUT", "json").output().expect("the program starts"))
}

/// Runs a command that must fail, and change nothing; its exit status, and code and message of the error.
pub fn refusal(world: &World, line: &str) -> (i32, String, String) {
    let before = dump(world);
    let Answer { stdout, stderr, status } = in_json(world, line);
    assert_eq!(stdout, "", "$ caredesk {line}: a failing command prints nothing on stdout\n{stderr}");
    assert_ne!(status, 0, "$ caredesk {line}: it should have failed");
    let last = stderr.lines().last().unwrap_or_default();
    let fault: Value = serde_json::from_str(last).unwrap_or_else(|fault| panic!("$ caredesk {line}\n{stderr}\n{fault}"));
    let text = |key: &str| fault["error"][key].as_str().unwrap_or_else(|| panic!("{line}: {stderr}")).to_owned();
    assert!(before == dump(world), "$ caredesk {line}: it failed, and still changed something");
    (status, text("code"), text("message"))
}

/// A table of commands that must fail, each with its exit status and code, as text.
pub fn refusals(world: &World, lines: &[&str]) -> String {
    let line = |line: &&str| {
        let (status, code, _) = refusal(world, line);
        format!("{status} {code:<26} {line}\n")
    };
    lines.iter().map(line).collect()
}

/// The audit trail holds; how many entries it has.
pub fn verified(world: &World) -> i64 {
    let user = world.user();
    world.as_user("admin");
    let verdict = world.json("audit verify");
    world.as_user(&user);
    verdict["entries"].as_i64().expect("a number of entries")
}
