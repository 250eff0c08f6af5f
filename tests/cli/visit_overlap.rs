//! Visits of one client at one time, and referrals of one client in one queue: warned of, never refused (rule 1.15).

use expect_test::expect;

use crate::town::settle;

// Rule 1.15: wherever visits are planned, of whichever referral of the client, and where they are offered.
both_engines!(visits_of_one_client_at_one_time_are_warned_of, |world| {
    settle(world);
    world.ok("queue create Meals --status New");
    world.ok("referral create --queue Meals --client CLI-00000A");
    world.write(
        "week.csv",
        "id,start,duration,provider_note\na,2026-12-01 09:00,30,\nb,2026-12-01 12:00,30,gate\n",
    );
    world.story(expect![[r#"
        $ caredesk visit add REF-00000A --start '2026-12-01 09:00' --duration 15
        Created visit VIS-39J76K: Tue 1 December 2026 at 09:00, 15 min.
        2> warning: VIS-39J76K begins together with VIS-000001 (Tue 1 December 2026 at 09:00, 30 min)
        $ caredesk visit add REF-00000A --start '2026-12-01 09:30' --duration 30
        Created visit VIS-8AFE0R: Tue 1 December 2026 at 09:30, 30 min.
        $ caredesk visit add REF-00000A --start '2026-12-01 08:45' --duration 30 --weekly daily --until 2026-12-05
        Created 5 visits of 30 min, from Tue 1 December 2026 at 08:45.
        2> warning: VIS-A3Z1NK overlaps with VIS-000001 (Tue 1 December 2026 at 09:00, 30 min); VIS-A3Z1NK overlaps with VIS-39J76K (Tue 1 December 2026 at 09:00, 15 min); VIS-7HSCSM overlaps with VIS-000002 (Wed 2 December 2026 at 09:00, 30 min); and so do 2 more
        $ caredesk visit edit VIS-000004 --start '2026-12-03 09:10'
        Changed visit VIS-000004: start 2026-12-04 09:00 → 2026-12-03 09:10.
        2> warning: VIS-000004 overlaps with VIS-EK6TD9 (Thu 3 December 2026 at 08:45, 30 min); VIS-000004 overlaps with VIS-000003 (Thu 3 December 2026 at 09:00, 30 min)
        $ caredesk visit edit VIS-000004 --note 'the same time'
        Changed visit VIS-000004: note none → the same time.
        $ caredesk visit cancel VIS-000003
        Cancelled visit VIS-000003.
        $ caredesk visit edit VIS-000004 --start '2026-12-03 09:20'
        Changed visit VIS-000004: start 2026-12-03 09:10 → 2026-12-03 09:20.
        $ caredesk visit import REF-00000A week.csv
        Visits: 2 read, 2 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-04Q891: `caredesk import undo IMP-04Q891` takes it back.
        2> warning: VIS-94RZD8 overlaps with VIS-A3Z1NK (Tue 1 December 2026 at 08:45, 30 min); VIS-94RZD8 begins together with VIS-000001 (Tue 1 December 2026 at 09:00, 30 min); VIS-94RZD8 begins together with VIS-39J76K (Tue 1 December 2026 at 09:00, 15 min)
        $ caredesk visit import REF-00000A week.csv
        Visits: 2 read, 0 created, 0 updated, 2 unchanged, 0 rejected.
        $ caredesk outsource create REF-00000A --visit VIS-000001 --provider acme --reference winter
        Created package PKG-GH5SGZ (winter): 1 visit of REF-00000A, offered to Acme Care; no account is alerted (no e-mail address).
        2> warning: VIS-000001 overlaps with VIS-A3Z1NK (Tue 1 December 2026 at 08:45, 30 min); VIS-000001 begins together with VIS-39J76K (Tue 1 December 2026 at 09:00, 15 min); VIS-000001 begins together with VIS-94RZD8 (Tue 1 December 2026 at 09:00, 30 min)
        $ caredesk outsource create REF-00000A --visit VIS-000002 VIS-000004 --provider acme --reference spring
        Created package PKG-JPN95Q (spring): 2 visits of REF-00000A, offered to Acme Care; no account is alerted (no e-mail address).
        2> warning: VIS-000002 overlaps with VIS-7HSCSM (Wed 2 December 2026 at 08:45, 30 min)
        $ caredesk visit add REF-00000B --start '2026-12-01 09:00' --duration 15
        Created visit VIS-TB2G7Z: Tue 1 December 2026 at 09:00, 15 min.
    "#]]);
    let meals = world.json("referral list --queue Meals")[0]["code"].as_str().expect("a code").to_owned();
    let added = world.run(&format!("visit add {meals} --start '2026-12-01 09:20' --duration 5"));
    assert!(
        added.stderr.contains("VIS-000001 of REF-00000A (Tue 1 December 2026 at 09:00, 30 min)"),
        "{added:?}"
    );
});

// Rule 1.15.
both_engines!(a_second_open_referral_in_one_queue_is_warned_of, |world| {
    settle(world);
    world.ok("queue create Meals --status New");
    world.story(expect![[r#"
        $ caredesk referral create --queue 'Home care' --client CLI-00000A
        Created referral REF-75BPQN for Ada Moss in `Home care`, status `New`.
        2> warning: Ada Moss has an open referral in `Home care` already: REF-00000A
        $ caredesk referral create --queue 'Home care' --client CLI-00000A
        Created referral REF-KH3QER for Ada Moss in `Home care`, status `New`.
        2> warning: Ada Moss has an open referral in `Home care` already: REF-00000A and 1 more
        $ caredesk referral create --queue Meals --client CLI-00000A
        Created referral REF-EKGE4G for Ada Moss in `Meals`, status `New`.
    "#]]);
});
