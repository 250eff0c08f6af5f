//! Who is told what: each kind by the command that leads to it, and by the clock.

use std::process::Stdio;
use std::thread;

use expect_test::expect;

use super::{addressed, asked};
use crate::release::PDF;
use crate::town::verified;
use crate::world::answer;

// Rules 2.11, 1.3 and 1.5: those of the provider that may answer are told, then who has asked; nobody of what he does himself.
both_engines!(a_package_from_its_offer_to_its_end, |world| {
    addressed(world);
    world.story(expect![[r#"
        # as stan
        $ caredesk outsource create REF-00000A --all-visits --reference one --provider acme cedar --dry-run
        dry run: Created package PKG-SZNCK3 (one): 4 visits of REF-00000A, offered to Acme Care, Cedar Nursing; 2 accounts are alerted, none of `Cedar Nursing` (no e-mail address).
        $ caredesk outsource create REF-00000A --all-visits --reference one --provider acme cedar
        Created package PKG-EG2QXC (one): 4 visits of REF-00000A, offered to Acme Care, Cedar Nursing; 2 accounts are alerted, none of `Cedar Nursing` (no e-mail address).
        $ caredesk outsource add-provider one birch
        Changed package PKG-EG2QXC (one): offered to Acme Care, Cedar Nursing, Birch Homecare; it is pending; 2 accounts are alerted.
        $ caredesk outsource add-provider one birch
        Nothing to change: package PKG-EG2QXC (one) is offered to Acme Care, Cedar Nursing, Birch Homecare already.
        $ caredesk outsource remove-provider one birch
        Changed package PKG-EG2QXC (one): offered to Acme Care, Cedar Nursing; it is pending; no account is alerted (the offer was not mailed yet).
        $ caredesk alert list --columns account,kind,provider_name
        ACCOUNT  KIND     PROVIDER
        both     offered  Birch Homecare
        birch    offered  Birch Homecare
        both     offered  Acme Care
        acme     offered  Acme Care
        # as acme
        $ caredesk package respond one --provider acme --accept
        Accepted package PKG-EG2QXC (one) for `Acme Care`; 1 account is alerted.
        # as stan
        $ caredesk outsource delete one --yes
        Recalled package PKG-EG2QXC (one); 4 visits are free again. `Acme Care` had accepted it; let them know. 2 accounts are alerted.
        $ caredesk alert list --columns account,kind,provider_name
        ACCOUNT     KIND       PROVIDER
        both        recalled   Acme Care
        acme        recalled   Acme Care
        stan        accepted   Acme Care
        both        offered    Birch Homecare
        birch       offered    Birch Homecare
        both        offered    Acme Care
        acme        offered    Acme Care
        # as sue
        $ caredesk outsource create REF-00000B --all-visits --reference three --provider birch
        Created package PKG-94RZD8 (three): 2 visits of REF-00000B, offered to Birch Homecare; 2 accounts are alerted.
        # as birch
        $ caredesk package respond three --accept
        Accepted package PKG-94RZD8 (three) for `Birch Homecare`; 1 account is alerted.
        $ caredesk package hand-back three --reason 'no staff'
        Handed package PKG-94RZD8 (three) back for `Birch Homecare`; 2 visits are free again; 1 account is alerted.
        # as sue
        $ caredesk outsource delete three --yes
        Recalled package PKG-94RZD8 (three), which had been handed back.
        $ caredesk outsource create REF-00000B --all-visits --reference two --provider acme
        Created package PKG-TB2G7Z (two): 2 visits of REF-00000B, offered to Acme Care; 2 accounts are alerted.
        $ caredesk package respond two --provider acme --reject
        Rejected package PKG-TB2G7Z (two) for `Acme Care`; no provider is left to answer.
        # as admin
        $ caredesk alert send --dir out
        Sent 2 alerts, 7 withdrawn.
        $ caredesk alert list --columns account,kind,status,problem
        ACCOUNT     KIND         STATUS     PROBLEM
        both        offered      withdrawn  the offer ended before this was sent
        acme        offered      withdrawn  the offer ended before this was sent
        sue         handed-back  withdrawn  the package was recalled or offered again before this was sent
        sue         accepted     withdrawn  the package was recalled or offered again before this was sent
        both        offered      withdrawn  the offer ended before this was sent
        birch       offered      withdrawn  the offer ended before this was sent
        both        recalled     sent
        acme        recalled     sent
        stan        accepted     withdrawn  the package was recalled or offered again before this was sent
        both        offered      withdrawn  the offer ended before this was sent
        birch       offered      withdrawn  the offer ended before this was sent
        both        offered      withdrawn  the offer ended before this was sent
        acme        offered      withdrawn  the offer ended before this was sent
    "#]]);
    verified(world);
});

// Rule 2.11.
both_engines!(a_referral_is_moved_and_taken_away, |world| {
    addressed(world);
    world.ok("account permit acme change-status");
    world.ok("queue add-resource 'Home care' 'Acme Care' 'Birch Homecare' 'Cedar Nursing'");
    world.story(expect![[r#"
        # as stan
        $ caredesk referral assign REF-00000A acme
        Assigned referral REF-00000A to `Acme Care`; 3 accounts are alerted.
        $ caredesk referral set-status REF-00000A Live
        Changed referral REF-00000A: status New → Live; 3 accounts are alerted.
        $ caredesk referral note REF-00000A 'ring twice'
        Changed referral REF-00000A: note none → ring twice.
        # as acme
        $ caredesk referral set-status REF-00000A New
        Changed referral REF-00000A: status Live → New; 4 accounts are alerted.
        # as admin
        $ caredesk alert send --dir outbox --from hub@hub.example
        Sent 10 alerts in 5 messages.
        # as stan
        $ caredesk referral assign REF-00000A birch
        Reassigned referral REF-00000A from `Acme Care` to `Birch Homecare`; 4 accounts are alerted.
        $ caredesk referral assign REF-00000A cedar
        Reassigned referral REF-00000A from `Birch Homecare` to `Cedar Nursing`; no account is alerted (no e-mail address).
        $ caredesk referral unassign REF-00000A
        Unassigned referral REF-00000A from `Cedar Nursing`; no account is alerted (no e-mail address).
        $ caredesk alert list --columns account,kind,resource_name,status
        ACCOUNT     KIND        RESOURCE                          STATUS
        both        assigned    Birch Homecare                    withdrawn
        birch       assigned    Birch Homecare                    withdrawn
        mute        reassigned  Acme Care                         waiting
        acme        reassigned  Acme Care                         waiting
        stan        status      Acme Care                         sent
        admin       status      Acme Care                         sent
        mute        status      Acme Care                         sent
        both        status      Acme Care                         sent
        mute        status      Acme Care                         sent
        both        status      Acme Care                         sent
        acme        status      Acme Care                         sent
        mute        assigned    Acme Care                         sent
        both        assigned    Acme Care                         sent
        acme        assigned    Acme Care                         sent
        # as mute
        $ caredesk alert list --columns kind,resource_name,status
        KIND        RESOURCE   STATUS
        reassigned  Acme Care  waiting
    "#]]);
});

// Rule 2.11: each kind has a switch, which every account turns for itself.
both_engines!(each_kind_can_be_switched_off, |world| {
    addressed(world);
    world.story(expect![[r#"
        # as acme
        $ caredesk account alerts acme off --kind offered recalled
        Changed account acme: alerts off none → offered, recalled.
        $ caredesk account alerts acme off --kind accepted
        2> error: an account of level provider-portal gets no alerts of the kind accepted, but offered, recalled, calls-changed, assigned, reassigned, status, request, answer, ending
        2> hint: `caredesk account show acme` shows what is off
        [exit 4]
        $ caredesk account alerts both off
        2> error: there is no account `both`
        2> hint: `caredesk account list` shows those that there are
        [exit 3]
        # as both
        $ caredesk account alerts both off
        Changed account both: resource assigned emails yes → no, alerts off none → offered, recalled, calls-changed, assigned, reassigned, status, request, answer, ending.
        # as admin
        $ caredesk outsource create REF-00000A --all-visits --reference one --provider acme
        Created package PKG-A3Z1NK (one): 4 visits of REF-00000A, offered to Acme Care; no account is alerted (switched off).
        $ caredesk alert explain one
        ACCOUNT  OF         KINDS                                    ALERTED  REASON         ALERTS
        acme     Acme Care  calls-changed                            yes
        acme     Acme Care  offered, recalled                        no       switched-off
        both     Acme Care  offered, recalled, calls-changed         no       switched-off
        mute     Acme Care  offered, recalled, calls-changed         no       no-permission
        admin    the hub    accepted, rejected, lapsed, handed-back  yes
        $ caredesk alert explain PKG-000000
        2> error: there is no package `PKG-000000`
        2> hint: `caredesk package list` shows those that there are
        [exit 3]
        $ caredesk account alerts both on --kind offered
        Changed account both: alerts off offered, recalled, calls-changed, assigned, reassigned, status, request, answer, ending → recalled, calls-changed, assigned, reassigned, status, request, answer, ending.
        $ caredesk account list --columns login,alerts_off
        LOGIN       ALERTS OFF
        acme        offered, recalled
        admin
        birch
        both        recalled, calls-changed, assigned, reassigned, status, request, answer, ending
        cedar
        mute
        stan
        sue
        tracy
        $ caredesk outsource create REF-00000B --all-visits --reference two --provider birch
        Created package PKG-94RZD8 (two): 2 visits of REF-00000B, offered to Birch Homecare; 2 accounts are alerted.
        $ caredesk account alerts both off --kind offered
        Changed account both: alerts off recalled, calls-changed, assigned, reassigned, status, request, answer, ending → offered, recalled, calls-changed, assigned, reassigned, status, request, answer, ending.
        $ caredesk account alerts birch off --kind assigned
        Changed account birch: resource assigned emails yes → no, alerts off none → assigned.
        $ caredesk alert send --dir out
        Sent 1 alert, 1 withdrawn.
        $ caredesk alert list --columns account,kind,status,problem
        ACCOUNT  KIND     STATUS     PROBLEM
        both     offered  withdrawn  the account switched these alerts off
        birch    offered  sent
        $ caredesk account edit acme --level standard --yes
        Changed account acme: level provider-portal → standard, permissions respond-packages → none, resources RES-4DHYWN → none, resource assigned emails yes → none, alerts off offered, recalled → none. Affected: 1 resource (RES-4DHYWN); 1 permission (respond-packages).
    "#]]);
});

// Rules 2.11 and 3.5.
both_engines!(a_request_is_asked_and_answered, |world| {
    asked(world);
    world.story(expect![[r#"
        # as birch
        $ caredesk sharing request CLI-00000A --owner acme --recipient birch --type services -q
        SHR-G2REYA
        # as acme
        $ caredesk alert list --columns kind,provider_name,status
        KIND     PROVIDER   STATUS
        request  Acme Care  waiting
    "#]]);
    world.sql("UPDATE sharing_request SET code = 'SHR-000001'");
    world.story(expect![[r#"
        # as acme
        $ caredesk sharing grant SHR-000001 --expires 2026-12-01
        Granted request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2026-12-01; 1 account is alerted.
        2> warning: no birth date of CLI-00000A is known: whether it signs without a guardian, from 18 on, was not checked
        $ caredesk sharing revoke SHR-000001
        Revoked request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare`; 1 account is alerted.
        # as admin
        $ caredesk alert explain SHR-000001
        ACCOUNT  OF              KINDS            ALERTED  REASON         ALERTS
        acme     Acme Care       request, ending  yes                     ALT-A35CDF
        both     Acme Care       request, ending  no       no-permission
        mute     Acme Care       request, ending  no       no-permission
        birch    Birch Homecare  answer, ending   yes                     ALT-RTRXPS, ALT-KSKTGH
        both     Birch Homecare  answer, ending   no       no-permission
        $ caredesk alert send --dir out
        Sent 1 alert, 2 withdrawn.
        $ caredesk alert list --columns account,kind,status,problem
        ACCOUNT  KIND     STATUS     PROBLEM
        birch    answer   sent
        birch    answer   withdrawn  the answer was changed before this was sent
        acme     request  withdrawn  the request was answered or has ended before this was sent
    "#]]);
});

// Rule 2.11: what ends is told to both sides once, 14 days before, whoever sends and however often.
both_engines!(what_ends_soon_is_told_once, |world| {
    asked(world);
    world.ok("sharing request CLI-00000A --owner acme --recipient birch --type services");
    world.sql("UPDATE sharing_request SET code = 'SHR-000001'");
    world.ok("sharing grant SHR-000001 --expires 2026-12-31");
    world.write("paper.pdf", PDF);
    world.ok("release add CLI-00000A --owner acme --type forms --document paper.pdf --signed today --expires 2026-12-31 --recipient birch");
    world.sql("UPDATE release SET code = 'ROI-000001'");
    world.sql("DELETE FROM alert");
    world.story(expect![[r#"
        $ caredesk alert send --dir out
        No alert is due.
    "#]]);
    world.at("2026-12-20T10:00:00Z");
    world.story(expect![[r#"
        $ caredesk alert send --dir out --dry-run
        dry run: Sent 6 alerts in 3 messages.
        $ caredesk alert list
        2> note: no such alerts
        $ caredesk alert preview birch
        From: "The Hub" <alerts@hub.example>
        To: birch@mail.example
        Subject: A sharing agreement that concerns Birch Homecare ends on
         2026-12-31: SHR-000001, and 1 more
        Date: Sun, 20 Dec 2026 10:00:02 +0000
        Message-ID: <ALT-2X9PSJ.70469569adb8b35e0044@alert.caredesk>
        MIME-Version: 1.0
        Auto-Submitted: auto-generated
        Content-Type: multipart/alternative;
         boundary="ALT-2X9PSJ.70469569adb8b35e0044"

        --ALT-2X9PSJ.70469569adb8b35e0044
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 7bit

        1. A sharing agreement that concerns Birch Homecare ends on 2026-12-31.

        Request:   SHR-000001

        Look it up with

            caredesk sharing show SHR-000001


        2. A release that concerns Birch Homecare ends on 2026-12-31.

        Release:   ROI-000001

        -- 
        This message was written by caredesk, and is about ALT-2X9PSJ, ALT-A5WHMC.
        Such messages end with `caredesk account alerts LOGIN off`.

        --ALT-2X9PSJ.70469569adb8b35e0044
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        <!DOCTYPE html>
        <html>
        <body>
        <table border=3D"1" cellpadding=3D"4">
        <tr><td>A sharing agreement that concerns Birch Homecare ends on 2026-12-31=
        </td>
        <td>Request: SHR-000001</td>
        <td><code>caredesk sharing show SHR-000001</code></td></tr>
        <tr><td>A release that concerns Birch Homecare ends on 2026-12-31</td>
        <td>Release: ROI-000001</td>
        <td></td></tr>
        </table>
        <p>This message was written by caredesk, and is about ALT-2X9PSJ, ALT-A5WHM=
        C.</p>
        <p>Such messages end with `caredesk account alerts LOGIN off`.</p>
        </body>
        </html>

        --ALT-2X9PSJ.70469569adb8b35e0044--
    "#]]);
    let commands: Vec<_> = (0..4).map(|_| world.command("alert send --dir out")).collect();
    let start = |mut command: std::process::Command| {
        thread::spawn(move || answer(command.stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap()))
    };
    let threads: Vec<_> = commands.into_iter().map(start).collect();
    for thread in threads {
        let answer = thread.join().unwrap();
        assert_eq!(answer.status, 0, "{answer:?}");
    }
    world.story(expect![[r#"
        $ caredesk alert list --columns account,kind,about,provider_name,status
        ACCOUNT     KIND       ABOUT       PROVIDER                          STATUS
        admin       ending     ROI-000001                                    sent
        birch       ending     ROI-000001  Birch Homecare                    sent
        acme        ending     ROI-000001  Acme Care                         sent
        admin       ending     SHR-000001                                    sent
        birch       ending     SHR-000001  Birch Homecare                    sent
        acme        ending     SHR-000001  Acme Care                         sent
        $ caredesk alert send --dir out
        No alert is due.
        $ caredesk sharing grant SHR-000001 --expires 2026-12-28
        Granted request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2026-12-28; 1 account is alerted.
        2> warning: no birth date of CLI-00000A is known: whether it signs without a guardian, from 18 on, was not checked
        $ caredesk alert send --dir out
        Sent 4 alerts in 3 messages.
    "#]]);
    verified(world);
});

// Rules 2.11 and 3.11: as many are said to be alerted of a letter that has not arrived, and it is told once it has.
both_engines!(a_letter_is_told_when_it_arrives, |world| {
    addressed(world);
    world.ok("account permit acme answer-sharing");
    world.ok("account permit birch answer-sharing");
    world.ok("sharing setup acme --type services --level 1 --client-by-client on");
    world.ok("sharing link acme birch --type services");
    world.ok("client enroll CLI-00000A birch --date 2026-01-01");
    world.story(expect![[r#"
        # as birch
        $ caredesk sharing request CLI-00000A --owner acme --recipient birch --type services
        Created request SHR-P9N5HZ: `Birch Homecare` asks `Acme Care` for services of CLI-00000A. It waits for an answer until 2026-12-22. 1 account is alerted.
        # as acme
        $ caredesk alert list
        2> note: no such alerts
        # as admin
        $ caredesk alert send --dir out
        No alert is due.
        $ caredesk client enroll CLI-00000A acme --date 2026-01-01
        Changed client CLI-00000A (Ada Moss): active at `Acme Care` since 2026-01-01.
        $ caredesk alert send --dir out
        Sent 1 alert.
        # as acme
        $ caredesk alert list --columns kind,provider_name,status
        KIND     PROVIDER   STATUS
        request  Acme Care  sent
    "#]]);
});

// Rules 2.11 and 1.13: what opens and what lapses by the clock is told once.
both_engines!(what_the_clock_does_to_packages_is_told_once, |world| {
    addressed(world);
    world.ok("outsource create REF-00000A --all-visits --reference one --provider acme birch");
    world.sql(
        "DELETE FROM alert WHERE provider_id = (SELECT id FROM provider WHERE name = 'Birch Homecare');
        UPDATE offer SET lapses_at = '2026-11-24T10:00:00.000Z';
        UPDATE offer SET opens_at = '2026-11-23T10:00:00.000Z'
        WHERE provider_id = (SELECT id FROM provider WHERE name = 'Birch Homecare');
        UPDATE package SET timed = TRUE, lapses_at = '2026-11-24T10:00:00.000Z';",
    );
    world.story(expect![[r#"
        $ caredesk alert send --dir out
        Sent 2 alerts.
    "#]]);
    world.at("2026-11-23T11:00:00Z");
    world.story(expect![[r#"
        $ caredesk alert send --dir out
        Sent 2 alerts.
        $ caredesk alert send --dir out
        No alert is due.
    "#]]);
    world.at("2026-11-24T11:00:00Z");
    world.story(expect![[r#"
        $ caredesk alert send --dir out
        Sent 1 alert.
        $ caredesk alert send --dir out
        No alert is due.
        $ caredesk alert list --columns account,kind,provider_name,status
        ACCOUNT  KIND     PROVIDER        STATUS
        admin    lapsed                   sent
        both     offered  Birch Homecare  sent
        birch    offered  Birch Homecare  sent
        both     offered  Acme Care       sent
        acme     offered  Acme Care       sent
    "#]]);
});
