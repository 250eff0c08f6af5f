//! A database copied into another, of either engine.

use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{clients, engines, tables};
use crate::release::PDF;
use crate::tables as people;
use crate::town::{dump, refusal, settle, sound, verified};
use crate::world::{Engine, World};

/// A world with nothing in it, where it is as late as in this one.
fn empty(like: &World, engine: Engine) -> World {
    let other = World::new(engine);
    other.at(&like.now().to_rfc3339());
    other
}

fn copies_there_and_back(world: &World) {
    world.begin(people::settle);
    world.ok("database backup before.zip");
    for engine in engines() {
        let other = empty(world, engine);
        let copied = world.json(&format!("database copy {}", other.database_name()));
        other.at(&world.now().to_rfc3339());
        let verdict = other.json("audit verify");
        assert_eq!(
            (&copied["entries"], &copied["head"]),
            (&verdict["entries"], &verdict["head"]),
            "{engine:?}"
        );
        let back = empty(&other, world.engine());
        other.ok(&format!("database copy {}", back.database_name()));
        back.at(&other.now().to_rfc3339());
        for copy in [&other, &back] {
            copy.ok("database backup after.zip");
            assert_eq!(tables(&world.path("before.zip")), tables(&copy.path("after.zip")), "{engine:?}");
            // It is a database like any other.
            copy.ok("client create --given Zoe --family Quill");
            copy.ok("package list --at 2026-11-21");
            verified(copy);
        }
    }
    let last = world.json("audit list --limit 1");
    assert_eq!(last[0]["action"], "database.copy");
}

// Rule 7.5: equal in every table, there and back.
both_engines!(a_copy_is_equal_there_and_back, |world| {
    copies_there_and_back(world);
});

// Rule 7.5: what is more than is kept in memory at once is written while more is read, from a server into a server too.
both_engines!(a_copy_holds_what_is_large, |world| {
    settle(world);
    world.write("large.pdf", [&PDF[..9], &vec![b' '; 2 << 20], &PDF[9..]].concat());
    world.ok("release add CLI-00000A --owner acme --type forms --document large.pdf --signed today --all-providers --expires 2027-06-30");
    for engine in engines() {
        let other = empty(world, engine);
        world.ok(&format!("database copy {}", other.database_name()));
        other.at(&world.now().to_rfc3339());
        verified(&other);
        sound(&other);
    }
});

/// Whether a copy was begun here and is not finished.
fn is_unfinished(world: &World) -> bool {
    let query = match world.engine() {
        Engine::Sqlite if !world.path("test.db").exists() => return false,
        Engine::Sqlite => "SELECT name FROM sqlite_schema WHERE name = 'database_copy'",
        Engine::Postgres => "SELECT tablename FROM pg_tables WHERE tablename = 'database_copy'",
    };
    !world.sql(query).is_empty()
}

/// Begins a copy and kills it, until one is left unfinished.
fn cut_off(world: &World, target: &World, lasts: Duration, random: &mut fastrand::Rng) {
    let line = format!("database copy {}", target.database_name());
    for _ in 0..50 {
        let mut command = world.command(&line);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        sleep(Duration::from_micros(random.u64(0..u64::try_from(lasts.as_micros()).unwrap())));
        child.kill().unwrap();
        child.wait().unwrap();
        if is_unfinished(target) {
            return;
        }
        target.clear();
    }
    panic!("no copy was cut off in time");
}

// Rule 7.5: what was cut off goes on, and what has changed meanwhile is in it; until then it is no database.
both_engines!(a_copy_that_was_cut_off_goes_on, |world| {
    settle(world);
    let mut random = fastrand::Rng::with_seed(21);
    for engine in engines() {
        let target = empty(world, engine);
        let line = format!("database copy {}", target.database_name());
        let began = Instant::now();
        world.ok(&line);
        let lasts = began.elapsed();
        for round in 0..2 {
            target.clear();
            cut_off(world, &target, lasts, &mut random);
            target.at(&world.now().to_rfc3339());
            assert_eq!(target.run("client list").status, 8, "{engine:?}");
            assert_ne!(target.run("init").status, 0, "{engine:?}");
            world.ok(&format!("client create --given Given{round} --family Quill"));
            world.ok("database backup before.zip --overwrite");
            let copied = world.run(&line);
            assert_eq!(copied.status, 0, "{engine:?}: {copied:?}");
            target.at(&world.now().to_rfc3339());
            assert_eq!(clients(&target), clients(world));
            target.ok("database backup after.zip --overwrite");
            assert_eq!(tables(&world.path("before.zip")), tables(&target.path("after.zip")), "{engine:?}");
            sound(&target);
            verified(&target);
        }
    }
});

// Rule 7.5: only into what holds nothing, and by an admin.
both_engines!(a_copy_replaces_nothing, |world| {
    settle(world);
    for engine in engines() {
        let other = empty(world, engine);
        let line = format!("database copy {}", other.database_name());
        assert_eq!(refusal(world, &format!("database copy {}", world.database_name())).1, "database.exists");
        world.as_user("sue");
        assert_eq!(refusal(world, &line).0, 6);
        world.as_user("admin");
        world.ok(&format!("{line} --dry-run"));
        let began = Instant::now();
        world.ok(&line);
        let lasts = began.elapsed();
        let before = dump(&other);
        assert_eq!(refusal(world, &line).1, "database.exists");
        assert!(before == dump(&other));
        let foreign = empty(world, engine);
        foreign.sql("CREATE TABLE audit (name TEXT); INSERT INTO audit VALUES ('theirs')");
        assert_eq!(
            refusal(world, &format!("database copy {}", foreign.database_name())).1,
            "database.foreign"
        );
        // What was begun with another database is not gone on with.
        let begun = empty(world, engine);
        cut_off(world, &begun, lasts, &mut fastrand::Rng::with_seed(22));
        let stranger = empty(world, Engine::Sqlite);
        stranger.ok("init");
        let refused = stranger.run(&format!("database copy {}", begun.database_name()));
        assert_eq!(refused.status, 4, "{refused:?}");
    }
});
