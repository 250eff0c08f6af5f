//! Older databases, which every command upgrades first: whole or not at all, however many begin at once or are killed.

mod back;
mod failed;
pub mod frozen;
mod refused;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use expect_test::expect;

use crate::race::at_once;
use crate::world::{Engine, World};

const KILLS: u64 = 30;

// Rule 4.7: of twelve that begin at once one upgrades; the others wait for it, and all are answered.
both_engines!(twelve_begin_on_an_old_database, |world| {
    for _ in 0..3 {
        make_old(world);
        let answers = at_once((0..12).map(|_| world.command("whoami --columns login")).collect());
        assert!(answers.iter().all(|answer| answer.status == 0), "{answers:?}");
        let upgrades = answers.iter().filter(|answer| answer.stderr.contains("upgraded")).count();
        assert_eq!(upgrades, 1, "{answers:?}");
        is_upgraded(world);
    }
});

// Rule 4.7: killed at any moment, an upgrade is done by the next command, with a whole copy of what was before.
both_engines!(an_upgrade_that_is_killed_is_done_by_the_next, |world| {
    make_old(world);
    let began = Instant::now();
    world.ok("whoami");
    let lasts = u64::try_from(began.elapsed().as_micros()).unwrap();
    let (mut random, mut killed) = (fastrand::Rng::with_seed(13), 0);
    for _ in 0..KILLS {
        make_old(world);
        let mut child = world.command("whoami").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        sleep(Duration::from_micros(random.u64(0..lasts)));
        child.kill().unwrap();
        killed += i32::from(!child.wait().unwrap().success());
        world.ok("whoami");
        is_upgraded(world);
    }
    assert!(killed > 0, "none was killed in time");
});

// Rule 6.4: people of a database whose names were folded otherwise are found as people say them.
both_engines!(names_are_folded_anew, |world| {
    make_old(world);
    world.ok("whoami");
    world.story(expect![[r#"
        $ caredesk client list --name "seun o'neill" --columns code,given,family
        CODE        GIVEN  FAMILY
        CLI-000001  SeɄn   O’Neill
        $ caredesk client show oneill --columns code,given,family -q
        CLI-000001
    "#]]);
    let stale = world.sql("SELECT name_key FROM client WHERE name_key <> 'seun oneill'");
    assert!(stale.is_empty(), "{stale:?}");
});

/// A database of the first version with an account and a provider, in place of whatever there is.
fn make_old(world: &World) {
    world.clear();
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/sql/schema/0001_begin.sql")).unwrap();
    let words: &[(&str, &str)] = match world.engine() {
        Engine::Sqlite => &[
            (" UUID", " BLOB"),
            (" BYTEA", " BLOB"),
            (" TIMESTAMPTZ", " TEXT"),
            (" DATE", " TEXT"),
            (" BOOLEAN", " INTEGER"),
            (" BIGINT", " INTEGER"),
            ("\n);", "\n) STRICT;"),
        ],
        Engine::Postgres => &[(" TEXT", " TEXT COLLATE \"C\"")],
    };
    let schema = words.iter().fold(text, |text, (from, to)| text.replace(from, to));
    let key = |number| crate::town::key(world, number);
    world.sql(&format!(
        "{schema}
        INSERT INTO schema_migration (version, name) VALUES (1, 'begin');
        INSERT INTO setting (name, value) VALUES ('time_zone', 'UTC');
        {}
        INSERT INTO provider (id, code, name, name_key, active) VALUES ({provider}, 'PRV-000001', 'Acme', 'acme', TRUE);
        INSERT INTO resource (id, code, provider_id, kind, name, name_key, state)
        VALUES ({}, 'RES-000001', {provider}, 'agency', 'Acme', 'acme', 'active');
        INSERT INTO client (id, code, given, family, name_key)
        VALUES ({}, 'CLI-000001', 'SeɄn', 'O’Neill', 'seʉn o’neill');",
        crate::town::account(&key(1), "admin", "admin"),
        key(3),
        key(4),
        provider = key(2),
    ));
    world.sqlite("PRAGMA application_id = 1667330661; PRAGMA user_version = 1; PRAGMA journal_mode = WAL");
}

fn is_upgraded(world: &World) {
    let migrated = world.json("database migrate");
    assert_eq!(migrated["result"], "unchanged");
    let searched = world.sql("SELECT CAST(count(*) AS TEXT) FROM search_word");
    assert_ne!(searched[0][0].as_deref(), Some("0"), "what is derived is derived with the upgrade");
    if world.engine() == Engine::Sqlite {
        has_a_whole_copy(world);
    }
}

fn has_a_whole_copy(world: &World) {
    let copy = world.path("test.db.before-2");
    assert_eq!(copy.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let connection = rusqlite::Connection::open(&copy).unwrap();
    let one = |text: &str| connection.query_row(text, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(one("PRAGMA integrity_check"), "ok");
    assert_eq!(one("SELECT name FROM provider"), "Acme");
    assert_eq!(one("SELECT CAST(max(version) AS TEXT) FROM schema_migration"), "1");
    let names = fs::read_dir(world.path("")).unwrap().map(|entry| entry.unwrap().file_name());
    let mut others: Vec<_> = names.filter(|name| !name.to_string_lossy().starts_with("test.db")).collect();
    others.retain(|name| name != ".cache");
    assert_eq!(others, [""; 0], "nothing is left beside it");
}
