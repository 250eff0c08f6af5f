//! What is promised when things break (rules 4.1 and 4.2): processes are killed, files fail, connections are cut and many come
//! at once. Whatever happens, a command is done or not done, and its exit status does not lie.
//!
//! A few of the places where it may happen are tried; `just torture` tries as many as one likes, and prints how many there were.

pub mod cuts;
pub mod files;
pub mod load;

use std::collections::BTreeMap;
use std::env;
use std::path::Path;

use crate::release::PDF;
use crate::town::{Dump, dump, settle, verified};
use crate::world::{Answer, World, aloud};

/// At how many places of each kind a change is disturbed, if one asks for more than a few.
fn asked_for() -> Option<usize> {
    env::var("CAREDESK_TORTURE").ok().map(|places| places.parse().expect("a number of places"))
}

/// Some of the numbers from one to `last`.
fn places(last: usize, few: usize, random: &mut fastrand::Rng) -> Vec<usize> {
    let mut places: Vec<usize> = (1..=last).collect();
    random.shuffle(&mut places);
    places.truncate(asked_for().unwrap_or(few));
    places
}

/// Changes of every kind: short, long, from a file, with a file.
const CHANGES: &[&str] = &[
    "client create --given Z --family Quill",
    "package respond first --provider acme --accept",
    "client import people.csv --source county",
    "client merge CLI-00000B --into CLI-00000A --yes",
    "release add CLI-00000A --owner acme --type forms --document paper.pdf --signed today --all-providers --expires 2027-06-30",
];

fn begin(world: &World) {
    world.begin(|world| {
        settle(world);
        world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme birch --reference first");
        let people: Vec<String> = (0..300).map(|number| format!("{number},Given{number},Family,")).collect();
        world.write("people.csv", format!("id,given,family,birth_date\n{}\n", people.join("\n")));
        world.write("paper.pdf", PDF);
    });
    world.set("CAREDESK_OPERATION_KEY", "the one change");
}

/// What is stored before a change and after it, and how it ends.
struct Change {
    line: &'static str,
    before: Dump,
    after: Dump,
}

impl Change {
    /// Tried in a world of its own. In another that began alike it does the very same, to the salts of the trail.
    fn of(world: &World, line: &'static str) -> Change {
        begin(world);
        let before = dump(world);
        world.ok(line);
        let after = dump(world);
        assert!(before != after, "{line}");
        Change { line, before, after }
    }

    /// Half done it is not, what the command has said of it is true, and repeated it is done once.
    fn must_be_whole(&self, world: &World, answer: &Answer, place: &str) {
        let now = dump(world);
        // What lost its server is done anew on the next, with other ids, codes and salts.
        let is_anew = answer.status == 0 && sizes(&now) == sizes(&self.after);
        let done = now == self.after || is_anew;
        let whole = format!("$ caredesk {}, {place}: {answer:?}", self.line);
        assert!(done || now == self.before, "half done: {whole}");
        match answer.status {
            0 => assert!(done, "said to be done, and lost: {whole}"),
            KILLED => {}
            1 | 5 | 7 | 8 if answer.stderr.contains("not known") => {}
            1 | 5 | 7 | 8 => assert!(!done, "done, and said to be not: {whole}"),
            _ => panic!("{whole}"),
        }
        verified(world);
        world.ok(self.line);
        assert!(!done || dump(world) == now, "done twice: {whole}");
    }
}

/// How many rows each table has.
fn sizes(dump: &Dump) -> BTreeMap<&str, usize> {
    dump.iter().map(|(table, rows)| (table.as_str(), rows.len())).collect()
}

/// The status of a process that was killed.
pub const KILLED: i32 = 128 + 9;

/// The figures of a run, for who asked for more than a few.
fn figures(what: &str, count: usize) {
    if asked_for().is_some() {
        aloud(&format!("torture: {count} {what}"));
    }
}

fn manifest(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
