//! Dates, times and durations that people enter, in the hub's time zone. Syntax is checked when the command
//! line is parsed; relative words are resolved with the date of the run.

use std::str::FromStr;

use chrono::{Datelike, Days, NaiveTime, SecondsFormat, TimeDelta, Weekday};

pub(crate) use super::wall_clock::{instant, span, start_of, twice, week_range};
use crate::model::prelude::*;

/// Dates outside are mistakes, or placeholders of another system.
const YEARS: std::ops::RangeInclusive<i32> = 1850..=2200;

/// A calendar date in the unambiguous form `2026-12-01`. None for any other form; an error if it is too far
/// away.
pub(crate) fn date(text: &str) -> Option<Result<NaiveDate, String>> {
    // Requires a year of four digits, so that `12-1-3` is no date, and no sign, which chrono accepts.
    let has_form = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let date: NaiveDate = text.parse().ok().filter(|_| has_form)?;
    Some(if YEARS.contains(&date.year()) { Ok(date) } else { Err(out_of_range(text)) })
}

/// `2026-11-22T09:00:00Z`.
pub(crate) fn in_utc(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// `22 November 2026`.
pub(crate) fn long_date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// The same for tables: a time after it, as databases write one, must be midnight.
fn date_of_table(text: &str) -> Option<Result<NaiveDate, String>> {
    let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let is_midnight = time.chars().all(|letter| matches!(letter, '0' | ':' | '.' | 'Z'));
    date(day).filter(|_| is_midnight)
}

/// The date in a table's cell, or the reason why it is none; `what` names the cell, `such_as` is an example.
pub(crate) fn day_of_table(what: &str, text: &str, such_as: &str) -> Result<NaiveDate, String> {
    match date_of_table(text) {
        Some(found) => found.map_err(|why| format!("{what} {why}")),
        None => Err(format!("{what} `{text}` is not a date such as {such_as}")),
    }
}

/// The message about a date in another year.
pub(crate) fn out_of_range(text: &str) -> String {
    format!("`{text}` lies outside {}-01-01 to {}-12-31", YEARS.start(), YEARS.end())
}

/// A calendar date: `2026-12-01`, `today`, `tomorrow`, `yesterday`, `monday`, `+3d`, `-2w`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Day {
    On(NaiveDate),
    Away(i64),
    Weekday(Weekday),
}

impl Day {
    /// A day of the week is the next one, today included.
    pub(crate) fn resolve(self, today: NaiveDate) -> NaiveDate {
        match self {
            Day::On(date) => date,
            Day::Away(days) => today.checked_add_signed(TimeDelta::days(days)).unwrap_or(today),
            Day::Weekday(weekday) => {
                let days = weekday.days_since(today.weekday());
                today.checked_add_days(Days::new(days.into())).unwrap_or(today)
            }
        }
    }

    /// The same for what has already been: a day of the week is the last one, today included.
    pub(crate) fn resolve_past(self, today: NaiveDate) -> NaiveDate {
        match self {
            Day::Weekday(weekday) => {
                let days = today.weekday().days_since(weekday);
                today.checked_sub_days(Days::new(days.into())).unwrap_or(today)
            }
            other => other.resolve(today),
        }
    }
}

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let word = text.trim().to_lowercase();
        let relative = match word.as_str() {
            "today" => Some(Day::Away(0)),
            "tomorrow" => Some(Day::Away(1)),
            "yesterday" => Some(Day::Away(-1)),
            _ => weekday(&word).map(Day::Weekday).or_else(|| distance(&word).map(Day::Away)),
        };
        match relative {
            Some(day) => Ok(day),
            None => date(&word).unwrap_or_else(|| Err(not_a_date(text))).map(Day::On),
        }
    }
}

/// `+3d`, `-2w`: days from today.
fn distance(word: &str) -> Option<i64> {
    let (sign, rest) = match word.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let unit = match rest.chars().last()? {
        'd' => 1,
        'w' => 7,
        _ => return None,
    };
    let count: i64 = rest.get(..rest.len() - 1)?.parse().ok()?;
    (0..=5_000).contains(&count).then(|| sign * unit * count)
}

pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    (word.len() >= 3).then(|| word.parse().ok()).flatten()
}

fn not_a_date(text: &str) -> String {
    let ambiguous = text.contains('/') || text.contains('.');
    let why = if ambiguous { "it could be read in two ways; " } else { "" };
    format!("`{text}` is not a date: {why}write 2026-12-01, today, tomorrow, monday, +3d or -2w")
}

/// A moment: `2026-12-01 09:00`, `tomorrow 9:30`, `2026-12-01T09:00` in the hub's time zone, or with an
/// offset of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    At(DateTime<Utc>),
    Local(Day, NaiveTime),
}

impl Moment {
    /// An error for a local time that the clocks skip.
    pub(crate) fn resolve(self, today: NaiveDate, zone: Zone) -> Result<DateTime<Utc>, String> {
        match self {
            Moment::At(instant) => Ok(instant),
            Moment::Local(day, time) => instant(day.resolve(today).and_time(time), zone),
        }
    }

    /// What is to be said of a local time that comes twice.
    pub(crate) fn twice(self, today: NaiveDate, zone: Zone) -> Option<String> {
        match self {
            Moment::At(_) => None,
            Moment::Local(day, time) => twice(day.resolve(today).and_time(time), zone),
        }
    }
}

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
            let instant = instant.with_timezone(&Utc);
            return YEARS
                .contains(&instant.year())
                .then_some(Moment::At(instant))
                .ok_or_else(|| out_of_range(text));
        }
        let words = text.trim();
        let (day, time) = words.rsplit_once([' ', 'T', 't']).ok_or_else(|| not_a_moment(text))?;
        let time = time_of_day(time).ok_or_else(|| not_a_moment(text))?;
        date(day).transpose()?;
        Ok(Moment::Local(day.parse().map_err(|_why: String| not_a_moment(text))?, time))
    }
}

/// `9:00`, `09:00`, `0900`, `09:00:00`.
pub(crate) fn time_of_day(text: &str) -> Option<NaiveTime> {
    ["%H:%M", "%H:%M:%S"].iter().find_map(|form| NaiveTime::parse_from_str(text, form).ok()).or_else(|| {
        let is_bare = text.len() == 4 && text.chars().all(|letter| letter.is_ascii_digit());
        is_bare.then(|| NaiveTime::parse_from_str(text, "%H%M").ok()).flatten()
    })
}

fn not_a_moment(text: &str) -> String {
    format!(
        "`{text}` is not a date and time: write \"2026-12-01 09:00\", \"tomorrow 9:30\" or \"monday 18:00\""
    )
}

/// Minutes, from `30`, `30m`, `30 min`, `1h`, `1h30`, `1:30`. A visit lasts from one minute to a day.
pub(crate) fn minutes(text: &str) -> Result<i64, String> {
    let bare: String = text.to_lowercase().chars().filter(|letter| !letter.is_whitespace()).collect();
    let trimmed =
        bare.strip_suffix("minutes").or(bare.strip_suffix("min")).or(bare.strip_suffix('m')).unwrap_or(&bare);
    let total = match trimmed.split_once(['h', ':']) {
        Some((hours, "")) if trimmed.ends_with('h') => whole(hours).map(|hours| hours * 60),
        Some((hours, rest)) => {
            whole(hours).zip(whole(rest).filter(|rest| *rest < 60)).map(|(hours, rest)| hours * 60 + rest)
        }
        None => whole(trimmed),
    };
    match total {
        Some(minutes @ 1..=1_440) => Ok(minutes),
        Some(_) => Err(format!("`{text}` is not the length of a visit: it lasts from 1 minute to 24 hours")),
        None => Err(format!("`{text}` is not a duration: write 30, 45m, 1h or 1h30")),
    }
}

fn whole(text: &str) -> Option<i64> {
    let is_number = !text.is_empty() && text.len() <= 5 && text.chars().all(|letter| letter.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// The days of a weekly repetition: `mon,wed,fri`, `daily`, `weekdays`, `weekends`.
pub(crate) fn weekdays(text: &str) -> Result<Vec<Weekday>, String> {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    match text.trim().to_lowercase().as_str() {
        "daily" => return Ok(vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun]),
        "weekdays" => return Ok(vec![Mon, Tue, Wed, Thu, Fri]),
        "weekends" => return Ok(vec![Sat, Sun]),
        _ => {}
    }
    let mut days = Vec::new();
    for word in text.split(',') {
        let word = word.trim().to_lowercase();
        let day = weekday(&word).ok_or_else(|| {
            format!("`{word}` is not a day of the week: write mon,wed,fri, daily, weekdays or weekends")
        })?;
        if !days.contains(&day) {
            days.push(day);
        }
    }
    Ok(days)
}

/// The Monday on or before a date.
pub(crate) fn monday(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(Days::new(date.weekday().num_days_from_monday().into())).unwrap_or(date)
}

/// A week: `2026-W49`, or any day in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Week {
    Of(Day),
    Number { year: i32, week: u32 },
}

impl Week {
    pub(crate) fn monday(self, today: NaiveDate) -> NaiveDate {
        match self {
            Week::Of(day) => monday(day.resolve(today)),
            Week::Number { year, week } => {
                NaiveDate::from_isoywd_opt(year, week, Weekday::Mon).unwrap_or(today)
            }
        }
    }
}

impl FromStr for Week {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.trim().split_once("-W").or(text.trim().split_once("-w"));
        let Some((year, week)) = parts else {
            date(text.trim()).transpose()?;
            return text
                .parse()
                .map(Week::Of)
                .map_err(|_why| format!("`{text}` is not a week: write 2026-W49 or any day in it"));
        };
        let numbers = year.parse().ok().zip(week.parse().ok());
        let exists =
            |(year, week): &(i32, u32)| NaiveDate::from_isoywd_opt(*year, *week, Weekday::Mon).is_some();
        match numbers.filter(exists) {
            Some((year, week)) if YEARS.contains(&year) => Ok(Week::Number { year, week }),
            Some(_) => Err(out_of_range(text)),
            None => Err(format!("`{text}` is not a week: a year has 52 or 53, such as 2026-W49")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Result<NaiveDate, String> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(); // a Sunday
        text.parse::<Day>().map(|day| day.resolve(today))
    }

    #[test]
    fn dates_people_type() {
        let table = [
            ("2026-12-01", "2026-12-01"),
            ("today", "2026-11-22"),
            ("Tomorrow", "2026-11-23"),
            ("yesterday", "2026-11-21"),
            ("monday", "2026-11-23"),
            ("sun", "2026-11-22"),
            ("+3d", "2026-11-25"),
            ("-2w", "2026-11-08"),
        ];
        for (text, meant) in table {
            assert_eq!(day(text).unwrap().to_string(), meant, "{text}");
        }
    }

    #[test]
    fn a_day_of_the_week_is_to_come_or_past() {
        let sunday = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        for (text, next, last) in [
            ("monday", "2026-11-23", "2026-11-16"),
            ("sat", "2026-11-28", "2026-11-21"),
            ("sunday", "2026-11-22", "2026-11-22"),
            ("+3d", "2026-11-25", "2026-11-25"),
            ("2026-12-01", "2026-12-01", "2026-12-01"),
        ] {
            let day: Day = text.parse().unwrap();
            assert_eq!(day.resolve(sunday).to_string(), next, "{text}");
            assert_eq!(day.resolve_past(sunday).to_string(), last, "{text}");
        }
    }

    #[test]
    fn dates_that_are_refused() {
        for text in [
            "", "11/12/2026", "1.12.2026", "2026-13-01", "2026-02-30", "26-12-01", "mo", "+d", "+9999999d",
            "someday", "+1970-3-01", "12026-1-01",
        ] {
            assert!(day(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_too_far_away_is_a_slip() {
        for text in ["0000-01-01", "0001-01-01", "1849-12-31", "2201-01-01", "9999-12-31"] {
            let why = format!("`{text}` lies outside 1850-01-01 to 2200-12-31");
            assert_eq!(day(text), Err(why.clone()));
            assert_eq!(date_of_table(&format!("{text} 00:00:00")), Some(Err(why.clone())));
            assert_eq!(text.parse::<Week>(), Err(why.clone()));
            assert_eq!(format!("{text} 09:00").parse::<Moment>(), Err(why));
            let instant = format!("{text}T09:00:00Z");
            assert_eq!(instant.parse::<Moment>(), Err(out_of_range(&instant)));
        }
        assert_eq!("0026-W01".parse::<Week>(), Err(out_of_range("0026-W01")));
        for text in ["1850-01-01", "2200-12-31"] {
            assert!(day(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn durations() {
        for (text, meant) in
            [("30", 30), ("45m", 45), ("30 min", 30), ("1h", 60), ("1h30", 90), ("1:30", 90), ("24h", 1_440)]
        {
            assert_eq!(minutes(text), Ok(meant), "{text}");
        }
        for text in ["", "0", "-5", "25h", "1h60", "half an hour", "3.5", "99999999999999999999"] {
            assert!(minutes(text).is_err(), "{text}");
        }
    }

    #[test]
    fn moments_follow_the_clock_on_the_wall() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 28).unwrap();
        let at = |text: &str| {
            text.parse::<Moment>().and_then(|moment| moment.resolve(today, "Europe/London".parse().unwrap()))
        };
        assert_eq!(at("2026-12-01 09:00").unwrap().to_rfc3339(), "2026-12-01T09:00:00+00:00");
        assert_eq!(at("2026-07-01 9:00").unwrap().to_rfc3339(), "2026-07-01T08:00:00+00:00");
        assert_eq!(at("2026-10-25 01:30").unwrap().to_rfc3339(), "2026-10-25T00:30:00+00:00");
        assert!(at("tomorrow 01:30").is_err(), "the clocks skip it");
        assert!(at("2026-12-01").is_err());
        assert!(at("2026-12-01 25:00").is_err());
    }

    #[test]
    fn weeks() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let monday = |text: &str| text.parse::<Week>().map(|week| week.monday(today).to_string());
        assert_eq!(monday("2026-W49").unwrap(), "2026-11-30");
        assert_eq!(monday("2026-12-02").unwrap(), "2026-11-30");
        assert!(monday("2026-W54").is_err());
    }
}
