//! `outsource delete` and `outsource resend`: rule 1.8.

use expect_test::expect;

use crate::town::settle;

// Rules 1.8 and 4.5.
both_engines!(deleting_asks_first_and_frees_the_visits, |world| {
    settle(world);
    world.ok(
        "outsource create REF-00000A --visit VIS-000001 VIS-000002 --provider acme birch --reference winter",
    );
    world.ok("package respond winter --provider birch --accept");
    world.story(expect![[r#"
        $ caredesk outsource delete winter
        2> error: this must be confirmed: winter was accepted by Birch Homecare. Are you sure you want to delete this outsourced package?
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk outsource delete winter --dry-run
        dry run: Recalled package PKG-SZNCK3 (winter); 2 visits are free again. `Birch Homecare` had accepted it; let them know. No account is alerted (no e-mail address).
        $ caredesk outsource delete winter --yes
        Recalled package PKG-SZNCK3 (winter); 2 visits are free again. `Birch Homecare` had accepted it; let them know. No account is alerted (no e-mail address).
        $ caredesk outsource delete winter --yes
        Nothing to change: package PKG-SZNCK3 (winter) was recalled before.
        $ caredesk package show winter
        winter: recalled
        code      PKG-SZNCK3
        referral  REF-00000A
        client    Ada Moss (CLI-00000A)
        created   2026-11-22 10:00 (just now) by admin
        recalled  2026-11-22 10:00 (just now) by admin

        CODE        START             DURATION  STATUS
        VIS-000001  2026-12-01 09:00    30 min  planned
        VIS-000002  2026-12-02 09:00    30 min  planned

        PROVIDER        REQUESTED BY  REQUESTED AT                 STATUS    RESPONDED AT
        Acme Care       admin         2026-11-22 10:00 (just now)  closed
        Birch Homecare  admin         2026-11-22 10:00 (just now)  accepted  2026-11-22 10:00 (just now)
        $ caredesk package list
        2> note: no packages
        $ caredesk package list --status recalled --columns reference,status,accepted_by
        REFERENCE  STATUS    ACCEPTED BY
        winter     recalled  PRV-00000B
        $ caredesk visit list REF-00000A --columns code,package,package_status
        CODE        PACKAGE  PACKAGE STATUS
        VIS-000001
        VIS-000002
        VIS-000003
        VIS-000004
        $ caredesk outsource create REF-00000A --visit VIS-000001 --provider cedar --reference winter -o jsonl
        {"code":"PKG-BW8EPQ","reference":"winter","status":"pending","referral":"REF-00000A","area":null,"provider_note":null,"accepted_by":null,"accepted_by_name":null,"lapses_at":null,"created_at":"2026-11-22T10:00:10Z","created_by":"admin","amended_at":null,"amended_by":null,"recalled_at":null,"recalled_by":null,"visits":[{"code":"VIS-000001","start":"2026-12-01T09:00:00Z","duration_minutes":30,"status":"planned","provider_note":null,"offered_start":"2026-12-01T09:00:00Z","offered_duration_minutes":30,"differs_from_offer":false}],"offers":[{"provider":"PRV-00000C","provider_name":"Cedar Nursing","requested_by":"admin","requested_at":"2026-11-22T10:00:10Z","opens_at":null,"lapses_at":null,"reminded_at":null,"status":"pending","responded_at":null,"ended_at":null,"reason":null}],"result":"created","changes":[],"alerted":0,"not_alerted":[{"of":"Cedar Nursing","reason":"no-email"}]}
        $ caredesk package show winter --columns status,offers -o jsonl
        {"status":"pending","offers":[{"provider":"PRV-00000C","provider_name":"Cedar Nursing","requested_by":"admin","requested_at":"2026-11-22T10:00:10Z","opens_at":null,"lapses_at":null,"reminded_at":null,"status":"pending","responded_at":null,"ended_at":null,"reason":null}]}
    "#]]);
});

// Rule 1.7.
both_engines!(resending_offers_what_is_true_now, |world| {
    settle(world);
    world.ok(
        "outsource create REF-00000A --visit VIS-000001 VIS-000002 --provider acme birch --reference winter",
    );
    world.ok("package respond winter --provider acme --reject");
    world.story(expect![[r#"
        $ caredesk visit edit VIS-000001 --duration 45
        Changed visit VIS-000001: duration 30 min → 45 min, differs from offer no → yes.
        2> warning: winter was offered with 30 min; recall and send again to offer 45 min: `caredesk outsource resend PKG-SZNCK3`
        $ caredesk visit edit VIS-000002 --start '2026-12-02 10:00'
        Changed visit VIS-000002: start 2026-12-02 09:00 → 2026-12-02 10:00, differs from offer no → yes.
        2> warning: winter was offered with the visit VIS-000002 on Wed 2 December 09:00; recall and send again to offer the new time: `caredesk outsource resend PKG-SZNCK3`
        $ caredesk visit cancel VIS-000002
        Cancelled visit VIS-000002.
        2> warning: VIS-000002 stays in winter, which is pending: let the provider know
        $ caredesk package show winter
        winter: pending, waiting for an answer
        code      PKG-SZNCK3
        referral  REF-00000A
        client    Ada Moss (CLI-00000A)
        created   2026-11-22 10:00 (just now) by admin

        CODE        START             DURATION  STATUS     OFFERED START     OFFERED DURATION
        VIS-000001  2026-12-01 09:00    45 min  planned    2026-12-01 09:00            30 min
        VIS-000002  2026-12-02 10:00    30 min  cancelled  2026-12-02 09:00            30 min

        PROVIDER        REQUESTED BY  REQUESTED AT                 STATUS    RESPONDED AT
        Acme Care       admin         2026-11-22 10:00 (just now)  rejected  2026-11-22 10:00 (just now)
        Birch Homecare  admin         2026-11-22 10:00 (just now)  pending
        $ caredesk outsource resend winter
        2> error: this must be confirmed: Are you sure you want to recall this package and send it again? (winter)
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk outsource resend winter --yes
        Recalled package PKG-SZNCK3 and created package PKG-TY93TB: 1 visit, offered to Acme Care, Birch Homecare; no account is alerted (no e-mail address).
        2> note: 1 visit was left out, as cancelled
        $ caredesk package show winter
        winter: pending, waiting for an answer
        code      PKG-TY93TB
        referral  REF-00000A
        client    Ada Moss (CLI-00000A)
        created   2026-11-22 10:00 (just now) by admin

        CODE        START             DURATION  STATUS
        VIS-000001  2026-12-01 09:00    45 min  planned

        PROVIDER        REQUESTED BY  REQUESTED AT                 STATUS
        Acme Care       admin         2026-11-22 10:00 (just now)  pending
        Birch Homecare  admin         2026-11-22 10:00 (just now)  pending
        $ caredesk package list --status recalled --columns reference,status
        REFERENCE  STATUS
        winter     recalled
        $ caredesk visit cancel VIS-000001
        Cancelled visit VIS-000001.
        2> warning: VIS-000001 stays in winter, which is pending: let the provider know
        $ caredesk outsource resend winter --yes
        2> error: referral `REF-00000A` has no visits to put into a package
        2> hint: plan one with `caredesk visit add REF-00000A`, or name some with `--visit`
        [exit 4]
    "#]]);
});
