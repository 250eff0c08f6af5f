//! What is shared can be seen, and each look is registered.

use std::io::Read;
use std::process::Stdio;

use expect_test::expect;

use super::{ask, open, share};
use crate::town::verified;
use crate::world::World;

// Rule 3.8.
both_engines!(what_is_not_shared_leaves_no_trace, |world| {
    share(world);
    open(world);
    let look = |lines: &[&str]| {
        world.as_user("birch");
        let told = world.transcript(lines);
        world.as_user("admin");
        told
    };
    let lines = [
        "record list CLI-00000A -o json --columns code,owner_name,basis",
        "record list CLI-00000A --limit 1 -q",
        "record list CLI-00000A --after REC-000002 -q",
        "record show REC-000002",
        "record list CLI-00000B",
        "record list CLI-00000Z",
    ];
    let before = look(&lines);
    let asked = before.replace("CLI-00000B", "CLI-00000Z");
    assert!(asked.matches("there is no client `CLI-00000Z`").count() == 2, "{before}");
    world.ok("record add CLI-00000A --provider acme --type services --date today --title Secret --contract 'acme meals'");
    world.ok("record add CLI-00000B --provider acme --type case-notes --date today --title Secret");
    assert_eq!(before, look(&lines));
    world.sql("DELETE FROM record WHERE title IN ('Supper', 'Secret')");
    assert_eq!(before, look(&lines));
});

// Rule 3.6.
both_engines!(a_day_ends_at_midnight_on_the_hubs_wall, |world| {
    for (zone, still, over) in [
        ("Europe/London", "2027-06-30T22:59:59Z", "2027-06-30T23:00:00Z"),
        ("Pacific/Auckland", "2027-06-30T11:59:59Z", "2027-06-30T12:00:00Z"),
    ] {
        let world = &World::new(world.engine());
        share(world);
        open(world);
        world.ok("contract edit 'birch meals' --stop none");
        world.sql(&format!("UPDATE setting SET value = '{zone}' WHERE name = 'time_zone'"));
        let code = ask(world, 1);
        world.ok(&format!("sharing grant {code} --expires 2027-06-30"));
        world.as_user("birch");
        let seen = |instant: &str| {
            world.at(instant);
            world.ok("record list CLI-00000A -q").lines().count()
        };
        assert_eq!((seen(still), seen(over)), (3, 1), "{zone}");
    }
});

both_engines!(a_contract_counts_on_its_last_day, |world| {
    share(world);
    open(world);
    world.ok("sharing setup acme --type services --client-by-client off");
    let seen = |instant: &str| {
        world.at(instant);
        world.ok("record list CLI-00000A --viewer birch -q").lines().count()
    };
    assert_eq!(seen("2026-12-31T23:59:59Z"), 3);
    assert_eq!(seen("2027-01-01T00:00:00Z"), 1);
});

// Rule 3.10.
both_engines!(every_look_at_anothers_records_is_written_down, |world| {
    share(world);
    open(world);
    world.ok("sharing setup acme --type case-notes --level 1 --client-by-client off");
    world.ok("sharing link acme birch --type case-notes");
    let code = ask(world, 1);
    world.ok(&format!("sharing grant {code} --expires 2027-01-01"));
    let register = || {
        let rows = world.sql(
            "SELECT client.code, owner.name, recipient.name, data_type, records, basis, disclosure.source, account.login, acted_by, command
            FROM disclosure JOIN client ON client.id = client_id JOIN provider AS owner ON owner.id = owner_id
            JOIN provider AS recipient ON recipient.id = recipient_id JOIN account ON account.id = account_id
            ORDER BY at, data_type",
        );
        let cell = |cell: Option<String>| cell.unwrap_or_else(|| "-".to_owned());
        let line = |row: Vec<Option<String>>| row.into_iter().map(cell).collect::<Vec<_>>().join(" ") + "\n";
        rows.into_iter().map(line).collect::<String>()
    };
    world.as_user("birch");
    world.ok("record list CLI-00000A");
    world.ok("record list CLI-00000A --limit 2");
    world.ok("record list CLI-00000A --type case-notes");
    world.ok("record show REC-000002");
    // Its own records are nobody's disclosure.
    world.ok("record show REC-000004");
    world.as_user("admin");
    world.ok("record list CLI-00000A");
    world.ok("record list CLI-00000A --viewer birch --as birch");
    world.story(expect![[r#"
        $ caredesk record list CLI-00000A --viewer birch --dry-run
        2> error: a provider's look at records is itself recorded, so there is no dry run of it
        2> hint: leave out `--dry-run`
        [exit 2]
    "#]]);
    expect![[r#"
        CLI-00000A Acme Care Birch Homecare case-notes 1 automatic - birch - record list
        CLI-00000A Acme Care Birch Homecare services 2 request SHR-000001 birch - record list
        CLI-00000A Acme Care Birch Homecare case-notes 1 automatic - birch - record list
        CLI-00000A Acme Care Birch Homecare case-notes 1 automatic - birch - record list
        CLI-00000A Acme Care Birch Homecare services 1 request SHR-000001 birch - record show
        CLI-00000A Acme Care Birch Homecare case-notes 1 automatic - birch admin record list
        CLI-00000A Acme Care Birch Homecare services 2 request SHR-000001 birch admin record list
    "#]]
    .assert_eq(&register());
    let looks = world.json("audit list --on CLI-00000A");
    let looks = looks.as_array().unwrap().iter().filter(|entry| entry["action"] == "record.read").count();
    assert_eq!(looks, 5);
    verified(world);
});

both_engines!(a_long_look_is_one_row_of_the_register, |world| {
    share(world);
    world.ok("sharing setup acme --type services --level 1 --client-by-client off");
    world.ok("sharing link acme birch --type services");
    let mut table = "client,provider,type,date,title,id\n".to_owned();
    for number in 0..600 {
        table += &format!("CLI-00000A,acme,services,2026-10-01,Visit {number},{number}\n");
    }
    world.write("many.csv", table);
    world.ok("record import many.csv");
    let shown = world.ok("record list CLI-00000A --viewer birch -q").lines().count();
    assert_eq!(shown, 603);
    assert_eq!(world.sql("SELECT records FROM disclosure"), [[Some("602".to_owned())]]);
});

// Rule 4.1.
both_engines!(a_look_in_pages_goes_on_behind_what_others_have_recorded_meanwhile, |world| {
    share(world);
    world.ok("sharing setup acme --type services --level 1 --client-by-client off");
    world.ok("sharing link acme birch --type services");
    let mut table = "client,provider,type,date,title,id\n".to_owned();
    for number in 0..2_000 {
        table += &format!("CLI-00000A,acme,services,2026-10-01,Visit {number},{number}\n");
    }
    world.write("many.csv", table);
    world.ok("record import many.csv");
    // More than a pipe holds, so that the look waits in the midst of its pages until it is read.
    let mut look = world.command("record list CLI-00000A --viewer birch -o jsonl");
    let mut look = look.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut begin = [0; 1];
    look.stdout.as_mut().unwrap().read_exact(&mut begin).unwrap();
    world.ok("provider create Meanwhile");
    let rest = look.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&rest.stderr), "");
    assert_eq!(String::from_utf8_lossy(&rest.stdout).lines().count(), 2_003);
    verified(world);
});

both_engines!(a_look_that_cannot_be_shown_is_not_taken, |world| {
    share(world);
    world.ok("sharing setup acme --type services --level 1 --client-by-client off");
    world.ok("sharing link acme birch --type services");
    world.as_user("birch");
    world.story(expect![[r#"
        $ caredesk record show REC-000001 --columns titel
        2> error: there is no column `titel`
        2> hint: did you mean `title`? the columns are code, client, client_name, owner, owner_name, type, happened_on, title, category, contract, contract_name, units, detail, notice, never_shared, basis, recorded_at
        [exit 2]
        $ caredesk record list CLI-00000A --columns titel
        2> error: there is no column `titel`
        2> hint: did you mean `title`? the columns are code, client, client_name, owner, owner_name, type, happened_on, title, category, contract, contract_name, units, detail, notice, never_shared, basis, recorded_at
        [exit 2]
    "#]]);
    assert!(world.sql("SELECT id FROM disclosure").is_empty());
    world.ok("record show REC-000001 --columns title");
    assert_eq!(world.sql("SELECT id FROM disclosure").len(), 1);
});
