//! The period of an entry, given by days or moments.

use std::str::FromStr;

use crate::model::prelude::*;
use crate::model::time::{Day, Moment, start_of};

/// `2026-12-01`, `monday`, `+3d`, or `2026-12-01 09:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    Day(Day),
    Moment(Moment),
}

impl When {
    /// The first instant of a day, in the hub's zone. None for today, which means now.
    pub(crate) fn start(self, today: NaiveDate, zone: Zone) -> Result<Option<DateTime<Utc>>, String> {
        match self {
            When::Moment(moment) => moment.resolve(today, zone).map(Some),
            When::Day(day) => match day.resolve(today) {
                day if day == today => Ok(None),
                day => start_of(day, zone).map(Some),
            },
        }
    }

    /// The exclusive end. A day counts to its end.
    pub(crate) fn end(self, today: NaiveDate, zone: Zone) -> Result<DateTime<Utc>, String> {
        match self {
            When::Moment(moment) => moment.resolve(today, zone),
            When::Day(day) => {
                let day = day.resolve(today);
                start_of(day.succ_opt().unwrap_or(day), zone)
            }
        }
    }
}

impl When {
    /// What is to be said of a local time that comes twice.
    pub(crate) fn twice(self, today: NaiveDate, zone: Zone) -> Option<String> {
        match self {
            When::Day(_) => None,
            When::Moment(moment) => moment.twice(today, zone),
        }
    }
}

impl FromStr for When {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(day) = text.parse() {
            return Ok(When::Day(day));
        }
        text.parse().map(When::Moment).map_err(|_why: String| {
            format!(
                "`{text}` is not a day or a moment: write 2026-12-01, tomorrow, +3d or \"2026-12-01 09:00\""
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_counts_from_its_start_to_its_end() {
        let (today, zone) = (NaiveDate::from_ymd_opt(2026, 3, 28).unwrap(), "Europe/London".parse().unwrap());
        let start =
            |text: &str| text.parse::<When>().unwrap().start(today, zone).unwrap().map(|at| at.to_rfc3339());
        let end = |text: &str| text.parse::<When>().unwrap().end(today, zone).unwrap().to_rfc3339();
        assert_eq!(start("today"), None);
        assert_eq!(start("tomorrow").unwrap(), "2026-03-29T00:00:00+00:00");
        assert_eq!(end("tomorrow"), "2026-03-29T23:00:00+00:00", "the clocks go forward in between");
        assert_eq!(end("2026-07-01"), "2026-07-01T23:00:00+00:00");
        assert_eq!(start("2026-07-01 09:00").unwrap(), "2026-07-01T08:00:00+00:00");
        assert_eq!(end("2026-07-01 09:00"), "2026-07-01T08:00:00+00:00");
        assert!("someday".parse::<When>().is_err());
        assert!("tomorrow 01:30".parse::<When>().unwrap().start(today, zone).is_err(), "the clocks skip it");
    }
}
