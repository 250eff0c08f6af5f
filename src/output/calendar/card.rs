//! The text in the box of one visit, for the given width.

use super::ink::Ink;
use super::wrap::{columns, cut, wrap, wrap_within};
use super::{Mark, Slot};

/// The least columns inside the border to write a visit's code, package and whole note.
const ROOMY: usize = 12;

/// The lines of one visit: time (never cut), icon and word, then code, package and note if there is room.
pub(super) fn lines(slot: &Slot, width: usize) -> Vec<(String, Ink)> {
    let mut lines = time(slot, width);
    if let Some(status) = status(slot.mark, width) {
        lines.push((status, Ink::Word(slot.mark)));
    }
    if width >= ROOMY {
        lines.extend(references(slot, width).into_iter().map(|line| (line, Ink::Faint)));
    }
    let most = if width >= ROOMY { usize::MAX } else { 2 };
    lines.extend(note(slot, width, most).into_iter().map(|line| (line, Ink::Plain)));
    lines
}

/// A number stays with its unit: `30` at the end of a line reads as a time.
fn note(slot: &Slot, width: usize, most: usize) -> Vec<String> {
    let note = slot.note.as_deref().unwrap_or_default().replace(" min", "\u{a0}min");
    wrap_within(&note, width, most).into_iter().map(|line| line.replace('\u{a0}', " ")).collect()
}

/// `✓ accepted`, shortened if needed, but always icon and word.
fn status(mark: Mark, width: usize) -> Option<String> {
    let (icon, word) = (mark.icon()?, mark.word());
    let airy = format!("{icon} {word}");
    let tight = format!("{icon}{word}");
    Some(if columns(&airy) > width && columns(&tight) <= width { tight } else { cut(&airy, width) })
}

/// The first form that fits, from the most detailed to the shortest. An unexpected end (past midnight, or
/// across a change of the clocks) is always written.
fn time(slot: &Slot, width: usize) -> Vec<(String, Ink)> {
    let start = slot.start.format("%H:%M");
    let minutes = slot.minutes;
    let ink = if slot.mark == Mark::Cancelled { Ink::Faint } else { Ink::Strong };
    let whole = format!("{start}–{} · {minutes} min", end(slot));
    let mut lines = if columns(&whole) <= width {
        vec![(whole, ink)]
    } else {
        let mut lines = short_time(&start.to_string(), minutes, width, ink);
        if surprising(slot) {
            lines.push((until(slot, width), Ink::Plain));
        }
        lines
    };
    if clocks_change(slot) {
        lines.extend(wrap("clocks change", width).into_iter().map(|line| (line, Ink::Plain)));
    }
    lines
}

fn short_time(start: &str, minutes: i64, width: usize, ink: Ink) -> Vec<(String, Ink)> {
    let forms =
        [format!("{start} · {minutes} min"), format!("{start} {minutes} min"), format!("{start} {minutes}m")];
    match forms.into_iter().find(|form| columns(form) <= width) {
        Some(form) => vec![(form, ink)],
        None => vec![(start.to_owned(), ink), (cut(&format!("{minutes}m"), width), Ink::Plain)],
    }
}

fn until(slot: &Slot, width: usize) -> String {
    let end = end(slot);
    let forms = [format!("until {end}"), format!("→ {end}"), format!("→ {}", slot.end.format("%H:%M"))];
    forms
        .into_iter()
        .find(|form| columns(form) <= width)
        .unwrap_or_else(|| slot.end.format("→%H:%M").to_string())
}

/// The time of the end, with its day if it differs from that of the start.
fn end(slot: &Slot) -> String {
    let pattern = if slot.end.date() == slot.start.date() { "%H:%M" } else { "%H:%M %a" };
    slot.end.format(pattern).to_string()
}

fn surprising(slot: &Slot) -> bool {
    slot.end.date() != slot.start.date() || clocks_change(slot)
}

fn clocks_change(slot: &Slot) -> bool {
    slot.end.signed_duration_since(slot.start).num_minutes() != slot.minutes
}

fn references(slot: &Slot, width: usize) -> Vec<String> {
    let Some(package) = &slot.package else { return wrap(&slot.code, width) };
    let both = format!("{} · {package}", slot.code);
    if columns(&both) <= width {
        return vec![both];
    }
    [&slot.code, package].into_iter().flat_map(|reference| wrap(reference, width)).collect()
}
