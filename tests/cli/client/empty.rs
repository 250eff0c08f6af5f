//! What a table of clients does not have changes nothing, and what it has but empty is cleared (rule 5.2).

use expect_test::expect;

both_engines!(an_empty_cell_clears_and_an_absent_column_does_not, |world| {
    world.ok("init");
    world.write(
        "ward.csv",
        "id,given,family,birth_date,postal_code,status,since_on\n1,Ada,Fenn,1941-03-02,AB1 2CD,inactive,2026-01-05\n\
         2,Bo,Marsh,1950-05-05,AB1 3EF,,\n3,,Plato,,,,\n",
    );
    world.write("short.csv", "id,family\n1,Fenn\n2,Marsh\n3,Plato\n");
    world.write(
        "empty.csv",
        "id,given,family,birth_date,postal_code,status,since_on\n1,Ada,Fenn,1941-03-02,,inactive,\n2,Bo,Marsh,,,,\n\
         3,,Plato,,,,\n",
    );
    world.write("nameless.csv", "id,given,family\n1,,Fenn\n2,Bo,\n");
    world.write("null.json", "[{\"id\": \"1\", \"family\": \"Fenn\", \"birth_date\": null}, {\"id\": \"2\", \"family\": \"Marsh\"}]");
    world.story(expect![[r#"
        $ caredesk client import ward.csv
        Clients: 3 read, 3 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-4DHYWN: `caredesk import undo IMP-4DHYWN` takes it back.
        $ caredesk client import short.csv --source ward
        Clients: 3 read, 0 created, 0 updated, 3 unchanged, 0 rejected.
        $ caredesk client import empty.csv --source ward --dry-run
        dry run: Clients: 3 read, 0 created, 2 updated, 1 unchanged, 0 rejected.
        Would be cleared: birth date of 1, postal code of 2, since on of 1.
        Would change client CLI-0FGPME (Ada Fenn): postal code AB1 2CD → none, since on 2026-01-05 → none
        Would change client CLI-M39GAH (Bo Marsh): birth date 1950-05-05 → none, postal code AB1 3EF → none
        $ caredesk client import empty.csv --source ward --dry-run -o jsonl
        {"file":"empty.csv","row":2,"place":null,"outcome":"updated","client":"CLI-0FGPME","client_name":"Ada Fenn","changes":[{"field":"postal_code","from":"AB1 2CD","to":null},{"field":"since_on","from":"2026-01-05","to":null}],"reason":null}
        {"file":"empty.csv","row":3,"place":null,"outcome":"updated","client":"CLI-M39GAH","client_name":"Bo Marsh","changes":[{"field":"birth_date","from":"1950-05-05","to":null},{"field":"postal_code","from":"AB1 3EF","to":null}],"reason":null}
        {"file":"empty.csv","row":4,"place":null,"outcome":"unchanged","client":"CLI-MJ18AD","client_name":"Plato","changes":[],"reason":null}
        {"read":3,"created":0,"updated":2,"unchanged":1,"rejected":0,"cleared":{"birth_date":1,"postal_code":2,"since_on":1},"not_kept":{},"changes":[{"subject":"CLI-0FGPME","field":"postal_code","from":"AB1 2CD","to":null},{"subject":"CLI-0FGPME","field":"since_on","from":"2026-01-05","to":null},{"subject":"CLI-M39GAH","field":"birth_date","from":"1950-05-05","to":null},{"subject":"CLI-M39GAH","field":"postal_code","from":"AB1 3EF","to":null}],"more_changes":0,"gains":[],"losses":[],"import":null,"dry_run":true}
        $ caredesk client import empty.csv --source ward -o json
        {
          "read": 3,
          "created": 0,
          "updated": 2,
          "unchanged": 1,
          "rejected": 0,
          "cleared": {
            "birth_date": 1,
            "postal_code": 2,
            "since_on": 1
          },
          "not_kept": {},
          "changes": [],
          "more_changes": 0,
          "gains": [],
          "losses": [],
          "import": "IMP-6EBD1T"
        }
        $ caredesk client import empty.csv --source ward
        Clients: 3 read, 0 created, 0 updated, 3 unchanged, 0 rejected.
        $ caredesk client import nameless.csv --source ward
        2> rejected: nameless.csv line 2: has no given name, and CLI-0FGPME is Ada Fenn: a name cannot be cleared
        2> rejected: nameless.csv line 3: has no family name, and CLI-M39GAH is Bo Marsh: a name cannot be cleared
        2> error: 2 of 2 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk client import null.json --source ward
        Clients: 2 read, 0 created, 1 updated, 1 unchanged, 0 rejected.
        Cleared: birth date of 1.
        Import IMP-3HSQTD: `caredesk import undo IMP-3HSQTD` takes it back.
        $ caredesk client list --columns id,given,family,birth_date,postal_code,status,since_on
        ID  GIVEN  FAMILY  BIRTH DATE  POSTAL CODE  STATUS    SINCE ON
        1   Ada    Fenn                             inactive
        2   Bo     Marsh                            active
        3          Plato                            active
    "#]]);
});

both_engines!(a_dry_run_shows_the_first_differences, |world| {
    world.ok("init");
    let rows = |family: &str| {
        let rows: Vec<String> = (10..23).map(|id| format!("{id},Ada,{family} {id}")).collect();
        rows.join("\n")
    };
    world.write("ward.csv", format!("id,given,family\n{}", rows("Fenn")));
    world.ok("client import ward.csv");
    world.write("ward.csv", format!("id,given,family\n{}", rows("Lowe")));
    world.story(expect![[r#"
        $ caredesk client import ward.csv --dry-run --exit-code
        dry run: Clients: 13 read, 0 created, 13 updated, 0 unchanged, 0 rejected.
        Would change client CLI-0FGPME (Ada Lowe 10): family Fenn 10 → Lowe 10, former names none → Ada Fenn 10
        Would change client CLI-M39GAH (Ada Lowe 11): family Fenn 11 → Lowe 11, former names none → Ada Fenn 11
        Would change client CLI-MJ18AD (Ada Lowe 12): family Fenn 12 → Lowe 12, former names none → Ada Fenn 12
        Would change client CLI-4DHYWN (Ada Lowe 13): family Fenn 13 → Lowe 13, former names none → Ada Fenn 13
        Would change client CLI-64M0G0 (Ada Lowe 14): family Fenn 14 → Lowe 14, former names none → Ada Fenn 14
        Would change client CLI-1THVDJ (Ada Lowe 15): family Fenn 15 → Lowe 15, former names none → Ada Fenn 15
        Would change client CLI-T8D29Y (Ada Lowe 16): family Fenn 16 → Lowe 16, former names none → Ada Fenn 16
        Would change client CLI-G5HYFJ (Ada Lowe 17): family Fenn 17 → Lowe 17, former names none → Ada Fenn 17
        Would change client CLI-HN85T9 (Ada Lowe 18): family Fenn 18 → Lowe 18, former names none → Ada Fenn 18
        Would change client CLI-JACXZC (Ada Lowe 19): family Fenn 19 → Lowe 19, former names none → Ada Fenn 19
        … and 3 more; `-o jsonl` has a line for each row
        [exit 11]
        $ caredesk client import ward.csv -q
        $ caredesk client import ward.csv -o jsonl --columns updated,unchanged
        {"updated":0,"unchanged":13}
    "#]]);
});

// Rule 5.2.
both_engines!(what_a_patient_has_and_nothing_keeps_is_counted, |world| {
    world.ok("init");
    world.write(
        "ward.json",
        r#"{"resourceType": "Bundle", "type": "collection", "entry": [
          {"resource": {"resourceType": "Patient", "id": "1", "name": [{"family": "Fenn"}], "photo": [{}], "telecom": null}},
          {"resource": {"id": "2", "communication": [], "resourceType": "Patient", "name": [{"family": "Marsh"}]}},
          {"resource": {"resourceType": "Observation", "id": "3", "code": {}}}]}"#,
    );
    world.write("ward.csv", "id,given,family,allergies\n1,Ada,Fenn,nuts\n2,Bo,Marsh,\n");
    world.story(expect![[r#"
        $ caredesk client import ward.json
        Clients: 2 read, 2 created, 0 updated, 0 unchanged, 0 rejected.
        Not kept: Observation of 1, communication of 1, photo of 1.
        Import IMP-MJ18AD: `caredesk import undo IMP-MJ18AD` takes it back.
        $ caredesk client import ward.csv -o jsonl --columns not_kept
        {"not_kept":{"allergies":1}}
        2> {"note":"ward.csv: a column that is not known, and left aside: `allergies` (1 value)."}
    "#]]);
});
