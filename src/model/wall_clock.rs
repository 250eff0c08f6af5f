//! The clock on the wall: where it is put forward it skips times, and where it is put back some come twice.

use chrono::{Datelike, Days, LocalResult, NaiveDateTime, TimeDelta, TimeZone};

use super::zone::{TO_THE_MINUTE, Zone};
use crate::model::prelude::*;

/// No clock is put forward by more than a day.
const LONGEST_GAP: i64 = 24 * 60;

/// The instant of a local time of the hub; of one that comes twice, the first. An error for a time that the clocks skip.
pub(crate) fn instant(local: NaiveDateTime, zone: Zone) -> Result<DateTime<Utc>, String> {
    at(local, zone).ok_or_else(|| {
        let time = local.format(TO_THE_MINUTE);
        let mut later = (1..=LONGEST_GAP).map(|minutes| local + TimeDelta::minutes(minutes));
        let next = later.find(|later| at(*later, zone).is_some());
        let next = next.map(|next| format!("; the next time is {}", next.format(TO_THE_MINUTE)));
        let next = next.unwrap_or_default();
        format!("`{time}` does not exist in {zone}: the clocks skip it{next}")
    })
}

/// The first instant of a day. Where the clocks skip midnight, the day begins an hour later.
pub(crate) fn start_of(day: NaiveDate, zone: Zone) -> Result<DateTime<Utc>, String> {
    let at = |hour| day.and_hms_opt(hour, 0, 0).ok_or_else(|| format!("`{day}` has no such hour"));
    instant(at(0)?, zone).or_else(|_| instant(at(1)?, zone))
}

/// Of a local time that comes twice: both, which of them is meant, and how the other is written.
pub(crate) fn twice(local: NaiveDateTime, zone: Zone) -> Option<String> {
    let LocalResult::Ambiguous(first, second) = zone.from_local_datetime(&local) else { return None };
    let time = local.format(TO_THE_MINUTE);
    let (first, second) = (first.to_rfc3339(), second.to_rfc3339());
    Some(format!("`{time}` comes twice in {zone}: it is taken as `{first}`; the second is `{second}`"))
}

fn at(local: NaiveDateTime, zone: Zone) -> Option<DateTime<Utc>> {
    zone.from_local_datetime(&local).earliest().map(|time| time.with_timezone(&Utc))
}

/// `22:00–06:00 (+1)`: from when until when on the wall, with the days that lie between.
pub(crate) fn span(start: DateTime<Utc>, minutes: i64, zone: Zone) -> String {
    let end = TimeDelta::try_minutes(minutes).and_then(|length| start.checked_add_signed(length));
    let (from, to) = (start.with_timezone(&zone), end.unwrap_or(start).with_timezone(&zone));
    let days = to.date_naive().signed_duration_since(from.date_naive()).num_days();
    let later = if days > 0 { format!(" (+{days})") } else { String::new() };
    format!("{}–{}{later}", from.format("%H:%M"), to.format("%H:%M"))
}

/// `30 November – 6 December 2026`: month and year once if both ends have the same.
pub(crate) fn week_range(monday: NaiveDate) -> String {
    let sunday = monday.checked_add_days(Days::new(6)).unwrap_or(monday);
    let first = match (monday.year() == sunday.year(), monday.month() == sunday.month()) {
        (true, true) => "%-d",
        (true, false) => "%-d %B",
        (false, _) => "%-d %B %Y",
    };
    format!("{} – {}", monday.format(first), sunday.format("%-d %B %Y"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, TO_THE_MINUTE).unwrap()
    }

    #[test]
    fn a_span_is_that_of_the_clock_on_the_wall() {
        let span = |at: &str, minutes| span(at.parse().unwrap(), minutes, "Europe/London".parse().unwrap());
        assert_eq!(span("2026-12-01T09:00:00Z", 45), "09:00–09:45");
        assert_eq!(span("2026-07-01T21:00:00Z", 480), "22:00–06:00 (+1)");
        assert_eq!(span("2026-10-25T00:30:00Z", 60), "01:30–01:30");
    }

    #[test]
    fn what_the_clocks_skip_has_a_next_time() {
        for (zone, time, next) in [
            ("Europe/London", "2026-03-29 01:00", "2026-03-29 02:00"),
            ("Europe/London", "2026-03-29 01:30", "2026-03-29 02:00"),
            ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-04 02:30"),
            ("America/Santiago", "2026-09-06 00:00", "2026-09-06 01:00"),
            ("Pacific/Apia", "2011-12-30 00:00", "2011-12-31 00:00"),
        ] {
            let why = instant(local(time), zone.parse().unwrap()).unwrap_err();
            let said =
                format!("`{time}` does not exist in {zone}: the clocks skip it; the next time is {next}");
            assert_eq!(why, said);
        }
    }

    #[test]
    fn what_comes_twice_is_the_first_and_both_are_said() {
        let london: Zone = "Europe/London".parse().unwrap();
        let said = "`2026-10-25 01:30` comes twice in Europe/London: it is taken as `2026-10-25T01:30:00+01:00`; the second is `2026-10-25T01:30:00+00:00`";
        assert_eq!(twice(local("2026-10-25 01:30"), london).as_deref(), Some(said));
        assert_eq!(
            instant(local("2026-10-25 01:30"), london).unwrap().to_rfc3339(),
            "2026-10-25T00:30:00+00:00"
        );
        for once in ["2026-10-25 00:59", "2026-10-25 02:00", "2026-03-29 01:30"] {
            assert_eq!(twice(local(once), london), None, "{once}");
        }
    }

    #[test]
    fn a_day_begins_where_midnight_does_not_exist() {
        let begin = start_of("2026-09-06".parse().unwrap(), "America/Santiago".parse().unwrap()).unwrap();
        assert_eq!(begin.to_rfc3339(), "2026-09-06T04:00:00+00:00");
    }
}
