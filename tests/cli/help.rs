//! What the program says about itself: the whole help as one snapshot, its examples and the manual pages.

use std::collections::BTreeSet;

use expect_test::expect_file;

use crate::words;
use crate::world::{Engine, World};

/// A change of any name, option or help text shows here. `UPDATE_EXPECT=1 cargo test --test cli help` writes it anew.
#[test]
fn the_whole_help_is_one_snapshot() {
    let world = World::new(Engine::Sqlite);
    let mut text = String::new();
    for command in commands(&world) {
        let line = format!("{command} --help").trim_start().to_owned();
        let help = world.ok(&line);
        text += &format!("$ caredesk {line}\n{}\n", if command.is_empty() { help } else { own(&help) });
    }
    expect_file!["./help.txt"].assert_eq(&text);
}

#[test]
fn every_command_says_what_it_is_for() {
    let world = World::new(Engine::Sqlite);
    for command in commands(&world) {
        let help = world.ok(&format!("{command} -h"));
        let about = help.lines().next().unwrap_or_default();
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
    for command in commands(&world) {
        // A long example goes on in the next line, as it would in a shell.
        let help = world.ok(&format!("{command} --help")).replace("\\\n", " ");
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
    assert_eq!(world.run("").status, 2);
}

#[test]
fn an_edit_of_nothing_is_a_wrong_command_line() {
    let world = World::new(Engine::Sqlite);
    let edits: Vec<String> =
        commands(&world).into_iter().filter(|command| command.ends_with(" edit")).collect();
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
fn every_command_has_a_manual_page() {
    let world = World::new(Engine::Sqlite);
    world.ok("man pages");
    let written: BTreeSet<String> = world
        .path("pages")
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let page = |command: &String| format!("caredesk {command}").trim_end().replace(' ', "-") + ".1";
    assert_eq!(written, commands(&world).iter().map(page).collect());
    let text = world.read("pages/caredesk.1");
    assert!(text.contains(".TH caredesk 1") && text.contains(".SH NAME"), "{text}");
    assert!(text.contains("Never prompt"), "{text}");
}

/// The help of one command without the section of global options, which is the same everywhere.
fn own(help: &str) -> String {
    let Some((before, rest)) = help.split_once("Global options:\n") else { return help.to_owned() };
    let after = rest.split_once("\n\nExamples:").map(|(_, after)| format!("Examples:{after}"));
    format!("{before}{}", after.unwrap_or_default())
}

/// Every command and verb, found by reading the help as a person does; the empty one is the program itself.
pub fn commands(world: &World) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut next = 0;
    while let Some(command) = found.get(next).cloned() {
        let help = world.ok(&format!("{command} -h"));
        let listed =
            help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
        // A description that goes on stands further in.
        let names = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
        let names = names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
        found.extend(names.map(|name| format!("{command} {name}").trim_start().to_owned()));
        next += 1;
    }
    assert!(found.len() > 20, "{found:?}");
    found.sort();
    found
}
