//! Backups: what one says of itself, and how it is named.

use chrono::{Datelike, NaiveDateTime};
use serde::Deserialize;

use super::prelude::*;

/// The form of a backup that this program writes, and the newest that it reads.
pub(crate) const FORM: u32 = 1;

/// What a backup says of itself, so that it is known without being unpacked, and what was unpacked is known to be right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) form: u32,
    /// The version of the program that wrote it.
    pub(crate) program: String,
    pub(crate) schema: i64,
    pub(crate) taken_at: DateTime<Utc>,
    pub(crate) hub: Option<String>,
    /// Of the database that it is a copy of.
    pub(crate) engine: String,
    /// Of the database in it.
    pub(crate) size: u64,
    pub(crate) sha256: String,
    /// The number of the newest entry of the audit trail, and its hash.
    pub(crate) entries: i64,
    pub(crate) head: String,
    /// The hash of the first entry, by which backups of one database are known.
    pub(crate) origin: String,
    pub(crate) tables: Vec<TableContent>,
}

/// What a table holds, alike on both engines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TableContent {
    pub(crate) table: String,
    pub(crate) rows: i64,
    /// The sum of the digests of its rows.
    pub(crate) sum: String,
}

impl Manifest {
    /// How many rows it has in all tables.
    pub(crate) fn rows(&self) -> i64 {
        self.tables.iter().fold(0, |sum, table| sum.saturating_add(table.rows))
    }
}

/// What stands for an instant in the name of a file: `20261128T084500Z`.
pub(crate) fn stamp(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// The name of a backup in a folder of backups.
pub(crate) fn file_name(at: DateTime<Utc>) -> String {
    format!("caredesk-{}.zip", stamp(at))
}

/// Whether a file may be such a backup, by its name.
pub(crate) fn is_file_name(name: &str) -> bool {
    let stamp = name.strip_prefix("caredesk-").and_then(|rest| rest.strip_suffix(".zip"));
    stamp.is_some_and(|stamp| NaiveDateTime::parse_from_str(stamp, "%Y%m%dT%H%M%SZ").is_ok())
}

/// How many backups stay: the last of each of so many days, weeks and months of which there are any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Keep {
    pub(crate) daily: u32,
    pub(crate) weekly: u32,
    pub(crate) monthly: u32,
}

/// The day, week or month of a day.
type Period = fn(NaiveDate) -> (i32, u32);

impl Keep {
    /// Whether backups that were taken at these instants, the newest first, stay. The newest always does.
    pub(crate) fn staying(self, taken: &[DateTime<Utc>], zone: Zone) -> Vec<bool> {
        let days: Vec<NaiveDate> = taken.iter().map(|at| at.with_timezone(&zone).date_naive()).collect();
        let mut stays: Vec<bool> = (0..taken.len()).map(|place| place == 0).collect();
        let rules: [(u32, Period); 3] = [
            (self.daily, |day| (day.year(), day.ordinal())),
            (self.weekly, |day| (day.iso_week().year(), day.iso_week().week())),
            (self.monthly, |day| (day.year(), day.month())),
        ];
        for (mut left, period) in rules {
            let mut last = None;
            for (day, stays) in days.iter().zip(&mut stays) {
                let this = Some(period(*day));
                if left > 0 && this != last {
                    (*stays, last, left) = (true, this, left - 1);
                }
            }
        }
        stays
    }
}

/// A size as people read it: `734 B`, `12.3 MB`.
pub(crate) fn size(bytes: u64) -> String {
    let (mut whole, mut tenths, mut unit) = (bytes, 0, "B");
    for next in ["kB", "MB", "GB", "TB"] {
        if whole < 1_000 {
            break;
        }
        (tenths, whole, unit) = (whole % 1_000 / 100, whole / 1_000, next);
    }
    if unit == "B" || whole >= 100 { format!("{whole} {unit}") } else { format!("{whole}.{tenths} {unit}") }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn the_last_of_each_day_week_and_month_stays() {
        let taken: Vec<DateTime<Utc>> = (0..200)
            .map(|number| {
                "2026-11-28T22:30:00Z".parse::<DateTime<Utc>>().unwrap() - TimeDelta::hours(12 * number)
            })
            .collect();
        let staying = |daily, weekly, monthly| {
            let stays = Keep { daily, weekly, monthly }.staying(&taken, Zone::utc());
            let kept = taken.iter().zip(stays).filter(|(_, stays)| *stays).map(|(at, _)| stamp(*at));
            kept.map(|stamp| stamp[4..11].to_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(staying(3, 0, 0), "1128T22 1127T22 1126T22");
        // Weeks end on Sunday.
        assert_eq!(staying(1, 3, 0), "1128T22 1122T22 1115T22");
        assert_eq!(staying(2, 2, 3), "1128T22 1127T22 1122T22 1031T22 0930T22");
        assert_eq!(staying(0, 0, 0), "1128T22", "never the newest");
        assert_eq!(Keep { daily: 7, ..Keep::default() }.staying(&[], Zone::utc()), [true; 0]);
        let east: Zone = "Pacific/Auckland".parse().unwrap();
        let days = Keep { daily: 9, ..Keep::default() }.staying(&taken[..3], east);
        assert_eq!(days, [true, true, false], "days are those of the hub");
    }

    #[test]
    fn a_backup_is_known_by_its_name() {
        let at = "2026-11-28T08:45:07.123Z".parse().unwrap();
        assert_eq!(file_name(at), "caredesk-20261128T084507Z.zip");
        assert!(is_file_name(&file_name(at)));
        for other in
            ["caredesk.zip", "caredesk-replaced-20261128T084507Z.zip", "caredesk-20261328T084507Z.zip"]
        {
            assert!(!is_file_name(other), "{other}");
        }
    }

    #[test]
    fn sizes_are_read_by_people() {
        let sizes = [0, 999, 1_000, 12_345, 999_999, 123_456_789, 7_000_000_000_000].map(size);
        assert_eq!(sizes, ["0 B", "999 B", "1.0 kB", "12.3 kB", "999 kB", "123 MB", "7.0 TB"]);
    }

    /// A file that says so is no reason to stop before it is found out.
    #[test]
    fn no_manifest_says_too_much_to_be_counted() {
        let table = |rows| TableContent { table: "client".to_owned(), rows, sum: String::new() };
        let manifest = Manifest {
            form: FORM,
            program: String::new(),
            schema: 1,
            taken_at: "2026-11-28T08:45:07Z".parse().unwrap(),
            hub: None,
            engine: "sqlite".to_owned(),
            size: 0,
            sha256: String::new(),
            entries: 0,
            head: String::new(),
            origin: String::new(),
            tables: vec![table(i64::MAX), table(2)],
        };
        assert_eq!(manifest.rows(), i64::MAX);
    }
}
