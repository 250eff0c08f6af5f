//! `provider import`: rejected rows of directories, corrected and imported with no further option (rule 5.4).

use std::fs;
use std::path::Path;

use expect_test::expect;
use serde_json::json;

use crate::world::{World, fixture};

fn replace(world: &World, name: &str, from: &str, to: &str) {
    let text = String::from_utf8_lossy(&fs::read(world.path(name)).expect("the file")).into_owned();
    assert!(text.contains(from), "{name} has no {from}: {text}");
    world.write(name, text.replacen(from, to, 1));
}

fn copied(world: &World, name: &str) {
    fs::create_dir(world.path(name)).expect("a new folder");
    for entry in fs::read_dir(fixture(name)).expect("the fixture").map(Result::unwrap) {
        let inside = Path::new(name).join(entry.file_name());
        fs::copy(entry.path(), world.path(&inside.to_string_lossy())).expect("copied");
    }
}

/// What is corrected in the directory itself, and then imported, changes nothing more.
fn is_the_same(world: &World, line: &str) {
    let answer = world.run(&format!("{line} --keep-going -o json"));
    let report: serde_json::Value = serde_json::from_str(&answer.stdout).expect("a report");
    assert_eq!([&report["created"], &report["updated"]], [0, 0], "{}{}", answer.stdout, answer.stderr);
}

both_engines!(rows_of_tables_are_corrected, |world| {
    world.ok("init");
    copied(world, "directory-hsds1");
    let line = "provider import directory-hsds1 --source coast";
    assert_eq!(world.run(&format!("{line} --keep-going --rejects bad.csv")).status, 9);
    let corrections = [
        ("organizations.csv", "04,   ,", "04,Nameless no more,"),
        ("services.csv", "S3,,Loose", "S3,L2,Loose"),
        ("services.csv", "S4,L9,Lost", "S4,L1,Lost"),
    ];
    for (table, from, to) in corrections {
        replace(world, &format!("bad.{table}"), from, to);
    }
    // A row that is left out of the file stays rejected.
    let services = world.read("bad.services.csv");
    let kept: Vec<&str> = services.lines().filter(|row| !row.contains(",S5,")).collect();
    world.write("bad.services.csv", kept.join("\n"));
    world.story(expect![[r#"
        $ caredesk provider import bad.organizations.csv bad.services.csv
        2> note: locations.csv: 1 row names an organization that was rejected; only locations that a service links to are kept.
        2> note: phones.csv: 1 row names another organization than the one that runs its service; the service was followed.
        2> note: directory-hsds1: 8 other rows stay rejected.
        2> rejected: organizations.csv line 5: id `01` was already used on line 2
        2> rejected: services.csv line 12: id `S1` was already used on line 2
        2> error: 2 of 39 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk provider import bad.organizations.csv bad.services.csv --keep-going
        Providers: 1 created, 2 updated, 1 unchanged, with 6 resources, 9 phones and 7 addresses; 39 rows read, 2 rejected.
        Not kept: location.name of 1.
        Import IMP-R4CNX5: `caredesk import undo IMP-R4CNX5` takes it back.
        2> note: locations.csv: 1 row names an organization that was rejected; only locations that a service links to are kept.
        2> note: phones.csv: 1 row names another organization than the one that runs its service; the service was followed.
        2> note: directory-hsds1: 8 other rows stay rejected.
        2> rejected: organizations.csv line 5: id `01` was already used on line 2
        2> rejected: services.csv line 12: id `S1` was already used on line 2
        2> error: 2 of 39 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk resource list --columns name,provider_name,kind
        NAME                              PROVIDER                          KIND
        =Hill & Dale                      =Hill & Dale                      agency
        Café visits                       Harbour Home Care                 program
        Harbour Home Care                 Harbour Home Care                 agency
        Loose service                     =Hill & Dale                      program
        Lost service                      Harbour Home Care                 program
        Nameless no more                  Nameless no more                  agency
        Of the nameless                   Nameless no more                  program
        Quiet Meadow                      Quiet Meadow                      agency
    "#]]);
    for (table, from, to) in corrections {
        replace(world, &format!("directory-hsds1/{table}"), from, to);
    }
    is_the_same(world, line);
    fs::rename(world.path("directory-hsds1"), world.path("elsewhere")).unwrap();
    world.story(expect![[r#"
        $ caredesk provider import bad.services.csv
        2> error: `directory-hsds1`, whose rejected rows these are, is not there
        2> hint: import them where the directory was imported, with the directory in its place
        [exit 5]
    "#]]);
});

both_engines!(objects_of_json_are_corrected, |world| {
    world.ok("init");
    copied(world, "directory-hsds3-pages");
    let line = "provider import directory-hsds3-pages";
    assert_eq!(world.run(&format!("{line} --keep-going --rejects bad.csv")).status, 9);
    let text = world.read("bad.csv");
    assert!(text.starts_with("rejected_from,rejected_in,rejected_at,json,error\n"), "{text}");
    replace(world, "bad.csv", "\"\"organization_id\"\":\"\"o9\"\"", "\"\"organization_id\"\":\"\"o1\"\"");
    world.story(expect![[r#"
        $ caredesk provider import bad.csv --keep-going
        Providers: 0 created, 1 updated, 1 unchanged, with 3 resources, 2 phones and 1 address; 9 rows read, 4 rejected.
        Import IMP-XD4QCT: `caredesk import undo IMP-XD4QCT` takes it back.
        2> note: Organization `o1` is called `Harbour Home Care` and `Harbour`; the first is kept.
        2> rejected: organizations-1.json at /contents/1: has no name
        2> rejected: services.json at /4: was already read as a service of another organization
        2> rejected: services.json at /0/phones/0: has no number
        2> rejected: services.json at /2: names no organization
        2> error: 4 of 9 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
    "#]]);
    replace(world, "directory-hsds3-pages/services.json", "\"o9\"", "\"o1\"");
    is_the_same(world, line);
});

both_engines!(rows_of_agencies_are_corrected, |world| {
    world.ok("init");
    let rows = "ResourceAgencyNum,PublicName,TaxonomyLevelName,ParentAgencyNum,ConnectsToSiteNum,PhysicalAddress1,PhysicalCity\n\
                1,Elder Trust,Agency,,,,\n2,Meals,Club,1,4,,\n3,Rides,Program,9,,,\n4,North,Site,1,,9 Mill Rd,Dover\n";
    world.write("county.csv", rows);
    assert_eq!(world.run("provider import county.csv --keep-going --rejects bad.csv").status, 9);
    world.write(
        "bad.csv",
        world.read("bad.csv").replace(",Club,", ",Program,").replace("Program,9", "Program,1"),
    );
    world.story(expect![[r#"
        $ caredesk provider import bad.csv
        Providers: 0 created, 1 updated, 0 unchanged, with 2 resources, 0 phones and 1 address; 4 rows read, 0 rejected.
        Not kept: site.name of 1.
        Import IMP-1FS91H: `caredesk import undo IMP-1FS91H` takes it back.
        $ caredesk resource show meals
        Meals (RES-QKHBQ2), program
        provider   Elder Trust (PRV-0FGPME)
        state      active
        addresses  9 Mill Rd, Dover
    "#]]);
    world.write("county.csv", rows.replace("Club", "Program").replace("Program,9", "Program,1"));
    is_the_same(world, "provider import county.csv");
    // The same in JSON.
    let object = |level: &str| {
        json!([
            {"ResourceAgencyNum": "1", "PublicName": "Elder Trust", "ParentAgencyNum": "", "TaxonomyLevelName": "Agency"},
            {"ResourceAgencyNum": "5", "PublicName": "Talks", "ParentAgencyNum": "1", "TaxonomyLevelName": level},
        ])
        .to_string()
    };
    world.write("talks.json", object("Club"));
    let first = world.run("provider import talks.json --source county --keep-going --rejects worse.csv");
    assert_eq!(first.status, 9, "{}", first.stderr);
    replace(world, "worse.csv", "Club", "Program");
    assert_eq!(world.json("provider import worse.csv")["updated"], 1);
});

both_engines!(rows_that_stand_alone_need_no_other_file, |world| {
    world.ok("init");
    world.write("homes.csv", "id,name,phone\n1,Bee Care,\n2,,0161\n");
    world.write("people.csv", "id,given,family,birth_date\n1,Ann,Oak,\n2,Bo,Elm,yesterday\n");
    for (noun, name, from, to) in
        [("provider", "homes", ",2,,", ",2,Bell Care,"), ("client", "people", "yesterday", "1950-12-31")]
    {
        let first = world.run(&format!("{noun} import {name}.csv --keep-going --rejects {name}-bad.csv"));
        assert_eq!(first.status, 9, "{}", first.stderr);
        fs::remove_file(world.path(&format!("{name}.csv"))).unwrap();
        replace(world, &format!("{name}-bad.csv"), from, to);
        assert_eq!(world.json(&format!("{noun} import {name}-bad.csv"))["created"], 1);
        let sources = world.sql(&format!("SELECT DISTINCT source FROM {noun}"));
        assert_eq!(sources, [[Some(name.to_owned())]]);
    }
    // With a source of its own it is what that says.
    assert_eq!(world.json("provider import homes-bad.csv --source other")["created"], 1);
});
