//! Events as they come: at once, in order, and until there is a reason to end.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Follower, clients, number, numbers};
use crate::town::settle;
use crate::world::{Engine, World, answer};

/// Much more than it takes, on a machine that does much else.
const SOON: Duration = Duration::from_secs(20);

// Rule 7.62.
both_engines!(what_is_recorded_from_now_on_comes_at_once, |world| {
    settle(world);
    let newest = *numbers(world, "events -q").last().unwrap();
    let mut follower = Follower::begin(world, "--limit 3", "kept");
    assert_eq!(number(&world.read("kept")), newest, "kept before the first comes");
    for given in ["One", "Two"] {
        world.ok(&format!("client create --given {given} --family Moss"));
        let event = follower.next();
        assert_eq!(
            (&event["action"], &event["name"]),
            (&"client.create".into(), &format!("{given} Moss").into())
        );
    }
    // What a batch does is one change, and what is rolled back none.
    world.write(
        "lines",
        "client create --given Three --family Moss\nclient create --given Four --family Moss\n",
    );
    world.ok("client create --given Gone --family Moss --dry-run");
    world.ok("batch lines");
    assert_eq!(follower.next()["name"], "Three Moss");
    let end = follower.end();
    assert_eq!((end.status, end.stdout.as_str(), end.stderr.as_str()), (0, "", ""));
    assert_eq!(number(&world.read("kept")), newest + 3);
    // A run after it goes on there.
    assert_eq!(numbers(world, "events --cursor-file kept -q"), [newest + 4]);
    assert_eq!(world.ok("events --cursor-file kept -q"), "");
    // To follow changes nothing.
    assert_eq!(*numbers(world, "events -q").last().unwrap(), newest + 4);
});

// Rule 7.62.
both_engines!(many_who_write_at_once_are_all_heard, |world| {
    settle(world);
    let newest = *numbers(world, "events -q").last().unwrap();
    let (writers, each) = (8, 6);
    let mut follower = Follower::begin(world, &format!("--limit {}", writers * each), "kept");
    let children: Vec<_> = (0..writers)
        .map(|writer| {
            let file = format!("lines{writer}");
            world.write(&file, clients(&format!("W{writer}"), 6));
            let mut command = world.command(&format!("batch {file} --keep-going"));
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
        })
        .collect();
    let came: Vec<i64> =
        (0..writers * each).map(|_| number(follower.next()["cursor"].as_str().unwrap())).collect();
    assert_eq!(came, (newest + 1..=newest + writers * each).collect::<Vec<_>>());
    assert_eq!(follower.end().status, 0);
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
});

both_engines!(what_is_not_sought_does_not_come, |world| {
    settle(world);
    let options = "--action contract --action package.respond --on CLI-00000A --timeout 3s";
    let follower = Follower::begin(world, options, "kept");
    world.ok("client edit CLI-00000B --given Bob");
    world.ok("client edit CLI-00000A --given Ida");
    let end = follower.end();
    assert_eq!((end.status, end.stdout.as_str()), (0, ""), "{end:?}");
    assert!(end.stderr.contains("no action `contract` yet"), "{end:?}");
    // All of it was looked through.
    assert_eq!(world.ok("events --cursor-file kept -q"), "");
    // An action that there was not comes once there is one.
    let mut follower = Follower::begin(world, "--action contract --limit 1", "other");
    world.ok("category create Meals");
    world.ok("contract create acme 'Meals 2027' --start 2027-01-01 --category Meals");
    assert_eq!(follower.next()["action"], "contract.create");
    assert_eq!(follower.end().status, 0);
});

// Rule 7.64.
both_engines!(who_may_not_read_it_any_more_hears_no_more, |world| {
    settle(world);
    for change in ["account disable sue --yes", "account edit sue --level standard --yes"] {
        world.as_user("sue");
        let follower = Follower::begin(world, "", "kept");
        world.as_user("admin");
        world.ok(change);
        let end = follower.end();
        assert_eq!((end.status, end.stdout.as_str()), (6, ""), "{change}: {end:?}");
        fs::remove_file(world.path("kept")).unwrap();
        if change.starts_with("account disable") {
            world.ok("account enable sue");
        }
    }
});

// Rule 7.64.
both_engines!(a_reader_that_is_gone_ends_it, |world| {
    settle(world);
    let mut follower = Follower::of(world.command("events --follow -o jsonl --cursor-file kept"));
    follower.wait_for(world, "kept");
    let Follower { mut child, lines } = follower;
    // While nothing comes.
    drop(lines);
    let began = Instant::now();
    while child.try_wait().unwrap().is_none() && began.elapsed() < SOON {
        sleep(Duration::from_millis(20));
    }
    let end = answer(child.wait_with_output().unwrap());
    assert_eq!((end.status, end.stderr.as_str()), (0, ""), "{:?}", began.elapsed());
});

// Rule 7.64.
both_engines!(an_interrupt_ends_it_at_once, |world| {
    settle(world);
    let follower = Follower::begin(world, "", "kept");
    let began = Instant::now();
    Command::new("kill").args(["-INT", &follower.child.id().to_string()]).status().unwrap();
    let end = follower.end();
    assert_eq!((end.status, end.stdout.as_str()), (130, ""), "{end:?}");
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
});

// Rule 7.62: for people a line each, with the time.
#[test]
fn people_read_a_line_each() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world.write("seen", world.ok("events -q").lines().last().unwrap());
    world.ok("client edit CLI-00000A --given Ida");
    world.ok("outsource create REF-00000A --all-visits --provider acme --reference winter");
    let shown = world.run("events --follow --cursor-file seen --timeout 0");
    expect_test::expect![[r#"
        $ caredesk events --follow
        AT                BY          ACTION       ON          NAME                              WHAT
        2026-11-22 10:00  admin       client.edit  CLI-00000A  Ida Moss                          given Ada → Ida, former names none → Ada Moss
        2026-11-22 10:00  admin       outsource.create  PKG-39J76K  winter                       pending
    "#]].assert_eq(&crate::world::written("events --follow", &shown));
}

/// What follows costs next to nothing while nothing comes.
#[test]
fn who_waits_does_no_work() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    let follower = Follower::begin(&world, "", "kept");
    let ticks = || {
        let about = fs::read_to_string(format!("/proc/{}/stat", follower.child.id())).unwrap();
        let fields: Vec<&str> = about.rsplit(')').next().unwrap().split_whitespace().collect();
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    };
    sleep(Duration::from_secs(1));
    let before = ticks();
    sleep(Duration::from_secs(4));
    let spent = ticks() - before;
    follower.kill();
    // Of 100 in a second.
    assert!(spent <= 20, "{spent} ticks in 4 s");
}

/// The file is replaced as a whole, and stays its owner's alone.
#[test]
fn the_file_of_the_cursor_is_private_and_replaces_no_other() {
    use std::os::unix::fs::PermissionsExt as _;
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world.ok("events --cursor-file kept -q");
    assert_eq!(fs::metadata(world.path("kept")).unwrap().permissions().mode() & 0o777, 0o600);
    let mut file = fs::OpenOptions::new().append(true).open(world.path("kept")).unwrap();
    writeln!(file, "more").unwrap();
    let refused = world.run("events --cursor-file kept -q");
    assert_eq!((refused.status, refused.stdout.as_str()), (5, ""), "{refused:?}");
}
