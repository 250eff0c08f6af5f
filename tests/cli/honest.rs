//! The audit trail of the small town, made to tell what its statements did past the program.

use std::fmt::Write as _;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::town::settle;
use crate::world::{Engine, World};

/// An entry as it is stored, its salt and its hash as hexadecimal digits.
struct Entry {
    at: String,
    fields: [Option<String>; 6],
    salt: String,
}

/// The town of [`settle`], in which everything that there is has an entry under the code that it has.
pub fn settle_honestly(world: &World) {
    settle(world);
    let codes = codes(world);
    let mut entries = entries(world);
    for entry in &mut entries {
        for field in entry.fields.iter_mut().skip(3).flatten() {
            for (was, is) in &codes {
                *field = field.replace(was, is);
            }
        }
    }
    for (noun, things) in [
        ("client", &["CLI-00000A", "CLI-00000B"][..]),
        ("account", &["sue", "stan", "tracy", "acme", "birch", "cedar", "mute", "both"]),
    ] {
        entries.extend(things.iter().map(|thing| created(world, noun, thing)));
    }
    write(world, &entries);
    world.at("2026-11-22T10:00:00Z");
}

/// The codes that things were created with, and those that they have.
fn codes(world: &World) -> Vec<(String, String)> {
    let pairs = world.sql(
        "SELECT audit.subject, provider.code FROM audit JOIN provider ON audit.after LIKE '%\"name\":\"' || provider.name || '\"%'
            WHERE audit.action = 'provider.create';
        SELECT audit.subject, referral.code FROM audit JOIN client ON audit.after LIKE '%\"client\":\"' || client.code || '\"%'
            JOIN referral ON referral.client_id = client.id WHERE audit.action = 'referral.create';
        SELECT audit.subject, 'VIS-00000' || visit.number FROM audit JOIN (SELECT '1' AS number UNION SELECT '2'
            UNION SELECT '3' UNION SELECT '4' UNION SELECT '5' UNION SELECT '6') AS visit
            ON audit.after LIKE '%\"start\":\"2026-12-0' || visit.number || 'T%' WHERE audit.action = 'visit.add'",
    );
    pairs
        .into_iter()
        .map(|pair| <[Option<String>; 2]>::try_from(pair).unwrap().map(Option::unwrap).into())
        .collect()
}

fn entries(world: &World) -> Vec<Entry> {
    let (at, salt) = match world.engine() {
        Engine::Sqlite => ("at", "lower(hex(salt))"),
        Engine::Postgres => {
            ("to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')", "encode(salt, 'hex')")
        }
    };
    let rows = world.sql(&format!(
        "SELECT {at}, {salt}, actor, acting_as, action, subject, before, after FROM audit ORDER BY sequence"
    ));
    let entry = |row: Vec<Option<String>>| {
        let [at, salt, fields @ ..] = <[_; 8]>::try_from(row).unwrap();
        Entry { at: at.unwrap(), fields, salt: salt.unwrap() }
    };
    rows.into_iter().map(entry).collect()
}

fn created(world: &World, noun: &str, thing: &str) -> Entry {
    let view: Value = world.json(&format!("{noun} show {thing}"));
    let [actor, action] = ["admin".to_owned(), format!("{noun}.create")].map(Some);
    let fields = [actor, None, action, Some(thing.to_owned()), None, Some(view.to_string())];
    Entry {
        at: "2026-11-22T09:59:59.000Z".to_owned(),
        fields,
        salt: "00112233445566778899aabbccddeeff".to_owned(),
    }
}

fn write(world: &World, entries: &[Entry]) {
    let blob = |hex: &str| match world.engine() {
        Engine::Sqlite => format!("X'{hex}'"),
        Engine::Postgres => format!("'\\x{hex}'::bytea"),
    };
    let text = |field: &Option<String>| {
        field.as_ref().map_or_else(|| "NULL".to_owned(), |field| format!("'{}'", field.replace('\'', "''")))
    };
    let mut hash = vec![0; 32];
    let mut sql = "DELETE FROM audit;".to_owned();
    for (number, entry) in (1_i64..).zip(entries) {
        hash = entry.hash(number, &hash);
        let fields: Vec<String> = entry.fields.iter().map(text).collect();
        let (salt, hash) = (blob(&entry.salt), blob(&hex(&hash)));
        writeln!(
            sql,
            "INSERT INTO audit (sequence, at, actor, acting_as, action, subject, before, after, salt, hash)
            VALUES ({number}, '{}', {}, {salt}, {hash});",
            entry.at,
            fields.join(", ")
        )
        .unwrap();
    }
    world.sql(&sql);
}

impl Entry {
    /// As it is chained, said a second time.
    fn hash(&self, number: i64, previous: &[u8]) -> Vec<u8> {
        let [actor, acting_as, action, subject, before, after] = &self.fields;
        let mut payload = Sha256::new();
        let salt: Vec<u8> = (0..16)
            .map(|place| u8::from_str_radix(&self.salt[2 * place..2 * place + 2], 16).unwrap())
            .collect();
        payload.update(16_u64.to_be_bytes());
        payload.update(&salt);
        for field in [subject, before, after] {
            add(&mut payload, field.as_ref());
        }
        let mut hash = Sha256::new();
        hash.update(previous);
        hash.update(number.to_be_bytes());
        for field in [&Some(self.at.clone()), actor, acting_as, action] {
            add(&mut hash, field.as_ref());
        }
        hash.update((u64::MAX - 1).to_be_bytes());
        hash.update(payload.finalize());
        hash.finalize().to_vec()
    }
}

fn add(digest: &mut Sha256, field: Option<&String>) {
    match field {
        None => digest.update(u64::MAX.to_be_bytes()),
        Some(field) => {
            digest.update((field.len() as u64).to_be_bytes());
            digest.update(field);
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
