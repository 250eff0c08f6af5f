//! What was restored is what was backed up, on whichever engine.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::{clients, engines, manifest, tables};
use crate::town::{settle, verified};
use crate::world::{Engine, World};
use crate::{tables as people, town};

/// What shows how all stood before, and what was done, as rows kept in other rows tell.
const LOOKS: [&str; 6] = [
    "package list -o json",
    "package list --at 2026-11-20 -o json",
    "provider list --at 2024-03-05 -o json",
    "client list -o json",
    "import list -o json",
    "referral list --at 2026-11-24 -o json",
];

fn looks(world: &World) -> Vec<(String, i32)> {
    world.at("2026-11-25T12:00:00Z");
    LOOKS.iter().map(|line| world.run(line)).map(|answer| (answer.stdout, answer.status)).collect()
}

fn crosses(world: &World) {
    world.begin(people::settle);
    world.write("visits.csv", "id,given,family\n1,Eve,Adams\n2,Bo,Reed\n");
    world.ok("client import visits.csv --source county --yes");
    world.write("more.csv", "id,given,family,postal_code\n1,Eve,Adams,N1 9ZZ\n3,Zoe,Park,\n");
    world.ok("client import more.csv --source county --yes");
    world.ok("database backup first.zip");
    let (before, imports) = (looks(world), world.json("import list"));
    let undone = imports[0]["code"].as_str().unwrap();
    for engine in engines() {
        let other = World::new(engine);
        fs::copy(world.path("first.zip"), other.path("first.zip")).unwrap();
        other.at(&world.now().to_rfc3339());
        other.ok("database restore first.zip");
        other.ok("database backup second.zip");
        assert_eq!(tables(&world.path("first.zip")), tables(&other.path("second.zip")), "{engine:?}");
        assert!(looks(&other) == before, "{engine:?}");
        verified(&other);
        // What the rows were before is understood by the engine.
        other.ok(&format!("import undo {undone} --yes"));
        let names = clients(&other).len();
        assert_eq!(names + 1, clients(world).len(), "{engine:?}");
    }
}

// Rule 7.2: to the row, whatever the engine, and what rows were before is understood there.
both_engines!(what_is_restored_is_what_was_there, |world| {
    crosses(world);
});

// Rule 7.2: what is replaced is kept, by an admin alone.
both_engines!(what_is_replaced_is_kept, |world| {
    settle(world);
    world.ok("database backup old.zip");
    world.ok("client create --given Zoe --family Quill");
    world.as_user("sue");
    let refused = world.run("database restore old.zip --yes");
    assert_eq!(refused.status, 6, "{refused:?}");
    world.as_user("admin");
    let before = town::dump(world);
    assert_eq!(world.run("database restore old.zip").status, 2);
    assert_eq!(world.run("database restore old.zip --dry-run").status, 0);
    assert!(before == town::dump(world));
    let restored = world.json("database restore old.zip --yes");
    assert_eq!(clients(world).len(), 2);
    let kept = restored["kept"].as_str().unwrap();
    let path = world.path("").join(kept);
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    // And can be put back itself.
    match world.engine() {
        Engine::Sqlite => {
            let kept = World::new(Engine::Sqlite);
            fs::copy(path, kept.path("test.db")).unwrap();
            kept.at(&world.now().to_rfc3339());
            assert_eq!(clients(&kept).len(), 3);
        }
        Engine::Postgres => {
            world.ok(&format!("database restore {kept} --yes"));
            assert_eq!(clients(world).len(), 3);
        }
    }
    verified(world);
});

// Rule 7.2: a file that is no database any more is set aside, and a database of another program is left alone.
#[test]
fn a_damaged_file_is_set_aside() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world.ok("database backup old.zip");
    for (number, damage) in ["not a database at all", ""].into_iter().enumerate() {
        let bytes = fs::read(world.path("test.db")).unwrap();
        let damaged = if damage.is_empty() {
            let half = bytes.len() / 2;
            [&bytes[..half / 4096 * 4096], &vec![7; bytes.len() - half]].concat()
        } else {
            damage.as_bytes().to_vec()
        };
        world.write("test.db", &damaged);
        let asked = world.run("database restore old.zip");
        assert_eq!(asked.status, 2, "{asked:?}");
        let restored = world.json("database restore old.zip --yes");
        let kept = world.path("").join(restored["kept"].as_str().unwrap());
        assert_eq!(fs::read(kept).unwrap(), damaged, "{number}");
        assert_eq!(clients(&world).len(), 2);
        verified(&world);
    }
    let foreign = World::new(Engine::Sqlite);
    fs::copy(world.path("old.zip"), foreign.path("old.zip")).unwrap();
    foreign.sql("CREATE TABLE theirs (name TEXT)");
    let refused = foreign.run("database restore old.zip --yes");
    assert_eq!(refused.status, 8, "{refused:?}");
    assert!(foreign.sql("SELECT name FROM theirs").is_empty());
}

// Rule 7.2: a process that has the file open goes on with what was restored.
#[test]
fn one_that_is_connected_sees_what_was_restored() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world.ok("database backup old.zip");
    world.ok("client create --given Zoe --family Quill");
    let open = rusqlite::Connection::open(world.path("test.db")).unwrap();
    let count = || open.query_row("SELECT count(*) FROM client", [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count(), 3);
    world.ok("database restore old.zip --yes");
    assert_eq!(count(), 2);
    open.execute("UPDATE client SET postal_code = 'N1 9ZZ'", []).unwrap();
    drop(open);
    let codes = world.sql("SELECT DISTINCT postal_code FROM client");
    assert_eq!(codes, [[Some("N1 9ZZ".to_owned())]]);
    // While another writes, it waits, and then says so.
    let open = rusqlite::Connection::open(world.path("test.db")).unwrap();
    open.execute_batch("BEGIN IMMEDIATE").unwrap();
    let busy = world.run("database restore old.zip --yes --lock-timeout 200ms");
    assert_eq!(busy.status, 7, "{busy:?}");
}

// Rule 7.1: of a database that cannot be written the copy stands, though no entry can say so.
#[test]
fn a_read_only_database_is_backed_up_too() {
    crate::world::tell(
        Engine::Postgres,
        "backup::restored::a_read_only_database_is_backed_up_too",
        |world| {
            settle(world);
            world.set(
                "CAREDESK_DB",
                &format!("{}?options=-cdefault_transaction_read_only%3Don", world.database_name()),
            );
            let written = world.run("database backup copy.zip");
            let is_said = written.stderr.contains("the audit trail has no entry of it");
            assert!(written.status == 0 && is_said, "{written:?}");
            world.ok("database verify copy.zip");
            assert_eq!(manifest(&world.path("copy.zip"))["engine"], "postgresql");
        },
    );
}
