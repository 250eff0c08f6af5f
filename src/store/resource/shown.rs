//! What is shown of each resource that was found, read for many at once.

use std::collections::HashMap;

use crate::store::prelude::*;

/// Of some resources, by their keys.
#[derive(Default)]
pub(crate) struct Shown {
    categories: HashMap<ResourceId, Vec<String>>,
    phones: HashMap<ResourceId, String>,
    places_left: HashMap<ResourceId, i64>,
}

impl Shown {
    pub(crate) fn of(tx: &mut Tx<'_>, resources: &[ResourceId], now: DateTime<Utc>) -> Result<Self> {
        let mut shown = Shown { places_left: places_left(tx, resources, now)?, ..Shown::default() };
        for (resource, name) in categories(tx, resources)? {
            shown.categories.entry(resource).or_default().push(name);
        }
        for (resource, number) in phones(tx, resources)? {
            shown.phones.entry(resource).or_insert(number);
        }
        Ok(shown)
    }

    /// The names of its categories.
    pub(crate) fn categories(&self, resource: ResourceId) -> Vec<String> {
        self.categories.get(&resource).cloned().unwrap_or_default()
    }

    /// The first number to call of it, or else of its provider.
    pub(crate) fn phone(&self, resource: ResourceId) -> Option<String> {
        self.phones.get(&resource).cloned()
    }

    /// How many more referrals it can take; none if it says nothing.
    pub(crate) fn places_left(&self, resource: ResourceId) -> Option<i64> {
        self.places_left.get(&resource).copied()
    }
}

fn categories(tx: &mut Tx<'_>, resources: &[ResourceId]) -> Result<Vec<(ResourceId, String)>> {
    tx.all_in(sql!("resource/categories"), params![], resources, |row| {
        Ok((row.get("resource_id")?, row.get("name")?))
    })
}

fn phones(tx: &mut Tx<'_>, resources: &[ResourceId]) -> Result<Vec<(ResourceId, String)>> {
    tx.all_in(sql!("resource/phones"), params![], resources, |row| {
        Ok((row.get("resource_id")?, row.get("number")?))
    })
}

/// How many more referrals each can take; those that say nothing are absent.
pub(crate) fn places_left(
    tx: &mut Tx<'_>, resources: &[ResourceId], now: DateTime<Utc>,
) -> Result<HashMap<ResourceId, i64>> {
    let mut left = HashMap::new();
    let entries = tx.all_in(sql!("resource/places_left"), params![now], resources, |row| {
        Ok((row.get("resource_id")?, row.get::<i64>("places_left")?))
    })?;
    for (resource, places) in entries {
        left.entry(resource).or_insert(places.max(0));
    }
    Ok(left)
}
