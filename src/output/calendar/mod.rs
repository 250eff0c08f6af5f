//! Draws one week of a referral's visits as text (rule 1.10): days side by side, outsourced visits in a
//! heavier border with an icon and a word.

mod canvas;
mod card;
mod grid;
mod heading;
mod ink;
mod list;
mod rows;
#[cfg(test)]
mod tests;

use super::{style, wrap};
use crate::model::time;
use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveDateTime, TimeZone};

use self::ink::{Ink, paint};
use super::sanitize::sanitize;

/// How a visit is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Not outsourced.
    Own,
    Pending,
    Accepted,
    Rejected,
    Cancelled,
}

/// One visit of the week.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    /// In the hub's local time; the visit is drawn on this day even if it ends on the next.
    pub(crate) start: NaiveDateTime,
    /// In the hub's local time. If the clocks change in between it is not `start` plus `minutes`, and the
    /// drawing shows it.
    pub(crate) end: NaiveDateTime,
    /// The duration of the visit.
    pub(crate) minutes: i64,
    /// The visit's code, written if there is room.
    pub(crate) code: String,
    pub(crate) mark: Mark,
    /// The reference of the package, written if there is room.
    pub(crate) package: Option<String>,
    /// A short text that is always written, like `offered 30 min` if the live value differs from the offered
    /// one; cut to two lines on narrow screens.
    pub(crate) note: Option<String>,
}

/// The abilities of the screen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// Columns. From 80 the days are drawn side by side, otherwise below each other; less than 16 counts as
    /// 16.
    pub(crate) width: usize,
    /// Whether the sixteen terminal colours may be used; otherwise the drawing has no escapes.
    pub(crate) colour: bool,
}

/// The least columns for days side by side; with fewer, a status or a time would be cut.
const SIDE_BY_SIDE: usize = 80;
const NARROWEST: usize = 16;

/// The week of `week_start`, from its Monday, as lines that each end in a newline. `title` names whose week
/// it is; if empty there is no title line. Slots outside the week are neither drawn nor counted. The order of
/// the slots does not matter.
pub(crate) fn draw(
    week_start: NaiveDate, today: NaiveDate, title: &str, slots: &[Slot], style: Style,
) -> String {
    let style = Style { width: style.width.max(NARROWEST), ..style };
    let monday = monday_of(week_start);
    let slots: Vec<Slot> =
        slots.iter().filter(|slot| rows::weekday(monday, slot).is_some()).map(Slot::cleaned).collect();
    let mut lines = headings(monday, title, style);
    lines.push(String::new());
    if slots.is_empty() {
        let words = format!("No visits from {}.", time::week_range(monday).replace('–', "to"));
        lines.extend(wrap::wrap(&words, style.width));
    } else {
        lines.extend(week(monday, today, &slots, style));
    }
    lines.push(String::new());
    lines.join("\n")
}

impl Mark {
    const ALL: [Mark; 5] = [Mark::Own, Mark::Pending, Mark::Accepted, Mark::Rejected, Mark::Cancelled];

    /// Whether the visit is in a package and was not cancelled.
    fn outsourced(self) -> bool {
        matches!(self, Mark::Pending | Mark::Accepted | Mark::Rejected)
    }

    fn icon(self) -> Option<char> {
        match self {
            Mark::Own => None,
            Mark::Pending => Some('◷'),
            Mark::Accepted => Some('✓'),
            Mark::Rejected => Some('✗'),
            Mark::Cancelled => Some('⊘'),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Mark::Own => "not outsourced",
            Mark::Pending => "pending",
            Mark::Accepted => "accepted",
            Mark::Rejected => "rejected",
            Mark::Cancelled => "cancelled",
        }
    }
}

impl Slot {
    /// A visit that starts at an instant in the hub's time zone; the zone gives the local end. Package and
    /// note are empty.
    pub(crate) fn new<Z: TimeZone>(
        start: &DateTime<Z>, minutes: i64, code: impl Into<String>, mark: Mark,
    ) -> Self {
        let end = Duration::try_minutes(minutes).and_then(|length| start.clone().checked_add_signed(length));
        Slot {
            start: start.naive_local(),
            end: end.map_or_else(|| start.naive_local(), |end| end.naive_local()),
            minutes,
            code: code.into(),
            mark,
            package: None,
            note: None,
        }
    }

    fn cleaned(&self) -> Self {
        let cleaned = |text: &String| sanitize(text).into_owned();
        Slot {
            code: cleaned(&self.code),
            package: self.package.as_ref().map(cleaned),
            note: self.note.as_ref().map(cleaned),
            ..*self
        }
    }
}

fn headings(monday: NaiveDate, title: &str, style: Style) -> Vec<String> {
    let title = wrap::wrap(&sanitize(title), style.width);
    let mut lines: Vec<String> = title.iter().map(|line| paint(line, Ink::Strong, style.colour)).collect();
    lines.extend(heading::week(monday, style.width));
    lines
}

fn week(monday: NaiveDate, today: NaiveDate, slots: &[Slot], style: Style) -> Vec<String> {
    let side_by_side = style.width >= SIDE_BY_SIDE;
    let draw_days = if side_by_side { grid::grid } else { list::list };
    let mut lines = draw_days(monday, today, slots, style);
    lines.push(String::new());
    let shown: Vec<&Slot> = slots.iter().collect();
    lines.extend(heading::legend(&shown, side_by_side, style));
    lines.extend(wrap::wrap(&heading::totals(&shown), style.width));
    lines
}

fn monday_of(date: NaiveDate) -> NaiveDate {
    let past = u64::from(date.weekday().num_days_from_monday());
    date.checked_sub_days(Days::new(past)).unwrap_or(date)
}
