//! `demo`: a small invented town outsources a week of care. README shows what it prints.

use crate::commands;
use crate::world::{Engine, World};

/// Every list of the town has something in it, and all is well there.
#[test]
fn the_town_has_something_in_every_list() {
    let world = World::new(Engine::Sqlite);
    let said = world.ok("demo --into town.db");
    assert!(said.contains("caredesk --db town.db find winterborne"), "{said}");
    assert!(!world.path("test.db").exists(), "the database of the environment");
    let lists = commands::examples().filter(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        words.get(1) == Some(&"list") || ["client enrolments", "client duplicates"].contains(line)
    });
    let mut count = 0;
    for line in lists {
        // What a line of the table narrows is of another world.
        let words: Vec<&str> = line.split(' ').take(2).collect();
        let line = match words[..] {
            ["record", "list"] => "record list 'ada winterbourne'".to_owned(),
            _ => words.join(" "),
        };
        let found = world.json(&format!("--db town.db {line}"));
        assert!(found.as_array().is_some_and(|found| !found.is_empty()), "nothing in `{line}`");
        count += 1;
    }
    assert!(count > 15, "{count} lists");
    assert!(world.json("--db town.db client list").as_array().is_some_and(|clients| clients.len() >= 12));
    let entries = world.json("--db town.db audit list --until -50d");
    assert!(entries.as_array().is_some_and(|entries| !entries.is_empty()), "no history");
    world.ok("--db town.db database check");
}

#[test]
fn each_of_the_three_jobs_is_lived() {
    for (job, lines) in [
        ("outsource", ["Accepted package", "was already accepted", "The audit trail is whole"]),
        ("portal", ["Created capacity", "status Attempting contact → Enrolled", "rosa sees the referral"]),
        ("sharing", ["gains access to 1 record of 1 client", "loses access to 1 record", "revoked"]),
    ] {
        let world = World::new(Engine::Sqlite);
        let answer = world.run(&format!("demo {job}"));
        let said = answer.stdout + &answer.stderr;
        assert_eq!(answer.status, 0, "{said}");
        let missing: Vec<_> = lines.iter().filter(|line| !said.contains(**line)).collect();
        assert!(missing.is_empty(), "{missing:?} is missing in\n{said}");
    }
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
    let answer = world.run("demo --into town.db");
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
    assert!(answer.stderr.contains("`--into FILE` leaves a town in a file"), "{}", answer.stderr);
}
