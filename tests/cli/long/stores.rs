//! What is killed beside changes of one database (rules 4.7, 7.1 to 7.5 and 7.12): backups, restorations, copies into either engine,
//! upgrades, beginnings, anchors, and batches that go on where they stopped.

use super::kills::{Walk, stored};
use super::part;
use crate::commands::leaf;
use crate::torture::KILLED;
use crate::torture::cuts::settled;
use crate::town::{Dump, sound, verified};
use crate::upgrade::frozen::{frozen, thaw};
use crate::world::{Answer, Engine, World, answer};

/// These are repeated without a key.
pub fn takes_no_key(line: &str) -> bool {
    let without = ["database backup", "database copy", "database restore"];
    without.contains(&leaf(line).unwrap_or_default()) || line.contains(" --state ")
}

/// How often each is killed in a round.
const EACH: usize = 4;

pub fn kills(walk: &mut Walk<'_>, world: &World) {
    world.write("whole.txt", lines());
    world.write("on.txt", lines() + "provider edit nothing --phone 1\n" + &lines().replace("New", "Other"));
    walk.kills(world, "batch whole.txt");
    world.ok("database backup before.zip");
    world.ok("client create --given Zoe --family Quill");
    each(walk, world, "database backup kill.zip", a_backup);
    each(walk, world, "database restore before.zip --yes", one_or_the_other);
    each(walk, world, "database vacuum", one_or_the_other);
    world.ok("audit anchor anchors");
    each(walk, world, "audit anchor anchors", |_, fork, _| drop(fork.ok("audit verify --since anchors")));
    each(walk, world, "batch on.txt --keep-going --state on.state", goes_on);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let done = part(|| copies(walk, world, engine));
        done.err().into_iter().for_each(|why| walk.tally.found(why));
    }
    begins(walk, world.engine(), &|_| (), "init");
    let schemas = frozen();
    let schema = schemas[walk.random.usize(..schemas.len())].clone();
    begins(walk, world.engine(), &|world| thaw(world, &schema), "database migrate");
}

/// A line that is killed, and what is stored before it and after it.
struct Deed<'a> {
    line: &'a str,
    before: Dump,
    after: Dump,
}

/// Kills a line in forks of a world, looks at what it left there, and repeats it.
fn each(walk: &mut Walk<'_>, world: &World, line: &str, look: impl Fn(&Deed<'_>, &World, &Answer)) {
    let (before, whole) = (stored(world), world.fork());
    let (extent, done) = walk.whole(&whole, line);
    assert!([0, 3].contains(&done.status), "$ caredesk {line}: {done:?}");
    settled(&whole);
    let deed = Deed { line, before, after: stored(&whole) };
    for _ in 0..EACH {
        let fork = world.fork();
        let killed = walk.kill(&fork, line, &extent);
        let outcome = part(|| {
            assert!([done.status, KILLED].contains(&killed.status), "$ caredesk {line}: {killed:?}");
            settled(&fork);
            look(&deed, &fork, &killed);
            verified(&fork);
            sound(&fork);
            let again = answer(walk.command(&fork, &format!("{line} --overwrite")).output().unwrap());
            assert_eq!(again.status, done.status, "$ caredesk {line}: {killed:?}, and then {again:?}");
            verified(&fork);
            outcome(&killed)
        });
        walk.count(line, outcome);
    }
}

fn outcome(killed: &Answer) -> &'static str {
    if killed.status == KILLED { "whole" } else { "too late" }
}

fn one_or_the_other(deed: &Deed<'_>, fork: &World, killed: &Answer) {
    // What is recorded of it names files of this world.
    let now = rows(&stored(fork));
    let is_done = now == rows(&deed.after);
    assert!(is_done || now == rows(&deed.before), "half done: {}: {killed:?}", deed.line);
    assert!(is_done || killed.stdout.is_empty(), "said to be done, and lost: {}: {killed:?}", deed.line);
}

/// It is whole, or has no name.
fn a_backup(deed: &Deed<'_>, fork: &World, killed: &Answer) {
    one_or_the_other(deed, fork, killed);
    let is_there = fork.path("kill.zip").exists();
    assert!(is_there || killed.stdout.is_empty(), "{killed:?}");
    if is_there {
        fork.ok("database verify kill.zip");
    }
}

/// What it has not done it does when it is repeated, and no line twice.
fn goes_on(deed: &Deed<'_>, fork: &World, killed: &Answer) {
    let again = fork.run(deed.line);
    assert_eq!(again.status, 3, "{killed:?}, and then {again:?}");
    assert_eq!(rows(&stored(fork)), rows(&deed.after), "{killed:?}, and then {again:?}");
}

/// How many rows each table has.
fn rows(stored: &Dump) -> Vec<(String, usize)> {
    stored.iter().map(|(table, rows)| (table.clone(), rows.len())).collect()
}

/// Lines of which some would do more when they are done twice.
fn lines() -> String {
    let line = |number| {
        format!(
            "client create --given Given{number} --family New --even-so\nprovider create 'New {number}'\n"
        )
    };
    (0..8).map(line).collect()
}

/// A target is no database until it is whole, and what was cut off goes on.
fn copies(walk: &mut Walk<'_>, world: &World, engine: Engine) {
    let line = |target: &World| format!("database copy {}", target.database_name());
    let target = World::new(engine);
    let (extent, done) = walk.whole(&world.fork(), &line(&target));
    assert_eq!(done.status, 0, "{done:?}");
    for _ in 0..EACH {
        let (fork, target) = (world.fork(), World::new(engine));
        let before = stored(&fork);
        let killed = walk.kill(&fork, &line(&target), &extent);
        let outcome = part(|| {
            [&fork, &target].into_iter().filter(|one| one.database.is_some()).for_each(settled);
            target.at(&fork.now().to_rfc3339());
            let looked = target.run("client list");
            assert!([0, 2, 8].contains(&looked.status), "{killed:?}: {looked:?}");
            if looked.status == 0 {
                same_rows(&before, &target, &killed);
            } else {
                assert!(killed.stdout.is_empty(), "{killed:?}: {looked:?}");
                let again = fork.run(&line(&target));
                assert_eq!(again.status, 0, "{killed:?}, and then {again:?}");
                target.at(&fork.now().to_rfc3339());
                same_rows(&before, &target, &killed);
            }
            for one in [&fork, &target] {
                verified(one);
                sound(one);
            }
            outcome(&killed)
        });
        walk.count("database copy", outcome);
    }
}

/// As many rows in each table.
fn same_rows(before: &Dump, target: &World, killed: &Answer) {
    // Of one engine alone, and what the copy itself adds to.
    let is_other = |table: &&String| {
        table.starts_with("sqlite_") || ["audit", "operation_key"].contains(&table.as_str())
    };
    let rows = |dump: &Dump| -> Vec<(String, usize)> {
        let tables = dump.keys().filter(|table| !is_other(table));
        tables.map(|table| (table.clone(), dump[table].len())).collect()
    };
    assert_eq!(rows(&stored(target)), rows(before), "{killed:?}");
}

/// What begins a database, or upgrades it, is done by the next who comes.
fn begins(walk: &mut Walk<'_>, engine: Engine, set_up: &dyn Fn(&World), line: &str) {
    let world = World::new(engine);
    world.database_name();
    set_up(&world);
    let (extent, done) = walk.whole(&world.fork(), line);
    assert_eq!(done.status, 0, "{line}: {done:?}");
    for _ in 0..EACH {
        let fork = world.fork();
        let killed = walk.kill(&fork, line, &extent);
        let outcome = part(|| {
            settled(&fork);
            let begun = fork.run("init --if-not-exists");
            assert_eq!(begun.status, 0, "{killed:?}, and then {begun:?}");
            assert_eq!(fork.json("database migrate")["result"], "unchanged", "{killed:?}");
            fork.ok("database check");
            verified(&fork);
            outcome(&killed)
        });
        walk.count(line, outcome);
    }
}
