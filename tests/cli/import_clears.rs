//! An import changes only what its file speaks of: an absent column changes nothing, an empty cell clears, and what it cleared
//! is counted.

use expect_test::expect;

use crate::town::settle;

// Rule 5.2.
both_engines!(an_empty_cell_of_a_client_clears_and_an_absent_column_does_not, |world| {
    world.write(
        "people.csv",
        "id,given,family,birth_date,postal_code\n1,Ada,Fenn,1941-03-02,N1\n2,Bo,Fenn,,N2\n",
    );
    world.write("names.csv", "id,family,postal_code\n1,Fenn,\n2,Fenn,N2\n");
    world.write("births.jsonl", "{\"id\": \"1\", \"family\": \"Fenn\", \"birth_date\": null}\n");
    world.ok("init");
    world.ok("client import people.csv --source county");
    world.story(expect![[r#"
        $ caredesk client import names.csv --source county --dry-run
        dry run: Clients: 2 read, 0 created, 1 updated, 1 unchanged, 0 rejected.
        Would be cleared: postal code of 1.
        Would change client CLI-0FGPME (Ada Fenn): postal code N1 → none
        $ caredesk client import names.csv --source county
        Clients: 2 read, 0 created, 1 updated, 1 unchanged, 0 rejected.
        Cleared: postal code of 1.
        Import IMP-WMEJHB: `caredesk import undo IMP-WMEJHB` takes it back.
        $ caredesk client import births.jsonl --source county -o json
        {
          "read": 1,
          "created": 0,
          "updated": 1,
          "unchanged": 0,
          "rejected": 0,
          "cleared": {
            "birth_date": 1
          },
          "not_kept": {},
          "changes": [],
          "more_changes": 0,
          "gains": [],
          "losses": [],
          "import": "IMP-HDY27J"
        }
        $ caredesk client import births.jsonl --source county
        Clients: 1 read, 0 created, 0 updated, 1 unchanged, 0 rejected.
        $ caredesk client list --columns id,given,family,birth_date,postal_code
        ID  GIVEN  FAMILY  BIRTH DATE  POSTAL CODE
        1   Ada    Fenn
        2   Bo     Fenn                N2
    "#]]);
});

both_engines!(an_empty_cell_of_a_provider_clears_and_an_absent_column_does_not, |world| {
    world.write(
        "all.csv",
        "id,name,email,phone,url,postal_code,description\n1,Harbour Care,care@harbour.example,020 1,https://harbour.example,N1,Meals\n",
    );
    world.write("less.csv", "id,name,email,phone,description\n1,Harbour Care,,,Meals and visits\n");
    world.ok("init");
    world.ok("provider import all.csv --source county");
    world.story(expect![[r#"
        $ caredesk provider import less.csv --source county --dry-run
        dry run: Providers: 0 created, 1 updated, 0 unchanged, with 0 resources, 0 phones and 0 addresses; 1 row read, 0 rejected.
        Would be cleared: email of 1, phone of 1, phones of 1.
        Would change provider PRV-0FGPME (Harbour Care): description Meals → Meals and visits, email care@harbour.example → none, phone 020 1 → none, phones {"number":"020 1","extension":null,"kind":"voice","department":null} → none
        $ caredesk provider import less.csv --source county
        Providers: 0 created, 1 updated, 0 unchanged, with 0 resources, 0 phones and 0 addresses; 1 row read, 0 rejected.
        Cleared: email of 1, phone of 1, phones of 1.
        Import IMP-WMEJHB: `caredesk import undo IMP-WMEJHB` takes it back.
        $ caredesk provider import less.csv --source county
        Providers: 0 created, 0 updated, 1 unchanged, with 0 resources, 0 phones and 0 addresses; 1 row read, 0 rejected.
        $ caredesk provider list --columns name,email,phone,url,postal_code,description -o csv
        name,email,phone,url,postal_code,description
        Harbour Care,,,https://harbour.example,N1,Meals and visits
    "#]]);
});

both_engines!(an_empty_note_of_a_visit_clears_and_an_absent_column_does_not, |world| {
    settle(world);
    world.ok("visit edit VIS-000001 --note 'Key safe'");
    world.write("times.csv", "id,start,duration\nVIS-000001,2026-12-01 10:00,30\n");
    world.write("notes.csv", "id,start,duration,note\nVIS-000001,2026-12-01 10:00,30,\n");
    world.story(expect![[r#"
        $ caredesk visit import REF-00000A times.csv
        Visits: 1 read, 0 created, 1 updated, 0 unchanged, 0 rejected.
        Import IMP-EG2QXC: `caredesk import undo IMP-EG2QXC` takes it back.
        $ caredesk visit list REF-00000A --columns code,start,note -o csv
        code,start,note
        VIS-000001,2026-12-01T10:00:00Z,Key safe
        VIS-000002,2026-12-02T09:00:00Z,
        VIS-000003,2026-12-03T09:00:00Z,
        VIS-000004,2026-12-04T09:00:00Z,
        $ caredesk visit import REF-00000A notes.csv
        Visits: 1 read, 0 created, 1 updated, 0 unchanged, 0 rejected.
        Cleared: note of 1.
        Import IMP-8AFE0R: `caredesk import undo IMP-8AFE0R` takes it back.
        $ caredesk visit list REF-00000A --columns code,start,note -o csv
        code,start,note
        VIS-000001,2026-12-01T10:00:00Z,
        VIS-000002,2026-12-02T09:00:00Z,
        VIS-000003,2026-12-03T09:00:00Z,
        VIS-000004,2026-12-04T09:00:00Z,
    "#]]);
});
