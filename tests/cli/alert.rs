//! Alerts: each one delivered, once, to whom it concerns; whatever the mail server does, and whenever the program dies.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use expect_test::expect;
use serde_json::Value;

use crate::mail_host::{Encryption, MailHost, Manners, Point};
use crate::town::{in_json, key, settle, verified};
use crate::world::{Answer, Engine, World, aloud, answer};

/// The town with addresses for the portal accounts, the contact 2026-0142 behind `REF-00000A`, which is assigned to Acme
/// Care as `REF-00000B` is to Birch Homecare; and so many alerts to these accounts, of the code `ALT-000001` and on.
fn queued(world: &World, accounts: &[&str]) {
    settle(world);
    let mut text = format!(
        "UPDATE account SET email = login || '@mail.example' WHERE level = 'provider-portal';
        INSERT INTO contact (id, number, number_key, client_id, given, family, name_key, postal_code, submitted_on, created_at, created_by)
        SELECT {}, '2026-0142', '2026-0142', {}, 'Ada', 'Moss', 'ada moss', 'N1 9ZZ', '2026-11-20', '2026-11-20T09:00:00.000Z', id
        FROM account WHERE login = 'admin';
        UPDATE referral SET contact_id = {}, note = 'secret: needs a ramp' WHERE code = 'REF-00000A';",
        key(world, 500),
        key(world, 1),
        key(world, 500),
    );
    for (referral, provider) in [("REF-00000A", "Acme Care"), ("REF-00000B", "Birch Homecare")] {
        text += &format!(
            "UPDATE referral SET assigned_at = '2026-11-22T09:30:00.000Z',
                resource_id = (SELECT id FROM resource WHERE kind = 'agency' AND name = '{provider}')
            WHERE code = '{referral}';"
        );
    }
    for (number, account) in (1_u128..).zip(accounts) {
        let referral = if *account == "birch" { 'B' } else { 'A' };
        text += &format!(
            "INSERT INTO alert (id, code, account_id, referral_id, resource_id, queued_at, state, attempts, next_attempt_at)
            SELECT {}, 'ALT-{number:06}', account.id, referral.id, referral.resource_id, '2026-11-22T09:30:00.000Z', 'waiting', 0,
                '2026-11-22T09:30:00.000Z'
            FROM account, referral WHERE account.login = '{account}' AND referral.code = 'REF-00000{referral}';",
            key(world, 600 + number)
        );
    }
    world.sql(&text);
    world.set("CAREDESK_SMTP_FROM", "The Hub <alerts@hub.example>");
}

/// The town and a server that the environment names.
fn with_host(world: &World, accounts: &[&str], manners: Manners) -> MailHost {
    queued(world, accounts);
    let host = MailHost::start(manners);
    world.set("CAREDESK_SMTP", &host.url());
    host
}

/// `code state attempts` of every alert.
fn states(world: &World) -> Vec<String> {
    let user = world.user();
    world.as_user("admin");
    let alerts = world.json("alert list");
    world.as_user(&user);
    let line = |alert: &Value| {
        format!(
            "{} {} {}",
            alert["code"].as_str().unwrap(),
            alert["state"].as_str().unwrap(),
            alert["attempts"]
        )
    };
    let mut lines: Vec<String> = alerts.as_array().unwrap().iter().map(line).collect();
    lines.sort();
    lines
}

fn recipients(host: &MailHost) -> Vec<String> {
    host.received().into_iter().map(|message| message.to).collect()
}

fn message_id(text: &str) -> &str {
    text.lines().find_map(|line| line.strip_prefix("Message-ID: ")).expect("a message id")
}

// Rule 2.9.
both_engines!(alerts_go_out_one_by_one, |world| {
    let host = with_host(world, &["acme", "mute", "birch"], Manners::default());
    world.story(expect![[r#"
        $ caredesk alert list
        CODE        STATE    ACCOUNT  REFERRAL    CONTACT NUMBER  QUEUED AT         SENT AT  PROBLEM
        ALT-000003  waiting  birch    REF-00000B                  2026-11-22 09:30
        ALT-000002  waiting  mute     REF-00000A  2026-0142       2026-11-22 09:30
        ALT-000001  waiting  acme     REF-00000A  2026-0142       2026-11-22 09:30
        $ caredesk alert send --dry-run
        dry run: Sent 3 alerts.
        $ caredesk alert send --limit 1
        Sent 1 alert.
    "#]]);
    assert_eq!(recipients(&host), ["acme@mail.example"]);
    assert_eq!(host.connections(), 1);
    world.story(expect![[r#"
        $ caredesk alert send
        Sent 2 alerts.
        $ caredesk alert list
        CODE        STATE  ACCOUNT  REFERRAL    CONTACT NUMBER  QUEUED AT         SENT AT           PROBLEM
        ALT-000003  sent   birch    REF-00000B                  2026-11-22 09:30  2026-11-22 10:00
        ALT-000002  sent   mute     REF-00000A  2026-0142       2026-11-22 09:30  2026-11-22 10:00
        ALT-000001  sent   acme     REF-00000A  2026-0142       2026-11-22 09:30  2026-11-22 10:00
        $ caredesk alert show ALT-000003 -o json
        {
          "code": "ALT-000003",
          "state": "sent",
          "account": "birch",
          "referral": "REF-00000B",
          "contact_number": null,
          "resource": "RES-ZCM1TC",
          "queued_at": "2026-11-22T09:30:00Z",
          "attempts": 1,
          "next_attempt_at": null,
          "sent_at": "2026-11-22T10:00:03Z",
          "sent_to": "birch@mail.example",
          "problem": null
        }
        $ caredesk alert send
        No alert is to be sent now.
        $ caredesk alert send -o json
        []
        $ caredesk alert send --again ALT-000003
        2> error: alert `ALT-000003` was sent already
        [exit 4]
        $ caredesk audit list --on ALT-000003 --columns action,by,after
        ACTION      BY     AFTER
        alert.send  admin  {"code":"ALT-000003","state":"sent","account":"birch","referral":"REF-00000B","contact_number":null,"resource":"RES-ZCM1TC","queued_at":"2026-11-22T09:30:00Z","attempts":1,"next_attempt_at":null,"sent_at":"2026-11-22T10:00:03Z","sent_to":"birch@mail.example","problem":null}
    "#]]);
    let received = host.received();
    assert_eq!(
        received.iter().map(|message| message.to.as_str()).collect::<Vec<_>>(),
        ["mute@mail.example", "birch@mail.example"]
    );
    // Nothing to send, no connection.
    assert_eq!(host.connections(), 2);
    expect![[r#"
        From: "The Hub" <alerts@hub.example>
        To: mute@mail.example
        Subject: A referral was assigned to Acme Care: contact 2026-0142
        Date: Sun, 22 Nov 2026 09:30:00 +0000
        Message-ID: <ALT-000002.e86f1c61c0c13665ab80@alert.caredesk>
        Auto-Submitted: auto-generated
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 7bit

        A referral was assigned to Acme Care.

        Contact:   2026-0142
        Referral:  REF-00000A
        Queue:     Home care

        Look it up with

            caredesk referral show REF-00000A

        -- 
        This message was written by caredesk, and is about ALT-000002.
        Such messages end with `caredesk account alerts LOGIN off`.

    "#]]
    .assert_eq(&received[0].text.replace("\r\n", "\n"));
    let ids: BTreeSet<&str> = received.iter().map(|message| message_id(&message.text)).collect();
    assert_eq!(ids.len(), 2);
    verified(world);
});

both_engines!(a_bounce_of_one_does_not_stop_the_rest, |world| {
    let manners = Manners {
        recipients: vec![("mute", "550 5.1.1 <{to}>: no such\tuser"), ("both", "451 4.7.1 come again later")],
        ..Manners::default()
    };
    let host = with_host(world, &["mute", "both", "acme", "birch"], manners);
    world.story(expect![[r#"
        $ caredesk alert send
        Sent 2 alerts, 1 to be tried again, 1 failed for good.
        2> warning: alert `ALT-000001` to `mute` failed for good: 550 5.1.1 <the recipient>: no such user
        2> warning: alert `ALT-000002` to `both` was not delivered yet: 451 4.7.1 come again later
        2> error: 2 alerts were not delivered
        2> hint: `caredesk alert list --state waiting`, `failed` and `sending` show what is open
        [exit 9]
        $ caredesk alert list
        CODE        STATE    ACCOUNT  REFERRAL    CONTACT NUMBER  QUEUED AT         SENT AT           PROBLEM
        ALT-000004  sent     birch    REF-00000B                  2026-11-22 09:30  2026-11-22 10:00
        ALT-000003  sent     acme     REF-00000A  2026-0142       2026-11-22 09:30  2026-11-22 10:00
        ALT-000002  waiting  both     REF-00000A  2026-0142       2026-11-22 09:30                    451 4.7.1 come again later
        ALT-000001  failed   mute     REF-00000A  2026-0142       2026-11-22 09:30                    550 5.1.1 <the recipient>: no such user
        $ caredesk alert show ALT-000002
        code             ALT-000002
        state            waiting
        account          both
        referral         REF-00000A
        contact number   2026-0142
        resource         RES-4DHYWN
        queued at        2026-11-22 09:30
        attempts         1
        next attempt at  2026-11-22 10:01
        problem          451 4.7.1 come again later
    "#]]);
    assert_eq!(recipients(&host), ["acme@mail.example", "birch@mail.example"]);
    assert_eq!(host.connections(), 1, "a refusal ends no connection");
    host.behaves(Manners::default());
    world.story(expect![[r#"
        $ caredesk alert send --again ALT-000001 -o json
        {
          "code": "ALT-000001",
          "state": "sent",
          "account": "mute",
          "referral": "REF-00000A",
          "contact_number": "2026-0142",
          "resource": "RES-4DHYWN",
          "queued_at": "2026-11-22T09:30:00Z",
          "attempts": 1,
          "next_attempt_at": null,
          "sent_at": "2026-11-22T10:00:03Z",
          "sent_to": "mute@mail.example",
          "problem": null,
          "result": "updated"
        }
    "#]]);
    assert_eq!(recipients(&host), ["mute@mail.example"]);
    world.at("2026-11-22T10:10:00Z");
    world.story(expect![[r#"
        $ caredesk alert send
        Sent 1 alert.
        $ caredesk alert list --state waiting
        2> note: no such alerts
    "#]]);
    assert_eq!(recipients(&host), ["both@mail.example"]);
});

both_engines!(content_that_is_not_wanted_stops_nothing, |world| {
    let announcement = Some(("mute", "450 4.7.1 come again later"));
    let host = with_host(world, &["mute", "acme"], Manners { announcement, ..Manners::default() });
    world.story(expect![[r#"
        $ caredesk alert send
        Sent 1 alert, 1 to be tried again.
        2> warning: alert `ALT-000001` to `mute` was not delivered yet: 450 4.7.1 come again later
        2> error: 1 alert was not delivered
        2> hint: `caredesk alert list --state waiting`, `failed` and `sending` show what is open
        [exit 9]
    "#]]);
    assert_eq!(recipients(&host), ["acme@mail.example"]);
    assert_eq!(host.connections(), 1, "a refusal ends no connection");
});

both_engines!(a_server_that_says_later_is_asked_ten_times, |world| {
    let later = Manners { content: Some("452 4.3.1 full"), ..Manners::default() };
    let host = with_host(world, &["acme"], later);
    let mut pauses = Vec::new();
    for attempt in 1..=10 {
        assert_eq!(world.run("alert send").status, 9);
        assert_eq!(world.run("alert send").status, 0, "not before its time");
        let alert = world.json("alert show ALT-000001");
        assert_eq!(alert["attempts"], attempt);
        pauses.push(alert["next_attempt_at"].as_str().unwrap_or("never").to_owned());
        if attempt < 10 {
            world.at(&pauses[pauses.len() - 1]);
        }
    }
    expect![[r#"
        2026-11-22T10:01:00Z
        2026-11-22T10:06:00Z
        2026-11-22T10:21:00Z
        2026-11-22T11:21:00Z
        2026-11-22T15:21:00Z
        2026-11-23T03:21:00Z
        2026-11-24T03:21:00Z
        2026-11-25T03:21:00Z
        2026-11-26T03:21:00Z
        never
    "#]]
    .assert_eq(&(pauses.join("\n") + "\n"));
    assert_eq!(states(world), ["ALT-000001 failed 10"]);
    assert!(host.received().is_empty());
});

both_engines!(a_server_that_is_away_costs_no_attempt, |world| {
    queued(world, &["acme", "birch"]);
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    world.call("<PORT>", &port.to_string());
    world.story(expect![[r#"
        $ caredesk alert send --smtp smtp://127.0.0.1:<PORT>
        2> error: the mail server `smtp://127.0.0.1:<PORT>` cannot be reached: Connection refused (os error 111)
        2> hint: repeat the command: that is always safe
        [exit 7]
    "#]]);
    assert_eq!(states(world), ["ALT-000001 waiting 0", "ALT-000002 waiting 0"]);
    let host = MailHost::start(Manners { sender: Some("550 5.7.1 not you"), ..Manners::default() });
    world.call("<HOST>", &host.port.to_string());
    world.story(expect![[r#"
        $ caredesk alert send --smtp smtp://localhost:<HOST>
        2> error: the mail server `smtp://localhost:<HOST>` takes nothing from `alerts@hub.example`: 550 5.7.1 not you
        2> hint: check `--from`, and whether the server asks for user and password
        [exit 8]
    "#]]);
    assert_eq!(states(world), ["ALT-000001 waiting 0", "ALT-000002 waiting 0"]);
    // Both are due at once again.
    host.behaves(Manners::default());
    world.ok(&format!("alert send --smtp {}", host.url()));
    assert_eq!(host.received().len(), 2);
});

both_engines!(a_server_that_always_hangs_up_ends_the_run, |world| {
    let manners = Manners { hangs_up: Some(Point::Recipient), ..Manners::default() };
    with_host(world, &["acme", "mute", "both", "birch", "acme"], manners);
    let Answer { stderr, status, .. } = in_json(world, "alert send");
    assert_eq!(status, 7, "{stderr}");
    let fault: Value = serde_json::from_str(stderr.lines().last().unwrap()).unwrap();
    let details = serde_json::json!({"sent": 0, "waiting": 3, "failed": 0, "cut_off": 0, "withdrawn": 0});
    assert_eq!(
        (&fault["error"]["code"], &fault["error"]["details"]),
        (&"alert.server_unreachable".into(), &details)
    );
    assert_eq!(stderr.matches("{\"warning\":").count(), 3, "{stderr}");
    assert_eq!(
        states(world),
        [
            "ALT-000001 waiting 1",
            "ALT-000002 waiting 1",
            "ALT-000003 waiting 1",
            "ALT-000004 waiting 0",
            "ALT-000005 waiting 0"
        ]
    );
});

// After the fault neither the alert can be put back nor can it be looked for what was cut off; that is not what ended the run.
both_engines!(the_fault_that_ended_the_run_is_told, |world| {
    let silence = Some((Point::Sender, Duration::from_secs(3)));
    let host =
        with_host(world, &["acme"], Manners { silence, sender: Some("550 not you"), ..Manners::default() });
    let mut command = world.command("alert send -o json");
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    host.wait(Point::Sender, 1);
    world.sqlite("DROP TABLE alert");
    world.psql("DROP TABLE alert CASCADE");
    let answer = answer(child.wait_with_output().unwrap());
    assert_eq!((answer.status, answer.stdout.as_str()), (8, ""), "{answer:?}");
    let fault: Value = serde_json::from_str(answer.stderr.lines().last().unwrap()).unwrap();
    assert_eq!(fault["error"]["code"], "alert.sender_refused", "{answer:?}");
});

// The content has left, and no answer came: nobody can know whether it arrived, and a person has to decide.
// Rule 2.9.
both_engines!(what_is_cut_off_is_not_sent_twice, |world| {
    let manners = Manners { hangs_up: Some(Point::Content), ..Manners::default() };
    let host = with_host(world, &["acme", "mute"], manners);
    world.story(expect![[r#"
        $ caredesk alert send --limit 1
        Sent 0 alerts, 1 cut off.
        2> warning: the delivery of alert `ALT-000001` was cut off, and it may or may not have arrived; `caredesk alert send --again ALT-000001` sends it again, `caredesk alert dismiss ALT-000001` does not
        2> error: 1 alert was cut off, and may or may not have arrived
        2> hint: `caredesk alert list --state waiting`, `failed` and `sending` show what is open
        [exit 9]
    "#]]);
    host.behaves(Manners::default());
    world.story(expect![[r#"
        $ caredesk alert send
        Sent 1 alert.
        2> warning: the delivery of alert `ALT-000001` was cut off, and it may or may not have arrived; `caredesk alert send --again ALT-000001` sends it again, `caredesk alert dismiss ALT-000001` does not
        2> error: 1 alert was cut off, and may or may not have arrived
        2> hint: `caredesk alert list --state waiting`, `failed` and `sending` show what is open
        [exit 9]
        $ caredesk alert send
        No alert is to be sent now.
        2> warning: the delivery of alert `ALT-000001` was cut off, and it may or may not have arrived; `caredesk alert send --again ALT-000001` sends it again, `caredesk alert dismiss ALT-000001` does not
        2> error: 1 alert was cut off, and may or may not have arrived
        2> hint: `caredesk alert list --state waiting`, `failed` and `sending` show what is open
        [exit 9]
    "#]]);
    assert_eq!(recipients(&host), ["mute@mail.example"]);
    world.story(expect![[r#"
        $ caredesk alert send --again ALT-000001
        Sent 1 alert.
        $ caredesk alert send --again ALT-000001
        2> error: alert `ALT-000001` was sent already
        [exit 4]
        $ caredesk alert dismiss ALT-000001
        2> error: alert `ALT-000001` was sent already
        [exit 4]
    "#]]);
    assert_eq!(recipients(&host), ["acme@mail.example"]);
});

// Assigned elsewhere in the moment before the content leaves: the program hangs up instead.
both_engines!(what_is_withdrawn_at_the_last_moment_does_not_leave, |world| {
    let silence = Some((Point::Recipient, Duration::from_secs(3)));
    let host = with_host(world, &["acme"], Manners { silence, ..Manners::default() });
    let mut command = world.command("alert send");
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    host.wait(Point::Recipient, 1);
    world.sql("UPDATE alert SET state = 'withdrawn', problem = 'assigned away'");
    let answer = answer(child.wait_with_output().unwrap());
    assert_eq!((answer.status, answer.stdout.as_str()), (0, "No alert is to be sent now.\n"), "{answer:?}");
    assert!(host.received().is_empty());
    assert_eq!(states(world), ["ALT-000001 withdrawn 0"]);
});

// From the assignment on: who is alerted, who is not, and what is called back.
both_engines!(an_assignment_is_told_to_whom_it_concerns, |world| {
    settle(world);
    world.sql("UPDATE account SET email = login || '@mail.example' WHERE login IN ('acme', 'birch', 'both', 'mute')");
    world.sql("UPDATE account SET resource_assigned_emails = FALSE WHERE login = 'mute'");
    world.sql(&format!(
        "INSERT INTO resource (id, code, provider_id, kind, name, name_key, state)
        SELECT {}, 'RES-MEA1S0', id, 'program', 'Acme Meals', 'acme meals', 'active' FROM provider WHERE name = 'Acme Care'",
        key(world, 700)
    ));
    world.ok("queue add-resource 'Home care' 'Birch Homecare' 'Acme Meals'");
    world.story(expect![[r#"
        $ caredesk referral assign REF-00000A 'Acme Meals' --dry-run
        dry run: The referral REF-00000A is now at `Acme Meals`; 2 accounts are alerted.
        $ caredesk alert list --columns account,resource,state,problem
        2> note: no such alerts
        $ caredesk referral assign REF-00000A 'Acme Meals'
        The referral REF-00000A is now at `Acme Meals`; 2 accounts are alerted.
        $ caredesk alert list --columns account,resource,state,problem
        ACCOUNT  RESOURCE    STATE    PROBLEM
        both     RES-MEA1S0  waiting
        acme     RES-MEA1S0  waiting
        $ caredesk referral assign REF-00000A 'Acme Meals'
        The referral REF-00000A is at `Acme Meals` already.
        $ caredesk referral assign REF-00000A Birch
        The referral REF-00000A went from `Acme Meals` to `Birch Homecare`; 2 accounts are alerted.
        $ caredesk alert list --columns account,resource,state,problem
        ACCOUNT  RESOURCE    STATE      PROBLEM
        both     RES-ZCM1TC  waiting
        birch    RES-ZCM1TC  waiting
        both     RES-MEA1S0  withdrawn  the referral was assigned away before this was sent
        acme     RES-MEA1S0  withdrawn  the referral was assigned away before this was sent
        $ caredesk alert send --dir out --from hub@hub.example
        Sent 2 alerts.
        $ caredesk referral unassign REF-00000A
        The referral REF-00000A was taken from `Birch Homecare`.
        $ caredesk alert list --columns account,resource,state,problem
        ACCOUNT  RESOURCE    STATE      PROBLEM
        both     RES-ZCM1TC  sent
        birch    RES-ZCM1TC  sent
        both     RES-MEA1S0  withdrawn  the referral was assigned away before this was sent
        acme     RES-MEA1S0  withdrawn  the referral was assigned away before this was sent
    "#]]);
});

both_engines!(a_process_killed_while_sending, |world| {
    let asleep = Duration::from_secs(20);
    for (point, expected) in [(Point::Recipient, "waiting"), (Point::Content, "sending")] {
        let world = &World::new(world.engine());
        let host =
            with_host(world, &["acme"], Manners { silence: Some((point, asleep)), ..Manners::default() });
        let mut command = world.command("alert send");
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        host.wait(point, 1);
        // While it is in hand nobody else takes it, and nobody takes it for cut off.
        let meanwhile = world.run("alert send");
        assert_eq!((meanwhile.status, meanwhile.stderr.as_str()), (0, ""), "{point:?}");
        child.kill().unwrap();
        child.wait().unwrap();
        host.behaves(Manners::default());
        assert_eq!(world.json("alert show ALT-000001")["state"], expected);
        assert_eq!(states(world).len(), 1);
        world.at("2026-11-22T11:00:00Z");
        let later = world.run("alert send");
        if point == Point::Recipient {
            assert_eq!(later.status, 0, "{later:?}");
            assert_eq!(host.received().len(), 1);
            continue;
        }
        assert_eq!(later.status, 9, "{later:?}");
        assert!(later.stderr.contains("alert send --again ALT-000001"), "{later:?}");
        assert!(host.received().is_empty());
        world.ok("alert send --again ALT-000001");
        assert_eq!(host.received().len(), 1);
        verified(world);
    }
});

// Rule 2.9.
both_engines!(many_senders_at_once_send_nothing_twice, |world| {
    let accounts: Vec<&str> = ["acme", "mute", "both", "birch"].into_iter().cycle().take(40).collect();
    let host = with_host(world, &accounts, Manners::default());
    let commands: Vec<Command> = (0..6).map(|_| world.command("alert send -o json")).collect();
    let start = |mut command: Command| {
        thread::spawn(move || answer(command.stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap()))
    };
    let threads: Vec<_> = commands.into_iter().map(start).collect();
    for thread in threads {
        let answer = thread.join().unwrap();
        assert_eq!(answer.status, 0, "{answer:?}");
    }
    let received = host.received();
    let ids: BTreeSet<&str> = received.iter().map(|message| message_id(&message.text)).collect();
    assert_eq!((received.len(), ids.len()), (40, 40));
    assert!(states(world).iter().all(|line| line.ends_with(" sent 1")), "{:?}", states(world));
    verified(world);
});

both_engines!(what_is_no_longer_true_is_withdrawn, |world| {
    let host = with_host(world, &["acme", "mute", "both", "birch", "cedar"], Manners::default());
    world.sql(
        "UPDATE account SET resource_assigned_emails = FALSE WHERE login = 'mute';
        UPDATE account SET email = NULL WHERE login = 'both';
        UPDATE referral SET resource_id = NULL, assigned_at = NULL WHERE code = 'REF-00000B';",
    );
    world.ok("account disable acme");
    world.story(expect![[r#"
        $ caredesk alert send
        Sent 0 alerts, 5 withdrawn.
        $ caredesk alert list --columns code,account,state,problem
        CODE        ACCOUNT  STATE      PROBLEM
        ALT-000005  cedar    withdrawn  the account does not act for the resource any more
        ALT-000004  birch    withdrawn  the referral was assigned away before this was sent
        ALT-000003  both     withdrawn  the account has no e-mail address any more
        ALT-000002  mute     withdrawn  the account switched these alerts off
        ALT-000001  acme     withdrawn  the account was disabled before this was sent
    "#]]);
    assert!(host.received().is_empty());
});

both_engines!(messages_go_into_a_folder, |world| {
    queued(world, &["acme", "birch"]);
    world.sql("UPDATE resource SET name = 'Größe & Pflege 日本 „Haus am Fluß“, mit einem sehr langen Namen' WHERE name = 'Acme Care'");
    world.story(expect![[r#"
        $ caredesk alert send --dir post/out --dry-run
        dry run: Sent 2 alerts.
    "#]]);
    assert!(!world.path("post").exists());
    world.story(expect![[r#"
        $ caredesk alert send --dir post/out
        Sent 2 alerts.
        $ caredesk alert send --dir post/out
        No alert is to be sent now.
    "#]]);
    let mut names: Vec<String> = fs::read_dir(world.path("post/out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["ALT-000001.eml", "ALT-000002.eml"]);
    let about = fs::metadata(world.path("post/out/ALT-000001.eml")).unwrap();
    assert_eq!(about.permissions().mode() & 0o777, 0o600);
    let text = world.read("post/out/ALT-000001.eml");
    for personal in ["Ada", "Moss", "N1 9ZZ", "CLI-", "ramp"] {
        assert!(!text.contains(personal), "{personal}: {text}");
    }
    let Some(read) = read_by_python(&text) else { return };
    expect![[r#"
        {
          "from": "The Hub <alerts@hub.example>",
          "to": [
            "acme@mail.example"
          ],
          "subject": "A referral was assigned to Größe & Pflege 日本 „Haus am Fluß“, mit einem sehr langen Namen: contact 2026-0142",
          "date": "2026-11-22T09:30:00+00:00",
          "id": "<ALT-000001.7a12630ab44b175945e2@alert.caredesk>",
          "automatic": "auto-generated",
          "type": "text/plain",
          "charset": "utf-8",
          "text": "A referral was assigned to Größe & Pflege 日本 „Haus am Fluß“, mit einem sehr langen Namen.\r\n\r\nContact:   2026-0142\r\nReferral:  REF-00000A\r\nQueue:     Home care\r\n\r\nLook it up with\r\n\r\n    caredesk referral show REF-00000A\r\n\r\n-- \r\nThis message was written by caredesk, and is about ALT-000001.\r\nSuch messages end with `caredesk account alerts LOGIN off`.\r\n",
          "headers": [
            "Auto-Submitted",
            "Content-Transfer-Encoding",
            "Content-Type",
            "Date",
            "From",
            "Message-ID",
            "Subject",
            "To"
          ]
        }
    "#]].assert_eq(&format!("{}\n", serde_json::to_string_pretty(&read).unwrap()));
});

/// What Python's package makes of a message.
fn read_by_python(text: &str) -> Option<Value> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mail_reader.py");
    let started = Command::new("python3").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut reader) = started else {
        aloud("SKIPPED messages_go_into_a_folder: there is no python3");
        return None;
    };
    reader.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = reader.wait_with_output().unwrap();
    assert!(output.status.success(), "it could not be read: {text}");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

both_engines!(another_mail_server_takes_them, |world| {
    queued(world, &["acme", "birch"]);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mail_server.py");
    let mut command = Command::new("python3");
    let started = command.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut server) = started else {
        return aloud("SKIPPED another_mail_server_takes_them: there is no python3");
    };
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let Some(port) = lines.next() else {
        server.wait().unwrap();
        return aloud("SKIPPED another_mail_server_takes_them: python3 has neither aiosmtpd nor smtpd");
    };
    let answer = world.run(&format!("alert send --smtp smtp://127.0.0.1:{}", port.unwrap()));
    let told: Vec<Value> =
        (0..2).map(|_| serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap()).collect();
    server.kill().unwrap();
    server.wait().unwrap();
    assert_eq!(answer.status, 0, "{answer:?}");
    assert_eq!(told[0]["to"][0], "acme@mail.example");
    assert_eq!(told[1]["from"], "alerts@hub.example");
    assert!(told[1]["text"].as_str().unwrap().contains("REF-00000B"));
});

#[test]
fn connections_are_encrypted_and_checked() {
    let world = &World::new(Engine::Sqlite);
    queued(world, &["acme", "mute", "birch"]);
    let login = Some(("hub", "pass word"));
    let wrapped = MailHost::start(Manners { encryption: Encryption::Wrapped, login, ..Manners::default() });
    world.write("ca.pem", &wrapped.authority);
    let url = format!("smtps://hub:pass%20word@localhost:{}", wrapped.port);
    let send = |url: &str| {
        world.set("CAREDESK_SMTP", url);
        let answer = in_json(world, "alert send --limit 1");
        let code = answer.stderr.lines().last().map(|line| {
            let fault: Value = serde_json::from_str(line).unwrap();
            fault["error"]["code"].as_str().unwrap_or(line).to_owned()
        });
        (answer.status, code.unwrap_or_default())
    };
    let fails = |status: i32, code: &str| (status, code.to_owned());
    assert_eq!(send(&url), fails(8, "alert.certificate"));
    assert_eq!(
        send(&format!("{}?sslrootcert=ca.pem", url.replace("pass%20word", "guess"))),
        fails(8, "alert.login")
    );
    assert_eq!(send(&format!("{url}?sslrootcert=nothing.pem")), fails(8, "alert.authorities"));
    let elsewhere = url.replace("localhost", "127.0.0.1");
    assert_eq!(send(&format!("{elsewhere}?sslrootcert=ca.pem")), fails(8, "alert.certificate"));
    assert_eq!(send(&format!("{url}?sslrootcert=ca.pem")), fails(0, ""));
    let message = wrapped.received().remove(0);
    assert!(message.was_encrypted && message.user.as_deref() == Some("hub"), "{message:?}");

    let begun = MailHost::start(Manners { encryption: Encryption::StartTls, ..Manners::default() });
    world.write("ca.pem", &begun.authority);
    assert_eq!(send(&format!("smtp://localhost:{}?sslrootcert=ca.pem", begun.port)), fails(0, ""));
    assert!(begun.received().remove(0).was_encrypted);
    // Somebody on the way took the offer of encryption out.
    begun.behaves(Manners::default());
    assert_eq!(
        send(&format!("smtp+starttls://localhost:{}?sslrootcert=ca.pem", begun.port)),
        fails(8, "alert.no_encryption")
    );
    assert_eq!(states(world), ["ALT-000001 sent 1", "ALT-000002 sent 1", "ALT-000003 waiting 0"]);
}

both_engines!(a_server_that_falls_silent, |world| {
    let silence = Some((Point::Recipient, Duration::from_secs(3)));
    with_host(world, &["acme"], Manners { silence, ..Manners::default() });
    let told = in_json(world, "alert send --timeout 1");
    assert_eq!(told.status, 9, "{told:?}");
    assert_eq!(
        world.json("alert show ALT-000001")["problem"],
        "the mail server broke off: it did not answer in time"
    );
    assert_eq!(states(world), ["ALT-000001 waiting 1"]);
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
        CODE        STATE    ACCOUNT  REFERRAL    CONTACT NUMBER  QUEUED AT         SENT AT  PROBLEM
        ALT-000001  waiting  acme     REF-00000A  2026-0142       2026-11-22 09:30
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
        8 alert.server_file          alert send --smtp-file mail
        8 alert.server_file          alert send --smtp-file none
        2 usage                      alert send --dir x --smtp smtp://localhost
        2 usage                      alert send --dir x --from nobody
        2 usage                      alert send --dir x --limit 0
        3 alert.not_found            alert send --dir x --again ALT-999999
        8 alert.folder               alert send --dir mail/x
        2 usage                      alert list --state gone
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
