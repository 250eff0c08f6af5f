//! What is told of what changes after it was told: an end before its beginning was, calls by an import, renewals, releases.

use expect_test::expect;

use super::{addressed, asked};
use crate::release::PDF;
use crate::town::verified;

// Rules 1.12 and 2.11: who is asked reads the note when it decides, and who has accepted is alerted.
both_engines!(the_note_for_providers_is_changed, |world| {
    addressed(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --reference winter --provider acme birch");
    world.story(expect![[r#"
        $ caredesk package edit winter --provider-note 'two carers'
        Changed package PKG-SZNCK3 (winter): provider note none → two carers.
        $ caredesk package edit winter --provider-note 'two carers'
        Nothing to change: package PKG-SZNCK3 (winter) stays as it is.
        # as birch
        $ caredesk package show winter --columns provider_note -o json
        {
          "provider_note": "two carers"
        }
        $ caredesk package edit winter --provider-note mine
        2> error: an account of level `provider-portal` may not change packages
        2> hint: that takes the level standard; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk package respond winter --accept
        Accepted package PKG-SZNCK3 (winter) for `Birch Homecare`; 1 account is alerted.
        # as admin
        $ caredesk package edit winter --provider-note 'Moss likes three carers'
        Changed package PKG-SZNCK3 (winter): provider note two carers → Moss likes three carers; 2 accounts are alerted.
        2> warning: the note for providers names the client (`Moss`), and providers that are only asked read it too
        $ caredesk package edit winter --provider-note none
        Changed package PKG-SZNCK3 (winter): provider note Moss likes three carers → none; 2 accounts are alerted.
        $ caredesk outsource delete winter --yes
        Recalled package PKG-SZNCK3 (winter); 1 visit is free again. `Birch Homecare` had accepted it; let them know. 2 accounts are alerted.
        $ caredesk package edit winter --provider-note late
        2> error: package `winter` was recalled
        2> hint: `caredesk package list --referral REF-00000A` shows what is offered now
        [exit 4]
        $ caredesk package edit winter
        2> error: the following required arguments were not provided:
        2>   --provider-note <TEXT>
        2>
        2> Usage: caredesk package edit [OPTIONS] --provider-note <TEXT> <PACKAGE>
        2>
        2> For more information, try '--help'.
        [exit 2]
    "#]]);
});

// Rule 2.11: the end of an offer is told to whom the offer was, and to who had accepted.
both_engines!(an_offer_that_was_not_told_needs_no_end, |world| {
    addressed(world);
    world.sql("UPDATE account SET alerts_off = 'offered' WHERE login = 'both'");
    world.story(expect![[r#"
        $ caredesk outsource create REF-00000A --visit VIS-000001 --reference one --provider acme birch
        Created package PKG-SZNCK3 (one): 1 visit of REF-00000A, offered to Acme Care, Birch Homecare; 2 accounts are alerted.
        $ caredesk outsource remove-provider one birch
        Changed package PKG-SZNCK3 (one): offered to Acme Care; it is pending; 1 account is alerted.
        $ caredesk outsource add-provider one birch
        Changed package PKG-SZNCK3 (one): offered to Acme Care, Birch Homecare; it is pending; 1 account is alerted.
        $ caredesk alert send --dir out
        Sent 2 alerts, 1 withdrawn.
        $ caredesk outsource delete one --yes
        Recalled package PKG-SZNCK3 (one); 1 visit is free again; 3 accounts are alerted.
        $ caredesk outsource create REF-00000A --visit VIS-000001 --reference two --provider birch
        Created package PKG-K4C8QV (two): 1 visit of REF-00000A, offered to Birch Homecare; 1 account is alerted.
        $ caredesk outsource delete two --yes
        Recalled package PKG-K4C8QV (two); 1 visit is free again; 1 account is alerted.
        $ caredesk outsource create REF-00000A --visit VIS-000001 --reference three --provider birch
        Created package PKG-TY93TB (three): 1 visit of REF-00000A, offered to Birch Homecare; 1 account is alerted.
        # as birch
        $ caredesk package respond three --accept
        Accepted package PKG-TY93TB (three) for `Birch Homecare`; 1 account is alerted.
        # as admin
        $ caredesk outsource delete three --yes
        Recalled package PKG-TY93TB (three); 1 visit is free again. `Birch Homecare` had accepted it; let them know. 2 accounts are alerted.
        $ caredesk outsource create REF-00000A --visit VIS-000001 --reference four --provider acme --then birch --after 4h
        Created package PKG-BW8EPQ (four): 1 visit of REF-00000A, offered to Acme Care; at 2026-11-22 14:00 to Birch Homecare; 1 account is alerted.
    "#]]);
    world.at("2026-11-22T15:00:00Z");
    world.story(expect![[r#"
        $ caredesk outsource remove-provider four birch
        Changed package PKG-BW8EPQ (four): offered to Acme Care; it is pending; 1 account is alerted.
        $ caredesk outsource resend four --yes
        Recalled package PKG-BW8EPQ and created package PKG-JPN95Q: 1 visit, offered to Acme Care; 2 accounts are alerted.
        $ caredesk alert list --columns account,kind,package,provider_name,status,problem
        ACCOUNT     KIND       PACKAGE     PROVIDER                          STATUS     PROBLEM
        acme        offered    PKG-JPN95Q  Acme Care                         waiting
        both        recalled   PKG-BW8EPQ  Acme Care                         waiting
        both        recalled   PKG-BW8EPQ  Birch Homecare                    waiting
        acme        offered    PKG-BW8EPQ  Acme Care                         withdrawn  the offer ended before this was sent
        both        recalled   PKG-TY93TB  Birch Homecare                    waiting
        birch       recalled   PKG-TY93TB  Birch Homecare                    waiting
        admin       accepted   PKG-TY93TB  Birch Homecare                    waiting
        birch       offered    PKG-TY93TB  Birch Homecare                    withdrawn  the offer ended before this was sent
        both        recalled   PKG-K4C8QV  Birch Homecare                    waiting
        birch       offered    PKG-K4C8QV  Birch Homecare                    withdrawn  the offer ended before this was sent
        both        recalled   PKG-SZNCK3  Birch Homecare                    waiting
        birch       recalled   PKG-SZNCK3  Birch Homecare                    waiting
        both        recalled   PKG-SZNCK3  Acme Care                         waiting
        acme        recalled   PKG-SZNCK3  Acme Care                         waiting
        birch       offered    PKG-SZNCK3  Birch Homecare                    sent
        both        recalled   PKG-SZNCK3  Birch Homecare                    withdrawn  the package was offered again before this was sent
        birch       offered    PKG-SZNCK3  Birch Homecare                    withdrawn  the offer ended before this was sent
        acme        offered    PKG-SZNCK3  Acme Care                         sent
    "#]]);
    verified(world);
});

// Rules 2.11 and 1.7: who has accepted is alerted once of all that a table changes, and of nothing else.
both_engines!(a_table_that_changes_accepted_visits_is_told_once, |world| {
    addressed(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 VIS-000002 VIS-000003 --reference mine --provider acme");
    world.ok("package respond mine --provider acme --accept");
    world.ok("outsource create REF-00000A --visit VIS-000004 --reference asked --provider birch");
    world.sql("DELETE FROM alert");
    world.write(
        "note.csv",
        "id,start,duration,note\nVIS-000001,2026-12-01 09:00,30,key safe\nVIS-000004,2026-12-04 10:00,30,\n",
    );
    world.write(
        "week.csv",
        "id,start,duration,status,provider_note\n\
        VIS-000001,2026-12-01 09:30,30,planned,\n\
        VIS-000002,2026-12-02 09:00,30,cancelled,\n\
        VIS-000003,2026-12-03 09:00,30,planned,two carers\n\
        new,2026-12-05 09:00,30,planned,\n",
    );
    world.story(expect![[r#"
        $ caredesk visit import REF-00000A note.csv
        Visits: 2 read, 0 created, 2 updated, 0 unchanged, 0 rejected.
        Import IMP-8AFE0R: `caredesk import undo IMP-8AFE0R` takes it back.
        2> warning: asked now has 1 visit that differs from what was offered; recall and send again: `caredesk outsource resend asked`
        $ caredesk alert list
        2> note: no such alerts
        $ caredesk visit import REF-00000A week.csv --dry-run
        dry run: Visits: 4 read, 1 created, 3 updated, 0 unchanged, 0 rejected.
        Would change visit VIS-000001: start 2026-12-01 09:00 → 2026-12-01 09:30, differs from offer no → yes
        Would change visit VIS-000002: status planned → cancelled
        Would change visit VIS-000003: provider note none → two carers
        2> note: 2 accounts are alerted
        2> warning: mine now has 1 visit that differs from what was offered; recall and send again: `caredesk outsource resend mine`
        2> warning: mine now has 1 visit that is cancelled: let the provider know
        $ caredesk visit import REF-00000A week.csv
        Visits: 4 read, 1 created, 3 updated, 0 unchanged, 0 rejected.
        Import IMP-T6G11B: `caredesk import undo IMP-T6G11B` takes it back.
        2> note: 2 accounts are alerted
        2> warning: mine now has 1 visit that differs from what was offered; recall and send again: `caredesk outsource resend mine`
        2> warning: mine now has 1 visit that is cancelled: let the provider know
        $ caredesk visit import REF-00000A week.csv
        Visits: 4 read, 0 created, 0 updated, 4 unchanged, 0 rejected.
        $ caredesk alert list --columns account,kind,provider_name,status
        ACCOUNT  KIND           PROVIDER   STATUS
        both     calls-changed  Acme Care  waiting
        acme     calls-changed  Acme Care  waiting
        $ caredesk import list --columns action,created,updated
        ACTION        CREATED  UPDATED
        visit.import        1        3
        visit.import        0        2
    "#]]);
    let code = world.json("import list --limit 1")[0]["code"].as_str().unwrap().to_owned();
    // What a package has stays, and so does what was told of it.
    assert_eq!(world.run(&format!("import undo {code} --yes")).status, 9);
    assert_eq!(world.json("alert list").as_array().unwrap().len(), 2);
    world.ok("alert send --dir out");
    verified(world);
});

// Rules 2.11 and 3.6: the other side learns that a grant was renewed.
both_engines!(a_renewal_is_told_to_who_has_asked, |world| {
    asked(world);
    world.ok("sharing request CLI-00000A --owner acme --recipient birch --type services");
    world.sql("UPDATE sharing_request SET code = 'SHR-000001'");
    world.ok("sharing grant SHR-000001 --expires 2026-12-31 --as acme");
    world.ok("alert send --dir out");
    world.story(expect![[r#"
        # as acme
        $ caredesk sharing renew SHR-000001 --expires 2027-03-31
        Renewed request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2027-03-31; 2 accounts are alerted.
        2> warning: no birth date of CLI-00000A is known: whether it signs without a guardian, from 18 on, was not checked
        $ caredesk sharing renew SHR-000001 --expires 2027-03-31
        Nothing to change: request SHR-000001 is granted already.
        # as admin
        $ caredesk alert send --dir out
        Sent 2 alerts.
        $ caredesk alert list --columns account,kind,about,status
        ACCOUNT  KIND     ABOUT       STATUS
        birch    answer   SHR-000001  sent
        admin    answer   SHR-000001  sent
        birch    answer   SHR-000001  sent
        acme     request  SHR-000001  withdrawn
    "#]]);
    verified(world);
});

// Rules 2.11 and 3.7: who sees records by a release learns that it was added and that it was revoked, and who sees none does not.
both_engines!(a_release_is_told_to_who_sees_records_by_it, |world| {
    asked(world);
    world.ok("account permit both answer-sharing");
    world.ok("sharing setup acme --type services --level 1 --release on");
    world.ok("sharing link acme cedar --type services");
    world.ok("record add CLI-00000A --provider acme --type services --date 2026-11-01 --title Visit");
    world.write("paper.pdf", PDF);
    let signed = "--owner acme --type services --document paper.pdf --signed today --expires 2027-06-30";
    world.ok(&format!("release add CLI-00000A {signed} --recipient birch"));
    world.ok(&format!("release add CLI-00000B {signed} --recipient birch"));
    world.sql(
        "UPDATE release SET code = 'ROI-00000A' WHERE client_id = (SELECT id FROM client WHERE code = 'CLI-00000A');
        UPDATE release SET code = 'ROI-00000B' WHERE code <> 'ROI-00000A'",
    );
    world.story(expect![[r#"
        $ caredesk alert list --columns account,kind,about,provider_name,status
        ACCOUNT  KIND    ABOUT       PROVIDER        STATUS
        both     answer  ROI-00000A  Birch Homecare  waiting
        birch    answer  ROI-00000A  Birch Homecare  waiting
        $ caredesk alert preview birch
        From: "The Hub" <alerts@hub.example>
        To: birch@mail.example
        Subject: A release that concerns Birch Homecare was added: ROI-00000A
        Date: Sun, 22 Nov 2026 10:00:10 +0000
        Message-ID: <ALT-BKAWAK.c4e7db4338b365bed68e@alert.caredesk>
        MIME-Version: 1.0
        Auto-Submitted: auto-generated
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 7bit

        A release that concerns Birch Homecare was added.

        Release:   ROI-00000A

        -- 
        This message was written by caredesk, and is about ALT-BKAWAK.
        Such messages end with `caredesk account alerts LOGIN off`.
        $ caredesk alert send --dir out
        Sent 2 alerts.
        # as acme
        $ caredesk release revoke ROI-00000A --yes
        Revoked release ROI-00000A (Ada Moss). `Birch Homecare` loses access to 1 record of 1 client. 3 accounts are alerted.
        # as birch
        $ caredesk alert list --columns account,kind,about,provider_name,status
        ACCOUNT  KIND    ABOUT       PROVIDER        STATUS
        birch    answer  ROI-00000A  Birch Homecare  waiting
        birch    answer  ROI-00000A  Birch Homecare  sent
        # as admin
        $ caredesk alert preview
        From: "The Hub" <alerts@hub.example>
        To: birch@mail.example
        Subject: A release that concerns Birch Homecare was revoked: ROI-00000A
        Date: Sun, 22 Nov 2026 10:00:15 +0000
        Message-ID: <ALT-PRAZ86.322328a6a59312389a75@alert.caredesk>
        MIME-Version: 1.0
        Auto-Submitted: auto-generated
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 7bit

        A release that concerns Birch Homecare was revoked.

        Release:   ROI-00000A

        -- 
        This message was written by caredesk, and is about ALT-PRAZ86.
        Such messages end with `caredesk account alerts LOGIN off`.

        ------------------------------------------------------------------------

        From: "The Hub" <alerts@hub.example>
        To: both@mail.example
        Subject: A release that concerns Birch Homecare was revoked: ROI-00000A
        Date: Sun, 22 Nov 2026 10:00:15 +0000
        Message-ID: <ALT-ZYMY97.1650e99da119275592a4@alert.caredesk>
        MIME-Version: 1.0
        Auto-Submitted: auto-generated
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 7bit

        A release that concerns Birch Homecare was revoked.

        Release:   ROI-00000A

        -- 
        This message was written by caredesk, and is about ALT-ZYMY97.
        Such messages end with `caredesk account alerts LOGIN off`.

        ------------------------------------------------------------------------

        From: "The Hub" <alerts@hub.example>
        To: admin@mail.example
        Subject: A release was revoked: ROI-00000A
        Date: Sun, 22 Nov 2026 10:00:15 +0000
        Message-ID: <ALT-DVTM1F.bc1b1300c6ebf009f37f@alert.caredesk>
        MIME-Version: 1.0
        Auto-Submitted: auto-generated
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 7bit

        A release was revoked.

        Release:   ROI-00000A

        Look it up with

            caredesk release show ROI-00000A

        -- 
        This message was written by caredesk, and is about ALT-DVTM1F.
        Such messages end with `caredesk account alerts LOGIN off`.
        $ caredesk alert explain ROI-00000A
        ACCOUNT  OF              KINDS           ALERTED  REASON         ALERTS
        birch    Birch Homecare  answer, ending  yes                     ALT-PRAZ86, ALT-BKAWAK
        both     Birch Homecare  answer, ending  yes                     ALT-ZYMY97, ALT-P55G2X
        admin    Acme Care       answer, ending  yes                     ALT-DVTM1F
        acme     Acme Care       answer, ending  yes
        both     Acme Care       answer, ending  yes                     ALT-ZYMY97, ALT-P55G2X
        mute     Acme Care       answer, ending  no       no-permission
    "#]]);
    // What was revoked before it was told is told as that alone.
    world.ok(&format!("release add CLI-00000A {signed} --recipient birch"));
    let code = world.json("release list --limit 1")[0]["code"].as_str().unwrap().to_owned();
    world.ok(&format!("release revoke {code} --yes"));
    world.story(expect![[r#"
        $ caredesk alert send --dir out
        Sent 5 alerts in 3 messages, 2 withdrawn.
        $ caredesk alert list --columns account,kind,provider_name,status,problem
        ACCOUNT     KIND       PROVIDER                          STATUS     PROBLEM
        both        answer     Birch Homecare                    sent
        birch       answer     Birch Homecare                    sent
        both        answer     Birch Homecare                    withdrawn  the release was revoked before this was sent
        birch       answer     Birch Homecare                    withdrawn  the release was revoked before this was sent
        admin       answer                                       sent
        both        answer     Birch Homecare                    sent
        birch       answer     Birch Homecare                    sent
        both        answer     Birch Homecare                    sent
        birch       answer     Birch Homecare                    sent
    "#]]);
    verified(world);
});
