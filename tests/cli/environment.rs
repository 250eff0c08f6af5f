//! Bad surroundings: no database, a wrong one, a full or read-only disk, a reader that leaves, a process that is killed.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use expect_test::expect;

use crate::town::{dump, settle, verified};
use crate::world::{Engine, World, aloud};

// Rule 4.3.
both_engines!(a_wrong_command_line_is_told, |world| {
    world.ok("init");
    world.story(expect![[r#"
        $ caredesk pakage list
        2> error: unrecognized subcommand 'pakage'
        2>
        2>   tip: a similar subcommand exists: 'package'
        2>
        2> Usage: caredesk [OPTIONS] <COMMAND>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk package
        2> Offered packages and the answers to them
        2>
        2> Usage: caredesk package <COMMAND>
        2>
        2> Commands:
        2>   list       List packages, newest first
        2>   show       Show a package with its visits and answers
        2>   history    Show what became of a package: who was asked when, each answer, what lapsed, was taken
        2>              out or handed back
        2>   pdf        Export the sheet of an accepted package as a PDF: when the visits are, and what its
        2>              provider may know to come
        2>   wait       Wait until a package is accepted, or in another status
        2>   respond    Accept or reject a package for a provider; the first to accept wins, and an answer is
        2>              final
        2>   hand-back  Give an accepted package back, with a reason; its visits are free again
        2>   edit       Change the note for the providers that are asked
        2>   rename     Change the reference of a package
        2>
        2> Global options: `caredesk help options`
        [exit 2]
        $ caredesk package list --colour never
        2> error: unexpected argument '--colour' found
        2>
        2>   tip: a similar argument exists: '--color'
        2>
        2> Usage: caredesk package list [OPTIONS]
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk whoami --output xml
        2> error: invalid value 'xml' for '--output <FORMAT>'
        2>   [possible values: table, json, jsonl, csv, tsv, xlsx]
        2>
        2>   tip: a similar value exists: 'xlsx'
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk whoami extra
        2> error: unexpected argument 'extra' found
        2>
        2> Usage: caredesk whoami [OPTIONS]
        2>
        2> For more information, try '--help'.
        [exit 2]
    "#]]);
    world.refusals(expect![[r#"
        2 usage                      pakage list
        2 usage                      package list --colour never
        2 usage                      package list --exit-code
        2 usage                      package show
        2 usage                      whoami extra
        2 usage                      init --time-zone Europe/Lodnon
        4 database.exists            init --dry-run
    "#]]);
    let told = world.run_json("package show --colour");
    assert_eq!(told.stderr.lines().count(), 1, "one line: {told:?}");
    let told = world.run_json("package respond x");
    assert!(told.stderr.contains("--accept|--reject"), "what is missing is named: {told:?}");
});

both_engines!(no_database, |world| {
    let expected = match world.engine() {
        Engine::Sqlite => expect![[r#"
            $ caredesk package list
            2> error: there is no database at `<DB>`
            2> hint: create one with `caredesk init`, or name another with `--db`
            [exit 8]
            $ caredesk whoami -o json
            2> {"error":{"kind":"environment","code":"database.missing","message":"there is no database at `<DB>`","hint":"create one with `caredesk init`, or name another with `--db`","details":{}}}
            [exit 8]
            $ caredesk outsource delete x --yes
            2> error: there is no database at `<DB>`
            2> hint: create one with `caredesk init`, or name another with `--db`
            [exit 8]
        "#]],
        Engine::Postgres => expect![[r#"
            $ caredesk package list
            2> error: `<SHOWN>` holds no caredesk database
            2> hint: create one there with `caredesk init`, or name another with `--db`
            [exit 8]
            $ caredesk whoami -o json
            2> {"error":{"kind":"environment","code":"database.foreign","message":"`<SHOWN>` holds no caredesk database","hint":"create one there with `caredesk init`, or name another with `--db`","details":{}}}
            [exit 8]
            $ caredesk outsource delete x --yes
            2> error: `<SHOWN>` holds no caredesk database
            2> hint: create one there with `caredesk init`, or name another with `--db`
            [exit 8]
        "#]],
    };
    world.call("<SHOWN>", &world.database_name().replace(":secret", ""));
    world.story(expected);
    if world.engine() == Engine::Sqlite {
        assert!(!world.path("test.db").exists(), "asking makes nothing");
    }
});

/// The exit status and the code of a failing command that changes nothing.
fn code(world: &World, line: &str) -> (i32, String) {
    let answer = world.run_json(line);
    let last: serde_json::Value =
        serde_json::from_str(answer.stderr.lines().last().unwrap_or_default()).expect(&answer.stderr);
    assert_eq!(answer.stdout, "");
    (answer.status, last["error"]["code"].as_str().unwrap_or_default().to_owned())
}

fn is(status: i32, code: &str) -> (i32, String) {
    (status, code.to_owned())
}

#[test]
fn files_that_are_no_database_of_ours() {
    let world = World::new(Engine::Sqlite);
    world.write("test.db", "a shopping list, long enough to be taken for something that it is not: milk, bread, and so on and on");
    assert_eq!(code(&world, "package list"), is(8, "database.not_a_database"));
    assert_eq!(code(&world, "init").0, 8, "and it is left as it is");
    assert!(world.read("test.db").starts_with("a shopping list"));
    for content in ["", "short"] {
        world.write("test.db", content);
        let told = code(&world, "package list");
        assert!(
            told == is(8, "database.foreign") || told == is(8, "database.not_a_database"),
            "{content}: {told:?}"
        );
    }
    fs::remove_file(world.path("test.db")).unwrap();
    world.sql("CREATE TABLE recipe (name TEXT); INSERT INTO recipe VALUES ('soup')");
    let before = dump(&world);
    assert_eq!(code(&world, "package list"), is(8, "database.foreign"));
    assert_eq!(code(&world, "init").0, 8);
    assert!(before == dump(&world));
    fs::remove_file(world.path("test.db")).unwrap();
    fs::create_dir(world.path("test.db")).unwrap();
    assert_eq!(code(&world, "package list").0, 8, "a folder");
    assert_ne!(code(&world, "init").0, 1, "a folder");
}

#[test]
fn a_damaged_file_is_called_damaged() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world.sql("PRAGMA wal_checkpoint(TRUNCATE)");
    let whole = fs::read(world.path("test.db")).unwrap();
    fs::write(world.path("test.db"), &whole[..whole.len() / 3]).unwrap();
    let (status, told) = code(&world, "package list");
    assert_eq!((status, told.as_str()), (8, "database.corrupt"));
}

both_engines!(a_database_of_the_future, |world| {
    settle(world);
    world.sqlite("PRAGMA user_version = 99");
    world.psql("INSERT INTO schema_migration VALUES (99, 'future')");
    let before = dump(world);
    for line in ["package list", "outsource delete x --yes", "whoami", "init"] {
        let expected = if line == "init" { 4 } else { 8 };
        let (status, told) = code(world, line);
        assert!(status == 8 && told == "database.too_new" || status == expected, "{line}: {status} {told}");
    }
    assert!(before == dump(world));
});

/// A disk of our own, unmounted in the end. None, said aloud, where we may not mount.
struct Disk(PathBuf);

impl Disk {
    fn mount(world: &World, size: &str) -> Option<Disk> {
        let folder = world.path("disk");
        fs::create_dir(&folder).unwrap();
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", size, "tmpfs"]).arg(&folder).output();
        if done.is_ok_and(|done| done.status.success()) {
            return Some(Disk(folder));
        }
        aloud("SKIPPED environment: a disk of a certain size cannot be mounted here (it takes root)");
        None
    }

    fn file(&self) -> PathBuf {
        self.0.join("care.db")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).output();
    }
}

#[test]
fn a_read_only_disk_can_be_read() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world.ok("outsource create REF-00000A --all-visits --provider acme --reference winter");
    world.sql("PRAGMA wal_checkpoint(TRUNCATE)");
    let Some(disk) = Disk::mount(&world, "size=8m") else { return };
    fs::copy(world.path("test.db"), disk.file()).unwrap();
    let done = Command::new("mount").args(["-o", "remount,ro"]).arg(&disk.0).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    world.set("CAREDESK_DB", "disk/care.db");
    world.story(expect![[r#"
        $ caredesk package list --columns reference,status
        REFERENCE  STATUS
        winter     pending
        $ caredesk package respond winter --provider acme --accept
        2> error: the database cannot be written: the disk of `disk/care.db` is read-only
        2> hint: check the owner and the mode of the file and of its folder; what only reads works as it is
        [exit 8]
        $ caredesk package respond winter --provider acme --accept -o json
        2> {"error":{"kind":"environment","code":"database.read_only","message":"the database cannot be written: the disk of `disk/care.db` is read-only","hint":"check the owner and the mode of the file and of its folder; what only reads works as it is","details":{}}}
        [exit 8]
        $ caredesk audit verify -o jsonl --columns intact
        {"intact":true}
    "#]]);
}

/// On a full disk nothing is written and nothing breaks; with room again the same command goes through.
#[test]
fn a_full_disk() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world.sql("PRAGMA wal_checkpoint(TRUNCATE)");
    let Some(disk) = Disk::mount(&world, "size=2m") else { return };
    fs::copy(world.path("test.db"), disk.file()).unwrap();
    world.set("CAREDESK_DB", "disk/care.db");
    let entries = verified(&world);
    for room in [400_000_usize, 100_000, 40_000, 20_000, 8_000, 0] {
        fill(&disk, room);
        let line =
            "visit add REF-00000A --start '2027-01-01 09:00' --duration 30 --weekly daily --until 2030-01-01";
        let told = code(&world, line);
        assert_eq!(told, is(8, "database.full"), "with {room} bytes of room");
        assert_eq!(world.ok("visit list REF-00000A -q").lines().count(), 4, "with {room} bytes of room");
        fs::remove_file(disk.0.join("filler")).unwrap();
        assert_eq!(verified(&world), entries, "with {room} bytes of room");
    }
    world.ok("visit add REF-00000A --start '2027-01-01 09:00' --duration 30");
    assert_eq!(verified(&world), entries + 1);
}

/// Leaves so many bytes free, more or less.
fn fill(disk: &Disk, room: usize) {
    let path = disk.0.join("filler");
    let mut file = fs::File::create(&path).unwrap();
    let zeros = [0; 4096];
    while std::io::Write::write_all(&mut file, &zeros).is_ok() {}
    let length = file.metadata().unwrap().len();
    file.set_len(length.saturating_sub(room as u64)).unwrap();
}

// A name with escape sequences comes from an import or from another program; no terminal obeys it.
// Rule 4.4.
both_engines!(names_are_harmless_on_a_terminal, |world| {
    settle(world);
    let nasty = "Acme \u{1b}[31mred\u{7}\u{9b}2J \u{202e}txt\r\nerror: all is lost";
    world.sql(&format!("UPDATE provider SET name = '{nasty}', name_key = 'acme' WHERE code = 'PRV-00000A'"));
    world.sql("UPDATE client SET given = 'Ada\u{1b}]0;title\u{7}'");
    let lines = [
        "outsource create REF-00000A --visit VIS-000001 --provider PRV-00000A birch --reference winter",
        "provider show PRV-00000A",
        "provider list",
        "referral show REF-00000A",
        "referral list",
        "package show winter",
        "outsource create REF-00000A --visit VIS-000001 --provider 'x\u{1b}[1my'",
        "package show 'x\u{1b}[1my'",
        "package respond winter --provider PRV-00000A --reject --reason 'no\u{1b}[5m way\nerror: x'",
        "package respond winter --provider PRV-00000A --accept",
        "package show winter",
        "package respond winter --provider birch --accept",
        "outsource delete winter",
        "audit list",
        "provider show acne",
    ];
    for line in lines {
        for more in ["", " --color always"] {
            let line = format!("{line}{more}");
            let answer = world.run(&line);
            let text = answer.stdout + &answer.stderr;
            let ours = text
                .replace("\u{1b}[1m", "")
                .replace("\u{1b}[0m", "")
                .replace("\u{1b}[1;31m", "")
                .replace("\u{1b}[36m", "");
            let ours = if more.is_empty() { text.clone() } else { ours };
            let is_bad = |letter: char| {
                letter != '\n' && letter.is_control() || ('\u{202a}'..='\u{202e}').contains(&letter)
            };
            assert!(!ours.contains(is_bad), "$ caredesk {line}\n{text:?}");
            assert!(
                !text.lines().any(|line| line.starts_with("error: all is lost")),
                "$ caredesk {line}\n{text}"
            );
        }
    }
    assert_eq!(world.json("provider show PRV-00000A")["name"], nasty, "a script gets it as it is");
    for format in ["csv", "tsv", "csv --for excel"] {
        assert_eq!(world.run(&format!("provider list -o {format}")).status, 0);
    }
});

// Whoever reads may stop reading.
both_engines!(a_closed_pipe_ends_quietly, |world| {
    settle(world);
    world.ok(
        "visit add REF-00000A --start '2027-01-01 09:00' --duration 30 --weekly daily --until 2030-01-01",
    );
    for line in [
        "visit list REF-00000A -o jsonl",
        "visit list REF-00000A",
        "visit list REF-00000A -o csv",
        "visit list REF-00000A -o json",
        "audit list -o jsonl",
        "--help",
    ] {
        let mut child = world.command(line).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        let mut reader = BufReader::with_capacity(16, child.stdout.take().unwrap());
        reader.read_line(&mut first).unwrap();
        drop(reader);
        let mut told = String::new();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""), "{line}");
        assert!(!first.is_empty(), "{line}");
    }
});

// Killed at any moment of a long change: all of it is there, or nothing (rule 4.2).
both_engines!(a_killed_process_leaves_nothing_half_done, |world| {
    settle(world);
    let count = || {
        world.sql("SELECT CAST(count(*) AS TEXT) FROM visit")[0][0].clone().unwrap().parse::<i64>().unwrap()
    };
    let line =
        "visit add REF-00000A --start '2027-01-01 09:00' --duration 30 --weekly daily --until 2032-12-31";
    let began = Instant::now();
    world.ok(&format!("{line} --dry-run -q"));
    let lasts = began.elapsed();
    let (mut before, mut killed) = (count(), 0);
    let mut entries = verified(world);
    for part in 1..=10 {
        let mut child = world.command(line).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        sleep(lasts * part / 11);
        child.kill().unwrap();
        killed += i32::from(!child.wait().unwrap().success());
        // The server notices a client that is gone only when it next speaks to it.
        let added = settled(&count) - before;
        assert!(added == 0 || added == 2192, "{added} visits");
        let now = verified(world);
        assert_eq!(now - entries, added);
        (before, entries) = (before + added, now);
    }
    assert!(killed > 0, "none was killed in time");
    world.ok("outsource create REF-00000B --all-visits --provider acme");
});

/// What a count comes to rest at.
fn settled(count: &dyn Fn() -> i64) -> i64 {
    let mut last = count();
    loop {
        sleep(Duration::from_millis(30));
        let now = count();
        if now == last {
            return now;
        }
        last = now;
    }
}

// Without a terminal nothing ever waits for an answer.
both_engines!(nothing_is_asked_without_a_terminal, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme --reference winter");
    let began = Instant::now();
    world.refusals(expect![[r#"
        2 usage.confirmation         outsource delete winter
        2 usage.confirmation         outsource resend winter
        2 usage                      outsource create REF-00000A
        2 usage                      outsource create REF-00000A --all-visits
        2 usage                      outsource create REF-00000A --provider acme
    "#]]);
    world.as_user("stan");
    assert_eq!(code(world, "package list --as acme"), is(2, "usage.password"));
    assert!(began.elapsed() < Duration::from_mins(1));
    world.as_user("admin");
    let asked = world.run_with_input("outsource delete winter", b"y\ny\n");
    assert_eq!(asked.status, 2, "a pipe is no person: {asked:?}");
});

// Rule 2.10.
both_engines!(acting_as_somebody, |world| {
    settle(world);
    world.write("password", "wrong horse battery\n");
    world.write("empty", "");
    world.story(expect![[r#"
        $ caredesk whoami --as nobody
        2> error: there is no active account `nobody` in this database
        2> hint: an admin can create one with `caredesk account create`; `--as LOGIN` acts as another with its password
        [exit 6]
        $ caredesk whoami --as nobody -o json
        2> {"error":{"kind":"denied","code":"actor.unknown","message":"there is no active account `nobody` in this database","hint":"an admin can create one with `caredesk account create`; `--as LOGIN` acts as another with its password","details":{}}}
        [exit 6]
        $ caredesk whoami --as ACME --columns login,level,acted_by
        login     acme
        level     provider-portal
        acted by  admin
        $ caredesk outsource create REF-00000A --all-visits --provider acme --as acme
        2> error: there is no referral `REF-00000A`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk outsource create REF-00000A --all-visits --provider acme --reference winter --as stan -q
        PKG-A3Z1NK
        $ caredesk audit list --limit 1 --columns by,acted_by,action
        BY    ACTED BY  ACTION
        stan  admin     outsource.create
    "#]]);
    world.as_user("nobody");
    assert_eq!(code(world, "package list"), is(6, "actor.unknown"));
    assert_eq!(code(world, "package list --as admin"), is(2, "usage.password"));
    world.as_user("stan");
    world.set("CAREDESK_PASSWORD_FILE", "password");
    let told: Vec<_> = ["admin", "nobody", "acme"]
        .map(|login| {
            let answer = world.run(&format!("whoami --as {login}"));
            (answer.status, answer.stdout, answer.stderr.replace(login, "X"))
        })
        .into();
    assert_eq!(told[0].0, 6, "{told:?}");
    assert!(
        told.iter().all(|one| *one == told[0]),
        "a wrong login and a wrong password are the same: {told:?}"
    );
    world.set("CAREDESK_PASSWORD_FILE", "empty");
    assert_eq!(code(world, "whoami --as admin"), is(6, "actor.password"));
    world.set("CAREDESK_PASSWORD_FILE", "missing");
    assert_eq!(code(world, "whoami --as admin"), is(5, "file.unreadable"));
    world.as_user("admin");
    assert_eq!(world.run("whoami --as stan").status, 0, "an admin needs none");
    world.sql("UPDATE account SET active = FALSE WHERE login = 'stan'");
    assert_eq!(code(world, "whoami --as stan"), is(6, "actor.unknown"));
    world.as_user("stan");
    assert_eq!(code(world, "whoami"), is(6, "actor.unknown"));
});

/// Only on PostgreSQL: a server that is not there, a password that is not right, a database that is not ours.
#[test]
fn servers_that_do_not_let_us_in() {
    crate::world::tell(Engine::Postgres, "environment::servers_that_do_not_let_us_in", |world| {
        settle(world);
        let right = world.database_name();
        let (host, name) = right.rsplit_once('/').unwrap();
        let closed_port = "postgres://caredesk:secret@127.0.0.1:1/care".to_owned();
        for (address, expected) in [
            (closed_port, is(7, "database.unreachable")),
            (right.replace("secret", "guess"), is(8, "database.denied")),
            (right.replace("caredesk:", "stranger:"), is(8, "database.denied")),
            (format!("{host}/{name}_not"), is(8, "database.denied")),
            (format!("{right}?sslmode=maybe"), is(2, "usage")),
            ("postgres://".to_owned() + "caredesk:secret@127.0.0.1:99999/x", is(2, "usage")),
        ] {
            world.set("CAREDESK_DB", &address);
            for line in ["package list", "outsource delete x --yes", "init"] {
                assert_eq!(code(world, line), expected, "{address}: {line}");
                let told = world.run(line);
                assert!(
                    !told.stderr.contains("secret") && !told.stderr.contains("guess"),
                    "a password shows: {told:?}"
                );
            }
        }
        world.set("CAREDESK_DB", &right);
        world.ok("package list");
    });
}

#[test]
fn a_database_of_another_program_on_a_server() {
    crate::world::tell(Engine::Postgres, "environment::a_database_of_another_program_on_a_server", |world| {
        world.sql("CREATE TABLE recipe (name TEXT); INSERT INTO recipe VALUES ('soup')");
        assert_eq!(code(world, "package list"), is(8, "database.foreign"));
        world.sql("CREATE TABLE account (name TEXT)");
        let before = dump(world);
        let (status, told) = code(world, "init");
        assert!([4, 8].contains(&status), "{status} {told}");
        assert!(before == dump(world));
    });
}
