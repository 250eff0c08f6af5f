//! What every calendar program must be able to read.

use std::io::Write;
use std::process::{Command, Stdio};

use expect_test::expect;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn visit() -> Event {
    Event {
        uid: "0199d2c0-7d31-7c62-9d1c-0123456789ab@caredesk".to_owned(),
        start: instant("2026-12-01T17:00:00Z"),
        minutes: 30,
        status: EventStatus::Tentative,
        sequence: 2,
        stamp: instant("2026-11-20T09:30:00.123Z"),
        summary: "Home care: Ada Byron".to_owned(),
        description: None,
        location: None,
    }
}

/// Over 200 characters with every special character of the format.
fn awkward() -> String {
    let line =
        "Wash, dress; breakfast:\nuse \\the key\\, \"blue\" ^n 👩‍⚕️ for Zoë & 日本語, \\n is not a break; ";
    line.repeat(3)
}

#[test]
fn the_whole_file() {
    let first = Event { description: Some("Key safe: 1,2;3\nRing twice".to_owned()), ..visit() };
    let second =
        Event { uid: "second@caredesk".to_owned(), status: EventStatus::Cancelled, minutes: 0, ..visit() };
    let text = calendar("Ada, REF-4T8WXN", &[first, second]);
    expect![[r#"
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//caredesk//caredesk//EN
        CALSCALE:GREGORIAN
        X-WR-CALNAME:Ada\, REF-4T8WXN
        BEGIN:VEVENT
        DESCRIPTION:Key safe: 1\,2\;3\nRing twice
        DTEND:20261201T173000Z
        DTSTAMP:20261120T093000Z
        DTSTART:20261201T170000Z
        SEQUENCE:2
        STATUS:TENTATIVE
        SUMMARY:Home care: Ada Byron
        UID:0199d2c0-7d31-7c62-9d1c-0123456789ab@caredesk
        END:VEVENT
        BEGIN:VEVENT
        DTSTAMP:20261120T093000Z
        DTSTART:20261201T170000Z
        SEQUENCE:2
        STATUS:CANCELLED
        SUMMARY:Home care: Ada Byron
        UID:second@caredesk
        END:VEVENT
        END:VCALENDAR
    "#]]
    .assert_eq(&text.replace("\r\n", "\n"));
    assert_eq!(text.matches("\r\n").count(), text.matches('\n').count());
    assert!(!text.contains("VALARM"));
}

#[test]
fn no_value_can_forge_a_line() {
    let evil = "x\r\nATTACH:http://evil\rEND:VEVENT\u{0}\u{85}";
    let event = Event {
        uid: evil.to_owned(),
        summary: evil.to_owned(),
        location: Some(evil.to_owned()),
        sequence: i64::MAX,
        minutes: i64::MAX,
        ..visit()
    };
    let text = calendar(evil, &[event]);
    assert!(!text.contains("\r\nATTACH"), "{text}");
    assert!(text.contains("SUMMARY:x\\nATTACH:http://evil\\nEND:VEVENT��\r\n"), "{text}");
    assert_eq!(text.matches("\r\nEND:VEVENT").count(), 1);
    assert!(text.contains("SEQUENCE:2147483647\r\n"));
    assert!(!text.chars().any(|c| c.is_control() && c != '\r' && c != '\n'));
}

proptest! {
    #[test]
    fn every_line_is_short_whole_and_unfolds_to_what_was_said(summary in "\\PC{0,300}", pad in 0_usize..160) {
        let summary = format!("{}{summary}", "x".repeat(pad));
        let text = calendar("", &[Event { summary: summary.clone(), ..visit() }]);
        prop_assert!(text.ends_with("END:VCALENDAR\r\n"));
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        let escaped = summary.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;");
        let line = format!("\r\nSUMMARY:{escaped}\r\n");
        prop_assert!(text.replace("\r\n ", "").contains(&line));
    }
}

#[test]
fn another_program_reads_what_was_said() {
    let full = Event {
        summary: awkward(),
        description: Some("Ring twice, then wait;\nthen phone".to_owned()),
        location: Some("12 Elm Road; rear door".to_owned()),
        status: EventStatus::Confirmed,
        ..visit()
    };
    let Some(read) = read_elsewhere(&calendar("Ada, REF-4T8WXN", &[visit(), full.clone()])) else { return };
    let plain = json!({
        "uid": visit().uid, "start": "2026-12-01T17:00:00+00:00", "end": "2026-12-01T17:30:00+00:00",
        "stamp": "2026-11-20T09:30:00+00:00", "status": "TENTATIVE", "sequence": 2, "summary": "Home care: Ada Byron",
        "description": null, "location": null, "parts": [],
    });
    let mut rich = plain.clone();
    rich["status"] = json!("CONFIRMED");
    rich["summary"] = json!(full.summary);
    rich["description"] = json!(full.description);
    rich["location"] = json!(full.location);
    assert_eq!(read, json!({"name": "Ada, REF-4T8WXN", "product": PRODUCT, "events": [plain, rich]}));
}

/// What the icalendar package of Python reads; skipped with a message if it is not installed.
/// `CAREDESK_TEST_PYTHON` can name another interpreter than `python3`.
fn read_elsewhere(calendar: &str) -> Option<Value> {
    let python = std::env::var("CAREDESK_TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let reader = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/calendar_reader.py");
    let spawned = Command::new(&python).arg(reader).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = spawned else {
        eprintln!("SKIPPED: there is no `{python}` to read the calendar with");
        return None;
    };
    let written = child.stdin.take().expect("a pipe").write_all(calendar.as_bytes());
    let output = child.wait_with_output().expect("the reader ends");
    if output.status.code() == Some(77) {
        eprintln!("SKIPPED: `{python}` has no package `icalendar` to read the calendar with");
        return None;
    }
    written.expect("the reader takes all");
    assert!(output.status.success(), "the calendar is not readable");
    Some(serde_json::from_slice(&output.stdout).expect("the reader's JSON"))
}
