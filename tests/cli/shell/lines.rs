//! Lines without a terminal: each is a command of its own.

use std::os::unix::fs::PermissionsExt as _;

use expect_test::expect;

use super::talk::Talk;
use super::{settle, shell};
use crate::town::dump;
use crate::world::Engine;

// Rule 7.50.
both_engines!(each_line_is_a_command_of_its_own, |world| {
    world.ok("init");
    expect![[r#"
        admin
        Created provider PRV-MJ18AD (Harbour Care).
        Created provider PRV-HN85T9 (Willow $HOME; `id` Lane).
        [
        {"name":"Harbour Care","phone":"020"},
        {"name":"Willow $HOME; `id` Lane","phone":null}
        ]
        dry run: Created provider PRV-A42744 (Oak).
        Changed provider PRV-HN85T9 (Willow $HOME; `id` Lane): active yes → no.
        KIND      CODE        NAME          MATCHED  COMMAND
        provider  PRV-MJ18AD  Harbour Care  name     caredesk provider show PRV-MJ18AD
        --
        error: there is a provider `Harbour Care` already: PRV-MJ18AD
        hint: `caredesk provider edit` changes it, `--if-not-exists` leaves it, `--even-so` creates another
        error: unexpected argument '--colums' found

          tip: a similar argument exists: '--columns'

        Usage: caredesk provider list [OPTIONS]

        For more information, try '--help'.
        error: there is no command or topic `nothing`
        hint: `caredesk help` shows what there is
        error: there is no provider `oak`
        hint: `caredesk provider list` shows those that there are
        [exit 4]
    "#]]
    .assert_eq(&shell(
        world,
        "shell",
        "# who\n\
         whoami -q\n\
         \n\
         provider create 'Harbour Care' \\\n  --phone 020\r\n\
         caredesk provider create 'Harbour Care'   # again\n\
         provider create 'Willow $HOME; `id` Lane'\n\
         provider list -o json --columns name,phone\n\
         provider list --colums x\n\
         provider create Oak --dry-run\n\
         help nothing\n\
         provider deactivate oak --yes\n\
         provider deactivate willow\n\
         find 'Har\nbour'\n\
         exit\n\
         provider create Never\n",
    ));
    let entries = world.json("audit list --since -1d");
    let actions: Vec<_> = entries.as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    assert_eq!(actions, ["provider.deactivate", "provider.create", "provider.create", "database.init"]);
    // What was open when the lines ended, is said; and all that went before was done.
    expect![[r#"
        Created provider PRV-W8607R (Elm).
        --
        error: a quotation mark is opened and never closed
        [exit 2]
    "#]]
    .assert_eq(&shell(world, "shell", "provider create Elm\nprovider show 'Elm\n"));
});

// Rule 7.50.
both_engines!(what_the_shell_has_is_of_each_line, |world| {
    world.ok("init");
    world.ok("provider create Harbour");
    expect![[r#"
        [
        {"name":"Harbour"}
        ]
        name
        Harbour
        --
        {"error":{"kind":"not_found","code":"provider.not_found","message":"there is no provider `nothing`","hint":"`caredesk provider list` shows those that there are","details":{"reference":"nothing"}}}
        error: there is no provider `nothing`
        hint: `caredesk provider list` shows those that there are
        {"error":{"kind":"usage","code":"usage","message":"unrecognized subcommand 'nonsense'","hint":"see `caredesk --help`","details":{}}}
        [exit 3]
    "#]].assert_eq(&shell(
        world,
        "-o json shell",
        "provider list --columns name\nprovider list --columns name -o csv\nprovider show nothing\nprovider show nothing -o table\nnonsense\n",
    ));
    expect![[r#"
        dry run: Created provider PRV-W8607R (Willow).
        PRV-MJ18AD
        --
        [exit 0]
    "#]]
    .assert_eq(&shell(world, "--dry-run -y shell", "provider create Willow\nprovider list -q\n"));
    expect![[r#"
        --
        error: there is no provider `nothing`
        hint: `caredesk provider list` shows those that there are
        [exit 3]
    "#]]
    .assert_eq(&shell(world, "shell --stop", "provider show nothing\nprovider create Never\n"));
    assert_eq!(world.json("provider list").as_array().unwrap().len(), 1);
});

// Rule 7.50.
both_engines!(what_makes_no_sense_is_refused, |world| {
    world.ok("init");
    let before = dump(world);
    let refused = [
        (
            "shell",
            "init\ndemo\nshell\nshell --restricted\nprovider list --db other.db\nprovider list --profile x\n\
          batch -\nclient import - --dry-run\nprovider create \u{1b}[31m\n",
        ),
        ("--operation-key once shell", ""),
        ("--out x.json shell", ""),
        ("--columns name shell", ""),
        ("--profile x shell --restricted", ""),
        ("--db other.db shell", ""),
        ("--as nobody-here shell", ""),
    ];
    let text: String =
        refused.map(|(command, lines)| format!("$ {command}\n{}", shell(world, command, lines))).concat();
    expect![[r#"
        $ shell
        --
        error: `init` is no command of a shell
        hint: end the shell, and run `caredesk init`
        error: `demo` is no command of a shell
        hint: end the shell, and run `caredesk demo`
        error: `shell` is no command of a shell
        hint: end the shell, and run `caredesk shell`
        error: `shell` is no command of a shell
        hint: end the shell, and run `caredesk shell`
        error: `--db` stands on no line of a shell
        hint: it is of all lines: `caredesk --db … shell`
        error: `--profile` stands on no line of a shell
        hint: it is of all lines: `caredesk --profile … shell`
        error: `<FILE|-> -`: a line of a shell has no standard input
        hint: name a file
        error: `<FILE|-> -`: a line of a shell has no standard input
        hint: name a file
        error: invalid value '' for '<NAME>': a name has no control characters

        For more information, try '--help'.
        [exit 2]
        $ --operation-key once shell
        --
        error: a shell takes no `--operation-key`
        hint: it is of one command: put it on the line of that
        [exit 2]
        $ --out x.json shell
        --
        error: a shell takes no `--out`
        hint: it is of one command: put it on the line of that
        [exit 2]
        $ --columns name shell
        --
        error: a shell takes no `--columns`
        hint: it is of one command: put it on the line of that
        [exit 2]
        $ --profile x shell --restricted
        --
        error: a restricted shell takes no `--profile`
        hint: name the database and the account on its own line, with `--db` and `--as`
        [exit 2]
        $ --db other.db shell
        --
        error: there is no database at `other.db`
        hint: create one with `caredesk init`, or name another with `--db`
        [exit 8]
        $ --as nobody-here shell
        --
        error: there is no active account `nobody-here` in this database
        hint: an admin can create one with `caredesk account create`; `--as LOGIN` acts as another with its password
        [exit 6]
    "#]].assert_eq(&text);
    // Neither a line nor a command of many lines has no end.
    let open = [&b"find 'x"[..], &b"\nxxxxxxx".repeat(1 << 18)].concat();
    for lines in [&b"provider create \xff\n"[..], b"provider create a\0b\n", &b"x".repeat(2 << 20), &open] {
        let answer = world.run_with_input("shell", lines);
        assert_eq!(answer.status, 5, "{}", answer.stderr);
    }
    world.set("CAREDESK_OPERATION_KEY", "once");
    assert_eq!(world.run("shell").status, 2);
    world.set("CAREDESK_OPERATION_KEY", "");
    assert_eq!(dump(world), before);
});

// Rule 7.50: a line of a batch that runs within a shell, and a file that an earlier line has read.
both_engines!(files_are_read_and_written_as_by_any_command, |world| {
    world.ok("init");
    world.write("lines.txt", "provider create Harbour\nprovider create Willow\n");
    let said = shell(
        world,
        "shell",
        "batch lines.txt -q\nprovider list --out list.csv\nprovider import list.csv --dry-run -q\nprovider list -q --out list.csv --overwrite\n\
         database check\nprovider list --columns name\ndatabase backup care.zip -q\nprovider create Oak -q\n",
    );
    assert!(said.ends_with("[exit 0]\n"), "{said}");
    assert_eq!(world.read("list.csv").lines().count(), 2);
    assert_eq!(world.json("provider list").as_array().unwrap().len(), 3);
    assert_eq!(world.path("care.zip").metadata().unwrap().permissions().mode() & 0o777, 0o600);
});

// Rule 7.51.
both_engines!(each_line_sees_what_others_did_meanwhile, |world| {
    settle(world);
    let mut talk = Talk::to(world, "--as maria-theresia.hohenberg shell");
    assert_eq!(talk.says("provider show oak -q"), "PRV-000004\n");
    world.ok("provider edit PRV-000004 --name 'Elm House'");
    assert!(talk.says("provider show oak -q").contains("there is no provider `oak`"));
    assert_eq!(talk.says("provider show elm -q"), "PRV-000004\n");
    assert!(talk.says("client create --given Bo --family Reed -q").starts_with("CLI-"));
    world.ok("account edit maria-theresia.hohenberg --level trainee --yes");
    assert!(talk.says("client create --given Di --family Reed").contains("may not change clients"));
    world.ok("account disable maria-theresia.hohenberg --yes");
    assert!(talk.says("provider list -q").contains("there is no active account"));
    world.ok("account enable maria-theresia.hohenberg");
    assert_eq!(talk.says("provider show elm -q"), "PRV-000004\n");
    // Whoever works beside it does not wait for it, whatever it has done before.
    world.ok("--lock-timeout 1s provider create Beside");
    if world.engine() == Engine::Postgres {
        let open = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'";
        assert_eq!(world.sql(open), [[Some("0".to_owned())]]);
    }
    assert_eq!(talk.ends(), 2);
});

// Rule 7.51.
both_engines!(what_was_lost_or_replaced_is_opened_anew, |world| {
    settle(world);
    let mut talk = Talk::to(world, "shell");
    assert_eq!(talk.says("provider show oak -q"), "PRV-000004\n");
    let note = match world.engine() {
        Engine::Sqlite => {
            world.ok("database copy other.db");
            world.ok("--db other.db provider edit PRV-000004 --name 'Elm House'");
            for file in ["test.db-wal", "test.db-shm"] {
                let _ = std::fs::remove_file(world.path(file));
            }
            std::fs::rename(world.path("other.db"), world.path("test.db")).unwrap();
            "another file lies where the database was: it is open now"
        }
        Engine::Postgres => {
            world.ok("provider edit PRV-000004 --name 'Elm House'");
            world.sql(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
                 WHERE datname = current_database() AND pid <> pg_backend_pid()",
            );
            "the connection to the server was lost: it is open again"
        }
    };
    let said = talk.says("provider show elm -q");
    assert_eq!(said, format!("note: {note}\nPRV-000004\n"));
    assert_eq!(talk.says("provider show elm -q"), "PRV-000004\n");
    world.ok("database backup care.zip");
    world.ok("provider create Later");
    assert_eq!(talk.says("provider show later -q").lines().count(), 1);
    world.ok("database restore care.zip --yes");
    assert!(talk.says("provider show later -q").contains("there is no provider `later`"));
    assert_eq!(talk.ends(), 2);
});
