//! Clients: made, found by whatever people say, changed, and taken over from other systems.

use std::fmt::Write as _;

use expect_test::expect;

use crate::world::{World, fixture};

both_engines!(a_client_is_made_found_and_changed, |world| {
    world.ok("init");
    let told = world.transcript(&[
        "client create --given Ada --family Brook --birth-date 1948-03-02 --postal-code 'AB1 2CD' --id NHS-77",
        "client create --given Zoë --family 'van der Berg'",
        "client list",
        "client show NHS-77",
        "client show 'brook, ada'",
        "client show zoe",
        "client show berg",
        "client edit NHS-77 --birth-date none --postal-code none -o json",
        "client edit NHS-77 --birth-date none",
        "audit list --columns action,by,before",
    ]);
    expect![[r#""#]].assert_eq(&told);
});

both_engines!(what_a_client_cannot_be, |world| {
    world.ok("init");
    world.ok("client create --given Ada --family Brook --id NHS-77");
    let told = world.transcript(&[
        "client create --given Ben --family Crane --birth-date 1879-12-31",
        "client create --given Ben --family Crane --birth-date tomorrow",
        "client create --given Ben --family Crane --birth-date 2/3/1948",
        "client create --given Ben --family Crane --id CLI-1",
        "client create --given Ben --family Crane --id NHS-77",
        "client create --given Ben --family Crane --id NHS-77 --if-not-exists",
        "client create --given Ada --family Brook",
        "client show Ada",
        "client show Brok",
        "client create --given Ben --family Crane --id NHS-78 --dry-run",
        "client edit Crane --id NHS-77",
    ]);
    expect![[r#""#]].assert_eq(&told);
});

both_engines!(lists_go_on_where_they_ended, |world| {
    world.ok("init");
    let names = ["Ada", "Ben", "Cem", "Dan", "Eve"];
    let codes: Vec<String> = names.iter().map(|name| {
        world.ok(&format!("client create --given {name} --family Brook -q")).trim().to_owned()
    }).collect();
    let page = world.ok(&format!("client list --limit 2 --after {} -o csv --columns given", codes[1]));
    assert_eq!(page, "given\r\nCem\r\nDan\r\n");
    assert_eq!(world.ok("client list --name d -q").trim(), codes[3]);
    assert_eq!(world.ok("client list --name nobody -o json"), "[]\n");
});

both_engines!(clients_are_hidden_from_portal_accounts, |world| {
    world.ok("init");
    let code = world.ok("client create --given Ada --family Brook --id NHS-77 -q");
    world.ok("account create eve --name Eve --level provider-portal");
    world.ok("account create tim --name Tim --level trainee");
    world.as_user("eve");
    assert_eq!(world.ok("client list -o json"), "[]\n");
    for typed in [code.trim(), "CLI-", "NHS-77", "Ada", "Brook", "Nobody"] {
        let (told, edited) = (world.run(&format!("client show '{typed}'")), world.run(&format!("client edit '{typed}' --given X")));
        let expected = format!("error: there is no client `{typed}`\nhint: `caredesk client list` shows those that there are\n");
        assert_eq!((told.status, told.stderr), (3, expected.clone()));
        assert_eq!((edited.status, edited.stderr), (3, expected));
    }
    assert_eq!(world.run("client create --given X --family Y").status, 6);
    world.as_user("tim");
    assert_eq!(world.run("client edit NHS-77 --given X").status, 6);
    assert_eq!(world.run("client show NHS-77").status, 0);
});

both_engines!(a_table_is_taken_over_once, |world| {
    world.ok("init");
    let people = fixture("people.csv");
    let import = format!(
        "client import {} --map id=Number --map given=First --map family=Last --map birth_date=Born --map postal_code=Post",
        people.display()
    );
    let told = world.transcript(&[
        &format!("client import {}", people.display()),
        &format!("{import} --dry-run"),
        &import,
        &format!("{import} -o json"),
        "client list",
        "client edit p-2 --given Zoey --birth-date 1960-01-01",
        &format!("{import} -o json"),
        "client show p-2",
        &format!("{import} --source elsewhere"),
        &format!("{import} --source elsewhere --without-ids"),
        "audit list --limit 5 --columns action,before,after -o jsonl",
        "audit verify -o json --columns entries,intact",
    ]);
    expect![[r#""#]].assert_eq(&told);
});

both_engines!(a_bad_row_stops_all_or_is_left_out, |world| {
    world.ok("init");
    let import = format!("client import {}", fixture("people-faulty.csv").display());
    let told = world.transcript(&[
        &import,
        "client list -o json",
        "audit list --columns action",
        &format!("{import} -o json"),
        &format!("{import} --keep-going --rejects rejects.csv"),
        "client list",
    ]) + &world.read("rejects.csv");
    expect![[r#""#]].assert_eq(&told);
});

both_engines!(fhir_patients_are_taken_over, |world| {
    world.ok("init");
    let folder = fixture("fhir");
    let import = format!("client import {}", folder.display());
    let told = world.transcript(&[&import, &format!("{import} --keep-going"), &format!("{import} --keep-going -o json"), "client list --columns given,family,birth_date,id"]);
    expect![[r#""#]].assert_eq(&told);
});

both_engines!(many_rejects_are_counted_and_kept, |world| {
    world.ok("init");
    let mut text = "id,given,family\n".to_owned();
    for number in 0..5_000 {
        let family = if number % 100 == 7 { "" } else { "Brook" };
        let given = if number % 100 == 7 { "" } else { "Ada" };
        let _ = writeln!(text, "r-{number},{given},{family}");
    }
    world.write("many.csv", text);
    let answer = world.run("client import many.csv --keep-going --rejects kept.csv");
    assert_eq!(answer.status, 9);
    assert_eq!(answer.stdout, "Clients: 5000 read, 4950 made, 0 changed, 0 as they were, 50 rejected.\n");
    let told: Vec<&str> = answer.stderr.lines().collect();
    assert_eq!(told.len(), 20 + 1 + 2);
    assert_eq!(told[0], "rejected: many.csv line 9: has no name");
    assert_eq!(told[20], "note: … and 30 more rejected; they are all in the file");
    assert_eq!(world.read("kept.csv").lines().count(), 51);
    let codes = world.ok("client list -q");
    let different: std::collections::BTreeSet<&str> = codes.lines().collect();
    assert_eq!(different.len(), 4_950);
    audit_is_whole(world, 4_951);
});

fn audit_is_whole(world: &World, entries: i64) {
    let verdict = world.json("audit verify");
    assert_eq!(verdict["entries"], entries);
}

#[test]
fn real_patients_are_taken_over_where_they_are() {
    let root = std::env::var_os("CAREDESK_TEST_DATA").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        std::path::PathBuf::from,
    );
    let (table, bundles) = (root.join("synthea-csv-28/patients.csv"), root.join("synthea-fhir-r4/bundles"));
    if !table.exists() || !bundles.exists() {
        return crate::world::aloud("SKIPPED client::real_patients: there is no Synthea data");
    }
    let world = World::new(crate::world::Engine::Sqlite);
    world.ok("init");
    let counts = |line: &str| {
        let counts = world.json(line);
        [&counts["read"], &counts["created"], &counts["unchanged"]].map(|count| count.as_u64().unwrap())
    };
    let (table, bundles) = (format!("client import {}", table.display()), format!("client import {}", bundles.display()));
    assert_eq!(counts(&table), [27, 27, 0]);
    assert_eq!(counts(&table), [27, 0, 27]);
    assert_eq!(counts(&bundles), [3, 3, 0]);
    assert_eq!(counts(&bundles), [3, 0, 3]);
}
