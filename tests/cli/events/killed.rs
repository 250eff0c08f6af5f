//! Killed at any moment and started again: every event is there, in order.

use std::io::Read as _;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use super::{Follower, clients, number, numbers};
use crate::town::settle;
use crate::world::World;

const KILLS: usize = 12;

/// What a run wrote out until it was killed.
fn followed(world: &World, random: &mut fastrand::Rng) -> Vec<i64> {
    let mut command = world.command("events --follow -o jsonl --cursor-file kept");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    sleep(Duration::from_millis(random.u64(0..400)));
    child.kill().unwrap();
    let mut text = String::new();
    child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
    child.wait().unwrap();
    cursors(&text)
}

/// Of whole lines: what a reader has of the rest is no event.
fn cursors(text: &str) -> Vec<i64> {
    let whole = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    whole
        .map(|line| {
            let event: Value = serde_json::from_str(line).unwrap();
            number(event["cursor"].as_str().unwrap())
        })
        .collect()
}

// Rule 7.63.
both_engines!(killed_and_started_again_it_misses_none, |world| {
    settle(world);
    let first = *numbers(world, "events -q").last().unwrap();
    Follower::begin(world, "", "kept").kill();
    world.write("lines", clients("Ada", 400));
    let mut writing = world.command("batch lines --keep-going");
    let mut writing = writing.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let (mut random, mut came) = (fastrand::Rng::with_seed(7), Vec::new());
    let mut runs = 0;
    while runs < KILLS || writing.try_wait().unwrap().is_none() {
        let run = followed(world, &mut random);
        if let (Some(last), Some(next)) = (came.last(), run.first()) {
            assert!(*next == last + 1 || next == last, "after {last} came {next}");
        }
        assert!(run.is_sorted());
        came.extend(run);
        runs += 1;
    }
    came.extend(numbers(world, "events --cursor-file kept -q"));
    let twice = came.windows(2).filter(|two| two[0] == two[1]).count();
    assert!(twice <= runs, "{twice} came twice in {runs} runs");
    came.dedup();
    let last = *numbers(world, "events -q").last().unwrap();
    assert_eq!(last, first + 400);
    assert_eq!(came, (first + 1..=last).collect::<Vec<_>>());
});
