//! Writes care schedules as iCalendar (RFC 5545). All ids and instants come from the caller, so the same
//! visits always give the same bytes.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use icalendar::{Calendar, Component, EventLike, Property};

/// The program that wrote the calendar (RFC 5545, 3.7.3).
const PRODUCT: &str = "-//caredesk//caredesk//EN";
/// Octets of a line without its end (RFC 5545, 3.1).
const LINE: usize = 75;
/// SEQUENCE is an integer of 32 bits with sign (RFC 5545, 3.3.8) and never negative.
const LAST_SEQUENCE: i64 = i32::MAX as i64;

/// One visit as an appointment.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    /// Stable for the life of the visit, so that a calendar program replaces the event.
    pub(crate) uid: String,
    /// Written to the second.
    pub(crate) start: DateTime<Utc>,
    /// Without a length (0 or less) the event has no end, as RFC 5545 requires.
    pub(crate) minutes: i64,
    pub(crate) status: EventStatus,
    /// Counts the changes of the visit; a calendar program keeps the highest.
    pub(crate) sequence: i64,
    /// The instant of this version.
    pub(crate) stamp: DateTime<Utc>,
    pub(crate) summary: String,
    pub(crate) description: Option<String>,
    pub(crate) location: Option<String>,
}

/// The status of an event (RFC 5545, 3.8.1.11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EventStatus {
    Tentative,
    Confirmed,
    Cancelled,
}

/// An event on a whole day.
#[derive(Clone, Debug)]
pub(crate) struct Day {
    /// Stable for the life of the thing.
    pub(crate) uid: String,
    pub(crate) date: NaiveDate,
    /// Higher after every change.
    pub(crate) sequence: i64,
    /// The instant of this version.
    pub(crate) stamp: DateTime<Utc>,
    pub(crate) summary: String,
    pub(crate) description: String,
}

/// As [`calendar`], with whole days, which do not block time.
pub(crate) fn days(name: &str, days: &[Day]) -> String {
    written(name, days.iter().map(day))
}

fn day(from: &Day) -> icalendar::Event {
    let mut event = icalendar::Event::new();
    event.uid(&text(&from.uid)).timestamp(from.stamp);
    event.starts(from.date).summary(&text(&from.summary)).description(&text(&from.description));
    event.add_property("SEQUENCE", from.sequence.clamp(0, LAST_SEQUENCE).to_string());
    event.add_property("TRANSP", "TRANSPARENT");
    event.done()
}

/// A calendar file with this name, events in the given order: UTF-8, lines ended by CR LF and folded at 75
/// octets. Events have no alarms, which are the reader's choice.
pub(crate) fn calendar(name: &str, events: &[Event]) -> String {
    written(name, events.iter().map(event))
}

fn written(name: &str, events: impl Iterator<Item = icalendar::Event>) -> String {
    let mut calendar = Calendar::empty();
    // Of the two name properties the crate escapes only this one, which programs read.
    let properties =
        [("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN"), ("X-WR-CALNAME", &text(name))];
    for (key, value) in properties {
        calendar.append_property(Property::new(key, value));
    }
    calendar.extend(events);
    refold(&calendar.to_string())
}

fn event(from: &Event) -> icalendar::Event {
    let mut event = icalendar::Event::new();
    // Without these two the crate takes a random number and the clock.
    event.uid(&text(&from.uid)).timestamp(from.stamp);
    event.starts(from.start).summary(&text(&from.summary)).status(from.status.into());
    event.add_property("SEQUENCE", from.sequence.clamp(0, LAST_SEQUENCE).to_string());
    let length = Duration::try_minutes(from.minutes).filter(|length| *length > Duration::zero());
    if let Some(end) = length.and_then(|length| from.start.checked_add_signed(length)) {
        event.ends(end);
    }
    if let Some(description) = &from.description {
        event.description(&text(description));
    }
    if let Some(location) = &from.location {
        event.location(&text(location));
    }
    event.done()
}

impl From<EventStatus> for icalendar::EventStatus {
    fn from(status: EventStatus) -> Self {
        match status {
            EventStatus::Tentative => icalendar::EventStatus::Tentative,
            EventStatus::Confirmed => icalendar::EventStatus::Confirmed,
            EventStatus::Cancelled => icalendar::EventStatus::Cancelled,
        }
    }
}

/// Text for a calendar: a line break becomes a newline, which the crate escapes, and other control
/// characters, which RFC 5545 (3.3.11) forbids and which could forge a line, become `�`.
fn text(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines.chars().map(|c| if c.is_control() && !matches!(c, '\n' | '\t') { '�' } else { c }).collect()
}

/// Folds the lines again: the crate can make the last continuation line one octet too long, and takes
/// quadratic time. No value holds a raw line break, so unfolding is exact.
fn refold(calendar: &str) -> String {
    let unfolded = calendar.replace("\r\n ", "");
    unfolded.split_terminator("\r\n").map(|line| fold(line) + "\r\n").collect()
}

fn fold(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + line.len() / LINE * 3);
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LINE {
            folded.push_str("\r\n ");
            used = 1;
        }
        folded.push(c);
        used += c.len_utf8();
    }
    folded
}

#[cfg(test)]
#[expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]
mod tests;
