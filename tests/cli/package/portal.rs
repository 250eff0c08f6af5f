//! Packages as the providers see them.

use expect_test::expect;

use super::offered;
use crate::town::refusal;
use crate::world::World;

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
        code      PKG-SZNCK3
        referral  REF-00000A
        created   2026-11-22 10:00 (just now) by admin

        CODE        START             DURATION  STATUS
        VIS-000001  2026-12-01 09:00    30 min  planned
        VIS-000002  2026-12-02 09:00    30 min  planned

        WEEK      VISITS  DURATION  HELD VISITS  HELD DURATION
        2026-W49       2    60 min            0          0 min

        PROVIDER   REQUESTED BY  REQUESTED AT                 STATUS
        Acme Care  admin         2026-11-22 10:00 (just now)  pending
        $ caredesk package list
        REFERENCE  STATUS   REFERRAL    ACCEPTED BY  CREATED AT        VISITS  OFFERS  WAITED
        winter     pending  REF-00000A               2026-11-22 10:00       2       1   0 min
        $ caredesk package respond winter --provider acme --accept
        Accepted package PKG-SZNCK3 (winter) for `Acme Care`; no account is alerted (no e-mail address).
        $ caredesk package show winter
        winter: accepted by Acme Care
        code      PKG-SZNCK3
        referral  REF-00000A
        created   2026-11-22 10:00 (just now) by admin

        CODE        START             DURATION  STATUS   OFFERED START     OFFERED DURATION
        VIS-000001  2026-12-01 09:00    45 min  planned  2026-12-01 09:00            30 min
        VIS-000002  2026-12-02 11:30    30 min  planned  2026-12-02 09:00            30 min

        WEEK      VISITS  DURATION  HELD VISITS  HELD DURATION
        2026-W49       2    75 min            0          0 min

        PROVIDER   REQUESTED BY  REQUESTED AT                 STATUS    RESPONDED AT
        Acme Care  admin         2026-11-22 10:00 (just now)  accepted  2026-11-22 10:00 (just now)
    "#]]);
    world.as_user("stan");
    world.story(expect![[r#"
        $ caredesk package show winter
        winter: accepted by Acme Care
        code      PKG-SZNCK3
        referral  REF-00000A
        client    Ada Moss (CLI-00000A)
        created   2026-11-22 10:00 (just now) by admin

        CODE        START             DURATION  STATUS   OFFERED START     OFFERED DURATION
        VIS-000001  2026-12-01 09:00    45 min  planned  2026-12-01 09:00            30 min
        VIS-000002  2026-12-02 11:30    30 min  planned  2026-12-02 09:00            30 min

        PROVIDER        REQUESTED BY  REQUESTED AT                 STATUS    RESPONDED AT
        Acme Care       admin         2026-11-22 10:00 (just now)  accepted  2026-11-22 10:00 (just now)
        Birch Homecare  admin         2026-11-22 10:00 (just now)  closed
        Cedar Nursing   admin         2026-11-22 10:00 (just now)  closed
        $ caredesk visit list REF-00000A
        CODE        START             DURATION  STATUS   NOTE  PACKAGE  PACKAGE STATUS  OFFERED DURATION
        VIS-000001  2026-12-01 09:00    45 min  planned        winter   accepted                  30 min
        VIS-000002  2026-12-02 11:30    30 min  planned        winter   accepted                  30 min
        VIS-000003  2026-12-03 09:00    30 min  planned
        VIS-000004  2026-12-04 09:00    30 min  planned
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
            "birch", "cedar", "prv-00000b", "prv-00000c", "full", "closed", "admin.*amended",
            "2026-11-22t10:00:02", "2026-11-22t10:00:01",
        ] {
            assert!(!text.to_lowercase().contains(word), "`{word}` shows in\n{text}");
        }
    }
});

// Rule 1.11: a line of `offer list` says of the package what the offers of the account's own providers leave it.
both_engines!(a_list_of_offers_tells_nothing_of_others, |world| {
    offered(world);
    world.ok("package respond winter --provider acme --reject");
    let line = "offer list --columns package_reference,provider_name,status,package_status";
    let as_acme = seen_by(world, "acme", &[line]);
    world.story(expect![[r#"
        # as acme
        $ caredesk offer list --columns package_reference,provider_name,status,package_status
        PACKAGE  PROVIDER   STATUS    PACKAGE STATUS
        winter   Acme Care  rejected  rejected
        # as both
        $ caredesk offer list --columns package_reference,provider_name,status,package_status
        PACKAGE  PROVIDER        STATUS    PACKAGE STATUS
        winter   Birch Homecare  pending   pending
        winter   Acme Care       rejected  pending
        # as admin
        $ caredesk offer list --columns package_reference,provider_name,status,package_status
        PACKAGE  PROVIDER        STATUS    PACKAGE STATUS
        winter   Cedar Nursing   pending   pending
        winter   Birch Homecare  pending   pending
        winter   Acme Care       rejected  pending
        $ caredesk package respond winter --provider cedar --accept
        Accepted package PKG-SZNCK3 (winter) for `Cedar Nursing`; 1 other offer was closed.
        # as both
        $ caredesk offer list --columns package_reference,provider_name,status,package_status
        PACKAGE  PROVIDER   STATUS    PACKAGE STATUS
        winter   Acme Care  rejected  rejected
        # as admin
    "#]]);
    assert_eq!(as_acme, seen_by(world, "acme", &[line]), "that another has accepted changes nothing");
});

// Rule 1.6: who speaks for several providers that were asked finds the package under the one status that it shows.
both_engines!(a_package_is_listed_under_one_status, |world| {
    offered(world);
    let listed = || {
        let under = |status| world.json(&format!("package list --status {status}")).as_array().unwrap().len();
        ["pending", "accepted", "rejected", "handed_back"].map(under)
    };
    world.as_user("both");
    assert_eq!(listed(), [1, 0, 0, 0]);
    world.ok("package respond winter --provider acme --reject");
    assert_eq!(listed(), [1, 0, 0, 0]);
    world.ok("package respond winter --provider birch --accept");
    assert_eq!(listed(), [0, 1, 0, 0]);
    world.ok("package hand-back winter --provider birch --reason ill");
    assert_eq!(listed(), [0, 0, 0, 1]);
});

// A provider that has rejected learns nothing of the others either.
both_engines!(a_rejection_tells_nothing_of_others, |world| {
    offered(world);
    world.as_user("acme");
    world.story(expect![[r#"
        $ caredesk package respond winter --provider acme --reject
        Rejected package PKG-SZNCK3 (winter) for `Acme Care`.
        $ caredesk package show winter
        winter: rejected
        code      PKG-SZNCK3
        referral  REF-00000A
        created   2026-11-22 10:00 (just now) by admin

        CODE        START             DURATION  STATUS
        VIS-000001  2026-12-01 09:00    30 min  planned
        VIS-000002  2026-12-02 09:00    30 min  planned

        WEEK      VISITS  DURATION  HELD VISITS  HELD DURATION
        2026-W49       2    60 min            0          0 min

        PROVIDER   REQUESTED BY  REQUESTED AT                 STATUS    RESPONDED AT
        Acme Care  admin         2026-11-22 10:00 (just now)  rejected  2026-11-22 10:00 (just now)
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
        REFERENCE  STATUS   REFERRAL    ACCEPTED BY  CREATED AT        VISITS  OFFERS  WAITED
        winter     pending  REF-00000A               2026-11-22 10:00       2       1   0 min
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
        "package edit X --provider-note none",
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

// One account of two providers answers for each of them; what one of them is shut out of is not shown through the other.
both_engines!(an_account_may_speak_for_two_providers, |world| {
    offered(world);
    world.as_user("both");
    world.story(expect![[r#"
        $ caredesk package show winter
        winter: pending, waiting for an answer
        code      PKG-SZNCK3
        referral  REF-00000A
        created   2026-11-22 10:00 (just now) by admin

        CODE        START             DURATION  STATUS
        VIS-000001  2026-12-01 09:00    30 min  planned
        VIS-000002  2026-12-02 09:00    30 min  planned

        WEEK      VISITS  DURATION  PROVIDER        HELD VISITS  HELD DURATION
        2026-W49       2    60 min  Acme Care                 0          0 min
        2026-W49       2    60 min  Birch Homecare            0          0 min

        PROVIDER        REQUESTED BY  REQUESTED AT                 STATUS
        Acme Care       admin         2026-11-22 10:00 (just now)  pending
        Birch Homecare  admin         2026-11-22 10:00 (just now)  pending
        $ caredesk package respond winter --provider birch --reject
        Rejected package PKG-SZNCK3 (winter) for `Birch Homecare`.
        $ caredesk package show winter
        winter: pending, waiting for an answer
        code      PKG-SZNCK3
        referral  REF-00000A
        created   2026-11-22 10:00 (just now) by admin

        CODE        START             DURATION  STATUS
        VIS-000001  2026-12-01 09:00    30 min  planned
        VIS-000002  2026-12-02 09:00    30 min  planned

        WEEK      VISITS  DURATION  PROVIDER        HELD VISITS  HELD DURATION
        2026-W49       2    60 min  Acme Care                 0          0 min
        2026-W49       2    60 min  Birch Homecare            0          0 min

        PROVIDER        REQUESTED BY  REQUESTED AT                 STATUS    RESPONDED AT
        Acme Care       admin         2026-11-22 10:00 (just now)  pending
        Birch Homecare  admin         2026-11-22 10:00 (just now)  rejected  2026-11-22 10:00 (just now)
    "#]]);
    world.as_user("cedar");
    world.ok("package respond winter --provider cedar --accept");
    world.as_user("both");
    world.story(expect![[r#"
        $ caredesk package show winter
        winter: rejected
        code      PKG-SZNCK3
        referral  REF-00000A
        created   2026-11-22 10:00 (just now) by admin

        CODE        START             DURATION  STATUS
        VIS-000001  2026-12-01 09:00    30 min  planned
        VIS-000002  2026-12-02 09:00    30 min  planned

        WEEK      VISITS  DURATION  HELD VISITS  HELD DURATION
        2026-W49       2    60 min            0          0 min

        PROVIDER        REQUESTED BY  REQUESTED AT                 STATUS    RESPONDED AT
        Birch Homecare  admin         2026-11-22 10:00 (just now)  rejected  2026-11-22 10:00 (just now)
        $ caredesk package list
        REFERENCE  STATUS    REFERRAL    ACCEPTED BY  CREATED AT        VISITS  OFFERS  WAITED
        winter     rejected  REF-00000A               2026-11-22 10:00       2       1   0 min
        $ caredesk package list --provider acme
        REFERENCE  STATUS    REFERRAL    ACCEPTED BY  CREATED AT        VISITS  OFFERS  WAITED
        winter     rejected  REF-00000A               2026-11-22 10:00       2       1   0 min
    "#]]);
    let shown = world.run_json("package show winter").stdout;
    assert!(!shown.contains("closed"), "{shown}");
});
