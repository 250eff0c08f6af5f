//! The visits that providers have accepted. What a portal account may not know of them is not read.

use crate::model::client;
use crate::model::held_visit::{CallView, EndedVisit, HeldVisit, KnownClient, NOUN};
use crate::model::visit::VisitStatus;
use crate::store::prelude::*;

/// The filter of a list of visits; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter<'a> {
    pub(crate) id: Option<VisitId>,
    pub(crate) provider: Option<ProviderId>,
    pub(crate) client: Option<ClientId>,
    pub(crate) from: Option<DateTime<Utc>>,
    /// Exclusive.
    pub(crate) to: Option<DateTime<Utc>>,
    pub(crate) status: Option<VisitStatus>,
    /// The cursor: the last row of the page before.
    pub(crate) after: Option<&'a HeldVisit>,
}

/// For whom visits are read.
#[derive(Clone, Copy)]
pub(crate) struct Viewer {
    pub(crate) visibility: Visibility,
    /// A visit before this instant no longer shows whose it is.
    pub(crate) since: DateTime<Utc>,
}

/// By start, at most `limit`.
pub(crate) fn list(
    tx: &mut Tx<'_>, filter: &Filter<'_>, viewer: Viewer, limit: i64,
) -> Result<Vec<HeldVisit>> {
    if filter.id.is_some() {
        return of_provider(tx, filter, viewer, limit);
    }
    let providers = spoken_for::one_by_one(tx, viewer.visibility, filter.provider)?;
    let mut visits = Vec::new();
    for &provider in &providers {
        visits.extend(of_provider(tx, &Filter { provider, ..*filter }, viewer, limit)?);
    }
    Ok(spoken_for::one_page(visits, |visit| (visit.call.start, visit.id), true, limit))
}

fn of_provider(tx: &mut Tx<'_>, filter: &Filter<'_>, viewer: Viewer, limit: i64) -> Result<Vec<HeldVisit>> {
    let Filter { id, provider, client, from, to, status, after } = *filter;
    let (after, after_id) = after.map(|visit| (visit.call.start, visit.id)).unzip();
    let (account, since) = (viewer.visibility.account(), viewer.since);
    let values = params![id, provider, client, from, to, status, after, after_id, account, since, limit];
    tx.all(sql!("held_visit/of_provider"), values, read)
}

/// When the last one starts, of a provider or of those that a portal account may see.
pub(crate) fn last_start(
    tx: &mut Tx<'_>, provider: Option<ProviderId>, visibility: Visibility,
) -> Result<Option<DateTime<Utc>>> {
    let mut last = None;
    for provider in spoken_for::one_by_one(tx, visibility, provider)? {
        let start = tx.first(sql!("held_visit/last_start"), params![provider], |row| row.get("starts_at"))?;
        last = last.max(start);
    }
    Ok(last)
}

/// Those that a provider had, or the providers of a portal account: recalled or handed back since.
pub(crate) fn ended(
    tx: &mut Tx<'_>, provider: Option<ProviderId>, visibility: Visibility,
    (from, to): (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
) -> Result<Vec<EndedVisit>> {
    tx.all(sql!("held_visit/ended"), params![provider, visibility.account(), from, to], |row| {
        from_row! { row => EndedVisit {
            code, sequence, start: row.get("offered_start")?, minutes: row.get("offered_minutes")?,
        } }
    })
}

impl Lookup for HeldVisit {
    finds!(by list, HeldVisit, Visit, Viewer);

    fn candidates(tx: &mut Tx<'_>, reference: &Reference, viewer: Viewer) -> Candidates<noun::Visit> {
        let (code, code_end) = reference.code_range();
        let values = params![code, code_end, viewer.visibility.account()];
        tx.all(sql!("held_visit/candidates"), values, coded)
    }
}

fn read(row: &Row<'_>) -> Result<HeldVisit> {
    from_row! { row => HeldVisit {
        id, provider_id, sequence, referral, area, call: call(row)?, client: known(row)?,
    } }
}

fn call(row: &Row<'_>) -> Result<CallView> {
    from_row! { row => CallView {
        code, status, provider_note, package, package_reference, provider, provider_name,
        start: row.get("starts_at")?, duration_minutes: row.get("duration_minutes")?,
    } }
}

fn known(row: &Row<'_>) -> Result<Option<KnownClient>> {
    let Some(id) = row.get("client_id")? else { return Ok(None) };
    let (given, family): (String, String) = (row.get("given")?, row.get("family")?);
    Ok(Some(KnownClient {
        id,
        code: row.get("client")?,
        name: client::name(&given, &family),
        address: row.get("address")?,
        postal_code: row.get("postal_code")?,
    }))
}
