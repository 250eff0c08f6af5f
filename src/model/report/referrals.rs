//! Referrals by queue, status and resource, with their ages.

use super::mask::{Sum, mask};
use super::{Count, Spread};
use crate::model::prelude::*;

/// The fields of a referral that reports use.
#[derive(Clone, Debug)]
pub(crate) struct ReportedReferral {
    pub(crate) queue: String,
    pub(crate) status: String,
    pub(crate) closed: bool,
    /// Code and name; none if it is not assigned.
    pub(crate) resource: Option<(String, String)>,
    pub(crate) created_at: DateTime<Utc>,
    /// When its status changed for the first time.
    pub(crate) changed_at: Option<DateTime<Utc>>,
}

view! {
    /// The referrals of one resource in one status of one queue.
    pub(crate) struct ReferralsView("report", |view| &view.queue) {
        queue: String => Text,
        status: String => Code,
        closed: bool => YesNo(hidden),
        resource: Option<String> => Code(hidden),
        resource_name: Option<String> => Name,
        referrals: Count => Number,
        /// Whole days since the first of them was created; null with `--mask`, since it is of one referral.
        oldest_days: Option<i64> => Number,
        /// The median of their ages in whole days; null where their number is masked.
        median_days: Option<i64> => Number,
        /// How many have left their first status, now or before.
        changed: Count => Number,
        /// The median time of those until the first change, in minutes; null if there was none.
        median_minutes_to_change: Option<i64> => Number,
    }
}

/// Counts referrals sorted by group, with one group in memory at a time.
pub(crate) struct ReferralGroups {
    now: DateTime<Utc>,
    first: Option<ReportedReferral>,
    oldest: i64,
    ages: Spread,
    waits: Spread,
}

impl ReferralGroups {
    pub(crate) fn new(now: DateTime<Utc>) -> Self {
        ReferralGroups { now, first: None, oldest: 0, ages: Spread::default(), waits: Spread::default() }
    }

    /// Returns the previous group if this referral begins the next.
    pub(crate) fn add(&mut self, referral: ReportedReferral) -> Option<ReferralsView> {
        let is_next = self.first.as_ref().is_some_and(|first| {
            (&first.queue, &first.status, &first.resource)
                != (&referral.queue, &referral.status, &referral.resource)
        });
        let done = if is_next { self.end() } else { None };
        let age = self.now.signed_duration_since(referral.created_at).num_days();
        self.oldest = self.oldest.max(age);
        self.ages.add(age);
        if let Some(at) = referral.changed_at {
            self.waits.add(at.signed_duration_since(referral.created_at).num_minutes());
        }
        self.first.get_or_insert(referral);
        done
    }

    /// The last group, if any.
    pub(crate) fn end(&mut self) -> Option<ReferralsView> {
        let first = self.first.take()?;
        let (ages, waits) = (std::mem::take(&mut self.ages), std::mem::take(&mut self.waits));
        let oldest_days = std::mem::take(&mut self.oldest);
        let (resource, resource_name) = first.resource.unzip();
        Some(ReferralsView {
            queue: first.queue,
            status: first.status,
            closed: first.closed,
            resource,
            resource_name,
            referrals: Count::Exact(ages.count()),
            oldest_days: Some(oldest_days),
            median_days: ages.median(),
            changed: Count::Exact(waits.count()),
            median_minutes_to_change: waits.median(),
        })
    }
}

const SUMS: [Sum; 1] = [Sum { whole: 0, parts: &[1], has_rest: true }];

/// Numbers below `least` are masked, and what else would tell them: the sums of the open and the closed referrals of each queue count as
/// known.
pub(crate) fn masked(mut groups: Vec<ReferralsView>, least: Option<i64>) -> Vec<ReferralsView> {
    let Some(least) = least else { return groups };
    for one in groups.chunk_by_mut(|one, next| (&one.queue, one.closed) == (&next.queue, next.closed)) {
        let row = |view: &ReferralsView| {
            vec![view.referrals.exact().unwrap_or(0), view.changed.exact().unwrap_or(0)]
        };
        let mut rows: Vec<Vec<i64>> = one.iter().map(row).collect();
        rows.push((0..2).map(|place| rows.iter().filter_map(|row| row.get(place)).sum()).collect());
        for (view, counts) in one.iter_mut().zip(mask(&rows, &SUMS, least)) {
            let [referrals, changed] = counts.as_slice() else { continue };
            (view.referrals, view.changed) = (*referrals, *changed);
            // The age of one referral, however many there are.
            view.oldest_days = None;
            view.median_days = referrals.guards(view.median_days);
            view.median_minutes_to_change = changed.guards(view.median_minutes_to_change);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn referral(
        status: &str, resource: Option<&str>, days: i64, changed_after: Option<i64>,
    ) -> ReportedReferral {
        let now: DateTime<Utc> = "2026-11-26T09:00:00Z".parse().unwrap();
        let created_at = now - chrono::Duration::days(days);
        ReportedReferral {
            queue: "Home care".to_owned(),
            status: status.to_owned(),
            closed: false,
            resource: resource.map(|name| (format!("RES-{name}"), name.to_owned())),
            created_at,
            changed_at: changed_after.map(|minutes| created_at + chrono::Duration::minutes(minutes)),
        }
    }

    #[test]
    fn groups_end_where_the_next_begins() {
        let mut tally = ReferralGroups::new("2026-11-26T09:00:00Z".parse().unwrap());
        let come = [
            referral("New", None, 1, None),
            referral("New", None, 9, None),
            referral("New", Some("Oak"), 3, None),
            referral("Live", Some("Oak"), 2, Some(90)),
            referral("Live", Some("Oak"), 4, Some(30)),
            referral("Live", Some("Oak"), 7, Some(60)),
        ];
        let mut groups: Vec<_> = come.into_iter().filter_map(|one| tally.add(one)).collect();
        groups.extend(tally.end());
        let found: Vec<_> = groups
            .iter()
            .map(|group| {
                let name = group.resource_name.as_deref().unwrap_or("-");
                let waited = group.median_minutes_to_change;
                let days = (group.oldest_days.unwrap_or(-1), group.median_days.unwrap_or(-1));
                (&*group.status, name, group.referrals.exact(), days, waited)
            })
            .collect();
        assert_eq!(
            found,
            [
                ("New", "-", Some(2), (9, 5), None),
                ("New", "Oak", Some(1), (3, 3), None),
                ("Live", "Oak", Some(3), (7, 4), Some(60)),
            ]
        );
        assert_eq!(tally.end(), None);
    }
}
