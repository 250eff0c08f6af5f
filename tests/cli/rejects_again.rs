//! What an import rejects is corrected and imported with no further option (rule 5.4): heading, encoding, order of dates and source
//! are in the file of rejects.

use std::fs;

use expect_test::expect;
use serde_json::json;

use crate::world::World;

fn mend(world: &World, from: &str, to: &str) {
    let text = world.read("bad.csv");
    assert!(text.contains(from), "no {from} in {text}");
    world.write("bad.csv", text.replacen(from, to, 1));
}

both_engines!(options_of_a_table_are_not_repeated, |world| {
    world.ok("init");
    let people =
        "No;LAST;FIRST;DOB;name\n1;Grün;Ada;03/04/1950;x\n2;Müller;;31/12/19450;y\n3;Öz;Eda;01/02/1951;z\n";
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(people);
    world.write("ward.csv", &*latin);
    let options = "--map id=No --map family=LAST --map given=FIRST --map birth_date=DOB --date-format dmy \
                   --encoding windows-1252 --source hospital";
    let line = format!("client import ward.csv {options}");
    assert_eq!(world.run(&format!("{line} --keep-going --rejects bad.csv")).status, 9);
    expect![[r#"
        ﻿rejected_from,id,family,given,birth_date,name,error
        hospital,2,Müller,,31/12/19450,y,ward.csv line 3: birth date `31/12/19450` is not a date such as 1950-12-31
    "#]].assert_eq(&world.read("bad.csv"));
    mend(world, "31/12/19450", "1945-12-31");
    world.write("again.csv", world.read("bad.csv"));
    world.story(expect![[r#"
        $ caredesk client import bad.csv
        Clients: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.
        Not kept: name of 1.
        Import IMP-XD4QCT: `caredesk import undo IMP-XD4QCT` takes it back.
        2> note: bad.csv: a column that is not known, and left aside: `name` (1 value).
        $ caredesk client list --columns id,given,family,birth_date
        ID  GIVEN  FAMILY  BIRTH DATE
        1   Ada    Grün    1950-04-03
        3   Eda    Öz      1951-02-01
        2          Müller  1945-12-31
    "#]]);
    // A person who repeats the whole line is understood as well.
    let again = world.json(&line.replace("ward.csv", "again.csv"));
    assert_eq!(again["unchanged"], 1, "{again}");
});

both_engines!(dates_keep_their_order, |world| {
    world.ok("init");
    world.ok("client create --given Ada --family Moss --id 7");
    world.ok("provider create Harbour");
    world.write("enrolments.csv", "who,client,provider,Since\n7,,Harbour,03/04/2026\n7,,Harbor,05/06/2026\n");
    world.write(
        "enrolments.json",
        json!([{"who": "8", "provider": "Harbour", "Since": "3.4.2026", "client": "x"}]).to_string(),
    );
    let options = "--map client=who --map since_on=Since --date-format dmy --keep-going";
    assert_eq!(
        world.run(&format!("client import-enrolments enrolments.csv {options} --rejects bad.csv")).status,
        9
    );
    expect![[r#"
        client,client (not mapped),provider,since_on,error
        7,,Harbor,2026-06-05,enrolments.csv line 3: there is no provider `Harbor`
    "#]]
    .assert_eq(&world.read("bad.csv"));
    mend(world, "Harbor,", "Harbour,");
    world.story(expect![[r#"
        $ caredesk client import-enrolments bad.csv
        Enrolments: 1 read, 0 created, 1 updated, 0 unchanged, 0 rejected.
        Import IMP-85Y0YW: `caredesk import undo IMP-85Y0YW` takes it back.
        2> note: bad.csv: a column that is not known, and left aside: `client (not mapped)` (0 values).
        $ caredesk client enrolments --columns client_name,since_on
        CLIENT    SINCE ON
        Ada Moss  2026-06-05
    "#]]);
    let line = format!("client import-enrolments enrolments.json {options} --rejects bad.csv --overwrite");
    assert_eq!(world.run(&line).status, 9);
    expect![[r#"
        json,error
        "{""client"":""8"",""provider"":""Harbour"",""since_on"":""2026-04-03"",""client (not mapped)"":""x""}",enrolments.json line 1: there is no client `8`
    "#]].assert_eq(&world.read("bad.csv"));
    mend(world, "\"\"8\"\"", "\"\"7\"\"");
    world.story(expect![[r#"
        $ caredesk client import-enrolments bad.csv
        Enrolments: 1 read, 0 created, 1 updated, 0 unchanged, 0 rejected.
        Not kept: client (not mapped) of 1.
        Import IMP-EWFF1B: `caredesk import undo IMP-EWFF1B` takes it back.
        2> note: bad.csv: a column that is not known, and left aside: `client (not mapped)` (1 value).
        $ caredesk client enrolments --columns client_name,since_on
        CLIENT    SINCE ON
        Ada Moss  2026-04-03
    "#]]);
});

both_engines!(patients_are_corrected, |world| {
    world.ok("init");
    fs::create_dir(world.path("wards")).expect("a new folder");
    let bundle = json!({"resourceType": "Bundle", "entry": [
        {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Patient", "name": [{"family": "Moss"}], "birthDate": "1950-02-30"}},
        {"resource": {"resourceType": "Patient", "id": "2", "name": [{"family": "Fern"}]}},
        {"resource": {"resourceType": "Patient", "id": "2", "name": [{"family": "Tern"}]}}
    ]});
    world.write("wards/a.json", bundle.to_string());
    world.write("wards/b.ndjson", "{\"resourceType\":\"Patient\",\"id\":\"4\",\"gender\":\"female\"}\n");
    world.write("wards/c.json", "{\"resourceType\": \"Patient\", \"id\": \"5\", \"name\": 5}");
    world.story(expect![[r#"
        $ caredesk client import wards --source county --keep-going --rejects bad.csv
        Clients: 5 read, 1 created, 0 updated, 0 unchanged, 4 rejected.
        Not kept: gender of 1.
        Import IMP-M39GAH: `caredesk import undo IMP-M39GAH` takes it back.
        2> rejected: wards/a.json urn:uuid:1: birth date `1950-02-30` is not a date
        2> rejected: wards/a.json entry 3: the id `2` was there before in this source
        2> rejected: wards/b.ndjson:1: the Patient has no name
        2> rejected: wards/c.json: `name` is not of the type that FHIR R4 gives it
        2> note: 4 rejected rows are in `bad.csv`
        2> error: 4 of 5 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
    "#]]);
    expect![[r#"
        rejected_from,json,error
        county,"{""fullUrl"":""urn:uuid:1"",""resource"":{""resourceType"":""Patient"",""name"":[{""family"":""Moss""}],""birthDate"":""1950-02-30""}}",wards/a.json urn:uuid:1: birth date `1950-02-30` is not a date
        county,"{""resource"":{""resourceType"":""Patient"",""id"":""2"",""name"":[{""family"":""Tern""}]}}",wards/a.json entry 3: the id `2` was there before in this source
        county,"{""resourceType"":""Patient"",""id"":""4"",""gender"":""female""}",wards/b.ndjson:1: the Patient has no name
        county,"{""resourceType"": ""Patient"", ""id"": ""5"", ""name"": 5}",wards/c.json: `name` is not of the type that FHIR R4 gives it
    "#]].assert_eq(&world.read("bad.csv"));
    mend(world, "1950-02-30", "1950-02-28");
    mend(world, "\"\"id\"\":\"\"2\"\"", "\"\"id\"\":\"\"3\"\"");
    mend(world, "\"\"gender\"\"", "\"\"name\"\":[{\"\"family\"\":\"\"Wren\"\"}],\"\"gender\"\"");
    world.story(expect![[r#"
        $ caredesk client import bad.csv --keep-going --rejects still.csv
        Clients: 4 read, 3 created, 0 updated, 0 unchanged, 1 rejected.
        Not kept: gender of 1.
        Import IMP-ZCM1TC: `caredesk import undo IMP-ZCM1TC` takes it back.
        2> rejected: bad.csv line 5: `name` is not of the type that FHIR R4 gives it
        2> note: 1 rejected row is in `still.csv`
        2> error: 1 of 4 rows was rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk client list --columns id,given,family,birth_date
        ID  GIVEN  FAMILY  BIRTH DATE
        2          Fern
        1          Moss    1950-02-28
        3          Tern
        4          Wren
    "#]]);
    mend(world, "\"\"name\"\": 5", "\"\"name\"\": [{\"\"text\"\": \"\"Ash\"\"}]");
    world.story(expect![[r#"
        $ caredesk client import bad.csv
        Clients: 4 read, 1 created, 0 updated, 3 unchanged, 0 rejected.
        Not kept: gender of 1.
        Import IMP-576EVA: `caredesk import undo IMP-576EVA` takes it back.
    "#]]);
    expect![[r#"
        rejected_from,json,error
        county,"{""resourceType"": ""Patient"", ""id"": ""5"", ""name"": 5}",bad.csv line 5: `name` is not of the type that FHIR R4 gives it
    "#]].assert_eq(&world.read("still.csv"));
});

both_engines!(referrals_keep_their_source, |world| {
    world.ok("init");
    world.ok("client create --given Ada --family Moss --id 7");
    world.ok("queue create Meals --status New --status Done:closed");
    world.write("first.csv", "id,queue,client\n1,Meals,7\n");
    world.ok("referral import first.csv --source county");
    world.write("more.csv", "id,queue,client\n2,Meals,8\n3,Meals,7\n4,Meals\n");
    world.story(expect![[r#"
        $ caredesk referral import more.csv --source county --keep-going --rejects bad.csv
        Referrals: 3 read, 1 created, 0 updated, 0 unchanged, 2 rejected.
        Import IMP-S97W69: `caredesk import undo IMP-S97W69` takes it back.
        2> rejected: more.csv line 4: has 2 cells where the header has 3
        2> rejected: more.csv line 2: there is no client `8`
        2> note: 2 rejected rows are in `bad.csv`
        2> error: 2 of 3 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
    "#]]);
    expect![[r#"
        rejected_from,id,queue,client,error
        county,4,Meals,,more.csv line 4: has 2 cells where the header has 3
        county,2,Meals,8,more.csv line 2: there is no client `8`
    "#]]
    .assert_eq(&world.read("bad.csv"));
    mend(world, "Meals,8", "Meals,7");
    mend(world, "4,Meals,,", "4,Meals,7,");
    world.story(expect![[r#"
        $ caredesk referral import bad.csv
        Referrals: 2 read, 2 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-CCES8W: `caredesk import undo IMP-CCES8W` takes it back.
        $ caredesk referral import bad.csv
        Referrals: 2 read, 0 created, 0 updated, 2 unchanged, 0 rejected.
        $ caredesk referral import more.csv --source county --keep-going
        Referrals: 3 read, 0 created, 0 updated, 1 unchanged, 2 rejected.
        2> rejected: more.csv line 4: has 2 cells where the header has 3
        2> rejected: more.csv line 2: there is no client `8`
        2> error: 2 of 3 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
    "#]]);
});
