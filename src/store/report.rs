//! The data of reports.

use crate::model::report::{
    Key, LinkedResource, Names, OfferFact, PackageFact, Period, ReportedReferral, SharingFact,
};
use crate::model::sharing::Label;
use crate::store::prelude::*;

/// The filter of a report; an absent field does not limit it.
#[derive(Default)]
pub(crate) struct Filter {
    pub(crate) queue: Option<QueueId>,
    pub(crate) resource: Option<ResourceId>,
    pub(crate) provider: Option<ProviderId>,
    pub(crate) only_open: bool,
    pub(crate) since: Option<DateTime<Utc>>,
    pub(crate) before: Option<DateTime<Utc>>,
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
        filter.before,
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

/// The offers that have opened in the period, streamed; to a provider, in a queue.
pub(crate) fn offers(
    tx: &mut Tx<'_>, period: &Period, provider: Option<ProviderId>, queue: Option<QueueId>,
    mut offer: impl FnMut(&OfferFact),
) -> Result<()> {
    tx.each(sql!("report/offers"), params![period.begin, period.end, provider, queue], |row| {
        offer(&OfferFact {
            provider: row.get("provider_id")?,
            queue: row.get("queue_id")?,
            status: row.get("status")?,
            asked_at: row.get("asked_at")?,
            lapses_at: row.get("lapses_at")?,
            responded_at: row.get("responded_at")?,
            removed_at: row.get("removed_at")?,
        });
        Ok(())
    })
}

/// The packages created in the period, streamed; in a queue.
pub(crate) fn packages(
    tx: &mut Tx<'_>, period: &Period, queue: Option<QueueId>, mut package: impl FnMut(&PackageFact),
) -> Result<()> {
    tx.each(sql!("report/packages"), params![period.begin, period.end, queue], |row| {
        package(&PackageFact {
            queue: row.get("queue_id")?,
            status: row.get("status")?,
            created_at: row.get("created_at")?,
            accepted_at: row.get("accepted_at")?,
        });
        Ok(())
    })
}

/// The sharing requests sent in the period, streamed; to an owner.
pub(crate) fn requests(
    tx: &mut Tx<'_>, period: &Period, owner: Option<ProviderId>, mut request: impl FnMut(&SharingFact),
) -> Result<()> {
    tx.each(sql!("report/requests"), params![period.begin, period.end, owner], |row| {
        let (label, at): (Option<Label>, Option<DateTime<Utc>>) =
            (row.get("label")?, row.get("answered_at")?);
        request(&SharingFact {
            owner: row.get("owner_id")?,
            requested_at: row.get("requested_at")?,
            answer: label.zip(at),
            has_ended: row.get("has_ended")?,
        });
        Ok(())
    })
}

/// The referrals created in the period, streamed: when, and when each first changed its status; in a queue.
pub(crate) fn arrivals(
    tx: &mut Tx<'_>, period: &Period, queue: Option<QueueId>,
    mut referral: impl FnMut(DateTime<Utc>, Option<DateTime<Utc>>),
) -> Result<()> {
    tx.each(sql!("report/arrivals"), params![period.begin, period.end, queue], |row| {
        referral(row.get("created_at")?, row.get("changed_at")?);
        Ok(())
    })
}

/// What the groups of a report are called.
pub(crate) fn names(tx: &mut Tx<'_>, keys: impl Iterator<Item = Key>) -> Result<Names> {
    let (mut providers, mut queues) = (Vec::new(), Vec::new());
    for key in keys {
        match key {
            Key::Provider(provider) => providers.push(provider),
            Key::Queue(queue) => queues.push(queue),
            Key::Month(_) => {}
        }
    }
    let providers = provider_names(tx, &providers)?;
    Ok(providers.into_iter().chain(queue_names(tx, &queues)?).collect())
}

type Named = (Key, (Option<String>, String));

fn provider_names(tx: &mut Tx<'_>, providers: &[ProviderId]) -> Result<Vec<Named>> {
    tx.all_in(sql!("report/provider_names"), params![], providers, |row| {
        Ok((Key::Provider(row.get("id")?), (Some(row.get("code")?), row.get("name")?)))
    })
}

fn queue_names(tx: &mut Tx<'_>, queues: &[QueueId]) -> Result<Vec<Named>> {
    tx.all_in(sql!("report/queue_names"), params![], queues, |row| {
        Ok((Key::Queue(row.get("id")?), (None, row.get("name")?)))
    })
}
