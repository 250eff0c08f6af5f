//! Spans of time that people enter, such as `4h`, and times to come, which are given as a span or as a moment.

use std::str::FromStr;

use chrono::TimeDelta;

use super::time::Moment;
use crate::model::prelude::*;

/// Ten years: what is longer is a mistake.
const LONGEST: TimeDelta = TimeDelta::days(3_650);

/// `30m`, `4h`, `1d`, `2w`, or several of them: `1d12h`. At least a minute.
pub(crate) fn span(text: &str) -> Result<TimeDelta, String> {
    let wrong = || format!("`{text}` is not a span of time: write 30m, 4h, 1d, 2w or 1d12h");
    let word: String = text.to_lowercase().chars().filter(|letter| !letter.is_whitespace()).collect();
    let mut rest = word.strip_prefix('+').unwrap_or(&word);
    let mut total = TimeDelta::zero();
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit()).ok_or_else(wrong)?;
        let (number, unit) = rest.split_at(digits);
        let number: i64 = number.parse().map_err(|_| wrong())?;
        let minutes = match unit.chars().next() {
            Some('m') => 1,
            Some('h') => 60,
            Some('d') => 24 * 60,
            Some('w') => 7 * 24 * 60,
            _ => return Err(wrong()),
        };
        let part = number.checked_mul(minutes).and_then(TimeDelta::try_minutes).ok_or_else(wrong)?;
        total = total.checked_add(&part).filter(|total| *total <= LONGEST).ok_or_else(|| {
            format!("`{text}` is too long: the longest span is {} days", LONGEST.num_days())
        })?;
        rest = unit.get(1..).unwrap_or_default();
    }
    if total.is_zero() { Err(wrong()) } else { Ok(total) }
}

/// A time to come: `4h` from now, or `tomorrow 9:30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    In(TimeDelta),
    At(Moment),
}

impl When {
    /// An error for a local time that the clocks skip.
    pub(crate) fn resolve(
        self, now: DateTime<Utc>, today: NaiveDate, zone: Zone,
    ) -> Result<DateTime<Utc>, String> {
        match self {
            When::In(span) => {
                now.checked_add_signed(span).ok_or_else(|| "the time is too far away".to_owned())
            }
            When::At(moment) => moment.resolve(today, zone),
        }
    }

    /// What is to be said of a local time that comes twice.
    pub(crate) fn twice(self, today: NaiveDate, zone: Zone) -> Option<String> {
        match self {
            When::In(_) => None,
            When::At(moment) => moment.twice(today, zone),
        }
    }
}

impl FromStr for When {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(span) = span(text) {
            return Ok(When::In(span));
        }
        text.parse().map(When::At).map_err(|why: String| {
            if why.contains("is not a date and time") { format!("{why}, or a span such as 4h") } else { why }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_people_write() {
        let table = [
            ("30m", Some(30)),
            ("4h", Some(240)),
            ("+4H", Some(240)),
            ("1d", Some(1_440)),
            ("2w", Some(20_160)),
            ("1d 12h", Some(2_160)),
            ("", None),
            ("0h", None),
            ("4", None),
            ("h", None),
            ("-4h", None),
            ("4y", None),
            ("3651d", None),
            ("99999999999999999999h", None),
            ("9223372036854775807w", None),
            ("4\u{e9}", None),
        ];
        for (text, minutes) in table {
            assert_eq!(span(text).ok().map(|span| span.num_minutes()), minutes, "{text}");
        }
    }

    #[test]
    fn times_to_come() {
        let now: DateTime<Utc> = "2026-11-22T10:00:00Z".parse().unwrap();
        let at = |text: &str| {
            text.parse::<When>().and_then(|when| when.resolve(now, now.date_naive(), Zone::utc()))
        };
        assert_eq!(at("4h").unwrap().to_rfc3339(), "2026-11-22T14:00:00+00:00");
        assert_eq!(at("tomorrow 9:30").unwrap().to_rfc3339(), "2026-11-23T09:30:00+00:00");
        assert!(at("soon").unwrap_err().contains("or a span such as 4h"));
    }
}
