//! Time: what is recorded later is later, and a clock that is wrong is noticed (rule 4.8).

use expect_test::expect;
use serde_json::Value;

use crate::race::at_once;
use crate::world::{Engine, World};

// A second machine that is a little behind says what is true, also of itself.
both_engines!(a_clock_may_be_a_little_behind, |world| {
    begin(world);
    world.ok("capacity set harbour 5");
    world.at("2026-11-22T11:55:30Z");
    world.story(expect![[r#"
        $ caredesk capacity set harbour 0
        Created capacity CAP-W8607R (Harbour): 0 places from 2026-11-22 12:00.
        2> warning: `Harbour` takes no more referrals from 2026-11-22 12:00
        $ caredesk capacity list --columns places,status
        PLACES  STATUS
             0  in force
    "#]]);
    world.ok("audit verify");
});

both_engines!(a_clock_that_is_wrong_changes_nothing, |world| {
    begin(world);
    world.ok("account create sue --name Sue --level standard");
    world.at("2026-11-22T11:54:00Z");
    world.story(expect![[r#"
        $ caredesk provider create Meadow
        2> error: the clock says 2026-11-22T11:54:00Z, and the newest entry of the audit trail is of 2026-11-22T12:00:02Z
        2> hint: set the clock; if it is right, an admin goes on with `--even-so`
        [exit 8]
        $ caredesk -o json provider create Meadow
        2> {"error":{"kind":"environment","code":"clock.wrong","message":"the clock says 2026-11-22T11:54:01Z, and the newest entry of the audit trail is of 2026-11-22T12:00:02Z","hint":"set the clock; if it is right, an admin goes on with `--even-so`","details":{"clock":"2026-11-22T11:54:01Z","newest_entry":"2026-11-22T12:00:02Z"}}}
        [exit 8]
        $ caredesk provider list --columns name
        NAME
        Harbour
        # as sue
        $ caredesk client create --given Ada --family Moss --even-so
        2> error: the clock says 2026-11-22T11:54:03Z, and the newest entry of the audit trail is of 2026-11-22T12:00:02Z
        2> hint: set the clock; if it is right, an admin goes on with `--even-so`
        [exit 8]
        # as admin
        # at 1969-12-31T23:59:00Z
        $ caredesk provider create Meadow
        2> error: the clock says 1969-12-31T23:59:00Z, and the newest entry of the audit trail is of 2026-11-22T12:00:02Z
        2> hint: set the clock; if it is right, an admin goes on with `--even-so`
        [exit 8]
        $ caredesk provider list --columns name
        NAME
        Harbour
        # at +12000-01-01T00:00:00Z
        $ caredesk provider create Meadow
        2> error: the clock says +12000-01-01T00:00:00Z, and the newest entry of the audit trail is of 2026-11-22T12:00:02Z
        2> hint: set the clock; if it is right, an admin goes on with `--even-so`
        [exit 8]
        $ caredesk provider list --columns name
        NAME
        Harbour
        $ caredesk provider create Meadow --even-so
        Created provider PRV-75BPQN (Meadow).
        # at 2026-11-22T11:00:00Z
        $ caredesk provider create Glade --even-so
        Created provider PRV-KH3QER (Glade).
        $ caredesk provider create Copse
        Created provider PRV-EKGE4G (Copse).
        $ caredesk audit list --limit 5 --columns number,at,by,action,on
        NUMBER  AT                BY     ACTION           ON
             8  2026-11-22 11:00  admin  provider.create  PRV-EKGE4G
             7  2026-11-22 11:00  admin  provider.create  PRV-KH3QER
             6  2026-11-22 11:00  admin  clock.even-so    clock
             5  2026-11-22 12:00  admin  provider.create  PRV-75BPQN
             4  2026-11-22 12:00  admin  clock.even-so    clock
    "#]]);
    world.ok("audit verify");
    let entries = world.json("audit list --on clock");
    expect![[r#"{"clock":"2026-11-22T11:00:00Z","newest_entry":"2026-11-22T12:00:02Z"}"#]]
        .assert_eq(&entries[0]["after"].to_string());
});

// Each machine may be wrong: where there is a server, its clock counts.
both_engines!(the_clock_of_the_server_counts, |world| {
    begin(world);
    world.set("CAREDESK_TEST_NOW", "");
    world.ok("provider create Meadow");
    world.set("CAREDESK_TEST_CLOCK_ERROR", "-3600");
    let done = world.run("provider create Glade");
    match world.engine() {
        Engine::Sqlite => assert_eq!((done.status, done.stdout.as_str()), (8, ""), "{}", done.stderr),
        Engine::Postgres => assert_eq!(done.status, 0, "{}", done.stderr),
    }
    world.set("CAREDESK_TEST_CLOCK_ERROR", "3600");
    world.ok("provider create Copse");
    world.set("CAREDESK_TEST_CLOCK_ERROR", "0");
    let later = world.run("provider create Dell");
    let expected = if world.engine() == Engine::Sqlite { 8 } else { 0 };
    assert_eq!(later.status, expected, "{}", later.stderr);
});

// Thirty-two processes move one referral at the same time: its history is in the order in which they did.
both_engines!(histories_follow_the_commits, |world| {
    begin(world);
    world.set("CAREDESK_TEST_NOW", "");
    world.ok("client create --given Ada --family Moss --id 7");
    world.ok("queue create Meals --status A --status B --status C --status D --status E");
    let referral =
        world.json("referral create --client 7 --queue Meals")["code"].as_str().unwrap().to_owned();
    for _ in 0..3 {
        let moves = (0..32).map(|number| {
            let status = ["A", "B", "C", "D", "E"][number % 5];
            world.command(&format!("referral set-status {referral} {status}"))
        });
        let answers = at_once(moves.collect());
        assert!(answers.iter().all(|answer| answer.status == 0), "{answers:?}");
    }
    let shown = world.json(&format!("referral show {referral}"));
    let moves: Vec<&Value> =
        shown["history"].as_array().unwrap().iter().filter(|event| event["what"] == "status").collect();
    assert!(moves.len() > 20, "{moves:?}");
    for pair in moves.windows(2) {
        assert_eq!(pair[0]["to"], pair[1]["from"], "{pair:?}");
        let at =
            |event: &Value| event["at"].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
        assert!(at(pair[0]) < at(pair[1]), "{pair:?}");
    }
    world.ok("audit verify");
});

fn begin(world: &World) {
    world.at("2026-11-22T12:00:00Z");
    world.ok("init");
    world.ok("provider create Harbour");
}

// Rule 4.1.
both_engines!(a_day_is_found_in_a_trail_that_went_back, |world| {
    begin(world);
    world.at("2026-11-24T12:00:00Z");
    world.ok("provider create Elm");
    world.at("2026-11-20T12:00:00Z");
    world.ok("provider create Oak --even-so");
    world.at("2026-11-23T12:00:00Z");
    world.ok("provider create Ash --even-so");
    world.at("2026-11-25T12:00:00Z");
    world.story(expect![[r#"
        $ caredesk audit list --action provider.create --since 2026-11-23 --columns at,action
        AT                ACTION
        2026-11-23 12:00  provider.create
        2026-11-24 12:00  provider.create
        $ caredesk audit list --action clock --action provider.create --until 2026-11-20 --columns at,action
        AT                ACTION
        2026-11-20 12:00  provider.create
        2026-11-20 12:00  clock.even-so
        $ caredesk audit list --since 2026-11-26
        2> note: no such changes
    "#]]);
});

// Rule 6.5: `--at` shows what holds after the newest entry of then, with which the audit trail until then begins.
both_engines!(how_it_stood_is_found_in_a_trail_that_went_back, |world| {
    begin(world);
    let create = |login: &str| format!("account create {login} --name {login} --level trainee --even-so");
    world.at("2026-11-24T12:00:00Z");
    world.ok(&create("elm"));
    world.at("2026-11-20T12:00:00Z");
    world.ok(&create("oak"));
    world.at("2026-11-23T12:00:00Z");
    world.ok(&create("ash"));
    world.at("2026-11-25T12:00:00Z");
    world.story(expect![[r#"
        $ caredesk account list --columns login --at 2026-11-19
        2> note: no accounts
        $ caredesk account list --columns login --at 2026-11-22
        LOGIN
        admin
        elm
        oak
        $ caredesk account list --columns login --at 2026-11-24
        LOGIN
        admin
        ash
        elm
        oak
        $ caredesk audit list --limit 1 --columns at,on --until 2026-11-24
        AT                ON
        2026-11-23 12:00  ash
    "#]]);
});
