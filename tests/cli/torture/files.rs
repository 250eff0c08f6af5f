//! Files that fail, and processes that end at any call that touches one: `files.c`, built by the compiler that builds SQLite,
//! stands between the program and the system.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::{CHANGES, Change, KILLED, begin, figures, manifest, places};
use crate::alert::{queued, states};
use crate::town::{settle, sound, verified};
use crate::world::{Answer, Engine, World, aloud, answer};

/// Of the errors that a file has: the disk fails, and is full.
const ERRORS: &[(&str, i32)] = &[("fails", 5), ("is full", 28)];

/// The library, built once; none where libraries are not loaded in this way.
pub fn library() -> Option<&'static Path> {
    static LIBRARY: OnceLock<Option<PathBuf>> = OnceLock::new();
    let built = LIBRARY.get_or_init(|| {
        let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join("files.so");
        let arguments = ["-shared", "-fPIC", "-O1", "-o"];
        let mut compiler = Command::new("cc");
        compiler.args(arguments).arg(&library).arg(manifest("tests/cli/torture/files.c")).arg("-ldl");
        let done = cfg!(target_os = "linux") && compiler.status().is_ok_and(|status| status.success());
        done.then_some(library)
    });
    if built.is_none() {
        aloud("SKIPPED torture::files: there is no `cc` for Linux");
    }
    built.as_deref()
}

/// What happens at which call.
#[derive(Clone, Copy)]
pub struct Trouble {
    pub at: usize,
    /// 0: the process ends.
    pub errno: i32,
}

pub fn run(world: &World, library: &Path, line: &str, trouble: &Trouble) -> Answer {
    let mut command = world.command(line);
    command.env("LD_PRELOAD", library).env("TORTURE_UNDER", world.path(""));
    command.env("TORTURE_AT", trouble.at.to_string()).env("TORTURE_ERRNO", trouble.errno.to_string());
    answer(command.output().expect("the program starts"))
}

/// How many calls a command makes.
pub fn calls(world: &World, library: &Path, line: &str) -> usize {
    let counted = world.directory.path().with_extension("calls");
    let mut command = world.command(line);
    command.env("LD_PRELOAD", library).env("TORTURE_UNDER", world.path("")).env("TORTURE_COUNT", &counted);
    assert!(command.output().expect("the program starts").status.success(), "{line}");
    let count = fs::read_to_string(&counted).expect("a count").parse().expect("a number");
    fs::remove_file(counted).expect("the count is removed");
    count
}

fn new_world() -> World {
    let world = World::new(Engine::Sqlite);
    begin(&world);
    world
}

// Rules 4.1, 4.2.
#[test]
fn a_call_that_fails_or_is_the_last_leaves_nothing_half_done() {
    let Some(library) = library() else { return };
    let mut random = fastrand::Rng::with_seed(13);
    let (mut ended, mut failed) = (0, 0);
    for line in CHANGES {
        let change = Change::of(&World::new(Engine::Sqlite), line);
        let last = calls(&new_world(), library, line);
        for at in places(last, 6, &mut random) {
            let world = new_world();
            let killed = run(&world, library, line, &Trouble { at, errno: 0 });
            assert_eq!(killed.status, KILLED, "{line} ends at call {at}");
            change.must_be_whole(&world, &killed, &format!("ended at call {at}"));
            ended += 1;
        }
        for (name, errno) in ERRORS {
            for at in places(last, 4, &mut random) {
                let world = new_world();
                let answer = run(&world, library, line, &Trouble { at, errno: *errno });
                change.must_be_whole(&world, &answer, &format!("the disk {name} at call {at}"));
                failed += 1;
            }
        }
    }
    figures("processes ended at a call that touches a file", ended);
    figures("calls that touch a file failed", failed);
}

// Rule 5.4: a file that is written is whole, or as it was.
#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let Some(library) = library() else { return };
    let mut random = fastrand::Rng::with_seed(14);
    let line = "client list -o csv --out list.csv --overwrite";
    let world = new_world();
    let last = calls(&world, library, line);
    let whole = world.read("list.csv");
    let mut tried = 0;
    for trouble @ Trouble { at, .. } in troubles(last, 6, &mut random) {
        world.write("list.csv", "as it was\n");
        let answer = run(&world, library, line, &trouble);
        let now = world.read("list.csv");
        assert!([whole.as_str(), "as it was\n"].contains(&now.as_str()), "call {at}: {now} {answer:?}");
        assert!(answer.status != 0 || now == whole, "call {at}: {answer:?}");
        tried += 1;
    }
    figures("times a file was being written", tried);
}

// Rules 2.9 and 2.11: wherever a run that sends ends, no alert is lost, none leaves twice, and what is not known is said.
#[test]
fn a_run_that_sends_may_end_anywhere() {
    let Some(library) = library() else { return };
    let mut random = fastrand::Rng::with_seed(15);
    let line = "alert send --dir out";
    let accounts = ["acme", "birch"];
    let begin = || {
        let world = World::new(Engine::Sqlite);
        queued(&world, &accounts);
        world
    };
    let last = calls(&begin(), library, line);
    let mut tried = 0;
    for at in places(last, 12, &mut random) {
        let world = begin();
        let killed = run(&world, library, line, &Trouble { at, errno: 0 });
        assert_eq!(killed.status, KILLED, "call {at}");
        // What was in hand is free by then.
        world.at("2026-11-22T12:00:00Z");
        let later = world.run(line);
        let sent = |code: &str| world.path(&format!("out/{code}.eml")).exists();
        for state in states(&world) {
            let (code, state) = state.split_once(' ').unwrap();
            match state {
                "sent 1" => assert!(sent(code), "call {at}: {code} is said to be sent, and was not"),
                // Cut off, of which the later run says so.
                "sending 0" => {
                    assert!(later.status == 9 && later.stderr.contains(code), "call {at}: {later:?}");
                }
                _ => panic!("call {at}: {code} {state}: {later:?}"),
            }
        }
        assert_eq!(states(&world).len(), accounts.len());
        verified(&world);
        tried += 1;
    }
    figures("runs that send ended at a call that touches a file", tried);
}

/// An end, and each error, at so many places each.
fn troubles(last: usize, each: usize, random: &mut fastrand::Rng) -> Vec<Trouble> {
    let errors = [0].into_iter().chain(ERRORS.iter().map(|(_, errno)| *errno));
    errors
        .flat_map(|errno| places(last, each, random).into_iter().map(move |at| Trouble { at, errno }))
        .collect()
}

/// A database with a third client, and a backup of when it had two.
fn with_a_backup() -> World {
    let world = World::new(Engine::Sqlite);
    world.begin(|world| {
        settle(world);
        world.ok("database backup two.zip");
        world.ok("client create --given Zoe --family Quill");
    });
    world
}

fn clients(world: &World) -> usize {
    world.json("client list").as_array().map_or(0, Vec::len)
}

// Rule 7.2: wherever a restoration ends or fails, the database is the one or the other, and what was said of it is true.
#[test]
fn a_database_is_restored_whole_or_not_at_all() {
    let Some(library) = library() else { return };
    let mut random = fastrand::Rng::with_seed(16);
    let line = "database restore two.zip --yes";
    let last = calls(&with_a_backup(), library, line);
    let mut tried = 0;
    for trouble @ Trouble { at, errno } in troubles(last, 8, &mut random) {
        let world = with_a_backup();
        let answer = run(&world, library, line, &trouble);
        let count = clients(&world);
        match answer.status {
            0 => assert_eq!(count, 2, "call {at}, {errno}: {answer:?}"),
            KILLED => assert!([2, 3].contains(&count), "call {at}: {count}"),
            _ => assert_eq!(count, 3, "call {at}, {errno}: {answer:?}"),
        }
        verified(&world);
        sound(&world);
        world.ok(line);
        assert_eq!(clients(&world), 2);
        tried += 1;
    }
    figures("restorations ended or failed at a call that touches a file", tried);
}

// Rule 7.1: the same of a backup, which has its name only if it is whole.
#[test]
fn a_backup_is_whole_or_has_no_name() {
    let Some(library) = library() else { return };
    let mut random = fastrand::Rng::with_seed(17);
    let line = "database backup copy.zip";
    let last = calls(&with_a_backup(), library, line);
    let mut tried = 0;
    for trouble @ Trouble { at, errno } in troubles(last, 8, &mut random) {
        let world = with_a_backup();
        let answer = run(&world, library, line, &trouble);
        let is_there = world.path("copy.zip").exists();
        // A disk that fails while the backup is looked through is said to be damage, and the backup stays.
        let is_said = answer.status == 0 || answer.stderr.contains("the backup was written");
        assert!(is_there == is_said || answer.status == KILLED, "call {at}, {errno}: {answer:?}");
        if is_there {
            world.ok("database verify copy.zip");
        }
        assert_eq!(clients(&world), 3);
        verified(&world);
        tried += 1;
    }
    figures("backups ended or failed at a call that touches a file", tried);
}
