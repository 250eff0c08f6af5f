//! Referrals: made, sent to resources and back, their statuses, notes and history; and what a portal account sees of them.

use expect_test::expect;
use serde_json::{Value, json};

use crate::town::{dump, key, refusal, refusals, settle, verified};
use crate::world::World;

/// The town of [`settle`], where `Home care` sends referrals to Acme and Birch, and a second queue `Meals` to Acme and its
/// program `Acme Meals`. Contact 20417 is Ada Moss's, and `REF-00000C` came of it. Acme's portal account has an address.
fn open_the_portal(world: &World) {
    settle(world);
    let of_acme = "SELECT id FROM provider WHERE name = 'Acme Care'";
    world.sql(&format!(
        "INSERT INTO resource (id, code, provider_id, kind, name, name_key, state)
        VALUES ({}, 'RES-00000P', ({of_acme}), 'program', 'Acme Meals', 'acme meals', 'active');
        UPDATE resource SET code = 'RES-00000A' WHERE kind = 'agency' AND provider_id = ({of_acme});
        UPDATE account SET email = 'rosa@acme.example' WHERE login = 'acme';",
        key(world, 70)
    ));
    world.ok("queue create Meals --status New --status Visited --status Done:closed");
    world.ok("queue add-resource 'Home care' acme birch");
    world.ok("queue add-resource Meals 'Acme Care' 'Acme Meals'");
    world.ok("contact create --client CLI-00000A --number 20417 --date 2026-11-20 --postal-code 'AB1 2CD' --phone '020 7946 0999' --email ada@moss.example --details 'Lives alone. Two steps at the door.'");
    world.ok("referral create --queue 'Home care' --contact 20417 --note 'ring twice'");
    world.sql("UPDATE referral SET code = 'REF-00000C' WHERE contact_id IS NOT NULL");
    world.at("2026-11-22T12:00:00Z");
}

both_engines!(a_referral_goes_to_a_resource_and_back, |world| {
    open_the_portal(world);
    let told = world.transcript(&[
        "referral assign ref-c acme",
        "referral assign REF-00000C acme",
        "referral assign REF-00000C acme",
        "referral assign REF-00000C acme --note 'ring three times'",
        "referral assign REF-00000C birch --dry-run",
        "referral assign REF-00000C birch -o json",
        "referral unassign REF-00000C",
        "referral unassign REF-00000C",
        "referral set-status REF-00000C live --from new",
        "referral set-status REF-00000C Live --from Closed",
        "referral note REF-00000C 'has a dog' --append",
        "referral note REF-00000C 'has a dog' -q",
        "referral note REF-00000C 'has a dog'",
        "referral note REF-00000C ''",
        "referral create --queue meals --contact 20417 --resource 'acme meals' --note 'no nuts'",
        "referral list",
    ]);
    expect![[r#""#]].assert_eq(&told);
    verified(world);
});

both_engines!(what_became_of_a_referral_is_kept, |world| {
    open_the_portal(world);
    world.sql(&format!(
        "INSERT INTO account_permission (account_id, permission) VALUES ({}, 'change-status')",
        key(world, 20)
    ));
    world.ok("referral assign REF-00000C acme");
    world.ok("referral set-status REF-00000C Live --as acme --note 'came on Monday'");
    world.ok("referral assign REF-00000C birch");
    world.ok("referral unassign REF-00000C");
    expect![[r#""#]]
        .assert_eq(&world.transcript(&["referral show REF-00000C", "referral show REF-00000C -o json"]));
    world.as_user("tracy");
    assert_eq!(world.json("referral show REF-00000C")["history"].as_array().map(Vec::len), Some(7));
});

both_engines!(what_cannot_be_is_refused, |world| {
    open_the_portal(world);
    world.sql("UPDATE resource SET state = 'paused' WHERE name = 'Acme Meals'");
    world.sql("UPDATE resource SET state = 'inactive' WHERE name = 'Birch Homecare'");
    world.ok("queue create Old --status New");
    world.sql("UPDATE queue SET active = FALSE WHERE name = 'Old'");
    let told = world.transcript(&[
        "referral create --queue meals",
        "referral create --queue meals --contact 20417 --client ada",
        "referral create --queue meals --contact 99999",
        "referral create --queue meals --client nobody",
        "referral create --queue old --contact 20417",
        "referral create --queue meals --contact 20417 --strict",
        "referral assign REF-00000C cedar",
        "referral assign REF-00000C birch",
        "referral create --queue meals --contact 20417 --resource 'acme meals'",
        "referral create --queue meals --contact 20417 --resource birch",
        "referral assign REF-00000C nobody",
        "referral assign REF-00000Z acme",
        "referral set-status REF-00000C Visited",
        "referral set-status REF-00000C Live --from Closed",
        "referral set-status REF-00000C Live --from Visited",
        "referral list --unassigned --resource acme",
        "referral list --queue nowhere",
        "referral list --columns code,secret",
    ]);
    expect![[r#""#]].assert_eq(&told);
    world.ok("queue add-resource 'Home care' dormant");
    world.ok("referral set-status REF-00000B Closed");
    expect![[r#""#]].assert_eq(&refusals(
        world,
        &[
            "referral assign REF-00000C dormant",
            "referral assign REF-00000B acme",
            "referral assign REF-00000B nobody",
        ],
    ));
    world.as_user("tracy");
    expect![[r#""#]].assert_eq(&refusals(
        world,
        &[
            "referral create --queue meals --contact 20417",
            "referral assign REF-00000C acme",
            "referral unassign REF-00000C",
            "referral set-status REF-00000C Live",
            "referral note REF-00000C x",
            "referral note REF-00000Z x",
        ],
    ));
});

both_engines!(a_portal_account_sees_eight_fields, |world| {
    open_the_portal(world);
    world.ok("referral assign REF-00000C acme");
    world.ok("referral assign REF-00000B birch");
    world.as_user("acme");
    let told = world.transcript(&[
        "referral list",
        "referral list -o json",
        "referral list -o jsonl",
        "referral list -o csv",
        "referral show REF-00000C",
        "referral show ref-c",
        "referral show REF-00000C -o json",
        "referral show REF-00000C -o csv",
        "referral show REF-00000C --columns contact_name,status",
        "referral list --columns client",
        "referral list --columns secret",
        "referral show REF-00000C --columns history",
        "referral list --queue home --status new --resource acme --provider acme --open -q",
        "referral list --queue meals",
        "referral list --resource birch",
        "referral list --provider birch",
        "referral list --client CLI-00000A",
        "referral list --contact 20417",
        "referral list --unassigned -o json",
        "referral list --after REF-00000B",
        "referral list --after REF-00000C -o json",
        "queue list -o json",
        "queue show 'Home care'",
        "visit list REF-00000C",
        "schedule show REF-00000C",
        "contact show 20417",
        "package list --referral REF-00000C",
    ]);
    expect![[r#""#]].assert_eq(&told);
    let told = world.ok("referral list -o json") + &world.ok("referral show REF-00000C -o json");
    for hidden in ["Lives alone", "7946", "moss.example", "CLI-", "history", "admin", "Birch", "REF-00000B"] {
        assert!(!told.contains(hidden), "{hidden}: {told}");
    }
});

both_engines!(a_portal_account_with_details_sees_the_contact, |world| {
    open_the_portal(world);
    world.ok("account permit acme access-contact-details");
    world.ok("referral assign REF-00000C acme");
    world.ok("referral assign REF-00000A acme");
    world.as_user("acme");
    expect![[r#""#]].assert_eq(&world.transcript(&[
        "referral list",
        "referral list --contact 20417 -o jsonl",
        "referral show REF-00000C",
        "referral show REF-00000C -o json",
        "referral show REF-00000A -o json",
        "referral list --columns created_by",
        "referral show REF-00000C --columns history",
    ]));
    world.as_user("admin");
    expect![[r#""#]].assert_eq(&world.transcript(&["audit list --by acme --columns by,action,on"]));
});

both_engines!(a_portal_account_changes_status_and_note_alone, |world| {
    open_the_portal(world);
    world.ok("referral assign REF-00000A acme");
    world.ok("referral assign REF-00000B birch");
    world.ok("outsource create REF-00000A --all-visits --provider cedar --reference 'secret week'");
    world.as_user("acme");
    let told = refusals(
        world,
        &[
            "referral set-status REF-00000A Live",
            "referral note REF-00000A x",
            "referral set-status REF-00000B Live",
        ],
    );
    expect![[r#""#]].assert_eq(&told);
    world.as_user("admin");
    world.ok("account permit acme change-status");
    world.as_user("acme");
    expect![[r#""#]].assert_eq(&world.transcript(&[
        "referral set-status REF-00000A live --note 'came on Monday'",
        "referral set-status REF-00000A live -o json",
        "referral set-status REF-00000A Visited",
        "referral set-status REF-00000A Closed -o json",
        "referral note REF-00000A 'has a dog' --append",
        "referral set-status REF-00000B Live",
        "referral note REF-00000B x",
        "referral assign REF-00000A acme",
        "referral assign REF-00000A birch",
        "referral assign REF-00000B acme",
        "referral unassign REF-00000A",
        "referral create --queue 'Home care' --client CLI-00000A",
    ]));
    world.as_user("admin");
    assert_eq!(world.json("referral show REF-00000A")["note"], "came on Monday\nhas a dog");
});

both_engines!(what_is_assigned_away_is_gone_at_once, |world| {
    open_the_portal(world);
    world.ok("account permit acme access-contact-details change-status");
    world.ok("referral assign REF-00000C acme");
    world.as_user("acme");
    world.ok("referral show REF-00000C");
    world.as_user("admin");
    world.ok("referral assign REF-00000C birch");
    world.as_user("acme");
    assert_eq!(world.json("referral list"), json!([]));
    for line in [
        "referral show REF",
        "referral set-status REF Live",
        "referral note REF x",
        "referral assign REF acme",
        "referral unassign REF",
        "referral list --after REF",
        "contact show NUMBER",
        "referral list --contact NUMBER",
        "referral list --queue QUEUE",
    ] {
        let told = |referral: &str, number: &str, queue: &str| {
            let line = line.replace("REF", referral).replace("NUMBER", number).replace("QUEUE", queue);
            let answer = world.run(&line);
            let told =
                answer.stderr.replace(referral, "REF").replace(number, "NUMBER").replace(queue, "QUEUE");
            (answer.status, answer.stdout, told)
        };
        assert_eq!(told("REF-00000C", "20417", "home"), told("REF-99999Z", "99999", "nowhere"), "{line}");
        assert_eq!(told("REF-00000C", "20417", "home").0, 3, "{line}");
    }
    world.as_user("birch");
    assert_eq!(world.json("referral list")[0]["code"], "REF-00000C");
});

both_engines!(an_agency_covers_its_programs_in_active_queues, |world| {
    open_the_portal(world);
    world.ok("referral create --queue meals --contact 20417 --resource 'acme meals'");
    let seen = || {
        world.as_user("acme");
        let seen = world.json("referral list").as_array().map(Vec::len);
        let found = world.run("referral list --resource 'acme meals'").status;
        world.as_user("admin");
        (seen, found)
    };
    assert_eq!(seen(), (Some(1), 0));
    world.sql("UPDATE queue SET active = FALSE WHERE name = 'Meals'");
    assert_eq!(seen(), (Some(0), 3));
    world.ok("account add-resource acme RES-00000P");
    assert_eq!(seen(), (Some(1), 0));
});

both_engines!(an_assignment_asks_for_room_and_alerts, |world| {
    open_the_portal(world);
    world.sql(&format!(
        "INSERT INTO capacity (id, code, resource_id, places, unit, starts_at, set_at, set_by)
        SELECT {}, 'CAP-000001', resource.id, 1, 'beds', '2026-11-22T11:00:00.000Z', '2026-11-22T11:00:00.000Z', account.id
        FROM resource, account WHERE resource.code = 'RES-00000A' AND account.login = 'admin'",
        key(world, 80)
    ));
    let alerts = || {
        let rows = world.sql("SELECT alert.state, account.login FROM alert JOIN account ON account.id = alert.account_id ORDER BY alert.id");
        rows.into_iter()
            .map(|row| row.into_iter().flatten().collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
    };
    let told = world.transcript(&[
        "referral assign REF-00000C acme",
        "referral assign REF-00000A acme --strict",
        "referral assign REF-00000A acme --dry-run",
        "referral assign REF-00000A acme",
        "referral assign REF-00000A acme --strict",
        "referral create --queue meals --client CLI-00000B --resource acme --strict",
        "referral create --queue meals --client CLI-00000B --resource acme -o json",
    ]);
    expect![[r#""#]].assert_eq(&told);
    assert_eq!(alerts(), ["waiting acme", "waiting acme", "waiting acme"]);
    world.ok("referral assign REF-00000C birch");
    world.ok("referral unassign REF-00000A");
    assert_eq!(alerts(), ["withdrawn acme", "withdrawn acme", "waiting acme"]);
    let before = dump(world);
    world.ok("referral assign REF-00000A acme --dry-run");
    assert!(before == dump(world));
});

both_engines!(every_filter_finds_what_the_whole_list_has, |world| {
    open_the_portal(world);
    for (number, (queue, resource)) in
        [("Home care", "birch"), ("meals", "acme"), ("meals", "RES-00000P"), ("Home care", "acme")]
            .into_iter()
            .cycle()
            .take(12)
            .enumerate()
    {
        let client = if number % 3 == 0 { "--client CLI-00000B" } else { "--contact 20417" };
        let made = world.ok(&format!("-q referral create --queue '{queue}' {client} --resource {resource}"));
        match number % 4 {
            0 => drop(world.ok(&format!("referral unassign {made}"))),
            1 => drop(world.ok(&format!("referral set-status {made} Visited"))),
            2 => drop(world.ok(&format!("referral set-status {made} Done"))),
            _ => {}
        }
    }
    let all = world.json("referral list");
    let codes = |list: &Value, wanted: &dyn Fn(&Value) -> bool| -> Vec<String> {
        let found = list.as_array().unwrap().iter().filter(|referral| wanted(referral));
        found.map(|referral| referral["code"].as_str().unwrap().to_owned()).collect()
    };
    let is = |key: &'static str, value: Value| move |referral: &Value| referral[key] == value;
    let filters: Vec<(&str, Box<dyn Fn(&Value) -> bool>)> = vec![
        ("--queue meals", Box::new(is("queue", json!("Meals")))),
        ("--status new", Box::new(is("status", json!("New")))),
        ("--open", Box::new(is("closed", json!(false)))),
        ("--unassigned", Box::new(is("resource", Value::Null))),
        ("--resource 'Acme Meals'", Box::new(is("resource", json!("Acme Meals")))),
        ("--provider acme", Box::new(is("provider", json!("Acme Care")))),
        ("--client CLI-00000B", Box::new(is("client", json!("CLI-00000B")))),
        ("--contact 20417", Box::new(is("contact_number", json!("20417")))),
    ];
    for (one, is_one) in &filters {
        for (other, is_other) in &filters {
            if [*one, *other].contains(&"--unassigned")
                && (one.contains("--re")
                    || one.contains("--p")
                    || other.contains("--re")
                    || other.contains("--p"))
                || one.split(' ').next() == other.split(' ').next() && one != other
            {
                continue;
            }
            let options = if one == other { (*one).to_owned() } else { format!("{one} {other}") };
            let expected = codes(&all, &|referral| is_one(referral) && is_other(referral));
            assert_eq!(
                codes(&world.json(&format!("referral list {options}")), &|_| true),
                expected,
                "{options}"
            );
            if let [_, second, rest @ ..] = expected.as_slice() {
                let rest: Vec<&String> = rest.iter().take(2).collect();
                let paged = world.json(&format!("referral list {options} --after {second} --limit 2"));
                assert_eq!(codes(&paged, &|_| true).iter().collect::<Vec<_>>(), rest, "{options}");
            }
        }
    }
    let expected = codes(&all, &|referral| {
        ["Acme Care", "Birch Homecare"].iter().any(|name| referral["provider"] == *name)
    });
    world.as_user("both");
    assert_eq!(codes(&world.json("referral list"), &|_| true), expected);
    assert_eq!(codes(&world.json("referral list --limit 3"), &|_| true), expected[..3]);
    assert_eq!(refusal(world, "referral list --contact 20417").0, 3);
});
