//! A backup of an older program.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::{clients, engines, manifest, packed, unpacked};
use crate::town::{settle, verified};
use crate::world::{Engine, World};

/// What takes a new database back by one schema.
const BACK: &str =
    "DROP INDEX resource_provider_id_name_key; CREATE INDEX resource_provider_id ON resource (provider_id);
    DELETE FROM schema_migration WHERE version = 44; PRAGMA user_version = 43; VACUUM";

fn go_back(path: &Path) {
    let connection = rusqlite::Connection::open(path).unwrap();
    for name in ["run_instant", "run_day"] {
        let flags = rusqlite::functions::FunctionFlags::SQLITE_INNOCUOUS;
        connection.create_scalar_function(name, 0, flags, |_| Ok(None::<String>)).unwrap();
    }
    connection.execute_batch(BACK).unwrap();
}

/// The sum of a table without one of its rows, which is `resources_by_name`, 44.
fn without_the_newest(sum: &str) -> String {
    let mut digest = Sha256::new();
    for (kind, bytes) in [(2_u8, b"resources_by_name".to_vec()), (1, 44_i64.to_be_bytes().to_vec())] {
        digest.update([kind]);
        digest.update((bytes.len() as u64).to_be_bytes());
        digest.update(bytes);
    }
    let row = digest.finalize();
    let number = |part: &[u8]| u64::from_be_bytes(part.try_into().unwrap());
    let mut parts: Vec<u64> =
        (0..4).map(|at| u64::from_str_radix(&sum[at * 16..at * 16 + 16], 16).unwrap()).rev().collect();
    let mut borrow = false;
    for (part, taken) in parts.iter_mut().zip(row.chunks_exact(8)) {
        let (left, under) = part.overflowing_sub(number(taken));
        let (left, more) = left.overflowing_sub(u64::from(borrow));
        (*part, borrow) = (left, under || more);
    }
    parts.iter().rev().fold(String::new(), |text, part| text + &format!("{part:016x}"))
}

// Rule 7.2: an older backup is upgraded, in what takes the place of the database.
#[test]
fn an_older_backup_is_upgraded() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world.ok("database backup new.zip");
    let path = world.path("older.db");
    std::fs::write(&path, unpacked(&world.path("new.zip"))).unwrap();
    go_back(&path);
    let mut said = manifest(&world.path("new.zip"));
    said["schema"] = 43.into();
    for table in said["tables"].as_array_mut().unwrap() {
        if table["table"] == "schema_migration" {
            table["rows"] = 43.into();
            table["sum"] = without_the_newest(table["sum"].as_str().unwrap()).into();
        }
    }
    let older = packed(&said, &std::fs::read(&path).unwrap());
    for engine in engines() {
        let other = World::new(engine);
        other.write("older.zip", &older);
        other.at(&world.now().to_rfc3339());
        let verified_at = other.json("database verify older.zip");
        assert_eq!(verified_at["schema"], 43);
        other.ok("database restore older.zip");
        assert_eq!(other.json("database migrate")["result"], "unchanged");
        assert_eq!(clients(&other), clients(&world));
        verified(&other);
    }
}
