//! `shell --restricted`: nothing in it leads out of the provider portal.

use std::collections::BTreeSet;
use std::process::Stdio;

use expect_test::{expect, expect_file};

use super::{settle, shell};
use crate::commands::examples;
use crate::tables;
use crate::town::dump;
use crate::world::{Answer, World, answer};

const RESTRICTED: &str = "--as rosa shell --restricted";

/// As OpenSSH runs the forced command: with what the client sent in the environment.
fn sent(world: &World, line: &str) -> Answer {
    let mut command =
        world.command(&format!("--db <DB> {RESTRICTED}").replace("<DB>", &world.database_name()));
    answer(command.env("SSH_ORIGINAL_COMMAND", line).stdin(Stdio::null()).output().unwrap())
}

// Rule 7.53.
both_engines!(a_provider_works_in_it, |world| {
    settle(world);
    let said = shell(
        world,
        &format!("--db {} {RESTRICTED}", world.database_name()),
        "whoami\npackage list --columns code,status\npackage respond PKG-000002 --accept\ncapacity set harbour 4\n\
         schedule export --provider PRV-000001 --file - -q\nhelp\nhelp package respond\nhelp options\nhelp database\n",
    );
    expect_file!["restricted.txt"].assert_eq(&said);
    let Answer { stdout, stderr, status } = sent(world, "caredesk package show PKG-000001 -o json");
    assert_eq!((stderr.as_str(), status), ("", 0));
    assert!(stdout.contains("\"PKG-000001\""), "{stdout}");
    // The trail says for whom, and through which account of the machine.
    let entry = &world.json("audit list --limit 1")[0];
    assert_eq!((entry["by"].as_str(), entry["acted_by"].as_str()), (Some("rosa"), Some("admin")));
});

/// Whatever is sent, and what must be said about it.
pub(super) const HOSTILE: &[(&str, i32, &str)] = &[
    ("sh", 2, "unrecognized subcommand"),
    ("bash -i", 2, "unrecognized subcommand"),
    ("!sh", 2, "unrecognized subcommand"),
    ("\\! sh", 2, "unrecognized subcommand"),
    ("scp -t /tmp", 2, "unrecognized subcommand"),
    ("scp -f /etc/passwd", 2, "unrecognized subcommand"),
    ("internal-sftp", 2, "unrecognized subcommand"),
    ("/usr/lib/openssh/sftp-server", 2, "unrecognized subcommand"),
    ("rsync --server . /tmp", 2, "unrecognized subcommand"),
    ("git-upload-pack '/'", 2, "unrecognized subcommand"),
    ("package list; touch CANARY/x", 2, "unrecognized subcommand 'list;'"),
    ("package list && touch CANARY/x", 2, "unexpected argument"),
    ("package list | tee CANARY/x", 2, "unexpected argument"),
    ("package list > CANARY/x", 2, "unexpected argument"),
    ("package show $(touch CANARY/x)", 2, "unexpected argument"),
    ("package show `touch CANARY/x`", 2, "unexpected argument"),
    ("package show '$(touch CANARY/x)'", 3, "there is no package `$(touch CANARY/x)`"),
    ("package list\ntouch CANARY/x", 2, "control character"),
    ("package list\rx", 2, "control character"),
    ("whoami \u{1b}]0;owned\u{7}", 2, "control character"),
    ("package list 'open", 2, "quotation mark"),
    ("--db CANARY/other.db package list", 2, "`--db` is not there"),
    ("package list --db=CANARY/other.db", 2, "`--db` is not there"),
    ("package list --d CANARY/other.db", 2, "unexpected argument"),
    ("package list --as admin", 2, "`--as` is not there"),
    ("--as=admin whoami", 2, "`--as` is not there"),
    ("package list --profile main", 2, "`--profile` is not there"),
    ("package list --config x", 2, "unexpected argument"),
    ("package list -v", 2, "`--verbose` is not there"),
    ("package list -qvv", 2, "`--verbose` is not there"),
    ("package list --out CANARY/x", 2, "`--out` is not there"),
    ("package list --out=CANARY/x.json", 2, "`--out` is not there"),
    ("package list --out -", 2, "`--out` is not there"),
    ("package list --overwrite", 2, "`--overwrite` is not there"),
    ("package list --lock-timeout 9h", 2, "`--lock-timeout` is not there"),
    ("package list -- --out CANARY/x", 2, "unexpected argument"),
    ("package list @CANARY/x", 2, "unexpected argument"),
    ("schedule export --provider PRV-000001 --file CANARY/x.ics", 2, "`--file` is not there"),
    ("schedule export --provider PRV-000001 --file=/etc/passwd", 2, "`--file` is not there"),
    ("schedule export --hub --file -", 6, "may not"),
    ("contact pdf 2026-0142 --file CANARY/x", 2, "`--file` is not there"),
    ("record import CANARY/x", 2, "unrecognized subcommand"),
    ("record import -", 2, "unrecognized subcommand"),
    ("account set-password rosa --password-file /etc/shadow", 2, "`--password-file` is not there"),
    ("account set-password rosa", 2, "must be entered"),
    ("account set-password wang", 3, "no account `wang`"),
    ("account create eve --level admin", 2, "unrecognized subcommand"),
    ("account import x", 2, "unrecognized subcommand"),
    ("account invite rosa --file CANARY/x", 2, "unrecognized subcommand"),
    ("account alerts wang off", 3, "no account `wang`"),
    ("batch CANARY/x", 2, "unrecognized subcommand"),
    ("apply CANARY/x", 2, "unrecognized subcommand"),
    ("export", 2, "unrecognized subcommand"),
    ("diff CANARY/x", 2, "unrecognized subcommand"),
    ("database backup CANARY/x", 2, "unrecognized subcommand"),
    ("database backup -", 2, "unrecognized subcommand"),
    ("config list", 2, "unrecognized subcommand"),
    ("doctor", 2, "unrecognized subcommand"),
    ("audit list", 2, "unrecognized subcommand"),
    ("init", 2, "unrecognized subcommand"),
    ("demo", 2, "unrecognized subcommand"),
    ("man CANARY", 2, "unrecognized subcommand"),
    ("completions bash", 2, "unrecognized subcommand"),
    ("schema package", 2, "unrecognized subcommand"),
    ("alert send --dir CANARY", 2, "unrecognized subcommand"),
    ("release add CLI-000001 --document /etc/passwd", 2, "unrecognized subcommand"),
    ("release document ROI-000001 --file CANARY/x", 2, "unrecognized subcommand"),
    ("client export CLI-000001 --dir CANARY", 2, "unrecognized subcommand"),
    ("shell", 2, "unrecognized subcommand"),
    ("shell --restricted", 2, "unrecognized subcommand"),
    ("--restricted", 2, "unexpected argument"),
    ("--version", 2, "unexpected argument"),
    ("help files", 2, "there is no `files` here"),
    ("help environment", 2, "there is no `environment` here"),
    ("help database backup", 2, "there is no `database` here"),
    ("package list -o xlsx -o /etc/passwd", 2, "cannot be used multiple times"),
    ("'' ''", 2, "unrecognized subcommand"),
    ("package show PKG-000003\u{202e}", 3, "there is no package"),
];

// Rules 7.53 and 7.54.
one_engine!(nothing_leads_out_of_it, |world| {
    settle(world);
    std::fs::create_dir(world.path("canary")).unwrap();
    let before = dump(world);
    let files = files(world);
    let mut wrong = Vec::new();
    for (line, status, said) in HOSTILE {
        let canary = world.path("canary").display().to_string();
        let line = line.replace("CANARY", &canary);
        let answer = sent(world, &line);
        let text = format!("{}{}", answer.stdout, answer.stderr);
        let own = text.replace(&line, "").replace(&canary, "");
        let is_silent = !own.contains(&world.path("").display().to_string()) && !own.contains("test.db");
        if answer.status != *status
            || !text.replace(&canary, "CANARY").contains(said)
            || !answer.stdout.is_empty()
            || !is_silent
        {
            wrong.push(format!("{line}: {answer:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // The same lines one after the other, as they are entered.
    let lines: String = HOSTILE.iter().map(|(line, ..)| line.replace(['\n', '\r'], " ") + "\n").collect();
    let said = shell(world, &format!("--db {} {RESTRICTED}", world.database_name()), &lines);
    assert!(said.starts_with("--\n") && said.ends_with("[exit 2]\n"), "{said}");
    assert_eq!(dump(world), before);
    assert_eq!(self::files(world), files);
});

fn files(world: &World) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![world.path("")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            found.insert(path.display().to_string());
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    found.retain(|path| !path.ends_with("-wal") && !path.ends_with("-shm"));
    found
}

// Rule 7.54: what a client can put into the environment.
both_engines!(the_environment_says_nothing_in_it, |world| {
    settle(world);
    world.write("config.toml", "as = \"admin\"\noutput = \"json\"\n");
    world.write("secret", "correct horse\n");
    let plain = sent(world, "package list --columns code,status");
    assert_eq!(plain.status, 0, "{}", plain.stderr);
    let path = |name: &str| world.path(name).display().to_string();
    for (variable, value) in [
        ("CAREDESK_DB", path("other.db")),
        ("CAREDESK_AS", "admin".to_owned()),
        ("CAREDESK_PROFILE", "main".to_owned()),
        ("CAREDESK_CONFIG", path("config.toml")),
        ("XDG_CONFIG_HOME", path("")),
        ("CAREDESK_PASSWORD_FILE", path("secret")),
        ("CAREDESK_DB_PASSWORD_FILE", path("secret")),
        ("PGPASSFILE", path("secret")),
        ("PGOPTIONS", "-c search_path=x".to_owned()),
        ("CAREDESK_OUTPUT", "json".to_owned()),
        ("CAREDESK_OPERATION_KEY", "once".to_owned()),
        ("CAREDESK_NO_INPUT", "what".to_owned()),
        ("CAREDESK_LOCK_TIMEOUT", "what".to_owned()),
        ("CAREDESK_COLOR", "always".to_owned()),
        ("CLICOLOR_FORCE", "1".to_owned()),
        ("CAREDESK_SMTP", "smtp://host".to_owned()),
        ("COMPLETE", "bash".to_owned()),
        ("_CLAP_COMPLETE_INDEX", "1".to_owned()),
        ("TMPDIR", path("nowhere")),
        ("COLUMNS", "3".to_owned()),
        ("RUST_BACKTRACE", "full".to_owned()),
        ("TERM", "\u{1b}[31m".to_owned()),
        ("SSH_CONNECTION", "x".to_owned()),
    ] {
        let mut command = world.command(&format!("--db {} {RESTRICTED}", world.database_name()));
        command.env("SSH_ORIGINAL_COMMAND", "package list --columns code,status").env(variable, &value);
        let answer = answer(command.output().unwrap());
        assert_eq!(
            (&answer.stdout, &answer.stderr, answer.status),
            (&plain.stdout, &plain.stderr, 0),
            "{variable}={value}"
        );
    }
    // What is no text is no terminal either.
    let mut command = world.command(&format!("--db {} {RESTRICTED}", world.database_name()));
    command.env("SSH_ORIGINAL_COMMAND", std::ffi::OsString::from_vec(b"whoami \xff".to_vec()));
    assert_eq!(answer(command.output().unwrap()).status, 2);
});

use std::os::unix::ffi::OsStringExt as _;

// Rule 7.53.
both_engines!(it_is_for_portal_accounts_and_says_nothing_of_the_machine, |world| {
    settle(world);
    let database = world.database_name();
    let mut text = String::new();
    for command in [
        format!("--db {database} shell --restricted"),
        format!("--db {database} --as maria-theresia.hohenberg shell --restricted"),
        format!("--db {database} --as left shell --restricted"),
        format!("--db {database} --as unknown shell --restricted"),
        format!("--db {} --as rosa shell --restricted", world.path("none.db").display()),
        format!("--db {database} --profile main --as rosa shell --restricted"),
    ] {
        text += &format!(
            "$ {}\n{}",
            world.without_names_of_this_run(&command),
            shell(world, &command, "whoami -q\n")
        );
    }
    expect![[r#"
        $ --db <DB> shell --restricted
        --
        error: a restricted shell is for portal accounts, and `admin` is none
        [exit 6]
        $ --db <DB> --as maria-theresia.hohenberg shell --restricted
        --
        error: a restricted shell is for portal accounts, and `maria-theresia.hohenberg` is none
        [exit 6]
        $ --db <DB> --as left shell --restricted
        --
        error: there is no active account `left` in this database
        hint: ask the hub, which gives accounts
        [exit 6]
        $ --db <DB> --as unknown shell --restricted
        --
        error: there is no active account `unknown` in this database
        hint: ask the hub, which gives accounts
        [exit 6]
        $ --db <DIR>/none.db --as rosa shell --restricted
        --
        error: the hub cannot answer at the moment
        hint: tell the hub, and that it was `database.missing`
        [exit 8]
        $ --db <DB> --profile main --as rosa shell --restricted
        --
        error: a restricted shell takes no `--profile`
        hint: name the database and the account on its own line, with `--db` and `--as`
        [exit 2]
    "#]]
    .assert_eq(&text);
    // An account that ceases to be one of the portal ends to be one in the midst of it.
    let mut talk = super::talk::Talk::to(world, &format!("--db '{database}' {RESTRICTED}"));
    assert_eq!(talk.says("whoami -q"), "rosa\n");
    world.ok("account edit rosa --level admin --yes");
    assert!(talk.says("whoami -q").contains("a restricted shell is for portal accounts, and `rosa` is none"));
    world.ok("account edit rosa --level provider-portal --yes");
    world.ok("account disable rosa --yes");
    assert!(talk.says("whoami -q").contains("there is no active account `rosa`"));
    assert_eq!(talk.ends(), 2);
});

// Rule 7.53: what is offered belongs to what a portal account may do.
one_engine!(a_portal_account_may_do_all_that_is_offered, |world| {
    tables::settle(world);
    world.write("password.txt", "correct horse battery\n");
    world.ok("account permit rosa respond-packages edit-capacity answer-sharing change-status access-contact-details");
    for line in examples() {
        world.run_json(&world.with_names_of_this_run(line));
        tables::count_codes(world);
    }
    let mut offered = 0;
    let mut denied = Vec::new();
    for line in examples().filter(|line| !line.contains("<FIXTURES>")) {
        let answer = sent(world, &line.replace(" ines", " rosa"));
        if answer.stderr.contains("unrecognized subcommand") {
            continue;
        }
        offered += 1;
        if answer.stderr.contains("may not") && !line.contains("--hub") {
            denied.push(format!("{line}: {}", answer.stderr));
        }
        assert!(answer.status != 1 && answer.status < 100, "{line}: {answer:?}");
    }
    assert!(offered > 30, "{offered}");
    assert!(denied.is_empty(), "{}", denied.join("\n"));
});
