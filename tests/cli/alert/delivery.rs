//! Where alerts go: a folder, another mail server, an encrypted connection.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use expect_test::expect;
use serde_json::Value;

use super::{queued, states};
use crate::mail_host::{Encryption, MailHost, Manners};
use crate::world::{Engine, World, aloud};

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
        No alert is due.
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
    let Some(read) = super::mails::read_by_python(&text) else { return };
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
          "mime_version": "1.0",
          "type": "text/plain",
          "charset": "utf-8",
          "text": "A referral was assigned to Größe & Pflege 日本 „Haus am Fluß“, mit einem sehr langen Namen.\r\n\r\nContact:   2026-0142\r\nReferral:  REF-00000A\r\nQueue:     Home care\r\n\r\nLook it up with\r\n\r\n    caredesk referral show REF-00000A\r\n\r\nIf it is not found, it may have been reassigned since: ask the hub.\r\n\r\n-- \r\nThis message was written by caredesk, and is about ALT-000001.\r\nSuch messages end with `caredesk account alerts LOGIN off`.\r\n",
          "html": null,
          "headers": [
            "Auto-Submitted",
            "Content-Transfer-Encoding",
            "Content-Type",
            "Date",
            "From",
            "MIME-Version",
            "Message-ID",
            "Subject",
            "To"
          ],
          "is_ascii": true,
          "longest_line": 76
        }
    "#]].assert_eq(&format!("{}\n", serde_json::to_string_pretty(&read).unwrap()));
});

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
        let answer = world.run_json("alert send --limit 1");
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
