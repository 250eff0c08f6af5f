//! Entries of capacity, each with where it stands at an instant.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Row, Tx, params, sql};
use crate::error::{Error, Result};
use crate::model::capacity::{Entry, Standing};
use crate::model::text::fold;

/// Which entries a list is to have; everything left out counts for all.
#[derive(Default)]
pub(crate) struct Filter<'a> {
    pub(crate) id: Option<Uuid>,
    pub(crate) resource: Option<Uuid>,
    pub(crate) provider: Option<Uuid>,
    pub(crate) standing: Option<Standing>,
    pub(crate) leave_out_removed: bool,
    /// The last one seen.
    pub(crate) after: Option<&'a Entry>,
    pub(crate) sight: Option<Uuid>,
}

/// By name of the resource and start, at most `limit`; `now` decides where each stands.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    filter: &Filter<'_>,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Entry>> {
    let values = params![
        now,
        filter.id,
        filter.resource,
        filter.provider,
        filter.standing.map(Standing::key),
        filter.leave_out_removed.then_some(true),
        filter.after.map(|entry| fold(&entry.resource_name)),
        filter.after.map(|entry| entry.starts_at),
        filter.after.map(|entry| entry.id),
        filter.sight,
        limit
    ];
    tx.all(sql!("capacity/list"), values, read)
}

/// The entry that counts for a resource at an instant, with what was used of it; none where no entry has started and not
/// ended.
pub(crate) fn in_force(tx: &mut Tx<'_>, resource: Uuid, now: DateTime<Utc>) -> Result<Option<Entry>> {
    let filter = Filter { resource: Some(resource), standing: Some(Standing::InForce), ..Filter::default() };
    Ok(list(tx, &filter, now, 1)?.pop())
}

fn read(row: &Row<'_>) -> Result<Entry> {
    let standing: String = row.get("standing")?;
    Ok(Entry {
        id: row.get("id")?,
        code: row.get("code")?,
        resource_id: row.get("resource_id")?,
        resource: row.get("resource")?,
        resource_name: row.get("resource_name")?,
        provider: row.get("provider")?,
        provider_name: row.get("provider_name")?,
        places: row.get("places")?,
        unit: row.get("unit")?,
        maximum: row.get("maximum")?,
        starts_at: row.get("starts_at")?,
        ends_at: row.get("ends_at")?,
        note: row.get("note")?,
        set_at: row.get("set_at")?,
        set_by: row.get("set_by")?,
        removed_at: row.get("removed_at")?,
        removed_by: row.get("removed_by")?,
        standing: Standing::from_key(&standing)
            .ok_or_else(|| Error::internal(format!("`{standing}` is not where an entry stands")))?,
        used: row.get("used")?,
    })
}
