//! Completion as the shells ask for it: the lines they keep, and the answers to them, in a real bash where there is one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use expect_test::{expect, expect_file};

use crate::town::settle;
use crate::world::{Engine, World, aloud, answer};

/// `UPDATE_EXPECT=1 cargo test --test cli completion` writes completions/ anew.
#[test]
fn the_lines_of_the_shells_are_up_to_date() {
    let world = World::new(Engine::Sqlite);
    expect_file!["../../completions/caredesk.bash"].assert_eq(&world.ok("completions bash"));
    expect_file!["../../completions/_caredesk"].assert_eq(&world.ok("completions zsh"));
    expect_file!["../../completions/caredesk.fish"].assert_eq(&world.ok("completions fish"));
    expect_file!["../../completions/_caredesk.ps1"].assert_eq(&world.ok("completions powershell"));
    expect_file!["../../completions/caredesk.elv"].assert_eq(&world.ok("completions elvish"));
}

/// Each shell that is installed reads its lines without running them.
#[test]
fn the_lines_are_read_by_their_shells() {
    for (shell, option, file) in [
        ("bash", "-n", "caredesk.bash"),
        ("zsh", "-n", "_caredesk"),
        ("fish", "--no-execute", "caredesk.fish"),
    ] {
        let mut command = Command::new(shell);
        command.arg(option).arg(completions().join(file)).stdin(Stdio::null());
        match command.output() {
            Ok(read) => assert!(read.status.success(), "{file}: {}", String::from_utf8_lossy(&read.stderr)),
            Err(_) => aloud(&format!("SKIPPED completions/{file}: {shell} is not installed")),
        }
    }
}

#[test]
fn verbs_options_and_values_are_completed() {
    let world = World::new(Engine::Sqlite);
    for (line, expected) in [
        ("pack", vec!["package"]),
        ("package re", vec!["rename", "respond"]),
        ("--as rosa package li", vec!["list"]),
        ("package list --st", vec!["--status"]),
        ("package list --status re", vec!["recalled", "rejected"]),
        ("package respond PKG-000001 --acc", vec!["--accept"]),
        ("package list --output js", vec!["json", "jsonl"]),
        ("help da", vec!["database", "dates"]),
        ("help sharing set", vec!["settings", "setup"]),
    ] {
        if let Some(candidates) = asked_by_bash(&world, line) {
            assert_eq!(candidates, expected.into_iter().map(str::to_owned).collect(), "{line}");
        }
    }
    assert_eq!(world.path("").read_dir().unwrap().count(), 0, "no database is opened");
}

// Rule 2.13.
both_engines!(the_statuses_of_the_queue_of_a_referral_are_completed, |world| {
    settle(world);
    world.sql("INSERT INTO queue_resource (queue_id, resource_id) SELECT queue.id, resource.id FROM queue CROSS JOIN resource");
    world.ok("referral assign REF-00000B 'Acme Care'");
    world.ok("account permit acme change-status");
    for (login, line, expected) in [
        ("acme", "referral set-status REF-00000B ", vec!["Closed", "Live", "New"]),
        ("acme", "referral set-status REF-00000B L", vec!["Live"]),
        ("stan", "referral set-status REF-00000B ", vec!["Closed", "Live", "New"]),
        // What is hidden has no statuses, as what does not exist has none.
        ("birch", "referral set-status REF-00000B ", vec![]),
        ("acme", "referral set-status REF-00000A ", vec![]),
        ("acme", "referral set-status REF-ZZZZZZ ", vec![]),
    ] {
        world.as_user(login);
        if let Some(candidates) = asked_by_bash(world, line) {
            let statuses: Vec<_> =
                candidates.into_iter().filter(|word| !word.starts_with('-') && !word.is_empty()).collect();
            assert_eq!(statuses, expected, "{login}: {line}");
        }
    }
});

/// Bash inserts a candidate as it is, and would run what it has in it with the line.
#[test]
fn a_name_that_a_shell_would_run_is_quoted() {
    let world = World::new(Engine::Sqlite);
    for name in ["$(touch pwned)", "`touch pwned`", "a b;touch pwned", "it's.csv", "plain.csv", "\u{1b}[2J"] {
        world.write(name, "");
    }
    if let Some(candidates) = asked_by_bash(&world, "client import ") {
        let files: Vec<&String> = candidates.iter().filter(|word| !word.starts_with('-')).collect();
        expect![[r#"
            [
                ".",
                "\\$\\(touch\\ pwned\\)",
                "\\`touch\\ pwned\\`",
                "a\\ b\\;touch\\ pwned",
                "it\\'s.csv",
                "plain.csv",
            ]
        "#]]
        .assert_debug_eq(&files);
    }
    assert!(!world.path("pwned").exists());
}

#[test]
fn an_unknown_shell_is_refused() {
    let world = World::new(Engine::Sqlite);
    let asked = answer(world.command("").env("COMPLETE", "tcsh").output().unwrap());
    assert_eq!((asked.status, asked.stdout.as_str()), (2, ""), "{}", asked.stderr);
    assert!(asked.stderr.contains("unknown shell `tcsh`"), "{}", asked.stderr);
    for nothing in ["", "0"] {
        let usual = answer(world.command("--version").env("COMPLETE", nothing).output().unwrap());
        assert!(usual.stdout.starts_with("caredesk "), "{}", usual.stderr);
    }
}

/// What bash would offer for a line that ends at the cursor; none where it is not installed.
fn asked_by_bash(world: &World, line: &str) -> Option<BTreeSet<String>> {
    const SCRIPT: &str = r#"source <(caredesk completions bash)
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_TYPE=9
        _clap_complete_caredesk caredesk "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\n' "${COMPREPLY[@]}""#;
    let program = Path::new(env!("CARGO_BIN_EXE_caredesk"));
    let mut command = Command::new("bash");
    world.enclose(&mut command);
    let path = std::env::join_paths([program.parent()?, Path::new("/usr/bin"), Path::new("/bin")]).unwrap();
    command.env("PATH", path).args(["-c", SCRIPT, "bash", "caredesk"]);
    command.args(line.split(' '));
    let Ok(output) = command.output() else {
        aloud(&format!("SKIPPED completion of `{line}`: bash is not installed"));
        return None;
    };
    let asked = answer(output);
    assert_eq!((asked.status, asked.stderr.as_str()), (0, ""), "{line}");
    Some(asked.stdout.lines().map(str::to_owned).collect())
}

fn completions() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("completions")
}
