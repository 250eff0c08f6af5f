//! The instant of a change: later than all that was recorded before, and in a believable year.

use chrono::{Datelike, TimeDelta};

use crate::error::{Error, Kind, Result};
use crate::model::prelude::*;
use crate::model::time::in_utc;

/// So far the clocks of machines may differ.
const TOLERANCE: TimeDelta = TimeDelta::minutes(5);

/// The grain of everything stored.
const TICK: TimeDelta = TimeDelta::milliseconds(1);

/// Instants of other years cannot be read again everywhere.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=9999;

/// The instant of a change by the clock, after `newest`, that of the newest entry of the audit trail. So histories are in the
/// order in which changes were committed, also those of machines whose clocks differ a little (rule 4.8). An environment error
/// if the clock is far behind, or in no believable year.
pub(crate) fn instant(clock: DateTime<Utc>, newest: Option<DateTime<Utc>>) -> Result<DateTime<Utc>> {
    match newest {
        _ if !YEARS.contains(&clock.year()) => Err(wrong(clock, newest)),
        Some(newest) if newest.signed_duration_since(clock) > TOLERANCE => Err(wrong(clock, Some(newest))),
        Some(newest) => Ok(clock.max(newest + TICK)),
        None => Ok(clock),
    }
}

/// The same where an admin goes on although the clock seems wrong: it counts, but for a year that cannot be stored.
pub(crate) fn instant_even_so(clock: DateTime<Utc>, newest: Option<DateTime<Utc>>) -> DateTime<Utc> {
    match newest {
        Some(newest) if !YEARS.contains(&clock.year()) => newest + TICK,
        _ => clock,
    }
}

/// The same for what is only read, which a wrong clock does not prevent.
pub(crate) fn instant_of_reading(clock: DateTime<Utc>, newest: Option<DateTime<Utc>>) -> DateTime<Utc> {
    instant(clock, newest).unwrap_or_else(|_| instant_even_so(clock, newest))
}

fn wrong(clock: DateTime<Utc>, newest: Option<DateTime<Utc>>) -> Error {
    let clock = in_utc(clock);
    let message = match newest.map(in_utc) {
        Some(newest) => {
            format!("the clock says {clock}, and the newest entry of the audit trail is of {newest}")
        }
        None => format!("the clock says {clock}"),
    };
    Error::new(Kind::Environment, "clock.wrong", message)
        .hint("set the clock; if it is right, an admin goes on with `--even-so`")
        .detail("clock", clock)
        .detail("newest_entry", newest.map(in_utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn what_is_recorded_later_is_later() {
        let newest = at("2026-11-22T09:00:00Z");
        let cases = [
            ("2026-11-22T09:00:01Z", Some("2026-11-22T09:00:01Z")),
            ("2026-11-22T09:00:00Z", Some("2026-11-22T09:00:00.001Z")),
            ("2026-11-22T08:55:00Z", Some("2026-11-22T09:00:00.001Z")),
            ("2026-11-22T08:54:59.999Z", None),
            ("1969-12-31T23:59:59Z", None),
            ("+10000-01-01T00:00:00Z", None),
        ];
        for (clock, expected) in cases {
            let found = instant(at(clock), Some(newest)).ok();
            assert_eq!(found, expected.map(at), "{clock}");
        }
        assert_eq!(instant(newest, None).ok(), Some(newest));
        assert_eq!(
            instant(at("1969-12-31T23:59:59Z"), None).map_err(|error| error.kind()),
            Err(Kind::Environment)
        );
    }

    #[test]
    fn an_admin_who_goes_on_leaves_no_year_that_cannot_be_read() {
        let newest = Some(at("2026-11-22T09:00:00Z"));
        assert_eq!(instant_even_so(at("2026-01-01T00:00:00Z"), newest), at("2026-01-01T00:00:00Z"));
        assert_eq!(instant_even_so(at("+12000-01-01T00:00:00Z"), newest), at("2026-11-22T09:00:00.001Z"));
    }
}
