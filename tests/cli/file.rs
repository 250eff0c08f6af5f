//! Files that a command names: nothing is lost by writing them, and one reason has one code and one exit status.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use expect_test::expect;

const PEOPLE: &str = "id,given,family\n1,Ada,Brook\n2,,\n";

both_engines!(rejected_rows_take_no_place_of_a_file, |world| {
    world.ok("init");
    world.write("people.csv", PEOPLE);
    world.write("other.csv", "precious");
    std::fs::create_dir(world.path("in")).unwrap();
    symlink("people.csv", world.path("link.csv")).unwrap();
    for rejects in ["people.csv", "in/../people.csv", "link.csv", "other.csv", "in"] {
        for more in ["--keep-going", "--keep-going --dry-run"] {
            let answer = world.run(&format!("client import people.csv --rejects {rejects} {more} -o json"));
            assert_eq!(answer.status, 4, "{rejects} {more}: {}", answer.stderr);
            assert!(answer.stderr.contains("\"file.exists\""), "{}", answer.stderr);
        }
    }
    std::fs::hard_link(world.path("people.csv"), world.path("hard.csv")).unwrap();
    for rejects in ["people.csv", "in/../people.csv", "link.csv", "hard.csv"] {
        let answer = world.run(&format!("client import people.csv --rejects {rejects} --overwrite -o json"));
        assert_eq!(answer.status, 4, "{rejects}: {}", answer.stderr);
        assert!(answer.stderr.contains("\"file.in_use\""), "{}", answer.stderr);
    }
    assert_eq!((world.read("people.csv").as_str(), world.read("other.csv").as_str()), (PEOPLE, "precious"));
    assert_eq!(world.json("client list"), serde_json::json!([]));
    assert_eq!(world.run("client import people.csv --rejects - --keep-going").status, 2);
    assert_eq!(world.run("client import people.csv --rejects new.csv --keep-going --dry-run").status, 9);
    assert_eq!(
        world.read("new.csv"),
        "rejected_from,id,given,family,error\npeople,2,,,people.csv line 3: has no name\n"
    );
    let answer = world.run("client import people.csv --rejects other.csv --overwrite --keep-going");
    assert_eq!(answer.status, 9, "{}", answer.stderr);
    assert_eq!(world.read("other.csv"), world.read("new.csv"));
    let mode = world.path("new.csv").metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "personal data is for its owner alone");
});

/// The database of the run is a file on one engine only.
#[test]
fn the_database_is_never_replaced() {
    crate::world::tell(crate::world::Engine::Sqlite, "file::the_database_is_never_replaced", |world| {
        world.ok("init");
        world.write("people.csv", PEOPLE);
        world.ok("contact create --given Ada --family Brook --number c1");
        let database = world.database_name();
        std::fs::hard_link(world.path(&database), world.path("hard.db")).unwrap();
        for command in [
            format!("client import people.csv --rejects {database} --overwrite"),
            format!("contact pdf c1 --file {database} --overwrite"),
            format!("sharing calendar --file {database} --overwrite"),
            format!("contact pdf c1 --file {database}-wal --overwrite"),
            format!("client list --out {database} --overwrite"),
            "client list --out hard.db --overwrite".to_owned(),
        ] {
            let answer = world.run(&format!("{command} -o json"));
            assert!(answer.stderr.contains("\"file.in_use\""), "{command}: {}", answer.stderr);
            assert_eq!(answer.status, 4, "{command}");
        }
        assert_eq!(world.run("whoami").status, 0);
    });
}

both_engines!(a_link_at_the_name_of_a_document_is_not_followed, |world| {
    world.ok("init");
    world.ok("contact create --given Ada --family Brook --number c1");
    world.write("victim", "precious");
    symlink("victim", world.path("out.pdf")).unwrap();
    assert_eq!(world.run("contact pdf c1 --file out.pdf").status, 4);
    world.ok("contact pdf c1 --file out.pdf --overwrite");
    assert_eq!(world.read("victim"), "precious");
    assert!(world.path("out.pdf").symlink_metadata().unwrap().is_file());
    world.ok("sharing calendar --file days.ics");
    let mode = |name: &str| world.path(name).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!([mode("out.pdf"), mode("days.ics")], [0o600; 2]);
});

both_engines!(one_reason_has_one_code_and_one_status, |world| {
    world.ok("init");
    world.ok("contact create --given Ada --family Brook --number c1");
    world.write("file", "");
    world.set("CAREDESK_PASSWORD_FILE", "none");
    let code = |command: &str| {
        let answer = world.run(&format!("{command} -o json"));
        let error: serde_json::Value = serde_json::from_str(answer.stderr.lines().last().unwrap()).unwrap();
        format!("{} {} {command}\n", answer.status, error["error"]["code"].as_str().unwrap())
    };
    let unreadable = [
        "client import none",
        "record import none",
        "provider import none",
        "account import none",
        "account create rosa --level trainee --name Rosa --password-file none",
        "contact create --given A --family B --details-file none",
        "alert send --smtp-file none --from a@b.example",
    ];
    let unwritable = ["contact pdf c1 --file none/x", "sharing calendar --file none/x", "man file/x"];
    let mut text: String = unreadable.into_iter().chain(unwritable).map(code).collect();
    world.write("people.csv", PEOPLE);
    text += &code("client import people.csv --rejects none/x");
    expect![[r#"
        5 file.unreadable client import none
        5 file.unreadable record import none
        5 file.unreadable provider import none
        5 file.unreadable account import none
        5 file.unreadable account create rosa --level trainee --name Rosa --password-file none
        5 file.unreadable contact create --given A --family B --details-file none
        5 file.unreadable alert send --smtp-file none --from a@b.example
        8 file.unwritable contact pdf c1 --file none/x
        8 file.unwritable sharing calendar --file none/x
        8 file.unwritable man file/x
        8 file.unwritable client import people.csv --rejects none/x
    "#]]
    .assert_eq(&text);
});

both_engines!(an_import_reads_from_a_pipe, |world| {
    world.ok("init");
    let answer =
        world.run_with_input("client import - --source pipe --keep-going -o json", PEOPLE.as_bytes());
    assert_eq!(answer.status, 9, "{}", answer.stderr);
    assert!(answer.stdout.contains("\"created\": 1"), "{}", answer.stdout);
    assert!(answer.stderr.contains("standard input line 3"), "{}", answer.stderr);
});

both_engines!(the_word_none_in_a_file_clears_nothing, |world| {
    world.ok("init");
    world.ok("contact create --given Ada --family Brook --number c1 --details 'Fell twice.'");
    world.write("none.txt", "none");
    world.ok("contact edit c1 --details-file none.txt");
    assert_eq!(world.json("contact show c1")["details"], "none");
    world.ok("contact edit c1 --details none");
    assert_eq!(world.json("contact show c1")["details"], serde_json::Value::Null);
});

both_engines!(verbose_says_what_caused_an_error, |world| {
    world.ok("init");
    let transcript = world.transcript(&["client import none.csv -v", "client import none.csv -o json"]);
    let transcript: String =
        transcript.split_inclusive('\n').filter(|line| !line.starts_with("2> statement: ")).collect();
    expect![[r#"
        $ caredesk client import none.csv -v
        2> error: there is no file `none.csv`
        2> code: file.unreadable
        2> because: No such file or directory (os error 2)
        [exit 5]
        $ caredesk client import none.csv -o json
        2> {"error":{"kind":"invalid","code":"file.unreadable","message":"there is no file `none.csv`","hint":null,"details":{"causes":["No such file or directory (os error 2)"]}}}
        [exit 5]
    "#]].assert_eq(&transcript);
});

// Rule 5.4.
both_engines!(every_list_goes_into_a_file_in_every_format, |world| {
    world.ok("init");
    world.ok("client create --given Ada --family Brook --birth-date 1941-03-02");
    for (name, format) in [("a.csv", "csv"), ("a.json", "json"), ("a.ndjson", "jsonl"), ("a.tsv", "tsv")] {
        assert_eq!(world.ok(&format!("client list --out {name}")), "");
        assert_eq!(world.read(name), world.ok(&format!("client list -o {format}")), "{name}");
    }
    world.ok("client list --out list -o table");
    assert_eq!(world.read("list"), world.ok("client list"));
    let mode = |name: &str| world.path(name).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("a.csv"), 0o600);
    world.ok("completions bash --out complete");
    assert_eq!(mode("complete") & 0o644, 0o644, "as the umask has it");
    for command in ["client list", "client create --given Bo --family Marsh", "completions bash"] {
        let answer = world.run(&format!("{command} --out a.csv -o json"));
        assert_eq!(answer.status, 4, "{command}");
        assert!(answer.stderr.contains("\"file.exists\""), "{}", answer.stderr);
    }
    assert_eq!(world.json("client list").as_array().unwrap().len(), 1, "nothing is done without its file");
    world.write("people.csv", "id,given,family\n1,Ada,Brook\n");
    let answer = world.run("client import people.csv --out people.csv --overwrite -o json");
    assert!(answer.stderr.contains("\"file.in_use\""), "{}", answer.stderr);
    assert_eq!(world.run("client show nobody --out missing.json").status, 3);
    assert!(!world.path("missing.json").exists(), "a failed command leaves no file");
    world.ok("client list --out a.csv --overwrite --columns given");
    assert_eq!(world.read("a.csv"), "given\nAda\n");
});

both_engines!(pages_of_the_manual_are_replaced_only_if_told, |world| {
    world.ok("man pages");
    let before = world.read("pages/caredesk.1");
    assert_eq!(world.run("man pages").status, 4);
    world.ok("man pages --overwrite");
    assert_eq!(world.read("pages/caredesk.1"), before);
});

// Rule 4.4, rule 5.4.
both_engines!(a_spreadsheet_gets_local_times_and_gives_back_what_it_got, |world| {
    world.ok("init --time-zone Asia/Tokyo");
    world.write("people.csv", "id,given,family\n1,=1+1,'t Hooft\n2,a;=1+1,-Fenn\n3,＝1+1, =x\n");
    world.ok("client import people.csv --source a");
    let sheet = world.ok("client list -o csv --for excel --columns id,given,family");
    for row in ["1,'=1+1,'t Hooft\r\n", "2,a;'=1+1,'-Fenn\r\n", "3,'＝1+1,'=x\r\n"] {
        assert!(sheet.contains(row), "{row} in {sheet}");
    }
    let before = world.ok("client list -o csv --columns id,given,family");
    world.write("sheet.csv", &sheet);
    world.write("plain.csv", &before);
    for name in ["sheet.csv", "plain.csv"] {
        let done = world.json(&format!("client import {name} --source a"));
        assert_eq!(done["unchanged"], 3, "{name}: {done}");
    }
    let trail = world.ok("audit list -o csv --for excel");
    assert!(!trail.contains('{') && !trail.contains("Z,"), "{trail}");
    let book = world.command("client list -o xlsx").output().unwrap().stdout;
    assert!(book.starts_with(b"PK"), "a workbook goes into a pipe");
    world.ok("client list --out people.xlsx");
    world.set("CAREDESK_TEST_TERMINAL", "80");
    assert_eq!(world.run("client list -o xlsx").status, 2);
});

// Rule 4.4.
both_engines!(no_format_hands_a_control_character_to_a_terminal, |world| {
    world.ok("init");
    let raw = "x\u{1b}[31m\u{9b}31m\u{202e}y\u{7}";
    let client = world.ok("-q client create --given Ada --family Brook");
    let referral = world.ok(&format!("-q referral create --queue home --client {}", client.trim()));
    world.ok(&format!("referral note {} '{raw}'", referral.trim()));
    world.ok(&format!("contact create --given Ada --family Brook --number c1 --details '{raw}'"));
    world.set("CAREDESK_TEST_TERMINAL", "80");
    for command in ["referral list", "contact list", "audit list", "contact show c1", "client list"] {
        for format in ["table", "json", "jsonl", "csv", "tsv", "csv --for excel"] {
            let answer = world.run(&format!("{command} -o {format}"));
            let is_obeyed =
                |c: char| c.is_control() && c != '\n' && c != '\r' && c != '\t' || c == '\u{202e}';
            assert!(!answer.stdout.contains(is_obeyed), "{command} -o {format}: {:?}", answer.stdout);
        }
    }
    let answer = world.run(&format!("provider create '{raw}'"));
    assert!(!answer.stderr.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{:?}", answer.stderr);
});

// A client created twice because the answer was lost would be two people.
both_engines!(an_answer_that_cannot_be_written_is_on_stderr, |world| {
    world.ok("init");
    for line in ["client create --given Ada --family Moss", "client create --given Ben --family Oak -o json"]
    {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let answer = world.command(line).stdout(full).output().unwrap();
        let said = String::from_utf8(answer.stderr).unwrap();
        assert_eq!(answer.status.code(), Some(0), "{said}");
        assert!(said.contains("but it was done: Created client") && said.contains("CLI-"), "{said}");
    }
    assert_eq!(world.ok("client list -q").lines().count(), 2);
});

// Rule 4.9.
both_engines!(an_input_that_comes_slowly_holds_no_lock, |world| {
    world.ok("init");
    for (number, line) in [
        "client import - --source slow --yes",
        "account create ben --name Ben --level standard --password-file -",
        "contact create --given Ada --family Brook --details-file -",
    ]
    .iter()
    .enumerate()
    {
        let mut slow = world.command(line);
        slow.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut slow = slow.spawn().unwrap();
        sleep(Duration::from_millis(500));
        assert!(slow.try_wait().unwrap().is_none(), "it waits for its input: {line}");
        world.ok(&format!("provider create 'Oak {number}' --lock-timeout 0"));
        drop(slow.stdin.take());
        slow.wait().unwrap();
    }
});
