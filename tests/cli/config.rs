//! Where settings come from: the line, the environment, profiles (rule 7.30).

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use expect_test::expect;
use serde_json::Value;

use crate::completion::asked_by_bash;
use crate::world::{Engine, World};

const FILE: &str = ".config/caredesk/config.toml";

fn configure(world: &World, text: &str) {
    fs::create_dir_all(world.path(".config/caredesk")).unwrap();
    world.write(FILE, text);
}

/// The database of the world as a configuration names it.
fn main_database(world: &World) -> String {
    let name = world.database_name();
    if name.contains("://") { name } else { world.path(&name).display().to_string() }
}

fn settled(world: &World) {
    world.as_user("anna");
    world.ok("init");
    world.ok("provider create Harbour");
    world.ok("--db training.db init");
    world.ok("--db training.db account create trainer --name Trainer --level admin");
    world.ok("--db training.db provider create Meadow");
    let main = main_database(world);
    configure(
        world,
        &format!(
            "profile = 'main'\nas = 'anna'\n\n[profiles.main]\ndb = '{main}'\n\n\
             [profiles.training]\ndb = '~/training.db'\noutput = 'csv'\nas = 'trainer'\n"
        ),
    );
    world.set("CAREDESK_DB", "");
}

// Rule 7.30.
both_engines!(a_profile_names_a_database_and_what_is_always_the_same, |world| {
    settled(world);
    world.story(expect![[r#"
        $ caredesk config profiles --columns profile,login,in_use
        PROFILE   LOGIN    IN USE
        main               yes
        training  trainer  no
        $ caredesk whoami --columns login
        login  anna
        $ caredesk --profile training whoami --columns login
        login
        trainer
        $ caredesk provider list --columns name
        NAME
        Harbour
        $ caredesk --profile training provider list --columns name
        name
        Meadow
        $ caredesk --profile training -o table provider list --columns name
        NAME
        Meadow
        $ caredesk client create --given Ada --family Reed
        Created client CLI-75BPQN (Ada Reed).
        $ caredesk --profile training client create --given Ada --family Reed --quiet
        CLI-KH3QER
        $ caredesk client erase reed
        2> error: this must be confirmed: Are you sure you want to erase CLI-75BPQN (Ada Reed)? It cannot be taken back. There is no copy: `--export FOLDER` makes one first.
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk --profile training -o table client erase reed
        2> error: this must be confirmed: In `<DIR>/training.db`: Are you sure you want to erase CLI-KH3QER (Ada Reed)? It cannot be taken back. There is no copy: `--export FOLDER` makes one first.
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk --db training.db --as trainer client erase reed
        2> error: this must be confirmed: In `training.db`: Are you sure you want to erase CLI-KH3QER (Ada Reed)? It cannot be taken back. There is no copy: `--export FOLDER` makes one first.
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk --profile main client erase reed
        2> error: this must be confirmed: Are you sure you want to erase CLI-75BPQN (Ada Reed)? It cannot be taken back. There is no copy: `--export FOLDER` makes one first.
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
    "#]]);
    // Of an environment it is the same, where the configuration names another.
    world.set("CAREDESK_DB", "training.db");
    world.story(expect![[r#"
        $ caredesk --as trainer client erase reed
        2> error: this must be confirmed: In `training.db`: Are you sure you want to erase CLI-KH3QER (Ada Reed)? It cannot be taken back. There is no copy: `--export FOLDER` makes one first.
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
    "#]]);
});

#[test]
fn a_profile_is_completed_and_its_database_asked() {
    let world = World::new(Engine::Sqlite);
    settled(&world);
    let asked =
        |line: &str| asked_by_bash(&world, line).map(|all| all.into_iter().collect::<Vec<_>>().join(" "));
    let Some(profiles) = asked("--profile ") else { return };
    assert_eq!(profiles, "main training");
    assert_eq!(asked("--profile tr").unwrap(), "training");
    assert_eq!(asked("--profile training provider show M").unwrap(), "Meadow");
    assert_eq!(asked("provider show H").unwrap(), "Harbour");
}

#[test]
fn the_first_that_has_a_setting_counts() {
    let world = World::new(Engine::Sqlite);
    configure(
        &world,
        "lock-timeout = '1s'\nsmtp = 'smtps://a:secret@mail.example'\n[profiles.a]\nlock-timeout = '2s'\n[profiles.b]\nlock-timeout = '3s'",
    );
    let limit = |world: &World, line: &str| {
        let rows: Value = serde_json::from_str(&world.ok(&format!("{line} config list -o json"))).unwrap();
        let row =
            rows.as_array().unwrap().iter().find(|row| row["setting"] == "lock-timeout").unwrap().clone();
        ["value", "origin", "source"].map(|key| row[key].as_str().unwrap_or_default().to_owned()).join(" ")
    };
    assert_eq!(limit(&world, ""), format!("1s file {}", world.path(FILE).display()));
    assert_eq!(limit(&world, "--profile b"), "3s profile b");
    world.set("CAREDESK_PROFILE", "a");
    assert_eq!(limit(&world, ""), "2s profile a");
    world.set("CAREDESK_LOCK_TIMEOUT", "4s");
    assert_eq!(limit(&world, ""), "4s environment CAREDESK_LOCK_TIMEOUT");
    assert_eq!(limit(&world, "--profile b"), "3s profile b");
    assert_eq!(limit(&world, "--profile b --lock-timeout 5s"), "5s command_line --lock-timeout");
    let all = world.ok("config list");
    assert!(all.contains("smtps://…@mail.example") && !all.contains("secret"), "{all}");
}

#[test]
fn nothing_in_the_configuration_is_ignored() {
    let world = World::new(Engine::Sqlite);
    world.ok("init --admin anna");
    world.as_user("anna");
    let mut text = String::new();
    for (line, content) in [
        ("whoami", "ouput = 'json'"),
        ("whoami", "output = 'xml'"),
        ("whoami -o json", "[profiles.a]\nlock-timeout = 'soon'\n\n[profiles.b]\nhost = 'x'"),
        ("--profile a whoami", "[profiles.a]\nlock-timeout = 'soon'"),
        ("--profile c whoami", "[profiles.a]\n[profiles.b]"),
        ("whoami", "profile = 'c'"),
        ("whoami", "profiles = ["),
        ("help codes", "profiles = ["),
    ] {
        configure(&world, content);
        let answer = world.run(line);
        text += &format!(
            "{line}: {content:?}\n  [{}] {}\n",
            answer.status,
            answer.stderr.trim().replace('\n', "\n  ")
        );
    }
    fs::remove_file(world.path(FILE)).unwrap();
    for (variable, value) in [("CAREDESK_CONFIG", "nowhere.toml"), ("CAREDESK_PROFILE", "main")] {
        world.set(variable, value);
        let answer = world.run("whoami");
        text += &format!(
            "{variable}={value}\n  [{}] {}\n",
            answer.status,
            answer.stderr.trim().replace('\n', "\n  ")
        );
        world.set(variable, "");
    }
    let text = text.replace(&world.path("").display().to_string(), "<DIR>/");
    expect![[r#"
        whoami: "ouput = 'json'"
          [8] error: `<DIR>/.config/caredesk/config.toml`, line 1: `ouput` is no setting
          hint: did you mean `output`?
        whoami: "output = 'xml'"
          [8] error: `<DIR>/.config/caredesk/config.toml`: invalid value 'xml' for '--output <FORMAT>' [possible values: table, json, jsonl, csv, tsv, xlsx]
        whoami -o json: "[profiles.a]\nlock-timeout = 'soon'\n\n[profiles.b]\nhost = 'x'"
          [8] {"error":{"kind":"environment","code":"config.wrong","message":"`<DIR>/.config/caredesk/config.toml`, line 5: `host` is no setting","hint":"there are db, as, password-file, db-password-file, output, color, no-input, lock-timeout, read-from, smtp, smtp-from, seal-key","details":{}}}
        --profile a whoami: "[profiles.a]\nlock-timeout = 'soon'"
          [8] error: profile `a` of `<DIR>/.config/caredesk/config.toml`: invalid value 'soon' for '--lock-timeout <DURATION>': write a duration such as 500ms, 30s or 5min
        --profile c whoami: "[profiles.a]\n[profiles.b]"
          [2] error: there is no profile `c` in `<DIR>/.config/caredesk/config.toml`
          hint: it has a and b
        whoami: "profile = 'c'"
          [2] error: there is no profile `c` in `<DIR>/.config/caredesk/config.toml`
          hint: it has none; begin one with a line `[profiles.NAME]`
        whoami: "profiles = ["
          [8] error: `<DIR>/.config/caredesk/config.toml`, line 1: unclosed array, expected `]`
        help codes: "profiles = ["
          [0] 
        CAREDESK_CONFIG=nowhere.toml
          [5] error: there is no file `nowhere.toml`
        CAREDESK_PROFILE=main
          [8] error: there is no profile `main`: there is no configuration
          hint: write it into `<DIR>/.config/caredesk/config.toml`; `caredesk help profiles` shows how
    "#]].assert_eq(&text);
}

#[test]
fn a_configuration_is_its_owners() {
    let world = World::new(Engine::Sqlite);
    world.ok("init --admin anna");
    world.as_user("anna");
    let status = |content: &str, mode: u32| {
        configure(&world, content);
        fs::set_permissions(world.path(FILE), Permissions::from_mode(mode)).unwrap();
        let answer = world.run("whoami");
        (
            answer.status,
            answer
                .stderr
                .lines()
                .next()
                .unwrap_or_default()
                .replace(&world.path("").display().to_string(), ""),
        )
    };
    assert_eq!(status("output = 'csv'", 0o644), (0, String::new()));
    let written = format!("error: `{FILE}` can be written by others (mode 664)");
    assert_eq!(status("output = 'csv'", 0o664), (8, written));
    let read = format!("error: `{FILE}` can be read by others (mode 644)");
    assert_eq!(status("[profiles.a]\ndb = 'postgres://u:secret@h/x'", 0o644), (8, read.clone()));
    assert_eq!(status("smtp = 'smtps://u:secret@h'", 0o644), (8, read));
    assert_eq!(status("smtp = 'smtps://u:secret@h'", 0o600), (0, String::new()));
}
