//! Files that are no backup, or are none any more.

use std::fs;

use expect_test::expect;
use serde_json::json;

use super::{manifest, packed, unpacked};
use crate::town::settle;
use crate::world::{Engine, World};

/// A world with the backup `whole.zip`.
fn begin() -> World {
    let world = World::new(Engine::Sqlite);
    world.begin(|world| {
        settle(world);
        world.ok("database backup whole.zip");
    });
    world
}

fn codes_of(world: &World, line: &str) -> (i32, String) {
    let answer = world.run_json(line);
    let error: serde_json::Value =
        serde_json::from_str(answer.stderr.lines().last().unwrap_or("{}")).unwrap();
    (answer.status, error["error"]["code"].as_str().unwrap_or_default().to_owned())
}

// Rule 7.3: a byte that is not as it was written shows wherever it stands, and so does an end that is missing.
#[test]
fn a_byte_that_changed_is_noticed_wherever_it_is() {
    let world = begin();
    let whole = fs::read(world.path("whole.zip")).unwrap();
    let mut random = fastrand::Rng::with_seed(7);
    let mut places: Vec<usize> = (0..40).map(|_| random.usize(0..whole.len())).collect();
    places.extend((0..60).map(|_| whole.len() - 1 - random.usize(0..400)));
    places.extend((0..20).map(|_| random.usize(0..200)));
    for place in places {
        let mut bytes = whole.clone();
        bytes[place] ^= 1 << random.u8(0..8);
        world.write("copy.zip", &bytes);
        let (status, code) = codes_of(&world, "database verify copy.zip");
        assert!(
            status == 8 && code.starts_with("backup."),
            "byte {place} of {}: {status} {code}",
            whole.len()
        );
    }
    for _ in 0..20 {
        world.write("copy.zip", &whole[..random.usize(0..whole.len())]);
        let (status, code) = codes_of(&world, "database verify copy.zip");
        assert!(status == 8 && code.starts_with("backup."), "{status} {code}");
    }
    world.write("copy.zip", [&whole[..], b"\n"].concat());
    assert_eq!(codes_of(&world, "database verify copy.zip"), (8, "backup.damaged".to_owned()));
}

// Rule 7.3.
#[test]
fn what_is_wrong_with_a_backup_is_said() {
    let world = begin();
    let said = manifest(&world.path("whole.zip"));
    let database = unpacked(&world.path("whole.zip"));
    world.write("text.zip", "PK, but not packed");
    let mut newer = said.clone();
    newer["schema"] = json!(9_999);
    world.write("newer.zip", packed(&newer, &database));
    let mut other = said.clone();
    other["tables"][0]["rows"] = json!(7);
    world.write("other.zip", packed(&other, &database));
    let bytes = fs::read(world.path("whole.zip")).unwrap();
    let at = bytes.len() - 66;
    world.write("form.zip", [&bytes[..at], b"2", &bytes[at + 1..]].concat());
    world.write("cut.zip", &bytes[..bytes.len() - 1_000]);
    world.story(expect![[r#"
        $ caredesk database verify text.zip
        2> error: `text.zip` is no backup of caredesk
        2> hint: name a file that `caredesk database backup` has written
        [exit 8]
        $ caredesk database verify newer.zip
        2> error: the backup `newer.zip` is of a newer caredesk: it is of schema 9999, this program knows schema 44
        2> hint: use caredesk 0.1.0 or a newer one: this one would not understand what it finds, and leaves it as it is
        [exit 8]
        $ caredesk database restore newer.zip --yes
        2> error: the backup `newer.zip` is of a newer caredesk: it is of schema 9999, this program knows schema 44
        2> hint: use caredesk 0.1.0 or a newer one: this one would not understand what it finds, and leaves it as it is
        [exit 8]
        $ caredesk database verify form.zip
        2> error: the backup `form.zip` is of a newer caredesk: it is of 2, this program knows 1
        2> hint: use the newer program; this one would not understand what it finds
        [exit 8]
        $ caredesk database verify other.zip
        2> error: the backup `other.zip` is damaged: its tables are others than it says
        2> hint: keep it as it is, and use another; `caredesk database verify FILE` tells which are whole
        [exit 8]
        $ caredesk database verify cut.zip
        2> error: the backup `cut.zip` is damaged: its end is missing or is not as it was written
        2> hint: keep it as it is, and use another; `caredesk database verify FILE` tells which are whole
        [exit 8]
        $ caredesk database verify test.db
        2> error: `test.db` is no backup of caredesk
        2> hint: name a file that `caredesk database backup` has written
        [exit 8]
        $ caredesk database verify .
        2> error: `.` is a folder, not a file
        2> hint: name a file in it
        [exit 5]
        $ caredesk database verify none.zip
        2> error: there is no file `none.zip`
        [exit 5]
    "#]]);
}

// Rule 7.3: what was wrong with the database is said when it is written, and again when it is verified; it is kept all the same.
both_engines!(a_database_that_is_not_sound_is_backed_up_and_said_to_be, |world| {
    settle(world);
    world.sql("UPDATE audit SET actor = 'ben' WHERE sequence = 2");
    let error = |line: &str| {
        let answer = world.run_json(line);
        let error: serde_json::Value = serde_json::from_str(answer.stderr.lines().last().unwrap()).unwrap();
        (answer.status, error["error"]["code"].as_str().unwrap().to_owned())
    };
    assert_eq!(error("database backup copy.zip"), (8, "backup.unsound".to_owned()));
    assert_eq!(error("database verify copy.zip"), (8, "backup.unsound".to_owned()));
    world.ok("database restore copy.zip --yes");
});
