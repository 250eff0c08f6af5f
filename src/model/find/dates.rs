//! Dates as people say them.

use chrono::Month;

use crate::model::prelude::*;
use crate::model::time;

/// The dates that a text may mean: none if it is no date, two where day and month could be either.
pub(super) fn spoken_dates(text: &str) -> Vec<NaiveDate> {
    if let Some(date) = time::date(text) {
        return date.into_iter().collect();
    }
    let parts: Vec<&str> = text.split([' ', '.', '/', '-']).filter(|part| !part.is_empty()).collect();
    let [one, two, year] = parts.as_slice() else { return Vec::new() };
    let Some(year) = year.parse().ok().filter(|_| year.len() == 4) else { return Vec::new() };
    let mut dates: Vec<NaiveDate> =
        [(one, two), (two, one)].into_iter().filter_map(|(day, month)| of(year, month, day)).collect();
    dates.dedup();
    dates
}

fn of(year: i32, month: &str, day: &str) -> Option<NaiveDate> {
    let named = || month.parse::<Month>().ok().map(|month| month.number_from_month());
    let month = month.parse().ok().filter(|_| month.len() <= 2).or_else(named)?;
    let day = ["st", "nd", "rd", "th"].iter().find_map(|ending| day.strip_suffix(ending)).unwrap_or(day);
    NaiveDate::from_ymd_opt(year, month, day.parse().ok().filter(|_| day.len() <= 2)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_said_in_many_ways() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for text in
            ["1950-11-25", "25 Nov 1950", "Nov 25 1950", "25th november 1950", "25.11.1950", "11/25/1950"]
        {
            assert_eq!(spoken_dates(text), [day("1950-11-25")], "{text}");
        }
        assert_eq!(spoken_dates("12.11.1950"), [day("1950-11-12"), day("1950-12-11")]);
        assert_eq!(spoken_dates("11-11-1950"), [day("1950-11-11")]);
        for text in ["25 Foo 1950", "31 Feb 1950", "1950", "1 2 3", "012 345 6789", "nov 1950"] {
            assert!(spoken_dates(text).is_empty(), "{text}");
        }
    }
}
