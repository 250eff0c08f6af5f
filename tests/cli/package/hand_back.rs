//! `package hand-back`: rule 1.14; and packages of which nothing is to come: rule 1.15.

use expect_test::expect;

use super::offered;
use crate::town::{settle, verified};

// Rule 1.14.
both_engines!(a_package_is_handed_back_and_sent_on, |world| {
    offered(world);
    world.refusals(expect![[r#"
        4 package.not_accepted       package hand-back winter --provider acme --reason ill
        2 usage                      package hand-back winter --reason ill
        2 usage                      package hand-back winter --provider acme
        3 package.not_found          package hand-back autumn --provider acme --reason ill
    "#]]);
    world.ok("package respond winter --provider birch --accept");
    world.as_user("acme");
    world.story(expect![[r#"
        $ caredesk package hand-back winter --reason ill
        2> error: there is no package `winter`
        2> hint: `caredesk package list` shows those that there are
        [exit 3]
    "#]]);
    world.as_user("birch");
    world.story(expect![[r#"
        $ caredesk package hand-back winter --reason 'our carer is ill' --dry-run
        dry run: Handed package PKG-SZNCK3 (winter) back for `Birch Homecare`; 2 visits are free again; no account is alerted (no e-mail address).
        $ caredesk package hand-back winter --reason 'our carer is ill'
        Handed package PKG-SZNCK3 (winter) back for `Birch Homecare`; 2 visits are free again; no account is alerted (no e-mail address).
        $ caredesk package hand-back winter --reason 'our carer is ill'
        Nothing to change: package PKG-SZNCK3 (winter) was handed back before.
        $ caredesk package show winter
        winter: handed back by Birch Homecare
        code      PKG-SZNCK3
        referral  REF-00000A
        created   2026-11-22 10:00 (just now) by admin

        CODE        START             DURATION  STATUS
        VIS-000001  2026-12-01 09:00    30 min  planned
        VIS-000002  2026-12-02 09:00    30 min  planned

        WEEK      VISITS  DURATION  HELD VISITS  HELD DURATION
        2026-W49       2    60 min            0          0 min

        PROVIDER        REQUESTED BY  REQUESTED AT                 STATUS       RESPONDED AT                 REASON
        Birch Homecare  admin         2026-11-22 10:00 (just now)  handed back  2026-11-22 10:00 (just now)  our carer is ill
        $ caredesk package respond winter --provider birch --accept
        2> error: `Birch Homecare` has handed back package `winter`, and an answer is final
        2> hint: `caredesk package list --status pending` shows what waits for an answer
        [exit 4]
    "#]]);
    world.as_user("acme");
    world.story(expect![[r#"
        $ caredesk package list
        2> note: no packages
    "#]]);
    world.as_user("stan");
    world.story(expect![[r#"
        $ caredesk package show winter
        winter: handed back by Birch Homecare
        code      PKG-SZNCK3
        referral  REF-00000A
        client    Ada Moss (CLI-00000A)
        created   2026-11-22 10:00 (just now) by admin

        CODE        START             DURATION  STATUS
        VIS-000001  2026-12-01 09:00    30 min  planned
        VIS-000002  2026-12-02 09:00    30 min  planned

        PROVIDER        REQUESTED BY  REQUESTED AT                 STATUS       RESPONDED AT                 REASON
        Acme Care       admin         2026-11-22 10:00 (just now)  closed
        Birch Homecare  admin         2026-11-22 10:00 (just now)  handed back  2026-11-22 10:00 (just now)  our carer is ill
        Cedar Nursing   admin         2026-11-22 10:00 (just now)  closed
        $ caredesk package list --status handed_back --columns reference,status
        REFERENCE  STATUS
        winter     handed back
        $ caredesk visit list REF-00000A --columns code,package,package_status
        CODE        PACKAGE  PACKAGE STATUS
        VIS-000001
        VIS-000002
        VIS-000003
        VIS-000004
        $ caredesk outsource add-provider winter cedar
        2> error: package `winter` was handed back by `Birch Homecare`
        2> hint: send its visits on with `caredesk outsource resend PKG-SZNCK3 --provider PROVIDER`
        [exit 4]
        $ caredesk package respond winter --provider acme --accept
        2> error: package `winter` was already accepted
        2> hint: run `caredesk package show PKG-SZNCK3`
        [exit 4]
        $ caredesk outsource resend winter --provider cedar --yes
        Recalled package PKG-SZNCK3 and created package PKG-6W388T: 2 visits, offered to Cedar Nursing; no account is alerted (no e-mail address).
        $ caredesk package list --columns code,reference,status
        CODE        REFERENCE  STATUS
        PKG-6W388T  winter     pending
        $ caredesk package list --columns code,reference,status --status recalled
        CODE        REFERENCE  STATUS
        PKG-SZNCK3  winter     recalled
        $ caredesk database check --columns check,ok
        2> error: an account of level `standard` may not look after the database
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
    verified(world);
});

// Rules 1.7 and 1.14: changed visits are confirmed by who has them.
both_engines!(the_holder_alone_confirms_what_was_changed, |world| {
    offered(world);
    world.ok("package respond winter --provider birch --accept");
    world.story(expect![[r#"
        $ caredesk visit edit VIS-000001 --duration 45
        Changed visit VIS-000001: duration 30 min → 45 min, differs from offer no → yes; no account is alerted (no e-mail address).
        2> warning: winter was offered with 30 min; recall and send again to offer 45 min: `caredesk outsource resend PKG-SZNCK3 --provider PRV-00000B`
        $ caredesk outsource resend PKG-SZNCK3 --provider PRV-00000B
        2> error: this must be confirmed: winter was accepted by Birch Homecare. Are you sure you want to recall this package and send it again?
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk outsource resend PKG-SZNCK3 --provider PRV-00000B --yes
        Recalled package PKG-SZNCK3 and created package PKG-A3Z1NK: 2 visits, offered to Birch Homecare; no account is alerted (no e-mail address).
        $ caredesk package respond winter --provider birch --accept
        Accepted package PKG-A3Z1NK (winter) for `Birch Homecare`.
    "#]]);
    world.as_user("acme");
    world.story(expect![[r#"
        $ caredesk package list
        2> note: no packages
    "#]]);
});

// Rule 1.15.
both_engines!(what_is_not_to_come_is_offered_to_nobody, |world| {
    settle(world);
    world.ok("outsource create REF-00000B --all-visits --provider acme birch --reference both");
    world.ok("visit cancel VIS-000005");
    world.at("2026-12-06T09:00:00Z");
    world.story(expect![[r#"
        $ caredesk package respond both --provider acme --accept
        2> error: none of the visits of package `both` is still to come: each is cancelled or past
        2> hint: `caredesk outsource delete PKG-SZNCK3` recalls it
        [exit 4]
        $ caredesk outsource add-provider both cedar
        2> error: none of the visits of package `both` is still to come: each is cancelled or past
        2> hint: `caredesk outsource delete PKG-SZNCK3` recalls it
        [exit 4]
        $ caredesk outsource create REF-00000A --all-visits --provider acme
        2> error: none of these visits of referral `REF-00000A` is still to come
        2> hint: `caredesk visit list REF-00000A` shows its visits
        [exit 4]
        $ caredesk outsource resend both --yes
        2> error: none of these visits of referral `REF-00000B` is still to come
        2> hint: `caredesk visit list REF-00000B` shows its visits
        [exit 4]
        $ caredesk package respond both --provider acme --reject
        Rejected package PKG-SZNCK3 (both) for `Acme Care`; 1 provider has still to answer.
    "#]]);
    world.as_user("birch");
    world.story(expect![[r#"
        $ caredesk package respond both --provider birch --accept
        2> error: none of the visits of package `both` is still to come: each is cancelled or past
        2> hint: `caredesk package list --status pending` shows what waits for an answer
        [exit 4]
    "#]]);
});
