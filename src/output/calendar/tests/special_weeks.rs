//! Weeks that are hard to draw: overlapping, crowded, and with a change of the clocks.

use chrono_tz::Europe::Berlin;
use expect_test::expect;

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
    check(
        &slots,
        80,
        &expect![[r#"
        REF-4T8WXN · Ada Byron · Home care
        Week 49 · 30 November – 6 December 2026

         Mon 30     Tue 1      Wed 2      Thu 3      Fri 4      Sat 5      Sun 6
         ────────── ────────── ═ today ══ ────────── ────────── ────────── ──────────
                   ┏━━━━━━━━━━┓
                   ┃09:00 60m ┃
                   ┃✓ accepted┃
                   ┡━━━━━━━━━━┩
                   │09:00 60m │
                   └──────────┘
                   ┏━━━━━━━━━━┱──────────┐
                   ┃09:30 30m ┃09:30 30m │
                   ┃◷ pending ┠──────────┤
                   ┃second    ┃09:30 45m ╎
                   ┃carer: ho…┃⊘cancelled╎
                   ┗━━━━━━━━━━┹╌╌╌╌╌╌╌╌╌╌┘

                                                                          ┏━━━━━━━━━━┓
                                                                          ┃22:00 600m┃
                                                                          ┃→ 08:00   ┃
                                                                          ┃✓ accepted┃
                                                                          ┃waking    ┃
                                                                          ┃night     ┃
                                                                          ┗━━━━━━━━━━┛
                                         ┌──────────┐
                                         │23:30 45m │
                                         │→ 00:15   │
                                         └──────────┘

        ┌─┐ not outsourced   ┏━┓ outsourced   ◷ pending   ✓ accepted   ┌╌┐ ⊘ cancelled
        6 visits, 13 h 45 min; 3 outsourced; 1 cancelled
    "#]],
    );
    check(
        &slots,
        200,
        &expect![[r#"
        REF-4T8WXN · Ada Byron · Home care
        Week 49 · 30 November – 6 December 2026

               Monday 30 November         Tuesday 1 December         Wednesday 2 December       Thursday 3 December        Friday 4 December          Saturday 5 December        Sunday 6 December
               ────────────────────────   ────────────────────────   ═ today ════════════════   ────────────────────────   ────────────────────────   ────────────────────────   ────────────────────────
                                         ┏━━━━━━━━━━━━━━━━━━━━━━━━┓
        09:00                            ┃09:00–10:00 · 60 min    ┃
                                         ┃✓ accepted              ┃
                                         ┃VIS-010900 · PKG-7K3M9Q ┃
                                         ┡━━━━━━━━━━━━━━━━━━━━━━━━┩
                                         │09:00–10:00 · 60 min    │
                                         │VIS-010900              │
                                         └────────────────────────┘
                                         ┏━━━━━━━━━━━━━━━━━━━━━━━━┓ ┌────────────────────────┐
        09:30                            ┃09:30–10:00 · 30 min    ┃ │09:30–10:00 · 30 min    │
                                         ┃◷ pending               ┃ │VIS-020930              │
                                         ┃VIS-010930 · PKG-2B8XTR ┃ ├────────────────────────┤
                                         ┃second carer: hoist     ┃ ╎09:30–10:15 · 45 min    ╎
                                         ┗━━━━━━━━━━━━━━━━━━━━━━━━┛ ╎⊘ cancelled             ╎
                                                                    ╎VIS-020930              ╎
                                                                    └╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘
          ⋮
                                                                                                                                                                                ┏━━━━━━━━━━━━━━━━━━━━━━━━┓
        22:00                                                                                                                                                                   ┃22:00 · 600 min         ┃
                                                                                                                                                                                ┃until 08:00 Mon         ┃
                                                                                                                                                                                ┃✓ accepted              ┃
                                                                                                                                                                                ┃VIS-062200 · PKG-7K3M9Q ┃
                                                                                                                                                                                ┃waking night            ┃
                                                                                                                                                                                ┗━━━━━━━━━━━━━━━━━━━━━━━━┛
                                                                                               ┌────────────────────────┐
        23:30                                                                                  │23:30–00:15 Fri · 45 min│
                                                                                               │VIS-032330              │
                                                                                               └────────────────────────┘

        ┌─┐ not outsourced   ┏━┓ outsourced   ◷ pending   ✓ accepted   ┌╌┐ ⊘ cancelled
        6 visits, 13 h 45 min; 3 outsourced; 1 cancelled
    "#]],
    );
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
    check(
        &(0..40).map(visit).collect::<Vec<_>>(),
        80,
        &expect![[r#"
        REF-4T8WXN · Ada Byron · Home care
        Week 49 · 30 November – 6 December 2026

         Mon 30     Tue 1      Wed 2      Thu 3      Fri 4      Sat 5      Sun 6
         ────────── ────────── ═ today ══ ────────── ────────── ────────── ──────────
        ┌──────────┲━━━━━━━━━━┓          ┏━━━━━━━━━━┓          ┏━━━━━━━━━━┱──────────┐
        │07:00 30m ┃07:00 30m ┃          ┃07:00 45m ┃          ┃07:00 60m ┃07:00 60m │
        └──────────┨◷ pending ┃          ┃✓ accepted┃          ┃✓ accepted┠──────────┘
                   ┗━━━━━━━━━━┛          ┗━━━━━━━━━━┛          ┗━━━━━━━━━━┛
        ┌──────────┲━━━━━━━━━━┳━━━━━━━━━━┓          ┏━━━━━━━━━━┓          ┌──────────┐
        │07:30 60m ┃07:30 30m ┃07:30 30m ┃          ┃07:30 45m ┃          │07:30 60m │
        └──────────┨◷ pending ┃✓ accepted┃          ┃✗ rejected┃          └──────────┘
                   ┗━━━━━━━━━━┻━━━━━━━━━━┛          ┗━━━━━━━━━━┛

        ┌──────────┲━━━━━━━━━━┳━━━━━━━━━━┳━━━━━━━━━━┓          ┏━━━━━━━━━━┓
        │09:15 60m ┃09:15 60m ┃09:15 30m ┃09:15 30m ┃          ┃09:15 45m ┃
        └──────────┨◷ pending ┃✓ accepted┃✓ accepted┃          ┃✓ accepted┃
                   ┗━━━━━━━━━━┻━━━━━━━━━━┻━━━━━━━━━━┛          ┗━━━━━━━━━━┛

                   ┏━━━━━━━━━━┓          ┏━━━━━━━━━━┳━━━━━━━━━━┳━━━━━━━━━━┱──────────┐
                   ┃12:00 60m ┃          ┃12:00 30m ┃12:00 30m ┃12:00 45m ┃12:00 45m │
                   ┃◷ pending ┃          ┃✓ accepted┃✗ rejected┃✓ accepted┠──────────┘
                   ┗━━━━━━━━━━┛          ┗━━━━━━━━━━┻━━━━━━━━━━┻━━━━━━━━━━┛
        ┌──────────┐          ┏━━━━━━━━━━┓          ┏━━━━━━━━━━┳━━━━━━━━━━┱──────────┐
        │12:15 45m │          ┃12:15 60m ┃          ┃12:15 30m ┃12:15 30m ┃12:15 45m │
        └──────────┘          ┃✓ accepted┃          ┃✗ rejected┃✓ accepted┠──────────┘
                              ┗━━━━━━━━━━┛          ┗━━━━━━━━━━┻━━━━━━━━━━┛

        ┌──────────┲━━━━━━━━━━┓          ┏━━━━━━━━━━┓          ┏━━━━━━━━━━┱──────────┐
        │17:45 45m ┃17:45 45m ┃          ┃17:45 60m ┃          ┃17:45 30m ┃17:45 30m │
        └──────────┨◷ pending ┃          ┃✓ accepted┃          ┃✓ accepted┠──────────┘
                   ┗━━━━━━━━━━┛          ┗━━━━━━━━━━┛          ┗━━━━━━━━━━┛
                   ┏━━━━━━━━━━┳━━━━━━━━━━┳━━━━━━━━━━┳━━━━━━━━━━┓          ┌──────────┐
                   ┃18:00 45m ┃18:00 45m ┃18:00 60m ┃18:00 60m ┃          │18:00 30m │
                   ┃◷ pending ┃✓ accepted┃✓ accepted┃✗ rejected┃          └──────────┘
                   ┗━━━━━━━━━━┻━━━━━━━━━━┻━━━━━━━━━━┻━━━━━━━━━━┛

        ┌──────────┐          ┏━━━━━━━━━━┳━━━━━━━━━━┳━━━━━━━━━━┳━━━━━━━━━━┓
        │21:30 30m │          ┃21:30 45m ┃21:30 45m ┃21:30 60m ┃21:30 60m ┃
        └──────────┘          ┃✓ accepted┃✓ accepted┃✗ rejected┃✓ accepted┃
                              ┗━━━━━━━━━━┻━━━━━━━━━━┻━━━━━━━━━━┻━━━━━━━━━━┛

        ┌─┐ not outsourced   ┏━┓ outsourced   ◷ pending   ✓ accepted   ✗ rejected
        40 visits, 29 h 45 min; 28 outsourced
    "#]],
    );
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
    expect![[r#"
        Week 13 · 23 – 29 March 2026

         Mon 23     Tue 24     Wed 25     Thu 26     Fri 27     Sat 28     Sun 29
         ═ today ══ ────────── ────────── ────────── ────────── ────────── ──────────
                                                                          ┌──────────┐
                                                                          │01:30 60m │
                                                                          │→ 03:30   │
                                                                          │clocks    │
                                                                          │change    │
                                                                          └──────────┘

                                                                          ┌──────────┐
                                                                          │09:00 30m │
                                                                          └──────────┘

                                                               ┌──────────┐
                                                               │23:30 300m│
                                                               │→ 05:30   │
                                                               │clocks    │
                                                               │change    │
                                                               └──────────┘

        ┌─┐ not outsourced
        3 visits, 6 h 30 min
    "#]]
    .assert_eq(&drawn("2026-03-23", &spring, 80));
    let autumn = [night(10, 24, 23, 30, 300), night(10, 25, 2, 45, 30), night(10, 25, 9, 0, 30)];
    expect![[r#"
        Week 43 · 19 – 25 October 2026

               Monday 19 October          Tuesday 20 October         Wednesday 21 October       Thursday 22 October        Friday 23 October          Saturday 24 October        Sunday 25 October
               ═ today ════════════════   ────────────────────────   ────────────────────────   ────────────────────────   ────────────────────────   ────────────────────────   ────────────────────────
                                                                                                                                                                                ┌────────────────────────┐
        02:45                                                                                                                                                                   │02:45–02:15 · 30 min    │
                                                                                                                                                                                │clocks change           │
                                                                                                                                                                                │VIS-7K3M9Q              │
                                                                                                                                                                                └────────────────────────┘
          ⋮
                                                                                                                                                                                ┌────────────────────────┐
        09:00                                                                                                                                                                   │09:00–09:30 · 30 min    │
                                                                                                                                                                                │VIS-7K3M9Q              │
                                                                                                                                                                                └────────────────────────┘
          ⋮
                                                                                                                                                     ┌────────────────────────┐
        23:30                                                                                                                                        │23:30 · 300 min         │
                                                                                                                                                     │until 03:30 Sun         │
                                                                                                                                                     │clocks change           │
                                                                                                                                                     │VIS-7K3M9Q              │
                                                                                                                                                     └────────────────────────┘

        ┌─┐ not outsourced
        3 visits, 6 h
    "#]].assert_eq(&drawn("2026-10-19", &autumn, 200));
}
