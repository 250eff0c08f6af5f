//! `export hsds`: the directory of providers for others, which comes in again as it was.

use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect;
use serde_json::Value;

use crate::reader::read_by;
use crate::world::{Engine, World, fixture, real};

/// A hub with providers of a directory, and with others.
fn settled(world: &World) {
    world.ok("init");
    for line in [
        "provider create Harbour --phone '01632 960111' --url harbour.example --email desk@harbour.example",
        "provider add-resource harbour 'Night sitting' --queue 'home care'",
        "provider add-resource harbour Garden",
        "resource edit 'night sitting' --state paused --fees 'by income' --yes",
        "capacity set 'night sitting' 4 --unit beds --maximum 12 --note 'ring first'",
        "capacity set harbour 3 --until 2026-12-24",
        "provider create 'Meadow Care'",
        "provider deactivate 'meadow care' --yes",
        "provider import <FIXTURES>/directory-hsds1 --source county --keep-going --yes",
        "provider import <FIXTURES>/directory-hsds3-pages --source city --keep-going --yes",
    ] {
        let line = line.replace("<FIXTURES>", &fixture("").display().to_string());
        assert!([0, 9].contains(&world.run(&line).status), "{line}");
    }
}

/// All files of a folder in order, with their names.
pub(super) fn files(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| {
            let path = entry.expect("a file").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("text"))
        })
        .collect();
    files.sort();
    files
}

// Rule 8.20.
both_engines!(a_directory_is_whole_or_not_at_all, |world| {
    world.as_user("anna");
    settled(world);
    world.story(expect![[r#"
        $ caredesk export hsds
        2> error: a directory is written into a new folder, and none is named
        2> hint: name it with `--out`: `caredesk export hsds --out directory`
        [exit 2]
        $ caredesk export hsds --out -
        2> error: a directory is written into a new folder, and none is named
        2> hint: name it with `--out`: `caredesk export hsds --out directory`
        [exit 2]
        $ caredesk export hsds --out new --dry-run
        dry run: Wrote 7 providers with 7 programs to new: organizations.json, and 123 rows of tables; 28 files.
        $ caredesk export hsds --out new
        Wrote 7 providers with 7 programs to new: organizations.json, and 123 rows of tables; 28 files.
        $ caredesk export hsds --out new
        2> error: there is a folder `new` already
        2> hint: name a folder that does not exist yet
        [exit 4]
        $ caredesk export hsds --out nowhere/new
        2> error: `nowhere/new` cannot be written: its folder does not exist
        [exit 8]
        $ caredesk export hsds --out json -o json
        {
          "folder": "json",
          "files": 28,
          "rows": 123,
          "providers": 7,
          "programs": 7,
          "result": "created",
          "changes": []
        }
    "#]]);
    assert_eq!(files(&world.path("new")), files(&world.path("json")));
    assert!(!world.path("nowhere").exists());
    let left = fs::read_dir(world.path("")).expect("the world").filter(|entry| {
        entry.as_ref().expect("a file").file_name().to_string_lossy().starts_with(".caredesk-")
    });
    assert_eq!(left.count(), 0);
});

// Rule 8.20.
both_engines!(a_portal_account_writes_what_it_may_see, |world| {
    world.as_user("anna");
    settled(world);
    world.ok("account create rosa --name 'Rosa Quill' --level provider-portal --resource harbour");
    world.at("2026-11-22T10:00:00Z");
    world.ok("provider edit harbour --name 'Harbour House'");
    world.ok("export hsds --out then --at 2026-11-22T09:30:00Z");
    assert!(
        world.read("then/organizations.csv").contains(",Harbour,"),
        "{}",
        world.read("then/organizations.csv")
    );
    world.as_user("rosa");
    world.story(expect![[r#"
        $ caredesk export hsds --out own
        Wrote 1 provider with 2 programs to own: organizations.json, and 26 rows of tables; 28 files.
    "#]]);
    let organizations = world.read("own/organizations.csv");
    assert!(organizations.contains("Harbour House"), "{organizations}");
    assert_eq!(organizations.lines().count(), 2, "{organizations}");
    assert_eq!(world.read("own/services.csv").lines().count(), 3);
});

// Rule 8.22.
both_engines!(what_goes_out_as_hsds_comes_in, |world| {
    world.as_user("anna");
    settled(world);
    world.ok("export hsds --out directory");
    let entries = || world.json("audit list").as_array().expect("a list").len();
    let before = entries();
    documents(world, "directory");
    for way in ["directory", "directory-documents", "directory/organizations.json"] {
        let again = world.json(&format!("provider import {way} --format hsds"));
        assert_eq!([&again["created"], &again["updated"], &again["rejected"]], [0, 0, 0], "{way}: {again}");
        assert!(again["unchanged"].as_u64().expect("a count") > 5, "{way}: {again}");
    }
    assert_eq!(entries(), before);
    for (place, way) in ["directory", "directory-documents"].into_iter().enumerate() {
        let db = format!("--db other{place}.db");
        world.ok(&format!("{db} init"));
        let new = world.json(&format!("{db} provider import {way} --format hsds --yes"));
        assert_eq!([&new["updated"], &new["rejected"]], [0, 0], "{way}: {new}");
        world.ok(&format!("{db} export hsds --out again{place}"));
        for noun in ["provider", "resource"] {
            let list = |db: &str| world.ok(&format!("{db} {noun} list -o csv"));
            assert_eq!(list(&db), list(""), "{way}");
        }
        world.ok(&format!("{db} database check"));
        let again = world.json(&format!("{db} provider import {way} --format hsds"));
        assert_eq!([&again["created"], &again["updated"]], [0, 0], "{way}: {again}");
        world.ok(&format!("{db} import undo {} --yes", new["import"].as_str().expect("a code")));
        assert_eq!(world.json(&format!("{db} provider list")).as_array().map(Vec::len), Some(0));
    }
    // When it was said how many more they can take is another time in each.
    let timed = ["attributes.csv", "service_capacity.csv", "organizations.json"];
    let lasting = |folder: &str| {
        let mut files = files(&world.path(folder));
        files.retain(|(name, _)| !timed.contains(&name.as_str()));
        files
    };
    for again in ["again0", "again1"] {
        for (was, is) in lasting("directory").iter().zip(&lasting(again)) {
            assert_eq!(was, is);
        }
    }
});

// Rule 8.22.
both_engines!(an_own_directory_overwrites_no_other, |world| {
    world.as_user("anna");
    world.ok("init");
    world.ok("provider create Harbour");
    world.ok("export hsds --out directory");
    world.ok("provider edit harbour --name 'Stone Mill' --phone '01632 960222'");
    world.story(expect![[r#"
        $ caredesk provider import directory --format hsds --keep-going
        Providers: 0 created, 0 updated, 0 unchanged, with 0 resources, 0 phones and 0 addresses; 8 rows read, 1 rejected.
        2> rejected: directory line 2: PRV-MJ18AD is `Stone Mill` (PRV-MJ18AD) here, and in the directory it is `Harbour`, of which neither name nor address is known: rename it first, or say with `--source` where the directory comes from
        2> error: 1 of 8 rows was rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk provider import directory --format hsds --source elsewhere --yes
        Providers: 1 created, 0 updated, 0 unchanged, with 0 resources, 0 phones and 0 addresses; 8 rows read, 0 rejected.
        Import IMP-76AQMM: `caredesk import undo IMP-76AQMM` takes it back.
        $ caredesk provider list
        CODE        NAME        PHONE         POSTAL CODE  ACTIVE
        PRV-6EBD1T  Harbour                                yes
        PRV-MJ18AD  Stone Mill  01632 960222               yes
    "#]]);
});

// Rule 8.22.
both_engines!(what_was_merged_stays_merged, |world| {
    world.as_user("anna");
    settled(world);
    world.ok("export hsds --out before");
    world.ok("provider merge 'hill & dale' --into harbour --yes");
    world.ok("export hsds --out after");
    let again = world.json("provider import after --format hsds");
    assert_eq!([&again["created"], &again["updated"], &again["rejected"]], [0, 0, 0], "{again}");
    let again = world.json("provider import before --format hsds");
    assert_eq!([&again["created"], &again["rejected"]], [0, 0], "{again}");
});

// Rule 8.23.
both_engines!(how_many_more_a_service_can_take_comes_in, |world| {
    world.as_user("anna");
    world.ok("init");
    let page = |available: u64, updated: &str| {
        format!(
            r#"[{{"id": "o1", "name": "Harbour", "services": [{{"id": "s1", "name": "Night sitting", "status": "active",
            "capacities": [{{"id": "c1", "available": {available}, "maximum": 12, "updated": "{updated}",
            "unit": {{"id": "u1", "name": "beds"}}}}]}}]}}]"#
        )
    };
    world.write("county.json", page(4, "2026-11-20T08:00:00Z"));
    world.ok("provider import county.json --yes");
    world.at("2026-11-22T10:00:00Z");
    world.ok("capacity set 'night sitting' 2 --unit beds --maximum 12");
    world.story(expect![[r#"
        $ caredesk capacity show 'night sitting'
        Night sitting (RES-MJ18AD) of Harbour
        2 of 2 beds left, 0 used since 2026-11-22 10:00

        CODE        STATUS    PLACES  UNIT  MAXIMUM  STARTS AT         SET BY  SET AT
        CAP-1FS91H  in force       2  beds       12  2026-11-22 10:00  anna    2026-11-22 10:00 (just now)
        CAP-1THVDJ  past           4  beds       12  2026-11-22 09:00  anna    2026-11-22 09:00 (1 h ago)
        $ caredesk provider import county.json
        Providers: 0 created, 0 updated, 1 unchanged, with 1 resource, 0 phones and 0 addresses; 1 row read, 0 rejected.
        $ caredesk audit list --limit 3
        NUMBER  AT                BY    ACTED BY  ACTION           ON
             4  2026-11-22 10:00  anna            capacity.set     CAP-1FS91H
             3  2026-11-22 09:00  anna            capacity.set     CAP-1THVDJ
             2  2026-11-22 09:00  anna            provider.import  PRV-0FGPME
    "#]]);
    world.write("county.json", page(7, "2026-11-22T10:30:00Z"));
    world.at("2026-11-22T11:00:00Z");
    world.ok("provider import county.json");
    assert_eq!(world.json("capacity show 'night sitting'")["in_force"]["places"], 7);
    world.ok("undo --yes");
    assert_eq!(world.json("capacity show 'night sitting'")["in_force"]["places"], 2);
    world.ok("database check");
});

/// The documents of a directory without its tables.
pub fn documents(world: &World, folder: &str) {
    let documents = world.path(&format!("{folder}-documents"));
    fs::create_dir(&documents).expect("a folder");
    for name in ["organizations.json", "taxonomies.json", "taxonomy_terms.json", "attributes.json"] {
        fs::copy(world.path(folder).join(name), documents.join(name)).expect("a document");
    }
}

/// With the packages of Python that check it, where they are installed.
fn checked(folder: &Path) {
    let files: Vec<PathBuf> = [folder.to_owned()].into_iter().chain(real("hsds3-spec")).collect();
    let Some(text) = read_by("hsds_reader.py", &files, b"") else { return };
    let found: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(found["count"], 0, "{}: {found}", folder.display());
}

// Rule 8.21.
both_engines!(other_programs_read_the_directory, |world| {
    world.as_user("anna");
    settled(world);
    world.ok("export hsds --out directory");
    checked(&world.path("directory"));
});

// Rules 8.21 and 8.22.
both_engines!(real_directories_go_out_and_come_in, |world| {
    let mut found = 0;
    for place in [
        "hsds1-baltimore-icarol",
        "hsds1-ohana-sanmateo-sample",
        "hsds3-spec/examples",
        "hsds3-spec/examples-csv",
        "hsds3-uk-mocks",
    ] {
        // A server would take minutes for the largest, which says nothing about it that the others do not.
        if world.engine() == Engine::Postgres && place.ends_with("icarol") {
            continue;
        }
        let Some(path) = real(place) else { continue };
        world.ok("init --if-not-exists");
        found += 1;
        let done =
            world.run(&format!("provider import {} --source '{place}' --keep-going --yes", path.display()));
        assert!([0, 9].contains(&done.status), "{place}: {}", done.stderr);
    }
    if found == 0 {
        return;
    }
    world.ok("export hsds --out directory");
    for way in ["directory", "directory/organizations.json"] {
        let again = world.json(&format!("provider import {way} --format hsds"));
        assert_eq!([&again["created"], &again["updated"], &again["rejected"]], [0, 0, 0], "{way}: {again}");
    }
    checked(&world.path("directory"));
});
