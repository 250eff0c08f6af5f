//! A time zone by its IANA name, as chrono computes with it.
//!
//! The rules are compiled in as packed bytes: tables of pointers, which the loader must relocate at every
//! start, would cost more than the rest of a short command.

use std::fmt;
use std::str::FromStr;

use chrono::{
    DateTime, Datelike, FixedOffset, LocalResult, MappedLocalTime, NaiveDate, NaiveDateTime, Offset,
    TimeZone, Timelike, Utc,
};
use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{AmbiguousOffset, TimeZoneDatabase};

/// `Copy`, since the few zones of one run are leaked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Zone(&'static jiff::tz::TimeZone);

/// The offset of a zone at some moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ZoneOffset {
    zone: Zone,
    fixed: FixedOffset,
}

pub(super) const TO_THE_MINUTE: &str = "%Y-%m-%d %H:%M";

impl Zone {
    pub(crate) fn utc() -> Self {
        static UTC: jiff::tz::TimeZone = jiff::tz::TimeZone::UTC;
        Zone(&UTC)
    }

    pub(crate) fn name(self) -> &'static str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// All names, for suggestions.
    pub(crate) fn names() -> Vec<String> {
        TimeZoneDatabase::bundled().available().map(|name| name.as_str().to_owned()).collect()
    }

    /// An instant to the minute, in this zone.
    pub(crate) fn local(self, instant: DateTime<Utc>) -> String {
        instant.with_timezone(&self).format(TO_THE_MINUTE).to_string()
    }

    /// A value that is perhaps an instant, in local time if it is one.
    pub(crate) fn local_value(self, value: Option<String>) -> Option<String> {
        let text = value?;
        Some(match DateTime::parse_from_rfc3339(&text) {
            Ok(at) => self.local(at.to_utc()),
            Err(_) => text,
        })
    }

    fn at(self, offset: jiff::tz::Offset) -> ZoneOffset {
        let fixed = FixedOffset::east_opt(offset.seconds()).unwrap_or_else(|| Utc.fix());
        ZoneOffset { zone: self, fixed }
    }
}

impl FromStr for Zone {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let zone =
            TimeZoneDatabase::bundled().get(name).map_err(|_| format!("`{name}` is not a time zone"))?;
        Ok(if zone == jiff::tz::TimeZone::UTC { Zone::utc() } else { Zone(Box::leak(Box::new(zone))) })
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Offset for ZoneOffset {
    fn fix(&self) -> FixedOffset {
        self.fixed
    }
}

impl fmt::Display for ZoneOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fixed.fmt(f)
    }
}

impl TimeZone for Zone {
    type Offset = ZoneOffset;

    fn from_offset(offset: &ZoneOffset) -> Self {
        offset.zone
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> MappedLocalTime<ZoneOffset> {
        self.offset_from_local_datetime(&NaiveDateTime::from(*local))
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<ZoneOffset> {
        let Some(local) = civil_time(local) else { return LocalResult::None };
        match self.0.to_ambiguous_timestamp(local).offset() {
            AmbiguousOffset::Unambiguous { offset } => LocalResult::Single(self.at(offset)),
            AmbiguousOffset::Fold { before, after } => {
                LocalResult::Ambiguous(self.at(before), self.at(after))
            }
            AmbiguousOffset::Gap { .. } => LocalResult::None,
        }
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> ZoneOffset {
        self.offset_from_utc_datetime(&NaiveDateTime::from(*utc))
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> ZoneOffset {
        let instant = Timestamp::from_second(utc.and_utc().timestamp()).unwrap_or(Timestamp::UNIX_EPOCH);
        self.at(self.0.to_offset(instant))
    }
}

/// None for a year outside the range of chrono.
fn civil_time(local: &NaiveDateTime) -> Option<civil::DateTime> {
    let small = |number: u32| i8::try_from(number).ok();
    civil::DateTime::new(
        i16::try_from(local.year()).ok()?,
        small(local.month())?,
        small(local.day())?,
        small(local.hour())?,
        small(local.minute())?,
        small(local.second())?,
        0,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> LocalResult<String> {
        let local = NaiveDateTime::parse_from_str(text, TO_THE_MINUTE).unwrap();
        "Europe/London".parse::<Zone>().unwrap().from_local_datetime(&local).map(|time| time.to_rfc3339())
    }

    #[test]
    fn a_clock_on_the_wall_is_read_once_twice_or_not_at_all() {
        assert_eq!(at("2026-12-01 09:00"), LocalResult::Single("2026-12-01T09:00:00+00:00".to_owned()));
        assert_eq!(at("2026-07-01 09:00"), LocalResult::Single("2026-07-01T09:00:00+01:00".to_owned()));
        assert_eq!(at("2026-03-29 01:30"), LocalResult::None);
        let twice = ("2026-10-25T01:30:00+01:00".to_owned(), "2026-10-25T01:30:00+00:00".to_owned());
        assert_eq!(at("2026-10-25 01:30"), LocalResult::Ambiguous(twice.0, twice.1));
    }

    #[test]
    fn zones_have_names() {
        assert_eq!("Europe/London".parse::<Zone>().unwrap().name(), "Europe/London");
        assert_eq!("UTC".parse::<Zone>().unwrap().to_string(), "UTC");
        assert!("Europe/Lundun".parse::<Zone>().is_err());
        assert!(Zone::names().iter().any(|name| name == "Pacific/Auckland"));
    }

    /// Agrees with another library, hour by hour, for two years of a zone with unusual rules.
    #[test]
    fn offsets_are_those_of_another_library() {
        for name in ["Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kathmandu"] {
            let (ours, theirs): (Zone, chrono_tz::Tz) = (name.parse().unwrap(), name.parse().unwrap());
            for hour in 0..17_520 {
                let utc = DateTime::UNIX_EPOCH.naive_utc() + chrono::TimeDelta::hours(490_000 + hour);
                assert_eq!(
                    ours.offset_from_utc_datetime(&utc).fix(),
                    theirs.offset_from_utc_datetime(&utc).fix(),
                    "{name} {utc}"
                );
            }
        }
    }
}
