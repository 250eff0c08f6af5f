//! Clients: made, found by whatever people say, changed, and taken over from other systems.

mod contact_details;
mod duplicates;
mod empty;
mod enrolments;
mod erase;
mod merge;
mod source;
mod status;

use std::fmt::Write as _;

use expect_test::expect;

use crate::world::World;

both_engines!(a_client_is_made_found_and_changed, |world| {
    world.ok("init");
    world.story(expect![[r#"
        $ caredesk client create --given Ada --family Brook --birth-date 1948-03-02 --postal-code 'AB1 2CD' --id NHS-77
        Created client CLI-MJ18AD (Ada Brook).
        $ caredesk client create --given Zoë --family 'van der Berg'
        Created client CLI-1FS91H (Zoë van der Berg).
        $ caredesk client list
        CODE        GIVEN  FAMILY        BIRTH DATE  POSTAL CODE  ID      STATUS
        CLI-MJ18AD  Ada    Brook         1948-03-02  AB1 2CD      NHS-77  active
        CLI-1FS91H  Zoë    van der Berg                                   active
        $ caredesk client show NHS-77
        code             CLI-MJ18AD
        given            Ada
        family           Brook
        birth date       1948-03-02
        postal code      AB1 2CD
        id               NHS-77
        status           active
        active releases  0
        $ caredesk client show 'brook, ada'
        code             CLI-MJ18AD
        given            Ada
        family           Brook
        birth date       1948-03-02
        postal code      AB1 2CD
        id               NHS-77
        status           active
        active releases  0
        $ caredesk client show zoe
        code             CLI-1FS91H
        given            Zoë
        family           van der Berg
        status           active
        active releases  0
        $ caredesk client show berg
        code             CLI-1FS91H
        given            Zoë
        family           van der Berg
        status           active
        active releases  0
        $ caredesk client create --given Eve --family Bergson --id none-yet -q
        CLI-12T84A
        $ caredesk client show berg -q
        CLI-1FS91H
        $ caredesk client show bergs --columns id
        id  none-yet
        $ caredesk client edit NHS-77 --birth-date none --postal-code none -o json
        {
          "code": "CLI-MJ18AD",
          "given": "Ada",
          "family": "Brook",
          "birth_date": null,
          "postal_code": null,
          "address": null,
          "phones": [],
          "carer_note": null,
          "id": "NHS-77",
          "status": "active",
          "since_on": null,
          "former_names": [],
          "anonymous": false,
          "result": "updated",
          "changes": [
            {
              "field": "birth_date",
              "from": "1948-03-02",
              "to": null
            },
            {
              "field": "postal_code",
              "from": "AB1 2CD",
              "to": null
            }
          ]
        }
        $ caredesk client edit NHS-77 --birth-date none
        Nothing to change: client CLI-MJ18AD (Ada Brook) stays as it is.
        $ caredesk audit list --columns action,by,before
        ACTION         BY     BEFORE
        client.edit    admin  {"code":"CLI-MJ18AD","given":"Ada","family":"Brook","birth_date":"1948-03-02","postal_code":"AB1 2CD","address":null,"phones":[],"carer_note":null,"id":"NHS-77","status":"active","since_on":null,"former_names":[],"anonymous":false}
        client.create  admin
        client.create  admin
        client.create  admin
        database.init  admin
    "#]]);
});

both_engines!(what_a_client_cannot_be, |world| {
    world.ok("init");
    world.ok("client create --given Ada --family Brook --id NHS-77");
    world.story(expect![[r#"
        $ caredesk client create --given Ben --family Crane --birth-date 1879-12-31
        2> error: birth date `1879-12-31` lies before 1880
        [exit 5]
        $ caredesk client create --given Ben --family Crane --birth-date tomorrow
        2> error: birth date `2026-11-23` lies in the future
        [exit 5]
        $ caredesk client create --given Ben --family Crane --birth-date 2/3/1948
        2> error: invalid value '2/3/1948' for '--birth-date <DATE>': `2/3/1948` is not a date: it could be read in two ways; write 2026-12-01, today, tomorrow, monday, +3d or -2w
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk client create --given Ben --family Crane --id CLI-1
        2> error: invalid value 'CLI-1' for '--id <ID>': `CLI-1` has the form of a code of ours
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk client create --given Ben --family Crane --id NHS-77
        2> error: the id `NHS-77` belongs to CLI-MJ18AD (Ada Brook) already
        2> hint: `--if-not-exists` leaves it as it is; `caredesk client edit` changes it
        [exit 4]
        $ caredesk client create --given Ben --family Crane --id NHS-77 --if-not-exists
        Nothing to change: client CLI-MJ18AD (Ada Brook) exists.
        $ caredesk client create --given Ada --family Brook
        Created client CLI-12T84A (Ada Brook).
        2> warning: CLI-MJ18AD has the same name
        $ caredesk client show Ada
        2> error: `Ada` could mean more than one client
        2> hint: say which: CLI-12T84A (Ada Brook), CLI-MJ18AD (Ada Brook)
        [exit 4]
        $ caredesk client show Brok
        2> error: there is no client `Brok`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        $ caredesk client create --given Ben --family Crane --id NHS-78 --dry-run
        dry run: Created client CLI-75BPQN (Ben Crane).
        $ caredesk client edit Crane --id NHS-77
        2> error: there is no client `Crane`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
    "#]]);
});

both_engines!(lists_go_on_where_they_ended, |world| {
    world.ok("init");
    let names = ["Ada", "Ben", "Cem", "Dan", "Eve"];
    let codes: Vec<String> = names
        .iter()
        .map(|name| world.ok(&format!("client create --given {name} --family Brook -q")).trim().to_owned())
        .collect();
    let page = world.ok(&format!("client list --limit 2 --after {} -o csv --columns given", codes[1]));
    assert_eq!(page.lines().collect::<Vec<_>>(), ["given", "Cem", "Dan"]);
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
        let (told, edited) = (
            world.run(&format!("client show '{typed}'")),
            world.run(&format!("client edit '{typed}' --given X")),
        );
        let expected = format!(
            "error: there is no client `{typed}`\nhint: `caredesk client list` shows those that there are\n"
        );
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
    world.story(expect![[r#"
        $ caredesk client import <FIXTURES>/people.csv
        2> error: `people.csv` has no column `id`
        2> hint: say which column holds it: --map id="…"; the columns are `Number`, `Born`, `First`, `Last`, `Post`
        [exit 5]
        $ caredesk client import <FIXTURES>/people.csv --map id=Number --map given=First --map family=Last --map birth_date=Born --map postal_code=Post --dry-run
        dry run: Clients: 3 read, 3 created, 0 updated, 0 unchanged, 0 rejected.
        $ caredesk client import <FIXTURES>/people.csv --map id=Number --map given=First --map family=Last --map birth_date=Born --map postal_code=Post
        Clients: 3 read, 3 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-8NAC1D: `caredesk import undo IMP-8NAC1D` takes it back.
        $ caredesk client import <FIXTURES>/people.csv --map id=Number --map given=First --map family=Last --map birth_date=Born --map postal_code=Post -o json
        {
          "read": 3,
          "created": 0,
          "updated": 0,
          "unchanged": 3,
          "rejected": 0,
          "cleared": {},
          "not_kept": {},
          "changes": [],
          "more_changes": 0,
          "gains": [],
          "losses": [],
          "import": null
        }
        $ caredesk client list
        CODE        GIVEN  FAMILY        BIRTH DATE  POSTAL CODE  ID   STATUS
        CLI-WMEJHB  Ada    Brook         1948-03-02  AB1 2CD      p-1  active
        CLI-W8607R  Tom    O'Hara        1951-11-30  AB1 9ZZ      p-3  active
        CLI-W5BBRD  Zoë    van der Berg                           p-2  active
        $ caredesk client edit p-2 --given Zoey --birth-date 1960-01-01
        Changed client CLI-W5BBRD (Zoey van der Berg): given Zoë → Zoey, birth date none → 1960-01-01, former names none → Zoë van der Berg.
        $ caredesk client import <FIXTURES>/people.csv --map id=Number --map given=First --map family=Last --map birth_date=Born --map postal_code=Post -o json
        {
          "read": 3,
          "created": 0,
          "updated": 1,
          "unchanged": 2,
          "rejected": 0,
          "cleared": {
            "birth_date": 1
          },
          "not_kept": {},
          "changes": [],
          "more_changes": 0,
          "gains": [],
          "losses": [],
          "import": "IMP-1R87PT"
        }
        $ caredesk client show p-2
        code             CLI-W5BBRD
        given            Zoë
        family           van der Berg
        id               p-2
        status           active
        former names     Zoey van der Berg
        active releases  0
        $ caredesk client import <FIXTURES>/people.csv --map id=Number --map given=First --map family=Last --map birth_date=Born --map postal_code=Post --source elsewhere
        2> rejected: people.csv line 2: the id `p-1` belongs to CLI-WMEJHB (Ada Brook) of the source `people` already
        2> rejected: people.csv line 3: the id `p-2` belongs to CLI-W5BBRD (Zoë van der Berg) of the source `people` already
        2> rejected: people.csv line 4: the id `p-3` belongs to CLI-W8607R (Tom O'Hara) of the source `people` already
        2> error: 3 of 3 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk client import <FIXTURES>/people.csv --map id=Number --map given=First --map family=Last --map birth_date=Born --map postal_code=Post --source elsewhere --without-ids
        Clients: 3 read, 3 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-7P38AH: `caredesk import undo IMP-7P38AH` takes it back.
        $ caredesk audit list --limit 5 --columns action,before,after -o jsonl
        {"action":"client.import","before":null,"after":{"code":"CLI-8RYZHX","given":"Tom","family":"O'Hara","birth_date":"1951-11-30","postal_code":"AB1 9ZZ","address":null,"phones":[],"carer_note":null,"id":null,"status":"active","since_on":null,"former_names":[],"anonymous":false}}
        {"action":"client.import","before":null,"after":{"code":"CLI-KDVJFH","given":"Zoë","family":"van der Berg","birth_date":null,"postal_code":null,"address":null,"phones":[],"carer_note":null,"id":null,"status":"active","since_on":null,"former_names":[],"anonymous":false}}
        {"action":"client.import","before":null,"after":{"code":"CLI-SZNCK3","given":"Ada","family":"Brook","birth_date":"1948-03-02","postal_code":"AB1 2CD","address":null,"phones":[],"carer_note":null,"id":null,"status":"active","since_on":null,"former_names":[],"anonymous":false}}
        {"action":"client.import","before":{"code":"CLI-W5BBRD","given":"Zoey","family":"van der Berg","birth_date":"1960-01-01","postal_code":null,"address":null,"phones":[],"carer_note":null,"id":"p-2","status":"active","since_on":null,"former_names":["Zoë van der Berg"],"anonymous":false},"after":{"code":"CLI-W5BBRD","given":"Zoë","family":"van der Berg","birth_date":null,"postal_code":null,"address":null,"phones":[],"carer_note":null,"id":"p-2","status":"active","since_on":null,"former_names":["Zoey van der Berg"],"anonymous":false}}
        {"action":"client.edit","before":{"code":"CLI-W5BBRD","given":"Zoë","family":"van der Berg","birth_date":null,"postal_code":null,"address":null,"phones":[],"carer_note":null,"id":"p-2","status":"active","since_on":null,"former_names":[],"anonymous":false},"after":{"code":"CLI-W5BBRD","given":"Zoey","family":"van der Berg","birth_date":"1960-01-01","postal_code":null,"address":null,"phones":[],"carer_note":null,"id":"p-2","status":"active","since_on":null,"former_names":["Zoë van der Berg"],"anonymous":false}}
        $ caredesk audit verify -o json --columns entries,intact
        {
          "entries": 9,
          "intact": true
        }
    "#]]);
});

both_engines!(a_bad_row_stops_all_or_is_left_out, |world| {
    world.ok("init");
    world.story(expect![[r#"
        $ caredesk client import <FIXTURES>/people-faulty.csv
        2> rejected: people-faulty.csv line 3: birth date `2048-03-02` lies in the future
        2> rejected: people-faulty.csv line 4: has no name
        2> rejected: people-faulty.csv line 5: the id `q-1` was there before in this source
        2> rejected: people-faulty.csv line 6: birth date `02/03/1948` is not a date such as 1950-12-31; `--date-format` says what its numbers are
        2> rejected: people-faulty.csv line 7: has no id
        2> rejected: people-faulty.csv line 8: has 4 cells where the header has 5
        2> error: 6 of 8 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk client list -o json
        []
        $ caredesk audit list --columns action
        ACTION
        database.init
        $ caredesk client import <FIXTURES>/people-faulty.csv -o json
        2> {"rejected":{"at":"people-faulty.csv line 3","reason":"birth date `2048-03-02` lies in the future"}}
        2> {"rejected":{"at":"people-faulty.csv line 4","reason":"has no name"}}
        2> {"rejected":{"at":"people-faulty.csv line 5","reason":"the id `q-1` was there before in this source"}}
        2> {"rejected":{"at":"people-faulty.csv line 6","reason":"birth date `02/03/1948` is not a date such as 1950-12-31; `--date-format` says what its numbers are"}}
        2> {"rejected":{"at":"people-faulty.csv line 7","reason":"has no id"}}
        2> {"rejected":{"at":"people-faulty.csv line 8","reason":"has 4 cells where the header has 5"}}
        2> {"error":{"kind":"invalid","code":"import.rejected","message":"6 of 8 rows were rejected, so nothing was written","hint":"correct the rows, or import the good ones with `--keep-going`","details":{"read":8,"rejected":6}}}
        [exit 5]
        $ caredesk client import <FIXTURES>/people-faulty.csv --keep-going --rejects rejects.csv
        Clients: 8 read, 2 created, 0 updated, 0 unchanged, 6 rejected.
        Import IMP-76AQMM: `caredesk import undo IMP-76AQMM` takes it back.
        2> rejected: people-faulty.csv line 3: birth date `2048-03-02` lies in the future
        2> rejected: people-faulty.csv line 4: has no name
        2> rejected: people-faulty.csv line 5: the id `q-1` was there before in this source
        2> rejected: people-faulty.csv line 6: birth date `02/03/1948` is not a date such as 1950-12-31; `--date-format` says what its numbers are
        2> rejected: people-faulty.csv line 7: has no id
        2> rejected: people-faulty.csv line 8: has 4 cells where the header has 5
        2> note: 6 rejected rows are in `rejects.csv`
        2> error: 6 of 8 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk client list
        CODE        GIVEN  FAMILY  BIRTH DATE  POSTAL CODE  ID   STATUS
        CLI-6EBD1T  Ada    Brook   1948-03-02  AB1 2CD      q-1  active
        CLI-XP6WF7  Hal    Gale    1948-03-02  AB7          q-6  active
    "#]]);
    expect![[r#"
        rejected_from,id,given,family,birth_date,postal_code,error
        people-faulty,q-2,Ben,Crane,2048-03-02,AB1,people-faulty.csv line 3: birth date `2048-03-02` lies in the future
        people-faulty,q-3,,,1950-01-01,AB1,people-faulty.csv line 4: has no name
        people-faulty,q-1,Ada,Brook,1948-03-02,AB1 2CD,people-faulty.csv line 5: the id `q-1` was there before in this source
        people-faulty,q-4,Eve,Dune,02/03/1948,AB1,people-faulty.csv line 6: birth date `02/03/1948` is not a date such as 1950-12-31; `--date-format` says what its numbers are
        people-faulty,,Fay,Elm,1948-03-02,AB1,people-faulty.csv line 7: has no id
        people-faulty,q-5,Gus,Fern,1948-03-02,,people-faulty.csv line 8: has 4 cells where the header has 5
    "#]].assert_eq(&world.read("rejects.csv"));
});

both_engines!(fhir_patients_are_taken_over, |world| {
    world.ok("init");
    world.story(expect![[r#"
        $ caredesk client import <FIXTURES>/fhir
        2> note: <FIXTURES>/fhir/bundle.json urn:uuid:0b8f6f0e-aaaa-4222-8333-444455556666: birth date `1970-03` does not say the day and was left out
        2> note: <FIXTURES>/fhir/bundle.json entry 4: birth date `1970` does not say the day and was left out
        2> rejected: <FIXTURES>/fhir/bundle.json entry 5: the Patient has no name
        2> rejected: <FIXTURES>/fhir/bundle.json entry 6: the Patient has neither an `id` nor a `fullUrl`
        2> rejected: <FIXTURES>/fhir/bundle.json entry 7: birth date `1971-02-29` is not a date
        2> rejected: <FIXTURES>/fhir/bundle.json entry 8: `name` is not of the type that FHIR R4 gives it
        2> rejected: <FIXTURES>/fhir/patients.ndjson:4: the Patient has no name
        2> error: 5 of 9 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk client import <FIXTURES>/fhir --keep-going
        Clients: 9 read, 4 created, 0 updated, 0 unchanged, 5 rejected.
        Not kept: Organization of 1, Practitioner of 1, address of 4, name of 2, name.prefix of 1.
        Import IMP-6XC755: `caredesk import undo IMP-6XC755` takes it back.
        2> note: <FIXTURES>/fhir/bundle.json urn:uuid:0b8f6f0e-aaaa-4222-8333-444455556666: birth date `1970-03` does not say the day and was left out
        2> note: <FIXTURES>/fhir/bundle.json entry 4: birth date `1970` does not say the day and was left out
        2> rejected: <FIXTURES>/fhir/bundle.json entry 5: the Patient has no name
        2> rejected: <FIXTURES>/fhir/bundle.json entry 6: the Patient has neither an `id` nor a `fullUrl`
        2> rejected: <FIXTURES>/fhir/bundle.json entry 7: birth date `1971-02-29` is not a date
        2> rejected: <FIXTURES>/fhir/bundle.json entry 8: `name` is not of the type that FHIR R4 gives it
        2> rejected: <FIXTURES>/fhir/patients.ndjson:4: the Patient has no name
        2> error: 5 of 9 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk client import <FIXTURES>/fhir --keep-going -o json
        {
          "read": 9,
          "created": 0,
          "updated": 0,
          "unchanged": 4,
          "rejected": 5,
          "cleared": {},
          "not_kept": {
            "Organization": 1,
            "Practitioner": 1,
            "address": 4,
            "name": 2,
            "name.prefix": 1
          },
          "changes": [],
          "more_changes": 0,
          "gains": [],
          "losses": [],
          "import": null
        }
        2> {"note":"<FIXTURES>/fhir/bundle.json urn:uuid:0b8f6f0e-aaaa-4222-8333-444455556666: birth date `1970-03` does not say the day and was left out"}
        2> {"note":"<FIXTURES>/fhir/bundle.json entry 4: birth date `1970` does not say the day and was left out"}
        2> {"rejected":{"at":"<FIXTURES>/fhir/bundle.json entry 5","reason":"the Patient has no name"}}
        2> {"rejected":{"at":"<FIXTURES>/fhir/bundle.json entry 6","reason":"the Patient has neither an `id` nor a `fullUrl`"}}
        2> {"rejected":{"at":"<FIXTURES>/fhir/bundle.json entry 7","reason":"birth date `1971-02-29` is not a date"}}
        2> {"rejected":{"at":"<FIXTURES>/fhir/bundle.json entry 8","reason":"`name` is not of the type that FHIR R4 gives it"}}
        2> {"rejected":{"at":"<FIXTURES>/fhir/patients.ndjson:4","reason":"the Patient has no name"}}
        2> {"error":{"kind":"partial","code":"import.partial","message":"5 of 9 rows were rejected; the others were imported","hint":"correct those rows and import the file again: rows that are already imported stay as they are","details":{"read":9,"created":0,"updated":0,"unchanged":4,"rejected":5}}}
        [exit 9]
        $ caredesk client list --columns given,family,birth_date,id
        GIVEN           FAMILY   BIRTH DATE  ID
        Ada             Wren     1950-06-01  n1
        Mira Josephine  Quill    1941-02-28  mira
                        Tern                 0b8f6f0e-aaaa-4222-8333-444455556666
                        张 示例              text-only
    "#]]);
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
    assert_eq!(
        answer.stdout.lines().next(),
        Some("Clients: 5000 read, 4950 created, 0 updated, 0 unchanged, 50 rejected.")
    );
    let told: Vec<&str> = answer.stderr.lines().collect();
    assert_eq!(told.len(), 20 + 1 + 2);
    assert_eq!(told[0], "rejected: many.csv line 9: has no name");
    assert_eq!(told[20], "note: 50 rejected rows are in `kept.csv`");
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
    let (Some(table), Some(bundles)) =
        (crate::world::real("synthea-csv-28/patients.csv"), crate::world::real("synthea-fhir-r4/bundles"))
    else {
        return;
    };
    let world = World::new(crate::world::Engine::Sqlite);
    world.ok("init");
    let counts = |line: &str| {
        let counts = world.json(line);
        [&counts["read"], &counts["created"], &counts["unchanged"]].map(|count| count.as_u64().unwrap())
    };
    let (table, bundles) = (
        format!("client import {}", table.display()),
        format!("client import {} --source hospital", bundles.display()),
    );
    assert_eq!(counts(&table), [27, 27, 0]);
    assert_eq!(counts(&table), [27, 0, 27]);
    assert_eq!(counts(&bundles), [3, 3, 0]);
    assert_eq!(counts(&bundles), [3, 0, 3]);
}

both_engines!(an_id_like_a_code_is_taken_from_nobody, |world| {
    world.ok("init");
    world.write("people.csv", "id,given,family\nCLI-MJ18AD,Ada,Brook\nB-2,Ben,Crane\n");
    world.story(expect![[r#"
        $ caredesk client import people.csv
        2> rejected: people.csv line 2: the id `CLI-MJ18AD` has the form of a code of ours
        2> error: 1 of 2 rows was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk client import people.csv --without-ids
        Clients: 2 read, 2 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-1FS91H: `caredesk import undo IMP-1FS91H` takes it back.
        $ caredesk client list --columns given,family,id
        GIVEN  FAMILY  ID
        Ada    Brook
        Ben    Crane
    "#]]);
});

// What other systems write for a day that nobody knows.
both_engines!(a_day_that_nobody_means_is_refused, |world| {
    world.ok("init");
    world.write("people.csv", "id,given,family,birth_date\n1,Ann,Oak,0000-01-01\n2,Bo,Elm,9999-12-31\n");
    world.story(expect![[r#"
        $ caredesk client create --given Ann --family Oak --birth-date 0000-01-01
        2> error: invalid value '0000-01-01' for '--birth-date <DATE>': `0000-01-01` lies outside 1850-01-01 to 2200-12-31
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk client create --given Ann --family Oak --birth-date 10000-01-01
        2> error: invalid value '10000-01-01' for '--birth-date <DATE>': `10000-01-01` is not a date: write 2026-12-01, today, tomorrow, monday, +3d or -2w
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk client import people.csv
        2> rejected: people.csv line 2: birth date `0000-01-01` lies outside 1850-01-01 to 2200-12-31
        2> rejected: people.csv line 3: birth date `9999-12-31` lies outside 1850-01-01 to 2200-12-31
        2> error: 2 of 2 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk contact create --given Ann --family Oak --date 9999-12-31
        2> error: invalid value '9999-12-31' for '--date <DATE>': `9999-12-31` lies outside 1850-01-01 to 2200-12-31
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk visit add REF-000001 --start '0026-12-01 09:00' --duration 30
        2> error: invalid value '0026-12-01 09:00' for '--start <WHEN>': `0026-12-01` lies outside 1850-01-01 to 2200-12-31
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk schedule show REF-000001 --week 0026-W49
        2> error: invalid value '0026-W49' for '--week <WEEK>': `0026-W49` lies outside 1850-01-01 to 2200-12-31
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk client list
        2> note: no clients
    "#]]);
});
