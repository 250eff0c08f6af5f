//! A database that can only be read: a file without the right to write, or a server that takes no changes. What only reads
//! works; what changes or records something says why it cannot.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;

use expect_test::expect;
use serde_json::Value;

use crate::commands::examples;
use crate::tables;
use crate::town::{dump, settle};
use crate::world::{Answer, Engine, World, answer};

/// Of another user than root, whom no mode keeps from writing.
const OTHER: u32 = 65_534;

const FILES: [&str; 5] = ["--file", "--dir", "--password-file", "--document", ".zip"];

fn is_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}

/// From now on the database is as it is. `file` and `folder` are their modes on SQLite.
fn lock(world: &World, file: u32, folder: u32) {
    match world.engine() {
        Engine::Sqlite => {
            world.sql("PRAGMA wal_checkpoint(TRUNCATE)");
            fs::set_permissions(world.path("test.db"), Permissions::from_mode(file)).unwrap();
            fs::set_permissions(world.path(""), Permissions::from_mode(folder)).unwrap();
        }
        Engine::Postgres => {
            let options = "?options=-c%20default_transaction_read_only%3Don";
            world.set("CAREDESK_DB", &format!("{}{options}", world.database_name()));
        }
    }
}

/// Runs a command as a user who may not write the file.
fn run(world: &World, line: &str) -> Answer {
    let mut command = world.command(line);
    if is_root() && world.engine() == Engine::Sqlite {
        command.uid(OTHER).gid(OTHER);
    }
    answer(command.output().unwrap())
}

fn code(answer: &Answer) -> String {
    let error: Value = serde_json::from_str(answer.stderr.lines().last().unwrap_or("{}")).unwrap_or_default();
    error["error"]["code"].as_str().unwrap_or_default().to_owned()
}

fn transcript(world: &World, lines: &[&str]) -> String {
    let text: String = lines.iter().map(|line| crate::world::written(line, &run(world, line))).collect();
    world.without_names_of_this_run(&text)
}

// Rule 7.24.
#[test]
fn a_file_that_may_not_be_written_says_why() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    let lines = ["client list -q", "client create --given A --family B", "audit verify --columns intact"];
    lock(&world, 0o444, 0o555);
    let told = transcript(&world, &lines);
    expect![[r#"
        $ caredesk client list -q
        CLI-00000A
        CLI-00000B
        $ caredesk client create --given A --family B
        2> error: the database cannot be written: this user may not write to `<DB>`
        2> hint: check the owner and the mode of the file and of its folder; what only reads works as it is
        [exit 8]
        $ caredesk audit verify --columns intact
        intact  yes
    "#]]
    .assert_eq(&told);
    lock(&world, 0o666, 0o555);
    expect![[r#"
        $ caredesk client list -q
        CLI-00000A
        CLI-00000B
        $ caredesk client create --given A --family B
        2> error: the database cannot be written: this user may not write into the folder of `<DB>`
        2> hint: check the owner and the mode of the file and of its folder; what only reads works as it is
        [exit 8]
        $ caredesk audit verify --columns intact
        intact  yes
    "#]]
    .assert_eq(&transcript(&world, &lines));
    lock(&world, 0o444, 0o777);
    assert_eq!(transcript(&world, &lines), told, "where the log can be made beside it");
    lock(&world, 0o600, 0o700);
}

/// What cannot change is closed after each line, which is no news.
#[test]
fn a_shell_says_nothing_of_a_file_that_stays_where_it_is() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world.write("lines", "client show CLI-00000A -q\nclient show CLI-00000B -q\n");
    lock(&world, 0o444, 0o555);
    let mut command = world.command("shell");
    if is_root() {
        command.uid(OTHER).gid(OTHER);
    }
    let told = answer(command.stdin(fs::File::open(world.path("lines")).unwrap()).output().unwrap());
    assert_eq!((told.stdout.as_str(), told.stderr.as_str()), ("CLI-00000A\nCLI-00000B\n", ""));
    lock(&world, 0o600, 0o700);
}

#[test]
fn what_another_has_just_written_is_read_or_refused() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    let connection = rusqlite::Connection::open(world.path("test.db")).unwrap();
    connection
        .execute_batch("PRAGMA journal_mode = WAL; UPDATE client SET given = 'Zoe' WHERE code = 'CLI-00000A'")
        .unwrap();
    for name in ["test.db", "test.db-wal", "test.db-shm"] {
        fs::set_permissions(world.path(name), Permissions::from_mode(0o444)).unwrap();
    }
    fs::set_permissions(world.path(""), Permissions::from_mode(0o555)).unwrap();
    let seen = run(&world, "client show CLI-00000A -o json");
    assert!(seen.status == 0 && seen.stdout.contains("Zoe"), "{seen:?}");
    fs::set_permissions(world.path(""), Permissions::from_mode(0o777)).unwrap();
    fs::rename(world.path("test.db-shm"), world.path("away")).unwrap();
    fs::set_permissions(world.path(""), Permissions::from_mode(0o555)).unwrap();
    let refused = run(&world, "client show CLI-00000A -o json");
    assert_eq!((refused.status, code(&refused).as_str()), (8, "database.cannot_open"), "{refused:?}");
    assert!(refused.stderr.contains("unmerged log"), "{refused:?}");
    fs::set_permissions(world.path(""), Permissions::from_mode(0o700)).unwrap();
}

// Each example of the grammar reads, or says why it does not; but for those of files, which are of another user.
both_engines!(what_only_reads_works_and_the_rest_says_why, |world| {
    world.begin(tables::settle);
    world.write("password.txt", "correct horse battery\n");
    for line in examples() {
        world.run_json(&world.with_names_of_this_run(line));
        tables::count_codes(world);
    }
    let before = dump(world);
    lock(world, 0o444, 0o555);
    let mut refused = Vec::new();
    for example in examples().filter(|line| !FILES.iter().any(|option| line.contains(option))) {
        let line = format!("{} -o json", world.with_names_of_this_run(example));
        let answer = run(world, &line);
        match code(&answer).as_str() {
            code @ ("database.read_only" | "database.cannot_record" | "database.cannot_try") => {
                assert_eq!((answer.status, answer.stdout.as_str()), (8, ""), "{line}");
                let command = example.split(' ').take(2).collect::<Vec<_>>().join(" ");
                let why = code.strip_prefix("database.").filter(|why| *why != "read_only");
                refused.push(why.map_or(command.clone(), |why| format!("{command}: {why}")));
            }
            _ => assert!([0, 2, 3, 4, 8].contains(&answer.status), "{line}: {answer:?}"),
        }
    }
    fs::set_permissions(world.path(""), Permissions::from_mode(0o700)).unwrap();
    world.set("CAREDESK_DB", &world.database_name());
    assert!(before == dump(world));
    refused.dedup();
    expect![[r#"
        hub edit
        database vacuum
        provider create
        provider edit
        provider deactivate
        provider activate
        provider add-resource
        provider remove-resource
        provider import
        resource edit
        resource import
        queue create
        queue edit
        queue add-status
        queue rename-status
        queue move-status
        queue retire-status
        queue add-resource
        queue remove-resource
        queue deactivate
        queue activate
        account create
        account sees: cannot_record
        account edit
        account add-resource
        account remove-resource
        account permit
        account forbid
        account alerts
        account disable
        account enable
        account import
        category create
        contract create
        contract edit
        contract import
        client create
        client edit
        client import
        client enroll
        client import-enrolments
        contact create
        contact edit
        contact import
        capacity set
        capacity edit
        capacity remove
        referral create
        referral assign
        referral note
        referral set-status
        referral unassign
        referral import
        alert preview: cannot_try
        alert dismiss
        visit add
        visit edit
        visit import
        visit cancel
        visit restore
        outsource create
        outsource add-provider
        outsource remove-provider
        outsource remind
        outsource resend
        package rename
        package edit
        package respond
        package hand-back
        queue add-resource
        referral reassign
        outsource delete
        record add
        record list: cannot_record
        record edit
        record import
        sharing setup
        sharing link
        sharing import-settings
        sharing import-links
        sharing request
        sharing deny
        sharing pending
        sharing grant
        sharing renew
        sharing revoke
        sharing withdraw
        sharing request
        sharing cancel
        sharing what-if: cannot_try
        sharing unlink
        release remove-recipient
        release revoke
        client create
        client merge
        provider create
        provider merge
        client erase
        import undo
        hub edit
        undo --yes
        batch <FIXTURES>/commands/lines.txt
    "#]]
    .assert_eq(&(refused.join("\n") + "\n"));
});

both_engines!(looks_that_are_recorded_are_refused, |world| {
    world.begin(tables::settle);
    world.ok("account create ines --name Ines --level provider-portal --resource PRV-000001 --can access-contact-details --can change-status");
    lock(world, 0o444, 0o555);
    world.as_user("ines");
    let lines = [
        "referral list --columns code,status",
        "referral set-status REF-000001 enrolled",
        "contact show 2026-0142",
    ];
    let told = transcript(world, &lines);
    let of_engine = match world.engine() {
        Engine::Sqlite => "this user may not write to `<DB>`",
        Engine::Postgres => "the role, the database or the address has set default_transaction_read_only",
    };
    let told = told.replace(of_engine, "<WHY>");
    let told = told.lines().filter(|line| !line.starts_with("2> hint: ")).collect::<Vec<_>>().join("\n");
    if world.engine() == Engine::Sqlite {
        fs::set_permissions(world.path(""), Permissions::from_mode(0o700)).unwrap();
    }
    expect![[r#"
        $ caredesk referral list --columns code,status
        CODE        STATUS
        REF-000001  Attempting Contact
        $ caredesk referral set-status REF-000001 enrolled
        2> error: the database cannot be written: <WHY>
        [exit 8]
        $ caredesk contact show 2026-0142
        2> error: who looks at this is recorded, but the database cannot be written: <WHY>
        [exit 8]"#]]
    .assert_eq(&told);
});
