//! Sorts the visits of a week into rows that all days share, so that the same time of day is at the same
//! height.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveTime, Timelike};

use super::Slot;

/// One row of the drawing: visits that begin at about the same time of day.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// The earliest start in the row, to the minute.
    pub(super) from: NaiveTime,
    /// Whether hours without visits were left out above this row.
    pub(super) after_gap: bool,
    /// Monday to Sunday: the visits of the day in this row, at one time.
    pub(super) days: [Vec<&'a Slot>; 7],
}

/// Visits that start at the same time are always in the same row. Another time of the same hour joins the row
/// above if no day has visits at both, which keeps a crowded week short and the order of each day. Visits
/// outside the week are left out.
pub(super) fn rows<'a>(monday: NaiveDate, slots: &'a [Slot]) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut last_hour = None;
    for (time, days) in by_time(monday, slots) {
        match rows.last_mut() {
            Some(row) if row.from.hour() == time.hour() && row.takes(&days) => row.join(days),
            _ => {
                let after_gap = last_hour.is_some_and(|last| time.hour() > last + 1);
                rows.push(Row { from: time, after_gap, days });
            }
        }
        last_hour = Some(time.hour());
    }
    rows
}

/// The day of the week of a slot: 0 is Monday; none outside the week.
pub(super) fn weekday(monday: NaiveDate, slot: &Slot) -> Option<usize> {
    (0..7)
        .find(|day| monday.checked_add_days(Days::new(*day)) == Some(slot.start.date()))
        .and_then(|day| usize::try_from(day).ok())
}

impl<'a> Row<'a> {
    fn takes(&self, days: &[Vec<&'a Slot>; 7]) -> bool {
        self.days.iter().zip(days).all(|(mine, theirs)| mine.is_empty() || theirs.is_empty())
    }

    fn join(&mut self, days: [Vec<&'a Slot>; 7]) {
        for (mine, theirs) in self.days.iter_mut().zip(days) {
            mine.extend(theirs);
        }
    }
}

fn by_time(monday: NaiveDate, slots: &[Slot]) -> BTreeMap<NaiveTime, [Vec<&Slot>; 7]> {
    let mut times: BTreeMap<NaiveTime, [Vec<&Slot>; 7]> = BTreeMap::new();
    for slot in sorted(slots) {
        let minute =
            slot.start.time().with_second(0).and_then(|time| time.with_nanosecond(0)).unwrap_or_default();
        let Some(day) = weekday(monday, slot) else { continue };
        if let Some(visits) = times.entry(minute).or_default().get_mut(day) {
            visits.push(slot);
        }
    }
    times
}

/// By time, then length and code, so that the drawing does not depend on the given order.
fn sorted(slots: &[Slot]) -> Vec<&Slot> {
    let mut slots: Vec<&Slot> = slots.iter().collect();
    slots.sort_by(|a, b| (a.start, a.minutes, &a.code).cmp(&(b.start, b.minutes, &b.code)));
    slots
}
