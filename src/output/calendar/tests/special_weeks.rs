//! Weeks that are hard to draw: overlapping, crowded, and with a change of the clocks.

use chrono_tz::Europe::Berlin;

use super::*;

#[test]
fn overlapping_visits_are_all_readable() {
    let slots = [
        with(slot("2026-12-01T09:00", 60, Mark::Accepted), "PKG-7K3M9Q", ""),
        slot("2026-12-01T09:00", 60, Mark::Own),
        with(slot("2026-12-01T09:30", 30, Mark::Pending), "PKG-2B8XTR", "second carer: hoist"),
        slot("2026-12-02T09:30", 30, Mark::Own),
        slot("2026-12-02T09:30", 45, Mark::Cancelled),
        slot("2026-12-03T23:30", 45, Mark::Own),
        with(slot("2026-12-06T22:00", 600, Mark::Accepted), "PKG-7K3M9Q", "waking night"),
    ];
    for width in [80, 200] {
        check(&format!("overlapping-{width}"), &picture(&slots, width, false));
    }
}

#[test]
fn a_crowded_week() {
    let marks =
        [Mark::Own, Mark::Accepted, Mark::Accepted, Mark::Pending, Mark::Own, Mark::Rejected, Mark::Accepted];
    let hours = ["07:00", "07:30", "09:15", "12:00", "12:15", "17:45", "18:00", "21:30"];
    let visit = |index: usize| {
        let day = date("2026-11-30") + Days::new(u64::try_from(index * 5 % 7).expect("small"));
        slot(
            &format!("{day}T{}", hours[index * 3 % 8]),
            30 + 15 * i64::try_from(index % 3).expect("small"),
            marks[index % 7],
        )
    };
    check("crowded-80", &picture(&(0..40).map(visit).collect::<Vec<_>>(), 80, false));
}

#[test]
fn a_night_in_which_the_clocks_change() {
    let night = |month, day, hour, minute, minutes| {
        let start =
            Berlin.with_ymd_and_hms(2026, month, day, hour, minute, 0).earliest().expect("an instant");
        Slot::new(&start, minutes, "VIS-7K3M9Q", Mark::Own)
    };
    let drawn = |monday, slots: &[Slot], width| {
        draw(date(monday), date(monday), "", slots, Style { width, colour: false })
    };
    let spring = [night(3, 28, 23, 30, 300), night(3, 29, 1, 30, 60), night(3, 29, 9, 0, 30)];
    check("spring-80", &drawn("2026-03-23", &spring, 80));
    let autumn = [night(10, 24, 23, 30, 300), night(10, 25, 2, 45, 30), night(10, 25, 9, 0, 30)];
    check("autumn-200", &drawn("2026-10-19", &autumn, 200));
}
