//! `sharing form`: a request that a person signs.

use expect_test::expect;

use super::{must_say, pages};
use crate::contact_pdf::dense;
use crate::sharing::share;
use crate::world::World;

/// Acme shares services by request, with 365 days and a notice; Birch has asked for those of Ada and of Bo, whom Acme does not
/// know.
fn asked(world: &World) {
    world.begin(|world| {
        share(world);
        world.ok("hub edit --name 'Care Hub North'");
        world.ok("sharing setup acme --type services --level 1 --default-days 365 --notice 'Part 2 forbids passing on.'");
        world.ok("sharing link acme birch --type services");
        world.ok("client enroll CLI-00000A acme");
        world.ok("client enroll CLI-00000A birch");
        world.ok("client enroll CLI-00000B birch");
        world.as_user("birch");
        for (client, number) in [("A", 1), ("B", 2)] {
            world.ok(&format!("sharing request CLI-00000{client} --owner acme --type services --purpose treatment"));
            world.sql(&format!("UPDATE sharing_request SET code = 'SHR-00000{number}' WHERE code NOT LIKE 'SHR-00000%'"));
        }
        world.as_user("admin");
    });
}

// Rules 8.40, 8.41.
both_engines!(a_request_is_a_form_to_sign, |world| {
    asked(world);
    world.story(expect![[r#"
        $ caredesk sharing form SHR-000001 --file ada.pdf --dry-run
        dry run: Wrote the form of request SHR-000001 to ada.pdf.
        $ caredesk sharing form SHR-000001 --file ada.pdf
        Wrote the form of request SHR-000001 to ada.pdf.
        $ caredesk sharing form SHR-000001 --file ada.pdf
        2> error: there is a file `ada.pdf` already
        2> hint: `--overwrite` replaces it
        [exit 4]
        $ caredesk sharing form SHR-000009 --file other.pdf
        2> error: there is no sharing request `SHR-000009`
        2> hint: `caredesk sharing list` shows those that there are
        [exit 3]
        $ caredesk sharing form SHR-000001 --file again.pdf -o json --columns request,client,client_name,file
        {
          "request": "SHR-000001",
          "client": "CLI-00000A",
          "client_name": "Ada Moss",
          "file": "again.pdf"
        }
        # as tracy
        $ caredesk sharing form SHR-000001 --file tracy.pdf -q
        SHR-000001
        # as admin
        $ caredesk audit list --limit 3 --columns by,action,on
        BY     ACTION        ON
        tracy  sharing.form  SHR-000001
        admin  sharing.form  SHR-000001
        admin  sharing.form  SHR-000001
    "#]]);
    assert!(!world.path("other.pdf").exists());
    let standard = world.command("sharing form SHR-000001 --file -").output().unwrap();
    assert!(standard.status.success() && standard.stdout.starts_with(b"%PDF-1.7"));
    let Some(form) = pages(world, "ada.pdf") else { return };
    must_say(
        &form,
        &[
            "Care Hub North",
            "Sharing request SHR-000001",
            "Consent to show records",
            "Ada Moss",
            "2 March 1941",
            "Birch Homecare asks Acme Care to let it see records about Ada Moss of one type: services.",
            "Purpose: treatment",
            "No other provider sees them by it.",
            "You need not sign.",
            "If none is written, it lasts 365 days after the signature.",
            "Last day",
            "tell Acme Care or Care Hub North",
            "A client who is 18 or older on the day of the signature signs.",
            "Part 2 forbids passing on.",
            "Name of the person who signs",
            "Relation to the client: self, parent, legal guardian",
            "Date of the signature",
            "Printed by admin",
        ],
        &["and is younger", "Name of the client"],
    );
});

// Rule 8.41: where a signature would come to nothing, there is no form.
both_engines!(what_has_ended_has_no_form, |world| {
    asked(world);
    world.story(expect![[r#"
        $ caredesk sharing deny SHR-000001 -q
        SHR-000001
        $ caredesk sharing form SHR-000001 --file denied.pdf
        Wrote the form of request SHR-000001 to denied.pdf.
        $ caredesk sharing grant SHR-000001 -q
        SHR-000001
        $ caredesk sharing form SHR-000001 --file renewal.pdf
        Wrote the form of request SHR-000001 to renewal.pdf.
        $ caredesk sharing revoke SHR-000001 -q
        SHR-000001
        $ caredesk sharing form SHR-000001 --file revoked.pdf
        2> error: SHR-000001 was revoked
        2> hint: ask again: `caredesk sharing request CLI-00000A --owner 'Acme Care' --recipient 'Birch Homecare' --type services`
        [exit 4]
        # as birch
        $ caredesk sharing cancel SHR-000002 -q
        SHR-000002
        $ caredesk sharing form SHR-000002 --file cancelled.pdf
        2> error: SHR-000002 was cancelled by `Birch Homecare`
        2> hint: ask again: `caredesk sharing request CLI-00000B --owner 'Acme Care' --recipient 'Birch Homecare' --type services`
        [exit 4]
    "#]]);
    assert!(!world.path("revoked.pdf").exists() && !world.path("cancelled.pdf").exists());
});

// Rule 8.42: a form shows what `sharing show` shows, and what an owner asks of its agreements to itself and the hub alone.
both_engines!(a_form_shows_no_more_than_the_request, |world| {
    asked(world);
    world.story(expect![[r#"
        # as birch
        $ caredesk sharing form SHR-000001 --file birch.pdf
        Wrote the form of request SHR-000001 to birch.pdf.
        $ caredesk sharing form SHR-000002 --file bo.pdf
        Wrote the form of request SHR-000002 to bo.pdf.
        # as acme
        $ caredesk sharing form SHR-000001 --file acme.pdf
        Wrote the form of request SHR-000001 to acme.pdf.
        $ caredesk sharing form SHR-000002 --file arrived.pdf
        2> error: there is no sharing request `SHR-000002`
        2> hint: `caredesk sharing list` shows those that there are
        [exit 3]
        # as cedar
        $ caredesk sharing form SHR-000001 --file cedar.pdf
        2> error: there is no sharing request `SHR-000001`
        2> hint: `caredesk sharing list` shows those that there are
        [exit 3]
        # as mute
        $ caredesk sharing form SHR-000001 --file mute.pdf
        Wrote the form of request SHR-000001 to mute.pdf.
    "#]]);
    for file in ["arrived.pdf", "cedar.pdf"] {
        assert!(!world.path(file).exists(), "{file}");
    }
    let Some(birch) = pages(world, "birch.pdf") else { return };
    let settings = ["365 days", "Part 2 forbids"];
    must_say(&birch, &["Ada Moss", "the rules of Acme Care say how long"], &settings);
    // What the sender knows of its own client is the same whether the owner knows it or not.
    let bo = pages(world, "bo.pdf").unwrap();
    let alike = |pages: &[String]| {
        let text = dense(&pages.concat()).replace("SHR-000001", "#").replace("SHR-000002", "#");
        text.replace("AdaMoss", "Name")
            .replace("BoMoss", "Name")
            .replace("CLI-00000A", "@")
            .replace("CLI-00000B", "@")
    };
    assert_eq!(alike(&birch), alike(&bo));
    must_say(&pages(world, "acme.pdf").unwrap(), &["Ada Moss", "365 days", "Part 2 forbids"], &[]);
    let mute = pages(world, "mute.pdf").unwrap();
    must_say(&mute, &["CLI-00000A", "Name of the client", "Born on"], &["Ada", "1941"]);
});

// Rule 8.41: who is too young does not sign, and that is said.
both_engines!(a_form_says_that_a_guardian_signs, |world| {
    asked(world);
    world.ok("client edit CLI-00000A --birth-date 2012-05-01");
    world.ok("sharing form SHR-000001 --file minor.pdf");
    world.ok("hub edit --signing-age 14");
    world.ok("sharing form SHR-000001 --file older.pdf");
    world.ok("hub edit --signing-age none");
    world.ok("sharing form SHR-000001 --file always.pdf");
    let Some(minor) = pages(world, "minor.pdf") else { return };
    must_say(&minor, &["Ada Moss was born on 1 May 2012 and is younger."], &[]);
    must_say(&pages(world, "older.pdf").unwrap(), &["who is 14 or older"], &["and is younger"]);
    must_say(&pages(world, "always.pdf").unwrap(), &["The client signs, at any age."], &[]);
});

// Rules 8.40, 8.41: in any script, over as many pages as it takes, and what is signed on stays together.
both_engines!(a_form_has_any_script_and_its_lines_stay_together, |world| {
    asked(world);
    for (number, (given, family)) in [("小明", "王"), ("فاطمة", "الزهراء"), ("आशा", "देवी")].iter().enumerate()
    {
        world.ok(&format!("client edit CLI-00000A --given {given} --family {family}"));
        // The lines to sign on begin at every height of a page.
        let notice = "No one may pass these records on. ".repeat(10 + 9 * number) + "终";
        let setup = ["sharing", "setup", "acme", "--type", "services", "--notice", &notice];
        assert_eq!(world.run_args(&setup).status, 0);
        let file = format!("{number}.pdf");
        world.ok(&format!("sharing form SHR-000001 --file {file}"));
        let Some(form) = pages(world, &file) else { return };
        must_say(&form, &[family, "终", &format!("page {0} of {0}", form.len())], &["[U+"]);
        let last = form.last().unwrap();
        assert!(
            last.contains("Name of the person who signs") && last.contains("Date of the signature"),
            "{last}"
        );
        assert!(last.contains("\nSignature\n"), "the heading stays with its lines:\n{last}");
    }
});
