//! Providers, with their contact data.

mod activity;
mod duplicates;
mod find;
pub(crate) mod import;
mod merge;
mod partner;

pub(crate) use duplicates::*;
pub(crate) use find::{called, find};
pub(crate) use merge::*;
pub(crate) use partner::Partner;

use crate::model::provider::imported::EndedBySource;
use crate::model::provider::{NOUN, Provider, ResourceView};
use crate::store::prelude::*;

/// The filter of a list of providers; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter<'a> {
    pub(crate) id: Option<ProviderId>,
    pub(crate) code: Option<&'a str>,
    pub(crate) active: Option<bool>,
    /// The beginning of the name.
    pub(crate) name: Option<&'a Reference>,
    /// With a resource that takes referrals of this queue.
    pub(crate) queue: Option<QueueId>,
    /// The cursor: the last row of the page before.
    pub(crate) after: Option<&'a Provider>,
}

pub(crate) fn insert(tx: &mut Tx<'_>, providers: &[&Provider], at: DateTime<Utc>) -> Result<()> {
    // What is new and inactive is so in its source.
    let ended = |provider: &Provider| (!provider.active).then_some(EndedBySource::Status);
    let keyed: Vec<_> =
        providers.iter().map(|provider| (*provider, fold_name(&provider.name), ended(provider))).collect();
    tx.bulk(sql!("provider/insert"), &keyed, |(p, key, ended)| {
        [
            &p.id as &dyn Param, &p.code, &p.name, key, &p.alternate_name, &p.description, &p.email,
            &p.phone, &p.url, &p.postal_code, &p.active, &p.source, &p.source_id, ended,
        ]
    })?;
    activity::begin_inactivity(tx, providers, at)
}

/// The agency record, which every provider has.
pub(crate) fn insert_agency(tx: &mut Tx<'_>, id: ResourceId, code: &str, provider: &Provider) -> Result<()> {
    tx.run(
        sql!("provider/insert_agency"),
        params![id, code, provider.id, provider.name, fold_name(&provider.name)],
    )
    .map(drop)
}

/// `ended`: why a source makes it inactive; none if people do.
pub(crate) fn update(
    tx: &mut Tx<'_>, was_active: bool, p: &Provider, ended: Option<EndedBySource>, at: DateTime<Utc>,
) -> Result<()> {
    let values = params![
        p.id,
        p.name,
        fold_name(&p.name),
        p.alternate_name,
        p.description,
        p.email,
        p.phone,
        p.url,
        p.postal_code,
        p.active,
        ended
    ];
    exactly_one(tx.run(sql!("provider/update"), values)?, "provider")?;
    match (was_active, p.active) {
        (true, false) => activity::begin_inactivity(tx, &[p], at)?,
        (false, true) => activity::end_inactivity(tx, p.id, at)?,
        _ => {}
    }
    rename_agency(tx, p)
}

fn rename_agency(tx: &mut Tx<'_>, provider: &Provider) -> Result<()> {
    tx.run(sql!("provider/rename_agency"), params![provider.id, provider.name, fold_name(&provider.name)])
        .map(drop)
}

pub(crate) fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.first(sql!("provider/is_code_taken"), params![code], |_| Ok(()))?.is_some())
}

/// By name, at most `limit`.
pub(crate) fn list(
    tx: &mut Tx<'_>, filter: &Filter<'_>, visibility: Visibility, limit: i64,
) -> Result<Vec<Provider>> {
    let (from, to) = filter.name.map(Reference::name_range).unzip();
    let (after, after_id) = filter.after.map(|provider| (fold_name(&provider.name), provider.id)).unzip();
    let values = params![
        filter.id,
        filter.active,
        from,
        to,
        after,
        after_id,
        visibility.account(),
        limit,
        filter.code,
        filter.queue
    ];
    tx.all(sql!("provider/list"), values, read)
}

/// Those whose name this is but for case, accents and strokes; the one that is spelt so comes first.
pub(crate) fn of_name(tx: &mut Tx<'_>, name: &str) -> Result<Vec<Provider>> {
    let mut found = tx.all(sql!("provider/of_name"), params![fold_name(name)], read)?;
    found.sort_by_key(|provider| provider.name != name);
    Ok(found)
}

pub(crate) fn of_ids(tx: &mut Tx<'_>, ids: &[ProviderId]) -> Result<Vec<Provider>> {
    tx.all_in(sql!("provider/of_ids"), params![], ids, read)
}

pub(crate) fn of_codes(tx: &mut Tx<'_>, codes: &[&str]) -> Result<Vec<Provider>> {
    tx.all_in(sql!("provider/of_codes"), params![], codes, read)
}

impl Lookup for Provider {
    finds!(by list, Provider, Provider, Visibility);

    fn exact(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Result<Option<Provider>> {
        let Some(code) = reference.whole_code() else { return Ok(None) };
        Ok(list(tx, &Filter { code: Some(&code), ..Filter::default() }, visibility, 1)?.pop())
    }

    fn candidates(
        tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility,
    ) -> Candidates<noun::Provider> {
        let (code, code_end) = reference.code_range();
        let (name, name_end) = reference.name_range();
        let values = params![code, code_end, name, name_end, visibility.account()];
        tx.all(sql!("provider/candidates"), values, coded_and_named)
    }

    fn names(tx: &mut Tx<'_>, _: &Reference, visibility: Visibility) -> Result<Vec<String>> {
        let near = list(tx, &Filter::default(), visibility, NAMES_TO_COMPARE)?;
        Ok(near.into_iter().map(|provider| provider.name).collect())
    }
}

pub(crate) fn resources(tx: &mut Tx<'_>, provider: ProviderId) -> Result<Vec<ResourceView>> {
    tx.all(sql!("provider/resources"), params![provider], |row| {
        from_row! { row => ResourceView { code, kind, name, state } }
    })
}

fn read(row: &Row<'_>) -> Result<Provider> {
    from_row! { row => Provider {
        id, code, name, alternate_name, description, email, phone, url, postal_code, active, source,
        source_id, merged_into,
    } }
}
