//! The period of a report: whole days in the hub's time zone, both ends included, and its months.

use std::str::FromStr;

use chrono::{Datelike, Months};

use crate::model::prelude::*;
use crate::model::time::{self, Day};

/// An end of a period: a month such as `2026-10`, or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edge {
    /// Its first day.
    Month(NaiveDate),
    Day(Day),
}

impl FromStr for Edge {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_month = text.len() == 7 && text.as_bytes().get(4) == Some(&b'-');
        let first = time::date(&format!("{text}-01")).filter(|_| is_month);
        match first {
            Some(first) => Ok(Edge::Month(first?)),
            None => text
                .parse()
                .map(Edge::Day)
                .map_err(|_: String| format!("`{text}` is neither a month such as 2026-10 nor a day such as 2026-10-31, yesterday or -2w")),
        }
    }
}

impl Edge {
    fn first(self, today: NaiveDate) -> NaiveDate {
        match self {
            Edge::Month(first) => first,
            Edge::Day(day) => day.resolve_past(today),
        }
    }

    fn last(self, today: NaiveDate) -> NaiveDate {
        match self {
            Edge::Month(first) => month_after(first).pred_opt().unwrap_or(first),
            Edge::Day(day) => day.resolve_past(today),
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Period {
    pub(crate) from: NaiveDate,
    pub(crate) to: NaiveDate,
    /// Its first instant, and the first after it.
    pub(crate) begin: DateTime<Utc>,
    pub(crate) end: DateTime<Utc>,
    /// Each month, and when it begins.
    months: Vec<(String, DateTime<Utc>)>,
}

/// Without a begin, this month and so many before it.
const MONTHS_BEFORE: u32 = 11;

impl Period {
    /// Invalid if it ends before it begins.
    pub(crate) fn new(from: Option<Edge>, to: Option<Edge>, today: NaiveDate, zone: Zone) -> Result<Period> {
        let to = to.map_or(today, |edge| edge.last(today));
        let usual = first_of_month(to).checked_sub_months(Months::new(MONTHS_BEFORE)).unwrap_or(to);
        let from = from.map_or(usual, |edge| edge.first(today));
        if from > to {
            let message = format!("the period ends on {to}, before it begins on {from}");
            return Err(Error::invalid("report.period", message));
        }
        let instant = |day| time::start_of(day, zone).map_err(|why| Error::invalid("report.period", why));
        let mut months = Vec::new();
        let mut first = first_of_month(from);
        while first <= to {
            months.push((first.format("%Y-%m").to_string(), instant(first)?));
            first = month_after(first);
        }
        let after = to.succ_opt().unwrap_or(to);
        Ok(Period { from, to, begin: instant(from)?, end: instant(after)?, months })
    }

    /// The place of the month of an instant among its months.
    pub(crate) fn month_of(&self, at: DateTime<Utc>) -> usize {
        self.months.partition_point(|(_, begin)| *begin <= at).saturating_sub(1)
    }

    pub(crate) fn months(&self) -> impl ExactSizeIterator<Item = &str> {
        self.months.iter().map(|(name, _)| name.as_str())
    }

    /// `1 September to 26 November 2026`.
    pub(crate) fn words(&self) -> String {
        let from = if self.from.year() == self.to.year() {
            self.from.format("%-d %B").to_string()
        } else {
            time::long_date(self.from)
        };
        format!("{from} to {}", time::long_date(self.to))
    }
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn month_after(first: NaiveDate) -> NaiveDate {
    first.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: Option<&str>, to: Option<&str>) -> Result<Period> {
        let edge = |text: &str| text.parse::<Edge>().unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
        Period::new(from.map(edge), to.map(edge), today, "Europe/London".parse().unwrap())
    }

    #[test]
    fn both_ends_are_included() {
        let autumn = period(Some("2026-09"), Some("2026-10")).unwrap();
        assert_eq!(autumn.words(), "1 September to 31 October 2026");
        // Summer time ends on 25 October.
        assert_eq!(autumn.begin.to_rfc3339(), "2026-08-31T23:00:00+00:00");
        assert_eq!(autumn.end.to_rfc3339(), "2026-11-01T00:00:00+00:00");
        let days = period(Some("2026-09-15"), Some("2026-09-15")).unwrap();
        assert_eq!((days.end - days.begin).num_hours(), 24);
        assert_eq!(days.months().collect::<Vec<_>>(), ["2026-09"]);
    }

    #[test]
    fn the_usual_period_is_a_year_of_months() {
        let usual = period(None, None).unwrap();
        assert_eq!(usual.words(), "1 December 2025 to 26 November 2026");
        assert_eq!(usual.months().len(), 12);
        let at = |text: &str| usual.month_of(text.parse().unwrap());
        assert_eq!(
            [at("2025-12-01T00:00:00Z"), at("2026-03-31T22:59:59Z"), at("2026-03-31T23:00:00Z")],
            [0, 3, 4]
        );
    }

    #[test]
    fn what_is_no_period_is_refused() {
        assert!(period(Some("2026-12"), None).is_err());
        assert!("2026-13".parse::<Edge>().is_err());
        assert!("october".parse::<Edge>().is_err());
    }
}
