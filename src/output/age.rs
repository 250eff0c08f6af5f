//! Durations and ages for people.

use chrono::{DateTime, TimeDelta, Utc};

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
const MONTH: i64 = 30 * DAY;
const YEAR: i64 = 365 * DAY;
const TWO_DAYS: i64 = 2 * DAY;
const TWO_MONTHS: i64 = 2 * MONTH;
const TWO_YEARS: i64 = 2 * YEAR;

/// `2 h ago`, `3 days ago`; `in 5 min` for the future.
pub(super) fn ago(instant: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let passed = now - instant;
    if passed.abs() < TimeDelta::minutes(1) {
        return if passed < TimeDelta::zero() { "in a moment" } else { "just now" }.to_owned();
    }
    let span = span(passed.num_minutes().abs());
    if passed < TimeDelta::zero() { format!("in {span}") } else { format!("{span} ago") }
}

/// `45 min`, `2 h`, `3 days`, `4 months`, `2 years`: in the largest unit of which there are at least two.
pub(super) fn span(minutes: i64) -> String {
    match minutes {
        ..HOUR => format!("{minutes} min"),
        HOUR..TWO_DAYS => format!("{} h", minutes / HOUR),
        TWO_DAYS..TWO_MONTHS => format!("{} days", minutes / DAY),
        TWO_MONTHS..TWO_YEARS => format!("{} months", minutes / MONTH),
        _ => format!("{} years", minutes / YEAR),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_said_as_people_say_them() {
        let now = "2026-11-22T09:00:00Z".parse().unwrap();
        let said = |instant: &str| ago(instant.parse().unwrap(), now);
        assert_eq!(said("2026-11-22T08:59:30Z"), "just now");
        assert_eq!(said("2026-11-22T07:00:00Z"), "2 h ago");
        assert_eq!(said("2026-11-20T08:00:00Z"), "2 days ago");
        assert_eq!(said("2026-06-22T09:00:00Z"), "5 months ago");
        assert_eq!(said("2020-01-01T00:00:00Z"), "6 years ago");
        assert_eq!(said("2026-11-22T09:05:00Z"), "in 5 min");
        assert_eq!(said("2026-11-22T09:00:30Z"), "in a moment");
    }

    #[test]
    fn no_unit_is_said_of_one_alone_but_the_hour() {
        assert_eq!(span(0), "0 min");
        assert_eq!(span(60), "1 h");
        assert_eq!(span(TWO_DAYS - 1), "47 h");
        assert_eq!(span(TWO_MONTHS - 1), "59 days");
        assert_eq!(span(TWO_YEARS - 1), "24 months");
    }
}
