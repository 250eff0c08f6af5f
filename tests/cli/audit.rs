//! `audit`: who changed what, and whether the trail is whole.

use expect_test::expect;

use crate::town::settle;
use crate::world::{Engine, World};

// Rule 4.1.
both_engines!(changes_are_listed_by_whom_and_of_what, |world| {
    settle(world);
    world.as_user("stan");
    world.ok("visit cancel VIS-000001 --yes");
    world.as_user("sue");
    world.story(expect![[r#"
        $ caredesk audit list --limit 3
        NUMBER  AT                BY     ACTED BY  ACTION        ON
            15  2026-11-22 10:00  stan             visit.cancel  VIS-000001
            14  2026-11-22 09:00  admin            visit.add     VIS-CMR5C9
            13  2026-11-22 09:00  admin            visit.add     VIS-8JPY7N
        $ caredesk audit list --by stan
        NUMBER  AT                BY    ACTED BY  ACTION        ON
            15  2026-11-22 10:00  stan            visit.cancel  VIS-000001
        $ caredesk audit list --limit 1 -o json --columns number,by,action,before,after
        [
        {"number":15,"by":"stan","action":"visit.cancel","before":{"code":"VIS-000001","referral":"REF-00000A","start":"2026-12-01T09:00:00Z","duration_minutes":30,"status":"planned","note":null,"provider_note":null,"package":null,"package_reference":null,"package_status":null,"offered_start":null,"offered_duration_minutes":null,"differs_from_offer":false},"after":{"code":"VIS-000001","referral":"REF-00000A","start":"2026-12-01T09:00:00Z","duration_minutes":30,"status":"cancelled","note":null,"provider_note":null,"package":null,"package_reference":null,"package_status":null,"offered_start":null,"offered_duration_minutes":null,"differs_from_offer":false}}
        ]
        $ caredesk audit list --limit 0
        2> error: invalid value '0' for '--limit <N>': 0 is not in 1..9223372036854775807
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk audit list --on VIS-000001 --columns colour
        2> error: there is no column `colour`
        2> hint: the columns are number, at, by, acted_by, action, on, before, after, erased, hash
        [exit 2]
        # as tracy
        $ caredesk audit list
        2> error: an account of level `trainee` may not read the audit trail
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
        # as acme
        $ caredesk audit verify
        2> error: an account of level `provider-portal` may not read the audit trail
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
});

both_engines!(a_changed_entry_is_found, |world| {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    assert_eq!(world.json("audit verify")["intact"], true);
    world.sql("UPDATE audit SET action = 'provider.edit' WHERE action = 'provider.create'");
    world.refusals(expect![[r#"
        8 audit.broken               audit verify
    "#]]);
});

// Rule 5.8: what an entry holds leaves it by an erasure, which says so itself, and not otherwise.
both_engines!(an_entry_that_was_emptied_without_an_erasure_is_found, |world| {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    let verdict = world.json("audit verify");
    assert_eq!((&verdict["intact"], &verdict["erased"]), (&true.into(), &0.into()));
    world.sql("UPDATE audit SET salt = NULL, before = NULL, after = NULL, erased = TRUE WHERE action = 'provider.create'");
    world.refusals(expect![[r#"
        8 audit.broken               audit verify
    "#]]);
});

// Lists are read a page at a time, the first small; none is lost between two pages.
both_engines!(every_page_of_a_long_trail_is_listed, |world| {
    world.ok("init");
    for number in 0..12 {
        world.ok(&format!("category create 'Category {number}'"));
    }
    let numbers: Vec<u32> = world.ok("audit list -q").lines().map(|number| number.parse().unwrap()).collect();
    assert_eq!(numbers, (1..=13).rev().collect::<Vec<_>>());
    let rest: Vec<u32> =
        world.ok("audit list -q --after 8 --limit 6").lines().map(|number| number.parse().unwrap()).collect();
    assert_eq!(rest, [7, 6, 5, 4, 3, 2]);
});

both_engines!(an_entry_from_outside_is_shown_as_it_is, |world| {
    world.ok("init");
    world.sql("UPDATE audit SET after = 'no JSON'");
    assert_eq!(world.json("audit list")[0]["after"], "no JSON");
    assert_eq!(world.run("audit verify").status, 8);
});

// Rule 4.1. Only of SQLite, whose text may hold any bytes.
#[test]
fn an_emptied_trail_and_a_damaged_text_are_found() {
    let world = World::new(Engine::Sqlite);
    world.ok("init");
    world.sqlite("UPDATE audit SET subject = CAST(x'61ff' AS TEXT)");
    let damaged = world.run("audit verify -o json");
    assert_eq!((damaged.status, damaged.stderr.contains("database.corrupt")), (8, true), "{damaged:?}");
    world.sqlite("DELETE FROM audit");
    let emptied = world.run("audit verify -o json");
    assert_eq!((emptied.status, emptied.stderr.contains("audit.broken")), (8, true), "{emptied:?}");
    assert_eq!(world.run("database check").status, 8);
}

// Rule 4.1: what the chain alone cannot tell, a head that was kept elsewhere does.
both_engines!(a_trail_that_was_cut_does_not_go_on_from_its_head, |world| {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    let kept = world.json("audit verify");
    assert_eq!((&kept["entries"], &kept["continues"]), (&2.into(), &serde_json::Value::Null));
    let verify = format!("audit verify --head {} --count 2", kept["head"].as_str().unwrap());
    world.ok("provider create 'Birch Homecare'");
    assert_eq!(world.json(&verify)["continues"], true);
    assert!(world.ok(&verify).contains(" It goes on from entry 2, as it was."));
    let is_refused = |line: &str| {
        let answer = world.run_json(line);
        assert_eq!((answer.status, answer.stderr.contains("audit.not_continued")), (8, true), "{answer:?}");
    };
    world.sql("DELETE FROM audit WHERE sequence > 1");
    // Who can do that can also take away what else tells of it.
    world.sql("DELETE FROM operation_key");
    world.ok("audit verify");
    is_refused(&verify);
    world.ok("provider create 'Cedar Nursing'");
    world.ok("audit verify");
    is_refused(&verify);
    for line in ["audit verify --count 2", "audit verify --head 5d0e --count 2"] {
        assert_eq!(world.run(line).status, 2, "{line}");
    }
});

// Rule 4.1: an import knows the number of its last entry.
both_engines!(a_trail_is_not_whole_without_what_an_import_wrote, |world| {
    world.ok("init");
    world.write("people.csv", "id,given,family\n1,Ada,Moss\n2,Bo,Moss\n");
    world.ok("client import people.csv --source hub --yes");
    world.ok("audit verify");
    world.sql("DELETE FROM audit WHERE sequence = (SELECT MAX(sequence) FROM audit)");
    world.refusals(expect![[r#"
        8 audit.broken               audit verify
    "#]]);
});

/// A look at personal data, which is recorded, and changes of every sort.
const CHANGES: [&str; 7] = [
    "provider create 'Birch Homecare'",
    "client create --given Ada --family Moss",
    "contact create --client 'Ada Moss' --number 17",
    "contact show 17",
    "client import people.csv --source hub --yes",
    "import undo IMPORT --yes",
    "client erase 'Ada Moss' --yes",
];

// Rule 4.1: what has written the last entry knows its number.
both_engines!(a_trail_that_was_cut_at_its_end_is_not_whole, |world| {
    world.ok("init");
    world.write("people.csv", "id,given,family\n1,Ben,Moss\n2,Bo,Moss\n");
    for line in CHANGES {
        let imports = world.json("import list");
        let import = imports[0]["code"].as_str().unwrap_or_default();
        world.ok(&line.replace("IMPORT", import));
        let count = world.json("audit verify")["entries"].as_u64().unwrap();
        let kept = format!("CREATE TABLE kept AS SELECT * FROM audit WHERE sequence = {count}");
        world.sql(&kept);
        world.sql(&format!("DELETE FROM audit WHERE sequence = {count}"));
        let answer = world.run_json("audit verify");
        let what = format!("entry {count} is missing from the audit trail");
        assert_eq!((answer.status, answer.stderr.contains(&what)), (8, true), "{line}: {answer:?}");
        world.sql("INSERT INTO audit SELECT * FROM kept");
        world.sql("DROP TABLE kept");
        world.ok("audit verify");
    }
});

// Rule 4.1: an entry that takes the place of another is of another instant.
both_engines!(a_trail_that_was_cut_and_goes_on_is_not_whole, |world| {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    world.ok("provider create 'Birch Homecare'");
    world.sql("DELETE FROM audit WHERE sequence > 1");
    for (name, what) in [
        ("Cedar Nursing", "entry 3 is missing from the audit trail"),
        ("Dove Care", "entry 2 of the audit trail is not the one that its change wrote"),
    ] {
        world.at(if name == "Dove Care" { "2026-11-22T10:00:02Z" } else { "2026-11-22T10:00:01Z" });
        world.ok(&format!("provider create '{name}'"));
        let answer = world.run_json("audit verify");
        assert_eq!((answer.status, answer.stderr.contains(what)), (8, true), "{answer:?}");
    }
});
