//! The harness itself: a world is closed, its database is real and its own, and transcripts read the same on both engines.

use std::process::Command;

use expect_test::expect;

use crate::world::{Answer, Engine, World, written};

both_engines!(a_database_is_real_and_empty, |world| {
    world.sql("CREATE TABLE thing (name TEXT); INSERT INTO thing VALUES ('b'), (NULL)");
    let rows = world.sql("SELECT name, 1 AS one FROM thing ORDER BY name NULLS LAST");
    assert_eq!(rows, [[Some("b".to_owned()), Some("1".to_owned())], [None, Some("1".to_owned())]]);
    world.sqlite("SELECT sqlite_version()");
    world.psql("SELECT pg_backend_pid()");
});

both_engines!(worlds_are_apart, |world| {
    world.sql("CREATE TABLE thing (name TEXT)");
    let other = World::new(world.engine());
    other.sql("CREATE TABLE thing (name TEXT)");
    assert_ne!(world.database_name(), other.database_name());
});

both_engines!(a_command_sees_only_its_world, |world| {
    world.at("2026-11-30T09:00:00Z");
    world.as_user("carol");
    world.set("CAREDESK_OUTPUT", "csv");
    let first = variables(world);
    let second = variables(world);
    let changed: Vec<_> = second.iter().filter(|one| !first.contains(one)).cloned().collect();
    assert_eq!(changed, ["CAREDESK_TEST_NOW=2026-11-30T09:00:01Z", "CAREDESK_TEST_SEED=2"]);
    let names: Vec<_> = first.iter().map(|one| one.split('=').next().unwrap()).collect();
    let expected = "CAREDESK_DB CAREDESK_OUTPUT CAREDESK_TEST_NOW CAREDESK_TEST_SEED CAREDESK_TEST_USER COLUMNS HOME PATH TZ";
    assert_eq!(names.join(" "), expected);
    assert!(first.contains(&"CAREDESK_TEST_USER=carol".to_owned()), "{first:?}");
});

both_engines!(an_answer_is_stdout_stderr_and_status, |world| {
    world.write("note.txt", "kept");
    assert_eq!(world.read("note.txt"), "kept");
    let answer = world.run_with_input("--no-such-option-at-all", &b"x".repeat(1 << 20));
    let again = world.run_args(&["--no-such-option-at-all"]);
    assert_eq!((answer.stdout, answer.stderr, answer.status), (again.stdout, again.stderr, again.status));
});

/// On PostgreSQL only: the order of text is not that of bytes, the role is an ordinary one, and the socket works too.
#[test]
fn the_server_shows_mistakes() {
    crate::world::tell(Engine::Postgres, "harness::the_server_shows_mistakes", |world| {
        let row = world.sql("SELECT 'a' < 'B', rolsuper, current_setting('TimeZone') FROM pg_roles WHERE rolname = current_user");
        let texts: Vec<_> = row.iter().flatten().flatten().map(String::as_str).collect();
        assert_eq!(texts, ["t", "f", "Pacific/Auckland"]);
        let mut client = postgres::Client::connect(&world.socket_url().unwrap(), postgres::NoTls).unwrap();
        client.batch_execute("SELECT 1").unwrap();
        let wrong = world.database_name().replace("secret", "guess");
        assert!(postgres::Client::connect(&wrong, postgres::NoTls).is_err());
    });
}

#[test]
fn a_transcript_tells_stdout_stderr_and_status_apart() {
    let answer =
        |stdout: &str, stderr: &str, status| Answer { stdout: stdout.into(), stderr: stderr.into(), status };
    let text = written("a 'b c'", &answer("one\n\ntwo\n", "", 0))
        + &written("d", &answer("", "error: no\n\nhint: go\n", 4))
        + &written("e", &answer("half", "", 0));
    expect![[r#"
        $ caredesk a 'b c'
        one

        two
        $ caredesk d
        2> error: no
        2>
        2> hint: go
        [exit 4]
        $ caredesk e
        half
        [no newline]
    "#]]
    .assert_eq(&text);
}

/// The environment of one enclosed command, sorted.
fn variables(world: &World) -> Vec<String> {
    let mut command = Command::new("env");
    world.enclose(&mut command);
    let text = String::from_utf8(command.output().unwrap().stdout).unwrap();
    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}
