//! Whatever changes something is killed (rules 4.1, 4.2 and 4.6): every changing command of the grammar, in the world of its example in
//! `commands.txt`. Afterwards it is done or not done, what it said is true, and repeated with its key it is done once.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use fastrand::Rng;

use super::{Round, Tally, part, rounds, stores};
use crate::commands::{examples, leaf};
use crate::tables;
use crate::torture::cuts::settled;
use crate::torture::files::library;
use crate::torture::{KILLED, load};
use crate::town::{Dump, dump, sound, verified};
use crate::world::{Answer, Engine, World, answer};

/// Changes whose examples are not killed here, and why.
const EXCEPT: &[(&str, &str)] =
    &[("alert send", "sends in several steps: torture::files::a_run_that_sends_may_end_anywhere")];

/// How many examples are played in a usual run, and how many of them are killed.
const FEW: usize = 60;

// Rules 4.1, 4.2, 4.6.
both_engines!(what_is_killed_is_done_or_not_done, |world| {
    let Some(library) = library() else { return };
    if world.engine() == Engine::Sqlite || super::is_long() {
        rounds("kills", world, |round| Walk::of_examples(round, library));
    }
});

/// The examples that were recorded, in a run of them all: a changing command that has none is not killed either.
pub fn must_be_killed(recorded: &BTreeSet<&str>) {
    let is_tried = |change: &&str| {
        let mut own = examples().filter(|line| leaf(line) == Some(*change));
        own.any(|line| line.ends_with(TRIED)) || recorded.contains(*change)
    };
    let changes = load::changing();
    let missing: Vec<_> =
        changes.iter().filter(|one| !is_tried(one) && !EXCEPT.iter().any(|(name, _)| name == *one)).collect();
    assert!(missing.is_empty(), "their examples in tests/cli/commands.txt change nothing: {missing:?}");
    assert!(EXCEPT.iter().all(|(name, why)| changes.contains(name) && why.len() > 10));
}

/// The end of an example that is only tried: here it is done.
const TRIED: &str = " --dry-run";

/// One round.
pub struct Walk<'a> {
    pub round: &'a Round,
    library: &'a Path,
    pub random: Rng,
    pub tally: Tally,
}

/// A command where nothing happens to it.
pub struct Extent {
    calls: usize,
    lasts: Duration,
}

impl<'a> Walk<'a> {
    pub fn new(round: &'a Round, library: &'a Path) -> Self {
        Walk { round, library, random: round.random(), tally: Tally::default() }
    }

    /// Each example is killed where the world is as the examples before it have left it.
    fn of_examples(round: &Round, library: &Path) -> Tally {
        let mut walk = Walk::new(round, library);
        let world = World::new(round.engine);
        world.begin(tables::settle);
        world.write("password.txt", "correct horse battery\n");
        let (changing, few) = (load::changing(), round.few_or(FEW, usize::MAX));
        for (number, example) in examples().take(few).enumerate() {
            tables::count_codes(&world);
            let line = example.strip_suffix(TRIED).map_or(example.to_owned(), |line| format!("{line} --yes"));
            let is_except = |leaf| EXCEPT.iter().any(|(name, _)| *name == leaf);
            // What only looks and is recorded is recorded each time.
            let is_killed = leaf(example).is_some_and(|leaf| changing.contains(leaf) && !is_except(leaf));
            if is_killed && (round.is_long || number % 6 == 0) {
                walk.kills(&world, &line);
            }
            world.run_json(&world.with_names_of_this_run(example));
        }
        if round.is_long {
            stores::kills(&mut walk, &world);
        }
        walk.tally
    }

    /// Kills a line at some places, if it changes anything.
    pub fn kills(&mut self, world: &World, line: &str) {
        let before = stored(world);
        let whole = world.fork();
        let (extent, done) = self.whole(&whole, line);
        settled(&whole);
        let after = stored(&whole);
        if after == before || done.status != 0 {
            return;
        }
        for _ in 0..self.round.few_or(1, 2) {
            let fork = world.fork();
            let outcome = part(|| {
                let killed = self.kill(&fork, line, &extent);
                self.must_be_whole(&fork, line, &killed, [&before, &after])
            });
            self.count(line, outcome);
        }
    }

    pub fn count(&mut self, line: &str, outcome: Result<&'static str, String>) {
        let leaf = leaf(line).unwrap_or_default();
        self.tally.count(leaf, outcome.as_ref().unwrap_or(&"found"));
        outcome.err().into_iter().for_each(|why| self.tally.found(why));
    }

    /// Half done it is not, what it has said is true, and repeated it is done once.
    fn must_be_whole(
        &self, fork: &World, line: &str, killed: &Answer, [before, after]: [&Dump; 2],
    ) -> &'static str {
        settled(fork);
        let now = stored(fork);
        let is_done = now == *after;
        let told = format!("$ caredesk {line}, {killed:?}");
        assert!(is_done || now == *before, "half done: {told}: {}", differences(before, &now));
        assert!(is_done || killed.stdout.is_empty(), "said to be done, and lost: {told}");
        assert!([0, KILLED].contains(&killed.status) && (killed.status != 0 || is_done), "{told}");
        let conditions = fork.conditions.borrow().clone();
        verified(fork);
        sound(fork);
        fork.conditions.replace(conditions);
        let again = answer(self.command(fork, line).output().unwrap());
        settled(fork);
        let now = stored(fork);
        assert_eq!(again.status, 0, "{told}, and then {again:?}");
        assert!(now == *after, "not done once: {told}, and then {again:?}: {}", differences(after, &now));
        match (killed.status, is_done) {
            (KILLED, true) => "done",
            (KILLED, false) => "not done",
            _ => "too late",
        }
    }

    /// With a key, and at the instant at which it is done the first time in any fork.
    pub fn command(&self, world: &World, line: &str) -> Command {
        let conditions = world.conditions.borrow().clone();
        let mut command = world.command(&world.with_names_of_this_run(line));
        world.conditions.replace(conditions);
        command.env("CAREDESK_OUTPUT", "json").env("LD_PRELOAD", self.library);
        command.env("TORTURE_UNDER", world.path("")).env("TORTURE_SOCKETS", "1");
        if !stores::takes_no_key(line) {
            command.env("CAREDESK_OPERATION_KEY", "the one change");
        }
        command
    }

    /// Runs a line that nothing happens to.
    pub fn whole(&self, world: &World, line: &str) -> (Extent, Answer) {
        let counted = world.directory.path().with_extension("calls");
        let mut command = self.command(world, line);
        let begin = Instant::now();
        let done = answer(command.env("TORTURE_COUNT", &counted).output().unwrap());
        let lasts = begin.elapsed();
        let calls = fs::read_to_string(&counted).unwrap().parse().unwrap();
        fs::remove_file(counted).unwrap();
        (Extent { calls, lasts }, done)
    }

    /// Ends a line at a call that touches a file or the server, or after a part of its time.
    pub fn kill(&mut self, world: &World, line: &str, extent: &Extent) -> Answer {
        let mut command = self.command(world, line);
        if self.random.u8(..4) > 0 {
            let at = self.random.usize(1..=extent.calls.max(1));
            return answer(command.env("TORTURE_AT", at.to_string()).output().unwrap());
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        sleep(extent.lasts.mul_f64(self.random.f64()));
        child.kill().unwrap();
        answer(child.wait_with_output().unwrap())
    }
}

/// Everything, but for what is drawn anew: the salts of passwords, and the keys of lines of a batch, of which there are as many.
pub fn stored(world: &World) -> Dump {
    let mut stored = dump(world);
    let keys = stored.remove("operation_key").map_or(0, |keys| keys.len());
    for cell in stored.values_mut().flatten().flatten().flatten() {
        if let Some((before, rest)) = cell.split_once("$argon2") {
            *cell = format!("{before}{}", rest.split_once('"').map_or("", |(_, after)| after));
        }
    }
    stored.insert("operation_key".to_owned(), vec![vec![Some(keys.to_string())]]);
    stored
}

/// The rows that only one of the two has.
fn differences(one: &Dump, other: &Dump) -> String {
    let rows = |dump: &Dump, other: &Dump| -> Vec<String> {
        let has = |table: &String, row| other.get(table).is_some_and(|rows| rows.contains(row));
        let rows = dump.iter().flat_map(|(table, rows)| rows.iter().map(move |row| (table, row)));
        rows.filter(|(table, row)| !has(table, row)).map(|(table, row)| format!("{table} {row:?}")).collect()
    };
    format!("less {:#?}, more {:#?}", rows(one, other), rows(other, one))
}
