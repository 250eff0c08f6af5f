//! Visits of one client at one time: often the same visit planned twice, and never refused, since two carers may be
//! meant (rule 1.15).

use std::collections::HashSet;

use chrono::TimeDelta;

use super::visit::Visit;
use crate::model::prelude::*;

/// A visit lasts a day at most, so one that began earlier is over.
pub(crate) const LONGEST: TimeDelta = TimeDelta::days(1);

/// Pairs that a warning names one by one.
const NAMED: usize = 3;

/// A planned visit of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) id: VisitId,
    pub(crate) code: String,
    pub(crate) referral: String,
    pub(crate) start: DateTime<Utc>,
    pub(crate) minutes: i64,
}

impl Call {
    fn end(&self) -> DateTime<Utc> {
        self.start + TimeDelta::minutes(self.minutes)
    }
}

/// The calls that have to be known to say whether one of the visits overlaps: those that start from the first instant up
/// to the second. None of cancelled visits.
pub(crate) fn range(visits: &[Visit]) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let planned = || visits.iter().filter(|visit| !visit.is_cancelled());
    let first = planned().map(|visit| visit.start).min()?;
    let last = planned().map(|visit| visit.start + TimeDelta::minutes(visit.minutes)).max()?;
    Some((first - LONGEST, last))
}

/// The first pairs of visits that overlap, the one that a warning is about second, and how many there are.
#[derive(Debug, Default)]
pub(crate) struct Overlaps<'a> {
    named: Vec<(&'a Call, &'a Call)>,
    count: usize,
}

/// Those of the visits with others of `calls`, which are sorted by start and hold these too. Each pair once.
pub(crate) fn overlaps<'a>(visits: &[Visit], calls: &'a [Call]) -> Overlaps<'a> {
    let new: HashSet<VisitId> = visits.iter().map(|visit| visit.id).collect();
    let mut found = Overlaps::default();
    for (position, call) in calls.iter().enumerate() {
        let later = calls.iter().skip(position + 1);
        for other in later.take_while(|other| other.start < call.end()) {
            let pair = match (new.contains(&call.id), new.contains(&other.id)) {
                (_, true) => (call, other),
                (true, false) => (other, call),
                (false, false) => continue,
            };
            found.count += 1;
            if found.count <= NAMED {
                found.named.push(pair);
            }
        }
    }
    found
}

impl Overlaps<'_> {
    /// None if none overlaps.
    pub(crate) fn warning(&self, zone: Zone) -> Option<String> {
        let words = |(other, new): &(&Call, &Call)| {
            let start = other.start.with_timezone(&zone).format("%a %-d %B %Y at %H:%M");
            let elsewhere = other.referral != new.referral;
            let referral = if elsewhere { format!(" of {}", other.referral) } else { String::new() };
            let verb = if other.start == new.start { "begins together with" } else { "overlaps with" };
            format!("{} {verb} {}{referral} ({start}, {} min)", new.code, other.code, other.minutes)
        };
        let named: Vec<String> = self.named.iter().map(words).collect();
        let more = self.count.saturating_sub(NAMED);
        let more = if more == 0 { String::new() } else { format!("; and so do {more} more") };
        (!named.is_empty()).then(|| format!("{}{more}", named.join("; ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::visit::VisitStatus;

    fn visit(code: &str, start: &str, minutes: i64) -> Visit {
        Visit {
            id: VisitId::from_u128(code.bytes().fold(0, |number, byte| number * 256 + u128::from(byte))),
            code: code.to_owned(),
            referral_id: ReferralId::NIL,
            referral: "REF-1".to_owned(),
            start: format!("2030-05-{start}:00Z").parse().unwrap(),
            minutes,
            status: VisitStatus::Planned,
            note: None,
            provider_note: None,
            sequence: 0,
            source_id: None,
            outsourced: None,
        }
    }

    fn call(visit: &Visit) -> Call {
        cloned! { visit => Call { id, code, referral, start, minutes } }
    }

    fn found(new: &[Visit], known: &[Visit]) -> Vec<String> {
        let mut calls: Vec<Call> = new.iter().chain(known).map(call).collect();
        calls.sort_by_key(|call| call.start);
        overlaps(new, &calls)
            .named
            .iter()
            .map(|(other, new)| format!("{}-{}", new.code, other.code))
            .collect()
    }

    // Rule 1.15.
    #[test]
    fn visits_that_touch_do_not_overlap_and_those_of_one_minute_do() {
        let new = visit("N", "06T08:00", 30);
        for (start, minutes, expected) in [
            ("06T08:00", 30, vec!["N-K"]),
            ("06T08:29", 5, vec!["N-K"]),
            ("06T08:30", 30, vec![]),
            ("06T07:30", 30, vec![]),
            ("06T07:30", 31, vec!["N-K"]),
            ("05T08:01", 1440, vec!["N-K"]),
            ("07T08:00", 30, vec![]),
        ] {
            let known = visit("K", start, minutes);
            assert_eq!(found(std::slice::from_ref(&new), &[known]), expected, "{start} {minutes}");
        }
    }

    #[test]
    fn each_pair_is_found_once_and_old_pairs_are_not() {
        let new = [visit("N1", "06T08:00", 60), visit("N2", "06T08:30", 60)];
        let known = [visit("K1", "06T08:15", 60), visit("K2", "06T08:15", 10)];
        assert_eq!(found(&new, &known), ["N1-K1", "N1-K2", "N2-N1"]);
        let mut all: Vec<Call> = new.iter().chain(&known).map(call).collect();
        all.sort_by_key(|call| call.start);
        assert_eq!(overlaps(&new, &all).count, 4);
    }
}
