//! What became of a change whose commit was not answered: looked up, and said truly (rule 4.6).

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::proxy::{Pass, Proxy, Watch};
use crate::torture::files::library;
use crate::world::{Answer, Engine, World, aloud, answer, tell};

/// How many cuts there are; `CAREDESK_TEST_CUTS` asks for more.
const CUTS: u32 = 24;

/// The error of a disk that fails.
const EIO: &str = "5";

/// Where the connection breaks.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// The server does not get the commit.
    Before,
    /// The server gets it, and its answer is lost.
    After,
}

/// Cuts the first connection that commits a transaction with a change.
struct AtCommit {
    cut: Cut,
    count: AtomicU32,
}

impl Watch for AtCommit {
    fn requests(self: Arc<Self>) -> impl FnMut(&[u8]) -> Pass + Send + 'static {
        let mut has_changed = false;
        move |bytes| {
            let holds = |word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
            has_changed |= holds(b"INSERT INTO audit");
            if !has_changed || !holds(b"COMMIT") || self.count.fetch_add(1, Ordering::SeqCst) > 0 {
                return Pass::On;
            }
            match self.cut {
                Cut::Before => Pass::Cut(0),
                Cut::After => Pass::Last,
            }
        }
    }
}

/// Runs the line with a disturbance; what it says must be true, and its repetition must end in one change.
fn says_the_truth(world: &World, family: &str, what: &str, disturbed: impl FnOnce(&mut Command)) -> Answer {
    let line = format!("-q client create --given Ada --family {family} --operation-key {family}");
    let mut command = world.command(&line);
    disturbed(&mut command);
    let first = answer(command.output().unwrap());
    let count = || world.sql(&format!("SELECT code FROM client WHERE family = '{family}'"));
    let after = count();
    match first.status {
        0 => assert_eq!(after, [[Some(first.stdout.trim().to_owned())]], "{what}: {first:?}"),
        7 | 8 if first.stderr.contains("not known") => {
            assert!(first.stderr.contains(&format!("--operation-key {family}")), "{what}: {first:?}");
        }
        7 | 8 => assert!(after.is_empty(), "{what}: {first:?}"),
        _ => panic!("{what}: {first:?}"),
    }
    let repeated = world.ok(&line);
    assert_eq!(count(), [[Some(repeated.trim().to_owned())]], "{what}, repeated after {first:?}");
    first
}

fn the_answer_is_cut_off(world: &World) {
    world.ok("init");
    let cuts = std::env::var("CAREDESK_TEST_CUTS").ok().and_then(|count| count.parse().ok()).unwrap_or(CUTS);
    let (mut there, mut anew) = (0, 0);
    for number in 0..cuts {
        let cut = if number % 2 == 0 { Cut::After } else { Cut::Before };
        let proxy = Proxy::before(world, AtCommit { cut, count: AtomicU32::default() });
        let what = format!("cut {number}, {cut:?}");
        let first = says_the_truth(world, &format!("Moss{number}"), &what, |command| {
            command.env("CAREDESK_DB", proxy.address());
        });
        assert!(proxy.watch.count.load(Ordering::SeqCst) > 0, "{what}: no commit was seen");
        match (cut, first.status) {
            (Cut::After, 0) => there += 1,
            // Nothing was there, so that it was done anew.
            (Cut::Before, 0) => anew += 1,
            _ => panic!("{what}: {first:?}"),
        }
    }
    aloud(&format!(
        "{cuts} cuts at COMMIT: {there} were done, {anew} were done anew, none is lost or doubled"
    ));
}

#[test]
fn postgres() {
    tell(Engine::Postgres, module_path!(), the_answer_is_cut_off);
}

#[test]
fn sqlite() {
    let Some(library) = library() else { return };
    let world = World::new(Engine::Sqlite);
    world.ok("init");
    let mut failed = 0;
    for number in 1..=6 {
        for lasting in [false, true] {
            // Another process that reads keeps the log from being read anew.
            let reader = (number % 2 == 0).then(|| {
                let reader = rusqlite::Connection::open(world.path("test.db")).unwrap();
                reader.query_row("SELECT count(*) FROM client", [], |_| Ok(())).unwrap();
                reader
            });
            let family = format!("Moss{number}{lasting}");
            let first = says_the_truth(&world, &family, &format!("sync {number}, {lasting}"), |command| {
                command.env("LD_PRELOAD", library).env("TORTURE_UNDER", world.path(""));
                command
                    .env("TORTURE_AT", number.to_string())
                    .env("TORTURE_ERRNO", EIO)
                    .env("TORTURE_SYNCS", "1");
                if lasting {
                    command.env("TORTURE_LASTING", "1");
                }
            });
            failed += u32::from(first.status != 0);
            drop(reader);
        }
    }
    assert!(failed > 0, "no disk failed");
}
