//! What is shown of each resource that was found, read for many at once.

use std::collections::HashMap;

use crate::store::prelude::*;

/// Of some resources, by their keys.
#[derive(Default)]
pub(crate) struct Shown {
    categories: HashMap<ResourceId, Vec<String>>,
    phones: HashMap<ResourceId, String>,
    room: HashMap<ResourceId, Room>,
}

/// How many more referrals a resource can take, and what is noted beside that.
#[derive(Clone, Debug)]
pub(crate) struct Room {
    pub(crate) places_left: i64,
    pub(crate) note: Option<String>,
}

impl Shown {
    pub(crate) fn of(tx: &mut Tx<'_>, resources: &[ResourceId], now: DateTime<Utc>) -> Result<Self> {
        let mut shown = Shown { room: room(tx, resources, now)?, ..Shown::default() };
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

    /// None if it says nothing.
    pub(crate) fn room(&self, resource: ResourceId) -> Option<&Room> {
        self.room.get(&resource)
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

/// The room of each; those that say nothing are absent.
pub(crate) fn room(
    tx: &mut Tx<'_>, resources: &[ResourceId], now: DateTime<Utc>,
) -> Result<HashMap<ResourceId, Room>> {
    let mut rooms = HashMap::new();
    let entries = tx.all_in(sql!("resource/room"), params![now], resources, |row| {
        let places_left = row.get::<i64>("places_left")?.max(0);
        Ok((row.get("resource_id")?, Room { places_left, note: row.get("note")? }))
    })?;
    for (resource, room) in entries {
        rooms.entry(resource).or_insert(room);
    }
    Ok(rooms)
}
