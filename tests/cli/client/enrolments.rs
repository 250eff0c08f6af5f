//! `client enrolments` and `client import-enrolments`.

use expect_test::expect;

use crate::own_list;
use crate::town::settle;

both_engines!(enrolments_come_from_a_table, |world| {
    settle(world);
    world.sql("UPDATE client SET external_id = 'A-7' WHERE code = 'CLI-00000A'");
    world.write(
        "enrolments.csv",
        "client,provider,status,Since\n\
        A-7,acme,active,01/02/2026\n\
        CLI-00000A,PRV-00000B,no,\n\
        CLI-00000B,acme,,\n",
    );
    world.story(expect![[r#"
        $ caredesk client import-enrolments enrolments.csv --map since_on=Since
        2> rejected: enrolments.csv line 2: since_on `01/02/2026` is not a date such as 2026-01-31; `--date-format` says what its numbers are
        2> error: 1 of 3 rows was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk client import-enrolments enrolments.csv --map since_on=Since --date-format dmy
        Enrolments: 3 read, 3 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-V4K4AJ: `caredesk import undo IMP-V4K4AJ` takes it back.
        $ caredesk client import-enrolments enrolments.csv --map since_on=Since --date-format dmy
        Enrolments: 3 read, 0 created, 0 updated, 3 unchanged, 0 rejected.
        $ caredesk client enrolments
        CLIENT      CLIENT NAME  PROVIDER        STATUS    SINCE ON
        CLI-00000A  Ada Moss     Acme Care       active    2026-02-01
        CLI-00000A  Ada Moss     Birch Homecare  inactive  2026-11-22
        CLI-00000B  Bo Moss      Acme Care       active    2026-11-22
        $ caredesk client enrolments --provider acme --status active -o jsonl
        {"client":"CLI-00000A","client_name":"Ada Moss","provider":"PRV-00000A","provider_name":"Acme Care","status":"active","since_on":"2026-02-01"}
        {"client":"CLI-00000B","client_name":"Bo Moss","provider":"PRV-00000A","provider_name":"Acme Care","status":"active","since_on":"2026-11-22"}
        $ caredesk client enroll CLI-00000A acme --status inactive --date 2026-11-01
        Changed client CLI-00000A (Ada Moss): inactive at `Acme Care` since 2026-11-01.
        $ caredesk client import-enrolments enrolments.csv --map since_on=Since --date-format dmy
        Enrolments: 3 read, 0 created, 1 updated, 2 unchanged, 0 rejected.
        Import IMP-PXDKWN: `caredesk import undo IMP-PXDKWN` takes it back.
        # as tracy
        $ caredesk client import-enrolments enrolments.csv
        2> error: an account of level `trainee` may not change clients
        2> hint: that takes the level standard; `caredesk whoami` says who you are
        [exit 6]
        # as acme
        $ caredesk client enrolments
        2> note: no enrolments
    "#]]);
});

both_engines!(rows_of_no_enrolment_are_rejected, |world| {
    settle(world);
    world.ok("client edit CLI-00000B --status deceased --since 2026-11-20");
    world.write(
        "faulty.csv",
        "client,provider,status,since_on\n\
        Ada Moss,acme,active,\n\
        CLI-00000A,nix,active,\n\
        CLI-00000A,acme,maybe,\n\
        CLI-00000A,acme,active,2030-01-01\n\
        CLI-00000A,birch,active,2026-01-01\n\
        CLI-00000A,birch,inactive,2026-02-01\n\
        CLI-00000B,acme,active,\n\
        CLI-00000B,birch,inactive,\n\
        ,acme,active,\n",
    );
    world.story(expect![[r#"
        $ caredesk client import-enrolments faulty.csv --keep-going
        Enrolments: 9 read, 2 created, 0 updated, 0 unchanged, 7 rejected.
        Import IMP-H1PN6C: `caredesk import undo IMP-H1PN6C` takes it back.
        2> rejected: faulty.csv line 4: status `maybe` is neither active nor inactive
        2> rejected: faulty.csv line 10: has no client
        2> rejected: faulty.csv line 2: there is no client `Ada Moss`
        2> rejected: faulty.csv line 3: there is no provider `nix`
        2> rejected: faulty.csv line 5: 2030-01-01 is still to come, and today is 2026-11-22
        2> rejected: faulty.csv line 7: the enrolment of CLI-00000A at `Birch Homecare` was there before in this import
        2> rejected: faulty.csv line 8: Bo Moss (CLI-00000B) died on 2026-11-20
        2> error: 7 of 9 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk client import-enrolments faulty.csv --keep-going --even-so -q
        2> error: 6 of 9 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk client enrolments --columns client,provider,status,since_on
        CLIENT      PROVIDER    STATUS    SINCE ON
        CLI-00000A  PRV-00000B  active    2026-01-01
        CLI-00000B  PRV-00000A  active    2026-11-22
        CLI-00000B  PRV-00000B  inactive  2026-11-22
    "#]]);
});

// Rule 5.4.
both_engines!(a_list_of_enrolments_comes_in_again, |world| {
    settle(world);
    world.ok("client enroll CLI-00000A acme --date 2026-01-05");
    world.ok("client enroll CLI-00000A birch --status inactive --date 2026-02-01");
    world.ok("client enroll CLI-00000B birch");
    own_list::changes_nothing(world, "client enrolments", "client import-enrolments", 3);
    own_list::makes_the_same(
        world,
        settle,
        "client enrolments",
        "client import-enrolments",
        "client,provider,status,since_on",
        &["-o csv", "-o xlsx"],
    );
});
