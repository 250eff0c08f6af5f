//! Twice a year the clock on the wall lies: a time that it skips is refused with the next one, and one that comes twice is
//! taken as the first, with both said.

use expect_test::expect;

use crate::town::settle;
use crate::world::World;

/// The hub of the town, moved to London. It is the evening before the clocks change.
fn london(world: &World, evening: &str) {
    settle(world);
    world.sql("UPDATE setting SET value = 'Europe/London' WHERE name = 'time_zone'");
    world.ok("capacity set acme 3");
    world.at(evening);
}

/// Each verb that takes a time of day, with `<TIME>` for it.
const VERBS: [&str; 11] = [
    "--dry-run visit add REF-00000A --start '<TIME>' --duration 30",
    "--dry-run visit edit VIS-000001 --start '<TIME>'",
    "--dry-run outsource create REF-00000A --visit VIS-000001 --provider acme --answer-by '<TIME>'",
    "--dry-run outsource create REF-00000A --visit VIS-000001 --provider acme --then birch --at '<TIME>'",
    "--dry-run capacity set acme 2 --from '<TIME>'",
    "--dry-run capacity set acme 2 --until '<TIME>'",
    "--dry-run visit import REF-00000A visits.csv",
    "resource find --open-at '<TIME>'",
    "package list --at '<TIME>'",
    "referral history REF-00000A --at '<TIME>'",
    "sharing explain CLI-00000A --owner acme --recipient birch --type services --at '<TIME>'",
];

fn each(world: &World, time: &str, said: &str, mut check: impl FnMut(&str, &str, i32)) {
    world.write("visits.csv", format!("start,duration\n{time},30\n").as_bytes());
    for verb in VERBS {
        let line = verb.replace("<TIME>", time);
        let answer = world.run(&line);
        assert!(answer.stderr.contains(said), "{line}\n{}{}", answer.stdout, answer.stderr);
        check(&line, &answer.stderr, answer.status);
    }
}

both_engines!(a_time_that_the_clocks_skip_is_refused_with_the_next, |world| {
    london(world, "2027-03-27T20:00:00Z");
    let said = "`2027-03-28 01:30` does not exist in Europe/London: the clocks skip it; the next time is 2027-03-28 02:00";
    each(world, "2027-03-28 01:30", said, |line, _, status| assert_ne!(status, 0, "{line}"));
});

both_engines!(a_time_that_comes_twice_is_the_first_and_both_are_said, |world| {
    london(world, "2026-11-23T20:00:00Z");
    let said = "`2026-10-25 01:30` comes twice in Europe/London: it is taken as `2026-10-25T01:30:00+01:00`; the second is `2026-10-25T01:30:00+00:00`";
    each(world, "2026-10-25 01:30", said, |line, stderr, _| {
        assert_eq!(stderr.matches("comes twice").count(), 1, "{line}\n{stderr}");
    });
    // The second is written as it is said, and then nothing is asked.
    let second = world.run("visit add REF-00000A --start 2026-10-25T01:30:00+00:00 --duration 30 -o json");
    assert!(second.stdout.contains("2026-10-25T01:30:00Z"), "{}{}", second.stdout, second.stderr);
    assert!(!second.stderr.contains("twice"), "{}", second.stderr);
});

both_engines!(a_series_says_each_time_that_is_no_plain_one, |world| {
    london(world, "2027-10-25T20:00:00Z");
    world.story(expect![[r#"
        $ caredesk visit add REF-00000A --start '2027-10-30 01:30' --duration 30 --weekly daily --until 2027-11-01
        Created 3 visits of 30 min, from Sat 30 October 2027 at 01:30.
        2> note: `2027-10-31 01:30` comes twice in Europe/London: it is taken as `2027-10-31T01:30:00+01:00`; the second is `2027-10-31T01:30:00+00:00`
        $ caredesk visit add REF-00000B --start '2028-03-25 01:30' --duration 30 --weekly daily --until 2028-03-27
        2> error: `2028-03-26 01:30` does not exist in Europe/London: the clocks skip it; the next time is 2028-03-26 02:00
        [exit 5]
    "#]]);
});
