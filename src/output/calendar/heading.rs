//! The text above and below the drawing: the week, the legend, the totals.

use chrono::{Datelike, Days, NaiveDate};

use super::ink::{Ink, flow};
use super::wrap::wrap;
use super::{Mark, Slot, Style};

/// `Week 49 · 30 November – 6 December 2026`, in as few lines as fit.
pub(super) fn week(monday: NaiveDate, width: usize) -> Vec<String> {
    wrap(&format!("Week {} · {}", monday.iso_week().week(), range(monday)), width)
}

/// `30 November – 6 December 2026`: month and year once if both ends have the same.
pub(super) fn range(monday: NaiveDate) -> String {
    let sunday = monday.checked_add_days(Days::new(6)).unwrap_or(monday);
    let first = match (monday.year() == sunday.year(), monday.month() == sunday.month()) {
        (true, true) => "%-d",
        (true, false) => "%-d %B",
        (false, _) => "%-d %B %Y",
    };
    format!("{} – {}", monday.format(first), sunday.format("%-d %B %Y"))
}

/// The legend of the marks that occur. `boxes` tells whether visits are drawn in boxes or behind bars.
pub(super) fn legend(slots: &[&Slot], boxes: bool, style: Style) -> Vec<String> {
    let marks: Vec<Mark> =
        Mark::ALL.into_iter().filter(|mark| slots.iter().any(|slot| slot.mark == *mark)).collect();
    let mut entries = Vec::new();
    let border = |light: &str, bar: &str| if boxes { light.to_owned() } else { bar.to_owned() };
    if marks.contains(&Mark::Own) {
        entries.push((format!("{} {}", border("┌─┐", "│"), Mark::Own.word()), Ink::Plain));
    }
    if marks.iter().any(|mark| mark.outsourced()) {
        entries.push((format!("{} outsourced", border("┏━┓", "┃")), Ink::Strong));
    }
    for mark in marks {
        let Some(icon) = mark.icon() else { continue };
        let dashes = if mark == Mark::Cancelled { border("┌╌┐ ", "╎ ") } else { String::new() };
        entries.push((format!("{dashes}{icon} {}", mark.word()), Ink::Word(mark)));
    }
    flow(&entries, style.width, style.colour)
}

/// `5 visits, 2 h 30 min; 3 outsourced; 1 cancelled`: cancelled visits take no time and are counted apart.
pub(super) fn totals(slots: &[&Slot]) -> String {
    let live = || slots.iter().filter(|slot| slot.mark != Mark::Cancelled);
    let minutes = live().fold(0_i64, |sum, slot| sum.saturating_add(slot.minutes));
    let outsourced = live().filter(|slot| slot.mark.outsourced()).count();
    let cancelled = slots.len() - live().count();
    let visits = live().count();
    let all = format!("{visits} {}, {}", if visits == 1 { "visit" } else { "visits" }, duration(minutes));
    let parts = [(outsourced, "outsourced"), (cancelled, "cancelled")];
    let parts =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
    [all].into_iter().chain(parts).collect::<Vec<_>>().join("; ")
}

/// `2 h 30 min`, `3 h`, `45 min`.
fn duration(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    }
}
