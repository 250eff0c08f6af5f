//! Every command of the grammar prints JSON that its schema knows: `commands.txt` has an example of each, or says why not.

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use serde_json::Value;

use crate::help;
use crate::long::kills;
use crate::schema::NOUNS;
use crate::tables;
use crate::world::written;

static TABLE: LazyLock<String> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/commands.txt");
    fs::read_to_string(path).unwrap()
});

both_engines!(every_example_prints_what_the_schema_says, |world| {
    world.begin(tables::settle);
    // A checkout does not keep a file private.
    world.write("password.txt", "correct horse battery\n");
    let entries = || world.sql("SELECT CAST(MAX(sequence) AS TEXT) FROM audit");
    let (mut failed, mut recorded) = (Vec::new(), BTreeSet::new());
    for line in examples() {
        tables::count_codes(world);
        let before = entries();
        // What it prints is checked against the schema of its noun. A check that finds something prints it and fails.
        let answer = world.run_json(&world.with_names_of_this_run(line));
        if ![0, 4, 8].contains(&answer.status) || serde_json::from_str::<Value>(&answer.stdout).is_err() {
            failed.push(written(line, &answer));
        }
        recorded.extend(leaf(line).filter(|_| entries() != before));
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    kills::must_be_killed(&recorded);
});

#[test]
fn every_command_has_an_example() {
    let lines: Vec<&str> = examples().chain(without_json().map(|(command, _)| command)).collect();
    let unknown: Vec<_> = lines.iter().filter(|line| leaf(line).is_none()).collect();
    assert!(unknown.is_empty(), "no commands: {unknown:?}");
    let shown: BTreeSet<&str> = lines.iter().filter_map(|line| leaf(line)).collect();
    let missing: Vec<_> = LEAVES.difference(&shown).collect();
    assert!(missing.is_empty(), "give them examples in tests/cli/commands.txt: {missing:?}");
    let unchecked: Vec<_> = examples().filter(|line| !is_checked(first_words(line, 1))).collect();
    assert!(unchecked.is_empty(), "tests/cli/schema.rs checks only its NOUNS: {unchecked:?}");
    assert!(without_json().all(|(_, reason)| reason.len() > 10), "say why a command prints no JSON");
}

/// The commands that no other begins with, and `export`, which does something without one that does.
pub static LEAVES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let grammar: Vec<&str> = help::commands().collect();
    let is_leaf = |command: &&str| {
        let has_verbs = grammar.iter().any(|other| other.starts_with(&format!("{command} ")));
        !command.is_empty() && (!has_verbs || *command == "export")
    };
    grammar.iter().copied().filter(is_leaf).collect()
});

/// The command of a line.
pub fn leaf(line: &str) -> Option<&str> {
    let first = [3, 2, 1].map(|length| first_words(line, length));
    first.into_iter().find(|command| LEAVES.contains(command))
}

fn is_checked(noun: &str) -> bool {
    NOUNS.contains(&noun) || noun == "schema"
}

pub fn examples() -> impl Iterator<Item = &'static str> {
    lines().filter(|line| !line.starts_with("none "))
}

/// The commands that print none, with the reasons.
fn without_json() -> impl Iterator<Item = (&'static str, &'static str)> {
    lines().filter_map(|line| line.strip_prefix("none ")?.split_once(": "))
}

fn lines() -> impl Iterator<Item = &'static str> {
    TABLE.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn first_words(line: &str, count: usize) -> &str {
    let end = line.match_indices(' ').nth(count - 1).map_or(line.len(), |(at, _)| at);
    &line[..end]
}
