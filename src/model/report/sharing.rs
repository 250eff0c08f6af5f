//! Sharing requests and how they were answered.

use super::mask::Sum;
use super::table::{Line, Names, Tallies, minutes};
use super::{By, Count, Key, Lines, Period};
use crate::model::prelude::*;
use crate::model::sharing::Label;

/// A sharing request as reports count it.
#[derive(Clone, Debug)]
pub(crate) struct SharingFact {
    pub(crate) owner: ProviderId,
    pub(crate) requested_at: DateTime<Utc>,
    /// The first label that the owner set, and when.
    pub(crate) answer: Option<(Label, DateTime<Utc>)>,
    /// Whether it can be answered no more: cancelled, or its last day is over.
    pub(crate) has_ended: bool,
}

view! {
    /// The sharing requests of one group: an owner or a month. They count in the month in which they were sent.
    pub(crate) struct SharingLine("report", |view| &view.group) {
        /// The code of the owner, or the month.
        group: String => Code(hidden),
        group_name: String => Name,
        requests: Count => Number,
        /// Granted or denied.
        answered: Count => Number,
        /// From the request to the first answer.
        median_minutes_to_answer: Option<i64> => Span(rank 1),
        /// Granted at first, also where the grant was revoked or has expired since.
        granted: Count => Number,
        denied: Count => Number,
        waiting: Count => Number(rank 2),
        /// Cancelled, or not answered in time.
        unanswered: Count => Number(rank 3),
    }
}

const REQUESTS: usize = 0;
const ANSWERED: usize = 1;
const GRANTED: usize = 2;
const DENIED: usize = 3;
const WAITING: usize = 4;
const UNANSWERED: usize = 5;

const SUMS: [Sum; 2] = [
    Sum { whole: REQUESTS, parts: &[ANSWERED, WAITING, UNANSWERED], has_rest: false },
    Sum { whole: ANSWERED, parts: &[GRANTED, DENIED], has_rest: false },
];

impl Tallies<6> {
    pub(crate) fn request(&mut self, request: &SharingFact, period: &Period) {
        let key = match self.by() {
            By::Provider => Key::Provider(request.owner),
            By::Month | By::Queue => Key::Month(period.month_of(request.requested_at)),
        };
        let places: &[usize] = match request.answer {
            Some((Label::Denied, _)) => &[REQUESTS, ANSWERED, DENIED],
            Some(_) => &[REQUESTS, ANSWERED, GRANTED],
            None if request.has_ended => &[REQUESTS, UNANSWERED],
            None => &[REQUESTS, WAITING],
        };
        let took = request.answer.map(|(_, at)| minutes(request.requested_at, at));
        self.add(key, places, took);
    }
}

/// Numbers below `least` are masked.
pub(crate) fn sharing(
    tallies: Tallies<6>, period: &Period, names: Names, least: Option<i64>,
) -> Lines<SharingLine> {
    tallies.lines(period, names, &SUMS, least, |line: Line<6>| {
        let [requests, answered, granted, denied, waiting, unanswered] = line.counts;
        SharingLine {
            group: line.code.unwrap_or_else(|| line.name.clone()),
            group_name: line.name,
            requests,
            answered,
            median_minutes_to_answer: answered.guards(line.median),
            granted,
            denied,
            waiting,
            unanswered,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_request_counts_by_its_first_answer() {
        let requested_at: DateTime<Utc> = "2026-11-20T08:00:00Z".parse().unwrap();
        let period =
            Period::new(None, None, NaiveDate::from_ymd_opt(2026, 11, 26).unwrap(), Zone::utc()).unwrap();
        let mut tallies = Tallies::new(By::Month);
        for (answer, has_ended) in [
            (Some((Label::Granted, 1)), false),
            // An import may know of a grant only that it was revoked.
            (Some((Label::Revoked, 2)), true),
            (Some((Label::Denied, 5)), true),
            (None, false),
            (None, true),
        ] {
            let answer = answer.map(|(label, hours)| (label, requested_at + chrono::Duration::hours(hours)));
            tallies
                .request(&SharingFact { owner: Id::from_u128(1), requested_at, answer, has_ended }, &period);
        }
        let lines = sharing(tallies, &period, Names::new(), None);
        let of_month = |month: &str| lines.lines.iter().find(|line| line.group == month).unwrap();
        let line = of_month("2026-11");
        let counts = [line.requests, line.answered, line.granted, line.denied, line.waiting, line.unanswered];
        assert_eq!(counts.map(Count::exact), [5, 3, 2, 1, 1, 1].map(Some));
        assert_eq!(line.median_minutes_to_answer, Some(120));
        assert_eq!(of_month("2026-10").requests, Count::Exact(0), "a month without any is there");
    }
}
