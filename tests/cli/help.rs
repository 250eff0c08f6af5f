//! What the program says about itself: the whole help as one snapshot, its examples and the manual pages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use expect_test::expect_file;

use crate::words;
use crate::world::{Engine, World};

const TOPICS: [&str; 7] = ["codes", "dates", "environment", "files", "profiles", "scripts", "visibility"];

/// A change of any name, option or help text shows here. `UPDATE_EXPECT=1 cargo test --test cli help` writes it anew.
#[test]
fn the_whole_help_is_one_snapshot() {
    let mut text = String::new();
    for (command, page) in PAGES.iter() {
        let line = format!("{command} --help");
        text += &format!("$ caredesk {}\n{page}\n", line.trim_start());
    }
    text += &format!("$ caredesk help options\n{}", World::new(Engine::Sqlite).ok("help options"));
    expect_file!["./help.txt"].assert_eq(&text);
}

#[test]
fn every_command_says_what_it_is_for() {
    for (command, page) in PAGES.iter() {
        let about = page.lines().next().unwrap_or_default();
        assert!(
            about.len() > 10 && !about.starts_with("Usage:"),
            "`caredesk {command}` has no line about it"
        );
    }
}

/// The grammar is read before the database is opened, so where there is none only an example that is wrong ends with 2.
#[test]
fn the_examples_are_good_grammar() {
    let world = World::new(Engine::Sqlite);
    let mut count = 0;
    let topics = TOPICS.map(|topic| world.ok(&format!("help {topic}")));
    for page in PAGES.values().chain(&topics) {
        // A long example goes on in the next line, as it would in a shell.
        let help = page.replace("\\\n", " ");
        for example in help.lines().filter_map(|line| line.trim().strip_prefix("$ caredesk ")) {
            let end = [" | ", " > "].iter().filter_map(|mark| example.find(mark)).min();
            let arguments = words::split(&example[..end.unwrap_or(example.len())]);
            let answer = World::new(Engine::Sqlite).run_args(&arguments);
            assert_ne!(answer.status, 2, "$ caredesk {example}\n{}", answer.stderr);
            count += 1;
        }
    }
    assert!(count > 0, "there are no examples");
}

#[test]
fn a_wrong_word_is_met_with_the_right_one() {
    let world = World::new(Engine::Sqlite);
    let answer = world.run("pakage list");
    assert_eq!(answer.status, 2);
    assert!(answer.stderr.contains("similar") && answer.stderr.contains("package"), "{}", answer.stderr);
    assert_eq!(answer.stdout, "");
    for (line, right) in [("help dats", "`dates`"), ("help package respnd", "`respond`")] {
        let answer = world.run(line);
        assert_eq!((answer.status, answer.stderr.contains(right)), (2, true), "{}", answer.stderr);
    }
    // Without a database there is nothing that waits, and nothing is asked for but a beginning.
    for line in ["", "--db nowhere.db"] {
        let answer = world.run(line);
        assert_eq!((answer.status, answer.stdout.as_str()), (2, ""));
        assert!(answer.stderr.contains("Start with `caredesk demo`"), "{}", answer.stderr);
    }
}

#[test]
fn an_edit_of_nothing_is_a_wrong_command_line() {
    let world = World::new(Engine::Sqlite);
    let edits: Vec<&str> = commands().filter(|command| command.ends_with(" edit")).collect();
    assert!(edits.len() > 7, "{edits:?}");
    for command in edits {
        // There is one hub.
        let what = if command == "hub edit" { "" } else { "it" };
        let answer = world.run(&format!("{command} {what}"));
        assert_eq!(answer.status, 2, "{command}: {}", answer.stderr);
        assert!(answer.stderr.contains("required arguments were not provided:\n  "), "{}", answer.stderr);
    }
}

#[test]
fn every_page_of_help_fits_a_screen() {
    let world = World::new(Engine::Sqlite);
    world.set("COLUMNS", "80");
    for topic in TOPICS.into_iter().chain([""]) {
        let page = world.ok(&format!("help {topic}"));
        assert!(page.lines().count() <= 23, "{topic}: {} lines", page.lines().count());
        let widest = page.lines().map(|line| line.chars().count()).max();
        assert!(widest < Some(80), "{topic}: {widest:?} columns");
    }
    // An example is copied as it stands, so that it must not be wrapped.
    for (command, page) in PAGES.iter() {
        let examples =
            page.lines().skip_while(|line| *line != "Examples:").take_while(|line| !line.is_empty());
        let long: Vec<&str> = examples.filter(|line| line.len() > 79).collect();
        assert!(long.is_empty(), "`{command}`: {long:#?}");
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let world = World::new(Engine::Sqlite);
    world.ok("man pages");
    let written: BTreeSet<String> = world
        .path("pages")
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let page = |command: &str| format!("caredesk {command}").trim_end().replace(' ', "-") + ".1";
    assert_eq!(written, commands().map(page).collect());
    let text = world.read("pages/caredesk.1");
    assert!(text.contains(".TH caredesk 1") && text.contains(".SH NAME"), "{text}");
    assert!(text.contains("Never prompt"), "{text}");
}

/// Every command and verb, found by reading the help as a person does; the empty one is the program itself.
pub fn commands() -> impl Iterator<Item = &'static str> {
    PAGES.keys().map(String::as_str)
}

pub fn page(command: &str) -> &'static str {
    &PAGES[command]
}

/// Every command with its page.
static PAGES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let world = World::new(Engine::Sqlite);
    let first = world.ok("--help");
    let mut pages = BTreeMap::new();
    let mut next: Vec<String> = nouns(&first).map(str::to_owned).collect();
    while let Some(command) = next.pop() {
        let page = world.ok(&format!("{command} --help"));
        next.extend(verbs(&page).map(|verb| format!("{command} {verb}")));
        pages.insert(command, page);
    }
    pages.insert(String::new(), first);
    assert!(pages.len() > 20, "{pages:?}");
    pages
});

/// The nouns stand in the table of the first page.
fn nouns(first: &str) -> impl Iterator<Item = &str> {
    let table = first.split("\n\n").nth(2).unwrap_or_default();
    let columns = table.lines().map(|line| line[17..].split("  ").next().unwrap_or_default());
    columns.flat_map(|names| names.split(", ")).chain(["help"]).map(str::trim)
}

/// A description that goes on stands further in.
fn verbs(page: &str) -> impl Iterator<Item = &str> {
    let listed = page.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed = listed.take_while(|line| !line.is_empty());
    let names = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next())
}
