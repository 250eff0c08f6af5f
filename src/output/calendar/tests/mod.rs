//! Properties of the drawing at any width, and the week of the snapshots.

mod pictures;
mod special_weeks;

use chrono::NaiveDate;
use expect_test::expect_file;
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::*;

fn date(day: &str) -> NaiveDate {
    day.parse().expect("a date")
}

fn slot(start: &str, minutes: i64, mark: Mark) -> Slot {
    let start: NaiveDateTime = format!("{start}:00").parse().expect("a time");
    let digits = start.format("%d%H%M");
    Slot::new(&start.and_utc(), minutes, format!("VIS-{digits}"), mark)
}

fn with(mut slot: Slot, package: &str, note: &str) -> Slot {
    slot.package = (!package.is_empty()).then(|| package.to_owned());
    slot.note = (!note.is_empty()).then(|| note.to_owned());
    slot
}

fn ordinary() -> Vec<Slot> {
    use Mark::{Accepted, Cancelled, Own, Pending, Rejected};
    vec![
        slot("2026-11-30T08:00", 45, Own),
        with(slot("2026-11-30T12:30", 30, Accepted), "PKG-7K3M9Q", ""),
        slot("2026-12-01T08:00", 45, Own),
        with(slot("2026-12-01T18:00", 30, Pending), "PKG-2B8XTR", ""),
        with(slot("2026-12-02T08:00", 45, Accepted), "PKG-7K3M9Q", "offered 30 min"),
        with(slot("2026-12-02T12:30", 30, Accepted), "PKG-7K3M9Q", ""),
        with(slot("2026-12-03T08:15", 60, Rejected), "PKG-M4N5P6", ""),
        with(slot("2026-12-03T18:00", 30, Pending), "PKG-2B8XTR", ""),
        slot("2026-12-04T08:00", 45, Cancelled),
        with(slot("2026-12-04T12:30", 30, Accepted), "PKG-7K3M9Q", ""),
        with(slot("2026-12-06T18:30", 90, Pending), "PKG-2B8XTR", ""),
    ]
}

fn picture(slots: &[Slot], width: usize, colour: bool) -> String {
    let style = Style { width, colour };
    draw(date("2026-11-30"), date("2026-12-02"), "REF-4T8WXN · Ada Byron · Home care", slots, style)
}

/// Compares a drawing with `tests/fixtures/calendar/NAME.txt`.
fn check(name: &str, drawn: &str) {
    let path = format!("{}/tests/fixtures/calendar/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    expect_file![path].assert_eq(drawn);
}

#[test]
fn the_week_is_named_once_and_right() {
    let week = |day: &str| heading::week(monday_of(date(day)), 80).join("|");
    assert_eq!(week("2026-12-09"), "Week 50 · 7 – 13 December 2026");
    assert_eq!(week("2027-01-03"), "Week 53 · 28 December 2026 – 3 January 2027");
}

#[test]
fn what_would_steer_the_terminal_is_shown() {
    let mut evil = with(slot("2026-12-01T09:00", 30, Mark::Accepted), "\x1b[2J", "a\nb\u{202e}c");
    evil.code = "VIS\x07".to_owned();
    for width in [50, 80, 200] {
        let style = Style { width, colour: false };
        let shown = draw(date("2026-12-01"), date("2026-12-01"), "\x1b]0;x\x07", &[evil.clone()], style);
        assert!(!shown.chars().any(|c| c != '\n' && (c.is_control() || c == '\u{202e}')), "{shown}");
    }
}

fn any_slot() -> impl Strategy<Value = Slot> {
    let words = || prop_oneof!["\\PC{0,40}", "[a-z ]{0,40}", any::<String>()];
    let mark = prop::sample::select(Mark::ALL.to_vec());
    (0_i64..7 * 24 * 60, 0_i64..3000, mark, words(), prop::option::of(words()), prop::option::of(words()))
        .prop_map(|(minute, minutes, mark, code, package, note)| {
            let start = date("2026-11-30").and_time(chrono::NaiveTime::MIN) + Duration::minutes(minute);
            Slot { code, package, note, ..Slot::new(&start.and_utc(), minutes, "", mark) }
        })
}

proptest! {
    #[test]
    fn nothing_is_wider_than_the_screen_and_no_time_is_lost(
        slots in prop::collection::vec(any_slot(), 0..30), width in 16_usize..240, title in any::<String>(), colour in any::<bool>(),
    ) {
        let shown = draw(date("2026-11-30"), date("2026-12-02"), &title, &slots, Style { width, colour });
        prop_assert!(colour || !shown.contains('\x1b'));
        let shown = plain(&shown);
        for line in shown.lines() {
            prop_assert!(line.width() <= width, "{} columns: {line}", line.width());
        }
        for slot in &slots {
            let time = slot.start.format("%H:%M").to_string();
            let drawn = shown.matches(&time).count();
            prop_assert!(drawn >= slots.iter().filter(|other| other.start.time() == slot.start.time()).count());
        }
    }

    #[test]
    fn the_order_given_is_of_no_account(mut slots in prop::collection::vec(any_slot(), 0..12)) {
        for (number, slot) in slots.iter_mut().enumerate() {
            // Few moments and lengths, so that often only the code distinguishes visits.
            let hours = i64::try_from(number % 2).expect("small");
            slot.start = date("2026-12-01").and_time(chrono::NaiveTime::MIN) + Duration::hours(hours);
            slot.end = slot.start;
            slot.minutes = 0;
            slot.code = format!("VIS-{number}");
        }
        let forwards = picture(&slots, 120, false);
        slots.reverse();
        prop_assert_eq!(forwards, picture(&slots, 120, false));
    }
}

/// The drawing without its escapes.
fn plain(shown: &str) -> String {
    let mut pieces = shown.split('\x1b');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once('m').map_or("", |(_, rest)| rest))
}
