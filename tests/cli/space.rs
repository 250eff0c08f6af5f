//! `database stats` and `database vacuum`: how much there is, and room that is given back.

use std::fs;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::town::{dump, settle, sound, verified};
use crate::world::{Engine, World};

/// Rows that are gone again, and the room that they took: so many MiB.
pub fn leave_room(world: &World, mebibytes: u32) {
    let row = match world.engine() {
        Engine::Sqlite => "INSERT INTO setting (name, value) VALUES ('room', hex(zeroblob(524288)))",
        Engine::Postgres => {
            "INSERT INTO setting (name, value) VALUES ('room', repeat(md5(random()::text), 32768))"
        }
    };
    let all = (0..mebibytes)
        .map(|one| row.replace("'room'", &format!("'room{one}'")))
        .collect::<Vec<_>>()
        .join("; ");
    world.sql(&format!("BEGIN; {all}; COMMIT"));
    world.sql("DELETE FROM setting WHERE name LIKE 'room%'");
}

fn length(world: &World) -> u64 {
    fs::metadata(world.path("test.db")).unwrap().len()
}

// Rule 7.66.
both_engines!(what_there_is_is_counted, |world| {
    settle(world);
    let stats = world.json("database stats");
    let tables = stats["tables"].as_array().unwrap();
    for table in tables {
        let name = table["table"].as_str().unwrap();
        let counted = world.sql(&format!("SELECT count(*) FROM {name}"));
        assert_eq!(counted[0][0].as_deref(), Some(table["rows"].to_string().as_str()), "{name}");
        assert_eq!(table["is_estimated"], false, "{name}");
    }
    let named: Vec<&str> = tables.iter().map(|table| table["table"].as_str().unwrap()).collect();
    for table in dump(world).keys() {
        assert!(named.contains(&table.as_str()), "{table} is missing");
    }
    let entries = world.json("audit list");
    assert_eq!(stats["entries"], entries.as_array().unwrap().len());
    assert_eq!(stats["newest_entry_at"], entries[0]["at"]);
    let total: i64 = tables.iter().map(|table| table["rows"].as_i64().unwrap()).sum();
    assert_eq!(stats["rows"], total);
    let is_server = world.engine() == Engine::Postgres;
    assert_eq!(stats["page_bytes"].is_null(), is_server);
    assert_eq!(tables.iter().all(|table| table["bytes"].is_null()), !is_server);
    assert!(stats["bytes"].as_i64().unwrap() > 0);
    let shown = world.ok("database stats");
    assert!(
        shown.contains("entries of the audit trail") && shown.contains("how rows were earlier"),
        "{shown}"
    );
    // Who looks leaves no trace, and staff without the right do not look.
    assert_eq!(world.json("audit list"), entries);
    for login in ["sue", "acme"] {
        world.as_user(login);
        for line in ["database stats", "database vacuum", "database vacuum --dry-run"] {
            assert_eq!(world.run(line).status, 6, "{login}: {line}");
        }
    }
});

// Rule 7.66: of a large table on a server the number is that of its last look.
#[test]
fn a_large_table_is_estimated_unless_it_is_counted() {
    crate::world::tell(Engine::Postgres, "space::a_large_table_is_estimated_unless_it_is_counted", |world| {
        settle(world);
        world.psql(
            "INSERT INTO setting (name, value) SELECT 'many' || n, repeat('x', 500) FROM generate_series(1, 20000) AS n;
            ANALYZE setting; DELETE FROM setting WHERE name LIKE 'many1%'",
        );
        let rows = |line: &str| {
            let stats = world.json(line);
            let table = stats["tables"].as_array().unwrap().iter().find(|table| table["table"] == "setting");
            let table = table.unwrap();
            (table["rows"].as_i64().unwrap(), table["is_estimated"].as_bool().unwrap())
        };
        let counted = world.sql("SELECT count(*) FROM setting")[0][0].clone().unwrap().parse().unwrap();
        assert_eq!(rows("database stats --exact"), (counted, false));
        let (estimate, is_estimated) = rows("database stats");
        assert!(is_estimated && estimate > counted, "{estimate}");
        assert!(world.ok("database stats").contains("about "));
    });
}

// Rule 7.67.
both_engines!(free_room_is_given_back, |world| {
    settle(world);
    leave_room(world, 8);
    let before = dump(world);
    let foreseen = world.json("database vacuum --dry-run");
    assert!(foreseen["bytes_after"].is_null());
    let key = if world.engine() == Engine::Sqlite { "free_bytes" } else { "dead_rows" };
    let done = world.json("database vacuum");
    if world.engine() == Engine::Sqlite {
        assert!(foreseen[key].as_i64().unwrap() >= 8 << 20, "{foreseen}");
        let (was, is) = (done["bytes_before"].as_i64().unwrap(), done["bytes_after"].as_i64().unwrap());
        assert!(was - is >= 8 << 20, "{done}");
        assert_eq!(u64::try_from(is).unwrap(), length(world), "the log is empty");
        assert_eq!(world.json("database stats")["free_bytes"], 0);
    } else {
        let vacuumed = world.json("database stats");
        assert!(
            vacuumed["tables"].as_array().unwrap().iter().all(|table| table["dead_rows"] == 0),
            "{vacuumed}"
        );
        let smaller = world.json("database vacuum --full");
        assert!(smaller["bytes_after"].as_i64() <= smaller["bytes_before"].as_i64(), "{smaller}");
    }
    assert!(before == dump(world), "it changes no data");
    sound(world);
    verified(world);
});

// Rule 7.67.
#[test]
fn killed_while_it_is_written_anew_it_is_whole() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    leave_room(&world, 24);
    let before = dump(&world);
    let (mut random, mut killed) = (fastrand::Rng::with_seed(3), 0);
    let began = Instant::now();
    fs::copy(world.path("test.db"), world.path("large.db")).unwrap();
    world.ok("database vacuum");
    let lasts = began.elapsed();
    for _ in 0..12 {
        fs::copy(world.path("large.db"), world.path("test.db")).unwrap();
        let mut command = world.command("database vacuum");
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        sleep(Duration::from_micros(random.u64(0..u64::try_from(lasts.as_micros()).unwrap())));
        child.kill().unwrap();
        killed += u64::from(!child.wait().unwrap().success());
        assert!(before == dump(&world));
        sound(&world);
        for beside in ["test.db-wal", "test.db-shm"] {
            let _ = fs::remove_file(world.path(beside));
        }
    }
    assert!(killed > 0, "none was killed in time");
}

// Rule 7.67: others are waited for, and then it says so.
#[test]
fn who_holds_the_file_is_waited_for() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    let other = rusqlite::Connection::open(world.path("test.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = world.run_json("database vacuum --lock-timeout 200ms");
    assert_eq!(refused.status, 7, "{refused:?}");
    other.execute_batch("ROLLBACK").unwrap();
    world.ok("database vacuum");
}
