//! `outsource create`: rules 1.1 to 1.4.

use expect_test::expect;

use crate::town::{refusal, settle};

both_engines!(a_package_is_offered, |world| {
    settle(world);
    world.as_user("stan");
    world.story(expect![[r#"
        $ caredesk outsource create REF-00000A --visit VIS-000001 VIS-000002 --provider acme birch --reference 'Winter 7'
        Created package PKG-SZNCK3 (Winter 7): 2 visits of REF-00000A, offered to Acme Care, Birch Homecare; no account is alerted (no e-mail address).
        $ caredesk package show winter
        Winter 7: pending, waiting for an answer
        code      PKG-SZNCK3
        referral  REF-00000A
        client    Ada Moss (CLI-00000A)
        created   2026-11-22 10:00 (just now) by stan

        CODE        START             DURATION  STATUS
        VIS-000001  2026-12-01 09:00    30 min  planned
        VIS-000002  2026-12-02 09:00    30 min  planned

        PROVIDER        REQUESTED BY  REQUESTED AT                 STATUS
        Acme Care       stan          2026-11-22 10:00 (just now)  pending
        Birch Homecare  stan          2026-11-22 10:00 (just now)  pending
        $ caredesk outsource create REF-00000A --all-visits --provider 'Cedar Nursing' -q
        PKG-39J76K
        $ caredesk package list
        REFERENCE   STATUS   REFERRAL    ACCEPTED BY  CREATED AT        VISITS  OFFERS  WAITED
        PKG-39J76K  pending  REF-00000A               2026-11-22 10:00       2       1   0 min
        Winter 7    pending  REF-00000A               2026-11-22 10:00       2       2   0 min
        $ caredesk visit list REF-00000A
        CODE        START             DURATION  STATUS   NOTE  PACKAGE     PACKAGE STATUS  OFFERED DURATION
        VIS-000001  2026-12-01 09:00    30 min  planned        Winter 7    pending                   30 min
        VIS-000002  2026-12-02 09:00    30 min  planned        Winter 7    pending                   30 min
        VIS-000003  2026-12-03 09:00    30 min  planned        PKG-39J76K  pending                   30 min
        VIS-000004  2026-12-04 09:00    30 min  planned        PKG-39J76K  pending                   30 min
    "#]]);
});

// Rules 1.1 and 1.2.
both_engines!(what_is_not_a_package_is_refused, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme --reference winter");
    world.ok("visit cancel VIS-000002");
    world.ok("referral set-status REF-00000B Closed");
    world.refusals(expect![[r#"
        2 usage                      outsource create REF-00000A --visit VIS-000003
        2 usage                      outsource create REF-00000A --provider acme
        4 referral.closed            outsource create REF-00000B --all-visits --provider acme
        4 visit.other_referral       outsource create REF-00000A --visit VIS-000005 --provider acme
        4 visit.outsourced           outsource create REF-00000A --visit VIS-000003 VIS-000001 --provider acme
        4 visit.cancelled            outsource create REF-00000A --visit VIS-000002 --provider acme
        4 provider.inactive          outsource create REF-00000A --visit VIS-000003 --provider acme dormant
        4 package.exists             outsource create REF-00000A --visit VIS-000003 --provider acme --reference winter
        4 package.exists             outsource create REF-00000A --visit VIS-000003 --provider acme --reference ' WINTER '
        2 usage                      outsource create REF-00000A --visit VIS-000003 --provider acme --reference PKG-WINTER
        2 usage                      outsource create REF-00000A --visit VIS-000003 --provider acme --reference ref-1
        2 usage                      outsource create REF-00000A --visit VIS-000003 --provider acme --reference ''
        3 provider.not_found         outsource create REF-00000A --visit VIS-000003 --provider nobody
        3 visit.not_found            outsource create REF-00000A --visit VIS-ZZZZZZ --provider acme
        3 referral.not_found         outsource create REF-ZZZZZZ --all-visits --provider acme
        4 visit.ambiguous            outsource create REF-00000A --visit VIS-0 --provider acme
        4 referral.ambiguous         outsource create REF-0 --visit VIS-000003 --provider acme
        2 usage                      outsource create REF-00000A --visit VIS-000003 --all-visits --provider acme
        2 usage                      outsource create REF-00000A --all-visits --provider ''
        2 usage                      outsource create
        2 usage                      outsource add-provider winter
        4 provider.inactive          outsource add-provider winter dormant
        3 package.not_found          outsource add-provider summer birch
        4 package.last_provider      outsource remove-provider winter acme
        2 usage.confirmation         outsource delete winter
        2 usage.confirmation         outsource resend winter
        3 package.not_found          outsource delete summer --yes
    "#]]);
    world.story(expect![[r#"
        $ caredesk outsource create REF-00000A --visit VIS-000005 --provider acme
        2> error: visit `VIS-000005` belongs to referral `REF-00000B`, not to `REF-00000A`
        2> hint: `caredesk visit list REF-00000A` shows its visits
        [exit 4]
        $ caredesk outsource create REF-00000A --visit VIS-000001 --provider acme
        2> error: visit `VIS-000001` is in package `winter` already
        2> hint: recall that one first with `caredesk outsource delete winter`
        [exit 4]
        $ caredesk outsource create REF-00000A --visit VIS-000002 --provider acme
        2> error: visit `VIS-000002` is cancelled
        2> hint: `caredesk visit list REF-00000A` shows the planned ones
        [exit 4]
        $ caredesk outsource create REF-00000B --visit VIS-000005 --provider acme
        2> error: referral `REF-00000B` is closed (status `Closed`)
        2> hint: open it again with `caredesk referral set-status REF-00000B STATUS`
        [exit 4]
        $ caredesk outsource create REF-00000A --visit VIS-000003 --provider dormant
        2> error: provider `Dormant Care` is inactive
        2> hint: `caredesk provider activate PRV-00000D` brings it back
        [exit 4]
        $ caredesk outsource create REF-00000A --visit VIS-000003 --provider 'Birch Homcare'
        2> error: there is no provider `Birch Homcare`
        2> hint: did you mean `Birch Homecare`? `caredesk provider list` shows all
        [exit 3]
        $ caredesk outsource create REF-00000A --visit VIS-000003 --provider acme --reference Winter
        2> error: there is a package `Winter` already
        2> hint: look at it with `caredesk package show Winter`, or give another reference
        [exit 4]
        $ caredesk outsource create REF-00000A --visit VIS-000003 --provider acme --reference PKG-WINTER
        2> error: invalid value 'PKG-WINTER' for '--reference <REFERENCE>': `PKG-WINTER` looks like a code; a reference of your own begins otherwise
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk outsource create REF-00000A --visit VIS-000003
        2> error: no provider is named for the package of `REF-00000A`
        2> hint: name it with `--provider`
        [exit 2]
        $ caredesk outsource create REF-0 --visit VIS-000003 --provider acme
        2> error: `REF-0` could mean more than one referral
        2> hint: say which: REF-00000A (Home care, New), REF-00000B (Home care, Closed)
        [exit 4]
        $ caredesk outsource remove-provider winter acme
        2> error: package `winter` needs at least one provider
        2> hint: `caredesk outsource delete PKG-SZNCK3` recalls the whole package
        [exit 4]
        $ caredesk outsource remove-provider winter birch
        Nothing to change: package PKG-SZNCK3 (winter) is not offered to Birch Homecare.
        $ caredesk outsource delete winter
        2> error: this must be confirmed: Are you sure you want to delete this outsourced package? (winter)
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
    "#]]);
});

// The last planned visit is taken: `--all-visits` finds nothing.
both_engines!(nothing_is_left_to_offer, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --all-visits --provider acme --reference winter");
    world.story(expect![[r#"
        $ caredesk outsource create REF-00000A --all-visits --provider birch
        2> error: referral `REF-00000A` has no visits to put into a package
        2> hint: plan one with `caredesk visit add REF-00000A`, or name some with `--visit`
        [exit 4]
        $ caredesk outsource create REF-00000A --provider birch
        2> error: referral `REF-00000A` has no visits to put into a package
        2> hint: plan one with `caredesk visit add REF-00000A`, or name some with `--visit`
        [exit 4]
    "#]]);
});

both_engines!(naming_a_thing_twice_is_naming_it_once, |world| {
    settle(world);
    let made = world.json(
        "outsource create REF-00000A --visit VIS-000001 --visit vis-ooooo1 --provider acme PRV-00000A 'ACME care' --reference winter",
    );
    assert_eq!(
        (made["visits"].as_array().unwrap().len(), made["offers"].as_array().unwrap().len()),
        (1, 1),
        "{made}"
    );
    let added = world.json("outsource add-provider winter birch prv-00000b birch");
    assert_eq!(added["offers"].as_array().unwrap().len(), 2, "{added}");
    assert_eq!(world.json("outsource add-provider winter birch acme")["result"], "unchanged");
});

// A package that all have rejected does not come back to life on a referral that was closed meanwhile.
both_engines!(nobody_is_asked_about_a_closed_referral, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme --reference winter");
    assert_eq!(refusal(world, "referral set-status REF-00000A Closed").1, "referral.has_pending_package");
    world.ok("package respond winter --provider acme --reject");
    world.ok("referral set-status REF-00000A Closed");
    assert_eq!(refusal(world, "outsource add-provider winter birch").1, "referral.closed");
    assert_eq!(refusal(world, "outsource resend winter --yes").1, "referral.closed");
    world.ok("outsource delete winter --yes");
});
