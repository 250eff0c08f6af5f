//! `contact import`.

use expect_test::expect;

use crate::own_list;
use crate::town::settle;
use crate::world::World;

both_engines!(contacts_come_from_a_table, |world| {
    settle(world);
    world.sql("UPDATE client SET external_id = 'A-7', postal_code = 'AB1 2CD' WHERE code = 'CLI-00000A'");
    world.write(
        "intake.csv",
        "Case no.,client,given,family,postal_code,phone,email,submitted_on,details\n\
        17/1,A-7,Ada,Moss,,,,2026-10-02,\"Fell twice.\nLives alone.\"\n\
        17/2,CLI-00000B,Robert,Moss,N1 9ZZ,01632 960100,bo@example.org,2026-10-01,\n",
    );
    world.write("bare.csv", "number,client\n17/3,A-7\n");
    world.write(
        "changed.jsonl",
        "{\"number\":\"17/2\",\"phone\":null,\"email\":\"robert@example.org\"}\n{\"number\":\"17/1\",\"client\":\"A-7\"}\n",
    );
    world.story(expect![[r#"
        $ caredesk contact import intake.csv --map number='Case no.'
        Contacts: 2 read, 2 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-809J05: `caredesk import undo IMP-809J05` takes it back.
        $ caredesk contact import bare.csv
        Contacts: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-75BPQN: `caredesk import undo IMP-75BPQN` takes it back.
        $ caredesk contact import bare.csv
        Contacts: 1 read, 0 created, 0 updated, 1 unchanged, 0 rejected.
        $ caredesk contact import changed.jsonl
        Contacts: 2 read, 0 created, 1 updated, 1 unchanged, 0 rejected.
        Cleared: phone of 1.
        Import IMP-8AFE0R: `caredesk import undo IMP-8AFE0R` takes it back.
        $ caredesk contact list
        NUMBER  GIVEN   FAMILY  POSTAL CODE  SUBMITTED ON  CLIENT
        17/3    Ada     Moss    AB1 2CD      2026-11-22    CLI-00000A
        17/1    Ada     Moss                 2026-10-02    CLI-00000A
        17/2    Robert  Moss    N1 9ZZ       2026-10-01    CLI-00000B
        $ caredesk contact show 17/1
        17/1: Ada Moss
        submitted  2026-10-02
        client     CLI-00000A
        created    2026-11-22 10:00 (just now) by admin

        Fell twice.
        Lives alone.
        $ caredesk contact show 17/2
        17/2: Robert Moss
        submitted    2026-10-01
        postal code  N1 9ZZ
        email        robert@example.org
        client       CLI-00000B
        created      2026-11-22 10:00 (just now) by admin
        $ caredesk audit list --limit 4 --columns action,on,by
        ACTION          ON    BY
        contact.import  17/2  admin
        contact.import  17/3  admin
        contact.import  17/2  admin
        contact.import  17/1  admin
        # as tracy
        $ caredesk contact import bare.csv
        2> error: an account of level `trainee` may not change contacts
        2> hint: that takes the level standard; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
});

both_engines!(contacts_come_with_their_history, |world| {
    settle(world);
    world.write(
        "history.csv",
        "number,client,submitted_on,created_at,created_by\n\
        1,CLI-00000A,2025-03-01,2025-03-02 08:15,STAN\n\
        2,CLI-00000A,2025-04-01,2025-04-01,ann.of.the.county\n\
        3,CLI-00000A,2025-05-01,,\n",
    );
    world.write("future.csv", "number,client,created_at\n4,CLI-00000A,2027-01-01\n");
    world.story(expect![[r#"
        $ caredesk contact import history.csv
        Contacts: 3 read, 3 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-P6NS95: `caredesk import undo IMP-P6NS95` takes it back.
        2> note: 1 row has a created_by that is no account here; your own stands for it
        $ caredesk contact show 1 -o json --columns number,submitted_on,created_at,created_by
        {
          "number": "1",
          "submitted_on": "2025-03-01",
          "created_at": "2025-03-02T08:15:00Z",
          "created_by": "stan"
        }
        $ caredesk contact show 2 -o json --columns number,submitted_on,created_at,created_by
        {
          "number": "2",
          "submitted_on": "2025-04-01",
          "created_at": "2025-04-01T00:00:00Z",
          "created_by": "admin"
        }
        $ caredesk contact list --columns number,submitted_on
        NUMBER  SUBMITTED ON
        3       2025-05-01
        2       2025-04-01
        1       2025-03-01
        $ caredesk contact import future.csv
        2> rejected: future.csv line 2: created_at lies in the future
        2> error: 1 of 1 row was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
    "#]]);
    world.write("shown.jsonl", world.ok("contact show 1 -o json").replace('\n', " "));
    assert_eq!(world.json("contact import shown.jsonl --strict")["unchanged"], 1);
});

both_engines!(rows_of_no_contact_are_rejected, |world| {
    settle(world);
    world.ok("contact create --client CLI-00000A --number 17");
    world.write(
        "faulty.csv",
        "number,client,given,submitted_on,email\n\
        ,CLI-00000A,Ada,2026-11-01,\n\
        REF-7,CLI-00000A,Ada,2026-11-01,\n\
        17,CLI-00000B,Bo,2026-11-01,\n\
        18,CLI-00000Z,Bo,2026-11-01,\n\
        19,Ada Moss,Ada,2026-11-01,\n\
        20,,Ada,2026-11-01,\n\
        21,CLI-00000A,,2026-11-01,\n\
        22,CLI-00000A,Ada,2026-12-01,\n\
        23,CLI-00000A,Ada,2026-11-01,ada\n\
        24,CLI-00000A,Ada,,\n\
        25,CLI-00000A,Ada,2026-11-01,\n\
        25,CLI-00000A,Ada,2026-11-02,\n",
    );
    world.story(expect![[r#"
        $ caredesk contact import faulty.csv --keep-going --rejects bad.csv
        Contacts: 12 read, 1 created, 0 updated, 0 unchanged, 11 rejected.
        Import IMP-75BPQN: `caredesk import undo IMP-75BPQN` takes it back.
        2> rejected: faulty.csv line 2: has no number
        2> rejected: faulty.csv line 3: `REF-7` has the form of a code of ours
        2> rejected: faulty.csv line 8: has no given
        2> rejected: faulty.csv line 10: `ada` is not an e-mail address, such as office@example.org
        2> rejected: faulty.csv line 11: has no submitted_on
        2> rejected: faulty.csv line 4: the number `17` is of Ada Moss (CLI-00000A), and here it is of Bo Moss (CLI-00000B)
        2> rejected: faulty.csv line 5: there is no client `CLI-00000Z`
        2> rejected: faulty.csv line 6: there is no client `Ada Moss`
        2> rejected: faulty.csv line 7: is new and has no client
        2> rejected: faulty.csv line 9: submit date `2026-12-01` lies in the future
        2> rejected: faulty.csv line 13: the number `25` was there before in this import
        2> note: 11 rejected rows are in `bad.csv`
        2> error: 11 of 12 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk contact list --columns number,given,submitted_on,client
        NUMBER  GIVEN  SUBMITTED ON  CLIENT
        17      Ada    2026-11-22    CLI-00000A
        25      Ada    2026-11-01    CLI-00000A
    "#]]);
    assert_eq!(world.read("bad.csv").lines().count(), 12);
});

// Rule 5.4.
both_engines!(a_list_of_contacts_comes_in_again, |world| {
    settle(world);
    world.ok("contact create --client CLI-00000A --number =17 --date 2026-11-01 --details 'Asks for help.'");
    world.ok("contact create --client CLI-00000A --number 0018 --date 2026-10-01 --postal-code 01234");
    world.ok("contact create --client CLI-00000B --date 2026-11-20");
    own_list::changes_nothing(world, "contact list", "contact import", 3);
    let columns = "number,given,family,postal_code,submitted_on,client,client_name";
    own_list::makes_the_same(
        world,
        settle,
        "contact list",
        "contact import",
        columns,
        &["-o csv", "-o xlsx"],
    );
    let days = |world: &World| world.ok("contact list --columns submitted_on -o csv");
    assert_eq!(days(world), "submitted_on\n2026-11-20\n2026-10-01\n2026-11-01\n", "as they were entered");
});
