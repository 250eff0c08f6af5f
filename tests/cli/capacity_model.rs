//! Which entry of capacity counts, and which may be made: whatever people do, the program answers like a model that looks at
//! the whole list of entries.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use crate::world::{Engine, World};

/// Hours from now on.
#[derive(Clone, Debug)]
enum Step {
    Set {
        from: Option<i64>,
        length: Option<i64>,
    },
    /// The entry of this number, from the first.
    Remove(usize),
    End {
        entry: usize,
        length: Option<i64>,
    },
    Wait(i64),
}

#[derive(Clone, Debug)]
struct Entry {
    code: String,
    start: DateTime<Utc>,
    end: Option<DateTime<Utc>>,
    is_removed: bool,
}

impl Entry {
    fn counts_at(&self, now: DateTime<Utc>) -> bool {
        !self.is_removed && self.start <= now && self.end.is_none_or(|end| end > now)
    }
}

// Rule 2.8.
both_engines!(the_entry_in_force_is_the_latest_that_has_started_and_not_ended, |world| {
    let cases = if world.engine() == Engine::Sqlite { 10 } else { 3 };
    let config = Config { cases, max_shrink_time: 20_000, failure_persistence: None, ..Config::default() };
    let engine = world.engine();
    let told = TestRunner::new(config).run(&prop::collection::vec(step(), 25), |steps| {
        tell(&World::new(engine), &steps);
        Ok(())
    });
    told.unwrap_or_else(|fault| panic!("{fault}"));
});

fn step() -> impl Strategy<Value = Step> {
    let length = || prop_oneof![2 => Just(None), 3 => (1_i64..12).prop_map(Some)];
    prop_oneof![
        5 => (prop_oneof![1 => Just(None), 3 => (0_i64..16).prop_map(Some)], length())
            .prop_map(|(from, length)| Step::Set { from, length }),
        1 => (0_usize..12).prop_map(Step::Remove),
        1 => (0_usize..12, length()).prop_map(|(entry, length)| Step::End { entry, length }),
        4 => (1_i64..8).prop_map(Step::Wait),
    ]
}

fn tell(world: &World, steps: &[Step]) {
    world.at("2026-11-23T08:00:00Z");
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    let mut now: DateTime<Utc> = "2026-11-23T09:00:00Z".parse().unwrap();
    let mut entries: Vec<Entry> = Vec::new();
    for step in steps {
        world.at(&written(now));
        take(world, now, &mut entries, step);
        if let Step::Wait(hours) = step {
            now += TimeDelta::hours(*hours);
        }
        world.at(&written(now));
        must_stand(&world.json("capacity show acme --all"), &entries, now);
        // What is recorded later is later (rule 4.8), and here on the hour.
        now += TimeDelta::hours(1);
    }
    world.ok("database check");
    world.ok("audit verify");
}

fn take(world: &World, now: DateTime<Utc>, entries: &mut Vec<Entry>, step: &Step) {
    match step {
        Step::Wait(_) => {}
        Step::Set { from, length } => set(world, now, entries, *from, *length),
        Step::Remove(number) => {
            let Some(entry) = entries.get_mut(*number) else { return };
            world.ok(&format!("capacity remove {}", entry.code));
            entry.is_removed = true;
        }
        Step::End { entry, length } => {
            let Some(entry) = entries.get(*entry).cloned() else { return };
            let changed =
                Entry { end: length.map(|hours| entry.start + TimeDelta::hours(hours)), ..entry.clone() };
            let until = changed.end.map_or("none".to_owned(), written);
            let answer = world.run(&format!("capacity edit {} --until {until} -o json", entry.code));
            let is_over = status(entries, &entry, now) == "past" || entry.is_removed;
            let is_same = changed.end == entry.end;
            let is_late = changed.end.is_some_and(|end| end <= now);
            let is_good = is_same || !(is_over || is_late || clashes(&changed, entries));
            assert_eq!(answer.status == 0, is_good, "{step:?} {entries:#?} {}", answer.stderr);
            for known in entries.iter_mut().filter(|known| is_good && known.code == entry.code) {
                known.end = changed.end;
            }
        }
    }
}

/// Places count up, so that nothing is said twice.
fn set(world: &World, now: DateTime<Utc>, entries: &mut Vec<Entry>, from: Option<i64>, length: Option<i64>) {
    let start = now + TimeDelta::hours(from.unwrap_or(0));
    let end = length.map(|hours| start + TimeDelta::hours(hours));
    let mut line = format!("capacity set acme {} -o json", entries.len());
    line += &from.map(|_| format!(" --from {}", written(start))).unwrap_or_default();
    line += &end.map(|end| format!(" --until {}", written(end))).unwrap_or_default();
    let new = Entry { code: String::new(), start, end, is_removed: false };
    let answer = world.run(&line);
    assert_eq!(answer.status == 0, !clashes(&new, entries), "{line}\n{}{entries:#?}", answer.stderr);
    if answer.status == 0 {
        let made: Value = serde_json::from_str(&answer.stdout).unwrap();
        entries.push(Entry { code: made["code"].as_str().unwrap().to_owned(), ..new });
    }
}

fn written(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Looked for hour by hour, since all windows begin and end on the hour.
fn clashes(new: &Entry, entries: &[Entry]) -> bool {
    entries.iter().filter(|other| other.code != new.code && !other.is_removed).any(|other| {
        let hours = (0..200).map(|hour| new.start + TimeDelta::hours(hour));
        let are_bounded = new.end.is_some() && other.end.is_some();
        other.start == new.start
            || are_bounded && hours.into_iter().any(|at| new.counts_at(at) && other.counts_at(at))
    })
}

fn in_force(entries: &[Entry], now: DateTime<Utc>) -> Option<&Entry> {
    entries.iter().filter(|entry| entry.counts_at(now)).max_by_key(|entry| entry.start)
}

/// Whether it will count again is tried out hour by hour, with nothing but what has started by now.
fn status(entries: &[Entry], entry: &Entry, now: DateTime<Utc>) -> &'static str {
    let started: Vec<Entry> = entries.iter().filter(|entry| entry.start <= now).cloned().collect();
    let counts = |at| in_force(&started, at).is_some_and(|first| first.code == entry.code);
    match entry {
        _ if entry.is_removed => "removed",
        _ if entry.start > now => "scheduled",
        _ if counts(now) => "in_force",
        _ if (0..200).any(|hour| counts(now + TimeDelta::hours(hour))) => "suspended",
        _ => "past",
    }
}

fn must_stand(shown: &Value, entries: &[Entry], now: DateTime<Utc>) {
    let first = in_force(entries, now).map(|entry| entry.code.as_str());
    assert_eq!(shown["in_force"]["code"].as_str(), first, "at {now}: {entries:#?}");
    let mut expected: Vec<(String, &str)> =
        entries.iter().map(|entry| (entry.code.clone(), status(entries, entry, now))).collect();
    let rows = shown["entries"].as_array().unwrap().iter();
    let mut found: Vec<(String, &str)> =
        rows.map(|row| (row["code"].as_str().unwrap().to_owned(), row["status"].as_str().unwrap())).collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "at {now}: {entries:#?}");
}
