//! `batch` of 10,000 `account create` against the same lines as processes of their own. Of these only 500 are started, since
//! all would take a minute; twenty of their times are what the batch is compared with.

use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

use crate::pair::{caredesk, compare, whole};
use crate::town::Town;

const PAIRS: usize = 5;
const LINES: u32 = 10_000;
const PROCESSES: u32 = 500;

pub(crate) fn run() {
    let town = Town::new();
    let lines = town.path("accounts.txt");
    let mut text = String::new();
    for number in 0..LINES {
        writeln!(text, "account create {}", words(number)).expect("a line");
    }
    fs::write(&lines, text).expect("a file");
    compare(
        "batch of 10,000 account create / 10,000 processes (20 times the time of 500)",
        1.0 / 30.0,
        PAIRS,
        |pair| whole(caredesk(&town.empty(&format!("batch-{pair}.db"))).arg("batch").arg(&lines)),
        |pair| {
            let database = town.empty(&format!("processes-{pair}.db"));
            let one = |number: u32| {
                let line = words(number);
                whole(caredesk(&database).args(["account", "create"]).args(line.split(' ')))
            };
            (0..PROCESSES).map(one).sum::<Duration>() * (LINES / PROCESSES)
        },
    );
}

fn words(number: u32) -> String {
    format!("person.{number} --name Person.{number} --level standard")
}
