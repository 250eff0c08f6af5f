//! Questions, answered on a real terminal: rule 6.3, and that nothing waits where there is no person to answer.

use std::process::Stdio;

use rexpect::process::WaitStatus;
use rexpect::session::{PtySession, spawn_command};

use crate::town::{dump, settle};
use crate::world::{Engine, World, answer};

const SPACE: &str = " ";
const ENTER: &str = "\r";
const ESCAPE: &str = "\u{1b}";
const RIGHT: &str = "\u{1b}[C";
const INTERRUPT: &str = "\u{3}";

/// A command that runs on a terminal of its own.
struct Terminal(PtySession);

impl Terminal {
    fn start(world: &World, line: &str) -> Terminal {
        let mut command = world.command(line);
        command.env("NO_COLOR", "1").stdin(Stdio::inherit());
        Terminal(spawn_command(command, Some(20_000)).unwrap())
    }

    /// Waits until this has been drawn, and gives what was drawn before it.
    fn sees(&mut self, text: &str) -> String {
        self.0.exp_string(text).unwrap_or_else(|error| panic!("no `{text}`: {error}"))
    }

    fn types(&mut self, keys: &str) {
        self.0.send(keys).unwrap();
        self.0.flush().unwrap();
    }

    /// What was drawn last, and the exit status.
    fn ends(&mut self) -> (String, i32) {
        let rest = self.0.exp_eof().unwrap();
        match self.0.process().wait().unwrap() {
            WaitStatus::Exited(_, status) => (rest, status),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn visits_and_providers_are_ticked() {
    let world = town();
    let mut terminal = Terminal::start(&world, "outsource create REF-00000A --reference winter");
    terminal.sees("Visits of REF-00000A:");
    assert!(!terminal.sees("esc leaves").contains("[x]"), "something is ticked at first");
    terminal.types(ENTER);
    terminal.sees("tick at least one");
    terminal.types("002");
    terminal.sees("[ ] VIS-000002");
    terminal.types(SPACE);
    terminal.sees("[x] VIS-000002");
    terminal.types(ENTER);
    terminal.sees("Visits of REF-00000A: 1 visit");
    terminal.sees("Providers to ask:");
    // The filter is emptied once it has served.
    for provider in ["birch", "acme"] {
        terminal.types(provider);
        terminal.types(SPACE);
        terminal.sees("[x]");
    }
    terminal.types(ENTER);
    terminal.sees("Providers to ask: 1 visit to 2 providers");
    let (rest, status) = terminal.ends();
    assert!(
        rest.contains("(winter): 1 visit of REF-00000A, offered to Acme Care, Birch Homecare."),
        "{rest}"
    );
    assert_eq!(status, 0);
}

#[test]
fn many_providers_are_asked_about_once_more() {
    let world = town();
    for number in 1..=4 {
        world.ok(&format!("provider create 'House {number}'"));
    }
    let before = dump(&world);
    for (answer, status) in [(ENTER, 10), ("n\r", 10), (ESCAPE, 10), ("y\r", 0)] {
        assert_eq!(dump(&world), before);
        let mut terminal = Terminal::start(&world, "outsource create REF-00000A --all-visits");
        terminal.sees("Providers to ask:");
        terminal.types(RIGHT);
        terminal.types(ENTER);
        terminal.sees("4 visits to 7 providers");
        terminal.sees("Offer 4 visits to 7 providers? (y/N)");
        terminal.types(answer);
        let (rest, ended) = terminal.ends();
        assert_eq!(ended, status, "{rest}");
    }
    assert_ne!(dump(&world), before);
}

#[test]
fn escape_leaves_and_an_interrupt_gives_the_cursor_back() {
    let world = town();
    let before = dump(&world);
    for line in [
        "outsource create REF-00000A",
        "outsource create REF-00000A --all-visits",
        "account set-password stan",
    ] {
        for (key, status) in [(ESCAPE, 10), (INTERRUPT, 130)] {
            let mut terminal = Terminal::start(&world, line);
            terminal.sees(if line.starts_with("account") { "New password of stan" } else { "esc leaves" });
            terminal.types(key);
            let (rest, ended) = terminal.ends();
            assert_eq!(ended, status, "{line}: {rest}");
            assert!(rest.rfind("\u{1b}[?25h") >= rest.rfind("\u{1b}[?25l"), "{line}: {rest:?}");
            assert!(rest.contains("nothing was changed") || status == 130, "{line}: {rest}");
        }
    }
    assert_eq!(dump(&world), before);
}

#[test]
fn a_password_is_asked_for_twice_and_not_shown() {
    let world = town();
    let mut terminal = Terminal::start(&world, "account set-password stan");
    let password = "correct horse";
    for (question, word) in [
        ("New password of stan", password),
        ("The same again", "another one"),
        ("New password of stan", password),
        ("The same again", password),
    ] {
        assert!(!terminal.sees(question).contains("horse"));
        terminal.types(&format!("{word}{ENTER}"));
    }
    let (rest, status) = terminal.ends();
    assert!(!rest.contains("horse"), "{rest}");
    assert_eq!(status, 0, "{rest}");
}

// Rule 2.10.
#[test]
fn a_first_password_is_replaced_before_anything_else() {
    let world = town();
    world.ok("account invite stan --file stan.csv");
    let file = world.read("stan.csv");
    let first = file.trim_end().rsplit(',').next().unwrap();
    world.as_user("stranger");
    let mut terminal = Terminal::start(&world, "whoami --as stan --columns level");
    for (question, word) in [
        ("Password of stan", first),
        ("New password of stan", "correct horse"),
        ("The same again", "correct horse"),
    ] {
        terminal.sees(question);
        terminal.types(&format!("{word}{ENTER}"));
    }
    let (rest, status) = terminal.ends();
    assert!(rest.contains("standard") && !rest.contains("horse"), "{rest}");
    assert_eq!(status, 0, "{rest}");
    world.write("own", "correct horse");
    world.set("CAREDESK_PASSWORD_FILE", "own");
    assert_eq!(world.ok("whoami --as stan -q"), "stan\n");
    world.as_user("admin");
    assert_eq!(world.json("audit list --limit 1")[0]["action"], "account.set-password");
}

#[test]
fn nothing_is_asked_where_it_was_ruled_out() {
    let world = town();
    let asked = |variable: &str, value: &str, option: &str| {
        let mut command = world.command(&format!("outsource create REF-00000A {option}"));
        command.env(variable, value).stdin(Stdio::inherit());
        Terminal(spawn_command(command, Some(20_000)).unwrap())
    };
    for (variable, value, option) in [
        ("CI", "1", ""),
        ("CI", "true", ""),
        ("CAREDESK_NO_INPUT", "1", ""),
        ("CI", "", "--no-input"),
        ("CI", "", "--yes"),
        ("CI", "", "-o json"),
    ] {
        let (rest, status) = asked(variable, value, option).ends();
        assert_eq!(status, 2, "{variable}={value} {option}: {rest}");
        assert!(rest.contains("--all-visits"), "{rest}");
    }
    for value in ["", "0", "false"] {
        let mut terminal = asked("CI", value, "");
        terminal.sees("esc leaves");
        terminal.types(ESCAPE);
        assert_eq!(terminal.ends().1, 10);
    }
    // Without a terminal there is no need to say so.
    let refused = answer(world.command("outsource create REF-00000A").output().unwrap());
    assert_eq!((refused.status, refused.stdout.as_str()), (2, ""), "{}", refused.stderr);
}

fn town() -> World {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world
}
