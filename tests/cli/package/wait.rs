//! `package wait`, against answers that come while it waits.

use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use expect_test::expect;

use super::offered;
use crate::world::{Engine, World, answer};

// Rule 1.6.
both_engines!(what_is_so_already_or_cannot_be_is_said_at_once, |world| {
    offered(world);
    world.story(expect![[r#"
        $ caredesk package wait winter --until pending -q
        PKG-SZNCK3
        $ caredesk package wait winter --timeout 0
        2> error: the time is up, and package `winter` is still pending
        2> hint: wait again; nothing was changed
        [exit 7]
        $ caredesk package respond winter --provider acme --reject
        Rejected package PKG-SZNCK3 (winter) for `Acme Care`; 2 providers have still to answer.
        $ caredesk package respond winter --provider birch --reject
        Rejected package PKG-SZNCK3 (winter) for `Birch Homecare`; 1 provider has still to answer.
        $ caredesk package respond winter --provider cedar --reject
        Rejected package PKG-SZNCK3 (winter) for `Cedar Nursing`; no provider is left to answer.
        $ caredesk package wait winter
        2> error: package `winter` is rejected, and cannot become accepted by itself
        2> hint: `caredesk package history PKG-SZNCK3` shows what became of it
        [exit 4]
        $ caredesk package wait winter --until accepted --until rejected -q
        PKG-SZNCK3
        $ caredesk package wait winter --until handed_back --until recalled --timeout 1ms
        2> error: the time is up, and package `winter` is still rejected
        2> hint: wait again; nothing was changed
        [exit 7]
        $ caredesk package wait spring
        2> error: there is no package `spring`
        2> hint: `caredesk package list` shows those that there are
        [exit 3]
        $ caredesk package wait winter --until soon
        2> error: invalid value 'soon' for '--until <STATUS>'
        2>   [possible values: pending, accepted, rejected, handed_back, recalled]
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk package wait winter --timeout soon
        2> error: invalid value 'soon' for '--timeout <DURATION>': write a duration such as 500ms, 30s or 5min
        2>
        2> For more information, try '--help'.
        [exit 2]
    "#]]);
});

both_engines!(an_answer_ends_the_waiting, |world| {
    offered(world);
    world.ok("account permit birch respond-packages");
    let waiting = |login: &str, line: &str| {
        world.as_user(login);
        let mut command = world.command(line);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        world.as_user("admin");
        child
    };
    let began = Instant::now();
    let hub = waiting("stan", "package wait winter --timeout 60s -o json");
    let other = waiting("birch", "package wait winter --timeout 60s");
    // Both have begun by then, also where much else is done.
    sleep(Duration::from_secs(3));
    world.ok("package respond winter --provider acme --accept");
    let hub = answer(hub.wait_with_output().unwrap());
    let package: serde_json::Value = serde_json::from_str(&hub.stdout).unwrap();
    assert_eq!((hub.status, &package["status"]), (0, &"accepted".into()), "{hub:?}");
    // Whom another was quicker than sees it no more.
    let other = answer(other.wait_with_output().unwrap());
    assert_eq!((other.status, other.stdout.as_str()), (4, ""), "{other:?}");
    assert!(other.stderr.contains("package `winter` is no longer yours to answer"), "{other:?}");
    assert!(began.elapsed() > Duration::from_secs(3), "it did not wait");
    // What is waited for changes nothing.
    let before = world.json("audit list -o json");
    world.ok("package wait winter");
    assert_eq!(before, world.json("audit list -o json"));
});

/// Time goes on while it waits: what is not answered in time has lapsed.
#[test]
fn the_clock_ends_the_waiting() {
    let world = World::new(Engine::Sqlite);
    world.set("CAREDESK_TEST_NOW", "");
    world.ok("init");
    world.ok("provider create Acme");
    let client = code(&world, "client create --given Ada --family Moss");
    let referral = code(&world, &format!("referral create --queue home --client {client}"));
    world.ok(&format!("visit add {referral} --start 'tomorrow 9:30' --duration 30"));
    world.ok(&format!(
        "outsource create {referral} --all-visits --provider acme --reference soon --answer-by 1h"
    ));
    for table in ["offer", "package"] {
        world.sql(&format!(
            "UPDATE {table} SET lapses_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+2 seconds') WHERE lapses_at IS NOT NULL"
        ));
    }
    let waited = world.run("package wait soon --until rejected --timeout 60s -q");
    assert_eq!((waited.status, waited.stdout.is_empty()), (0, false), "{waited:?}");
}

fn code(world: &World, line: &str) -> String {
    world.ok(&format!("{line} -q")).trim().to_owned()
}
