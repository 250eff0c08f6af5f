//! `release form`: a release of information before it is signed.

use expect_test::expect;

use super::{must_say, pages};
use crate::sharing::share;
use crate::world::World;

fn settled(world: &World) {
    world.begin(|world| {
        share(world);
        world.ok("hub edit --name 'Care Hub North'");
        world.ok("sharing setup acme --type case-notes --level 1 --release on --notice 'Part 2 forbids passing on.'");
        world.ok("client enroll CLI-00000A acme");
    });
}

// Rules 8.40, 8.43.
both_engines!(a_release_is_a_form_to_sign, |world| {
    settled(world);
    world.story(expect![[r#"
        $ caredesk release form CLI-00000A --owner acme --type case-notes services --recipient birch cedar --purpose 'care after discharge' --expires 2027-06-30 --file ada.pdf --dry-run
        dry run: Wrote a release form of client CLI-00000A (Ada Moss) to ada.pdf.
        2> warning: `Acme Care` does not share services by releases: until it does, nothing is shown by this one
        $ caredesk release form CLI-00000A --owner acme --type case-notes services --recipient birch cedar --purpose 'care after discharge' --expires 2027-06-30 --file ada.pdf
        Wrote a release form of client CLI-00000A (Ada Moss) to ada.pdf.
        2> warning: `Acme Care` does not share services by releases: until it does, nothing is shown by this one
        $ caredesk release form CLI-00000A --owner acme --file blank.pdf
        Wrote a release form of client CLI-00000A (Ada Moss) to blank.pdf.
        $ caredesk release form CLI-00000A --owner acme --all-providers --expiry-event 'end of treatment' --file all.pdf -o json --columns client,owner_name,file
        {
          "client": "CLI-00000A",
          "owner_name": "Acme Care",
          "file": "all.pdf"
        }
        $ caredesk release form CLI-00000A --file none.pdf
        2> error: no provider is named
        2> hint: say which with --owner: `caredesk provider list` shows all
        [exit 2]
        $ caredesk release form CLI-00000A --owner acme --recipient acme --file none.pdf
        2> error: `Acme Care` is the owner, and sees its own records without a release
        2> hint: name the providers that are to see them with `--recipient`
        [exit 4]
        $ caredesk release form CLI-00000A --owner acme --recipient dormant --file none.pdf
        2> error: provider `Dormant Care` is inactive
        2> hint: `caredesk provider activate PRV-00000D` brings it back
        [exit 4]
        $ caredesk release form CLI-00000A --owner acme --expires 2026-11-21 --file none.pdf
        2> error: a release cannot expire on `2026-11-21`, before it was signed on `2026-11-22`
        2> hint: `--expires` is the last day that the release counts
        [exit 5]
        $ caredesk release form CLI-00000A --owner acme --all-providers --recipient birch --file none.pdf
        2> error: the argument '--all-providers' cannot be used with '--recipient <PROVIDER>...'
        2>
        2> Usage: caredesk release form [OPTIONS] <CLIENT> --file <FILE|->
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk release form zz --owner acme --file none.pdf
        2> error: there is no client `zz`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        $ caredesk audit list --limit 3 --columns by,action,on
        BY     ACTION        ON
        admin  release.form  CLI-00000A
        admin  release.form  CLI-00000A
        admin  release.form  CLI-00000A
    "#]]);
    assert!(!world.path("none.pdf").exists());
    let Some(ada) = pages(world, "ada.pdf") else { return };
    must_say(
        &ada,
        &[
            "Release of information",
            "Ada Moss",
            "2 March 1941",
            "Acme Care may show records about Ada Moss",
            "services: which services were given",
            "case notes:",
            "clinical:",
            "all providers that Acme Care is linked to",
            "these providers alone:",
            "Birch Homecare",
            "Cedar Nursing",
            "care after discharge",
            "30 June 2027",
            "or what ends it instead of a day",
            "You can take this release back at any time",
            "tell Acme Care or Care Hub North",
            "You need not sign. Your care, its payment",
            "the law may then no longer protect them",
            "Part 2 forbids passing on.",
            "Date of the signature",
        ],
        &["Name of a provider"],
    );
    let boxes = |pages: &[String]| ["☒", "☐"].map(|sign| pages.concat().matches(sign).count());
    assert_eq!(boxes(&ada), [3, 6]);
    let blank = pages(world, "blank.pdf").unwrap();
    assert_eq!(boxes(&blank), [0, 9]);
    must_say(
        &blank,
        &["these providers alone:", "Name of a provider", "the rules of Acme Care say how long"],
        &["Part 2"],
    );
    let all = pages(world, "all.pdf").unwrap();
    must_say(
        &all,
        &["all providers that Acme Care is linked to", "end of treatment"],
        &["these providers alone"],
    );
});

// Rule 8.43: an account of a provider makes one for its own clients, if it answers sharing.
both_engines!(a_provider_prints_releases_of_its_own, |world| {
    settled(world);
    world.ok("contact create --anonymous --number 26-1 --postal-code 'AB1 2CD'");
    world.sql("UPDATE client SET code = 'CLI-00000C' WHERE family = ''");
    world.ok("client create --given Cy --family Fern");
    world.ok("sharing link acme birch --type case-notes");
    world.story(expect![[r#"
        # as acme
        $ caredesk release form CLI-00000A --type case-notes --recipient birch --file acme.pdf
        Wrote a release form of client CLI-00000A (Ada Moss) to acme.pdf.
        $ caredesk release form fern --type case-notes --file none.pdf
        2> error: there is no client `fern`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        $ caredesk release form CLI-00000A --owner birch --file none.pdf
        2> error: there is no provider `birch`
        2> hint: `caredesk provider list` shows those that there are
        [exit 3]
        # as admin
        $ caredesk release form CLI-00000C --owner acme --file none.pdf
        2> error: CLI-00000C is anonymous: only who is known is enrolled, has records, and consents to sharing
        2> hint: `caredesk client edit CLI-00000C --given NAME --family NAME` says who it is; if it is a client that you know, `caredesk contact edit NUMBER --client CLIENT` does
        [exit 4]
        # as mute
        $ caredesk release form CLI-00000A --file none.pdf
        2> error: account `mute` lacks the permission answer-sharing
        2> hint: an admin of the hub can give it
        [exit 6]
        $ caredesk release form fern --file none.pdf
        2> error: there is no client `fern`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        # as tracy
        $ caredesk release form CLI-00000A --owner acme --file tracy.pdf -q
        CLI-00000A
    "#]]);
    assert!(!world.path("none.pdf").exists());
});

// Rules 8.40, 8.43: in any script, and many recipients go on to another page.
both_engines!(a_release_has_room_for_many_recipients, |world| {
    settled(world);
    world.ok("client edit CLI-00000A --given आशा --family الزهراء");
    let mut line = "release form CLI-00000A --owner acme --file many.pdf --recipient".to_owned();
    for number in 0..60 {
        world.ok(&format!("provider create '护理 {number}'"));
        line += &format!(" '护理 {number}'");
    }
    world.ok(&line);
    let Some(many) = pages(world, "many.pdf") else { return };
    assert!(many.len() > 2);
    must_say(&many, &["护理 0", "护理 59", "الزهراء", "Date of the signature"], &["[U+"]);
});
