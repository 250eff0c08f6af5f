//! An ordinary week on screens of several widths.

use super::*;

#[test]
fn an_ordinary_week_fits_every_screen() {
    for width in [50, 60, 80, 100, 200] {
        check(&format!("ordinary-{width}"), &picture(&ordinary(), width, false));
    }
}

#[test]
fn colour() {
    let shown = picture(&ordinary(), 80, true);
    check("ordinary-80-in-colour", &shown.replace('\x1b', "␛"));
    assert_eq!(plain(&shown), picture(&ordinary(), 80, false), "colour changes nothing else");
}

#[test]
fn an_empty_week_says_so() {
    check("empty-80", &picture(&[slot("2026-12-07T08:00", 30, Mark::Own)], 80, false));
}
