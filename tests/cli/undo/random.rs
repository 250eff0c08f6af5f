//! Random histories: taken back from the newest on they give the beginning, and what is in the way of another leaves all as it is.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};

use super::{LINES, assert_same, begin, newest, state, with_codes};
use crate::town::{dump, verified};
use crate::world::{Engine, World};

/// Others that change the same things.
const MORE: &[&str] = &[
    "account edit sue --name Sue",
    "account edit sue --level standard",
    "account enable sue",
    "account permit mute edit-capacity",
    "capacity set acme 2",
    "capacity set birch 1",
    "client edit CLI-00000A --postal-code AB2",
    "client edit fox --carer-note none",
    "client enroll CLI-00000B birch --status active",
    "contact edit N-1 --phone 3",
    "contract edit meals --start 2026-03-01",
    "package rename Mornings Nights",
    "provider edit acme --phone 7",
    "provider activate acme",
    "queue add-status 'Home care' Asked --first",
    "queue move-status 'Home care' Live --last",
    "queue rename-status 'Home care' New Fresh",
    "queue add-resource 'Home care' birch",
    "queue activate 'Home care'",
    "record edit REC#0 --never-shared off",
    "referral assign REF-00000A birch",
    "referral unassign REF-00000A",
    "referral set-status REF-00000A New",
    "referral set-status REF-00000B Closed",
    "sharing setup acme --type services --level 1",
    "sharing link acme birch --type services",
    "visit restore VIS-000001",
    "visit edit VIS-000002 --duration 20",
    "visit cancel VIS-000005",
    // These stand.
    "outsource create REF-00000A --visit VIS-000003 --provider acme",
    "package respond Mornings --provider birch --accept",
    "referral create --queue 'Home care' --client fox",
    "visit add REF-00000A --start '2026-12-08 09:00' --duration 30",
];

fn line() -> impl Strategy<Value = &'static str> {
    prop_oneof![2 => select(LINES.to_vec()), 3 => select(MORE.to_vec())]
}

fn runner(world: &World) -> TestRunner {
    let wanted = std::env::var("CAREDESK_TEST_UNDOS").ok().and_then(|number| number.parse().ok());
    let cases = wanted.unwrap_or(if world.engine() == Engine::Sqlite { 4 } else { 1 });
    TestRunner::new(Config { cases, max_shrink_time: 10_000, failure_persistence: None, ..Config::default() })
}

// Rule 7.42.
both_engines!(taken_back_from_the_newest_on_all_is_as_in_the_beginning, |world| {
    let engine = world.engine();
    let done = runner(world).run(&proptest::collection::vec(line(), 24), |lines| {
        let world = World::new(engine);
        begin(&world);
        let mut states = Vec::new();
        for line in lines {
            let line = with_codes(&world, line);
            let (before, number) = (state(&world), newest(&world));
            world.run(&line);
            let done = newest(&world);
            if done == number {
                continue;
            }
            let back = world.run(&format!("undo {done} --dry-run"));
            match back.status {
                0 => states.push((done, line, before)),
                // What stands ends what can be taken back.
                _ => states.clear(),
            }
        }
        while let Some((_, line, before)) = states.pop() {
            world.ok("undo --yes");
            assert_same(&before, &state(&world), &line);
        }
        verified(&world);
        world.ok("database check");
        Ok(())
    });
    done.unwrap_or_else(|fault| panic!("{fault}"));
});

// Rule 7.42.
both_engines!(what_has_changed_since_leaves_all_as_it_is, |world| {
    let engine = world.engine();
    let refused = std::cell::Cell::new(0);
    let steps = proptest::collection::vec((line(), any::<Index>()), 24);
    let done = runner(world).run(&steps, |steps| {
        let world = World::new(engine);
        begin(&world);
        let mut numbers = Vec::new();
        for (line, which) in steps {
            let number = newest(&world);
            world.run(&with_codes(&world, line));
            let done = newest(&world);
            if done != number {
                numbers.push(done);
            }
            if numbers.is_empty() {
                continue;
            }
            let before = dump(&world);
            let number = *which.get(&numbers);
            let undo = world.run(&format!("undo {number} --yes"));
            assert!([0, 4].contains(&undo.status), "undo {number}: {undo:?}");
            if undo.status == 4 {
                refused.set(refused.get() + 1);
                assert_eq!(before, dump(&world), "undo {number} is refused and changes something");
            } else {
                numbers.push(newest(&world));
            }
            let admins = world.sql("SELECT login FROM account WHERE active AND level = 'admin'");
            assert!(!admins.is_empty(), "undo {number} leaves no admin");
        }
        verified(&world);
        world.ok("database check");
        Ok(())
    });
    done.unwrap_or_else(|fault| panic!("{fault}"));
    assert!(refused.get() > 3, "{} refusals prove too little", refused.get());
});
