//! `operation` and `undo`: what was changed, and how it is taken back (rules 7.40 on).

mod random;
mod refused;
mod story;

use crate::honest::settle_honestly;
use crate::town::{Dump, dump, verified};
use crate::world::{Engine, World};

/// Everything but the audit trail, the operations, what rows were meanwhile, and what is derived for searching, whose numbers
/// nobody sees.
pub fn state(world: &World) -> Dump {
    let mut tables = dump(world);
    let left_out = ["audit", "row_version"];
    tables.retain(|name, _| {
        !left_out.contains(&name.as_str()) && !name.starts_with("operation") && !name.starts_with("search_")
    });
    // Without the number that only goes up.
    let visits = "SELECT id, code, referral_id, starts_at, duration_minutes, status, note, provider_note FROM visit ORDER BY code";
    tables.insert("visit".to_owned(), world.sql(visits));
    // The indexes of words are made in the same way on both engines.
    if world.engine() == Engine::Postgres {
        return tables;
    }
    // What fits equally well stands in any order.
    let found = |line: &str| {
        let mut rows: Vec<_> = world.run(line).stdout.lines().map(|row| vec![Some(row.to_owned())]).collect();
        rows.sort();
        rows
    };
    for line in [
        "find moss -o jsonl",
        "find homes -o jsonl",
        "resource find care -o jsonl",
        "resource find night -o jsonl",
    ] {
        tables.insert(line.to_owned(), found(line));
    }
    tables
}

pub fn assert_same(before: &Dump, after: &Dump, line: &str) {
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for name in names {
        assert_eq!(before.get(name), after.get(name), "{line}: {name}");
    }
}

/// The number of the newest operation.
pub fn newest(world: &World) -> i64 {
    world.json("operation list --limit 1")[0]["number"].as_i64().unwrap()
}

pub fn begin(world: &World) {
    settle_honestly(world);
    world.sql("UPDATE resource SET state = 'active'");
    for line in [
        "queue add-resource 'Home care' acme birch",
        "provider add-resource birch 'Night sitting' --code RES-00000N",
        "category create Rides",
        "contract create acme Meals --start 2026-01-01 --category Rides",
        "capacity set acme 4",
        "record add CLI-00000A --provider acme --type services --date 2026-11-01 --title Lunch",
        "client enroll CLI-00000B birch",
        "sharing setup acme --type services --level 1",
        "sharing link acme birch --type services",
        "client create --given Ida --family Fox --phone 'home:020 7946 0018'",
        "client edit fox --former-name 'Ida Lane'",
        "contact create --client CLI-00000A --number N-1 --phone 1",
        "outsource create REF-00000B --visit VIS-000005 --provider birch --reference Mornings",
    ] {
        world.ok(line);
    }
}

/// At least one of each action that can be taken back.
const LINES: &[&str] = &[
    "account edit sue --name Susan --email sue@example.org",
    "account edit tracy --level provider-portal",
    "account edit acme --level trainee --yes",
    "account disable sue --yes",
    "account alerts acme off --kind offered",
    "account permit acme edit-capacity change-status",
    "account forbid acme respond-packages",
    "account add-resource acme birch",
    "account remove-resource both acme",
    "capacity set birch 3 --note spring",
    "capacity edit CAP#0 --places 5 --note full",
    "capacity remove CAP#0",
    "category create Sitting",
    "client edit CLI-00000A --given Ada --family Brook --birth-date 1941-03-02 --phone 'daughter:020 7946 0019' --postal-code AB1",
    "client edit fox --phone none --former-name none --id 4711 --status inactive --since 2026-11-01 --carer-note key",
    "client enroll CLI-00000A acme",
    "client enroll CLI-00000B birch --status inactive",
    "contact edit N-1 --phone 2 --details 'needs a ramp' --number N-2",
    "contract create birch Rides --start 2026-02-01 --category Rides",
    "contract edit meals --stop 2026-12-31",
    "hub edit --name Town --contact-days 14 --signing-age 16",
    "package rename Mornings Evenings",
    "package edit Mornings --provider-note 'ring twice'",
    "provider create 'Elm Care' --phone 3",
    "provider edit acme --name 'Acme Homes' --url https://example.org",
    "provider deactivate acme --yes",
    "provider activate dormant",
    "provider add-resource acme 'Day centre' --queue 'Home care' --account acme",
    "provider remove-resource birch 'Night sitting' --yes",
    "resource edit RES-00000N --name Nights --fees none --state paused",
    "queue create Meals --status New --status Done:closed",
    "queue edit 'Home care' --name Care",
    "queue add-status 'Home care' Waiting",
    "queue move-status 'Home care' Live --first",
    "queue rename-status 'Home care' Live Here",
    "queue retire-status 'Home care' Live --yes",
    "queue add-resource 'Home care' cedar",
    "queue remove-resource 'Home care' birch",
    "queue deactivate 'Home care' --yes",
    "record edit REC#0 --never-shared on",
    "referral assign REF-00000A acme --note 'no milk'",
    "referral note REF-00000A 'third floor'",
    "referral set-status REF-00000A Live",
    "sharing setup acme --type services --level 2 --yes",
    "sharing link birch acme --type forms",
    "sharing unlink acme birch --type services --yes",
    "visit edit VIS-000001 --start '2026-12-01 10:00' --duration 45 --note key --provider-note 'ring twice'",
    "visit cancel VIS-000001 VIS-000002",
];

// Rules 7.41, 7.42: each comes back, comes again, and goes once more.
both_engines!(whatever_can_be_taken_back_comes_back, |world| {
    begin(world);
    let mut wrong = Vec::new();
    for line in LINES {
        if let Err(why) = comes_back(world, line) {
            wrong.push(format!("$ caredesk {line}\n{why}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    verified(world);
    world.ok("database check");
});

// Rule 7.41: no action of the grammar is forgotten.
one_engine!(of_each_action_it_is_decided, |world| {
    world.begin(crate::tables::settle);
    world.write("password.txt", "correct horse battery\n");
    for line in crate::commands::examples() {
        crate::tables::count_codes(world);
        world.run(&world.with_names_of_this_run(line));
    }
    let listed = world.json("operation list");
    let listed = listed.as_array().unwrap();
    assert!(listed.len() > 50, "{}", listed.len());
    for one in listed {
        let why = one["why_not"].as_str().unwrap_or_default();
        assert!(!why.contains("by this version"), "{one}");
    }
});

fn comes_back(world: &World, line: &str) -> Result<(), String> {
    let line = with_codes(world, line);
    let done = |line: &str| {
        let answer = world.run(line);
        if answer.status == 0 { Ok(state(world)) } else { Err(answer.stderr) }
    };
    let before = state(world);
    let between = done(&line)?;
    let operation = newest(world);
    must_be(before != between, &before, &between)?;
    let after = done("undo --yes")?;
    let undo = newest(world);
    must_be(before == after, &before, &after)?;
    let again = done(&format!("undo {undo} --yes"))?;
    must_be(between == again, &between, &again)?;
    let last = done(&format!("undo {operation} --yes"))?;
    must_be(before == last, &before, &last)
}

/// The tables that differ, if that is not as it must be.
fn must_be(is_so: bool, one: &Dump, other: &Dump) -> Result<(), String> {
    if is_so {
        return Ok(());
    }
    let differ = one.iter().filter(|(name, rows)| other.get(*name) != Some(*rows));
    let differ = differ.map(|(name, rows)| format!("{name}: {rows:?} is now {:?}", other.get(name)));
    Err(differ.collect::<Vec<_>>().join("\n"))
}

/// `CAP#0` is the first of these codes there is.
pub fn with_codes(world: &World, line: &str) -> String {
    let mut line = line.to_owned();
    for (name, table) in [("CAP", "capacity"), ("REC", "record")] {
        if line.contains(&format!("{name}#0")) {
            let code = world.sql(&format!("SELECT code FROM {table} ORDER BY code LIMIT 1")).concat();
            let code: String = code.into_iter().flatten().collect();
            line = line.replace(&format!("{name}#0"), &code);
        }
    }
    line
}
