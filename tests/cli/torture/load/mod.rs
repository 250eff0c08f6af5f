//! Many at once (rules 7.85 to 7.87): processes take turns at every command of the grammar, over one database, and afterwards all that
//! was acknowledged is there once, nothing else is, and every promise holds.
//!
//! `just load` has sixty-four go on for ten minutes, and prints the figures. A usual run only looks whether each command takes part.

pub mod ledger;
pub mod mix;

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use fastrand::Rng;
use serde_json::Value;

use self::ledger::{Told, changes, must_agree, shown};
use self::mix::{Asked, Line, PROVIDERS, Sort, Things, lines};
use crate::commands::{LEAVES, leaf};
use crate::promises::State;
use crate::release::PDF;
use crate::town::verified;
use crate::world::{World, aloud, answer};

/// How many take turns, unless one asks for more or fewer.
const MANY: usize = 64;
/// How many referrals the scarce resource takes.
const PLACES: usize = 3;
/// How long a change waits for others before it gives up.
const LOCK: Duration = Duration::from_secs(30);

/// What is not in the mix, and why.
const EXCEPT: [(&str, &str); 8] = [
    ("init", "there is a database"),
    (
        "database restore",
        "puts another database in the place of this one, and what was acknowledged goes with it",
    ),
    ("completions", "looks at no database"),
    ("help", "looks at no database"),
    ("man", "looks at no database"),
    ("demo", "makes a database of its own"),
    ("batch", "is what several lines of the mix are put into"),
    ("shell", "is what several lines of the mix are put into"),
];

/// How many go on, and how long; none where one does not ask for it.
fn extent() -> Option<(usize, Duration)> {
    let number = |name| env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    let seconds = number("CAREDESK_TEST_LOAD")?;
    let workers = number("CAREDESK_TEST_LOAD_WORKERS")
        .map_or(MANY, |workers| usize::try_from(workers).expect("a number"));
    Some((workers, Duration::from_secs(seconds)))
}

/// The commands of the mix that change something.
pub fn changing() -> BTreeSet<&'static str> {
    let changes = lines().iter().filter(|line| line.sort != Sort::Read);
    changes.filter_map(|line| leaf(line.text)).collect()
}

// Rule 7.85: none is forgotten.
#[test]
fn every_command_is_in_the_mix() {
    let mix: BTreeSet<&str> = lines().iter().filter_map(|line| leaf(line.text)).collect();
    let forgotten =
        LEAVES.iter().filter(|leaf| !mix.contains(*leaf) && !EXCEPT.iter().any(|(one, _)| one == *leaf));
    let forgotten: Vec<_> = forgotten.collect();
    assert!(forgotten.is_empty(), "add them to tests/cli/torture/load/mix.txt: {forgotten:?}");
    let idle: Vec<_> = EXCEPT.iter().filter(|(one, why)| mix.contains(one) || why.len() < 10).collect();
    assert!(idle.is_empty(), "they are in the mix, or without a reason: {idle:?}");
    let unknown: Vec<_> = lines().iter().map(|line| line.text).filter(|line| leaf(line).is_none()).collect();
    assert!(unknown.is_empty(), "no commands: {unknown:?}");
}

/// What a process of the program is started with.
struct Starter {
    program: OsString,
    directory: PathBuf,
    variables: Vec<(OsString, OsString)>,
    now: DateTime<Utc>,
    seed: u64,
    since: Instant,
}

impl Starter {
    fn of(world: &World, seed: u64) -> Self {
        let command = world.command("");
        let variables =
            command.get_envs().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())));
        Starter {
            program: command.get_program().to_owned(),
            directory: world.path(""),
            variables: variables.collect(),
            now: world.now(),
            seed,
            since: Instant::now(),
        }
    }

    fn run(&self, login: &str, asked: &Asked, key: Option<&str>, seed: u64) -> Told {
        let begun = self.since.elapsed();
        let now = self.now + TimeDelta::from_std(begun).expect("a span");
        let mut command = Command::new(&self.program);
        command.args(crate::words::split(&asked.line)).current_dir(&self.directory).env_clear();
        command.envs(self.variables.iter().cloned()).env("CAREDESK_TEST_USER", login);
        command.env("CAREDESK_OUTPUT", "json").env("CAREDESK_TEST_SEED", (self.seed + seed).to_string());
        command.env("CAREDESK_TEST_NOW", now.to_rfc3339_opts(SecondsFormat::Millis, true));
        if let Some(key) = key {
            command.env("CAREDESK_OPERATION_KEY", key);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut pipe = child.stdin.take().expect("a pipe");
        drop(pipe.write_all(asked.input.as_deref().unwrap_or_default().as_bytes()));
        drop(pipe);
        let answer = answer(child.wait_with_output().expect("the program ends"));
        let ended = self.since.elapsed();
        let (line, key) = (asked.line.clone(), key.map(str::to_owned));
        let changes = changes(&line, &answer.stdout);
        let is_together = line == "batch -" || line.starts_with("apply ");
        Told { login: login.to_owned(), line, key, begun, ended, answer, changes, is_together }
    }
}

/// One of those who take turns: as three accounts, of which one does only what is counted.
struct Worker<'a> {
    number: usize,
    starter: &'a Starter,
    things: &'a Things,
    told: &'a Mutex<Vec<Told>>,
    random: Rng,
    runs: u64,
}

impl Worker<'_> {
    fn take_turns(mut self, until: Duration) {
        while self.starter.since.elapsed() < until {
            let sort = match self.random.u8(..20) {
                0..3 => Sort::Read,
                3..6 => Sort::Alone,
                _ => Sort::Change,
            };
            match (sort, self.random.u8(..12)) {
                (Sort::Change, 0) => self.several("batch -"),
                (Sort::Change, 1) => self.several("batch - --keep-going"),
                (Sort::Change, 2) => self.several("shell"),
                _ => self.one(sort),
            }
        }
    }

    fn any(&mut self, is_wanted: impl Fn(&Line) -> bool) -> Option<(&'static Line, Asked)> {
        let wanted: Vec<&'static Line> = lines().iter().filter(|line| is_wanted(line)).collect();
        let line = *self.random.choice(&wanted)?;
        Some((line, self.things.fill(line, &mut self.random)?))
    }

    fn one(&mut self, sort: Sort) {
        if let Some((line, asked)) = self.any(|line| line.sort == sort) {
            // What it sends in several steps is not counted.
            let is_change = sort != Sort::Read && !line.text.starts_with("alert send");
            self.ask(line.actor, &asked, is_change, is_change);
        }
    }

    /// Several lines of one account, as one or one after the other.
    fn several(&mut self, how: &str) {
        let count = self.random.usize(2..=4);
        let lines =
            (0..count).filter_map(|_| self.any(|line| line.sort == Sort::Change && line.actor == "staff"));
        let lines: Vec<String> = lines.map(|(_, asked)| asked.line).collect();
        let input = Some(lines.join("\n") + "\n");
        self.ask("staff", &Asked { line: how.to_owned(), input }, true, how == "batch -");
    }

    /// Asks for it; with a key now and then twice, and what was done is not done again.
    fn ask(&mut self, actor: &str, asked: &Asked, is_change: bool, takes_key: bool) {
        let login = format!("{}{:02}", &actor[..1], self.number);
        self.runs += 1;
        let place = self.number as u64 * 1_000_000 + self.runs;
        let key = (takes_key && self.random.bool()).then(|| format!("key-{place}"));
        let mut told = self.starter.run(&login, asked, key.as_deref(), place);
        if !is_change {
            told.changes = 0;
        }
        if told.answer.status == 0 && told.changes > 0 && actor != "count" {
            let values = serde_json::Deserializer::from_str(&told.answer.stdout).into_iter::<Value>();
            values.map_while(Result::ok).for_each(|value| self.things.learn(&asked.line, &value));
        }
        let again = key.filter(|_| told.changes > 0 && self.random.u8(..8) == 0);
        self.note(told);
        if let Some(key) = again {
            self.runs += 1;
            let again = self.starter.run(&login, asked, Some(&key), place + 500_000);
            self.note(Told { changes: 0, ..again });
        }
    }

    fn note(&self, told: Told) {
        self.told.lock().expect("no other has failed").push(told);
    }
}

/// Its end is one of the contract, and it speaks of no engine.
pub fn must_be_known(told: &[Told]) {
    let wrong: BTreeMap<_, _> = told
        .iter()
        .filter(|told| !is_known(told) || !speaks_of_care(told))
        .map(|told| ((leaf(&told.line), told.answer.status), shown(told)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.into_values().collect::<Vec<_>>().join("\n\n"));
}

fn is_known(told: &Told) -> bool {
    let looks =
        ["doctor", "release check", "diff ", "package wait"].iter().any(|verb| told.line.starts_with(verb));
    match told.answer.status {
        0 | 3 | 4 | 5 | 6 | 9 => true,
        7 => told.lasted() > LOCK || told.line.starts_with("package wait"),
        8 | 11 => looks,
        _ => false,
    }
}

fn speaks_of_care(told: &Told) -> bool {
    let words = ["locked", "deadlock", "serializ", "conflicted", "the database refused", "internal"];
    let said = told.answer.stderr.to_lowercase();
    !words.iter().any(|word| said.contains(word))
}

fn settle(world: &World, workers: usize) {
    world.begin(|world| {
        world.ok("init");
        world.write("paper.pdf", PDF);
        world.write("password.txt", "correct horse battery\n");
    });
    let mut text = String::new();
    for name in PROVIDERS.iter().chain(&["Scarce"]) {
        text += &format!("provider create {name}\n");
    }
    text += "queue create Shared --status One --status Two --status Three --status Done:closed\n";
    text += "queue add-resource Shared One Two Three Four Scarce\n";
    text += "queue add-resource 'Home care' One Two Three Four\n";
    text += &format!("capacity set Scarce {PLACES}\n");
    text += "client create --given Turn --family Turn\n";
    text += "referral create --queue Shared --client Turn\n";
    for number in 0..workers {
        text += &format!("account create s{number:02} --name Staff --level admin\n");
        text += &format!("account create c{number:02} --name Counted --level admin\n");
        text += &format!(
            "account create p{number:02} --name Portal --level provider-portal --resource One Two Three Four --can respond-packages edit-capacity change-status answer-sharing\n"
        );
    }
    let done = world.run_with_input("batch -", text.as_bytes());
    assert_eq!(done.status, 0, "{done:?}");
    world.ok("database backup backup.zip");
}

// Rules 7.85 to 7.87.
both_engines!(whatever_many_do_at_once_every_promise_holds, |world| {
    let Some((workers, extent)) = extent() else {
        return aloud("many at once: `just load` has them go on; a usual run does not");
    };
    settle(world, workers);
    let seed = env::var("CAREDESK_TEST_LOAD_SEED")
        .map_or_else(|_| Rng::new().u64(..1 << 32), |seed| seed.parse().unwrap());
    aloud(&format!("load: {workers} workers, {} s, CAREDESK_TEST_LOAD_SEED={seed}", extent.as_secs()));
    let codes = ["provider list -q", "resource list -q", "referral list -q", "client list -q"]
        .map(|list| world.ok(list));
    let things = Things::but(codes.iter().flat_map(|list| list.lines()).map(str::to_owned).collect());
    let turn = codes[2].trim().to_owned();
    things.add("TURN", &turn);
    let (starter, told) = (Starter::of(world, seed << 16), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for number in 0..workers {
            let random = Rng::with_seed(seed + number as u64);
            let worker = Worker { number, starter: &starter, things: &things, told: &told, random, runs: 0 };
            scope.spawn(move || worker.take_turns(extent));
        }
    });
    let told = told.into_inner().unwrap();
    world.at(&(starter.now + TimeDelta::from_std(starter.since.elapsed()).unwrap()).to_rfc3339());
    figures(&told, extent);
    must_be_known(&told);
    let count = must_agree(world, &told);
    assert!(count > workers, "only {count} changes");
    must_be_counted(world, &told, &turn);
    must_be_sound(world);
});

/// Nothing that was counted is lost.
fn must_be_counted(world: &World, told: &[Told], turn: &str) {
    let done = |text: &str| {
        told.iter().filter(|told| told.changes > 0 && told.line.contains(text)).collect::<Vec<_>>()
    };
    let marks: BTreeSet<String> = done("queue add-status Shared")
        .iter()
        .map(|told| crate::words::split(&told.line)[3].clone())
        .collect();
    let shown = world.json("queue show Shared");
    let labels: Vec<&str> =
        shown["statuses"].as_array().unwrap().iter().map(|one| one["label"].as_str().unwrap()).collect();
    let kept: BTreeSet<String> =
        labels.iter().filter(|label| label.starts_with("Mark ")).map(|label| (*label).to_owned()).collect();
    let lost = marks.difference(&kept).count();
    assert!(
        kept.len() == labels.len() - 4 && kept.is_subset(&marks) && lost <= undone(world, "Shared"),
        "statuses were lost, or came twice: {lost}"
    );
    let turns =
        ["One --from", "Two --from", "Three --from"].map(|text| done(&format!("{turn} {text}")).len());
    let (total, back): (usize, usize) = (turns.iter().sum(), undone(world, turn));
    let now = world.json(&format!("referral show {turn}"))["status"].clone();
    let order = ["One", "Three", "Two"];
    assert_eq!(now, order[(total - back) % 3], "{turns:?}, {back} undone");
    let most = turns.iter().max().unwrap() - turns.iter().min().unwrap();
    assert!(most <= 1 + back, "one turn after the other, each by one: {turns:?}, {back} undone");
    let taken = world.json("referral list --resource Scarce").as_array().unwrap().len();
    assert!(taken <= PLACES, "{taken} have {PLACES} places");
}

/// How often a change of it was taken back by its number, as any admin may.
fn undone(world: &World, subject: &str) -> usize {
    let text = format!(
        "SELECT CAST(count(*) AS TEXT) FROM audit WHERE action LIKE '%.undo' AND subject = '{subject}'"
    );
    world.sql(&text)[0][0].as_deref().unwrap().parse().unwrap()
}

/// All checks of the program, and those of the tests.
pub fn must_be_sound(world: &World) {
    verified(world);
    if world.path("anchors").exists() {
        world.ok("audit verify --since anchors");
    }
    world.ok("database check");
    let bad = world.run_json("doctor --only integrity,references,schema,chain,recorded,rules");
    assert_eq!(bad.status, 0, "{bad:?}");
    State::read(world).must_hold(&mut BTreeMap::new(), world.now());
}

/// What it came to.
fn figures(told: &[Told], extent: Duration) {
    let ms = |told: &&Told| told.lasted().as_millis();
    let (changed, others): (Vec<&Told>, Vec<&Told>) = told.iter().partition(|told| told.changes > 0);
    for (what, of) in [("changes", changed), ("others", others)] {
        let slowest = of.iter().max_by_key(|told| told.lasted()).and_then(|told| leaf(&told.line));
        let mut took: Vec<u128> = of.iter().map(ms).collect();
        took.sort_unstable();
        let at = |percent: usize| took.get((took.len().saturating_sub(1)) * percent / 100).unwrap_or(&0);
        let (number, second) = (took.len(), took.len() as u64 / extent.as_secs().max(1));
        let [half, most_of_them, longest] = [50, 99, 100].map(at);
        aloud(&format!(
            "load: {number} {what}, {second} a second; p50 {half} ms, p99 {most_of_them} ms, most {longest} ms \
             ({slowest:?})"
        ));
    }
    let mut statuses: BTreeMap<i32, usize> = BTreeMap::new();
    for one in told {
        *statuses.entry(one.answer.status).or_default() += 1;
    }
    let done: BTreeSet<&str> =
        told.iter().filter(|told| told.changes > 0).filter_map(|told| leaf(&told.line)).collect();
    let never = lines().iter().filter(|line| line.sort != Sort::Read).filter_map(|line| leaf(line.text));
    let never: BTreeSet<&str> = never.filter(|leaf| !done.contains(leaf)).collect();
    aloud(&format!("load: by exit status {statuses:?}; never done by itself: {never:?}"));
}
