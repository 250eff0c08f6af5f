//! The text above and below the drawing: the week, the legend, the totals.

use chrono::{Datelike, NaiveDate};

use super::ink::{Ink, flow};
use super::wrap::wrap;
use super::{Mark, Slot, Style};
use crate::model::{text, time};

/// `Week 49 · 30 November – 6 December 2026`, in as few lines as fit.
pub(super) fn week(monday: NaiveDate, width: usize) -> Vec<String> {
    wrap(&format!("Week {} · {}", monday.iso_week().week(), time::week_range(monday)), width)
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
    let all =
        format!("{visits} {}, {}", if visits == 1 { "visit" } else { "visits" }, text::duration(minutes));
    let parts = [(outsourced, "outsourced"), (cancelled, "cancelled")];
    let parts =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
    [all].into_iter().chain(parts).collect::<Vec<_>>().join("; ")
}
