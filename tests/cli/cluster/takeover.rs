//! Nothing that was acknowledged is lost and nothing is done twice, however often the server that takes changes is killed or stands
//! still under load (rules 7.93 and 7.94). `just cluster` does it twenty times; a usual run does not.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use super::patroni::{Patroni, is_installed};
use crate::world::{Answer, Engine, World, aloud, answer, tell};

const WORKERS: usize = 8;
/// How long a server stands still: longer than the others wait for it.
const STILL: Duration = Duration::from_secs(22);

/// What was asked for under one key, and what came of it.
#[derive(Debug)]
#[expect(dead_code, reason = "what was said is shown of what is lost")]
struct Asked {
    name: String,
    /// How often it was asked for until it was said to be done.
    times: u32,
    took: Duration,
    /// When it was said to be done.
    done: Instant,
    /// What it said then.
    said: Answer,
}

#[test]
fn what_was_acknowledged_is_there_whoever_takes_over() {
    tell(Engine::Postgres, "cluster::takeover::what_was_acknowledged_is_there_whoever_takes_over", |world| {
        let Some(times) = super::asked_for() else {
            return aloud("servers that take over: `just cluster` kills some; a usual run does not");
        };
        assert!(is_installed(), "this needs patroni and etcd");
        let mut cluster = Patroni::start();
        world.set("CAREDESK_DB", &cluster.urls());
        world.set("CAREDESK_LOCK_TIMEOUT", "60s");
        world.ok("init --time-zone UTC");
        world.ok("queue create Shared --status New --status Done:closed");
        let (asked, is_over) = (Mutex::new(Vec::new()), AtomicBool::new(false));
        let outages = scope(|scope| {
            for worker in 0..WORKERS {
                let (asked, is_over) = (&asked, &is_over);
                let command = Starter::of(world);
                scope.spawn(move || work(&command, worker, asked, is_over));
            }
            let sealing = Starter::of(world);
            let is_over = &is_over;
            scope.spawn(move || seal(&sealing, is_over));
            let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                (0..times).map(|time| replace(&mut cluster, time)).collect::<Vec<_>>()
            }));
            sleep(Duration::from_secs(2));
            is_over.store(true, Ordering::SeqCst);
            ended.unwrap()
        });
        let asked = asked.into_inner().unwrap();
        figures(&asked, &outages);
        must_be_there(world, &asked);
        world.ok("audit verify --since anchors");
        world.ok("database check");
        for sort in ["integrity", "references", "chain", "rules"] {
            world.ok(&format!("doctor --only {sort}"));
        }
    });
}

/// What a run of the program is started with, from any thread.
struct Starter {
    program: std::ffi::OsString,
    directory: std::path::PathBuf,
    variables: Vec<(std::ffi::OsString, std::ffi::OsString)>,
}

impl Starter {
    fn of(world: &World) -> Self {
        let command = world.command("");
        let variables =
            command.get_envs().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())));
        Starter {
            program: command.get_program().to_owned(),
            directory: world.path(""),
            variables: variables
                .filter(|(name, _)| name != "CAREDESK_TEST_NOW" && name != "CAREDESK_TEST_SEED")
                .collect(),
        }
    }

    fn run(&self, line: &str) -> Answer {
        let mut command = Command::new(&self.program);
        command.args(crate::words::split(line)).current_dir(&self.directory).env_clear();
        answer(command.envs(self.variables.iter().cloned()).output().expect("the program starts"))
    }
}

/// Asks for one change after the other, each as often as it takes, always under its key.
fn work(starter: &Starter, worker: usize, asked: &Mutex<Vec<Asked>>, is_over: &AtomicBool) {
    for number in 0.. {
        if is_over.load(Ordering::SeqCst) {
            return;
        }
        let name = format!("W{worker}n{number}");
        let line = match number % 3 {
            0 => format!("client create --given {name} --family Load"),
            1 => format!("queue add-status Shared {name}"),
            _ => format!("provider create {name}"),
        };
        let begun = Instant::now();
        let mut times = 0;
        let said = loop {
            times += 1;
            let answer = starter.run(&format!("{line} -v --operation-key {name}"));
            match answer.status {
                0 => break answer,
                7 if times < 50 => {}
                _ => panic!("{line}: {answer:?}"),
            }
        };
        let done = Instant::now();
        asked.lock().expect("no other has failed").push(Asked {
            name,
            times,
            took: done - begun,
            done,
            said,
        });
    }
}

/// Statements of what was there, which have to hold at the end.
fn seal(starter: &Starter, is_over: &AtomicBool) {
    while !is_over.load(Ordering::SeqCst) {
        let answer = starter.run("audit anchor anchors");
        assert!([0, 7].contains(&answer.status), "{answer:?}");
        sleep(Duration::from_millis(500));
    }
}

/// Kills the server that takes changes, or stops it until another has taken over; when that was, and how long it took.
fn replace(cluster: &mut Patroni, time: u32) -> (Instant, Duration) {
    sleep(Duration::from_secs(3));
    let leader = cluster.leader(None);
    let since = Instant::now();
    let is_killed = time.is_multiple_of(2);
    cluster.order(if is_killed { "kill" } else { "freeze" }, leader);
    let other = cluster.leader(Some(leader));
    let took = since.elapsed();
    if !is_killed {
        sleep(STILL.saturating_sub(since.elapsed()));
    }
    cluster.order(if is_killed { "start" } else { "thaw" }, leader);
    cluster.must_be_whole();
    let how = if is_killed { "killed" } else { "stopped" };
    aloud(&format!("takeover {}: server {leader} {how}, server {other} took over in {took:.1?}", time + 1));
    (since, took)
}

/// Each was done once.
fn must_be_there(world: &World, asked: &[Asked]) {
    let mut found: BTreeMap<String, u32> = BTreeMap::new();
    let mut note = |name: &str| *found.entry(name.to_owned()).or_default() += 1;
    for client in world.json("client list --limit 1000000").as_array().unwrap() {
        note(client["given"].as_str().unwrap());
    }
    for provider in world.json("provider list --limit 1000000").as_array().unwrap() {
        note(provider["name"].as_str().unwrap());
    }
    for status in world.json("queue show Shared")["statuses"].as_array().unwrap() {
        note(status["label"].as_str().unwrap());
    }
    let lost: Vec<&Asked> = asked.iter().filter(|one| !found.contains_key(&one.name)).collect();
    assert!(lost.is_empty(), "acknowledged, and lost: {lost:#?}");
    let doubled: Vec<_> = found.iter().filter(|(_, times)| **times > 1).collect();
    assert!(doubled.is_empty(), "done more than once: {doubled:?}");
    let others = found.keys().filter(|name| name.starts_with('W')).count();
    assert_eq!(others, asked.len(), "done, and not acknowledged, though asked for until it was");
}

/// What it came to.
fn figures(asked: &[Asked], outages: &[(Instant, Duration)]) {
    let again: u32 = asked.iter().map(|one| one.times - 1).sum();
    let mut took: Vec<Duration> = asked.iter().map(|one| one.took).collect();
    took.sort_unstable();
    let at = |percent: usize| {
        took.get((took.len().saturating_sub(1)) * percent / 100).copied().unwrap_or_default()
    };
    let gaps = outages.iter().map(|(since, _)| {
        let next =
            asked.iter().map(|one| one.done).filter(|done| *done > *since + Duration::from_millis(500)).min();
        next.map_or(Duration::ZERO, |next| next - *since)
    });
    let longest = gaps.max().unwrap_or_default();
    aloud(&format!(
        "{} changes acknowledged by {WORKERS} at once over {} servers that went away, {again} asked for again; p50 {:.0?}, p99 {:.1?}, \
         most {:.1?}; at most {longest:.1?} without one",
        asked.len(),
        outages.len(),
        at(50),
        at(99),
        at(100),
    ));
}
