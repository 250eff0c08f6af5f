//! Killed at any moment: a backup is there or not, and a database is the one or the other.

use std::fs;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::clients;
use crate::town::{settle, verified};
use crate::world::{Engine, World};

const KILLS: u64 = 12;

/// Kills a command after a random part of the time that it takes; whether it was in time.
fn kill(world: &World, line: &str, random: &mut fastrand::Rng, lasts: Duration) -> bool {
    let mut command = world.command(line);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    sleep(Duration::from_micros(random.u64(0..u64::try_from(lasts.as_micros()).unwrap())));
    child.kill().unwrap();
    !child.wait().unwrap().success()
}

// Rule 7.1.
both_engines!(a_backup_that_is_killed_has_no_name, |world| {
    settle(world);
    let began = Instant::now();
    world.ok("database backup copy.zip");
    let (lasts, mut random, mut killed) = (began.elapsed(), fastrand::Rng::with_seed(11), 0);
    for _ in 0..KILLS {
        fs::remove_file(world.path("copy.zip")).unwrap_or_default();
        killed += u64::from(kill(world, "database backup copy.zip", &mut random, lasts));
        if world.path("copy.zip").exists() {
            world.ok("database verify copy.zip");
        }
        verified(world);
    }
    assert!(killed > 0, "none was killed in time");
});

// Rule 7.2.
both_engines!(a_restore_that_is_killed_leaves_the_one_or_the_other, |world| {
    settle(world);
    world.ok("database backup two.zip");
    world.ok("client create --given Zoe --family Quill");
    world.ok("database backup three.zip");
    let began = Instant::now();
    world.ok("database restore two.zip --yes");
    let (lasts, mut random, mut killed) = (began.elapsed(), fastrand::Rng::with_seed(12), 0);
    for round in 0..KILLS {
        let line = if round % 2 == 0 {
            "database restore three.zip --yes"
        } else {
            "database restore two.zip --yes"
        };
        killed += u64::from(kill(world, line, &mut random, lasts));
        let count = clients(world).len();
        assert!((2..=3).contains(&count), "{count}");
        verified(world);
        crate::town::sound(world);
    }
    assert!(killed > 0, "none was killed in time");
});

// Rule 7.2: also where there was nothing.
#[test]
fn into_nothing_comes_all_or_nothing() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world.ok("database backup two.zip");
    let (mut random, other) = (fastrand::Rng::with_seed(13), World::new(Engine::Sqlite));
    fs::copy(world.path("two.zip"), other.path("two.zip")).unwrap();
    other.at(&world.now().to_rfc3339());
    let began = Instant::now();
    other.ok("database restore two.zip");
    let lasts = began.elapsed();
    for _ in 0..KILLS {
        for ending in ["", "-wal", "-shm"] {
            fs::remove_file(other.path(&format!("test.db{ending}"))).unwrap_or_default();
        }
        kill(&other, "database restore two.zip", &mut random, lasts);
        if other.path("test.db").exists() {
            assert_eq!(clients(&other).len(), 2);
            verified(&other);
        } else {
            other.ok("database restore two.zip");
        }
    }
}
