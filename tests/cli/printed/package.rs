//! `package pdf`: the sheet of a package for the provider that has accepted it.

use expect_test::expect;

use super::{must_say, pages};
use crate::visits::accepted;

// Rules 8.40, 8.45.
both_engines!(who_has_accepted_gets_a_sheet, |world| {
    accepted(world);
    world.ok("hub edit --name 'Care Hub North'");
    world.ok("package edit winter --provider-note 'no parking'");
    world.ok("outsource create REF-00000A --visit VIS-000003 --provider acme birch --reference spring");
    world.story(expect![[r#"
        $ caredesk package pdf spring --file spring.pdf
        2> error: package `spring` is not accepted: there is a sheet for the provider that has accepted
        2> hint: `caredesk package show PKG-02BM3F` says how it stands
        [exit 4]
        $ caredesk package pdf winter --provider birch --file birch.pdf
        2> error: package `winter` is not accepted by `Birch Homecare`: there is a sheet for the provider that has accepted
        2> hint: `caredesk package show PKG-A3Z1NK` says how it stands
        [exit 4]
        # as acme
        $ caredesk package pdf spring --file spring.pdf
        2> error: package `spring` is not accepted: there is a sheet for the provider that has accepted
        2> hint: `caredesk package show PKG-02BM3F` says how it stands
        [exit 4]
        $ caredesk package pdf winter --file winter.pdf --dry-run
        dry run: Wrote package winter to winter.pdf.
        # as sue
        $ caredesk disclosure list
        2> note: no disclosures
        # as acme
        $ caredesk package pdf winter --provider acme --file winter.pdf
        Wrote package winter to winter.pdf.
        $ caredesk package pdf winter --file again.pdf -o json --columns package,reference,provider_name,client,visits,duration_minutes,file
        {
          "package": "PKG-A3Z1NK",
          "reference": "winter",
          "provider_name": "Acme Care",
          "client": "CLI-00000A",
          "visits": 2,
          "duration_minutes": 60,
          "file": "again.pdf"
        }
        # as mute
        $ caredesk package pdf winter --file mute.pdf
        Wrote package winter to mute.pdf.
        # as birch
        $ caredesk package pdf winter --file none.pdf
        2> error: there is no package `winter`
        2> hint: `caredesk package list` shows those that there are
        [exit 3]
        # as sue
        $ caredesk disclosure list --columns client_name,recipient_name,type,basis,source,by,command,preview
        CLIENT    RECIPIENT  TYPE             BASIS       SOURCE      BY    COMMAND      PREVIEW
        Ada Moss  Acme Care  contact-details  acceptance  PKG-A3Z1NK  acme  package pdf  no
        Ada Moss  Acme Care  contact-details  acceptance  PKG-A3Z1NK  acme  package pdf  no
        $ caredesk audit list --limit 3 --columns by,action,on
        BY    ACTION       ON
        mute  package.pdf  PKG-A3Z1NK
        acme  package.pdf  PKG-A3Z1NK
        acme  package.pdf  PKG-A3Z1NK
    "#]]);
    assert!(!world.path("none.pdf").exists() && !world.path("spring.pdf").exists());
    let Some(sheet) = pages(world, "winter.pdf") else { return };
    let details =
        ["Ada Moss", "12 Elm Road, London", "SW1A 1AA", "daughter: 020 7946 0018", "the key is with"];
    must_say(&sheet, &details, &["hub only"]);
    must_say(
        &sheet,
        &[
            "Package winter (PKG-", "Acme Care", "no parking", "Tue 1 December 2026", "09:00–09:30",
            "two carers", "2 visits, 1 h", "UTC",
        ],
        &["Birch", "admin"],
    );
    // Rule 1.12: without the permission there are the visits and their area.
    must_say(
        &pages(world, "mute.pdf").unwrap(),
        &["SW1A", "09:00–09:30"],
        &["Ada", "Elm Road", "1AA", "7946", "key"],
    );
});

// Rule 8.45: live values in the zone of the hub; cancelled visits stay and take no time.
both_engines!(a_sheet_says_what_is_planned_now, |world| {
    accepted(world);
    world.sql("UPDATE setting SET value = 'Pacific/Auckland' WHERE name = 'time_zone'");
    world.ok("visit edit VIS-000001 --start 2026-12-01T21:15:00Z --duration 8h");
    world.ok("visit cancel VIS-000002");
    world.as_user("acme");
    let sheet = world.json("package pdf winter --file sheet.pdf");
    assert_eq!((&sheet["visits"], &sheet["duration_minutes"]), (&1.into(), &480.into()));
    let Some(sheet) = pages(world, "sheet.pdf") else { return };
    let said = ["Wed 2 December 2026", "10:15–18:15", "8 h", "cancelled", "1 visit, 8 h", "Pacific/Auckland"];
    must_say(&sheet, &said, &["21:15"]);
});

// Rule 8.46: what the hub prints shows no more than the provider sees by then, and is in the register as a preview.
both_engines!(the_hub_prints_what_the_provider_sees, |world| {
    accepted(world);
    world.as_user("stan");
    world.ok("package pdf winter --file hub.pdf");
    world.at("2027-01-02T00:00:00Z");
    world.ok("package pdf winter --file late.pdf");
    world.at("2027-01-02T00:10:00Z");
    // As it stood: then it was seen.
    world.ok("package pdf winter --file then.pdf --at 2026-12-20");
    world.as_user("admin");
    world.ok("provider deactivate acme --yes");
    world.at("2026-12-01T00:00:00Z");
    world.ok("package pdf winter --file inactive.pdf");
    world.story(expect![[r#"
        $ caredesk disclosure list --columns client_name,recipient_name,type,basis,source,by,command,preview
        CLIENT    RECIPIENT  TYPE             BASIS       SOURCE      BY    COMMAND      PREVIEW
        Ada Moss  Acme Care  contact-details  acceptance  PKG-A3Z1NK  stan  package pdf  yes
        Ada Moss  Acme Care  contact-details  acceptance  PKG-A3Z1NK  stan  package pdf  yes
        $ caredesk package hand-back winter --provider acme --reason ill --yes -q
        PKG-A3Z1NK
        $ caredesk package pdf winter --file back.pdf
        2> error: package `winter` is not accepted: there is a sheet for the provider that has accepted
        2> hint: `caredesk package show PKG-A3Z1NK` says how it stands
        [exit 4]
        $ caredesk outsource delete winter --yes -q
        PKG-A3Z1NK
        $ caredesk package pdf winter --file recalled.pdf
        2> error: package `winter` was recalled
        2> hint: `caredesk package list --referral REF-00000A` shows what is offered now
        [exit 4]
    "#]]);
    let Some(hub) = pages(world, "hub.pdf") else { return };
    let whose = ["Ada Moss", "12 Elm Road"];
    must_say(&hub, &whose, &["Birch"]);
    for file in ["late.pdf", "inactive.pdf"] {
        must_say(&pages(world, file).unwrap(), &["SW1A", "09:00–09:30"], &whose);
    }
    must_say(&pages(world, "then.pdf").unwrap(), &["Ada Moss", "As it stood on 20 December 2026"], &[]);
});

// Rule 8.40: in any script, over as many pages as it takes.
both_engines!(a_long_sheet_goes_on_with_its_heads, |world| {
    accepted(world);
    world.ok("client edit CLI-00000A --given 小明 --family देवी --address 'شارع الزهراء 12' --postal-code 'SW1A 1AA'");
    let carers = "Ring twice and wait. ".repeat(300);
    let edit = ["client", "edit", "CLI-00000A", "--carer-note", &carers];
    assert_eq!(world.run_args(&edit).status, 0);
    world.ok(
        "visit add REF-00000B --start '2026-12-07 08:00' --duration 20 --weekly daily --until 2027-03-01",
    );
    world.ok("outsource create REF-00000B --all-visits --provider acme --reference long");
    world.ok("client edit CLI-00000B --given नाम --family 王");
    for (package, line) in [("winter", "winter"), ("long", "long")] {
        if package == "long" {
            world.ok("package respond long --provider acme --accept");
        }
        world.as_user("acme");
        world.ok(&format!("package pdf {line} --file {package}.pdf"));
        world.as_user("admin");
    }
    let Some(winter) = pages(world, "winter.pdf") else { return };
    assert!(winter.len() > 1);
    must_say(&winter, &["देवी", "شارع", "小明"], &["[U+"]);
    let long = pages(world, "long.pdf").unwrap();
    must_say(&long, &["नाम", "王", "87 visits, 29 h 20 min"], &["[U+"]);
    assert!(long.len() > 2 && long.iter().all(|page| page.contains("Duration")), "{long:?}");
});
