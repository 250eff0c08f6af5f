//! `provider import`: directories taken over as a whole, again without a change, and after a change.

use std::fs;
use std::path::Path;

use expect_test::expect;
use serde_json::{Value, json};

use crate::world::{World, fixture, real};

/// A copy of a fixture inside the world, which a story may edit.
fn copy(world: &World, name: &str) {
    fs::create_dir(world.path(name)).expect("a new folder");
    for entry in fs::read_dir(fixture(name)).expect("the fixture").map(Result::unwrap) {
        let inside = Path::new(name).join(entry.file_name());
        fs::copy(entry.path(), world.path(&inside.to_string_lossy())).expect("copied");
    }
}

/// Replaces bytes in a file of the world, since not all of them are UTF-8.
fn edit(world: &World, name: &str, from: &str, to: &str) {
    let text = fs::read(world.path(name)).expect("the file");
    let at = text
        .windows(from.len())
        .position(|window| window == from.as_bytes())
        .expect("what is to be replaced");
    let edited = [&text[..at], to.as_bytes(), &text[at + from.len()..]].concat();
    world.write(name, edited);
}

/// Stdout of an import that had rejects.
fn partly(world: &World, line: &str) -> Value {
    let answer = world.run(&format!("{line} --keep-going -o json"));
    assert_eq!(answer.status, 9, "{}{}", answer.stdout, answer.stderr);
    serde_json::from_str(&answer.stdout).expect("a report")
}

fn entries(world: &World) -> usize {
    world.json("audit list").as_array().expect("a list").len()
}

/// The newest entry of the audit trail, as before and after.
fn newest(world: &World) -> (Value, Value) {
    let list = world.json("audit list --limit 1");
    let side = |key: &str| match &list[0][key] {
        Value::String(text) => serde_json::from_str(text).expect("JSON"),
        other => other.clone(),
    };
    (side("before"), side("after"))
}

both_engines!(all_or_nothing_or_as_much_as_can_be, |world| {
    world.ok("init");
    world.story(expect![[r#"
        $ caredesk provider import <FIXTURES>/directory-hsds1
        2> note: locations.csv: 2 rows name an organization that was rejected; only locations that a service links to are kept.
        2> note: phones.csv: 1 row names another organization than the one that runs its service; the service was followed.
        2> rejected: organizations.csv line 5: id `01` was already used on line 2
        2> rejected: organizations.csv line 6: has no name
        2> rejected: services.csv line 5: names no location and no organization
        2> rejected: services.csv line 6: location `L9` is not in locations.csv
        2> rejected: services.csv line 7: has 4 cells where the header has 8
        2> rejected: services.csv line 10: location `L3`: organization `04` was itself rejected (organizations.csv line 6)
        2> rejected: services.csv line 12: id `S1` was already used on line 2
        2> rejected: phones.csv line 7: service `S3` was itself rejected (services.csv line 5)
        2> rejected: phones.csv line 8: service `S99` is not in services.csv
        2> rejected: phones.csv line 9: names no organization, service or location
        2> rejected: phones.csv line 10: has no number
        2> rejected: phones.csv line 11: contact `C2`: service `S3` was itself rejected (services.csv line 5)
        2> rejected: phones.csv line 12: service `S5` was itself rejected (services.csv line 7)
        2> rejected: addresses.csv line 4: location `L4`: organization `99` is not in organizations.csv
        2> rejected: addresses.csv line 5: is an address without any line, city or postal code
        2> rejected: mail_addresses.csv line 3: location `L77` is not in locations.csv
        2> error: 16 of 39 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk provider list
        2> note: no providers
        $ caredesk provider import <FIXTURES>/directory-hsds1 --keep-going --dry-run
        dry run: Providers: 3 created, 0 updated, 0 unchanged, with 3 resources, 6 phones and 5 addresses; 39 rows read, 16 rejected.
        Not kept: location.name of 2.
        2> note: locations.csv: 2 rows name an organization that was rejected; only locations that a service links to are kept.
        2> note: phones.csv: 1 row names another organization than the one that runs its service; the service was followed.
        2> rejected: organizations.csv line 5: id `01` was already used on line 2
        2> rejected: organizations.csv line 6: has no name
        2> rejected: services.csv line 5: names no location and no organization
        2> rejected: services.csv line 6: location `L9` is not in locations.csv
        2> rejected: services.csv line 7: has 4 cells where the header has 8
        2> rejected: services.csv line 10: location `L3`: organization `04` was itself rejected (organizations.csv line 6)
        2> rejected: services.csv line 12: id `S1` was already used on line 2
        2> rejected: phones.csv line 7: service `S3` was itself rejected (services.csv line 5)
        2> rejected: phones.csv line 8: service `S99` is not in services.csv
        2> rejected: phones.csv line 9: names no organization, service or location
        2> rejected: phones.csv line 10: has no number
        2> rejected: phones.csv line 11: contact `C2`: service `S3` was itself rejected (services.csv line 5)
        2> rejected: phones.csv line 12: service `S5` was itself rejected (services.csv line 7)
        2> rejected: addresses.csv line 4: location `L4`: organization `99` is not in organizations.csv
        2> rejected: addresses.csv line 5: is an address without any line, city or postal code
        2> rejected: mail_addresses.csv line 3: location `L77` is not in locations.csv
        2> error: 16 of 39 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk provider list
        2> note: no providers
        $ caredesk provider import <FIXTURES>/directory-hsds1 --keep-going
        Providers: 3 created, 0 updated, 0 unchanged, with 3 resources, 6 phones and 5 addresses; 39 rows read, 16 rejected.
        Not kept: location.name of 2.
        Import IMP-7XCN5R: `caredesk import undo IMP-7XCN5R` takes it back.
        2> note: locations.csv: 2 rows name an organization that was rejected; only locations that a service links to are kept.
        2> note: phones.csv: 1 row names another organization than the one that runs its service; the service was followed.
        2> rejected: organizations.csv line 5: id `01` was already used on line 2
        2> rejected: organizations.csv line 6: has no name
        2> rejected: services.csv line 5: names no location and no organization
        2> rejected: services.csv line 6: location `L9` is not in locations.csv
        2> rejected: services.csv line 7: has 4 cells where the header has 8
        2> rejected: services.csv line 10: location `L3`: organization `04` was itself rejected (organizations.csv line 6)
        2> rejected: services.csv line 12: id `S1` was already used on line 2
        2> rejected: phones.csv line 7: service `S3` was itself rejected (services.csv line 5)
        2> rejected: phones.csv line 8: service `S99` is not in services.csv
        2> rejected: phones.csv line 9: names no organization, service or location
        2> rejected: phones.csv line 10: has no number
        2> rejected: phones.csv line 11: contact `C2`: service `S3` was itself rejected (services.csv line 5)
        2> rejected: phones.csv line 12: service `S5` was itself rejected (services.csv line 7)
        2> rejected: addresses.csv line 4: location `L4`: organization `99` is not in organizations.csv
        2> rejected: addresses.csv line 5: is an address without any line, city or postal code
        2> rejected: mail_addresses.csv line 3: location `L77` is not in locations.csv
        2> error: 16 of 39 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk provider list --columns name,phone,postal_code,active
        NAME               PHONE           POSTAL CODE  ACTIVE
        =Hill & Dale       0555 900                     yes
        Harbour Home Care  (800) 555-LEAD  00123        yes
        Quiet Meadow                       F5 5LD       yes
        $ caredesk provider show Harbour
        Harbour Home Care (PRV-6EBD1T), active
        description  First line
                     second "quoted" line
        email        desk@harbour.example
        url          http://harbour.example
        postal code  00123
        phones       (800) 555-LEAD ext. 7, Front desk
        program      Coast
        source       directory-hsds1, id 01

        CODE        KIND     NAME               STATE
        RES-1B6MES  agency   Harbour Home Care  active
        RES-N8EQT6  program  Café visits        active
        RES-KEBE20  program  Night sitting      inactive
        $ caredesk provider import <FIXTURES>/directory-hsds1 --keep-going -q
        2> error: 16 of 39 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
    "#]]);
});

both_engines!(importing_twice_changes_nothing, |world| {
    world.ok("init");
    let line = format!("provider import {}", fixture("directory-hsds1").display());
    assert_eq!(partly(world, &line)["created"], 3);
    let (providers, trail) = (world.ok("provider list -o csv"), entries(world));
    let again = partly(world, &line);
    assert_eq!([&again["created"], &again["updated"], &again["unchanged"]], [0, 0, 3]);
    assert_eq!((world.ok("provider list -o csv"), entries(world)), (providers, trail));
    let elsewhere = partly(world, &format!("{line} --source elsewhere"));
    assert_eq!([&elsewhere["created"], &elsewhere["unchanged"]], [3, 0]);
    world.ok("audit verify");
});

// Rule 5.3.
both_engines!(what_is_not_utf8_is_read_once_its_encoding_is_known, |world| {
    world.ok("init");
    world.write("cafe.csv", b"id,name\n1,Caf\xe9 visits\n");
    let answer = world.run("provider import cafe.csv");
    assert_eq!(answer.status, 5);
    assert!(answer.stderr.contains("`cafe.csv` is not UTF-8: the byte 0xE9 on line 2"), "{}", answer.stderr);
    assert!(answer.stderr.contains("--encoding windows-1252"), "{}", answer.stderr);
    world.ok("provider import cafe.csv --encoding cp1252");
    assert!(world.ok("provider show 'Café visits' -o json").contains("Café visits"));
    assert_eq!(world.run("provider import cafe.csv --encoding klingon-8").status, 2);
});

both_engines!(a_change_is_found_and_recorded, |world| {
    world.ok("init");
    copy(world, "directory-hsds1");
    let line = "provider import directory-hsds1";
    partly(world, line);
    let trail = entries(world);
    edit(world, "directory-hsds1/organizations.csv", "http://harbour.example", "https://harbour.example");
    edit(world, "directory-hsds1/phones.csv", "(800) 555-LEAD", "(800) 555-HELP");
    let report = partly(world, line);
    assert_eq!([&report["created"], &report["updated"], &report["unchanged"]], [0, 1, 2]);
    assert_eq!(entries(world), trail + 1);
    let (before, after) = newest(world);
    assert_eq!(before["url"], "http://harbour.example");
    assert_eq!(after["url"], "https://harbour.example");
    assert_eq!(after.get("name"), None, "only what differs is kept");
    assert_eq!(before["phones"][0]["number"], "(800) 555-LEAD");
    let shown = world.json("provider show Harbour");
    assert_eq!(
        (&shown["phone"], &shown["phones"][0]["number"]),
        (&json!("(800) 555-HELP"), &json!("(800) 555-HELP"))
    );
    assert_eq!(partly(world, line)["unchanged"], 3);
});

both_engines!(programs_go_and_come_back, |world| {
    world.ok("init");
    copy(world, "directory-hsds1");
    let line = "provider import directory-hsds1 --complete";
    edit(world, "directory-hsds1/services.csv", "S1,L2,Same id", "S3,L2,Other id");
    partly(world, line);
    let state = |name: &str| {
        let providers = world.json("provider list");
        let codes = providers.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned());
        let shown: Vec<Value> = codes.map(|code| world.json(&format!("provider show {code}"))).collect();
        let resources = shown.iter().flat_map(|one| one["resources"].as_array().unwrap());
        let found: Vec<_> =
            resources.filter(|one| one["name"] == name).map(|one| one["state"].clone()).collect();
        assert_eq!(found.len(), 1, "{name}");
        found[0].clone()
    };
    assert_eq!((state("Café visits"), state("Gardening")), (json!("active"), json!("inactive")));
    let whole = fs::read(world.path("directory-hsds1/services.csv")).unwrap();
    edit(
        world,
        "directory-hsds1/services.csv",
        "S2,L1,Night sitting,,,,,Temporarily closed",
        "S2,L1,Night sitting,,,,,active",
    );
    edit(world, "directory-hsds1/services.csv", "S1,L1,", "S9,L1,");
    partly(world, line);
    assert_eq!(state("Night sitting"), "active");
    let (before, after) = newest(world);
    assert!(before["resources"].to_string().contains("\"state\":\"inactive\""), "{before}");
    assert!(after["resources"].to_string().contains("Café visits"), "{after}");
    world.write("directory-hsds1/services.csv", whole);
    world.psql("UPDATE resource SET state = 'paused' WHERE source_id = 'S2'");
    world.sqlite("UPDATE resource SET state = 'paused' WHERE source_id = 'S2'");
    partly(world, line);
    let rows = world.sql(
        "SELECT source_id, state FROM resource WHERE source_id IN ('S1', 'S9', 'S2') ORDER BY source_id",
    );
    let rows: Vec<_> = rows
        .iter()
        .map(|row| row.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(rows, ["S1 active", "S2 inactive", "S9 inactive"]);
});

both_engines!(a_rejected_row_is_not_a_program_that_is_gone, |world| {
    world.ok("init");
    copy(world, "directory-hsds1");
    edit(world, "directory-hsds1/services.csv", "Temporarily closed", "active");
    edit(world, "directory-hsds1/services.csv", "defunct", "active");
    partly(world, "provider import directory-hsds1 --complete");
    edit(world, "directory-hsds1/services.csv", "S2,L1,Night sitting", "S2,L99,Night sitting");
    edit(world, "directory-hsds1/services.csv", "S7,L2,", "S8,L2,");
    partly(world, "provider import directory-hsds1 --complete");
    let rows =
        world.sql("SELECT source_id, state FROM resource WHERE source_id IN ('S2', 'S7') ORDER BY source_id");
    let rows: Vec<_> = rows.iter().flatten().flatten().map(String::as_str).collect();
    assert_eq!(rows, ["S2", "active", "S7", "inactive"]);
});

both_engines!(a_program_moves_to_another_provider, |world| {
    world.ok("init");
    world.ok("provider create 'Other Care'");
    copy(world, "directory-hsds1");
    partly(world, "provider import directory-hsds1");
    let code = world.sql("SELECT code FROM resource WHERE source_id = 'S1'");
    edit(world, "directory-hsds1/services.csv", "S1,L1,", "S1,L5,");
    let report = partly(world, "provider import directory-hsds1");
    assert_eq!([&report["created"], &report["updated"], &report["unchanged"]], [0, 2, 1]);
    let moved = "SELECT provider.name, resource.code FROM resource JOIN provider ON provider.id = resource.provider_id \
                 WHERE resource.source_id = 'S1'";
    assert_eq!(world.sql(moved), [[Some("Quiet Meadow".to_owned()), code[0][0].clone()]]);
    assert_eq!(partly(world, "provider import directory-hsds1")["unchanged"], 3);
});

both_engines!(what_was_done_by_hand_stays, |world| {
    world.ok("init");
    world.write("homes.csv", "name,id,phone\nBee Care,1,0161\nBell Care,2,0162\n");
    world.ok("provider import homes.csv");
    world.ok("provider edit Bee --email bee@care.example");
    world.ok("provider deactivate Bell --yes");
    world.write("homes.csv", "name,id,phone\nBee Care,1,0163\n");
    world.story(expect![[r#"
        $ caredesk provider import homes.csv
        Providers: 0 created, 1 updated, 0 unchanged, with 0 resources, 1 phone and 0 addresses; 1 row read, 0 rejected.
        Import IMP-HDY27J: `caredesk import undo IMP-HDY27J` takes it back.
        2> note: providers that `homes` had before and has no more: 1; they stay as they are
        $ caredesk provider list --columns name,phone,email,active,source,source_id
        NAME       PHONE  EMAIL             ACTIVE  SOURCE  SOURCE ID
        Bee Care   0163   bee@care.example  yes     homes   1
        Bell Care  0162                     no      homes   2
    "#]]);
});

both_engines!(any_table_will_do, |world| {
    world.ok("init");
    world.story(expect![[r#"
        $ caredesk provider import <FIXTURES>/directory-plain/providers.csv
        2> error: `providers.csv` has no column `name`
        2> hint: say which column holds it: --map name="…"; the columns are `Provider Name`, `Town`, `Post Code`, `Street`, `Telephone`, `Notes`
        [exit 5]
        $ caredesk provider import <FIXTURES>/directory-plain/providers.csv --map name='Provder Name'
        2> error: `providers.csv` has no column `Provder Name`
        2> hint: did you mean `Provider Name`? the columns are `Provider Name`, `Town`, `Post Code`, `Street`, `Telephone`, `Notes`
        [exit 5]
        $ caredesk provider import <FIXTURES>/directory-plain/providers.csv --map nmae='Provider Name'
        2> error: there is no field `nmae` to map
        2> hint: did you mean `name`? the fields are `name`, `id`, `alternate_name`, `description`, `email`, `phone`, `url`, `active`, `address`, `city`, `region`, `postal_code`
        [exit 5]
        $ caredesk provider import <FIXTURES>/directory-plain/providers.csv --map name
        2> error: invalid value 'name' for '--map <FIELD=COLUMN>': `name` is not FIELD=COLUMN, such as name="Full name"
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk provider import <FIXTURES>/directory-plain/providers.csv --format hsds --map name=Town
        2> error: HSDS names its columns itself, so there is nothing to map
        2> hint: leave out `--map`, or use `--format csv`
        [exit 2]
        $ caredesk provider import <FIXTURES>/directory-plain/providers.csv --map name='Provider Name' --map city=Town --map postal_code='Post Code' --map address=Street --map phone=Telephone --rejects bad.csv
        2> note: providers.csv: a column that is not known, and left aside: `Notes` (3 values).
        2> rejected: providers.csv line 3: has the name, postal code and address of line 2; if the two differ, say which column tells them apart: --map id="…"
        2> rejected: providers.csv line 5: has no name
        2> rejected: providers.csv line 7: column `Provider Name` holds the control character U+0007
        2> note: 3 rejected rows are in `bad.csv`
        2> error: 3 of 6 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk provider import <FIXTURES>/directory-plain/providers.csv --map name='Provider Name' --map city=Town --map postal_code='Post Code' --map address=Street --map phone=Telephone --keep-going
        Providers: 3 created, 0 updated, 0 unchanged, with 0 resources, 2 phones and 2 addresses; 6 rows read, 3 rejected.
        Not kept: Notes of 3.
        Import IMP-AH9HCJ: `caredesk import undo IMP-AH9HCJ` takes it back.
        2> note: providers.csv: a column that is not known, and left aside: `Notes` (3 values).
        2> rejected: providers.csv line 3: has the name, postal code and address of line 2; if the two differ, say which column tells them apart: --map id="…"
        2> rejected: providers.csv line 5: has no name
        2> rejected: providers.csv line 7: column `Provider Name` holds the control character U+0007
        2> error: 3 of 6 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk provider list --columns name,phone,postal_code
        NAME       PHONE     POSTAL CODE
        =1+1 Care  +44 20
        Bee Care             00999
        Bee Care   0161 555  00123
        $ caredesk provider import nowhere.csv
        2> error: there is no file `nowhere.csv`
        [exit 5]
        $ caredesk provider import .
        2> error: `.` is neither HSDS tables nor HSDS JSON
        2> hint: HSDS is a folder with `organizations.csv`, a JSON file or a folder of them; for one table of providers use `--format csv`
        [exit 5]
    "#]]);
});

both_engines!(rejects_are_put_right_and_imported, |world| {
    world.ok("init");
    world.write("homes.csv", "id,name,phone\r\n1,Bee Care,\r\n2,,0161\r\n3,\"Tick \"\"T\"\", Care\"\r\n");
    partly(world, "provider import homes.csv --rejects bad.csv");
    expect![[r#"
        rejected_from,id,name,phone,error
        homes,2,,0161,homes.csv line 3: has no name
        homes,3,"Tick ""T"", Care",,homes.csv line 4: has 2 cells where the header has 3
    "#]]
    .assert_eq(&world.read("bad.csv"));
    edit(world, "bad.csv", "2,,0161", "2,Bell Care,0161");
    let report = world.json("provider import bad.csv --source homes");
    assert_eq!([&report["read"], &report["created"], &report["rejected"]], [2, 2, 0]);
    let names = world.sql("SELECT source_id, name FROM provider WHERE source = 'homes' ORDER BY source_id");
    assert_eq!(names[1][1].as_deref(), Some("Bell Care"));
    assert_eq!(names[2][1].as_deref(), Some("Tick \"T\", Care"));
});

both_engines!(a_row_of_another_provider_is_rejected_whole, |world| {
    world.ok("init");
    world.write("homes.csv", "id,name,phone,description\n1,Bee Care,0161,\n2,Bell Care,0162,\n");
    world.ok("provider import homes.csv");
    world.write(
        "more.csv",
        "id,name,phone,description\n3,,0163,\n1,Kite House,0164,Day care\n2,Bell Care,0165,\n",
    );
    world.write("first.csv", "id,name,phone,description\n9,Dunlin Care,0169,\n");
    partly(world, "provider import first.csv more.csv --source homes --rejects bad.csv");
    let rejects = world.read("bad.csv");
    let rows: Vec<&str> = rejects.lines().collect();
    assert_eq!(rows[0], "rejected_from,id,name,phone,description,error");
    assert!(rows[1].starts_with("homes,3,,0163,,more.csv line 2: has no name"), "{rejects}");
    assert!(
        rows[2].starts_with("homes,1,Kite House,0164,Day care,\"more.csv line 3: the id `1`"),
        "{rejects}"
    );
    edit(world, "bad.csv", "3,,", "3,Crane Care,");
    edit(world, "bad.csv", "1,Kite House,", "4,Kite House,");
    let report = world.json("provider import bad.csv --source homes");
    assert_eq!([&report["created"], &report["phones"], &report["rejected"]], [2, 2, 0]);
});

both_engines!(rejects_of_several_tables_have_files_of_their_own, |world| {
    world.ok("init");
    let folder = fixture("directory-hsds1").display().to_string();
    let answer = world.run(&format!("provider import {folder} --rejects bad.csv"));
    assert_eq!(answer.status, 5);
    let files: Vec<_> =
        ["services", "phones", "organizations"].map(|table| world.read(&format!("bad.{table}.csv"))).into();
    assert!(files.iter().all(|text| text.lines().next().is_some_and(|header| header.ends_with(",error"))));
    assert!(!world.path("bad.csv").exists());
    expect![[r#"
        rejected_from,rejected_in,rejected_at,id,name,description,email,website,error
        directory-hsds1,FOLDER,organizations.csv line 5,01,Harbour Again,,,,organizations.csv line 5: id `01` was already used on line 2
        directory-hsds1,FOLDER,organizations.csv line 6,04,   ,nowhere,,,organizations.csv line 6: has no name
    "#]]
    .assert_eq(&files[2].replace(&folder, "FOLDER"));
});

both_engines!(a_pipe_and_several_files, |world| {
    world.ok("init");
    let piped = world.run_with_input("provider import - --source pipe -o json", b"name;id\nBee Care;1\n");
    assert!(piped.stdout.contains("\"created\": 1"), "{}{}", piped.stdout, piped.stderr);
    world.write("a.csv", "name,id\nOne Care,1\n");
    world.write("b.csv", "name,id\nTwo Care,2\n");
    world.write("c.csv", "name,id\nThree Care,2\n");
    assert_eq!(world.json("provider import a.csv b.csv --source both")["created"], 2);
    let twice = world.run("provider import b.csv c.csv --source both");
    assert_eq!(twice.status, 5);
    assert!(
        twice.stderr.contains("the provider `2` of `c.csv` is in another of the files as well"),
        "{}",
        twice.stderr
    );
});

both_engines!(pages_of_json_are_a_directory, |world| {
    world.ok("init");
    let report = partly(world, &format!("provider import {}", fixture("directory-hsds3-pages").display()));
    assert_eq!([&report["created"], &report["resources"]], [2, 2]);
});

both_engines!(a_real_directory_is_taken_over, |world| {
    let Some(folder) = real("hsds1-baltimore-icarol") else { return };
    world.ok("init");
    let line = format!("provider import {}", folder.display());
    assert_eq!(world.run(&line).status, 5);
    assert_eq!(entries(world), 1, "nothing was written");
    let report = partly(world, &line);
    let mut expected = json!({
        "read": 21_234, "created": 748, "updated": 0, "unchanged": 0, "rejected": 394,
        "cleared": {}, "not_kept": {},
        "changes": [], "more_changes": 0, "gains": [], "losses": [], "import": report["import"], "resources": 1_875, "phones": 7_140, "addresses": 3_749
    });
    assert_eq!(report, expected);
    let counts = "SELECT (SELECT count(*) FROM provider), (SELECT count(*) FROM resource WHERE kind = 'agency'), \
                  (SELECT count(*) FROM resource WHERE kind = 'program'), (SELECT count(*) FROM phone), \
                  (SELECT count(*) FROM address), (SELECT count(*) FROM audit WHERE action = 'provider.import')";
    let counted: Vec<_> = world.sql(counts)[0].iter().flatten().cloned().collect();
    // The directory has an entry of its own in the trail: it says something that is about no provider.
    assert_eq!(counted, ["748", "748", "1875", "7140", "3749", "749"]);
    assert!(report["import"].is_string());
    (expected["created"], expected["unchanged"], expected["import"]) = (json!(0), json!(748), json!(null));
    assert_eq!(partly(world, &line), expected);
    assert_eq!(world.sql(counts)[0].iter().flatten().cloned().collect::<Vec<_>>(), counted);
    world.ok("audit verify");
});

// All of these runs draw the same codes: in a small hub those in use are known, in a large one each is asked for.
both_engines!(no_code_is_given_twice, |world| {
    world.ok("init");
    let table = |providers: u32| {
        (0..providers)
            .fold("name,id\n".to_owned(), |text, number| text + &format!("Care {number},{number}\n"))
    };
    world.write("few.csv", table(3));
    world.write("many.csv", table(5_100));
    for (file, source) in [("few", "east"), ("few", "west"), ("many", "north"), ("few", "south")] {
        let line = format!("provider import {file}.csv --source {source}");
        let done = world.command(&line).env("CAREDESK_TEST_SEED", "7").output().expect("it runs");
        assert!(done.status.success(), "{line}: {}", String::from_utf8_lossy(&done.stderr));
    }
    let codes = world.ok("provider list -q");
    let different: std::collections::BTreeSet<&str> = codes.lines().collect();
    assert_eq!((codes.lines().count(), different.len()), (5_109, 5_109));
});

both_engines!(json_lines_packed_files_and_data_packages_are_read, |world| {
    world.ok("init");
    world.write(
        "county.jsonl",
        "{\"id\":\"1\",\"name\":\"Elder Lodge\"}\n{\"id\":\"2\",\"name\":\"Tarn Transport\"}\n",
    );
    assert_eq!(world.json("provider import county.jsonl")["created"], 2);
    world.write(
        "people.jsonl",
        "{\"id\":\"07\",\"given\":\"Ada\",\"family\":\"Fenn\",\"birth_date\":\"1941-03-02\"}\n",
    );
    assert_eq!(world.json("client import people.jsonl --source clinic")["created"], 1);
    fs::create_dir_all(world.path("pack/data")).unwrap();
    world.write(
        "pack/datapackage.json",
        "{\"resources\":[{\"path\":\"data/organizations.csv\"},{\"path\":\"../county.jsonl\"}]}",
    );
    world.write("pack/data/organizations.csv", "id,name\no1,Plover House\n");
    assert_eq!(world.json("provider import pack --source pack")["created"], 1);
});
