//! A week as a picture, and the calendar file.

use std::io::Write as _;
use std::process::{Command, Stdio};

use expect_test::expect;

use crate::visit::{package, referral, visit};
use crate::world::{World, aloud};

/// Five visits from Monday 2026-11-30 on: two offered, one of them since changed, one cancelled, two not outsourced.
fn week(world: &World, status: &str) -> String {
    let referral = referral(world);
    let monday = visit(world, &referral, "2026-11-30 09:00", 30);
    let tuesday = visit(world, &referral, "2026-12-01 09:00", 45);
    let friday = visit(world, &referral, "2026-12-04 18:00", 30);
    visit(world, &referral, "2026-12-02 09:00", 60);
    visit(world, &referral, "2026-12-06 23:30", 60);
    package(world, status, &[&monday, &tuesday]);
    world.run(&format!("visit edit {tuesday} --duration 60 --start '2026-12-01 10:00'"));
    world.ok(&format!("visit cancel {friday}"));
    referral
}

both_engines!(a_week_is_drawn, |world| {
    let referral = week(world, "pending");
    expect![[r""]].assert_eq(&world.transcript(&[&format!("schedule show {referral} --week 2026-W49")]));
    world.set("COLUMNS", "");
    world.sql("UPDATE package SET status = 'accepted'");
    let drawn = world.ok(&format!("schedule show {referral} --week 2026-12-03"));
    assert!(drawn.contains('✓') && !drawn.contains('◷'), "{drawn}");
    assert_eq!(drawn.lines().map(|line| line.chars().count()).max(), Some(80), "{drawn}");
    world.sql("UPDATE package SET status = 'rejected'");
    assert!(world.ok(&format!("schedule show {referral} --week monday")).contains('✗'));
    world.set("COLUMNS", "40");
    expect![[r""]].assert_eq(&world.transcript(&[&format!("schedule show {referral}")]));
});

both_engines!(the_week_is_found, |world| {
    let referral = referral(world);
    let monday = |world: &World| {
        let drawn = world.ok(&format!("schedule show {referral}"));
        drawn.lines().nth(1).unwrap_or_default().to_owned()
    };
    expect![[r""]].assert_eq(&world.transcript(&[&format!("schedule show {referral}")]));
    let past = visit(world, &referral, "2026-10-05 09:00", 30);
    assert!(monday(world).contains("5"), "{}", monday(world));
    let mut weeks = vec![monday(world)];
    let late = visit(world, &referral, "2026-12-14 00:00", 30);
    weeks.push(monday(world));
    let early = visit(world, &referral, "2026-12-07 09:00", 30);
    weeks.push(monday(world));
    world.ok(&format!("visit cancel {early}"));
    weeks.push(monday(world));
    world.ok(&format!("visit cancel {late}"));
    weeks.push(monday(world));
    visit(world, &referral, "2026-11-16 00:00", 30);
    weeks.push(monday(world));
    expect![[r""]].assert_eq(&(weeks.join("\n") + "\n"));
    assert!(!past.is_empty());
});

both_engines!(programs_get_a_list, |world| {
    let referral = week(world, "pending");
    let show = format!("schedule show {referral} --week 2026-W49");
    let transcript = world.transcript(&[
        &format!("{show} -o csv"),
        &format!("{show} -q"),
        &format!("{show} --columns start,package_status"),
        &format!("schedule show {referral} --week 2026-W10 -o json"),
        &format!("schedule show {referral} --week 2026-W54"),
        "schedule show REF-ZZZZZZ",
    ]);
    expect![[r""]].assert_eq(&transcript);
});

both_engines!(a_calendar_file_is_written_once, |world| {
    let referral = week(world, "pending");
    let export = format!("schedule export {referral} --file week.ics");
    let transcript = world.transcript(&[
        &format!("{export} --dry-run"),
        &export,
        &export,
        &format!("{export} --overwrite --from 2026-12-06 -o json"),
        &format!("schedule export {referral} --file no/week.ics"),
        &format!("schedule export {referral} --file . --overwrite"),
        "schedule export REF-ZZZZZZ --file week.ics",
        &format!("schedule export {referral} --file - --to 2026-11-30"),
    ]);
    expect![[r""]].assert_eq(&transcript.replace('\r', ""));
    let left: Vec<_> = std::fs::read_dir(world.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("part")), "{left:?}");
});

both_engines!(a_calendar_says_what_was_promised_and_to_nobody, |world| {
    let referral = week(world, "pending");
    let events = |status: &str| {
        world.sql(&format!("UPDATE package SET status = '{status}'"));
        let text = world.ok(&format!("schedule export {referral} --file -"));
        assert!(!text.contains("Ada") && !text.contains("Byron"), "{text}");
        let wanted = ["UID", "STATUS", "SEQUENCE"];
        let lines = text.lines().filter(|line| wanted.iter().any(|key| line.starts_with(key)));
        lines.filter_map(|line| line.split(':').nth(1)).map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    let pending = events("pending");
    assert_eq!(pending, events("rejected"));
    expect![[r""]].assert_eq(&[pending, events("accepted")].join("\n"));
});

/// With Python's icalendar package, where it is installed.
both_engines!(another_program_reads_the_calendar, |world| {
    let referral = week(world, "accepted");
    let text = world.ok(&format!("schedule export {referral} --file -"));
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/calendar_reader.py");
    let started = Command::new("python3").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut reader) = started else {
        return aloud("SKIPPED another_program_reads_the_calendar: there is no python3");
    };
    let _ = reader.stdin.take().expect("a pipe").write_all(text.as_bytes());
    let answer = reader.wait_with_output().expect("it ends");
    if answer.status.code() == Some(77) {
        return aloud("SKIPPED another_program_reads_the_calendar: python3 has no icalendar package");
    }
    let read: serde_json::Value = serde_json::from_slice(&answer.stdout).expect("JSON");
    assert_eq!(read["name"], format!("Care schedule {referral}"));
    assert_eq!(read["events"].as_array().map(Vec::len), Some(5));
    assert_eq!(read["events"][0]["end"], "2026-11-30T09:30:00+00:00");
});
