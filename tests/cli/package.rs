//! `package`: rules 1.5 to 1.7, 1.9 and 1.11, told from the hub's side and from the providers'.

use expect_test::expect;

use crate::town::{dump, in_json, refusal, settle, verified};
use crate::world::World;

fn offered(world: &World) {
    settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 VIS-000002 --provider acme birch cedar --reference winter");
}

// Rules 1.5 and 1.6.
both_engines!(the_first_to_accept_wins, |world| {
    offered(world);
    world.story(expect![[r#"
        $ caredesk package respond winter --provider acme --reject --reason 'no staff on Tuesdays'
        `Acme Care` has rejected the package winter; 2 providers have still to answer.
        $ caredesk package respond winter --provider birch --accept
        `Birch Homecare` has accepted the package winter; 1 other offer was closed.
        $ caredesk package respond winter --provider cedar --accept
        2> error: package `winter` was already accepted
        2> hint: run `caredesk package show PKG-SZNCK3`
        [exit 4]
        $ caredesk package respond winter --provider cedar --accept -o json
        2> {"error":{"kind":"refused","code":"package.already_accepted","message":"package `winter` was already accepted","hint":"run `caredesk package show PKG-SZNCK3`","details":{"package":"PKG-SZNCK3"}}}
        [exit 4]
        $ caredesk package respond winter --provider cedar --reject -o json
        2> {"error":{"kind":"refused","code":"package.already_accepted","message":"package `winter` was already accepted","hint":"run `caredesk package show PKG-SZNCK3`","details":{"package":"PKG-SZNCK3"}}}
        [exit 4]
        $ caredesk package show winter
        winter: accepted by Birch Homecare
        code       PKG-SZNCK3
        referral   REF-00000A
        created    2026-11-22 10:00 by admin

        CODE        START             DURATION MINUTES  STATUS
        VIS-000001  2026-12-01 09:00                30  planned
        VIS-000002  2026-12-02 09:00                30  planned

        PROVIDER        REQUESTED BY  REQUESTED AT      STATUS    RESPONDED AT      REASON
        Acme Care       admin         2026-11-22 10:00  rejected  2026-11-22 10:00  no staff on Tuesdays
        Birch Homecare  admin         2026-11-22 10:00  accepted  2026-11-22 10:00
        Cedar Nursing   admin         2026-11-22 10:00  closed
        $ caredesk package list
        REFERENCE  STATUS    REFERRAL    ACCEPTED BY     CREATED AT        VISITS  OFFERS
        winter     accepted  REF-00000A  Birch Homecare  2026-11-22 10:00       2       3
    "#]]);
    let closed = world.sql("SELECT responded_at, responded_by FROM offer WHERE status = 'closed'");
    assert_eq!(closed, [[None, None]]);
});

// Rule 1.5.
both_engines!(an_answer_is_final, |world| {
    offered(world);
    world.story(expect![[r#"
        $ caredesk package respond winter --provider acme --reject
        `Acme Care` has rejected the package winter; 2 providers have still to answer.
        $ caredesk package respond winter --provider acme --reject --reason again
        `Acme Care` has rejected the package winter before.
        $ caredesk package respond winter --provider acme --accept
        2> error: `Acme Care` has rejected package `winter`, and an answer is final
        2> hint: the hub can take the provider out and ask again while nobody has accepted
        [exit 4]
        $ caredesk package respond winter --provider acme --accept -o json
        2> {"error":{"kind":"refused","code":"package.already_answered","message":"`Acme Care` has rejected package `winter`, and an answer is final","hint":"the hub can take the provider out and ask again while nobody has accepted","details":{"package":"PKG-SZNCK3","status":"rejected"}}}
        [exit 4]
        $ caredesk package respond winter --provider birch --accept
        `Birch Homecare` has accepted the package winter; 1 other offer was closed.
        $ caredesk package respond winter --provider birch --accept
        `Birch Homecare` has accepted the package winter before.
        $ caredesk package respond winter --provider birch --reject
        2> error: `Birch Homecare` has accepted package `winter`, and an answer is final
        2> hint: the hub can take the provider out and ask again while nobody has accepted
        [exit 4]
        $ caredesk package respond winter --provider birch --reject -o json
        2> {"error":{"kind":"refused","code":"package.already_answered","message":"`Birch Homecare` has accepted package `winter`, and an answer is final","hint":"the hub can take the provider out and ask again while nobody has accepted","details":{"package":"PKG-SZNCK3","status":"accepted"}}}
        [exit 4]
        $ caredesk package respond winter --provider acme --accept -o json
        2> {"error":{"kind":"refused","code":"package.already_answered","message":"`Acme Care` has rejected package `winter`, and an answer is final","hint":"the hub can take the provider out and ask again while nobody has accepted","details":{"package":"PKG-SZNCK3","status":"rejected"}}}
        [exit 4]
    "#]]);
    let (entries, before) = (verified(world), dump(world));
    assert_eq!(world.json("package respond winter --provider birch --accept")["result"], "unchanged");
    assert_eq!(world.json("package respond winter --provider acme --reject")["result"], "unchanged");
    assert!(before == dump(world), "repeating an answer changes nothing");
    assert_eq!(entries, verified(world));
});

both_engines!(answers_that_cannot_be, |world| {
    offered(world);
    world.ok("outsource create REF-00000A --visit VIS-000003 --provider acme birch --reference summer");
    world.ok("provider deactivate birch");
    world.ok("outsource create REF-00000A --visit VIS-000004 --provider acme --reference spring");
    world.ok("outsource delete spring --yes");
    world.refusals(expect![[r#"
        2 usage                      package respond winter --provider acme
        2 usage                      package respond winter --accept
        2 usage                      package respond winter --provider acme --accept --reject
        2 usage                      package respond winter --provider acme --accept --reason why
        4 package.not_offered        package respond summer --provider cedar --accept
        4 provider.inactive          package respond summer --provider birch --accept
        4 package.recalled           package respond spring --provider acme --accept
        3 package.not_found          package respond autumn --provider acme --accept
        3 provider.not_found         package respond winter --provider ash --accept
        4 package.exists             package rename winter summer
        2 usage                      package rename winter PKG-1
        2 usage                      package rename winter ''
        4 package.recalled           package rename spring autumn
        4 package.ambiguous          package show PKG-
        2 usage                      package show ''
        2 usage.unknown_column       package list --columns code,colour
        2 usage.unknown_column       package show winter --columns colour
        2 usage                      package list --status open
        2 usage                      package list --limit 0
        2 usage                      package list --limit ten
        3 package.not_found          package list --after PKG-ZZZZZZ
        3 provider.not_found         package list --provider ash
        3 referral.not_found         package list --referral REF-ZZZZZZ
    "#]]);
});

both_engines!(a_package_may_be_renamed, |world| {
    offered(world);
    world.story(expect![[r#"
        $ caredesk package rename winter 'Winter 2026'
        The package PKG-SZNCK3 is now called `Winter 2026`.
        $ caredesk package rename 'winter 2026' 'WINTER 2026'
        The package PKG-SZNCK3 is now called `WINTER 2026`.
        $ caredesk package rename 'winter 2026' 'WINTER 2026'
        The package PKG-SZNCK3 is now called `WINTER 2026`.
        $ caredesk package list --columns reference
        REFERENCE
        WINTER 2026
        $ caredesk package show winter -q
        PKG-SZNCK3
    "#]]);
});

both_engines!(lists_in_every_format, |world| {
    offered(world);
    world.ok("outsource create REF-00000A --visit VIS-000003 --provider acme --reference 'a,\"b\"'");
    world.story(expect![[r#"
        $ caredesk package list
        REFERENCE  STATUS   REFERRAL    ACCEPTED BY  CREATED AT        VISITS  OFFERS
        a,"b"      pending  REF-00000A               2026-11-22 10:00       1       1
        winter     pending  REF-00000A               2026-11-22 10:00       2       3
        $ caredesk package list -q
        PKG-EG2QXC
        PKG-SZNCK3
        $ caredesk package list --columns status,reference
        STATUS   REFERENCE
        pending  a,"b"
        pending  winter
        $ caredesk package list --columns reference,status -o csv
        reference,status
        "a,""b""",pending
        winter,pending
        $ caredesk package list --columns reference,status -o tsv
        reference	status
        "a,""b"""	pending
        winter	pending
        $ caredesk package list --columns reference,status -o json
        [
        {"reference":"a,\"b\"","status":"pending"},
        {"reference":"winter","status":"pending"}
        ]
        $ caredesk package list --columns reference,status -o jsonl
        {"reference":"a,\"b\"","status":"pending"}
        {"reference":"winter","status":"pending"}
        $ caredesk package list --columns reference --status accepted
        2> note: no packages
        $ caredesk package list --columns reference --status accepted -o json
        []
        $ caredesk package list --columns reference --status accepted -o jsonl
        $ caredesk package list --columns reference --status accepted -o csv
        reference
        $ caredesk package list --columns reference,status --limit 1
        REFERENCE  STATUS
        a,"b"      pending
        $ caredesk package list --columns reference,status --provider birch --referral ref-00000a
        REFERENCE  STATUS
        winter     pending
        $ caredesk package list --columns reference --after winter
        2> note: no packages
        $ caredesk package list --columns code,colour -o json
        2> {"error":{"kind":"usage","code":"usage.unknown_column","message":"there is no column `colour`","hint":"the columns are code, reference, status, referral, accepted_by, created_at, created_by, amended_at, amended_by, recalled_at, recalled_by, visits, offers","details":{}}}
        [exit 2]
        $ caredesk package show winter --columns reference,colour
        2> error: there is no column `colour`
        2> hint: the columns are code, reference, status, referral, accepted_by, created_at, created_by, amended_at, amended_by, recalled_at, recalled_by, visits, offers
        [exit 2]
    "#]]);
});

both_engines!(a_reference_may_be_short_and_not_ambiguous, |world| {
    offered(world);
    world.ok("outsource create REF-00000A --visit VIS-000003 --provider acme --reference 'winter 2'");
    world.ok("outsource create REF-00000A --visit VIS-000004 --provider acme --reference 'windy'");
    assert_eq!(world.json("package show WINTER")["reference"], "winter");
    assert_eq!(world.json("package show ' wint\u{e9}r  2 '")["reference"], "winter 2");
    assert_eq!(refusal(world, "package show win").1, "package.ambiguous");
    world.sql("UPDATE package SET code = 'PKG-AAAAA' || CASE reference WHEN 'winter' THEN '1' WHEN 'windy' THEN '2' ELSE 'B' END");
    world.story(expect![[r#"
        $ caredesk package show win
        2> error: `win` could mean more than one package
        2> hint: say which: PKG-AAAAA1 (winter), PKG-AAAAA2 (windy), PKG-AAAAAB (winter 2)
        [exit 4]
        $ caredesk package show pkg-aaaaa
        2> error: `pkg-aaaaa` could mean more than one package
        2> hint: say which: PKG-AAAAA1 (winter), PKG-AAAAA2 (windy), PKG-AAAAAB (winter 2)
        [exit 4]
        $ caredesk package show pkg-aaaaal -q
        PKG-AAAAA1
        $ caredesk package show pkg-b
        2> error: there is no package `pkg-b`
        2> hint: `caredesk package list` shows those that there are
        [exit 3]
    "#]]);
});

// Rule 1.7, seen by staff and by the provider before and after it accepts.
both_engines!(the_provider_sees_what_it_was_offered, |world| {
    offered(world);
    world.ok("visit edit VIS-000001 --duration 45");
    world.ok("visit edit VIS-000002 --start '2026-12-02 11:30'");
    world.as_user("acme");
    let seen = || world.json("package show winter")["visits"].clone();
    let minutes = |at: usize| {
        (seen()[at]["duration_minutes"].as_i64(), seen()[at]["start"].as_str().map(str::to_owned))
    };
    assert_eq!(minutes(0), (Some(30), Some("2026-12-01T09:00:00Z".to_owned())));
    assert_eq!(minutes(1), (Some(30), Some("2026-12-02T09:00:00Z".to_owned())));
    assert_eq!(seen()[0]["differs_from_offer"], false);
    world.story(expect![[r#"
        $ caredesk package show winter
        winter: pending, waiting for an answer
        code       PKG-SZNCK3
        referral   REF-00000A
        created    2026-11-22 10:00 by admin

        CODE        START             DURATION MINUTES  STATUS
        VIS-000001  2026-12-01 09:00                30  planned
        VIS-000002  2026-12-02 09:00                30  planned

        PROVIDER   REQUESTED BY  REQUESTED AT      STATUS   RESPONDED AT
        Acme Care  admin         2026-11-22 10:00  pending
        $ caredesk package list
        REFERENCE  STATUS   REFERRAL    ACCEPTED BY  CREATED AT        VISITS  OFFERS
        winter     pending  REF-00000A               2026-11-22 10:00       2       1
        $ caredesk package respond winter --provider acme --accept
        `Acme Care` has accepted the package winter.
        $ caredesk package show winter
        winter: accepted by Acme Care
        code       PKG-SZNCK3
        referral   REF-00000A
        created    2026-11-22 10:00 by admin

        CODE        START             DURATION MINUTES  STATUS   OFFERED DURATION MINUTES  OFFERED START
        VIS-000001  2026-12-01 09:00                45  planned                        30  2026-12-01 09:00
        VIS-000002  2026-12-02 11:30                30  planned                        30  2026-12-02 09:00

        PROVIDER   REQUESTED BY  REQUESTED AT      STATUS    RESPONDED AT
        Acme Care  admin         2026-11-22 10:00  accepted  2026-11-22 10:00
    "#]]);
    world.as_user("stan");
    world.story(expect![[r#"
        $ caredesk package show winter
        winter: accepted by Acme Care
        code       PKG-SZNCK3
        referral   REF-00000A
        created    2026-11-22 10:00 by admin

        CODE        START             DURATION MINUTES  STATUS   OFFERED DURATION MINUTES  OFFERED START
        VIS-000001  2026-12-01 09:00                45  planned                        30  2026-12-01 09:00
        VIS-000002  2026-12-02 11:30                30  planned                        30  2026-12-02 09:00

        PROVIDER        REQUESTED BY  REQUESTED AT      STATUS    RESPONDED AT
        Acme Care       admin         2026-11-22 10:00  accepted  2026-11-22 10:00
        Birch Homecare  admin         2026-11-22 10:00  closed
        Cedar Nursing   admin         2026-11-22 10:00  closed
        $ caredesk visit list REF-00000A
        CODE        START             DURATION MINUTES  STATUS   NOTE  PACKAGE  PACKAGE STATUS  OFFERED DURATION MINUTES
        VIS-000001  2026-12-01 09:00                45  planned        winter   accepted                              30
        VIS-000002  2026-12-02 11:30                30  planned        winter   accepted                              30
        VIS-000003  2026-12-03 09:00                30  planned
        VIS-000004  2026-12-04 09:00                30  planned
    "#]]);
});

const FORMATS: [&str; 5] = ["table", "json", "jsonl", "csv", "tsv"];

// Rule 1.11: in no format and at no time does a provider learn who else was asked, or that the hub changed who is.
both_engines!(a_provider_never_learns_who_else_was_asked, |world| {
    offered(world);
    world.ok("outsource remove-provider winter cedar");
    world.ok("outsource add-provider winter cedar");
    let at_first =
        seen_by(world, "acme", &["package show winter", "package list", "package list --status pending"]);
    world.ok("package respond winter --provider birch --reject --reason 'Birch is full'");
    let later =
        seen_by(world, "acme", &["package show winter", "package list", "package list --status pending"]);
    assert_eq!(at_first, later, "what others answer changes nothing");
    let answered = seen_by(
        world,
        "acme",
        &[
            "package respond winter --provider acme --accept",
            "package respond winter --provider acme --accept",
        ],
    );
    let after = seen_by(
        world,
        "acme",
        &[
            "package show winter",
            "package list",
            "package list --status accepted",
            "package show winter --columns offers,accepted_by",
        ],
    );
    for text in [at_first, later, answered, after] {
        for word in [
            "birch",
            "cedar",
            "prv-00000b",
            "prv-00000c",
            "full",
            "closed",
            "admin.*amended",
            "2026-11-22t10:00:02",
            "2026-11-22t10:00:01",
        ] {
            assert!(!text.to_lowercase().contains(word), "`{word}` shows in\n{text}");
        }
    }
});

// A provider that has rejected learns nothing of the others either.
both_engines!(a_rejection_tells_nothing_of_others, |world| {
    offered(world);
    world.as_user("acme");
    world.story(expect![[r#"
        $ caredesk package respond winter --provider acme --reject
        `Acme Care` has rejected the package winter.
        $ caredesk package show winter
        winter: rejected
        code       PKG-SZNCK3
        referral   REF-00000A
        created    2026-11-22 10:00 by admin

        CODE        START             DURATION MINUTES  STATUS
        VIS-000001  2026-12-01 09:00                30  planned
        VIS-000002  2026-12-02 09:00                30  planned

        PROVIDER   REQUESTED BY  REQUESTED AT      STATUS    RESPONDED AT
        Acme Care  admin         2026-11-22 10:00  rejected  2026-11-22 10:00
    "#]]);
    world.as_user("admin");
    let alone = seen_by(world, "acme", &["package show winter", "package list"]);
    world.ok("package respond winter --provider birch --accept");
    assert_eq!(seen_by(world, "acme", &["package show winter", "package list"]), alone);
    world.as_user("acme");
    assert_eq!(
        refusal(world, "package respond winter --provider acme --accept").1,
        "package.already_answered"
    );
});

/// The answers of these commands in all formats, whatever the instant.
fn seen_by(world: &World, user: &str, lines: &[&str]) -> String {
    let before = world.user();
    world.as_user(user);
    let commands = lines.iter().flat_map(|line| FORMATS.map(|format| format!("{line} -o {format}")));
    let text = commands.map(|line| world.transcript(&[&line])).collect();
    world.as_user(&before);
    text
}

// Rule 1.11.
both_engines!(a_provider_sees_only_what_waits_for_it, |world| {
    offered(world);
    world.ok("outsource create REF-00000A --visit VIS-000003 --provider birch --reference summer");
    world.ok("outsource create REF-00000A --visit VIS-000004 --provider acme birch --reference autumn");
    world.ok("outsource create REF-00000B --visit VIS-000005 --provider acme birch --reference spring");
    world.ok("outsource create REF-00000B --visit VIS-000006 --provider acme birch --reference removed");
    world.ok("outsource remove-provider removed acme");
    world.ok("package respond autumn --provider birch --accept");
    world.ok("outsource delete spring --yes");
    world.as_user("acme");
    world.story(expect![[r#"
        $ caredesk package list
        REFERENCE  STATUS   REFERRAL    ACCEPTED BY  CREATED AT        VISITS  OFFERS
        winter     pending  REF-00000A               2026-11-22 10:00       2       1
        $ caredesk package list --status recalled
        2> note: no packages
        $ caredesk package list --status accepted
        2> note: no packages
        $ caredesk package list --provider birch
        2> error: there is no provider `birch`
        2> hint: `caredesk provider list` shows those that there are
        [exit 3]
        $ caredesk package list --referral REF-00000A
        2> error: there is no referral `REF-00000A`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk package respond autumn --provider acme --accept
        2> error: package `autumn` was already accepted
        2> hint: `caredesk package list --status pending` shows what waits for an answer
        [exit 4]
        $ caredesk package respond autumn --provider acme --reject -o json
        2> {"error":{"kind":"refused","code":"package.already_accepted","message":"package `autumn` was already accepted","hint":"`caredesk package list --status pending` shows what waits for an answer","details":{"package":"PKG-39J76K"}}}
        [exit 4]
        $ caredesk package respond spring --provider acme --accept
        2> error: there is no package `spring`
        2> hint: `caredesk package list` shows those that there are
        [exit 3]
        $ caredesk package respond removed --provider acme --accept
        2> error: there is no package `removed`
        2> hint: `caredesk package list` shows those that there are
        [exit 3]
        $ caredesk package respond winter --provider birch --accept
        2> error: there is no provider `birch`
        2> hint: `caredesk provider list` shows those that there are
        [exit 3]
        $ caredesk provider list --columns name
        NAME
        Acme Care
        $ caredesk provider show birch
        2> error: there is no provider `birch`
        2> hint: `caredesk provider list` shows those that there are
        [exit 3]
        $ caredesk visit list REF-00000A
        2> error: there is no referral `REF-00000A`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk referral list
        2> note: no referrals
        $ caredesk audit list
        2> error: an account of level `provider-portal` may not read the audit trail
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
});

// What may not be seen and what is not there are the same to the byte: neither can be probed.
// Rules 1.11 and 2.6.
both_engines!(hidden_and_absent_are_the_same, |world| {
    offered(world);
    world.ok("outsource create REF-00000A --visit VIS-000003 --provider birch --reference summer");
    world.ok("outsource create REF-00000A --visit VIS-000004 --provider acme birch --reference autumn");
    world.ok("package respond autumn --provider birch --accept");
    world.ok("outsource create REF-00000B --visit VIS-000005 --provider acme birch --reference spring");
    world.ok("outsource delete spring --yes");
    let code = world.json("package show summer")["code"].as_str().unwrap().to_owned();
    for format in FORMATS {
        alike(
            world,
            "acme",
            &format!("package show X -o {format}"),
            &["summer", "autumn", "spring", "sum", &code],
        );
    }
    for verb in [
        "package show X --columns code,colour",
        "package list --after X -o json",
        "package rename X other",
        "package rename X winter",
        "outsource delete X --yes",
        "outsource delete X",
        "outsource resend X --yes",
        "outsource add-provider X acme",
        "outsource remove-provider X acme",
        "outsource create X --all-visits --provider acme",
        "audit list --on X --by acme",
    ] {
        alike(world, "acme", verb, &["summer", "spring"]);
        alike(world, "mute", verb, &["autumn", &code]);
    }
    for verb in
        ["package respond X --provider acme --accept", "package respond X --provider acme --reject -o json"]
    {
        alike(world, "acme", verb, &["summer", "spring", &code]);
        alike(world, "mute", verb, &["summer", "spring", &code]);
    }
});

/// Says the same of all these names as of one that is nowhere, and fails.
fn alike(world: &World, user: &str, verb: &str, names: &[&str]) {
    world.as_user(user);
    let ask = |name: &str| {
        let answer = world.run(&verb.replace('X', name));
        (answer.status, answer.stdout, answer.stderr.replace(name, "X"))
    };
    let absent = ask("nowhere");
    assert!([3, 6].contains(&absent.0), "{user}: {verb}: {absent:?}");
    for name in names {
        assert_eq!(ask(name), absent, "{user}: {verb}: {name}");
    }
}

// Rule 2.3.
both_engines!(answering_takes_the_permission, |world| {
    offered(world);
    world.as_user("mute");
    world.story(expect![[r#"
        $ caredesk package list --columns reference,status
        REFERENCE  STATUS
        winter     pending
        $ caredesk package respond winter --provider acme --accept
        2> error: account `mute` lacks the permission respond-packages
        2> hint: an admin of the hub can give it
        [exit 6]
        $ caredesk package respond winter --provider acme --accept -o json
        2> {"error":{"kind":"denied","code":"actor.permission","message":"account `mute` lacks the permission respond-packages","hint":"an admin of the hub can give it","details":{"permission":"respond-packages"}}}
        [exit 6]
        $ caredesk package respond winter --provider birch --accept
        2> error: there is no provider `birch`
        2> hint: `caredesk provider list` shows those that there are
        [exit 3]
    "#]]);
    world.as_user("tracy");
    assert_eq!(refusal(world, "package respond winter --provider acme --accept").0, 6);
});

// One account of two providers answers for each of them; what one of them is shut out of is not shown through the other.
both_engines!(an_account_may_speak_for_two_providers, |world| {
    offered(world);
    world.as_user("both");
    world.story(expect![[r#"
        $ caredesk package show winter
        winter: pending, waiting for an answer
        code       PKG-SZNCK3
        referral   REF-00000A
        created    2026-11-22 10:00 by admin

        CODE        START             DURATION MINUTES  STATUS
        VIS-000001  2026-12-01 09:00                30  planned
        VIS-000002  2026-12-02 09:00                30  planned

        PROVIDER        REQUESTED BY  REQUESTED AT      STATUS   RESPONDED AT
        Acme Care       admin         2026-11-22 10:00  pending
        Birch Homecare  admin         2026-11-22 10:00  pending
        $ caredesk package respond winter --provider birch --reject
        `Birch Homecare` has rejected the package winter.
        $ caredesk package show winter
        winter: pending, waiting for an answer
        code       PKG-SZNCK3
        referral   REF-00000A
        created    2026-11-22 10:00 by admin

        CODE        START             DURATION MINUTES  STATUS
        VIS-000001  2026-12-01 09:00                30  planned
        VIS-000002  2026-12-02 09:00                30  planned

        PROVIDER        REQUESTED BY  REQUESTED AT      STATUS    RESPONDED AT
        Acme Care       admin         2026-11-22 10:00  pending
        Birch Homecare  admin         2026-11-22 10:00  rejected  2026-11-22 10:00
    "#]]);
    world.as_user("cedar");
    world.ok("package respond winter --provider cedar --accept");
    world.as_user("both");
    world.story(expect![[r#"
        $ caredesk package show winter
        winter: rejected
        code       PKG-SZNCK3
        referral   REF-00000A
        created    2026-11-22 10:00 by admin

        CODE        START             DURATION MINUTES  STATUS
        VIS-000001  2026-12-01 09:00                30  planned
        VIS-000002  2026-12-02 09:00                30  planned

        PROVIDER        REQUESTED BY  REQUESTED AT      STATUS    RESPONDED AT
        Birch Homecare  admin         2026-11-22 10:00  rejected  2026-11-22 10:00
        $ caredesk package list
        REFERENCE  STATUS    REFERRAL    ACCEPTED BY  CREATED AT        VISITS  OFFERS
        winter     rejected  REF-00000A               2026-11-22 10:00       2       1
        $ caredesk package list --provider acme
        REFERENCE  STATUS    REFERRAL    ACCEPTED BY  CREATED AT        VISITS  OFFERS
        winter     rejected  REF-00000A               2026-11-22 10:00       2       1
    "#]]);
    let shown = in_json(world, "package show winter").stdout;
    assert!(!shown.contains("closed"), "{shown}");
});

// A date or a length that nobody can read is refused in words, and nothing is planned.
both_engines!(malformed_times_are_refused, |world| {
    settle(world);
    let starts = [
        "",
        " ",
        "tomorrow",
        "09:00",
        "2026-12-01",
        "2026-12-01 24:00",
        "2026-12-01 9",
        "2026-12-01 09:60",
        "2026-02-30 09:00",
        "2026-13-01 09:00",
        "2026-00-10 09:00",
        "01/12/2026 09:00",
        "1.12.2026 09:00",
        "26-12-01 09:00",
        "20261201 09:00",
        "2026-12-01T09:00:00+25:00",
        "2026-12-01 09:00:61",
        "someday 09:00",
        "+9999999d 09:00",
        "9999-12-31 09:00",
        "2026-12-01 09:00 pm",
        "\u{ff12}026-12-01 09:00",
        "2026-12-01 -9:00",
        "0000-00-00 00:00",
        "-1-12-01 09:00",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z",
        "+262142-01-01T00:00:00Z",
    ];
    for start in starts {
        let line = format!("visit add REF-00000A --start '{start}' --duration 30");
        let (status, ..) = refusal(world, &line);
        assert!([2, 5].contains(&status), "{line}: {status}");
    }
    let lengths = [
        "",
        "0",
        "-5",
        "3.5",
        "25h",
        "1441",
        "1h60",
        "half an hour",
        "1e3",
        "99999999999999999999",
        "30s",
        "h",
        ":",
        ":30",
        "1:",
        "0x1e",
        "\u{0663}0",
        "1h 99",
        "NaN",
        "30 30",
    ];
    for length in lengths {
        let line = format!("visit add REF-00000A --start '2026-12-09 09:00' --duration '{length}'");
        let (status, ..) = refusal(world, &line);
        assert!([2, 5].contains(&status), "{line}: {status}");
    }
    world.story(expect![[r#"
        $ caredesk visit add REF-00000A --start '01/12/2026 09:00' --duration 30
        2> error: invalid value '01/12/2026 09:00' for '--start <WHEN>': `01/12/2026 09:00` is not a date and time: write "2026-12-01 09:00", "tomorrow 9:30" or "monday 18:00"
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk visit add REF-00000A --start '2026-12-09 09:00' --duration 25h
        2> error: invalid value '25h' for '--duration <MIN>': `25h` is not the length of a visit: it lasts from 1 minute to 24 hours
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk visit add REF-00000A --start '2026-12-09 09:00' --duration long -o json
        2> {"error":{"kind":"usage","code":"usage","message":"invalid value 'long' for '--duration <MIN>': `long` is not a duration: write 30, 45m, 1h or 1h30","hint":"`caredesk --help` shows the grammar","details":{}}}
        [exit 2]
        $ caredesk visit add REF-00000A --start '2026-12-09 09:00' --duration 30 --weekly mon --until 2026-12-01
        2> error: the repetition ends on 2026-12-01, before it begins on 2026-12-09
        [exit 5]
        $ caredesk visit add REF-00000A --start '2026-12-09 09:00' --duration 30 --weekly mon,someday --until 2027-12-01
        2> error: invalid value 'mon,someday' for '--weekly <DAYS>': `someday` is not a day of the week: write mon,wed,fri, daily, weekdays or weekends
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk visit add REF-00000A --start '2026-12-09 09:00' --duration 30 --weekly daily --until 2099-12-01
        2> error: the repetition would make more than 2200 visits
        2> hint: end it earlier with `--until`
        [exit 5]
    "#]]);
});
