//! Long runs, which go on where the last one stopped: every change killed, a hostile portal account, random commands by the hundred
//! thousand. Each is made of numbered rounds, of which one depends on nothing but its number.
//!
//! A usual run does a small first round. With `CAREDESK_TEST_LEDGER` (`just long`) the rounds behind those in the ledger are done, for
//! `CAREDESK_TEST_MINUTES` each; every round leaves a line in the ledger, and the sums are printed at the end.

mod grammar;
mod hostile;
pub mod kills;
mod random;
mod shrink;
mod stores;

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::world::{Engine, World, aloud};

/// One round, the same whenever it is done.
pub struct Round {
    pub number: u64,
    pub engine: Engine,
    /// Whether it is one of many, or the small one of a usual run.
    pub is_long: bool,
}

impl Round {
    pub fn random(&self) -> fastrand::Rng {
        fastrand::Rng::with_seed(self.number)
    }

    pub fn few_or(&self, few: usize, many: usize) -> usize {
        if self.is_long { many } else { few }
    }
}

/// What was tried in rounds: how often, by what it was and by what came of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    number: u64,
    kinds: BTreeMap<String, u64>,
    outcomes: BTreeMap<String, u64>,
    /// What went wrong, as transcripts.
    #[serde(skip)]
    found: Vec<String>,
}

impl Tally {
    pub fn count(&mut self, kind: &str, outcome: &str) {
        self.number += 1;
        *self.kinds.entry(kind.to_owned()).or_default() += 1;
        *self.outcomes.entry(outcome.to_owned()).or_default() += 1;
    }

    pub fn found(&mut self, what: String) {
        self.found.push(what);
    }

    fn add(&mut self, other: &Tally) {
        self.number += other.number;
        for (all, some) in [(&mut self.kinds, &other.kinds), (&mut self.outcomes, &other.outcomes)] {
            for (name, number) in some {
                *all.entry(name.clone()).or_default() += number;
            }
        }
    }
}

/// A line of the ledger.
#[derive(Serialize, Deserialize)]
struct Entry {
    what: String,
    engine: String,
    from: u64,
    to: u64,
    #[serde(flatten)]
    tally: Tally,
    /// How many things went wrong: the rounds have files of their own beside the ledger.
    found: u64,
    seconds: f64,
    version: String,
}

struct Ledger(PathBuf);

impl Ledger {
    fn entries(&self, what: &str, engine: &str) -> Vec<Entry> {
        let text = fs::read_to_string(&self.0).unwrap_or_default();
        // Where a run was killed the last line may be half.
        let entries = text.lines().filter_map(|line| serde_json::from_str::<Entry>(line).ok());
        entries.filter(|entry| entry.what == what && entry.engine == engine).collect()
    }

    fn add(&self, entry: &Entry) {
        let mut file = OpenOptions::new().append(true).create(true).open(&self.0).expect("the ledger");
        let line = serde_json::to_string(entry).expect("an entry") + "\n";
        file.write_all(line.as_bytes()).expect("the ledger is written");
    }

    fn keep(&self, what: &str, engine: &str, number: u64, found: &str) -> PathBuf {
        let mut folder = self.0.clone().into_os_string();
        folder.push(".found");
        fs::create_dir_all(&folder).expect("a folder");
        let path = Path::new(&folder).join(format!("{what}-{engine}-{number}.txt"));
        fs::write(&path, found).expect("what was found");
        path
    }
}

/// Whether long runs are asked for.
pub fn is_long() -> bool {
    env::var_os("CAREDESK_TEST_LEDGER").is_some()
}

/// Does the first round, or those that the ledger does not have yet.
pub fn rounds(what: &str, world: &World, work: impl Fn(&Round) -> Tally) {
    let engine = world.engine();
    let Some(ledger) = env::var_os("CAREDESK_TEST_LEDGER").map(|path| Ledger(path.into())) else {
        let found = work(&Round { number: 0, engine, is_long: false }).found;
        return assert!(found.is_empty(), "{}", found.join("\n\n"));
    };
    let minutes = env::var("CAREDESK_TEST_MINUTES").map_or(10, |text| text.parse().expect("minutes"));
    let until = Instant::now() + Duration::from_mins(minutes);
    let name = format!("{engine:?}").to_lowercase();
    let version = world.ok("version --columns version -q").trim().to_owned();
    let (mut number, mut found) =
        (ledger.entries(what, &name).iter().map(|one| one.to + 1).max().unwrap_or(1), 0);
    while Instant::now() < until {
        let begin = Instant::now();
        let done = part(|| work(&Round { number, engine, is_long: true }));
        let tally = done.unwrap_or_else(|why| Tally { found: vec![why], ..Tally::default() });
        if !tally.found.is_empty() {
            let path = ledger.keep(what, &name, number, &tally.found.join("\n\n"));
            aloud(&format!("long: {what}, {name}, round {number} found something: {}", path.display()));
        }
        found += tally.found.len();
        ledger.add(&Entry {
            what: what.to_owned(),
            engine: name.clone(),
            from: number,
            to: number,
            found: tally.found.len() as u64,
            tally,
            seconds: begin.elapsed().as_secs_f64().round(),
            version: version.clone(),
        });
        number += 1;
    }
    sums(&ledger, what, &name);
    assert_eq!(found, 0, "{what} on {name}: see the files beside the ledger");
}

/// Does a part of a round, which may fail while others go on.
pub fn part<T>(part: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(part)).map_err(|why| {
        let text = why.downcast_ref::<String>().cloned();
        text.or_else(|| why.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
    })
}

fn sums(ledger: &Ledger, what: &str, engine: &str) {
    let entries = ledger.entries(what, engine);
    let mut sum = Tally::default();
    for entry in &entries {
        sum.add(&entry.tally);
    }
    let found: u64 = entries.iter().map(|entry| entry.found).sum();
    aloud(&format!(
        "long: {what}, {engine}: {} in {} rounds of {} kinds, {:?}; {found} found",
        sum.number,
        entries.len(),
        sum.kinds.len(),
        sum.outcomes
    ));
}
