//! What it follows is lost, replaced or restored.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use super::{Follower, number, numbers};
use crate::town::settle;
use crate::world::{Engine, World, tell};

/// Long enough that what follows has noticed.
const A_WHILE: Duration = Duration::from_secs(1);

fn code(stderr: &str) -> String {
    let error: serde_json::Value = serde_json::from_str(stderr.lines().last().unwrap()).unwrap();
    error["error"]["code"].as_str().unwrap().to_owned()
}

// Rule 7.61: a restored database has another trail from some entry on.
both_engines!(a_restored_database_is_noticed, |world| {
    settle(world);
    world.ok("database backup before.zip");
    world.ok("client create --given Ada --family Lost");
    let mut follower = Follower::begin(world, "", "kept");
    world.ok("client create --given Bea --family Lost");
    assert_eq!(follower.next()["name"], "Bea Lost");
    world.ok("database restore before.zip --yes");
    let end = follower.end();
    assert_eq!((end.status, code(&end.stderr).as_str()), (4, "events.cursor_unknown"), "{end:?}");
    // So is a cursor that was kept, and the way on is said.
    let refused = world.run("events --cursor-file kept");
    assert_eq!(refused.status, 4, "{refused:?}");
    assert!(refused.stderr.contains("--since"), "{refused:?}");
    fs::remove_file(world.path("kept")).unwrap();
    world.ok("events --cursor-file kept --since 2026-11-22");
});

// Rule 7.65.
#[test]
fn a_file_that_is_replaced_is_opened_anew() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world.sql("PRAGMA wal_checkpoint(TRUNCATE)");
    fs::copy(world.path("test.db"), world.path("copy.db")).unwrap();
    let mut follower = Follower::begin(&world, "", "kept");
    let newest = number(&world.read("kept"));
    fs::rename(world.path("copy.db"), world.path("test.db")).unwrap();
    for beside in ["test.db-wal", "test.db-shm"] {
        let _ = fs::remove_file(world.path(beside));
    }
    sleep(A_WHILE);
    world.ok("client create --given Ada --family Anew");
    assert_eq!(number(follower.next()["cursor"].as_str().unwrap()), newest + 1);
    // One that stays away ends it.
    fs::remove_file(world.path("test.db")).unwrap();
    let end = follower.end();
    assert_eq!((end.status, code(&end.stderr).as_str()), (8, "database.missing"), "{end:?}");
    assert!(end.stderr.contains("another file has taken the place"), "{end:?}");
    assert!(end.stderr.contains("connected again"), "{end:?}");
}

/// A test of PostgreSQL alone.
fn on_a_server(name: &str, story: fn(&World)) {
    tell(Engine::Postgres, &format!("events::lost::{name}"), story);
}

// Rule 7.65.
#[test]
fn a_connection_that_is_lost_is_made_again() {
    on_a_server("a_connection_that_is_lost_is_made_again", |world| {
        settle(world);
        let newest = *numbers(world, "events -q").last().unwrap();
        let mut follower = Follower::begin(world, "--limit 8", "kept");
        for round in 0..4 {
            let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%'";
            world.psql(others);
            world.ok(&format!("client create --given Ada --family N{round}"));
            if round % 2 == 0 {
                sleep(A_WHILE);
            }
            world.ok(&format!("client create --given Bea --family N{round}"));
        }
        let came: Vec<i64> = (0..8).map(|_| number(follower.next()["cursor"].as_str().unwrap())).collect();
        assert_eq!(came, (newest + 1..=newest + 8).collect::<Vec<_>>());
        let end = follower.end();
        assert_eq!(end.status, 0, "{end:?}");
        assert!(end.stderr.contains("trying again") && end.stderr.contains("connected again"), "{end:?}");
    });
}

// Rule 7.62: where no notification comes, as through a pooler, it is looked all the same.
#[test]
fn what_is_not_announced_comes_too() {
    on_a_server("what_is_not_announced_comes_too", |world| {
        settle(world);
        let mut follower = Follower::begin(world, "", "kept");
        let add = "INSERT INTO audit (sequence, at, actor, action, subject, hash)
            SELECT max(sequence) + 1, max(at), 'admin', 'client.edit', 'CLI-00000A', decode('abcdef0123', 'hex') FROM audit";
        for _ in 0..3 {
            world.psql(add);
            let event = follower.next();
            assert!(event["cursor"].as_str().unwrap().ends_with("-abcdef01"), "{event}");
        }
        follower.kill();
    });
}

// Rule 7.62: what may only be read is followed too, and on a server heard of at once.
both_engines!(what_can_only_be_read_is_followed, |world| {
    settle(world);
    let right = world.database_name();
    if world.engine() == Engine::Postgres {
        world.set("CAREDESK_DB", &format!("{right}?options=-c%20default_transaction_read_only%3Don"));
    }
    let mut follower = Follower::begin(world, "--limit 1", "kept");
    world.set("CAREDESK_DB", &right);
    world.ok("client create --given Ada --family Read");
    assert_eq!(follower.next()["name"], "Ada Read");
    assert_eq!(follower.end().status, 0);
});
