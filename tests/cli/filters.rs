//! The filters of lists: each keeps of the whole list what it says, alone and with another one, and names nothing that there is
//! not.

use expect_test::expect;
use serde_json::{Value, json};

use crate::release::PDF;
use crate::town::{refusal, settle};
use crate::world::World;

/// An option of a list, and what it keeps of the whole list.
type Choice = (&'static str, Box<dyn Fn(&Value) -> bool>);

/// The town, with things of three days.
fn furnish(world: &World) {
    world.begin(|world| {
        settle(world);
        world.ok("queue create Meals --status New --status Done:closed");
        world.ok("queue add-resource 'Home care' acme birch");
        world.ok("queue add-resource Meals birch");
        for provider in ["acme", "birch"] {
            for kind in ["clinical", "forms"] {
                world.ok(&format!("sharing setup {provider} --type {kind} --level 1 --client-by-client on"));
            }
        }
        world.ok("sharing link acme birch --type clinical --type forms");
        world.ok("sharing link birch acme --type clinical");
        world.write("ada.pdf", PDF);
        for client in ["CLI-00000A", "CLI-00000B"] {
            world.ok(&format!("client enroll {client} acme"));
            world.ok(&format!("client enroll {client} birch"));
        }
        first_day(world);
        world.at("2026-11-23T10:00:00Z");
        second_day(world);
        world.at("2026-11-24T10:00:00Z");
        third_day(world);
        world.at("2026-11-24T15:00:00Z");
    });
}

fn first_day(world: &World) {
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme --reference one");
    world.ok("outsource create REF-00000B --visit VIS-000005 --provider acme birch --reference two");
    world.ok("sharing request CLI-00000A --owner acme --recipient birch --type clinical");
    world.ok("sharing request CLI-00000B --owner acme --recipient birch --type forms");
    release(world, "CLI-00000A", "acme", "clinical");
}

fn second_day(world: &World) {
    world.ok("referral create --queue Meals --client CLI-00000A --resource birch");
    world.ok("referral create --queue 'Home care' --client CLI-00000B --resource acme");
    world.ok("outsource create REF-00000A --visit VIS-000002 --provider birch cedar --reference three");
    world.ok("package respond one --provider acme --accept");
    world.ok("package respond two --provider acme --reject --reason full");
    release(world, "CLI-00000B", "birch", "clinical");
}

fn third_day(world: &World) {
    let made = world.ok("-q referral create --queue Meals --client CLI-00000B --resource birch");
    world.ok(&format!("referral set-status {made} Done"));
    world.ok("outsource create REF-00000A --visit VIS-000003 --provider cedar --reference four");
    world.ok("outsource delete four --yes");
    world.ok("package respond three --provider cedar --accept");
    world.ok("sharing request CLI-00000B --owner birch --recipient acme --type clinical");
    let first = world.json("sharing list --client CLI-00000A")[0]["code"].as_str().unwrap().to_owned();
    world.ok(&format!("sharing deny {first} --reason 'not now'"));
    release(world, "CLI-00000A", "birch", "forms");
}

fn release(world: &World, client: &str, owner: &str, kind: &str) {
    world.ok(&format!(
        "release add {client} --owner {owner} --type {kind} --document ada.pdf --signed today --all-providers --even-so"
    ));
}

fn is(key: &'static str, values: &'static [&'static str]) -> Box<dyn Fn(&Value) -> bool> {
    Box::new(move |row| values.iter().any(|value| row[key] == json!(value)))
}

fn since(key: &'static str, first: &'static str) -> Box<dyn Fn(&Value) -> bool> {
    Box::new(move |row| row[key].as_str().unwrap() >= first)
}

fn until(key: &'static str, end: &'static str) -> Box<dyn Fn(&Value) -> bool> {
    Box::new(move |row| row[key].as_str().unwrap() < end)
}

fn codes(list: &Value, wanted: impl Fn(&Value) -> bool) -> Vec<String> {
    let found = list.as_array().unwrap().iter().filter(|row| wanted(row));
    let code = |row: &Value| {
        ["code", "login", "number"].iter().find_map(|key| row[*key].as_str().map(str::to_owned))
    };
    found.map(|row| code(row).unwrap()).collect()
}

/// Each filter and each two of them against the whole list; `base` is what lists all.
fn check(world: &World, base: &str, filters: &[Choice]) {
    let all = world.json(base);
    let count = all.as_array().unwrap().len();
    for (one, is_one) in filters {
        let kept = codes(&all, is_one).len();
        assert!(kept > 0 && kept < count, "{base} {one} keeps {kept} of {count}: it shows nothing");
        for (other, is_other) in filters {
            let option = |line: &str| line.split(' ').next().unwrap().to_owned();
            if option(one) == option(other) && one != other || conflicts(one, other) {
                continue;
            }
            let options = if one == other { (*one).to_owned() } else { format!("{one} {other}") };
            let expected = codes(&all, |row| is_one(row) && is_other(row));
            let line = format!("{base} {options}");
            assert_eq!(codes(&world.json(&line), |_| true), expected, "{line}");
            if let [first, rest @ ..] = expected.as_slice() {
                let line = format!("{line} --after {first} --limit 2");
                assert_eq!(codes(&world.json(&line), |_| true), rest[..rest.len().min(2)], "{line}");
            }
        }
    }
}

/// Both say up to when.
fn conflicts(one: &str, other: &str) -> bool {
    let both = [one, other];
    both.iter().any(|line| line.contains("older-than")) && both.iter().any(|line| line.contains("until"))
}

both_engines!(referrals, |world| {
    furnish(world);
    let moved = world.json("referral list --status new --client CLI-00000B")[0]["code"].clone();
    let label = world.json("queue show 'Home care'")["statuses"][1]["label"].as_str().unwrap().to_owned();
    world.ok(&format!("referral set-status {} '{label}'", moved.as_str().unwrap()));
    world.ok(&format!(
        "referral note {} 'rang'",
        world.json("referral list --status new")[0]["code"].as_str().unwrap()
    ));
    let is_idle = move |row: &Value| {
        row["closed"] == json!(false) && row["code"] != moved && until("created_at", "2026-11-24T09")(row)
    };
    let filters: Vec<Choice> = vec![
        ("--queue meals --queue meals", is("queue", &["Meals"])),
        ("--status new --status done --queue meals", is("queue", &["Meals"])),
        ("--status done", is("status", &["Done"])),
        ("--client CLI-00000B", is("client", &["CLI-00000B"])),
        ("--provider acme --provider birch", is("provider_name", &["Acme Care", "Birch Homecare"])),
        ("--resource acme", is("resource_name", &["Acme Care"])),
        ("--since 2026-11-23", since("created_at", "2026-11-23")),
        ("--until 2026-11-23", until("created_at", "2026-11-24")),
        ("--older-than 6h", until("created_at", "2026-11-24T09")),
        ("--open", Box::new(|row| row["closed"] == json!(false))),
        ("--idle 6h", Box::new(is_idle)),
    ];
    check(world, "referral list", &filters);
});

both_engines!(packages_and_offers, |world| {
    furnish(world);
    let created = "created_at";
    let filters: Vec<Choice> = vec![
        ("--status accepted", is("status", &["accepted"])),
        ("--client CLI-00000A", is("referral", &["REF-00000A"])),
        ("--since 2026-11-23", since(created, "2026-11-23")),
        ("--until 2026-11-22", until(created, "2026-11-23")),
        ("--older-than 6h", until(created, "2026-11-24T09")),
    ];
    let several = "package list --status pending --status accepted --status recalled --status rejected";
    check(world, "package list", &filters[..4]);
    assert_eq!(world.json(several).as_array().unwrap().len(), 4);
    check(world, "package list --status recalled --status accepted --status pending", &filters[1..]);
    check(
        world,
        "package list --oldest-first --status recalled --status pending --status accepted",
        &filters[1..],
    );
    check(world, "package list --provider acme --provider cedar", &filters[..4]);
    let filters: Vec<Choice> = vec![
        ("--status accepted --status rejected", is("status", &["accepted", "rejected"])),
        ("--provider acme --provider cedar", is("provider_name", &["Acme Care", "Cedar Nursing"])),
        ("--client CLI-00000A", is("referral", &["REF-00000A"])),
        ("--package one --package two", is("package_reference", &["one", "two"])),
        ("--since 2026-11-23", since("requested_at", "2026-11-23")),
        ("--until 2026-11-22", until("requested_at", "2026-11-23")),
        ("--older-than 6h", until("requested_at", "2026-11-24T09")),
    ];
    let (alone, with_package) = (&filters[..3], &filters[3..]);
    check(world, "offer list", alone);
    check(world, "offer list --oldest-first", with_package);
});

both_engines!(requests_and_releases, |world| {
    furnish(world);
    let of_both: fn(&'static str) -> Vec<Choice> = |instant| {
        vec![
            ("--client CLI-00000A", is("client", &["CLI-00000A"])),
            ("--type clinical", is("type", &["clinical"])),
            ("--since 2026-11-23", since(instant, "2026-11-23")),
            ("--until 2026-11-23", until(instant, "2026-11-24")),
        ]
    };
    let mut filters = of_both("requested_at");
    filters.push(("--status denied --status granted", is("status", &["denied"])));
    check(world, "sharing list --type forms --type clinical", &[filters.remove(0), filters.remove(1)]);
    check(world, "sharing list", &filters);
    check(world, "release list --status active --status revoked", &of_both("created_at"));
});

both_engines!(people, |world| {
    furnish(world);
    world.ok("account disable mute");
    world.ok("client edit CLI-00000B --status inactive");
    let filters: Vec<Choice> = vec![
        ("--level supervisor --level provider-portal", is("level", &["supervisor", "provider-portal"])),
        ("--provider acme --provider birch", is("login", &["acme", "birch", "both", "mute"])),
        ("--resource cedar --resource birch", is("login", &["birch", "both", "cedar"])),
        ("--inactive", is("login", &["mute"])),
        ("--active", Box::new(|row| row["active"] == json!(true))),
    ];
    check(world, "account list", &filters[..4]);
    check(world, "account list", &[filters.into_iter().nth(4).unwrap()]);
    check(world, "client list", &[("--status inactive --status deceased", is("status", &["inactive"]))]);
    for (number, client, day) in [(1, 'A', 20), (2, 'B', 21), (3, 'A', 22), (4, 'B', 24)] {
        world.ok(&format!(
            "contact create --client CLI-00000{client} --number {number} --date 2026-11-{day} --even-so"
        ));
    }
    let filters: Vec<Choice> = vec![
        ("--client CLI-00000A", is("client", &["CLI-00000A"])),
        ("--since 2026-11-21", since("submitted_on", "2026-11-21")),
        // It is Tuesday, so that this Monday was yesterday.
        ("--until monday", until("submitted_on", "2026-11-24")),
    ];
    check(world, "contact list", &filters);
    check(world, "contact list --client CLI-00000B --client CLI-00000A", &filters[1..]);
});

// More clients than are found by way of a provider: here the names are gone through.
both_engines!(a_provider_with_many_clients, |world| {
    furnish(world);
    let rows = (0..4000).map(|number| format!("{number},Given{number},Many\n")).collect::<Vec<_>>();
    world.write("many.csv", format!("id,given,family\n{}", rows.concat()));
    world.ok("client import many.csv");
    world.sql(
        "INSERT INTO enrolment (id, client_id, provider_id, active, since_on, from_at)
        SELECT client.id, client.id, provider.id, TRUE, '2026-11-01', '2026-11-01T00:00:00.000Z'
        FROM client JOIN provider ON provider.name = 'Cedar Nursing'
        WHERE client.family = 'Many'",
    );
    assert_eq!(world.json("client list --provider cedar --limit 9000").as_array().unwrap().len(), 4000);
    check(world, "client list", &[("--provider cedar", is("family", &["Many"]))]);
});

both_engines!(visits, |world| {
    furnish(world);
    world.ok("referral create --queue Meals --client CLI-00000A");
    let third = world.json("referral list --queue Meals --unassigned --limit 1")[0]["code"]
        .as_str()
        .unwrap()
        .to_owned();
    world.ok(&format!("visit add {third} --start '2026-12-02 12:00' --duration 30"));
    let filters: Vec<Choice> = vec![
        ("--from 2026-12-03", since("start", "2026-12-03")),
        ("--to 2026-12-04", until("start", "2026-12-05")),
        ("--client CLI-00000B --client CLI-00000B", is("referral", &["REF-00000B"])),
        ("--queue 'home care' --queue 'home care'", is("referral", &["REF-00000A", "REF-00000B"])),
    ];
    check(world, "visit list", &filters);
    check(world, "visit list --queue meals --queue 'home care'", &filters[..3]);
    check(world, "visit list --client CLI-00000A --client CLI-00000B", &filters[..2]);
    let of_two = format!("visit list REF-00000B {third}");
    assert_eq!(world.json(&of_two).as_array().unwrap().len(), 3, "{of_two}");
    check(world, &of_two, &filters[..2]);
    let of_two = "package list --referral REF-00000A --referral REF-00000B";
    assert_eq!(world.json(of_two), world.json("package list"));
});

both_engines!(resources, |world| {
    furnish(world);
    world.ok("resource edit birch --state paused --yes");
    world.ok("resource edit cedar --state inactive --yes");
    let filters: Vec<Choice> = vec![
        ("--provider acme --provider birch", is("provider_name", &["Acme Care", "Birch Homecare"])),
        ("--queue 'home care' --queue meals", is("name", &["Acme Care", "Birch Homecare"])),
        ("--state paused --state paused", is("state", &["paused"])),
    ];
    check(world, "resource list --state active --state paused --state inactive", &filters[..2]);
    check(world, "resource list --provider acme --provider birch --provider cedar --all", &filters[1..2]);
    check(world, "resource list --provider acme --provider birch", &filters[2..]);
});

both_engines!(providers_and_their_clients, |world| {
    furnish(world);
    world.ok("client create --given Cleo --family Drew --birth-date 1950-01-02");
    world.ok("client create --given Dora --family Ames --birth-date 1950-01-03");
    world.ok("client enroll 'Cleo Drew' cedar");
    world.ok("client enroll 'Cleo Drew' acme");
    world.ok("client enroll CLI-00000B birch --status inactive");
    world.ok("client edit CLI-00000A --status inactive --yes");
    let given = |names| is("given", names);
    let filters: Vec<Choice> = vec![
        ("--provider acme", given(&["Ada", "Bo", "Cleo"])),
        ("--status inactive", is("status", &["inactive"])),
        ("--name b", given(&["Bo"])),
    ];
    check(world, "client list", &filters);
    check(world, "client list", &[("--provider birch --provider cedar", given(&["Ada", "Cleo"]))]);
    world.ok("provider deactivate acme --yes");
    let filters: Vec<Choice> = vec![
        ("--queue meals --queue meals", is("name", &["Birch Homecare"])),
        ("--active", Box::new(|row| row["active"] == json!(true))),
    ];
    check(world, "provider list", &filters);
    check(
        world,
        "provider list",
        &[("--queue meals --queue 'home care'", is("name", &["Acme Care", "Birch Homecare"]))],
    );
    world.as_user("birch");
    world.refusals(expect![[r#"
        2 usage.provider             client list --provider birch
        2 usage.status               client list --status active
        3 queue.not_found            provider list --queue nothing-like-it
    "#]]);
});

both_engines!(records, |world| {
    furnish(world);
    for (owner, kind, day) in [
        ("acme", "clinical", 20),
        ("acme", "forms", 21),
        ("birch", "clinical", 22),
        ("cedar", "services", 23),
    ] {
        world.ok(&format!(
            "record add CLI-00000A --provider {owner} --type {kind} --date 2026-11-{day} --title {kind}"
        ));
    }
    let filters: Vec<Choice> = vec![
        ("--type forms --type clinical", is("type", &["forms", "clinical"])),
        ("--owner birch --owner acme", is("owner_name", &["Acme Care", "Birch Homecare"])),
        ("--since 2026-11-22", since("happened_on", "2026-11-22")),
    ];
    check(world, "record list CLI-00000A", &filters);
});

both_engines!(capacity, |world| {
    furnish(world);
    world.ok("capacity set acme 3");
    world.ok("capacity set birch 2");
    world.ok("capacity set acme 5 --from 2026-12-01");
    world.ok("capacity set cedar 1");
    let filters: Vec<Choice> = vec![
        ("--resource acme --resource cedar", is("resource_name", &["Acme Care", "Cedar Nursing"])),
        ("--provider birch --provider acme", is("provider_name", &["Acme Care", "Birch Homecare"])),
        ("--status scheduled --status past", is("status", &["scheduled"])),
    ];
    let every = "capacity list --status in_force --status scheduled --status suspended";
    check(world, every, &filters[..2]);
    check(world, "capacity list --status in_force", &filters[..2]);
    let scheduled = world.json("capacity list --status scheduled --status past");
    assert_eq!(codes(&scheduled, |_| true), codes(&world.json("capacity list --all"), &filters[2].1));
});

// Rule 1.11.
both_engines!(a_provider_filters_what_it_sees, |world| {
    furnish(world);
    world.as_user("birch");
    let filters: Vec<Choice> = vec![
        ("--since 2026-11-23", since("created_at", "2026-11-23")),
        ("--until 2026-11-22", until("created_at", "2026-11-23")),
    ];
    world.ok("package list --status pending --status rejected");
    check_if_any(world, "package list", &filters);
    for line in ["package list --client CLI-00000A", "offer list --client CLI-00000A"] {
        let absent = line.replace("00000A", "00000Z");
        let (status, code, message) = refusal(world, &absent);
        let same = (status, code, message.replace("00000Z", "00000A"));
        assert_eq!(refusal(world, line), same, "{line}");
    }
    for option in ["--since today", "--until today", "--older-than 1h", "--idle 1d"] {
        assert_eq!(refusal(world, &format!("referral list {option}")).0, 2, "{option}");
    }
    let unknown = world.run("referral list --status nothing-like-it");
    assert_eq!(unknown.status, 0, "a provider does not learn which labels there are: {unknown:?}");
});

/// The same where a filter may keep all or nothing.
fn check_if_any(world: &World, base: &str, filters: &[Choice]) {
    let all = world.json(base);
    for (one, is_one) in filters {
        assert_eq!(
            codes(&world.json(&format!("{base} {one}")), |_| true),
            codes(&all, is_one),
            "{base} {one}"
        );
    }
}

both_engines!(what_there_is_not_is_an_error, |world| {
    furnish(world);
    world.refusals(expect![[r#"
        3 queue.no_such_status       referral list --status nwe
        3 queue.no_such_status       referral list --status done --queue 'Home care'
        3 client.not_found           referral list --client CLI-00000A --client CLI-ZZZZZZ
        3 provider.not_found         package list --provider acme --provider nothing-like-it
        2 usage                      package list --older-than 4h --until today
        2 usage                      offer list --client CLI-00000A --package one
        2 usage                      offer list --status done
        2 usage                      account list --level chief
        3 provider.not_found         account list --provider nothing-like-it
        2 usage                      account list --active --inactive
        2 usage                      capacity list --status in_force --all
        3 client.not_found           contact list --client CLI-00000A --client CLI-ZZZZZZ
    "#]]);
});
