//! `demo`: a small invented town outsources a week of care. README shows what it prints.

use crate::world::{Engine, World};

/// It brings a database of its own, and leaves that of the environment alone.
#[test]
fn the_town_can_be_kept_and_looked_at() {
    let world = World::new(Engine::Sqlite);
    let told = world.ok("demo --keep town.db");
    assert!(told.contains("Look around with `caredesk --db town.db package list`."), "{told}");
    assert!(!world.path("test.db").exists(), "the database of the environment");
    assert_eq!(world.json("--db town.db package list")[0]["status"], "accepted");
    assert_eq!(world.json("--db town.db audit verify")["intact"], true);
}

#[test]
fn nothing_is_left_of_a_town_that_is_not_kept() {
    let world = World::new(Engine::Sqlite);
    world.ok("demo");
    assert_eq!(std::fs::read_dir(world.path("")).unwrap().count(), 0);
}

#[test]
fn a_town_is_not_written_over_a_file() {
    let world = World::new(Engine::Sqlite);
    world.write("town.db", "mine");
    let answer = world.run("demo --keep town.db");
    assert_ne!(answer.status, 0, "{answer:?}");
    assert_eq!(world.read("town.db"), "mine");
    let answer = world.run("demo --directory nowhere");
    assert_ne!(answer.status, 0, "{answer:?}");
    assert!(answer.stderr.contains("nowhere"), "{answer:?}");
}

#[test]
fn a_database_that_is_named_is_not_passed_over_in_silence() {
    let world = World::new(Engine::Sqlite);
    let answer = world.run("demo --db mine.db");
    assert_eq!((answer.status, world.path("mine.db").exists()), (2, false));
    assert!(answer.stderr.contains("`--keep FILE` keeps that database"), "{}", answer.stderr);
}
