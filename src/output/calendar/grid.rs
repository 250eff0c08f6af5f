//! The seven days side by side.

use chrono::NaiveDate;

use super::canvas::{Area, Canvas, Pen, Weight};
use super::ink::Ink;
use super::rows::{Row, rows};
use super::wrap::cut;
use super::{Mark, Slot, Style, card};

/// Columns of the time of day at the left edge, with the blank after it.
const GUTTER: usize = 6;
/// From this width, including the gap, days are drawn apart and leave room for the gutter.
const FREE: usize = 13;
/// Wider boxes are not easier to read.
const WIDEST: usize = 44;
/// The day names and the rule under them.
const HEADER: usize = 2;

/// The days of the week as lines; the width must be 60 or more.
pub(super) fn grid(monday: NaiveDate, today: NaiveDate, slots: &[Slot], style: Style) -> Vec<String> {
    let plan = Plan::new(style.width);
    let mut tops = Vec::new();
    let mut height = HEADER;
    let rows = rows(monday, slots);
    for row in &rows {
        height += usize::from(row.after_gap);
        tops.push(height);
        height += row_height(row, plan);
    }
    let mut canvas = Canvas::new(style.width, height);
    header(&mut canvas, plan, monday, today);
    for (row, top) in rows.iter().zip(tops) {
        draw_row(&mut canvas, plan, row, top);
    }
    canvas.lines(style.colour)
}

/// The layout of the columns of the screen.
#[derive(Clone, Copy, Debug)]
struct Plan {
    gutter: usize,
    /// The distance from the left edge of one day to the next.
    stride: usize,
    /// Columns of a box with its border. In a narrow drawing neighbours share a wall.
    box_width: usize,
}

impl Plan {
    fn new(width: usize) -> Self {
        let free = (width + 1).saturating_sub(GUTTER) / 7;
        if free >= FREE {
            let stride = free.min(WIDEST);
            return Plan { gutter: GUTTER, stride, box_width: stride - 1 };
        }
        let stride = width.saturating_sub(1) / 7;
        Plan { gutter: 0, stride, box_width: stride + 1 }
    }

    fn inner(self) -> usize {
        self.box_width.saturating_sub(2)
    }

    fn left(self, day: usize) -> usize {
        self.gutter + day * self.stride
    }
}

fn header(canvas: &mut Canvas, plan: Plan, monday: NaiveDate, today: NaiveDate) {
    let roomy = plan.inner() >= "Wednesday 30 September".len();
    for (day, date) in monday.iter_days().take(7).enumerate() {
        let is_today = date == today;
        let name = date.format(if roomy { "%A %-d %B" } else { "%a %-d" }).to_string();
        let rule = if is_today { today_rule(plan.inner()) } else { "─".repeat(plan.inner()) };
        let x = plan.left(day) + 1;
        canvas.write(x, 0, &cut(&name, plan.inner()), if is_today { Ink::Strong } else { Ink::Plain });
        canvas.write(x, 1, &rule, if is_today { Ink::Strong } else { Ink::Faint });
    }
}

/// `═ today ═══`: a double line with the word, since colour must not be the only sign.
fn today_rule(width: usize) -> String {
    let word = if width > "═today═".chars().count() { "═ today " } else { "═today" };
    format!("{word:═<width$}")
}

/// Lines of a row: those of the tallest day, whose stacked boxes share walls.
fn row_height(row: &Row<'_>, plan: Plan) -> usize {
    let day_height = |slots: &Vec<&Slot>| {
        slots.iter().map(|slot| card::lines(slot, plan.inner()).len() + 1).sum::<usize>()
    };
    row.days.iter().map(day_height).max().unwrap_or(0) + 1
}

fn draw_row(canvas: &mut Canvas, plan: Plan, row: &Row<'_>, top: usize) {
    if plan.gutter > 0 {
        canvas.write(0, top + 1, &row.from.format("%H:%M").to_string(), Ink::Faint);
        if row.after_gap {
            canvas.write(2, top.saturating_sub(1), "⋮", Ink::Faint);
        }
    }
    for (day, slots) in row.days.iter().enumerate() {
        let mut y = top;
        for slot in slots {
            y += draw_slot(canvas, plan, slot, (plan.left(day), y));
        }
    }
}

/// Returns the lines down to the wall that the next box below shares.
fn draw_slot(canvas: &mut Canvas, plan: Plan, slot: &Slot, (x, y): (usize, usize)) -> usize {
    let lines = card::lines(slot, plan.inner());
    for (offset, (line, ink)) in lines.iter().enumerate() {
        canvas.write(x + 1, y + 1 + offset, line, *ink);
    }
    canvas.frame(Area { x, y, width: plan.box_width, height: lines.len() + 2 }, pen(slot.mark));
    lines.len() + 1
}

fn pen(mark: Mark) -> Pen {
    let weight = if mark.outsourced() { Weight::Heavy } else { Weight::Light };
    Pen { weight, dashed: mark == Mark::Cancelled, ink: Ink::Edge(mark) }
}
