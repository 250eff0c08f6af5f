//! Entries of capacity, each with its status at an instant.

use crate::model::capacity::{CapacityStatus, Entry, NOUN};
use crate::store::prelude::*;

/// The filter of a list of entries; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter<'a> {
    pub(crate) id: Option<CapacityId>,
    pub(crate) resource: Option<ResourceId>,
    pub(crate) provider: Option<ProviderId>,
    pub(crate) status: Option<CapacityStatus>,
    pub(crate) leave_out_removed: bool,
    /// Neither of inactive resources nor of inactive providers.
    pub(crate) hides_inactive: bool,
    /// Only those that were set before this instant.
    pub(crate) set_before: Option<DateTime<Utc>>,
    /// The cursor: the last row of the page before.
    pub(crate) after: Option<&'a Entry>,
}

/// By name of the resource and start, at most `limit`; `now` decides the status of each.
pub(crate) fn list(
    tx: &mut Tx<'_>, filter: &Filter<'_>, visibility: Visibility, now: DateTime<Utc>, limit: i64,
) -> Result<Vec<Entry>> {
    let values = params![
        now,
        filter.id,
        filter.resource,
        filter.provider,
        filter.status,
        filter.leave_out_removed.then_some(true),
        filter.after.map(|entry| fold_name(&entry.resource_name)),
        filter.after.map(|entry| entry.starts_at),
        filter.after.map(|entry| entry.id),
        visibility.account(),
        limit,
        filter.hides_inactive.then_some(true),
        filter.set_before
    ];
    tx.all(sql!("capacity/list"), values, read)
}

/// The entry in force for a resource at an instant, with its usage; none if no entry has started and not
/// ended.
pub(crate) fn in_force(tx: &mut Tx<'_>, resource: ResourceId, now: DateTime<Utc>) -> Result<Option<Entry>> {
    let filter =
        Filter { resource: Some(resource), status: Some(CapacityStatus::InForce), ..Filter::default() };
    Ok(list(tx, &filter, Visibility::INTERNAL, now, 1)?.pop())
}

/// The entry that was just written.
pub(crate) fn by_id(tx: &mut Tx<'_>, id: CapacityId, now: DateTime<Utc>) -> Result<Entry> {
    let found = Entry::by_id(tx, id, (Visibility::INTERNAL, now))?;
    found.ok_or_else(|| Error::internal("an entry of capacity is gone"))
}

/// By code, removed or not; the instant decides the status.
impl Lookup for Entry {
    finds!(Entry, Capacity, (Visibility, DateTime<Utc>));

    fn candidates(
        tx: &mut Tx<'_>, reference: &Reference, (visibility, _): Self::Scope,
    ) -> Candidates<noun::Capacity> {
        let (code, code_end) = reference.code_range();
        tx.all(sql!("capacity/candidates"), params![code, code_end, visibility.account()], coded)
    }

    fn by_id(tx: &mut Tx<'_>, id: CapacityId, (visibility, now): Self::Scope) -> Result<Option<Entry>> {
        Ok(list(tx, &Filter { id: Some(id), ..Filter::default() }, visibility, now, 1)?.pop())
    }
}

pub(crate) fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.first(sql!("capacity/is_code_taken"), params![code], |_| Ok(()))?.is_some())
}

/// The database refuses a second entry of the resource that starts at the same instant.
pub(crate) fn insert(tx: &mut Tx<'_>, e: &Entry, by: AccountId) -> Result<()> {
    let values = params![
        e.id, e.code, e.resource_id, e.places, e.unit, e.maximum, e.starts_at, e.ends_at, e.note, e.set_at,
        by
    ];
    tx.run(sql!("capacity/insert"), values).map(drop)
}

pub(crate) fn update(tx: &mut Tx<'_>, e: &Entry) -> Result<()> {
    let values = params![e.id, e.places, e.unit, e.maximum, e.starts_at, e.ends_at, e.note];
    exactly_one(tx.run(sql!("capacity/update"), values)?, "capacity")
}

pub(crate) fn remove(tx: &mut Tx<'_>, id: CapacityId, at: DateTime<Utc>, by: AccountId) -> Result<()> {
    exactly_one(tx.run(sql!("capacity/remove"), params![id, at, by])?, "capacity")
}

fn read(row: &Row<'_>) -> Result<Entry> {
    from_row! { row => Entry {
        id, code, resource_id, resource, resource_name, provider, provider_name, places, unit, maximum,
        starts_at, ends_at, note, set_at, set_by, removed_at, removed_by, status, used,
    } }
}
