//! Completion as the shells ask for it: the lines they keep, and the answers to them, in a real bash where there is one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use expect_test::{expect, expect_file};

use crate::town::{dump, settle};
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

/// What is offered, without options, in the order of the lists.
fn things(world: &World, line: &str) -> Option<Vec<String>> {
    let candidates = asked_by_bash(world, line)?;
    Some(candidates.into_iter().filter(|word| !word.starts_with('-') && !word.is_empty()).collect())
}

both_engines!(the_things_that_a_verb_takes_are_completed, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme birch --reference winter");
    world.ok("outsource create REF-00000B --visit VIS-000005 --provider birch --reference summer");
    world.ok("package respond summer --provider birch --accept");
    world.sql("UPDATE package SET code = 'PKG-00000W' WHERE reference = 'winter'");
    world.sql("UPDATE package SET code = 'PKG-00000S' WHERE reference = 'summer'");
    world.ok("account permit acme respond-packages");
    world.ok("account disable cedar --yes");
    world.ok("visit cancel VIS-000003");
    let before = dump(world);
    for (login, line, expected) in [
        // Those that can be answered, by code or by reference; those that were asked; those that have it.
        ("stan", "package respond ", &["PKG-00000W"][..]),
        ("stan", "package respond w", &["winter"]),
        ("stan", "package respond WIN", &["winter"]),
        ("stan", "package respond winter --provider ", &["Acme\\ Care", "Birch\\ Homecare"]),
        ("stan", "package respond winter --provider B", &["Birch\\ Homecare"]),
        ("stan", "package hand-back ", &["PKG-00000S"]),
        ("stan", "package show ", &["PKG-00000S", "PKG-00000W"]),
        ("stan", "package show nothing", &[]),
        // A provider is shown what it was asked, and nobody's name.
        ("acme", "package respond ", &["PKG-00000W"]),
        ("acme", "package show ", &["PKG-00000W"]),
        ("acme", "client show ", &[]),
        ("acme", "client show Ad", &[]),
        ("acme", "contact show ", &[]),
        ("acme", "visit cancel ", &[]),
        ("acme", "account show ", &["acme"]),
        ("stan", "client show ", &["CLI-00000A", "CLI-00000B"]),
        ("stan", "client show ada", &["Ada\\ Moss"]),
        ("stan", "visit restore ", &["VIS-000003"]),
        (
            "stan",
            "visit cancel VIS-00000",
            &["VIS-000001", "VIS-000002", "VIS-000004", "VIS-000005", "VIS-000006"],
        ),
        ("stan", "provider activate ", &["Dormant\\ Care"]),
        ("stan", "provider show d", &[]),
        ("stan", "queue show H", &["Home\\ care"]),
        ("stan", "queue retire-status 'home ", &["Home care"]),
        ("admin", "account enable ", &["cedar"]),
        ("admin", "--as ac", &["acme"]),
        // What is new has no name yet.
        ("admin", "account create ", &[]),
    ] {
        world.as_user(login);
        if let Some(candidates) = things(world, line) {
            assert_eq!(candidates, expected, "{login}: {line}");
        }
    }
    world.as_user("stan");
    if let Some(candidates) = asked_by_bash(world, "package list --provider=Ced") {
        assert_eq!(candidates, BTreeSet::from(["Cedar\\ Nursing".to_owned()]));
    }
    // A password that is tried leaves a trace, so none is.
    world.as_user("acme");
    if let Some(candidates) = things(world, "--as stan client show ") {
        assert_eq!(candidates, [""; 0]);
    }
    world.as_user("admin");
    assert!(before == dump(world), "completing a line has changed something");
});

#[test]
fn bash_lists_words_beside_values() {
    let world = World::new(Engine::Sqlite);
    world.ok("init");
    for name in ["Oak Lane", "Oak [Hill] *"] {
        world.ok(&format!("provider create '{name}'"));
    }
    let inserted = things(&world, "provider show o");
    let inserted = inserted.as_deref();
    assert!(inserted.is_none_or(|words| words == ["Oak\\ Lane", "Oak\\ \\[Hill\\]\\ \\*"]), "{inserted:?}");
    let Some(shown) = asked_as(&world, "63", "provider show o") else { return };
    let shown: Vec<&String> = shown.iter().filter(|word| word.starts_with("Oak")).collect();
    assert!(shown[1].starts_with("Oak\\ Lane  (PRV-"), "{shown:?}");
    assert!(shown[0].starts_with("Oak\\ \\[Hill\\]\\ \\*  (PRV-"), "{shown:?}");
    let codes = asked_as(&world, "63", "provider show PRV-").unwrap_or_default();
    assert!(codes.iter().any(|word| word.ends_with("  (Oak Hill )")), "{codes:?}");
}

/// An older database is left as it is.
#[test]
fn no_database_is_upgraded_by_a_shell() {
    let world = World::new(Engine::Sqlite);
    world.ok("init");
    world.ok("provider create Oak");
    world.sql("PRAGMA user_version = 40");
    let before = std::fs::read(world.database_name()).unwrap();
    if let Some(candidates) = things(&world, "provider show ") {
        assert_eq!(candidates, [""; 0]);
    }
    assert!(before == std::fs::read(world.database_name()).unwrap(), "the file was changed");
}

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

/// What bash would insert for a line that ends at the cursor; none where it is not installed.
pub fn asked_by_bash(world: &World, line: &str) -> Option<BTreeSet<String>> {
    asked_as(world, "9", line).map(|candidates| candidates.into_iter().collect())
}

/// `kind` is what bash calls `COMP_TYPE`: 9 to insert, 63 to list.
fn asked_as(world: &World, kind: &str, line: &str) -> Option<Vec<String>> {
    const SCRIPT: &str = r#"source <(caredesk completions bash)
        COMP_LINE="caredesk $1" COMP_TYPE=KIND
        COMP_POINT=${#COMP_LINE}
        _clap_complete_caredesk caredesk "$2"
        printf '%s\n' "${COMPREPLY[@]}""#;
    let program = Path::new(env!("CARGO_BIN_EXE_caredesk"));
    let mut command = Command::new("bash");
    world.enclose(&mut command);
    let path = std::env::join_paths([program.parent()?, Path::new("/usr/bin"), Path::new("/bin")]).unwrap();
    command.env("PATH", path).args(["-c", &SCRIPT.replace("KIND", kind), "bash", line]);
    // What bash would replace: it parts words at `=` as well, and where a quotation mark is open.
    let begun =
        line.split_once('\'').map_or_else(|| line.rsplit([' ', '=']).next(), |(_, quoted)| Some(quoted));
    command.arg(begun.unwrap_or_default());
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
