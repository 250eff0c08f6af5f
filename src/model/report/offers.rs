//! What providers were offered, and how they answered.

use super::mask::Sum;
use super::table::{Line, Names, Tallies, minutes};
use super::{By, Count, Key, Lines, Period};
use crate::model::package_status::OfferStatus;
use crate::model::prelude::*;

/// An offer that has opened, as reports count it.
#[derive(Clone, Debug)]
pub(crate) struct OfferFact {
    pub(crate) provider: ProviderId,
    pub(crate) queue: QueueId,
    /// The status now.
    pub(crate) status: OfferStatus,
    /// When its provider could answer first: for a later wave, when that opened.
    pub(crate) asked_at: DateTime<Utc>,
    pub(crate) lapses_at: Option<DateTime<Utc>>,
    pub(crate) responded_at: Option<DateTime<Utc>>,
    pub(crate) removed_at: Option<DateTime<Utc>>,
}

view! {
    /// The offers of one group: a provider, a queue or a month. They count in the month in which their provider was asked.
    pub(crate) struct OffersLine("report", |view| &view.group) {
        /// The code of the provider, the name of the queue, or the month.
        group: String => Code(hidden),
        group_name: String => Name,
        /// How many have opened: a later wave that never did is none.
        offered: Count => Number,
        /// Accepted or rejected.
        answered: Count => Number,
        /// From being asked to the answer.
        median_minutes_to_answer: Option<i64> => Span(rank 2),
        /// Accepted, also where the package was handed back or recalled later.
        won: Count => Number,
        rejected: Count => Number(rank 4),
        /// Accepted and given back later; part of those that were won.
        handed_back: Count => Number(rank 1),
        /// Not answered in time.
        lapsed: Count => Number(rank 3),
        /// Still to be answered.
        waiting: Count => Number(rank 5),
        /// Ended before an answer: another was first, recalled, or taken out.
        closed: Count => Number(rank 6),
    }
}

const OFFERED: usize = 0;
const ANSWERED: usize = 1;
const WON: usize = 2;
const REJECTED: usize = 3;
const HANDED_BACK: usize = 4;
const LAPSED: usize = 5;
const WAITING: usize = 6;
const CLOSED: usize = 7;

const SUMS: [Sum; 3] = [
    Sum { whole: OFFERED, parts: &[ANSWERED, LAPSED, WAITING, CLOSED], has_rest: false },
    Sum { whole: ANSWERED, parts: &[WON, REJECTED], has_rest: false },
    Sum { whole: WON, parts: &[HANDED_BACK], has_rest: true },
];

impl OfferFact {
    fn places(&self) -> &'static [usize] {
        use OfferStatus::{Accepted, Closed, HandedBack, Lapsed, Pending, Recalled, Rejected, Scheduled};
        let was_removed_in_time =
            self.removed_at.is_some_and(|removed| self.lapses_at.is_none_or(|lapses| removed < lapses));
        match self.status {
            Accepted => &[OFFERED, ANSWERED, WON],
            HandedBack => &[OFFERED, ANSWERED, WON, HANDED_BACK],
            Rejected => &[OFFERED, ANSWERED, REJECTED],
            Pending | Lapsed if was_removed_in_time => &[OFFERED, CLOSED],
            Lapsed => &[OFFERED, LAPSED],
            Pending => &[OFFERED, WAITING],
            Closed | Recalled => &[OFFERED, CLOSED],
            Scheduled => &[],
        }
    }
}

impl Tallies<8> {
    pub(crate) fn offer(&mut self, offer: &OfferFact, period: &Period) {
        let key = match self.by() {
            By::Provider => Key::Provider(offer.provider),
            By::Queue => Key::Queue(offer.queue),
            By::Month => Key::Month(period.month_of(offer.asked_at)),
        };
        let took = offer.responded_at.map(|at| minutes(offer.asked_at, at));
        self.add(key, offer.places(), took);
    }
}

/// Numbers below `least` are masked.
pub(crate) fn offers(
    tallies: Tallies<8>, period: &Period, names: Names, least: Option<i64>,
) -> Lines<OffersLine> {
    tallies.lines(period, names, &SUMS, least, |line: Line<8>| {
        let [offered, answered, won, rejected, handed_back, lapsed, waiting, closed] = line.counts;
        OffersLine {
            group: line.code.unwrap_or_else(|| line.name.clone()),
            group_name: line.name,
            offered,
            answered,
            median_minutes_to_answer: answered.guards(line.median),
            won,
            rejected,
            handed_back,
            lapsed,
            waiting,
            closed,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> DateTime<Utc> {
        let morning: DateTime<Utc> = "2026-11-20T08:00:00Z".parse().unwrap();
        morning + chrono::Duration::hours(hour)
    }

    fn offer(
        status: OfferStatus, answered: Option<i64>, removed: Option<i64>, lapses: Option<i64>,
    ) -> OfferFact {
        OfferFact {
            provider: Id::from_u128(1),
            queue: Id::from_u128(2),
            status,
            asked_at: at(0),
            lapses_at: lapses.map(at),
            responded_at: answered.map(at),
            removed_at: removed.map(at),
        }
    }

    #[test]
    fn each_offer_counts_as_what_became_of_it() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
        let period = Period::new(None, None, today, Zone::utc()).unwrap();
        let mut tallies = Tallies::new(By::Provider);
        for offer in [
            offer(OfferStatus::Accepted, Some(2), None, None),
            offer(OfferStatus::HandedBack, Some(4), None, None),
            // Taken out after it was answered: the answer stays.
            offer(OfferStatus::Rejected, Some(9), Some(10), None),
            offer(OfferStatus::Closed, None, None, None),
            offer(OfferStatus::Recalled, None, None, Some(5)),
            offer(OfferStatus::Pending, None, None, None),
            offer(OfferStatus::Pending, None, Some(3), None),
            offer(OfferStatus::Lapsed, None, None, Some(5)),
            offer(OfferStatus::Lapsed, None, Some(3), Some(5)),
            offer(OfferStatus::Lapsed, None, Some(7), Some(5)),
        ] {
            tallies.offer(&offer, &period);
        }
        let names =
            Names::from([(Key::Provider(Id::from_u128(1)), (Some("PRV-1".to_owned()), "Oak".to_owned()))]);
        let lines = offers(tallies, &period, names, None);
        let line = lines.lines.first().unwrap();
        assert_eq!((line.group.as_str(), line.group_name.as_str()), ("PRV-1", "Oak"));
        assert_eq!(lines.lines.len(), 1);
        let counts = [line.offered, line.answered, line.won, line.rejected, line.handed_back];
        assert_eq!(counts.map(Count::exact), [10, 3, 2, 1, 1].map(Some));
        let counts = [line.lapsed, line.waiting, line.closed];
        assert_eq!(counts.map(Count::exact), [2, 1, 4].map(Some));
        assert_eq!(line.median_minutes_to_answer, Some(4 * 60));
    }
}
