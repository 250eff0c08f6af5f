//! `init`: a new database, with its first admin and its first queue.

use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use expect_test::expect;

use crate::race::at_once;
use crate::town::dump;
use crate::world::{Engine, World};

both_engines!(a_database_is_made_once, |world| {
    world.call("<SHOWN>", &world.database_name().replace(":secret", ""));
    world.story(expect![[r#"
        $ caredesk init --time-zone Europe/Lundon
        2> error: invalid value 'Europe/Lundon' for '--time-zone <TZ>': `Europe/Lundon` is not a time zone; near are: Europe/London, Europe/Dublin, Europe/Ulyanovsk
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk init --admin ''
        2> error: invalid value '' for '--admin <LOGIN>': a login cannot be empty
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk init --time-zone Europe/London --hub 'Harbour Town' --admin anna --columns admin,time_zone,hub,queue
        admin      anna
        time zone  Europe/London
        hub        Harbour Town
        queue      Home care
        # as anna
        $ caredesk init --if-not-exists -o csv --columns admin,time_zone,hub,queue
        admin,time_zone,hub,queue
        ,,,
        $ caredesk whoami --columns login,level,time_zone
        login      anna
        level      admin
        time zone  Europe/London
        $ caredesk queue show 'home care'
        Home care
        New → Live → Closed (closed)

        no resource takes its referrals
        $ caredesk audit list --columns by,action,on
        BY    ACTION         ON
        anna  database.init  anna
    "#]]);
    assert_eq!(world.json("audit verify")["intact"], true);
});

both_engines!(what_is_there_is_left_alone, |world| {
    world.ok("init");
    let before = dump(world);
    let answer = world.run("init -o json");
    assert_eq!((answer.status, answer.stdout.as_str()), (4, ""), "{answer:?}");
    assert!(answer.stderr.contains("database.exists"), "{answer:?}");
    assert_eq!(world.json("init --if-not-exists")["result"], "unchanged");
    assert!(before == dump(world));
});

#[test]
fn what_an_init_left_that_was_cut_off_is_finished() {
    let world = World::new(Engine::Sqlite);
    world.write("left.db", "");
    world.write("other.db", "precious");
    world.ok("init --db left.db --dry-run");
    world.ok("init --db left.db");
    assert_eq!(world.path("left.db").metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(world.run("init --db left.db").status, 4);
    assert_ne!(world.run("init --db other.db").status, 0);
    assert_eq!(world.read("other.db"), "precious");
}

/// The tables that every schema begins with.
const HALF_A_SCHEMA: &str =
    "CREATE TABLE schema_migration (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE queue (id TEXT NOT NULL PRIMARY KEY);
    CREATE TABLE queue_status (queue_id TEXT NOT NULL REFERENCES queue (id));
    CREATE VIEW account_provider AS SELECT queue_id FROM queue_status;";

// Rule 4.7: however far an `init` came that was cut off, the next one makes the database.
both_engines!(every_beginning_is_carried_on, |world| {
    let begin: [fn(&World); 4] = [
        |_| {},
        |world| world.sqlite("PRAGMA journal_mode = WAL"),
        |world| {
            world.sql(HALF_A_SCHEMA);
        },
        |world| {
            world.ok("init --admin other --time-zone Europe/London");
            world.sql("DELETE FROM audit; DELETE FROM setting; DELETE FROM account; DELETE FROM queue_status; DELETE FROM queue; DELETE FROM operation_key");
        },
    ];
    for (number, begin) in begin.into_iter().enumerate() {
        world.clear();
        begin(world);
        world.ok("init --dry-run");
        if number > 0 {
            world.ok("init --dry-run --if-not-exists");
        }
        assert_eq!(world.json("init")["result"], "created", "{number}");
        assert_eq!(world.json("whoami")["login"], "admin", "{number}");
        assert_eq!(world.run("init").status, 4, "{number}");
        world.ok("database check");
    }
});

// What holds a row, or is another program's, is no beginning.
both_engines!(a_table_that_is_not_empty_is_no_beginning, |world| {
    let mut others = vec![
        format!("{HALF_A_SCHEMA} INSERT INTO setting VALUES ('theirs', 'precious')"),
        "CREATE TABLE account (name TEXT)".to_owned(),
    ];
    if world.engine() == Engine::Sqlite {
        others.push(format!("{HALF_A_SCHEMA} CREATE TABLE recipe (name TEXT)"));
    }
    for text in others {
        world.clear();
        world.sql(&text);
        let before = dump(world);
        for line in ["init", "init --dry-run", "init --if-not-exists"] {
            let answer = world.run_json(line);
            assert_eq!(answer.status, 8, "{text}: {line}: {answer:?}");
            assert!(answer.stderr.contains("database.foreign"), "{answer:?}");
        }
        assert!(before == dump(world), "{text}");
    }
});

both_engines!(of_twelve_that_begin_at_once_one_makes_it, |world| {
    for more in ["", " --if-not-exists", ""] {
        world.clear();
        let command = |number| world.command(&format!("init --admin admin{number}{more} -o json"));
        let answers = at_once((0..12).map(command).collect());
        let (made, late): (Vec<_>, Vec<_>) =
            answers.iter().partition(|answer| answer.stdout.contains("\"created\""));
        assert_eq!(made.len(), 1, "{answers:?}");
        for answer in late {
            let expected = if more.is_empty() { (4, "database.exists") } else { (0, "\"unchanged\"") };
            let text = format!("{}{}", answer.stdout, answer.stderr);
            assert!(answer.status == expected.0 && text.contains(expected.1), "{answer:?}");
        }
        let accounts = world.sql("SELECT login FROM account");
        assert_eq!(accounts.len(), 1, "{accounts:?}");
        world.as_user(accounts[0][0].as_deref().unwrap());
        world.ok("database check");
        world.as_user("admin");
    }
});

both_engines!(an_init_that_is_killed_is_carried_on, |world| {
    let began = Instant::now();
    world.ok("init");
    let lasts = u64::try_from(began.elapsed().as_micros()).unwrap();
    let (mut random, mut killed) = (fastrand::Rng::with_seed(13), 0);
    for _ in 0..30 {
        world.clear();
        let mut child = world.command("init").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        sleep(Duration::from_micros(random.u64(0..lasts)));
        child.kill().unwrap();
        killed += i32::from(!child.wait().unwrap().success());
        let next = world.run("init");
        assert!([0, 4].contains(&next.status), "{next:?}");
        world.ok("database check");
    }
    assert!(killed > 0, "none was killed in time");
});
