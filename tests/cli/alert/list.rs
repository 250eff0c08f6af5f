//! Who is alerted, and who sees it.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use expect_test::expect;

use super::{queued, with_host};
use crate::mail_host::Manners;
use crate::town::{key, settle};

// From the assignment on: who is alerted, who is not, and what is called back.
both_engines!(an_assignment_is_told_to_whom_it_concerns, |world| {
    settle(world);
    world.sql("UPDATE account SET email = login || '@mail.example' WHERE login IN ('acme', 'birch', 'both', 'mute')");
    world.sql("UPDATE account SET alerts_off = 'assigned' WHERE login = 'mute'");
    world.sql(&format!(
        "INSERT INTO resource (id, code, provider_id, kind, name, name_key, state)
        SELECT {}, 'RES-MEA1S0', id, 'program', 'Acme Meals', 'acme meals', 'active' FROM provider WHERE name = 'Acme Care'",
        key(world, 700)
    ));
    world.ok("queue add-resource 'Home care' 'Birch Homecare' 'Acme Meals'");
    world.story(expect![[r#"
        $ caredesk referral assign REF-00000A 'Acme Meals' --dry-run
        dry run: Assigned referral REF-00000A to `Acme Meals`; 2 accounts are alerted.
        $ caredesk alert list --columns account,resource,status,problem
        2> note: no such alerts
        $ caredesk referral assign REF-00000A 'Acme Meals'
        Assigned referral REF-00000A to `Acme Meals`; 2 accounts are alerted.
        $ caredesk alert list --columns account,resource,status,problem
        ACCOUNT  RESOURCE    STATUS   PROBLEM
        both     RES-MEA1S0  waiting
        acme     RES-MEA1S0  waiting
        $ caredesk referral assign REF-00000A 'Acme Meals'
        Nothing to change: referral REF-00000A is at `Acme Meals` already.
        $ caredesk referral assign REF-00000A Birch
        Reassigned referral REF-00000A from `Acme Meals` to `Birch Homecare`; 3 accounts are alerted.
        $ caredesk alert list --columns account,resource,status,problem
        ACCOUNT  RESOURCE    STATUS     PROBLEM
        both     RES-ZCM1TC  waiting
        birch    RES-ZCM1TC  waiting
        mute     RES-MEA1S0  waiting
        both     RES-MEA1S0  withdrawn  the referral was assigned away before this was sent
        acme     RES-MEA1S0  withdrawn  the referral was assigned away before this was sent
        $ caredesk alert send --dir out --from hub@hub.example
        Sent 3 alerts.
        $ caredesk referral unassign REF-00000A
        Unassigned referral REF-00000A from `Birch Homecare`; 2 accounts are alerted.
        $ caredesk alert list --columns account,resource,status,problem
        ACCOUNT     RESOURCE    STATUS     PROBLEM
        both        RES-ZCM1TC  waiting
        birch       RES-ZCM1TC  waiting
        both        RES-ZCM1TC  sent
        birch       RES-ZCM1TC  sent
        mute        RES-MEA1S0  sent
        both        RES-MEA1S0  withdrawn  the referral was assigned away before this was sent
        acme        RES-MEA1S0  withdrawn  the referral was assigned away before this was sent
    "#]]);
});

both_engines!(alerts_are_seen_by_whom_they_concern, |world| {
    let _host = with_host(world, &["acme", "mute", "birch"], Manners::default());
    world.story(expect![[r#"
        # as tracy
        $ caredesk alert list
        2> error: an account of level `trainee` may not read the alerts
        2> hint: that takes the level standard; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk alert send
        2> error: an account of level `trainee` may not send alerts
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
        # as stan
        $ caredesk alert list -q
        ALT-000003
        ALT-000002
        ALT-000001
        $ caredesk alert send
        2> error: an account of level `standard` may not send alerts
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk alert dismiss ALT-000001
        2> error: an account of level `standard` may not send alerts
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
        # as acme
        $ caredesk alert list
        CODE        STATUS   KIND      ACCOUNT  ABOUT       CONTACT NUMBER  QUEUED AT         SENT AT  PROBLEM
        ALT-000001  waiting  assigned  acme     REF-00000A  2026-0142       2026-11-22 09:30
        $ caredesk alert show ALT-000003
        2> error: there is no alert `ALT-000003`
        2> hint: `caredesk alert list` shows those that there are
        [exit 3]
        $ caredesk alert show ALT-000009
        2> error: there is no alert `ALT-000009`
        2> hint: `caredesk alert list` shows those that there are
        [exit 3]
        $ caredesk alert list --account birch
        2> error: there is no account `birch`
        2> hint: `caredesk account list` shows those that there are
        [exit 3]
        $ caredesk alert send --again ALT-000003
        2> error: an account of level `provider-portal` may not send alerts
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk alert dismiss ALT-000003
        2> error: there is no alert `ALT-000003`
        2> hint: `caredesk alert list` shows those that there are
        [exit 3]
        $ caredesk alert dismiss ALT-000001
        2> error: an account of level `provider-portal` may not send alerts
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
    // Assigned elsewhere, the referral is out of sight, and so is what was said of it.
    world.sql("UPDATE referral SET resource_id = (SELECT resource_id FROM referral AS other WHERE other.code = 'REF-00000B') WHERE code = 'REF-00000A'");
    world.story(expect![[r#"
        $ caredesk alert list
        2> note: no such alerts
        $ caredesk alert show ALT-000001
        2> error: there is no alert `ALT-000001`
        2> hint: `caredesk alert list` shows those that there are
        [exit 3]
    "#]]);
});

both_engines!(bad_input_is_told, |world| {
    queued(world, &["acme"]);
    world.write("mail", "smtps://hub:secret@mail.example\n");
    fs::set_permissions(world.path("mail"), fs::Permissions::from_mode(0o644)).unwrap();
    world.refusals(expect![[r#"
        2 usage.mail_server          alert send
        2 usage                      alert send --smtp mail.example
        2 usage                      alert send --smtp http://mail.example
        2 usage                      alert send --smtp smtp://mail.example?tls=maybe
        2 usage                      alert send --smtp smtp://hub@mail.example
        2 usage                      alert send --smtp smtp://hub:secret@mail.example?tls=none
        8 file.not_private           alert send --smtp-file mail
        5 file.unreadable            alert send --smtp-file none
        2 usage                      alert send --dir x --smtp smtp://localhost
        2 usage                      alert send --dir x --from nobody
        2 usage                      alert send --dir x --limit 0
        3 alert.not_found            alert send --dir x --again ALT-999999
        8 file.unwritable            alert send --dir mail/x
        2 usage                      alert list --status gone
        3 account.not_found          alert list --account nobody
        3 alert.not_found            alert dismiss ALT-999999
    "#]]);
    world.story(expect![[r#"
        $ caredesk alert send --smtp smtp://hub:secret@localhost:1
        2> warning: a password on the command line can be read by others on this machine; `--smtp-file` or CAREDESK_SMTP keep it to yourself
        2> error: the mail server `smtp://localhost:1` cannot be reached: Connection refused (os error 111)
        2> hint: repeat the command: that is always safe
        [exit 7]
    "#]]);
    world.set("CAREDESK_SMTP_FROM", "");
    world.story(expect![[r#"
        $ caredesk alert send --dir x
        2> error: the messages need a sender
        2> hint: name one with `--from`, or set CAREDESK_SMTP_FROM
        [exit 2]
    "#]]);
});

// Rule 2.11.
both_engines!(a_referral_is_meant_by_the_number_of_its_contact, |world| {
    world.begin(|world| {
        world.ok("init");
        world.ok("provider create 'Acme Care'");
        world.ok("queue add-resource 'home care' acme");
        world.ok(
            "account create eve --name Eve --level provider-portal --resource acme --email eve@acme.example",
        );
        world.ok("contact create --given Ada --family Moss --number 77");
    });
    let referral = world.ok("-q referral create --queue 'home care' --contact 77 --resource acme");
    let referral = referral.trim();
    world.ok(&format!(
        "visit add {referral} --start '2026-12-01 09:00' --duration 30 --weekly daily --until 2026-12-02"
    ));
    let visits = world.json("visit list");
    let visit = |place: usize| visits[place]["code"].as_str().unwrap().to_owned();
    let package = |visit: &str, reference: &str| {
        world.ok(&format!(
            "-q outsource create {referral} --visit {visit} --provider acme --reference '{reference}'"
        ))
    };
    world.call("<REF>", referral);
    world.call("<WEEK>", package(&visit(0), "77 winter").trim());
    world.story(expect![[r#"
        $ caredesk alert explain 77
        ACCOUNT  OF         KINDS                         ALERTED  REASON    ALERTS
        eve      Acme Care  assigned, reassigned, status  yes                ALT-7XCN5R
        admin    the hub    status                        no       no-email
        $ caredesk alert list --about 77 --columns account,kind,about
        ACCOUNT  KIND      ABOUT
        eve      assigned  <REF>
        $ caredesk alert list --about ada --columns account,kind,about
        ACCOUNT  KIND      ABOUT
        eve      assigned  <REF>
        $ caredesk alert list --about '77 w' --columns account,kind,about
        2> note: no such alerts
        $ caredesk alert explain 78
        2> error: there is no package `78`
        2> hint: `caredesk package list` shows those that there are
        [exit 3]
    "#]]);
    world.call("<PKG>", package(&visit(1), "77").trim());
    world.story(expect![[r#"
        $ caredesk alert explain 77
        2> error: `77` could mean a package or a referral
        2> hint: say which: <PKG> or <REF>
        [exit 4]
    "#]]);
});
