//! Resources: agency records and programs.

pub(crate) mod find;
mod index;
mod of_words;
pub(crate) mod shown;

pub(crate) use index::{index, index_all, unindex};
pub(crate) use of_words::of_words;

use crate::model::resource::{NOUN, Resource, State};
use crate::store::prelude::*;

pub(crate) fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(of_code(tx, code)?.is_some())
}

/// By code, by name, or by its provider's code or name, which mean the agency record.
impl Lookup for Resource {
    finds!(Resource, Resource, Visibility);

    fn candidates(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Candidates<Self::Noun> {
        let (code, code_end) = reference.code_range();
        let (name, name_end) = reference.name_range();
        let values = params![code, code_end, name, name_end, visibility.account()];
        tx.all(sql!("resource/candidates"), values, coded_and_named)
    }

    fn by_id(tx: &mut Tx<'_>, id: ResourceId, _: Visibility) -> Result<Option<Resource>> {
        by_id(tx, id)
    }

    fn names(tx: &mut Tx<'_>, _: &Reference, visibility: Visibility) -> Result<Vec<String>> {
        tx.all(sql!("resource/names"), params![NAMES_TO_COMPARE, visibility.account()], |row| row.get("name"))
    }
}

pub(crate) fn by_id(tx: &mut Tx<'_>, id: ResourceId) -> Result<Option<Resource>> {
    tx.first(sql!("resource/by_id"), params![id], read)
}

pub(crate) fn of_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Resource>> {
    let found: Option<ResourceId> = tx.first(sql!("resource/of_code"), params![code], |row| row.get("id"))?;
    found.map_or(Ok(None), |id| by_id(tx, id))
}

/// The ids that programs of several sources have.
pub(crate) fn shared_ids(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("resource/shared_ids"), params![], |row| row.get("source_id"))
}

/// The filter of a list of resources; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter<'a> {
    pub(crate) provider: Option<ProviderId>,
    pub(crate) queue: Option<QueueId>,
    pub(crate) state: Option<State>,
    pub(crate) hides_inactive: bool,
    /// Only those of active providers.
    pub(crate) of_active: bool,
    /// The cursor: the last row of the page before.
    pub(crate) after: Option<&'a Resource>,
}

/// By name, at most `limit`.
pub(crate) fn list(
    tx: &mut Tx<'_>, filter: &Filter<'_>, visibility: Visibility, limit: i64,
) -> Result<Vec<Resource>> {
    let (after, after_id) = filter.after.map(|resource| (fold_name(&resource.name), resource.id)).unzip();
    let state = filter.state;
    let (in_use, of_active) = (filter.hides_inactive.then_some(true), filter.of_active.then_some(true));
    let values = params![
        filter.provider,
        filter.queue,
        state,
        after,
        after_id,
        visibility.account(),
        limit,
        in_use,
        of_active
    ];
    tx.all(sql!("resource/list"), values, read)
}

/// The resource of a provider with this name: the one that is spelt so, and the agency record, first.
pub(crate) fn of_name(tx: &mut Tx<'_>, provider: ProviderId, name: &str) -> Result<Option<Resource>> {
    let found: Option<ResourceId> =
        tx.first(sql!("resource/of_name"), params![provider, fold_name(name), name], |row| row.get("id"))?;
    found.map_or(Ok(None), |id| by_id(tx, id))
}

/// Inserts a program; agency records are created with their providers.
pub(crate) fn insert(tx: &mut Tx<'_>, r: &Resource) -> Result<()> {
    tx.run(sql!("resource/insert"), params![r.id, r.code, r.provider_id, r.name, fold_name(&r.name)])
        .map(drop)
}

pub(crate) fn update(tx: &mut Tx<'_>, r: &Resource) -> Result<()> {
    let values = params![
        r.id,
        r.name,
        fold_name(&r.name),
        r.state,
        r.description,
        r.eligibility,
        r.fees,
        r.application_process,
        r.email,
        r.url
    ];
    exactly_one(tx.run(sql!("resource/update"), values)?, "resource")
}

/// Logins of the portal accounts that see the resource, also through its agency.
pub(crate) fn accounts(tx: &mut Tx<'_>, resource: ResourceId) -> Result<Vec<String>> {
    tx.all(sql!("resource/accounts"), params![resource], |row| row.get("login"))
}

/// Id and login of the portal accounts with access to the resource itself.
pub(crate) fn holders(tx: &mut Tx<'_>, resource: ResourceId) -> Result<Vec<(AccountId, String)>> {
    tx.all(sql!("resource/holders"), params![resource], |row| Ok((row.get("id")?, row.get("login")?)))
}

/// Id and name of the queues linked to the resource.
pub(crate) fn queues(tx: &mut Tx<'_>, resource: ResourceId) -> Result<Vec<(QueueId, String)>> {
    tx.all(sql!("resource/queues"), params![resource], |row| Ok((row.get("id")?, row.get("name")?)))
}

/// How many open referrals are assigned to it.
pub(crate) fn open_referrals(tx: &mut Tx<'_>, resource: ResourceId) -> Result<i64> {
    let count = tx.first(sql!("resource/open_referrals"), params![resource], |row| row.get("referrals"))?;
    Ok(count.unwrap_or(0))
}

fn read(row: &Row<'_>) -> Result<Resource> {
    from_row! { row => Resource {
        id, code, provider_id, provider, provider_name, kind, name, state, description, eligibility, fees,
        application_process, email, url,
    } }
}
