//! What is in the mails: as other programs read them, several alerts in one, and nothing about anybody.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use expect_test::expect;
use serde_json::Value;

use super::every::{Words, each_kind_was_sent, told};
use super::queued;
use crate::world::{World, aloud};

/// What Python's package makes of a message.
pub(super) fn read_by_python(text: &str) -> Option<Value> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mail_reader.py");
    let started = Command::new("python3").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut reader) = started else {
        aloud("SKIPPED the mails as another program reads them: there is no python3");
        return None;
    };
    reader.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = reader.wait_with_output().unwrap();
    assert!(output.status.success(), "it could not be read: {text}");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// The messages in a folder, by name.
pub(super) fn messages(world: &World, folder: &str) -> Vec<String> {
    let files = fs::read_dir(world.path(folder)).unwrap();
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

// Rules 2.9 and 2.11: all that is due to one address is one message, whichever account it is for.
both_engines!(what_is_due_to_one_address_goes_out_together, |world| {
    queued(world, &["acme", "mute", "birch", "acme"]);
    world.sql("UPDATE account SET email = 'desk@süd.example' WHERE login IN ('acme', 'mute')");
    world.sql("UPDATE resource SET name = 'Pflege <Süd> & Co' WHERE name = 'Acme Care'");
    world.story(expect![[r#"
        $ caredesk alert preview birch
        From: "The Hub" <alerts@hub.example>
        To: birch@mail.example
        Subject: A referral was assigned to Birch Homecare: REF-00000B
        Date: Sun, 22 Nov 2026 09:30:00 +0000
        Message-ID: <ALT-000003.11a9647ca8b10a9a04a1@alert.caredesk>
        MIME-Version: 1.0
        Auto-Submitted: auto-generated
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 7bit

        A referral was assigned to Birch Homecare.

        Referral:  REF-00000B
        Queue:     Home care

        Look it up with

            caredesk referral show REF-00000B

        If it is not found, it may have been reassigned since: ask the hub.

        -- 
        This message was written by caredesk, and is about ALT-000003.
        Such messages end with `caredesk account alerts LOGIN off`.
        $ caredesk alert preview -o json --columns to,subject,alerts
        [
        {"to":"desk@xn--sd-xka.example","subject":"A referral was assigned to Pflege <Süd> & Co: contact 2026-0142, and 2 more","alerts":["ALT-000001","ALT-000002","ALT-000004"]},
        {"to":"birch@mail.example","subject":"A referral was assigned to Birch Homecare: REF-00000B","alerts":["ALT-000003"]}
        ]
        $ caredesk alert send --dir out --dry-run
        dry run: Sent 4 alerts in 2 messages.
        $ caredesk alert send --dir out
        Sent 4 alerts in 2 messages.
        $ caredesk alert preview
        2> note: no mail is due
    "#]]);
    let messages = messages(world, "out");
    assert_eq!(messages.len(), 2);
    let Some(read) = read_by_python(&messages[0]) else { return };
    expect![[r#"
        {
          "from": "The Hub <alerts@hub.example>",
          "to": [
            "desk@xn--sd-xka.example"
          ],
          "subject": "A referral was assigned to Pflege <Süd> & Co: contact 2026-0142, and 2 more",
          "date": "2026-11-22T09:30:00+00:00",
          "id": "<ALT-000001.c5cae66b1c1d53e603f0@alert.caredesk>",
          "automatic": "auto-generated",
          "mime_version": "1.0",
          "type": "multipart/alternative",
          "charset": "utf-8",
          "text": "1. A referral was assigned to Pflege <Süd> & Co.\r\n\r\nContact:   2026-0142\r\nReferral:  REF-00000A\r\nQueue:     Home care\r\n\r\nLook it up with\r\n\r\n    caredesk referral show REF-00000A\r\n\r\nIf it is not found, it may have been reassigned since: ask the hub.\r\n\r\n\r\n2. A referral was assigned to Pflege <Süd> & Co.\r\n\r\nContact:   2026-0142\r\nReferral:  REF-00000A\r\nQueue:     Home care\r\n\r\nLook it up with\r\n\r\n    caredesk referral show REF-00000A\r\n\r\nIf it is not found, it may have been reassigned since: ask the hub.\r\n\r\n\r\n3. A referral was assigned to Pflege <Süd> & Co.\r\n\r\nContact:   2026-0142\r\nReferral:  REF-00000A\r\nQueue:     Home care\r\n\r\nLook it up with\r\n\r\n    caredesk referral show REF-00000A\r\n\r\nIf it is not found, it may have been reassigned since: ask the hub.\r\n\r\n-- \r\nThis message was written by caredesk, and is about ALT-000001, ALT-000002, ALT-000004.\r\nSuch messages end with `caredesk account alerts LOGIN off`.\r\n",
          "html": "<!DOCTYPE html>\r\n<html>\r\n<body>\r\n<table border=\"1\" cellpadding=\"4\">\r\n<tr><td>A referral was assigned to Pflege &lt;Süd&gt; &amp; Co</td>\r\n<td>Contact: 2026-0142<br>\r\nReferral: REF-00000A<br>\r\nQueue: Home care</td>\r\n<td><code>caredesk referral show REF-00000A</code></td></tr>\r\n<tr><td>A referral was assigned to Pflege &lt;Süd&gt; &amp; Co</td>\r\n<td>Contact: 2026-0142<br>\r\nReferral: REF-00000A<br>\r\nQueue: Home care</td>\r\n<td><code>caredesk referral show REF-00000A</code></td></tr>\r\n<tr><td>A referral was assigned to Pflege &lt;Süd&gt; &amp; Co</td>\r\n<td>Contact: 2026-0142<br>\r\nReferral: REF-00000A<br>\r\nQueue: Home care</td>\r\n<td><code>caredesk referral show REF-00000A</code></td></tr>\r\n</table>\r\n<p>If it is not found, it may have been reassigned since: ask the hub.</p>\r\n<p>This message was written by caredesk, and is about ALT-000001, ALT-000002, ALT-000004.</p>\r\n<p>Such messages end with `caredesk account alerts LOGIN off`.</p>\r\n</body>\r\n</html>\r\n",
          "headers": [
            "Auto-Submitted",
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

// Rule 2.9: whatever is written about people, nothing of it is in any part of any mail of any kind.
both_engines!(no_mail_says_anything_about_a_person, |world| {
    let mut words = Words::new();
    told(world, &mut words, |world| drop(world.ok("alert send --dir out")));
    each_kind_was_sent(world);
    for text in messages(world, "out") {
        let read = read_by_python(&text).map(|read| read.to_string()).unwrap_or_default();
        for word in &words.1 {
            assert!(!text.contains(word) && !read.contains(word), "{word}: {text}");
        }
    }
});
