//! Files that a command names: nothing is lost by writing them, and one reason has one code and one exit status.

use std::os::unix::fs::{PermissionsExt, symlink};

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
    for rejects in ["people.csv", "in/../people.csv", "link.csv"] {
        let answer = world.run(&format!("client import people.csv --rejects {rejects} --overwrite -o json"));
        assert_eq!(answer.status, 4, "{rejects}: {}", answer.stderr);
        assert!(answer.stderr.contains("\"file.in_use\""), "{}", answer.stderr);
    }
    assert_eq!((world.read("people.csv").as_str(), world.read("other.csv").as_str()), (PEOPLE, "precious"));
    assert_eq!(world.json("client list"), serde_json::json!([]));
    assert_eq!(world.run("client import people.csv --rejects - --keep-going").status, 2);
    assert_eq!(world.run("client import people.csv --rejects new.csv --keep-going --dry-run").status, 9);
    assert_eq!(world.read("new.csv"), "id,given,family,error\n2,,,people.csv line 3: has no name\n");
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
        for command in [
            format!("client import people.csv --rejects {database} --overwrite"),
            format!("contact pdf c1 --file {database} --overwrite"),
            format!("sharing calendar --file {database} --overwrite"),
            format!("contact pdf c1 --file {database}-wal --overwrite"),
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
