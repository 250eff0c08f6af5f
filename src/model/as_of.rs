//! An instant of which people ask how all stood: a day, which means its end, a moment, or so long ago.

use std::str::FromStr;

use chrono::TimeDelta;

use super::span::span;
use super::time::{self, Day, Moment};
use crate::model::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AsOf {
    Day(Day),
    Moment(Moment),
    Ago(TimeDelta),
}

impl AsOf {
    /// The present day means now. An error for a local time that the clocks skip.
    pub(crate) fn resolve(
        self, now: DateTime<Utc>, today: NaiveDate, zone: Zone,
    ) -> Result<DateTime<Utc>, String> {
        match self {
            AsOf::Moment(moment) => moment.resolve(today, zone),
            AsOf::Ago(span) => {
                now.checked_sub_signed(span).ok_or_else(|| "the time is too far away".to_owned())
            }
            AsOf::Day(day) if day.resolve_past(today) == today => Ok(now),
            AsOf::Day(day) => {
                let next = day.resolve_past(today).succ_opt().unwrap_or(today);
                // The grain of everything stored.
                Ok(time::start_of(next, zone)? - TimeDelta::milliseconds(1))
            }
        }
    }
}

impl AsOf {
    /// The same, but for a day its beginning.
    pub(crate) fn beginning(
        self, now: DateTime<Utc>, today: NaiveDate, zone: Zone,
    ) -> Result<DateTime<Utc>, String> {
        match self {
            AsOf::Day(day) => time::start_of(day.resolve_past(today), zone),
            other => other.resolve(now, today, zone),
        }
    }

    /// What is to be said of a local time that comes twice.
    pub(crate) fn twice(self, today: NaiveDate, zone: Zone) -> Option<String> {
        match self {
            AsOf::Moment(moment) => moment.twice(today, zone),
            AsOf::Day(_) | AsOf::Ago(_) => None,
        }
    }
}

impl FromStr for AsOf {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(day) = text.parse() {
            return Ok(AsOf::Day(day));
        }
        if let Some(ago) = text.trim().strip_prefix('-').and_then(|ago| span(ago).ok()) {
            return Ok(AsOf::Ago(ago));
        }
        text.parse().map(AsOf::Moment).map_err(|_why: String| {
            format!("`{text}` is neither a day nor a moment: write 2026-11-17, yesterday, -3d, -2h or \"2026-11-17 14:30\"")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_means_its_end_and_a_span_what_has_passed() {
        let now = "2026-11-26T09:00:00Z".parse().unwrap();
        let today = "2026-11-26".parse().unwrap();
        let zone: Zone = "Europe/London".parse().unwrap();
        for (text, wanted) in [
            ("2026-11-24", "2026-11-24T23:59:59.999Z"),
            ("2026-07-01", "2026-07-01T22:59:59.999Z"),
            ("yesterday", "2026-11-25T23:59:59.999Z"),
            ("today", "2026-11-26T09:00:00Z"),
            ("-1d", "2026-11-25T23:59:59.999Z"),
            ("monday", "2026-11-23T23:59:59.999Z"),
            ("-2h", "2026-11-26T07:00:00Z"),
            ("yesterday 14:30", "2026-11-25T14:30:00Z"),
            ("2026-07-01 14:30", "2026-07-01T13:30:00Z"),
            ("2026-07-01T14:30:00Z", "2026-07-01T14:30:00Z"),
        ] {
            let resolved = text.parse::<AsOf>().unwrap().resolve(now, today, zone).unwrap();
            assert_eq!(resolved, wanted.parse::<DateTime<Utc>>().unwrap(), "{text}");
        }
        let begun = |text: &str| text.parse::<AsOf>().unwrap().beginning(now, today, zone).unwrap();
        assert_eq!(begun("2026-07-01"), "2026-06-30T23:00:00Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(begun("-2h"), "2026-11-26T07:00:00Z".parse::<DateTime<Utc>>().unwrap());
        for wrong in ["", "soon", "2h", "-2x", "26/11/2026"] {
            assert!(wrong.parse::<AsOf>().is_err(), "{wrong}");
        }
    }
}
