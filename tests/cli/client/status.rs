//! People as they are (rule 5.5): active, inactive or deceased, under former names, replaced by another record.

use expect_test::expect;

use crate::town;

both_engines!(for_who_has_died_nothing_new_is_planned, |world| {
    town::settle(world);
    world.story(expect![[r#"
        $ caredesk outsource create REF-00000A --visit VIS-000001 VIS-000002 --provider acme
        Created package PKG-SZNCK3: 2 visits of REF-00000A, offered to Acme Care; no account is alerted (no e-mail address).
        $ caredesk client enroll CLI-00000A acme
        Changed client CLI-00000A (Ada Moss): active at `Acme Care` since 2026-11-22.
        $ caredesk client edit CLI-00000A --status deceased --since tomorrow
        2> error: deceased since `2026-11-23`, which lies in the future
        [exit 5]
        $ caredesk client edit CLI-00000A --status active --since today
        2> error: active since `2026-11-22`: only who is inactive or deceased has such a day
        [exit 5]
        $ caredesk client edit CLI-00000A --status deceased --since 2026-11-20
        Changed client CLI-00000A (Ada Moss): status active → deceased, since on none → 2026-11-20.
        2> note: still planned: the package, pending (PKG-SZNCK3); `caredesk outsource delete PKG-SZNCK3` ends it
        2> note: still planned: 4 visits to come (REF-00000A); `caredesk visit cancel VIS-000001 VIS-000002 VIS-000003 VIS-000004` ends it
        2> note: still planned: the referral in `Home care` (REF-00000A); `caredesk referral set-status REF-00000A Closed` ends it
        2> note: still planned: active at `Acme Care` (PRV-00000A); `caredesk client enroll CLI-00000A PRV-00000A --status inactive` ends it
        $ caredesk client show CLI-00000A
        code             CLI-00000A
        given            Ada
        family           Moss
        status           deceased
        since on         2026-11-20
        active releases  0

        CODE        QUEUE      STATUS  SINCE AT
        REF-00000A  Home care  New     2026-11-22 09:00 (59 min ago)

        CODE        REFERENCE   REFERRAL    STATUS   WAITING FOR
        PKG-SZNCK3  PKG-SZNCK3  REF-00000A  pending            1

        CODE        START             DURATION  REFERRAL
        VIS-000001  2026-12-01 09:00    30 min  REF-00000A
        VIS-000002  2026-12-02 09:00    30 min  REF-00000A
        VIS-000003  2026-12-03 09:00    30 min  REF-00000A

        PROVIDER    PROVIDER NAME  SINCE ON
        PRV-00000A  Acme Care      2026-11-22

        Still planned, and what ends it:
        PKG-SZNCK3  the package, pending
                    $ caredesk outsource delete PKG-SZNCK3
        REF-00000A  4 visits to come
                    $ caredesk visit cancel VIS-000001 VIS-000002 VIS-000003 VIS-000004
        REF-00000A  the referral in `Home care`
                    $ caredesk referral set-status REF-00000A Closed
        PRV-00000A  active at `Acme Care`
                    $ caredesk client enroll CLI-00000A PRV-00000A --status inactive
        $ caredesk client list
        CODE        GIVEN  FAMILY  BIRTH DATE  POSTAL CODE  ID  STATUS
        CLI-00000A  Ada    Moss                                 deceased
        CLI-00000B  Bo     Moss                                 active
        $ caredesk client list --status deceased -q
        CLI-00000A
        $ caredesk outsource create REF-00000A --visit VIS-000003 --provider acme
        2> error: Ada Moss (CLI-00000A) died on 2026-11-20
        2> hint: `--even-so` does it all the same
        [exit 4]
        $ caredesk outsource add-provider PKG-SZNCK3 birch
        2> error: Ada Moss (CLI-00000A) died on 2026-11-20
        2> hint: `--even-so` does it all the same
        [exit 4]
        $ caredesk visit add REF-00000A --start '2026-12-09 09:00' --duration 30
        2> error: Ada Moss (CLI-00000A) died on 2026-11-20
        2> hint: `--even-so` does it all the same
        [exit 4]
        $ caredesk visit edit VIS-000003 --start '2026-12-10 09:00'
        2> error: Ada Moss (CLI-00000A) died on 2026-11-20
        2> hint: `--even-so` does it all the same
        [exit 4]
        $ caredesk referral create --queue 'Home care' --client CLI-00000A
        2> error: Ada Moss (CLI-00000A) died on 2026-11-20
        2> hint: `--even-so` does it all the same
        [exit 4]
        $ caredesk client enroll CLI-00000A birch
        2> error: Ada Moss (CLI-00000A) died on 2026-11-20
        2> hint: `--even-so` does it all the same
        [exit 4]
        $ caredesk sharing request CLI-00000A --owner acme --recipient birch --type services
        2> error: Ada Moss (CLI-00000A) died on 2026-11-20
        2> hint: `--even-so` does it all the same
        [exit 4]
        $ caredesk package respond PKG-SZNCK3 --provider acme --accept
        2> error: Ada Moss (CLI-00000A) died on 2026-11-20
        2> hint: `--even-so` does it all the same
        [exit 4]
        $ caredesk package respond PKG-SZNCK3 --provider acme --accept --even-so --dry-run
        dry run: Accepted package PKG-SZNCK3 for `Acme Care`.
        $ caredesk referral set-status REF-00000A Closed
        2> error: package `PKG-SZNCK3` of referral `REF-00000A` still waits for an answer
        2> hint: recall it with `caredesk outsource delete PKG-SZNCK3`, or wait for the answer
        [exit 4]
        $ caredesk referral set-status REF-00000A New
        Nothing to change: referral REF-00000A stays as it is.
        $ caredesk referral set-status REF-00000A New --even-so
        Nothing to change: referral REF-00000A stays as it is.
        $ caredesk outsource create REF-00000A --visit VIS-000003 --provider acme --even-so
        Created package PKG-1P025S: 1 visit of REF-00000A, offered to Acme Care; no account is alerted (no e-mail address).
        $ caredesk visit add REF-00000A --start '2026-12-09 09:00' --duration 30 --even-so
        Created visit VIS-98XD3J: Wed 9 December 2026 at 09:00, 30 min.
        $ caredesk client edit CLI-00000A --status active
        Changed client CLI-00000A (Ada Moss): status deceased → active, since on 2026-11-20 → none.
        $ caredesk client edit CLI-00000B --status inactive
        Changed client CLI-00000B (Bo Moss): status active → inactive, since on none → 2026-11-22.
    "#]]);
});

both_engines!(a_provider_is_not_told_who_has_died, |world| {
    town::settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme --reference winter");
    world.ok("client edit CLI-00000A --status deceased");
    world.as_user("acme");
    world.story(expect![[r#"
        $ caredesk package respond winter --provider acme --accept
        2> error: the client has died
        2> hint: `--even-so` does it all the same
        [exit 4]
        $ caredesk package respond winter --provider acme --accept -o json
        2> {"error":{"kind":"refused","code":"client.deceased","message":"the client has died","hint":"`--even-so` does it all the same","details":{}}}
        [exit 4]
        $ caredesk package respond winter --provider acme --reject
        Rejected package PKG-SZNCK3 (winter) for `Acme Care`; no account is alerted (no e-mail address).
        $ caredesk package respond winter --provider acme --reject
        Nothing to change: `Acme Care` has already rejected package PKG-SZNCK3 (winter).
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
        Changed client CLI-MJ18AD (Ada Fenn): family Brook → Fenn, former names none → Ada Brook.
        $ caredesk client edit 1 --given Adda --correction
        Changed client CLI-MJ18AD (Adda Fenn): given Ada → Adda.
        $ caredesk client edit 1 --given Ada --correction --former-name 'Ada Marsh'
        Changed client CLI-MJ18AD (Ada Fenn): given Adda → Ada, former names Ada Brook → Ada Marsh, Ada Brook.
        $ caredesk client show 'Ada Brook'
        code             CLI-MJ18AD
        given            Ada
        family           Fenn
        id               1
        status           active
        former names     Ada Marsh, Ada Brook
        active releases  0
        $ caredesk client show marsh -q
        CLI-MJ18AD
        $ caredesk client list --name 'ada b'
        CODE        GIVEN  FAMILY  BIRTH DATE  POSTAL CODE  ID  STATUS
        CLI-MJ18AD  Ada    Fenn                             1   active
        $ caredesk client list --name b --columns given,family,former_names
        GIVEN  FAMILY  FORMER NAMES
        Ben    Lowe
        $ caredesk client edit 1 --family Brook -o json --columns family,former_names,changes
        {
          "family": "Brook",
          "former_names": [
            "Ada Fenn",
            "Ada Marsh"
          ],
          "changes": [
            {
              "field": "family",
              "from": "Fenn",
              "to": "Brook"
            },
            {
              "field": "former_names",
              "from": [
                "Ada Marsh",
                "Ada Brook"
              ],
              "to": [
                "Ada Fenn",
                "Ada Marsh"
              ]
            }
          ]
        }
        $ caredesk client edit 1 --former-name none
        Changed client CLI-MJ18AD (Ada Brook): former names Ada Fenn, Ada Marsh → none.
        $ caredesk client show fenn
        2> error: there is no client `fenn`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
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
        Clients: 9 read, 9 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-JACXZC: `caredesk import undo IMP-JACXZC` takes it back.
        2> note: ward.json entry 6: day of death `2023` does not say the day and was left out
        2> note: ward.json entry 8: the person who replaces this one is not there, so it comes in as inactive
        $ caredesk client import ward.json
        Clients: 9 read, 0 created, 1 updated, 8 unchanged, 0 rejected.
        Import IMP-QKHBQ2: `caredesk import undo IMP-QKHBQ2` takes it back.
        2> note: ward.json entry 6: day of death `2023` does not say the day and was left out
        $ caredesk client list --columns given,family,id,status,since_on,former_names
        GIVEN                             FAMILY                            ID          STATUS     SINCE ON    FORMER NAMES
                                          Bo Marsh                          flag        deceased
        Cy                                Dale                              kept        active                 Cy Elm, Cyra Ash, C Dale, Cyrus Dale
        Di                                Holt                              date        deceased   2024-02-01
        Ed                                Vale                              away        inactive
        Fay                               Wold                              lost        inactive
        Gil                               Yew                               round       active
                                          Yan                               year        deceased
        $ caredesk client show gone --columns code,given,family,id,former_names
        code          CLI-0FGPME
        given         Cy
        family        Dale
        id            kept
        former names  Cy Elm, Cyra Ash, C Dale, Cyrus Dale
        $ caredesk client show 'cyrus dale' --columns id
        id  kept
        $ caredesk client import later.json
        2> error: `later` does not say where its rows come from
        2> hint: say `--source ward` for what came from there before, or `--source later` for a new source
        [exit 2]
        $ caredesk client import late.csv --source ward
        Clients: 2 read, 0 created, 2 updated, 0 unchanged, 0 rejected.
        Cleared: since on of 1.
        Import IMP-1R87PT: `caredesk import undo IMP-1R87PT` takes it back.
        $ caredesk client list --status deceased --columns given,family,since_on
        GIVEN  FAMILY  SINCE ON
        Bo     Marsh
               Yan
    "#]]);
});

both_engines!(a_table_says_who_is_no_longer_cared_for, |world| {
    world.ok("init");
    world.write(
        "people.csv",
        "id,given,family,status,since_on,deceased,former_names\n\
         1,Ada,Brook,active,,,Fenn; Ada M Lowe\n2,Ben,Crane,Inactive,2026-02-03,,\n3,Cem,Dune,deceased,2026-01-02,,\n\
         4,Di,Elm,,,yes,\n5,Ed,Fern,,,2025-05-05,\n6,Fay,Gale,gone,,,\n7,Gus,Hill,,,2027-01-01,\n8,Hal,Ivy,1,,2024-04-04,\n",
    );
    world.story(expect![[r#"
        $ caredesk client import people.csv --keep-going
        Clients: 8 read, 6 created, 0 updated, 0 unchanged, 2 rejected.
        Import IMP-T8D29Y: `caredesk import undo IMP-T8D29Y` takes it back.
        2> rejected: people.csv line 7: status `gone` is none of active, inactive and deceased
        2> rejected: people.csv line 8: deceased since `2027-01-01`, which lies in the future
        2> error: 2 of 8 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk client list --columns id,status,since_on,former_names
        ID          STATUS     SINCE ON    FORMER NAMES
        1           active                 Ada Fenn, Ada M Lowe
        2           inactive   2026-02-03
        3           deceased   2026-01-02
        4           deceased
        5           deceased   2025-05-05
        8           deceased   2024-04-04
    "#]]);
    world.write("own.csv", world.ok("client list -o csv"));
    assert_eq!(
        world.ok("client import own.csv --source people"),
        "Clients: 6 read, 0 created, 0 updated, 6 unchanged, 0 rejected.\n"
    );
});
