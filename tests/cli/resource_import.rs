//! `resource import`: programs and agency records from tables.

use expect_test::expect;

use crate::own_list;
use crate::world::World;

const PROGRAMS: &str = "provider,name,state,description,fees
harbour,Night Sitting,active,Company at night,
harbour,Hot Meals,paused,,4 a meal
willow,Day Centre,Active,Lunch and company,none
willow,,active,,
elm,Club,active,,
willow,Walks,sometimes,,
";

fn begin(world: &World) {
    world.ok("init");
    world.ok("provider create 'Harbour Home Care' --email office@harbour.example");
    world.ok("provider create 'Willow Lane Care'");
}

fn filled(world: &World) {
    begin(world);
    world.write("programs.csv", PROGRAMS);
    assert_eq!(world.run("resource import programs.csv --keep-going").status, 9);
}

// Rules 5.2, 5.6.
both_engines!(programs_come_from_a_table, |world| {
    begin(world);
    world.write("programs.csv", PROGRAMS);
    world.story(expect![[r#"
        $ caredesk resource import programs.csv
        2> rejected: programs.csv line 5: has no name
        2> rejected: programs.csv line 7: state `sometimes` is none of active, paused, inactive
        2> rejected: programs.csv line 6: there is no provider `elm`
        2> error: 3 of 6 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk resource import programs.csv --keep-going
        Resources: 6 read, 3 created, 0 updated, 0 unchanged, 3 rejected.
        Import IMP-1D33GR: `caredesk import undo IMP-1D33GR` takes it back.
        2> rejected: programs.csv line 5: has no name
        2> rejected: programs.csv line 7: state `sometimes` is none of active, paused, inactive
        2> rejected: programs.csv line 6: there is no provider `elm`
        2> error: 3 of 6 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk resource list
        CODE        NAME               PROVIDER           KIND     STATE   PLACES LEFT  CAPACITY NOTE
        RES-4MFMDS  Day Centre         Willow Lane Care   program  active
        RES-4DHYWN  Harbour Home Care  Harbour Home Care  agency   active
        RES-5210VA  Hot Meals          Harbour Home Care  program  paused
        RES-85Y0YW  Night Sitting      Harbour Home Care  program  active
        RES-ZCM1TC  Willow Lane Care   Willow Lane Care   agency   active
        $ caredesk resource show 'Hot Meals'
        Hot Meals (RES-5210VA), program
        provider  Harbour Home Care (PRV-MJ18AD)
        state     paused
        fees      4 a meal
        $ caredesk resource find lunch --columns name
        NAME
        Day Centre
    "#]]);
    world.write("mended.csv", "provider,name,kind,state,fees,url\nharbour,Harbour Home Care,agency,paused,,meals.example\nharbour,hot meals,program,active,,\n");
    world.story(expect![[r#"
        $ caredesk resource import mended.csv
        Resources: 2 read, 0 created, 2 updated, 0 unchanged, 0 rejected.
        Cleared: fees of 1.
        Import IMP-3HSQTD: `caredesk import undo IMP-3HSQTD` takes it back.
        $ caredesk resource list --columns name,state,fees,url
        NAME               STATE   FEES  URL
        Day Centre         active  none
        Harbour Home Care  paused        meals.example
        hot meals          active
        Night Sitting      active
        Willow Lane Care   active
    "#]]);
    let import = world.json("import list")[0]["code"].as_str().unwrap().to_owned();
    world.ok(&format!("import undo {import} --yes"));
    world.story(expect![[r#"
        $ caredesk resource list --columns name,state,fees,url
        NAME               STATE   FEES      URL
        Day Centre         active  none
        Harbour Home Care  active
        Hot Meals          paused  4 a meal
        Night Sitting      active
        Willow Lane Care   active
    "#]]);
});

// Rule 5.4.
both_engines!(a_list_of_resources_changes_nothing, |world| {
    filled(world);
    own_list::changes_nothing(world, "resource list", "resource import", 5);
});

// Rule 5.4.
both_engines!(a_list_of_resources_makes_the_same_elsewhere, |world| {
    filled(world);
    own_list::makes_the_same(
        world,
        |other| {
            other.ok("init");
            other.ok("provider create 'Willow Lane Care'");
            other.ok("provider create 'Harbour Home Care'");
        },
        "resource list --columns name,provider_name,kind,state,description,eligibility,fees",
        "resource import --map provider=provider_name",
        "name,kind,state,description,fees",
        &["-o csv", "-o xlsx", "-o jsonl"],
    );
});
