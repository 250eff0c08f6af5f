//! What reports are made of.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use crate::model::report::{CapacityLine, Counted};

/// What a report is to look at; everything left out counts for all.
#[derive(Default)]
pub(crate) struct Filter {
    pub(crate) queue: Option<Uuid>,
    pub(crate) resource: Option<Uuid>,
    pub(crate) provider: Option<Uuid>,
    pub(crate) only_open: bool,
    pub(crate) since: Option<DateTime<Utc>>,
    pub(crate) sight: Option<Uuid>,
}

/// Streamed, by queue, status and resource.
pub(crate) fn referrals(
    tx: &mut Tx<'_>,
    filter: &Filter,
    mut referral: impl FnMut(Counted) -> Result<()>,
) -> Result<()> {
    let only_open = filter.only_open.then_some(true);
    let values =
        params![filter.queue, filter.resource, filter.provider, only_open, filter.since, filter.sight];
    tx.each(sql!("report/referrals"), values, |row| {
        let (code, name): (Option<String>, Option<String>) =
            (row.get("resource")?, row.get("resource_name")?);
        referral(Counted {
            queue: row.get("queue")?,
            status: row.get("status")?,
            closed: row.get("closed")?,
            resource: code.zip(name),
            created_at: row.get("created_at")?,
            changed_at: row.get("changed_at")?,
        })
    })
}

/// By name of the resource, as things stand at `now`.
pub(crate) fn capacity(tx: &mut Tx<'_>, filter: &Filter, now: DateTime<Utc>) -> Result<Vec<CapacityLine>> {
    let values = params![now, filter.queue, filter.provider, filter.sight];
    tx.all(sql!("report/capacity"), values, |row| capacity_line(row, now))
}

fn capacity_line(row: &Row<'_>, now: DateTime<Utc>) -> Result<CapacityLine> {
    let places: Option<i64> = row.get("places")?;
    let used: i64 = row.get("used")?;
    let used = places.is_some().then_some(used);
    let set_at: Option<DateTime<Utc>> = row.get("set_at")?;
    Ok(CapacityLine {
        resource: row.get("resource")?,
        resource_name: row.get("resource_name")?,
        provider: row.get("provider")?,
        provider_name: row.get("provider_name")?,
        places,
        unit: row.get("unit")?,
        maximum: row.get("maximum")?,
        used,
        remaining: places.zip(used).map(|(places, used)| (places - used).max(0)),
        from: row.get("starts_at")?,
        until: row.get("ends_at")?,
        note: row.get("note")?,
        declared_days: set_at.map(|at| now.signed_duration_since(at).num_days()),
    })
}
