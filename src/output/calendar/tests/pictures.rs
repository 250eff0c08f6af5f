//! An ordinary week on screens of several widths.

use expect_test::expect;

use super::*;

#[test]
fn eighty_columns() {
    check(
        &ordinary(),
        80,
        &expect![[r#"
        REF-4T8WXN · Ada Byron · Home care
        Week 49 · 30 November – 6 December 2026

         Mon 30     Tue 1      Wed 2      Thu 3      Fri 4      Sat 5      Sun 6
         ────────── ────────── ═ today ══ ────────── ────────── ────────── ──────────
        ┌──────────┬──────────┲━━━━━━━━━━┳━━━━━━━━━━┱╌╌╌╌╌╌╌╌╌╌┐
        │08:00 45m │08:00 45m ┃08:00 45m ┃08:15 60m ┃08:00 45m ╎
        └──────────┴──────────┨✓ accepted┃✗ rejected┃⊘cancelled╎
                              ┃offered   ┣━━━━━━━━━━┹╌╌╌╌╌╌╌╌╌╌┘
                              ┃30 min    ┃
                              ┗━━━━━━━━━━┛

        ┏━━━━━━━━━━┓          ┏━━━━━━━━━━┓          ┏━━━━━━━━━━┓
        ┃12:30 30m ┃          ┃12:30 30m ┃          ┃12:30 30m ┃
        ┃✓ accepted┃          ┃✓ accepted┃          ┃✓ accepted┃
        ┗━━━━━━━━━━┛          ┗━━━━━━━━━━┛          ┗━━━━━━━━━━┛

                   ┏━━━━━━━━━━┓          ┏━━━━━━━━━━┓                     ┏━━━━━━━━━━┓
                   ┃18:00 30m ┃          ┃18:00 30m ┃                     ┃18:30 90m ┃
                   ┃◷ pending ┃          ┃◷ pending ┃                     ┃◷ pending ┃
                   ┗━━━━━━━━━━┛          ┗━━━━━━━━━━┛                     ┗━━━━━━━━━━┛

        ┌─┐ not outsourced   ┏━┓ outsourced   ◷ pending   ✓ accepted   ✗ rejected
        ┌╌┐ ⊘ cancelled
        10 visits, 7 h 15 min; 8 outsourced; 1 cancelled
    "#]],
    );
}

#[test]
fn one_hundred_columns() {
    check(
        &ordinary(),
        100,
        &expect![[r#"
        REF-4T8WXN · Ada Byron · Home care
        Week 49 · 30 November – 6 December 2026

               Mon 30       Tue 1        Wed 2        Thu 3        Fri 4        Sat 5        Sun 6
               ──────────   ──────────   ═ today ══   ──────────   ──────────   ──────────   ──────────
              ┌──────────┐ ┌──────────┐ ┏━━━━━━━━━━┓ ┏━━━━━━━━━━┓ ┌╌╌╌╌╌╌╌╌╌╌┐
        08:00 │08:00 45m │ │08:00 45m │ ┃08:00 45m ┃ ┃08:15 60m ┃ ╎08:00 45m ╎
              └──────────┘ └──────────┘ ┃✓ accepted┃ ┃✗ rejected┃ ╎⊘cancelled╎
                                        ┃offered   ┃ ┗━━━━━━━━━━┛ └╌╌╌╌╌╌╌╌╌╌┘
                                        ┃30 min    ┃
                                        ┗━━━━━━━━━━┛
          ⋮
              ┏━━━━━━━━━━┓              ┏━━━━━━━━━━┓              ┏━━━━━━━━━━┓
        12:30 ┃12:30 30m ┃              ┃12:30 30m ┃              ┃12:30 30m ┃
              ┃✓ accepted┃              ┃✓ accepted┃              ┃✓ accepted┃
              ┗━━━━━━━━━━┛              ┗━━━━━━━━━━┛              ┗━━━━━━━━━━┛
          ⋮
                           ┏━━━━━━━━━━┓              ┏━━━━━━━━━━┓                           ┏━━━━━━━━━━┓
        18:00              ┃18:00 30m ┃              ┃18:00 30m ┃                           ┃18:30 90m ┃
                           ┃◷ pending ┃              ┃◷ pending ┃                           ┃◷ pending ┃
                           ┗━━━━━━━━━━┛              ┗━━━━━━━━━━┛                           ┗━━━━━━━━━━┛

        ┌─┐ not outsourced   ┏━┓ outsourced   ◷ pending   ✓ accepted   ✗ rejected   ┌╌┐ ⊘ cancelled
        10 visits, 7 h 15 min; 8 outsourced; 1 cancelled
    "#]],
    );
}

#[test]
fn two_hundred_columns() {
    check(
        &ordinary(),
        200,
        &expect![[r#"
        REF-4T8WXN · Ada Byron · Home care
        Week 49 · 30 November – 6 December 2026

               Monday 30 November         Tuesday 1 December         Wednesday 2 December       Thursday 3 December        Friday 4 December          Saturday 5 December        Sunday 6 December
               ────────────────────────   ────────────────────────   ═ today ════════════════   ────────────────────────   ────────────────────────   ────────────────────────   ────────────────────────
              ┌────────────────────────┐ ┌────────────────────────┐ ┏━━━━━━━━━━━━━━━━━━━━━━━━┓ ┏━━━━━━━━━━━━━━━━━━━━━━━━┓ ┌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐
        08:00 │08:00–08:45 · 45 min    │ │08:00–08:45 · 45 min    │ ┃08:00–08:45 · 45 min    ┃ ┃08:15–09:15 · 60 min    ┃ ╎08:00–08:45 · 45 min    ╎
              │VIS-300800              │ │VIS-010800              │ ┃✓ accepted              ┃ ┃✗ rejected              ┃ ╎⊘ cancelled             ╎
              └────────────────────────┘ └────────────────────────┘ ┃VIS-020800 · PKG-7K3M9Q ┃ ┃VIS-030815 · PKG-M4N5P6 ┃ ╎VIS-040800              ╎
                                                                    ┃offered 30 min          ┃ ┗━━━━━━━━━━━━━━━━━━━━━━━━┛ └╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘
                                                                    ┗━━━━━━━━━━━━━━━━━━━━━━━━┛
          ⋮
              ┏━━━━━━━━━━━━━━━━━━━━━━━━┓                            ┏━━━━━━━━━━━━━━━━━━━━━━━━┓                            ┏━━━━━━━━━━━━━━━━━━━━━━━━┓
        12:30 ┃12:30–13:00 · 30 min    ┃                            ┃12:30–13:00 · 30 min    ┃                            ┃12:30–13:00 · 30 min    ┃
              ┃✓ accepted              ┃                            ┃✓ accepted              ┃                            ┃✓ accepted              ┃
              ┃VIS-301230 · PKG-7K3M9Q ┃                            ┃VIS-021230 · PKG-7K3M9Q ┃                            ┃VIS-041230 · PKG-7K3M9Q ┃
              ┗━━━━━━━━━━━━━━━━━━━━━━━━┛                            ┗━━━━━━━━━━━━━━━━━━━━━━━━┛                            ┗━━━━━━━━━━━━━━━━━━━━━━━━┛
          ⋮
                                         ┏━━━━━━━━━━━━━━━━━━━━━━━━┓                            ┏━━━━━━━━━━━━━━━━━━━━━━━━┓                                                       ┏━━━━━━━━━━━━━━━━━━━━━━━━┓
        18:00                            ┃18:00–18:30 · 30 min    ┃                            ┃18:00–18:30 · 30 min    ┃                                                       ┃18:30–20:00 · 90 min    ┃
                                         ┃◷ pending               ┃                            ┃◷ pending               ┃                                                       ┃◷ pending               ┃
                                         ┃VIS-011800 · PKG-2B8XTR ┃                            ┃VIS-031800 · PKG-2B8XTR ┃                                                       ┃VIS-061830 · PKG-2B8XTR ┃
                                         ┗━━━━━━━━━━━━━━━━━━━━━━━━┛                            ┗━━━━━━━━━━━━━━━━━━━━━━━━┛                                                       ┗━━━━━━━━━━━━━━━━━━━━━━━━┛

        ┌─┐ not outsourced   ┏━┓ outsourced   ◷ pending   ✓ accepted   ✗ rejected   ┌╌┐ ⊘ cancelled
        10 visits, 7 h 15 min; 8 outsourced; 1 cancelled
    "#]],
    );
}

#[test]
fn sixty_columns_cut_no_status() {
    check(
        &ordinary(),
        60,
        &expect![[r#"
            REF-4T8WXN · Ada Byron · Home care
            Week 49 · 30 November – 6 December 2026

            Mon 30 November
             │ 08:00–08:45 · 45 min   VIS-300800
             ┃ 12:30–13:00 · 30 min   ✓ accepted
             ┃ VIS-301230 · PKG-7K3M9Q
            Tue 1 December
             │ 08:00–08:45 · 45 min   VIS-010800
             ┃ 18:00–18:30 · 30 min   ◷ pending
             ┃ VIS-011800 · PKG-2B8XTR
            Wed 2 December · today
             ┃ 08:00–08:45 · 45 min   ✓ accepted
             ┃ VIS-020800 · PKG-7K3M9Q   offered 30 min
             ┃ 12:30–13:00 · 30 min   ✓ accepted
             ┃ VIS-021230 · PKG-7K3M9Q
            Thu 3 December
             ┃ 08:15–09:15 · 60 min   ✗ rejected
             ┃ VIS-030815 · PKG-M4N5P6
             ┃ 18:00–18:30 · 30 min   ◷ pending
             ┃ VIS-031800 · PKG-2B8XTR
            Fri 4 December
             ╎ 08:00–08:45 · 45 min   ⊘ cancelled   VIS-040800
             ┃ 12:30–13:00 · 30 min   ✓ accepted
             ┃ VIS-041230 · PKG-7K3M9Q
            Sat 5 December · no visits
            Sun 6 December
             ┃ 18:30–20:00 · 90 min   ◷ pending
             ┃ VIS-061830 · PKG-2B8XTR

            │ not outsourced   ┃ outsourced   ◷ pending   ✓ accepted
            ✗ rejected   ╎ ⊘ cancelled
            10 visits, 7 h 15 min; 8 outsourced; 1 cancelled
        "#]],
    );
}

#[test]
fn a_list_of_fifty_columns() {
    check(
        &ordinary(),
        50,
        &expect![[r#"
        REF-4T8WXN · Ada Byron · Home care
        Week 49 · 30 November – 6 December 2026

        Mon 30 November
         │ 08:00–08:45 · 45 min   VIS-300800
         ┃ 12:30–13:00 · 30 min   ✓ accepted
         ┃ VIS-301230 · PKG-7K3M9Q
        Tue 1 December
         │ 08:00–08:45 · 45 min   VIS-010800
         ┃ 18:00–18:30 · 30 min   ◷ pending
         ┃ VIS-011800 · PKG-2B8XTR
        Wed 2 December · today
         ┃ 08:00–08:45 · 45 min   ✓ accepted
         ┃ VIS-020800 · PKG-7K3M9Q   offered 30 min
         ┃ 12:30–13:00 · 30 min   ✓ accepted
         ┃ VIS-021230 · PKG-7K3M9Q
        Thu 3 December
         ┃ 08:15–09:15 · 60 min   ✗ rejected
         ┃ VIS-030815 · PKG-M4N5P6
         ┃ 18:00–18:30 · 30 min   ◷ pending
         ┃ VIS-031800 · PKG-2B8XTR
        Fri 4 December
         ╎ 08:00–08:45 · 45 min   ⊘ cancelled   VIS-040800
         ┃ 12:30–13:00 · 30 min   ✓ accepted
         ┃ VIS-041230 · PKG-7K3M9Q
        Sat 5 December · no visits
        Sun 6 December
         ┃ 18:30–20:00 · 90 min   ◷ pending
         ┃ VIS-061830 · PKG-2B8XTR

        │ not outsourced   ┃ outsourced   ◷ pending
        ✓ accepted   ✗ rejected   ╎ ⊘ cancelled
        10 visits, 7 h 15 min; 8 outsourced; 1 cancelled
    "#]],
    );
}

#[test]
fn colour() {
    let shown = picture(&ordinary(), 80, true);
    expect![[r#"
        ␛[1mREF-4T8WXN · Ada Byron · Home care␛[0m
        Week 49 · 30 November – 6 December 2026

         Mon 30     Tue 1      ␛[1mWed 2␛[0m      Thu 3      Fri 4      Sat 5      Sun 6
         ␛[2m──────────␛[0m ␛[2m──────────␛[0m ␛[1m═ today ══␛[0m ␛[2m──────────␛[0m ␛[2m──────────␛[0m ␛[2m──────────␛[0m ␛[2m──────────␛[0m
        ┌──────────┬──────────␛[32m┲━━━━━━━━━━┳␛[0m␛[31m━━━━━━━━━━┱␛[0m␛[2m╌╌╌╌╌╌╌╌╌╌┐␛[0m
        │␛[1m08:00 45m␛[0m │␛[1m08:00 45m␛[0m ␛[32m┃␛[0m␛[1m08:00 45m␛[0m ␛[32m┃␛[0m␛[1m08:15 60m␛[0m ␛[31m┃␛[0m␛[2m08:00 45m␛[0m ␛[2m╎␛[0m
        └──────────┴──────────␛[32m┨␛[0m␛[1m␛[32m✓ accepted␛[0m␛[32m┃␛[0m␛[1m␛[31m✗ rejected␛[0m␛[31m┃␛[0m␛[2m⊘cancelled␛[0m␛[2m╎␛[0m
                              ␛[32m┃␛[0moffered   ␛[32m┣␛[0m␛[31m━━━━━━━━━━┹␛[0m␛[2m╌╌╌╌╌╌╌╌╌╌┘␛[0m
                              ␛[32m┃␛[0m30 min    ␛[32m┃␛[0m
                              ␛[32m┗━━━━━━━━━━┛␛[0m

        ␛[32m┏━━━━━━━━━━┓␛[0m          ␛[32m┏━━━━━━━━━━┓␛[0m          ␛[32m┏━━━━━━━━━━┓␛[0m
        ␛[32m┃␛[0m␛[1m12:30 30m␛[0m ␛[32m┃␛[0m          ␛[32m┃␛[0m␛[1m12:30 30m␛[0m ␛[32m┃␛[0m          ␛[32m┃␛[0m␛[1m12:30 30m␛[0m ␛[32m┃␛[0m
        ␛[32m┃␛[0m␛[1m␛[32m✓ accepted␛[0m␛[32m┃␛[0m          ␛[32m┃␛[0m␛[1m␛[32m✓ accepted␛[0m␛[32m┃␛[0m          ␛[32m┃␛[0m␛[1m␛[32m✓ accepted␛[0m␛[32m┃␛[0m
        ␛[32m┗━━━━━━━━━━┛␛[0m          ␛[32m┗━━━━━━━━━━┛␛[0m          ␛[32m┗━━━━━━━━━━┛␛[0m

                   ␛[33m┏━━━━━━━━━━┓␛[0m          ␛[33m┏━━━━━━━━━━┓␛[0m                     ␛[33m┏━━━━━━━━━━┓␛[0m
                   ␛[33m┃␛[0m␛[1m18:00 30m␛[0m ␛[33m┃␛[0m          ␛[33m┃␛[0m␛[1m18:00 30m␛[0m ␛[33m┃␛[0m                     ␛[33m┃␛[0m␛[1m18:30 90m␛[0m ␛[33m┃␛[0m
                   ␛[33m┃␛[0m␛[1m␛[33m◷ pending␛[0m ␛[33m┃␛[0m          ␛[33m┃␛[0m␛[1m␛[33m◷ pending␛[0m ␛[33m┃␛[0m                     ␛[33m┃␛[0m␛[1m␛[33m◷ pending␛[0m ␛[33m┃␛[0m
                   ␛[33m┗━━━━━━━━━━┛␛[0m          ␛[33m┗━━━━━━━━━━┛␛[0m                     ␛[33m┗━━━━━━━━━━┛␛[0m

        ┌─┐ not outsourced   ␛[1m┏━┓ outsourced␛[0m   ␛[1m␛[33m◷ pending␛[0m   ␛[1m␛[32m✓ accepted␛[0m   ␛[1m␛[31m✗ rejected␛[0m
        ␛[2m┌╌┐ ⊘ cancelled␛[0m
        10 visits, 7 h 15 min; 8 outsourced; 1 cancelled
    "#]].assert_eq(&shown.replace('\x1b', "␛"));
    assert_eq!(plain(&shown), picture(&ordinary(), 80, false), "colour changes nothing else");
}

#[test]
fn an_empty_week_says_so() {
    check(
        &[slot("2026-12-07T08:00", 30, Mark::Own)],
        80,
        &expect![[r#"
        REF-4T8WXN · Ada Byron · Home care
        Week 49 · 30 November – 6 December 2026

        No visits from 30 November to 6 December 2026.
    "#]],
    );
}
