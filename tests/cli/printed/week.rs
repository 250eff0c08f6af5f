//! `schedule pdf`: a week on one page.

use expect_test::expect;

use super::{must_say, pages};
use crate::visits::accepted;

// Rules 8.40, 8.47, 8.48.
both_engines!(a_week_is_one_page, |world| {
    accepted(world);
    world.ok("hub edit --name 'Care Hub North'");
    world.ok("visit cancel VIS-000002");
    world.story(expect![[r#"
        $ caredesk schedule pdf --provider acme --file none.pdf --week 2026-W49 --dry-run
        dry run: Wrote week 2026-W49 with 2 visits to none.pdf.
        $ caredesk schedule pdf --provider acme --file acme.pdf --week 2026-W49
        Wrote week 2026-W49 with 2 visits to acme.pdf.
        $ caredesk schedule pdf REF-00000A --file ada.pdf -o json --columns week,visits,left_out,file
        {
          "week": "2026-W49",
          "visits": 4,
          "left_out": 0,
          "file": "ada.pdf"
        }
        $ caredesk schedule pdf --file none.pdf
        2> error: neither a referral nor a provider is named
        2> hint: name a referral, or `--provider`; `--all` shows a day of all
        [exit 2]
        $ caredesk schedule pdf REF-00000A --provider acme --file none.pdf
        2> error: the argument '[REFERRAL]' cannot be used with '--provider <PROVIDER>'
        2>
        2> Usage: caredesk schedule pdf [OPTIONS] --file <FILE|-> [REFERRAL]
        2>
        2> For more information, try '--help'.
        [exit 2]
        # as acme
        $ caredesk schedule pdf --file own.pdf
        Wrote week 2026-W49 with 2 visits to own.pdf.
        $ caredesk schedule pdf REF-00000A --file none.pdf
        2> error: there is no referral `REF-00000A`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk schedule pdf --provider birch --file none.pdf
        2> error: there is no provider `birch`
        2> hint: `caredesk provider list` shows those that there are
        [exit 3]
        # as mute
        $ caredesk schedule pdf --file mute.pdf
        Wrote week 2026-W49 with 2 visits to mute.pdf.
        # as birch
        $ caredesk schedule pdf --file empty.pdf
        Wrote week 2026-W47 with 0 visits to empty.pdf.
        # as sue
        $ caredesk disclosure list --columns client_name,recipient_name,type,basis,source,by,command,preview
        CLIENT    RECIPIENT  TYPE             BASIS       SOURCE      BY     COMMAND       PREVIEW
        Ada Moss  Acme Care  contact-details  acceptance  PKG-A3Z1NK  acme   schedule pdf  no
        Ada Moss  Acme Care  contact-details  acceptance  PKG-A3Z1NK  admin  schedule pdf  yes
        $ caredesk audit list --limit 5 --columns by,action,on
        BY     ACTION        ON
        birch  schedule.pdf  PRV-00000B
        mute   schedule.pdf  PRV-00000A
        acme   schedule.pdf  PRV-00000A
        admin  schedule.pdf  REF-00000A
        admin  schedule.pdf  PRV-00000A
    "#]]);
    assert!(!world.path("none.pdf").exists());
    let Some(acme) = pages(world, "acme.pdf") else { return };
    let whose = ["Ada Moss", "12 Elm Road, London", "SW1A 1AA"];
    let said = ["Care Hub North", "Acme Care", "Week 49", "Tuesday 1 Dec", "09:00–09:30", "two carers"];
    for page in [&acme, &pages(world, "own.pdf").unwrap()] {
        must_say(page, &whose, &["hub only"]);
        must_say(page, &said, &[]);
        must_say(page, &["cancelled", "1 visit, 30 min; 1 cancelled", "no visits"], &["more"]);
    }
    must_say(
        &pages(world, "mute.pdf").unwrap(),
        &["winter", "SW1A", "09:00–09:30"],
        &["Ada", "Elm Road", "1AA"],
    );
    let ada = pages(world, "ada.pdf").unwrap();
    must_say(
        &ada,
        &["Ada Moss · Home care", "Acme Care", "no provider"],
        &["Elm Road", "two carers", "hub only"],
    );
    assert_eq!(pages(world, "empty.pdf").unwrap().len(), 1);
});

// Rule 8.47: what has no room is counted where it is missing, on the page and beside it.
both_engines!(a_full_week_says_what_it_leaves_out, |world| {
    accepted(world);
    world.ok("client edit CLI-00000A --given 小明 --family देवी --address 'شارع الزهراء 12'");
    let add = |world: &crate::world::World, from: u32, count: u32| {
        let row =
            |number: u32| format!("2026-12-03 {:02}:{:02},15,note {number}", 6 + number / 60, number % 60);
        let table = (from..from + count).map(row).collect::<Vec<_>>().join("\n");
        world.write("calls.csv", format!("start,duration,provider_note\n{table}"));
        world.ok("visit import REF-00000A calls.csv");
        world.ok(&format!("outsource create REF-00000A --all-visits --provider acme --reference more{from}"));
        world.ok(&format!("package respond more{from} --provider acme --accept"));
    };
    add(world, 0, 7);
    assert_eq!(world.json("schedule pdf --provider acme --week 2026-W49 --file full.pdf")["left_out"], 0);
    add(world, 7, 120);
    let answer = world.run("schedule pdf --provider acme --week 2026-W49 --file over.pdf");
    assert!(answer.status == 0 && answer.stderr.contains("have no room on the page"), "{answer:?}");
    let Some(full) = pages(world, "full.pdf") else { return };
    assert_eq!(full.len(), 1);
    must_say(&full, &["小明", "देवी", "شارع", "note 6"], &["more", "[U+"]);
    let over = pages(world, "over.pdf").unwrap();
    assert_eq!(over.len(), 1);
    must_say(&over, &["visits are on this page", "caredesk visit list --provider", "and", "more"], &["[U+"]);
});
