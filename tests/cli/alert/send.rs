//! `alert send`: each alert goes out once, whatever the mail server does.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use expect_test::expect;
use serde_json::Value;

use super::{alerts_in, message_id, queued, recipients, states, with_host};
use crate::mail_host::{MailHost, Manners, Point};
use crate::town::verified;
use crate::world::{Answer, World, answer};

// Rule 2.9.
both_engines!(alerts_go_out_one_by_one, |world| {
    let host = with_host(world, &["acme", "mute", "birch"], Manners::default());
    world.story(expect![[r#"
        $ caredesk alert list
        CODE        STATUS   KIND      ACCOUNT  ABOUT       CONTACT NUMBER  QUEUED AT         SENT AT  PROBLEM
        ALT-000003  waiting  assigned  birch    REF-00000B                  2026-11-22 09:30
        ALT-000002  waiting  assigned  mute     REF-00000A  2026-0142       2026-11-22 09:30
        ALT-000001  waiting  assigned  acme     REF-00000A  2026-0142       2026-11-22 09:30
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
        CODE        STATUS  KIND      ACCOUNT  ABOUT       CONTACT NUMBER  QUEUED AT         SENT AT           PROBLEM
        ALT-000003  sent    assigned  birch    REF-00000B                  2026-11-22 09:30  2026-11-22 10:00
        ALT-000002  sent    assigned  mute     REF-00000A  2026-0142       2026-11-22 09:30  2026-11-22 10:00
        ALT-000001  sent    assigned  acme     REF-00000A  2026-0142       2026-11-22 09:30  2026-11-22 10:00
        $ caredesk alert show ALT-000003 -o json
        {
          "code": "ALT-000003",
          "status": "sent",
          "kind": "assigned",
          "account": "birch",
          "about": "REF-00000B",
          "referral": "REF-00000B",
          "contact_number": null,
          "resource": "RES-ZCM1TC",
          "resource_name": "Birch Homecare",
          "package": null,
          "sharing_request": null,
          "release": null,
          "provider": null,
          "provider_name": null,
          "queued_at": "2026-11-22T09:30:00Z",
          "attempts": 1,
          "next_attempt_at": null,
          "sent_at": "2026-11-22T10:00:03Z",
          "sent_to": "birch@mail.example",
          "problem": null
        }
        $ caredesk alert send
        No alert is due.
        $ caredesk alert send -o json
        []
        $ caredesk alert send --again ALT-000003
        2> error: alert `ALT-000003` was sent already
        [exit 4]
        $ caredesk audit list --on ALT-000003 --columns action,by,after
        ACTION      BY     AFTER
        alert.send  admin  {"code":"ALT-000003","status":"sent","kind":"assigned","account":"birch","about":"REF-00000B","referral":"REF-00000B","contact_number":null,"resource":"RES-ZCM1TC","resource_name":"Birch Homecare","package":null,"sharing_request":null,"release":null,"provider":null,"provider_name":null,"queued_at":"2026-11-22T09:30:00Z","attempts":1,"next_attempt_at":null,"sent_at":"2026-11-22T10:00:03Z","sent_to":"birch@mail.example","problem":null}
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
        MIME-Version: 1.0
        Auto-Submitted: auto-generated
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 7bit

        A referral was assigned to Acme Care.

        Contact:   2026-0142
        Referral:  REF-00000A
        Queue:     Home care

        Look it up with

            caredesk referral show REF-00000A

        If it is not found, it may have been reassigned since: ask the hub.

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
        2> hint: `caredesk alert list --status waiting`, `failed` and `sending` show what is open
        [exit 9]
        $ caredesk alert list
        CODE        STATUS   KIND      ACCOUNT  ABOUT       CONTACT NUMBER  QUEUED AT         SENT AT           PROBLEM
        ALT-000004  sent     assigned  birch    REF-00000B                  2026-11-22 09:30  2026-11-22 10:00
        ALT-000003  sent     assigned  acme     REF-00000A  2026-0142       2026-11-22 09:30  2026-11-22 10:00
        ALT-000002  waiting  assigned  both     REF-00000A  2026-0142       2026-11-22 09:30                    451 4.7.1 come again later
        ALT-000001  failed   assigned  mute     REF-00000A  2026-0142       2026-11-22 09:30                    550 5.1.1 <the recipient>: no such user
        $ caredesk alert show ALT-000002
        code             ALT-000002
        status           waiting
        kind             assigned
        account          both
        about            REF-00000A
        referral         REF-00000A
        contact number   2026-0142
        resource         RES-4DHYWN
        resource name    Acme Care
        queued at        2026-11-22 09:30 (30 min ago)
        attempts         1
        next attempt at  2026-11-22 10:01 (in a moment)
        problem          451 4.7.1 come again later
    "#]]);
    assert_eq!(recipients(&host), ["acme@mail.example", "birch@mail.example"]);
    assert_eq!(host.connections(), 1, "a refusal ends no connection");
    host.behaves(Manners::default());
    world.story(expect![[r#"
        $ caredesk alert send --again ALT-000001 -o json
        {
          "code": "ALT-000001",
          "status": "sent",
          "kind": "assigned",
          "account": "mute",
          "about": "REF-00000A",
          "referral": "REF-00000A",
          "contact_number": "2026-0142",
          "resource": "RES-4DHYWN",
          "resource_name": "Acme Care",
          "package": null,
          "sharing_request": null,
          "release": null,
          "provider": null,
          "provider_name": null,
          "queued_at": "2026-11-22T09:30:00Z",
          "attempts": 1,
          "next_attempt_at": null,
          "sent_at": "2026-11-22T10:00:03Z",
          "sent_to": "mute@mail.example",
          "problem": null,
          "result": "updated",
          "changes": [
            {
              "field": "status",
              "from": "waiting",
              "to": "sent"
            },
            {
              "field": "attempts",
              "from": 0,
              "to": 1
            },
            {
              "field": "next_attempt_at",
              "from": "2026-11-22T10:00:03Z",
              "to": null
            },
            {
              "field": "sent_at",
              "from": null,
              "to": "2026-11-22T10:00:03Z"
            },
            {
              "field": "sent_to",
              "from": null,
              "to": "mute@mail.example"
            }
          ]
        }
    "#]]);
    assert_eq!(recipients(&host), ["mute@mail.example"]);
    world.at("2026-11-22T10:10:00Z");
    world.story(expect![[r#"
        $ caredesk alert send
        Sent 1 alert.
        $ caredesk alert list --status waiting
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
        2> hint: `caredesk alert list --status waiting`, `failed` and `sending` show what is open
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
    let Answer { stderr, status, .. } = world.run_json("alert send");
    assert_eq!(status, 7, "{stderr}");
    let fault: Value = serde_json::from_str(stderr.lines().last().unwrap()).unwrap();
    let details = serde_json::json!({"sent": 0, "waiting": 4, "failed": 0, "cut_off": 0, "withdrawn": 0});
    assert_eq!(
        (&fault["error"]["code"], &fault["error"]["details"]),
        (&"alert.server_unreachable".into(), &details)
    );
    assert_eq!(stderr.matches("{\"warning\":").count(), 3, "{stderr}");
    assert_eq!(
        states(world),
        [
            "ALT-000001 waiting 1", "ALT-000002 waiting 1", "ALT-000003 waiting 1", "ALT-000004 waiting 0",
            "ALT-000005 waiting 1"
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
        2> hint: `caredesk alert list --status waiting`, `failed` and `sending` show what is open
        [exit 9]
    "#]]);
    host.behaves(Manners::default());
    world.story(expect![[r#"
        $ caredesk alert send
        Sent 1 alert.
        2> warning: the delivery of alert `ALT-000001` was cut off, and it may or may not have arrived; `caredesk alert send --again ALT-000001` sends it again, `caredesk alert dismiss ALT-000001` does not
        2> error: 1 alert was cut off, and may or may not have arrived
        2> hint: `caredesk alert list --status waiting`, `failed` and `sending` show what is open
        [exit 9]
        $ caredesk alert send
        No alert is due.
        2> warning: the delivery of alert `ALT-000001` was cut off, and it may or may not have arrived; `caredesk alert send --again ALT-000001` sends it again, `caredesk alert dismiss ALT-000001` does not
        2> error: 1 alert was cut off, and may or may not have arrived
        2> hint: `caredesk alert list --status waiting`, `failed` and `sending` show what is open
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
    assert_eq!((answer.status, answer.stdout.as_str()), (0, "No alert is due.\n"), "{answer:?}");
    assert!(host.received().is_empty());
    assert_eq!(states(world), ["ALT-000001 withdrawn 0"]);
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
        assert_eq!(world.json("alert show ALT-000001")["status"], expected);
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
    assert_eq!(ids.len(), received.len());
    // What is due to one address goes out together, and each alert in one message.
    assert!((4..40).contains(&received.len()), "{}", received.len());
    let told: Vec<String> = received.iter().flat_map(|message| alerts_in(&message.text)).collect();
    assert_eq!((told.len(), told.iter().collect::<BTreeSet<_>>().len()), (40, 40));
    assert!(states(world).iter().all(|line| line.ends_with(" sent 1")), "{:?}", states(world));
    verified(world);
});

both_engines!(what_is_no_longer_true_is_withdrawn, |world| {
    let host = with_host(world, &["acme", "mute", "both", "birch", "cedar"], Manners::default());
    world.sql(
        "UPDATE account SET alerts_off = 'offered,assigned' WHERE login = 'mute';
        UPDATE account SET email = NULL WHERE login = 'both';
        UPDATE referral SET resource_id = NULL, assigned_at = NULL WHERE code = 'REF-00000B';",
    );
    world.ok("account disable acme --yes");
    world.story(expect![[r#"
        $ caredesk alert send
        Sent 0 alerts, 5 withdrawn.
        $ caredesk alert list --columns code,account,status,problem
        CODE        ACCOUNT          STATUS     PROBLEM
        ALT-000005  cedar            withdrawn  the account does not act for the resource any more
        ALT-000004  birch            withdrawn  the referral was assigned away before this was sent
        ALT-000003  both             withdrawn  the account has no e-mail address any more
        ALT-000002  mute             withdrawn  the account switched these alerts off
        ALT-000001  acme (disabled)  withdrawn  the account was disabled before this was sent
    "#]]);
    assert!(host.received().is_empty());
});

both_engines!(a_server_that_falls_silent, |world| {
    let silence = Some((Point::Recipient, Duration::from_secs(3)));
    with_host(world, &["acme"], Manners { silence, ..Manners::default() });
    let told = world.run_json("alert send --timeout 1");
    assert_eq!(told.status, 9, "{told:?}");
    assert_eq!(
        world.json("alert show ALT-000001")["problem"],
        "the mail server broke off: it did not answer in time"
    );
    assert_eq!(states(world), ["ALT-000001 waiting 1"]);
});
