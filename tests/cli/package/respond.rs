//! `package respond`: the first to accept wins, and an answer is final.

use expect_test::expect;

use super::offered;
use crate::town::{dump, refusal, verified};

// Rules 1.5 and 1.6.
both_engines!(the_first_to_accept_wins, |world| {
    offered(world);
    world.story(expect![[r#"
        $ caredesk package respond winter --provider acme --reject --reason 'no staff on Tuesdays'
        Rejected package PKG-SZNCK3 (winter) for `Acme Care`; 2 providers have still to answer.
        $ caredesk package respond winter --provider birch --accept
        Accepted package PKG-SZNCK3 (winter) for `Birch Homecare`; 1 other offer was closed.
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
        code      PKG-SZNCK3
        referral  REF-00000A
        client    Ada Moss (CLI-00000A)
        created   2026-11-22 10:00 (just now) by admin

        CODE        START             DURATION  STATUS
        VIS-000001  2026-12-01 09:00    30 min  planned
        VIS-000002  2026-12-02 09:00    30 min  planned

        PROVIDER        REQUESTED BY  REQUESTED AT                 STATUS    RESPONDED AT                 REASON
        Acme Care       admin         2026-11-22 10:00 (just now)  rejected  2026-11-22 10:00 (just now)  no staff on Tuesdays
        Birch Homecare  admin         2026-11-22 10:00 (just now)  accepted  2026-11-22 10:00 (just now)
        Cedar Nursing   admin         2026-11-22 10:00 (just now)  closed
        $ caredesk package list
        REFERENCE  STATUS    REFERRAL    ACCEPTED BY     CREATED AT        VISITS  OFFERS  WAITED
        winter     accepted  REF-00000A  Birch Homecare  2026-11-22 10:00       2       3   0 min
    "#]]);
    let closed = world.sql("SELECT responded_at, responded_by FROM offer WHERE status = 'closed'");
    assert_eq!(closed, [[None, None]]);
});

// Rule 1.5.
both_engines!(an_answer_is_final, |world| {
    offered(world);
    world.story(expect![[r#"
        $ caredesk package respond winter --provider acme --reject
        Rejected package PKG-SZNCK3 (winter) for `Acme Care`; 2 providers have still to answer.
        $ caredesk package respond winter --provider acme --reject --reason again
        Nothing to change: `Acme Care` has already rejected package PKG-SZNCK3 (winter).
        $ caredesk package respond winter --provider acme --accept
        2> error: `Acme Care` has rejected package `winter`, and an answer is final
        2> hint: the hub can take the provider out and ask again while no provider has accepted
        [exit 4]
        $ caredesk package respond winter --provider acme --accept -o json
        2> {"error":{"kind":"refused","code":"package.already_answered","message":"`Acme Care` has rejected package `winter`, and an answer is final","hint":"the hub can take the provider out and ask again while no provider has accepted","details":{"package":"PKG-SZNCK3","status":"rejected"}}}
        [exit 4]
        $ caredesk package respond winter --provider birch --accept
        Accepted package PKG-SZNCK3 (winter) for `Birch Homecare`; 1 other offer was closed.
        $ caredesk package respond winter --provider birch --accept
        Nothing to change: `Birch Homecare` has already accepted package PKG-SZNCK3 (winter).
        $ caredesk package respond winter --provider birch --reject
        2> error: `Birch Homecare` has accepted package `winter`, and an answer is final
        2> hint: the hub can take the provider out and ask again while no provider has accepted
        [exit 4]
        $ caredesk package respond winter --provider birch --reject -o json
        2> {"error":{"kind":"refused","code":"package.already_answered","message":"`Birch Homecare` has accepted package `winter`, and an answer is final","hint":"the hub can take the provider out and ask again while no provider has accepted","details":{"package":"PKG-SZNCK3","status":"accepted"}}}
        [exit 4]
        $ caredesk package respond winter --provider acme --accept -o json
        2> {"error":{"kind":"refused","code":"package.already_answered","message":"`Acme Care` has rejected package `winter`, and an answer is final","hint":"the hub can take the provider out and ask again while no provider has accepted","details":{"package":"PKG-SZNCK3","status":"rejected"}}}
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
    world.ok("provider deactivate birch --yes");
    world.ok("outsource create REF-00000A --visit VIS-000004 --provider acme --reference spring");
    world.ok("outsource delete spring --yes");
    world.refusals(expect![[r#"
        2 usage                      package respond winter --provider acme
        2 usage.unnamed              package respond winter --accept
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
