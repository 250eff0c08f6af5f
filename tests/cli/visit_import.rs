//! What `visit list` writes is imported again, with the visits that are cancelled.

use expect_test::expect;

use crate::own_list;
use crate::town::settle;
use crate::world::World;

// Rule 5.4.
both_engines!(a_list_of_visits_comes_in_again, |world| {
    settle(world);
    world.ok("visit edit VIS-000001 --note '=key; safe'");
    world.ok("visit cancel VIS-000002");
    world.ok("outsource create REF-00000A --visit VIS-000003 --provider acme --reference winter");
    own_list::changes_nothing(world, "visit list REF-00000A", "visit import REF-00000A", 4);
    world.ok("visit list REF-00000A -o json --out visits.json");
    assert_eq!(world.json("visit import REF-00000A visits.json")["unchanged"], 4);
    let begin = |other: &World| {
        settle(other);
        other.sql("DELETE FROM visit");
    };
    let (list, import) = ("visit list REF-00000A", "visit import REF-00000A");
    let columns = "start,duration_minutes,status,note";
    own_list::makes_the_same(world, begin, list, import, columns, &["-o csv", "-o xlsx", "-o jsonl"]);
});

// Rule 1.7.
both_engines!(a_table_cancels_visits_and_says_so_of_packages, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000003 VIS-000004 --provider acme --reference winter");
    world.write(
        "week.csv",
        "id,start,duration,status\n\
        VIS-000003,2026-12-03 09:00,30,cancelled\n\
        VIS-000004,2026-12-04 09:00,45,planned\n\
        new,2026-12-05 09:00,30,Cancelled\n",
    );
    world.write("faulty.csv", "id,start,duration,status\n1,2026-12-03 09:00,30,done\n");
    world.story(expect![[r#"
        $ caredesk visit import REF-00000A week.csv
        Visits: 3 read, 1 created, 2 updated, 0 unchanged, 0 rejected.
        Import IMP-VRS0F8: `caredesk import undo IMP-VRS0F8` takes it back.
        2> warning: winter now has 1 visit that differs from what was offered; recall and send again: `caredesk outsource resend winter`
        2> warning: winter now has 1 visit that is cancelled: let the provider know
        $ caredesk visit import REF-00000A week.csv
        Visits: 3 read, 0 created, 0 updated, 3 unchanged, 0 rejected.
        $ caredesk visit list REF-00000A --columns start,duration_minutes,status,package_reference
        START             DURATION  STATUS     PACKAGE
        2026-12-01 09:00    30 min  planned
        2026-12-02 09:00    30 min  planned
        2026-12-03 09:00    30 min  cancelled  winter
        2026-12-04 09:00    45 min  planned    winter
        2026-12-05 09:00    30 min  cancelled
        $ caredesk visit import REF-00000A faulty.csv
        2> rejected: faulty.csv line 2: status `done` is neither planned nor cancelled
        2> error: 1 of 1 row was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
    "#]]);
});
