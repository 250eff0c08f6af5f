//! Backups: written while others work, whole or not at all, and put back on either engine.

mod broken;
mod copied;
mod kept;
mod killed;
mod older;
mod restored;

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use expect_test::expect;
use serde_json::Value;
use zip::write::SimpleFileOptions;

use crate::race::at_once;
use crate::town::{settle, verified};
use crate::world::{Engine, World};

/// What a backup says of itself.
fn manifest(path: &Path) -> Value {
    let mut zip = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
    serde_json::from_reader(zip.by_name("manifest.json").unwrap()).unwrap()
}

/// The database in a backup.
fn unpacked(path: &Path) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
    let mut bytes = Vec::new();
    zip.by_name("caredesk.db").unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// A backup as the program would have written it.
fn packed(manifest: &Value, database: &[u8]) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    let mut manifest = manifest.clone();
    manifest["size"] = database.len().into();
    manifest["sha256"] = hex(&Sha256::digest(database)).into();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.set_comment(format!("caredesk-backup-1 {}", "0".repeat(64))).unwrap();
    for (name, bytes) in [("manifest.json", manifest.to_string().as_bytes()), ("caredesk.db", database)] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let mut bytes = zip.finish().unwrap().into_inner();
    let end = bytes.len() - 64;
    let digest = hex(&Sha256::digest(&bytes[..end]));
    bytes[end..].copy_from_slice(digest.as_bytes());
    bytes
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// What each table holds, but for those that a command that is recorded adds to.
fn tables(path: &Path) -> Vec<Value> {
    let manifest = manifest(path);
    let tables = manifest["tables"].as_array().unwrap().iter();
    let grows = |table: &Value| ["audit", "operation_key"].contains(&table["table"].as_str().unwrap());
    tables.filter(|table| !grows(table)).cloned().collect()
}

/// The codes of all clients.
fn clients(world: &World) -> Vec<String> {
    let list = world.json("client list");
    list.as_array().unwrap().iter().map(|client| client["code"].as_str().unwrap().to_owned()).collect()
}

fn engines() -> [Engine; 2] {
    [Engine::Sqlite, Engine::Postgres]
}

// Rules 7.1 and 7.2.
both_engines!(a_backup_is_written_verified_and_restored, |world| {
    world.ok("init --hub 'Harbour Hub'");
    world.ok("client create --given Ada --family Moss");
    std::fs::create_dir(world.path("kept")).unwrap();
    world.call("<DB>", &world.database_name().replace(":secret@", "@"));
    for second in 7..10 {
        let kept = match world.engine() {
            Engine::Sqlite => format!("<DB>.replaced-20261122T09000{second}Z"),
            Engine::Postgres => format!("caredesk-replaced-20261122T09000{second}Z.zip"),
        };
        world.call("<KEPT>", &kept);
    }
    world.story(expect![[r#"
        $ caredesk database backup first.zip --columns file,rows,entries
        file     first.zip
        rows     66
        entries  2
        $ caredesk database backup first.zip
        2> error: there is a file `first.zip` already
        2> hint: `--overwrite` replaces it
        [exit 4]
        $ caredesk database backup kept --columns file,rows,entries
        file     kept/caredesk-20261122T090004Z.zip
        rows     68
        entries  3
        $ caredesk database verify first.zip --columns file,taken_at,hub,schema,rows,entries
        file      first.zip
        taken at  2026-11-22 09:00
        hub       Harbour Hub
        schema    44
        rows      66
        entries   2
        $ caredesk client create --given Bo --family Reed -q
        CLI-KJ2RBK
        $ caredesk database restore first.zip
        2> error: this must be confirmed: Are you sure you want to replace the database <DB> by the backup of 2026-11-22T09:00:02Z, with 1 client, 0 packages, 1 account and 2 audit entries? It has 2 clients, 0 packages, 1 account and 5 audit entries. The backup is without the 3 entries since: 2 database.backup, 1 client.create. What is replaced is kept as <KEPT>.
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk database restore first.zip --dry-run
        dry run: Restored the database <DB> from first.zip, taken at 2026-11-22T09:00:02Z: 1 client, 0 packages, 1 account and 2 audit entries. What it replaced is kept as <KEPT>.
        $ caredesk database restore first.zip --yes
        Restored the database <DB> from first.zip, taken at 2026-11-22T09:00:02Z: 1 client, 0 packages, 1 account and 2 audit entries. What it replaced is kept as <KEPT>.
        $ caredesk client list --columns given,family
        GIVEN  FAMILY
        Ada    Moss
        $ caredesk database verify first.zip --record --columns file
        file  first.zip
        $ caredesk audit list --columns number,action,on
        NUMBER  ACTION            ON
             4  database.verify   first.zip
             3  database.restore  first.zip
             2  client.create     CLI-MJ18AD
             1  database.init     admin
        $ caredesk database restore nowhere.zip
        2> error: there is no file `nowhere.zip`
        [exit 5]
        $ caredesk database backup nowhere/first.zip
        2> error: `nowhere/first.zip` cannot be written: its folder does not exist
        [exit 8]
        $ caredesk database backup first.zip --operation-key once
        2> error: this command takes no operation key: it makes many changes
        2> hint: it may be repeated without one: that is always safe
        [exit 2]
    "#]]);
    assert_eq!(verified(world), 4);
});

// Rule 7.1: writers do not wait for a backup, and a backup not for them.
both_engines!(others_write_meanwhile, |world| {
    settle(world);
    let create = |number| world.command(&format!("client create --given Given{number} --family Quill"));
    let mut commands: Vec<_> = (0..12).map(create).collect();
    commands.extend((0..4).map(|number| world.command(&format!("database backup {number}.zip"))));
    let answers = at_once(commands);
    assert!(answers.iter().all(|answer| answer.status == 0), "{answers:?}");
    for number in 0..4 {
        world.ok(&format!("database verify {number}.zip"));
    }
    assert_eq!(clients(world).len(), 14);
});
