//! `outsource remind`: who has not answered is asked once more, by mail.

use expect_test::expect;
use serde_json::json;

use crate::alert::addressed;
use crate::town::verified;

// Rules 1.13 and 2.11: those that have still to answer are alerted once more, by a mail that says until when, and not twice for
// one that has not gone out.
both_engines!(those_who_have_not_answered_are_reminded, |world| {
    addressed(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --reference one --provider acme birch cedar --answer-by 48h");
    world.ok("package respond one --provider birch --reject --as birch");
    world.sql("UPDATE package SET code = 'PKG-000001'");
    world.at("2026-11-23T10:00:00Z");
    world.story(expect![[r#"
        # as stan
        $ caredesk outsource remind one
        Nothing to change: no provider can be reminded of package PKG-000001 (one) now; no account is alerted: `Acme Care` (the offer was not mailed yet), `Cedar Nursing` (no e-mail address).
        # as admin
        $ caredesk alert send --dir out
        Sent 2 alerts, 2 withdrawn.
        # as stan
        $ caredesk outsource remind one --dry-run
        dry run: Reminded Acme Care of package PKG-000001 (one), to be answered by 2026-11-24 10:00; 2 accounts are alerted, none of `Cedar Nursing` (no e-mail address).
    "#]]);
    let done = world.json("outsource remind one");
    assert_eq!((&done["result"], &done["alerted"]), (&json!("updated"), &json!(2)), "{done}");
    assert_eq!(done["not_alerted"], json!([{"of": "Cedar Nursing", "reason": "no-email"}]), "{done}");
    let again = world.json("outsource remind one");
    assert_eq!((&again["result"], &again["alerted"]), (&json!("unchanged"), &json!(0)), "{again}");
    assert_eq!(again["not_alerted"][0], json!({"of": "Acme Care", "reason": "unsent"}), "{again}");
    world.story(expect![[r##"
        # as admin
        $ caredesk audit list --limit 1 --columns action,on,by
        ACTION            ON          BY
        outsource.remind  PKG-000001  stan
        $ caredesk alert preview acme
        From: "The Hub" <alerts@hub.example>
        To: acme@mail.example
        Subject: Reminder: a package that was offered to Acme Care waits for an
         answer: PKG-000001
        Date: Mon, 23 Nov 2026 10:00:03 +0000
        Message-ID: <ALT-P9N5HZ.6c39d6af2bcaa2a5bddd@alert.caredesk>
        MIME-Version: 1.0
        Auto-Submitted: auto-generated
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 7bit

        Reminder: a package that was offered to Acme Care waits for an answer.

        Package:   PKG-000001
        Answer by: 2026-11-24 10:00

        Look it up with

            caredesk package show PKG-000001

        -- 
        This message was written by caredesk, and is about ALT-P9N5HZ.
        Such messages end with `caredesk account alerts LOGIN off`.
        $ caredesk alert send --dir out
        Sent 2 alerts.
        $ caredesk package history one
        AT                STEP      PROVIDER        BY     ACTED BY  VISIT  FIELD  FROM  TO  OPENS AT  LAPSES AT         REASON
        2026-11-22 10:00  created                   admin
        2026-11-22 10:00  asked     Acme Care       admin                                              2026-11-24 10:00
        2026-11-22 10:00  asked     Birch Homecare  admin                                              2026-11-24 10:00
        2026-11-22 10:00  asked     Cedar Nursing   admin                                              2026-11-24 10:00
        2026-11-22 10:00  rejected  Birch Homecare  birch
        2026-11-23 10:00  reminded  Acme Care       stan
        # as acme
        $ caredesk package history one
        AT                STEP      PROVIDER   BY     ACTED BY  VISIT  FIELD  FROM  TO  OPENS AT  LAPSES AT         REASON
        2026-11-22 10:00  asked     Acme Care  admin                                              2026-11-24 10:00
        2026-11-23 10:00  reminded  Acme Care  stan
    "##]]);
    verified(world);
});

// Rule 1.13: only what can be answered now.
both_engines!(where_nothing_is_pending_nothing_is_reminded, |world| {
    addressed(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --reference accepted --provider acme birch");
    world.ok("package respond accepted --provider acme --accept");
    world.ok("outsource create REF-00000A --visit VIS-000002 --reference rejected --provider acme");
    world.ok("package respond rejected --provider acme --reject");
    world.ok("outsource create REF-00000A --visit VIS-000003 --reference recalled --provider acme");
    world.ok("outsource delete recalled --yes");
    world.ok("outsource create REF-00000A --visit VIS-000003 --reference returned --provider acme");
    world.ok("package respond returned --provider acme --accept");
    world.ok("package hand-back returned --provider acme --reason ill");
    world.ok("outsource create REF-00000A --visit VIS-000003 --reference late --provider acme --then birch --after 4h");
    world.ok("package respond late --provider acme --reject");
    world.ok("outsource create REF-00000A --visit VIS-000004 --reference past --provider acme");
    world.at("2026-11-22T13:00:00Z");
    world.refusals(expect![[r#"
        4 package.nothing_pending    outsource remind accepted
        4 package.nothing_pending    outsource remind rejected
        4 package.recalled           outsource remind recalled
        4 package.nothing_pending    outsource remind returned
        4 package.nothing_pending    outsource remind late
        3 package.not_found          outsource remind nothing
        # as tracy
        6 actor.level                outsource remind past
        # as acme
        6 actor.level                outsource remind past
        # as cedar
        3 package.not_found          outsource remind past
    "#]]);
    world.story(expect![[r#"
        # as admin
        $ caredesk outsource remind accepted
        2> error: package `accepted` waits for no answer: it was accepted by `Acme Care`
        2> hint: `caredesk package history PKG-SZNCK3` says what became of it
        [exit 4]
        $ caredesk outsource remind rejected
        2> error: package `rejected` waits for no answer: each provider has rejected it or let its time pass
        2> hint: `caredesk package history PKG-39J76K` says what became of it
        [exit 4]
        $ caredesk outsource remind late
        2> error: package `late` waits for no answer: it is offered only at 2026-11-22 14:00
        2> hint: `caredesk package history PKG-94RZD8` says what became of it
        [exit 4]
    "#]]);
    world.at("2026-12-05T13:00:00Z");
    world.story(expect![[r#"
        $ caredesk outsource remind past
        2> error: none of the visits of package `past` is still to come: each is cancelled or past
        2> hint: `caredesk outsource delete PKG-GH5SGZ` recalls it
        [exit 4]
    "#]]);
});

// Rules 1.13 and 2.11: the wave that has opened is told by the reminder, where no run has told it before, and once.
both_engines!(a_reminder_of_a_wave_that_was_not_told_is_the_first_alert_of_it, |world| {
    addressed(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --reference one --provider acme --then birch --after 4h");
    world.ok("alert send --dir out");
    world.at("2026-11-22T15:00:00Z");
    world.story(expect![[r#"
        $ caredesk outsource remind one
        Reminded Acme Care, Birch Homecare of package PKG-SZNCK3 (one); 3 accounts are alerted.
        $ caredesk alert send --dir out
        Sent 4 alerts in 3 messages.
        $ caredesk alert list --columns account,kind,provider_name,status
        ACCOUNT     KIND       PROVIDER                          STATUS
        both        offered    Birch Homecare                    sent
        birch       offered    Birch Homecare                    sent
        both        offered    Acme Care                         sent
        acme        offered    Acme Care                         sent
        both        offered    Acme Care                         sent
        acme        offered    Acme Care                         sent
    "#]]);
    verified(world);
});
