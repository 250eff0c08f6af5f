//! The data of reports.

use crate::model::report::{LinkedResource, ReportedReferral};
use crate::store::prelude::*;

/// The filter of a report; an absent field does not limit it.
#[derive(Default)]
pub(crate) struct Filter {
    pub(crate) queue: Option<QueueId>,
    pub(crate) resource: Option<ResourceId>,
    pub(crate) provider: Option<ProviderId>,
    pub(crate) only_open: bool,
    pub(crate) since: Option<DateTime<Utc>>,
}

/// Streamed, by queue, status and resource.
pub(crate) fn referrals(
    tx: &mut Tx<'_>, filter: &Filter, visibility: Visibility,
    mut referral: impl FnMut(ReportedReferral) -> Result<()>,
) -> Result<()> {
    let only_open = filter.only_open.then_some(true);
    let values = params![
        filter.queue,
        filter.resource,
        filter.provider,
        only_open,
        filter.since,
        visibility.account()
    ];
    tx.each(sql!("report/referrals"), values, |row| {
        let (code, name): (Option<String>, Option<String>) =
            (row.get("resource")?, row.get("resource_name")?);
        referral(ReportedReferral {
            queue: row.get("queue")?,
            status: row.get("status")?,
            closed: row.get("closed")?,
            resource: code.zip(name),
            created_at: row.get("created_at")?,
            changed_at: row.get("changed_at")?,
        })
    })
}

/// Resources that take referrals, by name.
pub(crate) fn resources(
    tx: &mut Tx<'_>, filter: &Filter, visibility: Visibility,
) -> Result<Vec<LinkedResource>> {
    tx.all(sql!("report/resources"), params![filter.queue, filter.provider, visibility.account()], |row| {
        from_row! { row => LinkedResource { id, code, name, provider, provider_name } }
    })
}
