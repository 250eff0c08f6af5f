//! The week day by day, for narrow screens.

use chrono::NaiveDate;

use super::ink::{Ink, flow, paint};
use super::rows::rows;
use super::wrap::cut;
use super::{Mark, Slot, Style, card};

/// The days of the week below each other as lines, each visit behind a bar that is heavy if it is outsourced.
pub(super) fn list(monday: NaiveDate, today: NaiveDate, slots: &[Slot], style: Style) -> Vec<String> {
    let rows = rows(monday, slots);
    let mut lines = Vec::new();
    for (day, date) in monday.iter_days().take(7).enumerate() {
        let visits: Vec<&Slot> = rows.iter().filter_map(|row| row.days.get(day)).flatten().copied().collect();
        lines.push(day_name(date, date == today, visits.is_empty(), style));
        lines.extend(visits.into_iter().flat_map(|slot| visit(slot, style)));
    }
    lines
}

fn day_name(date: NaiveDate, is_today: bool, is_free: bool, style: Style) -> String {
    let mut name = date.format("%a %-d %B").to_string();
    if is_today {
        name.push_str(" · today");
    }
    if is_free {
        name.push_str(" · no visits");
    }
    let ink = if is_free && !is_today { Ink::Faint } else { Ink::Strong };
    paint(&cut(&name, style.width), ink, style.colour)
}

fn visit(slot: &Slot, style: Style) -> Vec<String> {
    let bar = paint(bar(slot.mark), Ink::Edge(slot.mark), style.colour);
    let width = style.width.saturating_sub(3);
    let lines = flow(&card::lines(slot, width), width, style.colour);
    lines.into_iter().map(|line| format!(" {bar} {line}")).collect()
}

fn bar(mark: Mark) -> &'static str {
    match mark {
        Mark::Own => "│",
        Mark::Pending | Mark::Accepted | Mark::Rejected => "┃",
        Mark::Cancelled => "╎",
    }
}
