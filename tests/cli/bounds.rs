//! Rule 4.3: every text has a limit, which its error names, and nothing that is read goes on without an end.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::thread;

use expect_test::expect;

use crate::town::{refusal, settle, sound};
use crate::world::{Engine, World};

/// About the longest argument that Linux passes on.
const LONG: usize = 130_000;

/// What is entered by hand; `TEXT` is too long.
const LINES: &[(&str, &str)] = &[
    ("provider create TEXT", "a name has at most 200 characters"),
    ("provider create Oak --phone TEXT", "a value on one line has at most 1,000 bytes"),
    ("provider create Oak --email TEXT@example.org", "an e-mail address has at most 254 bytes"),
    ("provider create Oak --url TEXT", "a value on one line has at most 1,000 bytes"),
    ("client create --given Ada --family TEXT", "a name has at most 200 characters"),
    (
        "client create --given Ada --family Low --postal-code TEXT",
        "a value on one line has at most 1,000 bytes",
    ),
    ("client show TEXT", "a value on one line has at most 1,000 bytes"),
    ("account create TEXT --name Ann --level standard", "a login has at most 64 letters"),
    ("queue create TEXT", "a name has at most 200 characters"),
    ("queue add-status 'Home care' TEXT", "a name has at most 200 characters"),
    ("category create TEXT", "a name has at most 200 characters"),
    ("contract create acme TEXT --start 2026-01-01 --category Meals", "a name has at most 200 characters"),
    ("contact create --client CLI-00000A --number TEXT", "a name has at most 200 characters"),
    (
        "referral create --queue 'Home care' --client CLI-00000A --note TEXT",
        "a note has at most 20,000 characters",
    ),
    ("referral note REF-00000A TEXT", "a note has at most 20,000 characters"),
    ("referral set-status REF-00000A New --note TEXT", "a note has at most 20,000 characters"),
    ("referral assign REF-00000A acme --note TEXT", "a note has at most 20,000 characters"),
    (
        "visit add REF-00000A --start '2026-12-01 09:00' --duration 30 --note TEXT",
        "a note has at most 20,000 characters",
    ),
    ("package respond PKG-1 --provider acme --reject --reason TEXT", "a note has at most 20,000 characters"),
    ("package edit PKG-1 --provider-note TEXT", "a note has at most 20,000 characters"),
    ("package rename PKG-1 TEXT", "a name has at most 200 characters"),
    ("capacity set acme 3 --note TEXT", "a note has at most 20,000 characters"),
    ("capacity set acme 3 --unit TEXT", "a value on one line has at most 1,000 bytes"),
    (
        "record add CLI-00000A --provider acme --type services --date today --title TEXT",
        "a name has at most 200 characters",
    ),
    (
        "sharing request CLI-00000A --owner acme --recipient birch --type services --note TEXT",
        "a note has at most 20,000 characters",
    ),
];

#[test]
fn no_text_that_is_entered_is_longer_than_its_limit() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    let text = "x".repeat(LONG);
    for (line, limit) in LINES {
        let (status, _, message) = refusal(&world, &line.replace("TEXT", &text));
        assert_eq!(status, 2, "{line}: {message}");
        assert!(message.contains(limit), "{line}: {}", message.get(..500).unwrap_or(&message));
        assert!(message.len() < 400, "{line}: an error does not repeat a long text");
        let told = world.run(&line.replace("TEXT", &text)).stderr;
        assert!(told.contains(limit) && told.len() < 1_500, "{line}: {}", told.get(..500).unwrap_or(&told));
    }
}

// A cell that is too long costs its row, which is named with the column and the limit.
both_engines!(no_text_in_a_file_is_longer_than_its_limit, |world| {
    settle(world);
    let (name, line, note, text) =
        ("n".repeat(201), "l".repeat(1_001), "o".repeat(20_001), "t".repeat((1 << 20) + 1));
    world.write(
        "people.csv",
        format!(
            "id,given,family,postal_code\n1,Ann,{name},\n2,Ann,Low,{line}\n{line},Ann,Low,\n4,Ann,Low,\n"
        ),
    );
    world.write(
        "visits.csv",
        format!("start,duration,note\n2026-12-10 09:00,30,{note}\n2026-12-11 09:00,30,{}\n", &note[1..]),
    );
    world.write(
        "records.csv",
        format!("client,provider,type,date,title,id,detail\nCLI-00000A,acme,services,2026-11-01,Lunch,1,{text}\nCLI-00000A,acme,services,2026-11-01,{name},2,\n"),
    );
    world.write(
        "patient.json",
        format!(r#"{{"resourceType":"Patient","id":"{line}","name":[{{"family":"Low"}}]}}"#),
    );
    world.write(
        "orgs.json",
        format!(r#"[{{"id":"1","name":"{name}"}},{{"id":"2","name":"Oak","description":"{text}"}}]"#),
    );
    world.story(expect![[r#"
        $ caredesk client import people.csv --source town --keep-going
        Clients: 4 read, 1 created, 0 updated, 0 unchanged, 3 rejected.
        Import IMP-KDVJFH: `caredesk import undo IMP-KDVJFH` takes it back.
        2> rejected: people.csv line 2: column `family` has more than 200 characters
        2> rejected: people.csv line 3: column `postal_code` has more than 1,000 bytes
        2> rejected: people.csv line 4: column `id` has more than 1,000 bytes
        2> error: 3 of 4 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk visit import REF-00000A visits.csv --source town --keep-going
        Visits: 2 read, 1 created, 0 updated, 0 unchanged, 1 rejected.
        Import IMP-VRS0F8: `caredesk import undo IMP-VRS0F8` takes it back.
        2> rejected: visits.csv line 2: column `note` has more than 20,000 characters
        2> error: 1 of 2 rows was rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk record import records.csv --keep-going
        Records: 2 read, 0 created, 0 updated, 0 unchanged, 2 rejected.
        2> rejected: records.csv line 2: column `detail` has more than 1,048,576 bytes
        2> rejected: records.csv line 3: column `title` has more than 200 characters
        2> error: 2 of 2 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk client import patient.json --source town
        2> rejected: patient.json: `id` has more than 1,000 bytes
        2> error: 1 of 1 row was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk provider import orgs.json --source town
        2> rejected: orgs.json at /0: `name` has more than 200 characters
        2> rejected: orgs.json at /1: `description` has more than 1,048,576 bytes
        2> error: 2 of 2 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk visit import REF-00000A visits.csv --source town --keep-going
        Visits: 2 read, 0 created, 0 updated, 1 unchanged, 1 rejected.
        2> rejected: visits.csv line 2: column `note` has more than 20,000 characters
        2> error: 1 of 2 rows was rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
    "#]]);
    sound(world);
});

// A note is as long as all that was appended to it, and `referral show` prints each of its texts.
both_engines!(a_note_does_not_grow_without_an_end, |world| {
    settle(world);
    world.ok(&format!("referral note REF-00000A {}", "x".repeat(20_000)));
    world.story(expect![[r#"
        $ caredesk referral note REF-00000A --append more
        2> error: a note has at most 20,000 characters, and with this it would have more
        2> hint: write it anew without `--append`: what it said stays in the history
        [exit 5]
    "#]]);
    world.ok("referral note REF-00000A anew");
});

/// Runs a command with what `write` writes as its standard input, until it takes no more.
fn fed(
    world: &World, arguments: &[&str], write: impl Fn(u64) -> Vec<u8> + Send + 'static,
) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caredesk"));
    world.enclose(&mut command);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = thread::spawn(move || (0..).try_for_each(|portion| input.write_all(&write(portion))));
    let output = child.wait_with_output().unwrap();
    assert!(writer.join().unwrap().is_err(), "the writer is told that nobody reads on");
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

// `yes | caredesk client import -`
#[test]
fn a_pipe_without_an_end_is_left() {
    let world = World::new(Engine::Sqlite);
    world.ok("init");
    let (status, told) = fed(&world, &["client", "import", "-"], |_| b"y\n".repeat(1 << 19));
    assert_eq!(status, Some(5), "{told}");
    assert!(told.contains("`standard input` cannot be read: it has more than 1 GiB, which is the most that is taken from a pipe"), "{told}");
    let line = ["account", "create", "ann", "--name", "Ann", "--level", "standard", "--password-file", "-"];
    let (status, told) = fed(&world, &line, |_| b"y".repeat(1 << 19));
    assert_eq!(status, Some(5), "{told}");
    assert!(told.contains("it is longer than 64 KiB"), "{told}");
}

// A directory in JSON is held until all of it is known.
#[test]
fn a_directory_that_cannot_be_held_is_left() {
    let world = World::new(Engine::Sqlite);
    world.ok("init");
    let object = format!("{{\"x\":\"{}\"}},\n", "x".repeat(1 << 20));
    let document = format!("[{}", object.repeat(129));
    world.write("orgs.json", &document);
    let told = world.run("provider import orgs.json");
    assert_eq!(told.status, 5, "{}", told.stderr);
    assert!(told.stderr.contains("the JSON of a directory has at most 128 MiB"), "{}", told.stderr);
}

#[test]
fn what_goes_on_without_an_end_in_a_file_is_named() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    let long = |begin: &str, part: &str| format!("{begin}{}", part.repeat((17 << 20) / part.len()));
    world.write("line.csv", long("id,given,family\n1,", "x"));
    world.write("cells.csv", format!("id,given,family\n1{}\n", ",x".repeat(20_001)));
    world.write("head.csv", format!("id{}\n", ",x".repeat(20_001)));
    world.write("text.json", long("[{\"id\":\"", "x"));
    world.write(
        "list.ndjson",
        long("{\"resourceType\":\"Patient\",\"id\":\"1\"}\n{\"resourceType\":\"Patient\",\"x\":[", "1,"),
    );
    world.write("orgs.json", long("[{\"id\":\"1\",\"name\":\"Oak\"},\n{\"name\":\"", "x"));
    let deep = format!("{}{}", "[".repeat(1_000), "]".repeat(1_000));
    world.write("deep.json", format!("[{{\"id\":\"1\",\"name\":{deep}}}]"));
    world.story(expect![[r#"
        $ caredesk client import line.csv
        2> error: `line.csv` cannot be read: the row on line 2 is longer than 16 MiB
        [exit 5]
        $ caredesk client import cells.csv
        2> error: `cells.csv` cannot be read: the row on line 2 has more than 20,000 cells
        [exit 5]
        $ caredesk client import head.csv
        2> error: `head.csv` cannot be read: the row on line 1 has more than 20,000 cells
        [exit 5]
        $ caredesk client import text.json --format csv
        2> error: `text.json` cannot be read: an object in it is longer than 16 MiB
        [exit 5]
        $ caredesk client import list.ndjson
        2> error: `list.ndjson` cannot be read: an object in it is longer than 16 MiB, on line 2
        [exit 5]
        $ caredesk provider import orgs.json
        2> error: `orgs.json` cannot be read: an object in it is longer than 16 MiB, on line 2
        [exit 5]
        $ caredesk provider import deep.json
        2> error: `deep.json` is not valid JSON: more than 127 lists or objects are in one another at line 1 column 144
        2> hint: fetch the document again: it may have been cut short
        [exit 5]
        $ caredesk client import deep.json --format csv
        2> rejected: deep.json line 1: is not a JSON object: more than 127 lists or objects are in one another at line 1 column 144
        2> error: 1 of 1 row was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
    "#]]);
}
