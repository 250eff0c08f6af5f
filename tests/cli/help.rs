//! What the program says about itself: the whole help as one snapshot, its examples, the completions and the manual pages.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

use expect_test::expect_file;

use crate::words;
use crate::world::{Engine, World, aloud};

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

/// `UPDATE_EXPECT=1 cargo test --test cli completions` writes completions/ anew.
#[test]
fn the_completions_are_those_of_this_grammar() {
    let world = World::new(Engine::Sqlite);
    expect_file!["../../completions/caredesk.bash"].assert_eq(&world.ok("completions bash"));
    expect_file!["../../completions/_caredesk"].assert_eq(&world.ok("completions zsh"));
    expect_file!["../../completions/caredesk.fish"].assert_eq(&world.ok("completions fish"));
    expect_file!["../../completions/_caredesk.ps1"].assert_eq(&world.ok("completions powershell"));
    expect_file!["../../completions/caredesk.elv"].assert_eq(&world.ok("completions elvish"));
}

/// Each shell that is installed reads its completions without running them.
#[test]
fn the_completions_are_read_by_their_shells() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    for (shell, option, file) in [
        ("bash", "-n", "caredesk.bash"),
        ("zsh", "-n", "_caredesk"),
        ("fish", "--no-execute", "caredesk.fish"),
    ] {
        let mut command = Command::new(shell);
        command.arg(option).arg(folder.join(file)).stdin(Stdio::null());
        match command.output() {
            Ok(read) => assert!(read.status.success(), "{file}: {}", String::from_utf8_lossy(&read.stderr)),
            Err(_) => aloud(&format!("SKIPPED completions/{file}: {shell} is not installed")),
        }
    }
}

#[test]
fn help_is_completed_with_the_verbs_of_a_noun() {
    let world = World::new(Engine::Sqlite);
    let all = commands(&world);
    let verbs: BTreeSet<&str> = all.iter().filter_map(|line| line.strip_prefix("sharing ")).collect();
    let script = "source \"$1\"; COMP_WORDS=(caredesk help sharing ''); COMP_CWORD=3; _caredesk caredesk '' sharing; echo ${COMPREPLY[@]}";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions/caredesk.bash");
    match Command::new("bash").args(["-c", script, "bash"]).arg(file).output() {
        Ok(said) => {
            let said = String::from_utf8(said.stdout).unwrap();
            assert_eq!(said.split_whitespace().collect::<BTreeSet<_>>(), verbs);
        }
        Err(_) => aloud("SKIPPED help_is_completed_with_the_verbs_of_a_noun: bash is not installed"),
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
    assert!(text.contains("Never ask anything"), "{text}");
}

/// The help of one command without the section of global options, which is the same everywhere.
fn own(help: &str) -> String {
    let Some((before, rest)) = help.split_once("Global options:\n") else { return help.to_owned() };
    let after = rest.split_once("\n\nExamples:").map(|(_, after)| format!("Examples:{after}"));
    format!("{before}{}", after.unwrap_or_default())
}

/// Every command and verb, found by reading the help as a person does; the empty one is the program itself.
fn commands(world: &World) -> Vec<String> {
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
