//! `outsource add-provider` and `outsource remove-provider`: rule 1.7.

use expect_test::expect;

use crate::town::{settle, verified};

// Rules 1.3 and 1.4.
both_engines!(providers_come_and_go_until_one_accepts, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme --reference winter");
    world.as_user("stan");
    world.story(expect![[r#"
        $ caredesk outsource add-provider winter birch
        Changed package PKG-SZNCK3 (winter): offered to Acme Care, Birch Homecare; it is pending; no account is alerted (no e-mail address).
        $ caredesk outsource add-provider winter birch
        Nothing to change: package PKG-SZNCK3 (winter) is offered to Acme Care, Birch Homecare already.
        $ caredesk outsource remove-provider winter acme
        Changed package PKG-SZNCK3 (winter): offered to Birch Homecare; it is pending; no account is alerted (no e-mail address).
        $ caredesk outsource remove-provider winter birch
        2> error: package `winter` needs at least one provider
        2> hint: `caredesk outsource delete PKG-SZNCK3` recalls the whole package
        [exit 4]
        $ caredesk outsource add-provider winter acme cedar
        Changed package PKG-SZNCK3 (winter): offered to Birch Homecare, Acme Care, Cedar Nursing; it is pending; no account is alerted (no e-mail address).
        $ caredesk package respond winter --provider cedar --accept
        Accepted package PKG-SZNCK3 (winter) for `Cedar Nursing`; 2 other offers were closed.
        $ caredesk outsource add-provider winter birch
        2> error: package `winter` was accepted by `Cedar Nursing`; its providers can no longer change
        2> hint: `caredesk outsource delete PKG-SZNCK3` recalls it
        [exit 4]
        $ caredesk outsource remove-provider winter birch
        2> error: package `winter` was accepted by `Cedar Nursing`; its providers can no longer change
        2> hint: `caredesk outsource delete PKG-SZNCK3` recalls it
        [exit 4]
        $ caredesk outsource remove-provider winter cedar
        2> error: package `winter` was accepted by `Cedar Nursing`; its providers can no longer change
        2> hint: `caredesk outsource delete PKG-SZNCK3` recalls it
        [exit 4]
        $ caredesk package show winter
        winter: accepted by Cedar Nursing
        code      PKG-SZNCK3
        referral  REF-00000A
        client    Ada Moss (CLI-00000A)
        created   2026-11-22 10:00 (just now) by admin
        amended   2026-11-22 10:00 (just now) by stan

        CODE        START             DURATION  STATUS
        VIS-000001  2026-12-01 09:00    30 min  planned

        PROVIDER        REQUESTED BY  REQUESTED AT                 STATUS    RESPONDED AT
        Birch Homecare  stan          2026-11-22 10:00 (just now)  closed
        Acme Care       stan          2026-11-22 10:00 (just now)  closed
        Cedar Nursing   stan          2026-11-22 10:00 (just now)  accepted  2026-11-22 10:00 (just now)
    "#]]);
});

// Rule 1.4.
both_engines!(who_rejected_may_be_asked_again, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme birch --reference winter");
    world.story(expect![[r#"
        $ caredesk package respond winter --provider acme --reject --reason 'no staff'
        Rejected package PKG-SZNCK3 (winter) for `Acme Care`; 1 provider has still to answer.
        $ caredesk package respond winter --provider birch --reject
        Rejected package PKG-SZNCK3 (winter) for `Birch Homecare`; no provider is left to answer.
        $ caredesk package list --status rejected
        REFERENCE  STATUS    REFERRAL    ACCEPTED BY  CREATED AT        VISITS  OFFERS  WAITED
        winter     rejected  REF-00000A               2026-11-22 10:00       1       2   0 min
        $ caredesk outsource add-provider winter acme
        2> error: `Acme Care` has rejected package `winter`
        2> hint: to ask again, take it out first: `caredesk outsource remove-provider PKG-SZNCK3 PRV-00000A`
        [exit 4]
        $ caredesk outsource add-provider winter cedar
        Changed package PKG-SZNCK3 (winter): offered to Acme Care, Birch Homecare, Cedar Nursing; it is pending; no account is alerted (no e-mail address).
        $ caredesk outsource remove-provider winter acme cedar
        Changed package PKG-SZNCK3 (winter): offered to Birch Homecare; it is rejected; no account is alerted (no e-mail address).
        $ caredesk package show winter
        winter: rejected
        code      PKG-SZNCK3
        referral  REF-00000A
        client    Ada Moss (CLI-00000A)
        created   2026-11-22 10:00 (just now) by admin
        amended   2026-11-22 10:00 (just now) by admin

        CODE        START             DURATION  STATUS
        VIS-000001  2026-12-01 09:00    30 min  planned

        PROVIDER        REQUESTED BY  REQUESTED AT                 STATUS    RESPONDED AT
        Birch Homecare  admin         2026-11-22 10:00 (just now)  rejected  2026-11-22 10:00 (just now)
        $ caredesk outsource add-provider winter acme
        Changed package PKG-SZNCK3 (winter): offered to Birch Homecare, Acme Care; it is pending; no account is alerted (no e-mail address).
        $ caredesk package respond winter --provider acme --accept
        Accepted package PKG-SZNCK3 (winter) for `Acme Care`.
        $ caredesk package show winter
        winter: accepted by Acme Care
        code      PKG-SZNCK3
        referral  REF-00000A
        client    Ada Moss (CLI-00000A)
        created   2026-11-22 10:00 (just now) by admin
        amended   2026-11-22 10:00 (just now) by admin

        CODE        START             DURATION  STATUS
        VIS-000001  2026-12-01 09:00    30 min  planned

        PROVIDER        REQUESTED BY  REQUESTED AT                 STATUS    RESPONDED AT
        Birch Homecare  admin         2026-11-22 10:00 (just now)  rejected  2026-11-22 10:00 (just now)
        Acme Care       admin         2026-11-22 10:00 (just now)  accepted  2026-11-22 10:00 (just now)
    "#]]);
    let removed = world.sql("SELECT status, reason FROM offer WHERE removed_at IS NOT NULL ORDER BY status");
    assert_eq!(
        removed,
        [[Some("pending".to_owned()), None], [Some("rejected".to_owned()), Some("no staff".to_owned())]]
    );
    verified(world);
});
