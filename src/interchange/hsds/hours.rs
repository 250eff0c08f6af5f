//! Reads when something is open: weekly hours and holidays of HSDS 1, schedules of HSDS 3.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::fields::Fields;
use crate::model::directory::OpeningHours;

/// The columns of the tables of hours, of all versions.
pub(super) const COLUMNS: [&str; 20] = [
    "weekday", "opens_at", "closes_at", "opens", "closes", "start_date", "end_date", "closed", "valid_from",
    "valid_to", "freq", "interval", "byday", "byweekno", "bymonthday", "byyearday", "description", "notes",
    "attending_type", "schedule_link",
];

const TIMES: [&str; 5] = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M%p", "%H:%M:%S%.fZ"];
const DATES: [&str; 5] = ["%Y-%m-%d", "%m/%d/%y", "%m/%d/%Y", "%B %d, %Y", "%Y-%m-%dT%H:%M:%S%.fZ"];

/// One row or object; several days of the week make several of the result. Errors: a reason, in lower case.
pub(super) fn read(fields: &impl Fields) -> Result<Vec<OpeningHours>, String> {
    let (from, until) =
        (date(fields, &["valid_from", "start_date"])?, date(fields, &["valid_to", "end_date"])?);
    // Some exports write the year 1 for what comes back every year; no day is that, so it is kept as text.
    let is_yearly = from.or(until).is_some_and(|day| day.year() <= 1);
    let yearly = is_yearly.then(|| every_year(from, until));
    let hours = OpeningHours {
        weekday: None,
        opens: time(fields, &["opens_at", "opens"])?,
        closes: time(fields, &["closes_at", "closes"])?,
        starts_on: from.filter(|_| !is_yearly),
        ends_on: until.filter(|_| !is_yearly),
        closed: matches!(fields.field("closed").trim().to_lowercase().as_str(), "true" | "yes" | "1"),
        note: joined(yearly.into_iter().chain(note(fields)?)),
    };
    let weekdays = weekdays(fields)?;
    if weekdays.is_empty() {
        let says_something = hours != OpeningHours::default();
        return if says_something { Ok(vec![hours]) } else { Err("says nothing of when".to_owned()) };
    }
    Ok(weekdays.into_iter().map(|day| OpeningHours { weekday: Some(day), ..hours.clone() }).collect())
}

/// The days of the week on which it is so every week; none for a schedule of another rhythm, of which only the text is kept.
fn weekdays(fields: &impl Fields) -> Result<Vec<i64>, String> {
    let every = fields.field("interval");
    let is_weekly = matches!(fields.field("freq").trim().to_uppercase().as_str(), "" | "WEEKLY")
        && matches!(every.trim(), "" | "1");
    if !is_weekly {
        return Ok(Vec::new());
    }
    let (days, one) = (fields.field("byday"), fields.field("weekday"));
    let written = days.split([',', ' ']).chain([&*one]).map(str::trim).filter(|day| !day.is_empty());
    written.map(|day| weekday(day).ok_or_else(|| format!("`{day}` is not a day of the week"))).collect()
}

/// Whether a part of a rhythm is neither in the days of the week nor in the note.
pub(super) fn leaves(key: &str, fields: &impl Fields) -> bool {
    let is_week = matches!(fields.field("freq").trim().to_uppercase().as_str(), "" | "WEEKLY");
    let is_each = matches!(fields.field("interval").trim(), "" | "1");
    match key {
        "byweekno" | "bymonthday" | "byyearday" => is_week,
        "freq" | "interval" | "byday" => is_week && !is_each,
        _ => false,
    }
}

/// 1 is Monday. The name in English or its beginning of two letters and more, or a number from 1 to 7.
fn weekday(text: &str) -> Option<i64> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let text = text.to_lowercase();
    if let Ok(number) = text.parse::<i64>() {
        return (1..=7).contains(&number).then_some(number);
    }
    let name = text.trim_end_matches('.');
    let found = DAYS.iter().position(|day| name.len() >= 2 && day.starts_with(name))?;
    i64::try_from(found + 1).ok()
}

/// What no field of ours holds is kept as text.
fn note(fields: &impl Fields) -> Result<Option<String>, String> {
    let freq = fields.name("freq")?.filter(|freq| !freq.eq_ignore_ascii_case("weekly"));
    let rhythm: Vec<String> = match freq {
        None => Vec::new(),
        Some(freq) => {
            let parts = ["interval", "byday", "bymonthday", "byweekno", "byyearday"];
            let named = |key: &&str| match fields.name(key) {
                Ok(value) => value.map(|value| format!("{key} {value}")),
                Err(_) => None,
            };
            std::iter::once(freq.to_lowercase()).chain(parts.iter().filter_map(named)).collect()
        }
    };
    let rhythm = (!rhythm.is_empty()).then(|| rhythm.join(" "));
    let texts = ["description", "notes", "attending_type", "schedule_link"];
    let mut note: Vec<String> = rhythm.into_iter().collect();
    for key in texts {
        note.extend(fields.name(key)?);
    }
    Ok(joined(note))
}

fn joined(parts: impl IntoIterator<Item = String>) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// `every year from 1 June until 1 September`.
fn every_year(from: Option<NaiveDate>, until: Option<NaiveDate>) -> String {
    let day = |word: &str, day: Option<NaiveDate>| day.map(|day| format!(" {word} {}", day.format("%-d %B")));
    let (from, until) = (day("from", from).unwrap_or_default(), day("until", until).unwrap_or_default());
    format!("every year{from}{until}")
}

/// As `09:30`.
fn time(fields: &impl Fields, keys: &[&str]) -> Result<Option<String>, String> {
    let Some(text) = fields.first_name(keys)? else { return Ok(None) };
    let bare = text.trim_end_matches('Z').split('+').next().unwrap_or_default();
    if bare == "24:00" || bare == "24:00:00" {
        return Ok(Some("24:00".to_owned()));
    }
    // `3pm` lacks the minutes that the parser asks for.
    let hour = bare.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let whole = hour
        .chars()
        .all(|letter| letter.is_ascii_digit())
        .then(|| bare.replacen(hour, &format!("{hour}:00"), 1));
    let bare = whole.as_deref().filter(|_| hour.len() < bare.len()).unwrap_or(bare);
    let read = TIMES.iter().find_map(|format| NaiveTime::parse_from_str(bare, format).ok());
    match read {
        Some(time) => Ok(Some(time.format("%H:%M").to_string())),
        None => Err(format!("`{text}` is not a time such as 09:30")),
    }
}

/// ISO, or as American directories write it. The year 1 of some exports stands for every year, which is only a note.
fn date(fields: &impl Fields, keys: &[&str]) -> Result<Option<NaiveDate>, String> {
    let Some(text) = fields.first_name(keys)? else { return Ok(None) };
    DATES
        .iter()
        .find_map(|format| NaiveDate::parse_from_str(&text, format).ok())
        .map(Some)
        .ok_or_else(|| format!("`{text}` is not a date such as 2026-11-26"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_the_week_has_two_letters_or_a_number() {
        for (text, day) in [("Mo", 1), ("tues.", 2), ("Sunday", 7), ("3", 3)] {
            assert_eq!(weekday(text), Some(day), "{text}");
        }
        for text in ["", ".", "..", "m.", "t", "8", "day"] {
            assert_eq!(weekday(text), None, "{text}");
        }
    }
}
