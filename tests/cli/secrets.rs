//! Passwords stay where they belong: in no word, no name of a file, and in files that others cannot read.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use expect_test::expect;

use crate::world::{Engine, World, tell};

const ADDRESSES: [&str; 9] = [
    "postgres://u@127.0.0.1:notaport/x?password=SECRET",
    "postgres://127.0.0.1/x?user=u&password=SECRET&frob=1",
    "postgres://u:SECRET@127.0.0.1:1/x",
    "POSTGRES://u:SECRET@127.0.0.1:1/x",
    "postgresql+psycopg://u:SECRET@h/x",
    "postgers:/u:SECRET@h/x",
    "u:SECRET@h/x",
    "//u:SECRET@h/x",
    "host=127.0.0.1 password = SECRET user=u",
];

#[test]
fn no_form_of_address_shows_its_password_or_names_a_file() {
    let world = World::new(Engine::Sqlite);
    for address in ADDRESSES {
        let lines = [
            "whoami -v".to_owned(),
            "init".to_owned(),
            "init -o json".to_owned(),
            "database check".to_owned(),
            format!("init '{address}'"),
            format!("init '--dbase={address}'"),
            format!("package list '--limit={address}'"),
        ];
        world.set("CAREDESK_DB", address);
        for line in lines {
            let answer = world.run(&line);
            assert!([2, 7].contains(&answer.status), "{line}: {answer:?}");
            assert!(!format!("{answer:?}").contains("SECRET"), "{line}: {answer:?}");
        }
    }
    assert_eq!(fs::read_dir(world.path("")).unwrap().count(), 0, "nothing was made");
}

both_engines!(a_password_file_that_others_can_read_is_refused, |world| {
    world.ok("init");
    world.write("open", "correct horse battery\n");
    for mode in [0o644, 0o640, 0o602] {
        fs::set_permissions(world.path("open"), Permissions::from_mode(mode)).unwrap();
        for line in [
            "account create bob --name Bob --level standard --password-file open",
            "account set-password admin --password-file open",
            "alert send --smtp-file open --from a@b.example",
        ] {
            let answer = world.run(&format!("{line} -o json"));
            assert!(answer.stderr.contains("file.not_private"), "{line}: {answer:?}");
            assert!(answer.stderr.contains(&format!("(mode {mode:o})")), "{line}: {answer:?}");
        }
    }
    world.ok("account create bob --name Bob --level standard");
    world.as_user("bob");
    world.set("CAREDESK_PASSWORD_FILE", "open");
    world.story(expect![[r#"
        $ caredesk whoami --as admin
        2> error: `open` can be read by others (mode 602)
        2> hint: `chmod 600 open` keeps it to you
        [exit 8]
    "#]]);
});

#[test]
fn the_password_of_a_server_comes_from_a_file() {
    tell(Engine::Postgres, "secrets::the_password_of_a_server_comes_from_a_file", |world| {
        world.ok("init");
        let whole = world.database_name();
        let bare = whole.replace(":secret@", "@");
        let (_, at) = bare.split_once('@').unwrap();
        let (place, name) = at.split_once('/').unwrap();
        world.set("CAREDESK_DB", &bare);
        assert_eq!(world.run("whoami").status, 8, "there is no password");
        world.write("password", "secret\n");
        world.write("wrong", "guess\n");
        world.set("CAREDESK_DB_PASSWORD_FILE", "password");
        world.ok("whoami");
        world.set("CAREDESK_DB_PASSWORD_FILE", "wrong");
        assert_eq!(world.run("whoami").status, 8);
        world.set("CAREDESK_DB", &whole);
        world.ok("whoami");
        world.set("CAREDESK_DB", &bare);
        world.set("CAREDESK_DB_PASSWORD_FILE", "");
        world.write(".pgpass", format!("{place}:{name}:caredesk:secret\n"));
        world.ok("whoami");
        world.write("lines", "127.0.0.1:*:*:caredesk:guess\n*:*:*:*:secret\n");
        world.set("PGPASSFILE", "lines");
        assert_eq!(world.run("whoami").status, 8, "the first line that fits counts");
        world.write("lines", "127.0.0.2:*:*:caredesk:guess\n*:*:*:*:secret\n");
        world.ok("whoami");
        fs::set_permissions(world.path("lines"), Permissions::from_mode(0o644)).unwrap();
        let answer = world.run("whoami -o json");
        assert!(answer.stderr.contains("file.not_private"), "{answer:?}");
    });
}

/// A hub with the portal account rosa, whose password is in `right`; another is in `wrong`.
fn rosa(world: &World) {
    world.ok("init");
    world.write("right", "correct horse battery\n");
    world.write("wrong", "wrong horse battery\n");
    world.ok("account create rosa --name Rosa --level provider-portal --password-file right");
    world.ok("account create stan --name Stan --level standard");
    world.as_user("gate");
    world.set("CAREDESK_PASSWORD_FILE", "wrong");
}

// Rule 2.10.
both_engines!(guessing_a_password_slows_down_and_leaves_a_trace, |world| {
    rosa(world);
    for _ in 0..6 {
        assert_eq!(code(world, "whoami --as rosa"), "actor.password");
    }
    assert_eq!(code(world, "whoami --as correct-horse"), "actor.password", "another login does not wait");
    world.story(expect![[r#"
        $ caredesk whoami --as ROSA
        2> error: that is not the password of an account `ROSA`
        [exit 6]
        $ caredesk whoami --as rosa --dry-run
        2> error: there were too many wrong passwords: wait 3 seconds
        [exit 6]
    "#]]);
    world.at("2026-11-22T09:01:00Z");
    for _ in 0..2 {
        assert_eq!(code(world, "whoami --as rosa"), "actor.password");
        world.at("2026-11-22T09:02:00Z");
    }
    world.set("CAREDESK_PASSWORD_FILE", "right");
    assert_eq!(code(world, "whoami --as rosa"), "actor.wait", "a right one waits too");
    world.as_user("admin");
    world.ok("whoami --as rosa");
    world.story(expect![[r#"
        $ caredesk audit failed-logins
        AT                LOGIN       USER
        2026-11-22 09:02  rosa        gate
        2026-11-22 09:01  rosa        gate
        2026-11-22 09:00  rosa        gate
        2026-11-22 09:00              gate
        2026-11-22 09:00  rosa        gate
        2026-11-22 09:00  rosa        gate
        2026-11-22 09:00  rosa        gate
        2026-11-22 09:00  rosa        gate
        2026-11-22 09:00  rosa        gate
        2026-11-22 09:00  rosa        gate
        $ caredesk audit failed-logins --limit 1 -o jsonl
        {"at":"2026-11-22T09:02:00Z","login":"rosa","user":"gate"}
    "#]]);
    assert!(world.ok("audit verify").contains("3 entries"), "the trail is for what was changed");
    world.as_user("gate");
    world.at("2026-11-22T09:04:00Z");
    world.ok("whoami --as rosa");
    world.set("CAREDESK_PASSWORD_FILE", "wrong");
    assert_eq!(code(world, "whoami --as rosa"), "actor.password", "the right one ended the wait");
    assert_eq!(code(world, "whoami --as rosa"), "actor.password");
    assert!(
        !format!("{:?}", world.sql("SELECT * FROM password_attempt")).contains("correct"),
        "a login may be a password"
    );
    world.as_user("stan");
    assert_eq!(code(world, "audit failed-logins"), "actor.level");
});

// Rule 2.10.
both_engines!(passwords_that_are_tried_at_the_same_time_count_for_each_other, |world| {
    rosa(world);
    assert_eq!(code(world, "whoami --as rosa"), "actor.password");
    let started: Vec<_> = (0..16)
        .map(|_| {
            let mut command = world.command("whoami --as rosa -o json");
            command.env("CAREDESK_TEST_NOW", "2026-11-22T09:30:00Z");
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    let said: Vec<String> = started
        .into_iter()
        .map(|process| String::from_utf8(process.wait_with_output().unwrap().stderr).unwrap())
        .collect();
    let count = |code: &str| said.iter().filter(|text| text.contains(code)).count();
    assert_eq!((count("actor.password"), count("actor.wait")), (4, 12), "{said:?}");
});

// Rule 2.10.
both_engines!(a_right_password_writes_nothing_unless_one_was_wrong, |world| {
    rosa(world);
    world.set("CAREDESK_PASSWORD_FILE", "right");
    world.ok("whoami --as rosa");
    assert_eq!(world.sql("SELECT login FROM password_attempt"), Vec::<Vec<Option<String>>>::new());
});

fn code(world: &World, line: &str) -> String {
    let answer = world.run_json(line);
    let value: serde_json::Value = serde_json::from_str(&answer.stderr).unwrap_or_default();
    value["error"]["code"].as_str().unwrap_or_default().to_owned()
}
