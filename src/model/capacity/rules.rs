//! The rules for an entry of capacity beside others of its resource.

use chrono::{SubsecRound, TimeDelta, Timelike};

use super::{CapacityStatus, Entry};
use crate::model::prelude::*;

/// The largest number that is accepted.
const MOST: i64 = 1_000_000;

/// Parses a number of places: an integer from 0.
pub(crate) fn number(text: &str) -> Result<i64, String> {
    let number: i64 = text.trim().parse().map_err(|_error| format!("`{text}` is not a whole number"))?;
    match number {
        0..=MOST => Ok(number),
        ..0 => Err(format!("`{text}` is less than none; 0 means that no more referrals are taken")),
        _ => Err(format!("`{text}` is more than {MOST}")),
    }
}

impl Entry {
    /// Invalid: more places than its maximum, an end that is not after its start or has passed.
    pub(crate) fn must_be_sound(&self, now: DateTime<Utc>, zone: Zone) -> Result<()> {
        if let Some(maximum) = self.maximum.filter(|maximum| *maximum < self.places) {
            return Err(Error::invalid(
                "capacity.maximum",
                format!("{} is more than the maximum of {maximum}", self.amount()),
            ));
        }
        let Some(end) = self.ends_at else { return Ok(()) };
        if end <= self.starts_at {
            let (start, end) = (zone.local(self.starts_at), zone.local(end));
            return Err(Error::invalid(
                "capacity.until",
                format!("the end {end} is not after the start {start}"),
            ));
        }
        if end <= now {
            return Err(Error::invalid("capacity.until", format!("the end {} has passed", zone.local(end))));
        }
        Ok(())
    }

    /// Invalid: a start before the present minute, since what was in force then cannot be changed any more.
    pub(crate) fn must_not_start_in_the_past(&self, now: DateTime<Utc>, zone: Zone) -> Result<()> {
        let into_minute = TimeDelta::seconds(i64::from(now.second()));
        if self.starts_at >= now.trunc_subsecs(0) - into_minute {
            return Ok(());
        }
        Err(Error::invalid(
            "capacity.from",
            format!("the start {} is in the past", zone.local(self.starts_at)),
        )
        .hint("what begins now is set without `--from`"))
    }

    /// Refused: two that start at one instant, and two with an end that overlap. Between an entry without an
    /// end and a bounded one, or two starts, the one in force is always clear.
    pub(crate) fn must_not_clash(&self, others: &[Entry], zone: Zone) -> Result<()> {
        let counts = |other: &&Entry| other.id != self.id && other.status != CapacityStatus::Removed;
        for other in others.iter().filter(counts) {
            if other.starts_at == self.starts_at {
                return Err(self.clash(other, "capacity.same_start", "starts at the same moment", zone));
            }
            let (Some(end), Some(other_end)) = (self.ends_at, other.ends_at) else { continue };
            if self.starts_at < other_end && other.starts_at < end {
                return Err(self.clash(other, "capacity.overlap", "overlaps with this one", zone));
            }
        }
        Ok(())
    }

    fn clash(&self, other: &Entry, code: &'static str, how: &str, zone: Zone) -> Error {
        let (entry, amount) = (&other.code, other.amount());
        let window = other.window(zone);
        Error::refused(code, format!("`{entry}` of `{}` {how}: {amount} {window}", self.resource_name))
            .hint(format!("change it with `caredesk capacity edit {entry}`, or take it back with `caredesk capacity remove {entry}`"))
            .detail("entry", entry.clone())
            .detail("starts_at", other.starts_at.to_rfc3339())
            .detail("ends_at", other.ends_at.map(|end| end.to_rfc3339()))
    }

    /// `from 2026-12-01 00:00 until 2026-12-08 00:00`, in the hub's zone.
    pub(crate) fn window(&self, zone: Zone) -> String {
        let until = self.ends_at.map(|end| format!(" until {}", zone.local(end))).unwrap_or_default();
        format!("from {}{until}", zone.local(self.starts_at))
    }

    /// A past entry stays as it was (rule 4.5); one that has started keeps its start.
    pub(crate) fn may_become(&self, after: &Entry, now: DateTime<Utc>, zone: Zone) -> Result<()> {
        let hint = format!("say what counts now: `caredesk capacity set {}`", self.resource);
        let entry = &self.code;
        match self.status {
            CapacityStatus::Removed => {
                return Err(Error::refused("capacity.removed", format!("`{entry}` was removed")).hint(hint));
            }
            CapacityStatus::Past => {
                return Err(Error::refused("capacity.past", format!("`{entry}` counts no more")).hint(hint));
            }
            CapacityStatus::InForce | CapacityStatus::Suspended | CapacityStatus::Scheduled => {}
        }
        if after.starts_at == self.starts_at {
            return Ok(());
        }
        if self.status != CapacityStatus::Scheduled {
            let start = zone.local(self.starts_at);
            return Err(
                Error::refused("capacity.started", format!("`{entry}` has started, on {start}")).hint(hint)
            );
        }
        after.must_not_start_in_the_past(now, zone)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::entry;
    use super::*;
    use crate::model::id::CapacityId;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    fn window(number: u128, start: i64, end: Option<i64>) -> Entry {
        let id = CapacityId::from_u128(number);
        Entry { id, starts_at: at(start), ends_at: end.map(at), ..entry(4, 0) }
    }

    #[test]
    fn two_bounded_windows_never_overlap() {
        let table = [
            ((0, None), (10, Some(20)), None),
            ((10, Some(20)), (15, None), None),
            ((0, None), (5, None), None),
            ((10, Some(20)), (20, Some(30)), None),
            ((20, Some(30)), (10, Some(20)), None),
            ((10, Some(20)), (19, Some(30)), Some("capacity.overlap")),
            ((19, Some(30)), (10, Some(20)), Some("capacity.overlap")),
            ((10, Some(40)), (20, Some(30)), Some("capacity.overlap")),
            ((20, Some(30)), (10, Some(40)), Some("capacity.overlap")),
            ((10, None), (10, Some(20)), Some("capacity.same_start")),
            ((10, None), (10, None), Some("capacity.same_start")),
        ];
        for ((start, end), (other_start, other_end), expected) in table {
            let others = [window(1, other_start, other_end)];
            let refusal = window(2, start, end).must_not_clash(&others, Zone::utc()).err();
            assert_eq!(
                refusal.map(|error| error.code()),
                expected,
                "{start} {end:?} {other_start} {other_end:?}"
            );
            let [other] = others;
            let removed = [Entry { status: CapacityStatus::Removed, ..other.clone() }];
            assert!(window(2, start, end).must_not_clash(&removed, Zone::utc()).is_ok());
            assert!(window(1, start, end).must_not_clash(&[other], Zone::utc()).is_ok(), "itself");
        }
    }

    #[test]
    fn an_entry_is_sound() {
        let now = at(100) + TimeDelta::seconds(30);
        let sound = |entry: Entry| entry.must_be_sound(now, Zone::utc()).map_err(|error| error.code());
        assert_eq!(sound(window(1, 100, Some(101))), Ok(()));
        assert_eq!(sound(window(1, 100, Some(100))), Err("capacity.until"));
        assert_eq!(sound(window(1, 90, Some(100))), Err("capacity.until"));
        assert_eq!(sound(Entry { maximum: Some(4), ..entry(4, 0) }), Ok(()));
        assert_eq!(sound(Entry { maximum: Some(3), ..entry(4, 0) }), Err("capacity.maximum"));
        let may_start = |minute| window(1, minute, None).must_not_start_in_the_past(now, Zone::utc()).is_ok();
        assert_eq!([99, 100, 101].map(may_start), [false, true, true]);
    }

    #[test]
    fn numbers_of_places() {
        for (text, number) in [("0", 0), (" 12 ", 12), ("1000000", 1_000_000)] {
            assert_eq!(super::number(text), Ok(number));
        }
        for text in ["", "-1", "3.5", "four", "1000001", "99999999999999999999"] {
            assert!(number(text).is_err(), "{text}");
        }
    }
}
