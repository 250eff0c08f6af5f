//! Which backups of a folder stay.

use std::fs;

use expect_test::expect;

use crate::world::World;

fn names(world: &World) -> Vec<String> {
    let entries = fs::read_dir(world.path("kept")).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

// Rule 7.4.
both_engines!(what_no_option_keeps_is_removed, |world| {
    world.ok("init --time-zone Europe/London");
    fs::create_dir(world.path("kept")).unwrap();
    for day in ["2026-11-22", "2026-11-23", "2026-11-24"] {
        for hour in ["08", "20"] {
            world.at(&format!("{day}T{hour}:00:00Z"));
            world.ok("database backup kept");
        }
    }
    // Of another database, of another name, and no backup at all.
    let other = World::new(world.engine());
    other.at("2026-11-20T08:00:00Z");
    other.ok("init");
    other.ok("database backup other.zip");
    for name in ["caredesk-20261120T080000Z.zip", "before-the-move.zip"] {
        fs::copy(other.path("other.zip"), world.path("kept").join(name)).unwrap();
    }
    fs::copy(world.path("kept/caredesk-20261122T080000Z.zip"), world.path("kept/mine.zip")).unwrap();
    world.write("kept/caredesk-20261119T080000Z.zip", "no backup");
    world.at("2026-11-25T08:00:00Z");
    let before = names(world);
    let tried = world.json("database backup kept --keep-daily 2 --keep-weekly 2 --dry-run");
    assert_eq!((tried["removed"].as_array().unwrap().len(), names(world)), (4, before));
    world.story(expect![[r#"
        $ caredesk database backup kept --keep-daily 2 --keep-weekly 2 --columns file,removed
        file     kept/caredesk-20261125T080001Z.zip
        removed  caredesk-20261124T080000Z.zip, caredesk-20261123T200000Z.zip, caredesk-20261123T080000Z.zip, caredesk-20261122T080000Z.zip
        $ caredesk database backup kept/one.zip --keep-daily 2
        2> error: backups are kept and removed in a folder, and this names none
        2> hint: name the folder of the backups, such as `caredesk database backup DIR --keep-daily 7`
        [exit 2]
        $ caredesk database backup - --keep-daily 2
        2> error: backups are kept and removed in a folder, and this names none
        2> hint: name the folder of the backups, such as `caredesk database backup DIR --keep-daily 7`
        [exit 2]
        $ caredesk database backup kept --keep-daily 0
        2> error: invalid value '0' for '--keep-daily <N>': 0 is not in 1..=4294967295
        2>
        2> For more information, try '--help'.
        [exit 2]
    "#]]);
    let kept = names(world).join("\n") + "\n";
    expect![[r#"
        before-the-move.zip
        caredesk-20261119T080000Z.zip
        caredesk-20261120T080000Z.zip
        caredesk-20261122T200000Z.zip
        caredesk-20261124T200000Z.zip
        caredesk-20261125T080001Z.zip
        mine.zip
    "#]]
    .assert_eq(&kept);
    // What is not sound pushes nothing out.
    world.sql("UPDATE audit SET actor = 'ben' WHERE sequence = 1");
    let before = names(world).len();
    world.at("2026-11-29T08:00:00Z");
    assert_eq!(world.run("database backup kept --keep-daily 1").status, 8);
    assert_eq!(names(world).len(), before + 1);
});

// Rule 7.4: what the unit of the timer runs is understood, and does so.
both_engines!(the_unit_that_is_shipped_works, |world| {
    world.ok("init");
    fs::create_dir(world.path("kept")).unwrap();
    let unit = concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/systemd/caredesk-backup.service");
    let unit = fs::read_to_string(unit).unwrap();
    let line = unit.lines().find_map(|line| line.strip_prefix("ExecStart=caredesk ")).unwrap();
    world.ok(&line.replace("/var/backups/caredesk", "kept"));
    assert_eq!(names(world), ["caredesk-20261122T090001Z.zip"]);
});
