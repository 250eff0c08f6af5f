//! The figures of reports: referrals by queue, status and resource with their ages, and capacity by resource.

use super::capacity::Entry;
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
        referrals: usize => Number,
        /// Whole days since the first of them was created.
        oldest_days: i64 => Number,
        /// Half of them are at least so many whole days old.
        median_days: i64 => Number,
        /// How many have left their first status, now or before.
        changed: usize => Number,
        /// The median time of those until the first change, in minutes; null if there was none.
        median_minutes_to_change: Option<i64> => Number,
    }
}

/// Counts referrals sorted by group, with one group in memory at a time.
pub(crate) struct ReferralGroups {
    now: DateTime<Utc>,
    first: Option<ReportedReferral>,
    ages: Vec<i64>,
    waits: Vec<i64>,
}

impl ReferralGroups {
    pub(crate) fn new(now: DateTime<Utc>) -> Self {
        ReferralGroups { now, first: None, ages: Vec::new(), waits: Vec::new() }
    }

    /// Returns the previous group if this referral begins the next.
    pub(crate) fn add(&mut self, referral: ReportedReferral) -> Option<ReferralsView> {
        let is_next = self.first.as_ref().is_some_and(|first| {
            (&first.queue, &first.status, &first.resource)
                != (&referral.queue, &referral.status, &referral.resource)
        });
        let done = if is_next { self.end() } else { None };
        self.ages.push(self.now.signed_duration_since(referral.created_at).num_days());
        let wait = referral.changed_at.map(|at| at.signed_duration_since(referral.created_at).num_minutes());
        self.waits.extend(wait);
        self.first.get_or_insert(referral);
        done
    }

    /// The last group, if any.
    pub(crate) fn end(&mut self) -> Option<ReferralsView> {
        let first = self.first.take()?;
        let (mut ages, mut waits) = (std::mem::take(&mut self.ages), std::mem::take(&mut self.waits));
        let (resource, resource_name) = first.resource.unzip();
        Some(ReferralsView {
            queue: first.queue,
            status: first.status,
            closed: first.closed,
            resource,
            resource_name,
            referrals: ages.len(),
            oldest_days: ages.iter().max().copied().unwrap_or(0),
            median_days: median(&mut ages).unwrap_or(0),
            changed: waits.len(),
            median_minutes_to_change: median(&mut waits),
        })
    }
}

/// The upper of two middle values.
fn median(numbers: &mut [i64]) -> Option<i64> {
    numbers.sort_unstable();
    numbers.get(numbers.len() / 2).copied()
}

/// A resource that takes the referrals of a queue in use.
#[derive(Clone, Debug)]
pub(crate) struct LinkedResource {
    pub(crate) id: ResourceId,
    pub(crate) code: String,
    pub(crate) name: String,
    /// The code of its provider.
    pub(crate) provider: String,
    pub(crate) provider_name: String,
}

view! {
    /// A resource that a queue is linked to, and how many more referrals it can take (rule 2.8).
    pub(crate) struct CapacityLine("report", |view| &view.resource) {
        resource: String => Code(hidden),
        resource_name: String => Name,
        provider: String => Code(hidden),
        provider_name: String => Name,
        /// As declared; null if no entry is in force.
        places: Option<i64> => Number,
        unit: Option<String> => Text,
        maximum: Option<i64> => Number(hidden),
        /// Assigned since the declaration took effect.
        used: Option<i64> => Number,
        remaining: Option<i64> => Number,
        starts_at: Option<DateTime<Utc>> => Instant(hidden),
        ends_at: Option<DateTime<Utc>> => Instant,
        note: Option<String> => Text(hidden),
        /// Whole days since it was declared.
        declared_days: Option<i64> => Number,
    }
}

impl CapacityLine {
    /// `entry` is the entry of capacity in force at `now`, if any.
    pub(crate) fn new(resource: LinkedResource, entry: Option<&Entry>, now: DateTime<Utc>) -> Self {
        CapacityLine {
            resource: resource.code,
            resource_name: resource.name,
            provider: resource.provider,
            provider_name: resource.provider_name,
            places: entry.map(|entry| entry.places),
            unit: entry.and_then(|entry| entry.unit.clone()),
            maximum: entry.and_then(|entry| entry.maximum),
            used: entry.and_then(|entry| entry.used),
            remaining: entry.and_then(Entry::remaining),
            starts_at: entry.map(|entry| entry.starts_at),
            ends_at: entry.and_then(|entry| entry.ends_at),
            note: entry.and_then(|entry| entry.note.clone()),
            declared_days: entry.map(|entry| now.signed_duration_since(entry.set_at).num_days()),
        }
    }
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
                (&*group.status, name, group.referrals, group.oldest_days, group.median_days, waited)
            })
            .collect();
        assert_eq!(
            found,
            [("New", "-", 2, 9, 9, None), ("New", "Oak", 1, 3, 3, None), ("Live", "Oak", 3, 7, 4, Some(60)),]
        );
        assert_eq!(tally.end(), None);
    }
}
