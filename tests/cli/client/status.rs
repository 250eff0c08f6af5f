//! People as they are (rule 5.5): active, inactive or deceased, under former names, replaced by another record.

use expect_test::expect;

use crate::town;

both_engines!(for_who_has_died_nothing_new_is_planned, |world| {
    town::settle(world);
    world.story(expect![[r#"
        $ caredesk outsource create REF-00000A --visit VIS-000001 VIS-000002 --provider acme
        $ caredesk client enroll CLI-00000A acme
        $ caredesk client edit CLI-00000A --status deceased --since tomorrow
        $ caredesk client edit CLI-00000A --status active --since today
        $ caredesk client edit CLI-00000A --status deceased --since 2026-11-20
        $ caredesk client show CLI-00000A
        $ caredesk client list
        $ caredesk client list --status deceased -q
        $ caredesk outsource create REF-00000A --visit VIS-000003 --provider acme
        $ caredesk outsource add-provider PKG-9Y7DZH birch
        $ caredesk visit add REF-00000A --start '2026-12-09 09:00' --duration 30
        $ caredesk referral create --queue 'Home care' --client CLI-00000A
        $ caredesk client enroll CLI-00000A birch
        $ caredesk sharing request CLI-00000A --owner acme --recipient birch --type services
        $ caredesk outsource create REF-00000A --visit VIS-000003 --provider acme --even-so
        $ caredesk visit add REF-00000A --start '2026-12-09 09:00' --duration 30 --even-so
        $ caredesk client edit CLI-00000A --status active
        $ caredesk client edit CLI-00000B --status inactive
    "#]]);
});

both_engines!(what_is_still_planned_is_ended_as_it_says, |world| {
    town::settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 VIS-000002 --provider acme");
    world.ok("client enroll CLI-00000A acme");
    world.ok("client edit CLI-00000A --status deceased");
    let planned = |world: &crate::world::World| world.json("client show CLI-00000A")["still_planned"].clone();
    let first = planned(world);
    assert_eq!(first.as_array().map(Vec::len), Some(4), "{first}");
    for one in first.as_array().into_iter().flatten() {
        let command = one["command"].as_str().and_then(|command| command.strip_prefix("caredesk "));
        world.ok(&format!("{} --yes", command.expect("a command")));
    }
    assert_eq!(planned(world), serde_json::json!([]));
});

both_engines!(former_names_are_kept_and_found, |world| {
    world.ok("init");
    world.ok("client create --given Ada --family Brook --id 1");
    world.ok("client create --given Ben --family Lowe");
    world.story(expect![[r#"
        $ caredesk client edit 1 --family Fenn
        $ caredesk client edit 1 --given Adda --correction
        $ caredesk client edit 1 --given Ada --correction --former-name 'Ada Marsh'
        $ caredesk client show 'Ada Brook'
        $ caredesk client show marsh -q
        $ caredesk client list --name 'ada b'
        $ caredesk client list --name b --columns given,family,former_names
        $ caredesk client edit 1 --family Brook -o json --columns family,former_names,changes
        $ caredesk client edit 1 --former-name none
        $ caredesk client show fenn
    "#]]);
});

const PATIENTS: &str = r#"{"resourceType": "Bundle", "entry": [
    {"resource": {"resourceType": "Patient", "id": "gone", "active": false, "name": [{"family": "Dale", "given": ["Cyrus"]}],
        "link": [{"type": "replaced-by", "other": {"reference": "Patient/older"}}]}},
    {"resource": {"resourceType": "Patient", "id": "older", "name": [{"family": "Dale", "given": ["C"]}],
        "link": [{"type": "replaced-by", "other": {"reference": "https://ward.example/Patient/kept/_history/2"}}]}},
    {"resource": {"resourceType": "Patient", "id": "kept", "birthDate": "1960-06-06", "name": [
        {"use": "maiden", "family": "Elm"}, {"use": "official", "family": "Dale", "given": ["Cy"]},
        {"use": "old", "family": "Ash", "given": ["Cyra"]}]}},
    {"resource": {"resourceType": "Patient", "id": "flag", "deceasedBoolean": true, "name": [{"text": "Bo Marsh"}]}},
    {"resource": {"resourceType": "Patient", "id": "date", "active": true, "deceasedDateTime": "2024-02-01T10:00:00Z",
        "name": [{"family": "Holt", "given": ["Di"]}]}},
    {"resource": {"resourceType": "Patient", "id": "year", "deceasedDateTime": "2023", "name": [{"text": "Yan"}]}},
    {"resource": {"resourceType": "Patient", "id": "away", "active": false, "name": [{"family": "Vale", "given": ["Ed"]}]}},
    {"resource": {"resourceType": "Patient", "id": "lost", "name": [{"family": "Wold", "given": ["Fay"]}],
        "link": [{"type": "replaced-by", "other": {"reference": "Patient/nowhere"}}]}},
    {"resource": {"resourceType": "Patient", "id": "round", "name": [{"family": "Yew", "given": ["Gil"]}],
        "link": [{"type": "replaced-by", "other": {"reference": "Patient/round"}}]}}
]}"#;

both_engines!(imported_people_come_as_they_are, |world| {
    world.ok("init");
    world.write("ward.json", PATIENTS);
    world.write(
        "later.json",
        PATIENTS.replace(r#""id": "away", "active": false"#, r#""id": "away", "active": true"#),
    );
    world.write("late.csv", "id,given,family,deceased\nflag,Bo,Marsh,\ndate,Di,Holt,no\n");
    world.story(expect![[r#"
        $ caredesk client import ward.json
        $ caredesk client import ward.json
        $ caredesk client list --columns given,family,id,status,status_since,former_names
        $ caredesk client show gone --columns code,given,family,id,former_names
        $ caredesk client show 'cyrus dale' --columns id
        $ caredesk client import later.json
        $ caredesk client import late.csv --source ward
        $ caredesk client list --status deceased --columns given,family,status_since
    "#]]);
});

both_engines!(a_table_says_who_is_no_longer_cared_for, |world| {
    world.ok("init");
    world.write(
        "people.csv",
        "id,given,family,status,status_since,deceased,former_names\n\
         1,Ada,Brook,active,,,Fenn; Ada M Lowe\n2,Ben,Crane,Inactive,2026-02-03,,\n3,Cem,Dune,deceased,2026-01-02,,\n\
         4,Di,Elm,,,yes,\n5,Ed,Fern,,,2025-05-05,\n6,Fay,Gale,gone,,,\n7,Gus,Hill,,,2027-01-01,\n8,Hal,Ivy,1,,2024-04-04,\n",
    );
    world.story(expect![[r#"
        $ caredesk client import people.csv --keep-going
        $ caredesk client list --columns id,status,status_since,former_names
    "#]]);
    world.write("own.csv", world.ok("client list -o csv"));
    assert_eq!(
        world.ok("client import own.csv --source people"),
        "Clients: 6 read, 0 created, 0 updated, 6 unchanged, 0 rejected.\n"
    );
});
