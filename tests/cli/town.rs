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
    world.begin(|world| {
        world.ok("init");
        for name in ["Acme Care", "Birch Homecare", "Cedar Nursing", "Dormant Care"] {
            world.ok(&format!("provider create '{name}'"));
        }
        world.ok("provider deactivate Dormant --yes");
        let mut text = String::new();
        people(world, &mut text);
        world.sql(&text);
        for client in ["CLI-00000A", "CLI-00000B"] {
            world.ok(&format!("referral create --queue 'Home care' --client {client}"));
        }
        world.sql(&readable_codes(world));
        let days = "--duration 30 --weekly daily";
        world.ok(&format!("visit add REF-00000A --start '2026-12-01 09:00' --until 2026-12-04 {days}"));
        world.ok(&format!("visit add REF-00000B --start '2026-12-05 09:00' --until 2026-12-06 {days}"));
        let code = |day| {
            format!(
                "UPDATE visit SET code = 'VIS-00000{day}' WHERE starts_at = '2026-12-0{day}T09:00:00.000Z';"
            )
        };
        world.sql(&(1..=6).map(code).collect::<String>());
        world.at("2026-11-22T10:00:00Z");
    });
}

/// A key as the engine writes it.
pub fn key(world: &World, number: u128) -> String {
    match world.engine() {
        Engine::Sqlite => format!("X'{number:032x}'"),
        Engine::Postgres => format!("'{number:032x}'::uuid"),
    }
}

fn people(world: &World, text: &mut String) {
    for (number, letter, given) in [(1, 'A', "Ada"), (2, 'B', "Bo")] {
        *text += &format!(
            "INSERT INTO client (id, code, given, family, name_key)
            VALUES ({}, 'CLI-00000{letter}', '{given}', 'Moss', '{} moss');",
            key(world, number),
            given.to_lowercase()
        );
    }
    let staff = [("sue", "supervisor"), ("stan", "standard"), ("tracy", "trainee")];
    for (number, (login, level)) in (10..).zip(staff) {
        *text += &account(&key(world, number), login, level);
    }
    *text += &portal(&key(world, 20), "acme", &["Acme Care"], true);
    *text += &portal(&key(world, 21), "birch", &["Birch Homecare"], true);
    *text += &portal(&key(world, 22), "cedar", &["Cedar Nursing"], true);
    *text += &portal(&key(world, 23), "mute", &["Acme Care"], false);
    *text += &portal(&key(world, 24), "both", &["Acme Care", "Birch Homecare"], true);
}

/// The statement that makes an account.
pub fn account(id: &str, login: &str, level: &str) -> String {
    format!(
        "INSERT INTO account (id, login, login_key, name, level, active)
        VALUES ({id}, '{login}', '{login}', '{login}', '{level}', TRUE);"
    )
}

/// The statements that make a portal account with the agency records of these providers.
pub fn portal(id: &str, login: &str, providers: &[&str], may_respond: bool) -> String {
    let mut text = account(id, login, "provider-portal");
    for provider in providers {
        text += &format!(
            "INSERT INTO account_resource (account_id, resource_id)
            SELECT {id}, resource.id FROM resource JOIN provider ON provider.id = resource.provider_id
            WHERE resource.kind = 'agency' AND provider.name = '{provider}';"
        );
    }
    if may_respond {
        text += &format!(
            "INSERT INTO account_permission (account_id, permission) VALUES ({id}, 'respond-packages');"
        );
    }
    text
}

fn readable_codes(world: &World) -> String {
    let providers =
        [("Acme Care", 'A'), ("Birch Homecare", 'B'), ("Cedar Nursing", 'C'), ("Dormant Care", 'D')];
    let provider =
        |(name, code)| format!("UPDATE provider SET code = 'PRV-00000{code}' WHERE name = '{name}';");
    let referral = |(number, letter)| {
        format!("UPDATE referral SET code = 'REF-00000{letter}' WHERE client_id = {};", key(world, number))
    };
    providers.into_iter().map(provider).chain([(1, 'A'), (2, 'B')].into_iter().map(referral)).collect()
}

/// Everything that is stored, but for wrong passwords, which are kept although they are refused (rule 2.10).
pub fn dump(world: &World) -> Dump {
    let names = match world.engine() {
        Engine::Sqlite => "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
        Engine::Postgres => "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
    };
    let names = world.sql(names).into_iter().flatten().flatten();
    let names: Vec<String> = names.filter(|name| name != "password_attempt").collect();
    let read = |name: &String| match world.engine() {
        Engine::Sqlite => format!("SELECT '{name}', {name}.* FROM {name};"),
        Engine::Postgres => format!("SELECT '{name}', CAST({name} AS TEXT) FROM {name};"),
    };
    let mut tables = Dump::new();
    for mut row in world.sql(&names.iter().map(read).collect::<String>()) {
        let name = row.remove(0).unwrap_or_default();
        tables.entry(name).or_default().push(row);
    }
    for rows in tables.values_mut() {
        rows.sort();
    }
    tables
}

/// Runs a command that must fail, and change nothing; its exit status, and code and message of the error.
pub fn refusal(world: &World, line: &str) -> (i32, String, String) {
    refusal_after(&dump(world), world, line)
}

/// The same where everything that is stored is known.
pub fn refusal_after(before: &Dump, world: &World, line: &str) -> (i32, String, String) {
    let found = failure(world, line);
    assert!(*before == dump(world), "$ caredesk {line}: it failed, and still changed something");
    found
}

/// Status, code and message of a command that fails, whatever it works on.
pub fn failure(world: &World, line: &str) -> (i32, String, String) {
    let Answer { stdout, stderr, status } = world.run_json(line);
    assert_eq!(stdout, "", "$ caredesk {line}: a failing command prints nothing on stdout\n{stderr}");
    assert_ne!(status, 0, "$ caredesk {line}: it should have failed");
    let last = stderr.lines().last().unwrap_or_default();
    let fault: Value =
        serde_json::from_str(last).unwrap_or_else(|fault| panic!("$ caredesk {line}\n{stderr}\n{fault}"));
    let text =
        |key: &str| fault["error"][key].as_str().unwrap_or_else(|| panic!("{line}: {stderr}")).to_owned();
    (status, text("code"), text("message"))
}

/// All checks find nothing, but that whose findings are what a story did past the program.
pub fn sound(world: &World) {
    let Answer { stdout, .. } = world.run_json("database check");
    let checks: Value = serde_json::from_str(&stdout).unwrap_or_else(|fault| panic!("{stdout}: {fault}"));
    let bad = checks.as_array().expect("checks").iter().filter(|check| check["ok"] == false);
    let bad: Vec<&Value> =
        bad.filter(|check| check["check"] != "everything is as the audit trail tells").collect();
    assert_eq!(bad, [] as [&Value; 0]);
}

/// The audit trail holds; how many entries it has.
pub fn verified(world: &World) -> i64 {
    let user = world.user();
    world.as_user("admin");
    let verdict = world.json("audit verify");
    world.as_user(&user);
    verdict["entries"].as_i64().expect("a number of entries")
}
