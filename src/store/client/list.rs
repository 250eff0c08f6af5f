//! The list of clients, by name.

use super::{name_range, read, whole};
use crate::model::client::{Client, ClientStatus};
use crate::store::prelude::*;

/// The filter of a list of clients; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter<'a> {
    pub(crate) id: Option<ClientId>,
    /// The beginning of the name, or of a former one.
    pub(crate) name: Option<&'a Reference>,
    pub(crate) status: Option<ClientStatus>,
    /// Only who is anonymous, or only who is not.
    pub(crate) anonymous: Option<bool>,
    /// Active there.
    pub(crate) provider: Option<ProviderId>,
    /// The cursor: the last row of the page before.
    pub(crate) after: Option<&'a Client>,
}

impl Filter<'_> {
    /// The name of who is anonymous: first if only they are meant, second if they are not.
    pub(super) fn names(&self) -> (Option<&'static str>, Option<&'static str>) {
        (self.anonymous.filter(|only| *only).map(|_| ""), self.anonymous.filter(|only| !*only).map(|_| ""))
    }
}

/// By name, at most `limit`.
pub(crate) fn list(
    tx: &mut Tx<'_>, filter: &Filter<'_>, visibility: Visibility, limit: i64,
) -> Result<Vec<Client>> {
    let (from, to) = filter.name.map(name_range).unzip();
    let (after, after_id) = filter.after.map(|client| (client.name_key(), client.id)).unzip();
    let account = visibility.account();
    let at = at_provider(tx, filter)?;
    let ((few, many), (unnamed, named)) = (at, filter.names());
    let values = params![
        filter.id, from, to, after, after_id, account, limit, filter.status, few, many, unnamed, named
    ];
    let mut found = tx.all(sql!("client/list"), values, read)?;
    found.extend(list_formerly(tx, filter, at, (visibility, limit))?);
    found.sort_by_cached_key(|client| (client.name_key(), client.id));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    whole(tx, found)
}

type AtProvider = (Option<ProviderId>, Option<ProviderId>);

/// The provider of a filter: first if few clients are active there, so that they are found by it, otherwise second, so that
/// the names are gone through until a page is full.
fn at_provider(tx: &mut Tx<'_>, filter: &Filter<'_>) -> Result<AtProvider> {
    let Some(provider) = filter.provider else { return Ok((None, None)) };
    Ok(if few_active(tx, provider)? { (Some(provider), None) } else { (None, Some(provider)) })
}

fn few_active(tx: &mut Tx<'_>, provider: ProviderId) -> Result<bool> {
    const FEW: i64 = 4000;
    let few = tx.first(sql!("client/few_active"), params![provider, FEW], |row| row.get("few"))?;
    Ok(few.unwrap_or(true))
}

fn list_formerly(
    tx: &mut Tx<'_>, filter: &Filter<'_>, (few, many): AtProvider, (visibility, limit): (Visibility, i64),
) -> Result<Vec<Client>> {
    let Some((from, to)) = filter.name.map(name_range) else { return Ok(Vec::new()) };
    let (after, after_id) = filter.after.map(|client| (client.name_key(), client.id)).unzip();
    let account = visibility.account();
    let values = params![from, to, after, after_id, filter.status, account, limit, few, many];
    tx.all(sql!("client/list_formerly"), values, read)
}
