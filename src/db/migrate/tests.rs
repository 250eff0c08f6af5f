use std::path::Path;

use super::*;

const FIRST: Step = Step {
    name: "first",
    text: "CREATE TABLE schema_migration (\n    version BIGINT NOT NULL PRIMARY KEY,\n    name TEXT NOT NULL\n);\nCREATE TABLE thing (\n    name TEXT NOT NULL\n);\nINSERT INTO thing (name) VALUES ('kept');",
};
const SECOND: Step = Step { name: "second", text: "ALTER TABLE thing ADD COLUMN colour TEXT;" };
const BROKEN: Step = Step {
    name: "broken",
    text: "ALTER TABLE thing ADD COLUMN size BIGINT; INSERT INTO nothing (x) VALUES (1);",
};

struct World {
    folder: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        World { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("a.db")
    }

    fn location(&self) -> Location {
        Location::File(self.path())
    }

    /// A database with these steps.
    fn made(&self, steps: &[Step]) -> Db {
        let mut db = Db::Sqlite(Box::new(sqlite::Database::create(&self.path()).unwrap()));
        let mut tx = Tx::begin_migration(&mut db).unwrap();
        tx.migrate(steps, 0).unwrap();
        tx.commit().unwrap();
        db
    }
}

fn upgrade(db: &mut Db, location: &Location, steps: &[Step]) -> Result<Upgrade> {
    super::upgrade(db, location, steps, |_| Ok(()))
}

/// The columns of the table `thing` in order of creation, and how many rows hold `kept`.
fn thing(path: &Path) -> (Vec<String>, i64) {
    let connection = rusqlite::Connection::open(path).unwrap();
    let mut columns = connection.prepare("SELECT name FROM pragma_table_info('thing')").unwrap();
    let columns = columns.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let kept =
        connection.query_row("SELECT count(*) FROM thing WHERE name = 'kept'", [], |row| row.get(0)).unwrap();
    (columns, kept)
}

#[test]
fn an_older_database_is_upgraded_after_a_copy_was_set_aside() {
    let world = World::new();
    let mut db = world.made(&[FIRST]);
    let done = upgrade(&mut db, &world.location(), &[FIRST, SECOND]).unwrap();
    let copy = world.folder.path().join("a.db.before-2");
    assert_eq!(done, Upgrade { from: 1, to: 2, copy: Some(copy.clone()) });
    assert_eq!(thing(&world.path()), (vec!["name".to_owned(), "colour".to_owned()], 1));
    assert_eq!(thing(&copy), (vec!["name".to_owned()], 1));
    #[cfg(unix)]
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&copy.metadata().unwrap().permissions()) & 0o777,
        0o600
    );
    let again = upgrade(&mut db, &world.location(), &[FIRST, SECOND]).unwrap();
    assert_eq!(again, Upgrade { from: 2, to: 2, copy: None });
}

#[test]
fn an_upgraded_database_equals_a_fresh_one() {
    let (old, fresh) = (World::new(), World::new());
    upgrade(&mut old.made(&[FIRST]), &old.location(), &[FIRST, SECOND]).unwrap();
    drop(fresh.made(&[FIRST, SECOND]));
    assert_eq!(thing(&old.path()), thing(&fresh.path()));
}

#[test]
fn a_newer_database_is_refused() {
    let world = World::new();
    let mut db = world.made(&[FIRST, SECOND]);
    let refusal = upgrade(&mut db, &world.location(), &[FIRST]).unwrap_err();
    assert_eq!((refusal.code(), refusal.kind()), ("database.too_new", Kind::Environment));
}

#[test]
fn what_is_not_ours_is_refused() {
    let world = World::new();
    rusqlite::Connection::open(world.path())
        .unwrap()
        .execute_batch("CREATE TABLE theirs (x); PRAGMA user_version = 1")
        .unwrap();
    assert_eq!(Db::open(&world.location(), |_| Ok(())).err().unwrap().code(), "database.foreign");
    std::fs::write(world.path(), "Dear diary, today was a day that no database would hold.".repeat(20))
        .unwrap();
    assert_eq!(Db::open(&world.location(), |_| Ok(())).err().unwrap().code(), "database.not_a_database");
}

#[test]
fn an_error_in_a_step_takes_every_step_back() {
    let world = World::new();
    let mut db = world.made(&[FIRST]);
    assert!(upgrade(&mut db, &world.location(), &[FIRST, SECOND, BROKEN]).is_err());
    assert_eq!(version(&mut db, &world.location(), 3).unwrap(), 1);
    assert_eq!(thing(&world.path()), (vec!["name".to_owned()], 1));
    // The connection still works, and a fixed program may apply the corrected step.
    assert_eq!(upgrade(&mut db, &world.location(), &[FIRST, SECOND]).unwrap().to, 2);
}

/// The statements that created the tables, indexes and views of a database.
fn schema(path: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(path).unwrap();
    let mut made =
        connection.prepare("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").unwrap();
    made.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_database_of_any_age_becomes_as_a_fresh_one_and_keeps_its_rows() {
    let fresh = World::new();
    drop(fresh.made(STEPS));
    for age in 1..STEPS.len() {
        let old = World::new();
        let mut db = old.made(&STEPS[..age]);
        rusqlite::Connection::open(old.path())
            .unwrap()
            .execute_batch(
                "INSERT INTO account (id, login, login_key, name, level, active) VALUES (x'01', 'anna', 'anna', 'Anna', 'admin', 1);
                INSERT INTO client (id, code, given, family, name_key) VALUES (x'02', 'CLI-000001', 'Ada', 'Moss', 'ada moss');
                INSERT INTO queue (id, name, name_key, active) VALUES (x'03', 'Home', 'home', 1);
                INSERT INTO queue_status (id, queue_id, position, label, label_key, closed, retired) VALUES (x'04', x'03', 1, 'New', 'new', 0, 0);
                INSERT INTO referral (id, code, queue_id, status_id, client_id, created_at, created_by)
                VALUES (x'05', 'REF-000001', x'03', x'04', x'02', '2026-11-26T09:00:00.000Z', x'01');",
            )
            .unwrap();
        upgrade(&mut db, &old.location(), STEPS).unwrap();
        assert_eq!(schema(&old.path()), schema(&fresh.path()), "from schema {age}");
        assert_eq!(db.integrity_errors().unwrap(), [""; 0], "from schema {age}");
    }
}

/// What was offered before offers had a time to answer by.
const OFFERED: &str = "
    INSERT INTO account (id, login, login_key, name, level, active) VALUES (x'01', 'anna', 'anna', 'Anna', 'admin', 1);
    INSERT INTO client (id, code, given, family, name_key) VALUES (x'02', 'CLI-000001', 'Ada', 'Moss', 'ada moss');
    INSERT INTO queue (id, name, name_key, active) VALUES (x'03', 'Home', 'home', 1);
    INSERT INTO queue_status (id, queue_id, position, label, label_key, closed, retired) VALUES (x'04', x'03', 1, 'New', 'new', 0, 0);
    INSERT INTO referral (id, code, queue_id, status_id, client_id, created_at, created_by)
    VALUES (x'05', 'REF-000001', x'03', x'04', x'02', '2026-11-26T09:00:00.000Z', x'01');
    INSERT INTO visit (id, code, referral_id, starts_at, duration_minutes, status, sequence)
    VALUES (x'21', 'VIS-000001', x'05', '2026-12-01T09:00:00.000Z', 30, 'planned', 0);
    INSERT INTO provider (id, code, name, name_key, active)
    VALUES (x'41', 'PRV-000001', 'A', 'a', 1), (x'42', 'PRV-000002', 'B', 'b', 1), (x'43', 'PRV-000003', 'C', 'c', 1);
    INSERT INTO package (id, code, reference, reference_key, referral_id, status, created_at, created_by, recalled_at, recalled_by)
    VALUES (x'11', 'PKG-000001', 'won', 'won', x'05', 'accepted', '2026-11-26T09:00:00.000Z', x'01', NULL, NULL),
        (x'12', 'PKG-000002', 'gone', 'gone', x'05', 'recalled', '2026-11-26T09:00:00.000Z', x'01', '2026-11-26T11:00:00.000Z', x'01');
    INSERT INTO package_visit (package_id, visit_id, offered_start, offered_minutes, live)
    VALUES (x'11', x'21', '2026-12-01T09:00:00.000Z', 30, 1), (x'12', x'21', '2026-12-01T09:00:00.000Z', 30, 0);
    INSERT INTO offer (id, package_id, provider_id, status, requested_by, requested_at, responded_at, removed_at)
    VALUES (x'31', x'11', x'41', 'accepted', x'01', '2026-11-26T09:00:00.000Z', '2026-11-26T10:00:00.000Z', NULL),
        (x'32', x'11', x'42', 'closed', x'01', '2026-11-26T09:00:00.000Z', NULL, NULL),
        (x'33', x'11', x'43', 'rejected', x'01', '2026-11-26T09:00:00.000Z', '2026-11-26T09:30:00.000Z', '2026-11-26T09:40:00.000Z'),
        (x'34', x'12', x'41', 'pending', x'01', '2026-11-26T09:00:00.000Z', NULL, NULL),
        (x'35', x'12', x'42', 'pending', x'01', '2026-11-26T09:00:00.000Z', NULL, '2026-11-26T10:30:00.000Z');";

#[test]
fn what_was_offered_stays_when_its_tables_are_written_anew() {
    let old = World::new();
    let mut db = old.made(&STEPS[..19]);
    let connection = rusqlite::Connection::open(old.path()).unwrap();
    connection.execute_batch(OFFERED).unwrap();
    upgrade(&mut db, &old.location(), STEPS).unwrap();
    let rows = |query: &str| {
        let mut query = connection.prepare(query).unwrap();
        let row = |row: &rusqlite::Row<'_>| row.get::<_, String>(0);
        query.query_map([], row).unwrap().collect::<Result<Vec<_>, _>>().unwrap()
    };
    let offers = "SELECT hex(id) || ' ' || status || ' ' || COALESCE(ended_at, '-') FROM offer ORDER BY id";
    assert_eq!(
        rows(offers),
        [
            "31 accepted -",
            "32 closed 2026-11-26T10:00:00.000Z",
            "33 rejected -",
            "34 recalled 2026-11-26T11:00:00.000Z",
            "35 pending -"
        ]
    );
    let packages = "SELECT code || ' ' || status || ' ' || timed FROM package ORDER BY id";
    assert_eq!(rows(packages), ["PKG-000001 accepted 0", "PKG-000002 recalled 0"]);
    assert_eq!(rows("SELECT hex(package_id) || live FROM package_visit ORDER BY package_id"), ["111", "120"]);
}

#[test]
fn names_that_were_stored_with_strokes_are_folded_as_they_are_now() {
    let old = World::new();
    let mut db = old.made(&STEPS[..15]);
    let connection = rusqlite::Connection::open(old.path()).unwrap();
    connection
        .execute_batch(
            "PRAGMA foreign_keys = OFF;
            INSERT INTO provider (id, code, name, name_key, active) VALUES (x'01', 'PRV-000001', 'X', 'łøđðħ ıßæœþ', 1), (x'09', 'PRV-000009', 'X', 'loddh issaeoeth', 1);
            INSERT INTO resource (id, code, provider_id, kind, name, name_key, state)
            VALUES (x'02', 'RES-000001', x'01', 'program', 'X', 'łøđðħ ıßæœþ', 'active');
            INSERT INTO contact (id, number, number_key, client_id, given, family, name_key, submitted_on, created_at, created_by)
            VALUES (x'03', 'N1', 'n1', x'04', 'X', 'X', 'łøđðħ ıßæœþ', '2026-11-26', '2026-11-26T09:00:00.000Z', x'05');
            INSERT INTO directory_detail (provider_id, position, kind, name, name_key)
            VALUES (x'01', 1, 'category', 'X', 'łøđðħ ıßæœþ');",
        )
        .unwrap();
    upgrade(&mut db, &old.location(), STEPS).unwrap();
    let count = "SELECT COUNT(*) FROM provider WHERE name_key = 'loddh issaeoeth'";
    let both: i64 = connection.query_row(count, [], |row| row.get(0)).unwrap();
    assert_eq!(both, 2, "two whose names differ by strokes alone stay two");
    for table in ["resource", "contact", "directory_detail"] {
        let key: String =
            connection.query_row(&format!("SELECT name_key FROM {table}"), [], |row| row.get(0)).unwrap();
        assert_eq!(key, "loddh issaeoeth", "{table}");
    }
}

#[test]
fn a_copy_that_is_there_already_must_be_whole() {
    let world = World::new();
    let mut db = world.made(&[FIRST]);
    let copy = world.folder.path().join("a.db.before-2");
    for planted in ["", "SQLite format 3"] {
        std::fs::write(&copy, planted).unwrap();
        let error = upgrade(&mut db, &world.location(), &[FIRST, SECOND]).unwrap_err();
        assert_eq!(error.code(), "database.no_copy", "{planted}");
    }
    assert_eq!(thing(&world.path()).0, ["name"]);
    std::fs::remove_file(&copy).unwrap();
    // As one leaves it that was cut off before it upgraded.
    copy::set_aside(&world.path(), 1).unwrap();
    let done = upgrade(&mut db, &world.location(), &[FIRST, SECOND]).unwrap();
    assert_eq!(done.copy, Some(copy));
}

#[test]
fn a_whole_copy_of_another_state_is_not_taken_for_the_copy() {
    let world = World::new();
    let mut db = world.made(&[FIRST]);
    let copy = copy::set_aside(&world.path(), 1).unwrap();
    let connection = rusqlite::Connection::open(world.path()).unwrap();
    connection.execute_batch("INSERT INTO thing (name) VALUES ('kept')").unwrap();
    let error = upgrade(&mut db, &world.location(), &[FIRST, SECOND]).unwrap_err();
    assert_eq!(error.code(), "database.no_copy");
    assert_eq!((thing(&copy).1, thing(&world.path()).1), (1, 2), "both are left as they are");
    std::fs::rename(&copy, world.folder.path().join("older")).unwrap();
    std::os::unix::fs::symlink("older", &copy).unwrap();
    assert!(upgrade(&mut db, &world.location(), &[FIRST, SECOND]).is_err(), "a link");
    std::fs::remove_file(&copy).unwrap();
    std::fs::write(world.folder.path().join(".a.db.before-2.unfinished"), "half").unwrap();
    upgrade(&mut db, &world.location(), &[FIRST, SECOND]).unwrap();
    assert_eq!(thing(&copy).1, 2);
    let mut names: Vec<_> =
        world.folder.path().read_dir().unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    names.retain(|name| {
        !name.to_string_lossy().ends_with("-wal") && !name.to_string_lossy().ends_with("-shm")
    });
    assert_eq!(names, ["a.db", "a.db.before-2", "older"]);
}

#[test]
fn what_steps_cannot_compute_is_upgraded_with_them_or_nothing_is() {
    let world = World::new();
    let mut db = world.made(&[FIRST]);
    let steps = &[FIRST, SECOND];
    let failing = |_: &mut Tx<'_>| Err(Error::internal("stopped"));
    assert!(super::upgrade(&mut db, &world.location(), steps, failing).is_err());
    assert_eq!(thing(&world.path()), (vec!["name".to_owned()], 1));
    let derive = |tx: &mut Tx<'_>| tx.script("UPDATE thing SET colour = name");
    super::upgrade(&mut db, &world.location(), steps, derive).unwrap();
    let connection = rusqlite::Connection::open(world.path()).unwrap();
    let colour: String = connection.query_row("SELECT colour FROM thing", [], |row| row.get(0)).unwrap();
    assert_eq!(colour, "kept");
}
