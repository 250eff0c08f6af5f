//! Capacity: how many more referrals a resource can take, in entries (rule 2.8). The number is declared; its
//! usage is derived.

pub(crate) mod rules;
pub(crate) mod view;
pub(crate) mod window;

use chrono::TimeDelta;

use crate::model::prelude::*;

pub(crate) const NOUN: Noun = noun!("capacity");

/// After that an entry should be looked at again.
pub(crate) const FRESH: TimeDelta = TimeDelta::days(7);

/// One declaration of capacity for a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) id: CapacityId,
    pub(crate) code: String,
    pub(crate) resource_id: ResourceId,
    /// The code of the resource.
    pub(crate) resource: String,
    pub(crate) resource_name: String,
    /// The code of its provider.
    pub(crate) provider: String,
    pub(crate) provider_name: String,
    pub(crate) places: i64,
    pub(crate) unit: Option<String>,
    pub(crate) maximum: Option<i64>,
    pub(crate) starts_at: DateTime<Utc>,
    /// Exclusive.
    pub(crate) ends_at: Option<DateTime<Utc>>,
    pub(crate) note: Option<String>,
    pub(crate) set_at: DateTime<Utc>,
    /// The login of the actor who set it.
    pub(crate) set_by: String,
    pub(crate) removed_at: Option<DateTime<Utc>>,
    pub(crate) removed_by: Option<String>,
    pub(crate) status: CapacityStatus,
    /// Referrals assigned to the resource since the entry started and still there; only while it is in force.
    pub(crate) used: Option<i64>,
}

names! {
    /// The status of an entry at one instant.
    pub(crate) enum CapacityStatus {
        /// In force: the latest that has started and not ended.
        InForce = "in_force",
        /// Overridden by a later one for a while.
        Suspended = "suspended",
        /// Has not started.
        Scheduled = "scheduled",
        /// Has ended, or is overridden until its end.
        Past = "past",
        /// Removed; kept for the history.
        Removed = "removed",
    }
}

/// The unit, in the singular for one: people enter units in the plural, such as `beds`.
pub(crate) fn unit(number: i64, unit: Option<&str>) -> &str {
    const SINGULARS: [(&str, &str); 8] = [
        ("beds", "bed"),
        ("clients", "client"),
        ("hours", "hour"),
        ("places", "place"),
        ("rooms", "room"),
        ("seats", "seat"),
        ("slots", "slot"),
        ("visits", "visit"),
    ];
    let unit = unit.unwrap_or("places");
    let singular = SINGULARS.iter().find(|(plural, _)| number == 1 && *plural == unit);
    singular.map_or(unit, |(_, singular)| singular)
}

impl Entry {
    /// Places left, never below 0. Absent if the entry is not in force.
    pub(crate) fn remaining(&self) -> Option<i64> {
        self.used.map(|used| (self.places - used).max(0))
    }

    /// By how many referrals the places are exceeded.
    pub(crate) fn over(&self) -> Option<i64> {
        self.used.map(|used| (used - self.places).max(0))
    }

    /// `4 beds`, or `4 places` without a unit.
    pub(crate) fn amount(&self) -> String {
        format!("{} {}", self.places, unit(self.places, self.unit.as_deref()))
    }

    /// The warning before a referral is assigned to a full resource; none if there is room.
    pub(crate) fn exhausted(&self) -> Option<String> {
        let used = self.used.filter(|_| self.remaining() == Some(0))?;
        let (name, amount) = (&self.resource_name, self.amount());
        Some(match self.places {
            0 => format!("`{name}` takes no more referrals: its capacity is {amount}"),
            _ => format!("`{name}` has no room left: {used} of {amount} used"),
        })
    }

    /// What is noted beside it, for who assigns a referral.
    pub(crate) fn noted(&self) -> Option<String> {
        self.note.as_ref().map(|note| format!("`{}` notes beside its capacity: {note}", self.resource_name))
    }

    /// With `--strict` an assignment to a full resource is refused (rule 2.8).
    pub(crate) fn must_have_room(&self) -> Result<()> {
        let Some(why) = self.exhausted() else { return Ok(()) };
        Err(Error::refused("capacity.exhausted", why)
            .hint(format!("`caredesk capacity show {}` shows it; `capacity set` changes it", self.resource))
            .detail("resource", self.resource.clone())
            .detail("places", self.places)
            .detail("used", self.used))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn entry(places: i64, used: i64) -> Entry {
        let now = DateTime::UNIX_EPOCH;
        Entry {
            id: CapacityId::NIL,
            code: "CAP-000000".to_owned(),
            resource_id: ResourceId::NIL,
            resource: "RES-000000".to_owned(),
            resource_name: "Harbour".to_owned(),
            provider: "PRV-000000".to_owned(),
            provider_name: "Harbour".to_owned(),
            places,
            unit: None,
            maximum: None,
            starts_at: now,
            ends_at: None,
            note: None,
            set_at: now,
            set_by: "rosa".to_owned(),
            removed_at: None,
            removed_by: None,
            status: CapacityStatus::InForce,
            used: Some(used),
        }
    }

    #[test]
    fn what_is_left_is_never_below_none() {
        for (places, used, remaining, over) in
            [(4, 0, 4, 0), (4, 3, 1, 0), (4, 4, 0, 0), (4, 6, 0, 2), (0, 0, 0, 0)]
        {
            let entry = entry(places, used);
            assert_eq!((entry.remaining(), entry.over()), (Some(remaining), Some(over)), "{places} {used}");
            assert_eq!(entry.must_have_room().is_err(), remaining == 0, "{places} {used}");
        }
    }

    #[test]
    fn an_entry_that_is_not_in_force_says_nothing_of_room() {
        let scheduled = Entry { used: None, status: CapacityStatus::Scheduled, ..entry(0, 0) };
        assert_eq!((scheduled.remaining(), scheduled.over(), scheduled.exhausted()), (None, None, None));
    }
}
