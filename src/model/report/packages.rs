//! What became of packages.

use super::mask::Sum;
use super::table::{Line, Names, Tallies, minutes};
use super::{By, Count, Key, Lines, Period};
use crate::model::package_status::PackageStatus;
use crate::model::prelude::*;

/// A package as reports count it.
#[derive(Clone, Debug)]
pub(crate) struct PackageFact {
    pub(crate) queue: QueueId,
    /// The status now.
    pub(crate) status: PackageStatus,
    pub(crate) created_at: DateTime<Utc>,
    /// When a provider accepted it, also where it was handed back or recalled later.
    pub(crate) accepted_at: Option<DateTime<Utc>>,
}

view! {
    /// The packages of one group: a queue or a month. They count in the month in which they were created.
    pub(crate) struct PackagesLine("report", |view| &view.group) {
        /// The name of the queue, or the month.
        group: String => Code,
        packages: Count => Number,
        /// With an acceptance, also where it was handed back or recalled later.
        won: Count => Number,
        /// From the creation to the acceptance.
        median_minutes_to_acceptance: Option<i64> => Span(rank 1),
        /// Of those that were won: accepted now.
        accepted: Count => Number(rank 2),
        /// Of those that were won: handed back. What is left of the won was recalled later.
        handed_back: Count => Number(rank 3),
        /// Never accepted so far, and waiting for answers.
        pending: Count => Number(rank 4),
        /// Never accepted: rejected by all providers, or not answered in time.
        rejected: Count => Number(rank 5),
        /// Recalled before it was accepted.
        recalled: Count => Number(rank 6),
    }
}

const PACKAGES: usize = 0;
const WON: usize = 1;
const ACCEPTED: usize = 2;
const PENDING: usize = 3;
const REJECTED: usize = 4;
const HANDED_BACK: usize = 5;
const RECALLED: usize = 6;

const SUMS: [Sum; 2] = [
    Sum { whole: PACKAGES, parts: &[WON, PENDING, REJECTED, RECALLED], has_rest: false },
    Sum { whole: WON, parts: &[ACCEPTED, HANDED_BACK], has_rest: true },
];

impl PackageFact {
    fn places(&self) -> &'static [usize] {
        use PackageStatus::{Accepted, HandedBack, Pending, Recalled, Rejected};
        match (self.status, self.accepted_at.is_some()) {
            (Accepted, _) => &[PACKAGES, WON, ACCEPTED],
            (HandedBack, _) | (Pending | Rejected, true) => &[PACKAGES, WON, HANDED_BACK],
            (Recalled, true) => &[PACKAGES, WON],
            (Pending, false) => &[PACKAGES, PENDING],
            (Rejected, false) => &[PACKAGES, REJECTED],
            (Recalled, false) => &[PACKAGES, RECALLED],
        }
    }
}

impl Tallies<7> {
    pub(crate) fn package(&mut self, package: &PackageFact, period: &Period) {
        let key = match self.by() {
            By::Queue => Key::Queue(package.queue),
            By::Month | By::Provider => Key::Month(period.month_of(package.created_at)),
        };
        let took = package.accepted_at.map(|at| minutes(package.created_at, at));
        self.add(key, package.places(), took);
    }
}

/// Numbers below `least` are masked.
pub(crate) fn packages(
    tallies: Tallies<7>, period: &Period, names: Names, least: Option<i64>,
) -> Lines<PackagesLine> {
    tallies.lines(period, names, &SUMS, least, |line: Line<7>| {
        let [packages, won, accepted, pending, rejected, handed_back, recalled] = line.counts;
        PackagesLine {
            group: line.name,
            packages,
            won,
            median_minutes_to_acceptance: won.guards(line.median),
            accepted,
            handed_back,
            pending,
            rejected,
            recalled,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_package_counts_as_what_became_of_it() {
        use PackageStatus::{Accepted, HandedBack, Pending, Recalled, Rejected};
        let created_at: DateTime<Utc> = "2026-11-20T08:00:00Z".parse().unwrap();
        let period =
            Period::new(None, None, NaiveDate::from_ymd_opt(2026, 11, 26).unwrap(), Zone::utc()).unwrap();
        let mut tallies = Tallies::new(By::Queue);
        for (status, hours) in [
            (Accepted, Some(2)),
            (Accepted, Some(4)),
            (HandedBack, Some(9)),
            (Recalled, Some(30)),
            (Recalled, None),
            (Pending, None),
            (Rejected, None),
            (Rejected, None),
        ] {
            let accepted_at = hours.map(|hours| created_at + chrono::Duration::hours(hours));
            tallies
                .package(&PackageFact { queue: Id::from_u128(2), status, created_at, accepted_at }, &period);
        }
        let names = Names::from([(Key::Queue(Id::from_u128(2)), (None, "Home care".to_owned()))]);
        let lines = packages(tallies, &period, names, None);
        let [line] = lines.lines.as_slice() else { panic!("one queue") };
        let counts = [
            line.packages, line.won, line.accepted, line.handed_back, line.pending, line.rejected,
            line.recalled,
        ];
        assert_eq!(counts.map(Count::exact), [8, 4, 2, 1, 1, 2, 1].map(Some));
        assert_eq!(line.median_minutes_to_acceptance, Some(6 * 60 + 30));
    }
}
