//! `provider import` of tables whose rows are agencies, sites and programs, and of folders that are packed.

use std::io::{Cursor, Write as _};

use expect_test::expect;
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::world::World;

/// As iCarol heads it; a program stands before its agency, one agency has no row of its own.
const EXPORT: &str = "\
ResourceAgencyNum,PublicName,TaxonomyLevelName,ParentAgency,ParentAgencyNum,PhysicalAddress1,PhysicalCity,PhysicalPostalCode,Latitude,\
Longitude,HoursOfOperation,Phone1Number,Phone1Name,Phone1IsPrivate,PhoneFax,EmailAddressMain,AgencyStatus,AgencyDescription,Eligibility,\
CoverageArea,MainContactName,MainContactTitle,MainContactIsPrivate,TaxonomyTerms,TaxonomyCodes,ConnectsToSiteNum,ConnectsToProgramNum,\
InternalNotes
0300,Meals at home,Program,Elder Trust,100,,,,,,Mon-Fri 9-5,555-0300,Intake,FALSE,,,Active,Hot meals,Over 60,Kent; Sussex,,,,\
Meals; Groceries,BD-1; BD-2,,,ring first
100,Elder Trust,Agency,,0,1 High St,Dover,19901,39.15,-75.52,,555-0100,,FALSE,555-0101,info@elder.example,Active,,,,Ann Lee,Director,\
TRUE,,,,,
200,North site,Site,Elder Trust,100,9 Mill Rd,Smyrna,19977,39.29,-75.6,,555-0200,,,,,Active,,,,,,,,,,,
400,Meals at home (north),ProgramAtSite,Elder Trust,100,,,,,,,555-0400,,TRUE,,,Active,,,,,,,,,200,0300,
500,Old Hall,Agency,,,2 Low St,Dover,19901,,,,555-0500,,,,,Inactive,,,,,,,,,,,
600,Night shelter,Program,Old Hall,500,,,,,,,,,,,,Defunct,,,,,,,,,,,
700,Rides,Program,Wheels,999,,,,,,,555-0700,,,,,\"Active, but do not refer\",,,,,,,,,,,
";

// Rules 5.2 and 5.4: programs do not become agencies, closed ones come as closed, and what is private stays there.
both_engines!(a_table_of_agencies_and_programs, |world| {
    world.ok("init");
    world.write("county.csv", EXPORT);
    world.story(expect![[r#"
        $ caredesk provider import county.csv
        Providers: 3 created, 0 updated, 0 unchanged, with 3 resources, 6 phones and 3 addresses; 7 rows read, 0 rejected.
        Not kept: InternalNotes of 1, program_at_site.name of 1, site.name of 1.
        Import IMP-JACXZC: `caredesk import undo IMP-JACXZC` takes it back.
        2> note: county.csv: a column that is not known, and left aside: `InternalNotes` (1 value).
        2> note: county.csv: 2 private numbers, addresses and persons are left aside.
        $ caredesk provider import county.csv
        Providers: 0 created, 0 updated, 3 unchanged, with 3 resources, 6 phones and 3 addresses; 7 rows read, 0 rejected.
        Not kept: InternalNotes of 1, program_at_site.name of 1, site.name of 1.
        2> note: county.csv: a column that is not known, and left aside: `InternalNotes` (1 value).
        2> note: county.csv: 2 private numbers, addresses and persons are left aside.
        $ caredesk provider list
        CODE        NAME         PHONE     POSTAL CODE  ACTIVE
        PRV-0FGPME  Elder Trust  555-0100  19901        yes
        PRV-M39GAH  Old Hall     555-0500  19901        no
        PRV-MJ18AD  Wheels       555-0700               yes
        $ caredesk resource list --columns name,provider_name,kind,state
        NAME           PROVIDER     KIND     STATE
        Elder Trust    Elder Trust  agency   active
        Meals at home  Elder Trust  program  active
        Wheels         Wheels       agency   active
        $ caredesk provider show "elder trust"
        Elder Trust (PRV-0FGPME), active
        email      info@elder.example
        phones     555-0100
                   555-0101, fax
        addresses  1 High St, Dover 19901
        source     county, id 100

        CODE        KIND     NAME           STATE
        RES-4DHYWN  agency   Elder Trust    active
        RES-64M0G0  program  Meals at home  active
        $ caredesk resource show "meals at home"
        Meals at home (RES-64M0G0), program
        provider     Elder Trust (PRV-0FGPME)
        state        active
        description  Hot meals
        eligibility  Over 60
        phones       555-0300, Intake
                     555-0200
        addresses    9 Mill Rd, Smyrna 19977
        open         Mon-Fri 9-5
        category     Meals (BD-1)
                     Groceries (BD-2)
        area         Kent
                     Sussex
        $ caredesk resource find --category BD-2 --area sussex --columns name,provider_name
        NAME           PROVIDER
        Meals at home  Elder Trust
    "#]]);
});

// Whatever it is written in, whatever its columns are called.
both_engines!(agencies_and_programs_in_other_words, |world| {
    world.ok("init");
    world.write(
        "one.csv",
        "Nr;Titel;Teil von;Art\n1;Elder Trust;;Organisation\n2;Meals at home;1;Service\n3;Lost;9;Service\n4;Odd;1;Club\n",
    );
    let columns = "--map id=Nr --map name=Titel --map parent=\"Teil von\" --map level=Art";
    world.story(expect![[r#"
        $ caredesk provider import one.csv --map id=Nr --map name=Titel --map "parent=Teil von" --map level=Art
        2> rejected: one.csv line 5: the level `Club` is none of Agency, Site, Program and ProgramAtSite
        2> rejected: one.csv line 4: organization `9` is not in one.csv
        2> error: 2 of 4 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
    "#]]);
    assert_eq!(world.run(&format!("provider import one.csv {columns} --keep-going")).status, 9);
    assert_eq!(world.json("resource list").as_array().map(Vec::len), Some(2));
    let rows = json!([
        {"ResourceAgencyNum": "0007", "PublicName": "Fen House", "ParentAgencyNum": 0},
        {"ResourceAgencyNum": "0008", "PublicName": "Fen rides", "ParentAgencyNum": "0007"},
    ]);
    world.write("two.json", rows.to_string());
    assert_eq!(world.json("provider import two.json --source fens")["created"], 1);
    assert_eq!(world.json("resource list --provider fen")[1]["name"], "Fen rides");
});

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn programs(world: &World) -> Vec<Value> {
    let list = world.json("resource list");
    let programs = list.as_array().unwrap().iter().filter(|resource| resource["kind"] == "program");
    programs.map(|resource| resource["name"].clone()).collect()
}

both_engines!(folders_are_read_packed_too, |world| {
    world.ok("init");
    let organizations = "id,name\no1,Plover House\n";
    let services = "id,organization_id,name,status\ns1,o1,Night care,active\n";
    // In a folder of the archive, beside what an operating system adds.
    world.write(
        "plover.zip",
        zip(&[
            ("export/organizations.csv", organizations),
            ("export/services.csv", services),
            ("__MACOSX/export/._organizations.csv", "\0\0"),
        ]),
    );
    assert_eq!(world.json("provider import plover.zip")["resources"], 1);
    std::fs::create_dir_all(world.path("plover/export")).unwrap();
    world.write("plover/export/organizations.tsv", organizations.replace(',', "\t"));
    world.write("plover/export/services.csv", services);
    assert_eq!(world.json("provider import plover")["unchanged"], 1);
    // The tables of a data package lie where its description says.
    let package = r#"{"resources": [{"path": "data/organizations.csv"}, {"path": "data/services.csv"}]}"#;
    world.write(
        "package.zip",
        zip(&[
            ("datapackage.json", package),
            ("data/organizations.csv", organizations),
            ("data/services.csv", services),
        ]),
    );
    assert_eq!(world.json("provider import package.zip --source plover")["unchanged"], 1);
    let page = |id: &str, name: &str| {
        json!({"id": id, "name": name, "services": [{"id": name, "name": name}]}).to_string()
    };
    world.write("pages.zip", zip(&[("1.json", &page("p1", "Day care")), ("2.json", &page("p2", "Rides"))]));
    assert_eq!(world.json("provider import pages.zip --source pages")["created"], 2);
    assert_eq!(programs(world), ["Day care", "Night care", "Rides"]);
    world.write("out.zip", zip(&[("../organizations.csv", organizations), ("services.csv", services)]));
    world.story(expect![[r#"
        $ caredesk provider import out.zip --source plover
        2> error: `out.zip` holds `../organizations.csv`, which leads out of it
        [exit 5]
    "#]]);
});
