//! Providers, with their contact data.

pub(crate) mod import;
mod partner;

pub(crate) use partner::Partner;

use super::lookup::{Lookup, NAMES_TO_COMPARE, coded_and_named};
use crate::db::{Param, Row, Tx, exactly_one, params, sql};
use crate::error::Result;
use crate::id::Id;
use crate::model::id::{ProviderId, ResourceId, noun};
use crate::model::provider::{AddressView, NOUN, PhoneView, Provider, ResourceView};
use crate::model::reference::{Candidate, Noun, Reference};
use crate::model::text::fold;
use crate::model::visibility::Visibility;

/// The filter of a list of providers; an absent field does not limit it.
#[derive(Default)]
pub(crate) struct Filter<'a> {
    pub(crate) id: Option<ProviderId>,
    pub(crate) code: Option<&'a str>,
    pub(crate) active: Option<bool>,
    /// The beginning of the name.
    pub(crate) name: Option<&'a Reference>,
    /// The cursor: the last row of the page before.
    pub(crate) after: Option<&'a Provider>,
}

pub(crate) fn insert(tx: &mut Tx<'_>, providers: &[&Provider]) -> Result<()> {
    let keyed: Vec<(&Provider, String)> =
        providers.iter().map(|provider| (*provider, fold(&provider.name))).collect();
    tx.bulk(sql!("provider/insert"), &keyed, |(p, key)| {
        let fields: [&dyn Param; 6] =
            [&p.alternate_name, &p.description, &p.email, &p.phone, &p.url, &p.postal_code];
        let [alternate_name, description, email, phone, url, postal_code] = fields;
        [
            &p.id as &dyn Param,
            &p.code,
            &p.name,
            key,
            alternate_name,
            description,
            email,
            phone,
            url,
            postal_code,
            &p.active,
            &p.source,
            &p.source_id,
        ]
    })
    .map(drop)
}

/// The agency record, which every provider has.
pub(crate) fn insert_agency(tx: &mut Tx<'_>, id: ResourceId, code: &str, provider: &Provider) -> Result<()> {
    tx.run(
        sql!("provider/insert_agency"),
        params![id, code, provider.id, provider.name, fold(&provider.name)],
    )
    .map(drop)
}

pub(crate) fn update(tx: &mut Tx<'_>, p: &Provider) -> Result<()> {
    let values = params![
        p.id,
        p.name,
        fold(&p.name),
        p.alternate_name,
        p.description,
        p.email,
        p.phone,
        p.url,
        p.postal_code,
        p.active
    ];
    exactly_one(tx.run(sql!("provider/update"), values)?, "provider")?;
    rename_agency(tx, p)
}

fn rename_agency(tx: &mut Tx<'_>, provider: &Provider) -> Result<()> {
    tx.run(sql!("provider/rename_agency"), params![provider.id, provider.name, fold(&provider.name)])
        .map(drop)
}

pub(crate) fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.first(sql!("provider/is_code_taken"), params![code], |_| Ok(()))?.is_some())
}

/// By name, at most `limit`.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    filter: &Filter<'_>,
    visibility: Visibility,
    limit: i64,
) -> Result<Vec<Provider>> {
    let (from, to) = filter.name.map(Reference::name_range).unzip();
    let (after, after_id) = filter.after.map(|provider| (fold(&provider.name), provider.id)).unzip();
    let values = params![
        filter.id,
        filter.active,
        from,
        to,
        after,
        after_id,
        visibility.account(),
        limit,
        filter.code
    ];
    tx.all(sql!("provider/list"), values, read)
}

impl Lookup for Provider {
    type Found = Self;
    type Noun = noun::Provider;
    type Scope = Visibility;
    const NOUN: &'static Noun = &NOUN;

    fn id(found: &Provider) -> Id<noun::Provider> {
        found.id
    }

    fn exact(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Result<Option<Provider>> {
        let Some(code) = reference.whole_code() else { return Ok(None) };
        Ok(list(tx, &Filter { code: Some(&code), ..Filter::default() }, visibility, 1)?.pop())
    }

    fn candidates(
        tx: &mut Tx<'_>,
        reference: &Reference,
        visibility: Visibility,
    ) -> Result<Vec<Candidate<noun::Provider>>> {
        let (code, code_end) = reference.code_range();
        let (name, name_end) = reference.name_range();
        let values = params![code, code_end, name, name_end, visibility.account()];
        tx.all(sql!("provider/candidates"), values, coded_and_named)
    }

    /// A portal account sees its own providers.
    fn by_id(tx: &mut Tx<'_>, id: ProviderId, visibility: Visibility) -> Result<Option<Provider>> {
        Ok(list(tx, &Filter { id: Some(id), ..Filter::default() }, visibility, 1)?.pop())
    }

    fn names(tx: &mut Tx<'_>, _: &Reference, visibility: Visibility) -> Result<Vec<String>> {
        let near = list(tx, &Filter::default(), visibility, NAMES_TO_COMPARE)?;
        Ok(near.into_iter().map(|provider| provider.name).collect())
    }
}

pub(crate) fn resources(tx: &mut Tx<'_>, provider: ProviderId) -> Result<Vec<ResourceView>> {
    tx.all(sql!("provider/resources"), params![provider], |row| {
        Ok(ResourceView {
            code: row.get("code")?,
            kind: row.get("kind")?,
            name: row.get("name")?,
            state: row.get("state")?,
        })
    })
}

pub(crate) fn phones(tx: &mut Tx<'_>, provider: ProviderId) -> Result<Vec<PhoneView>> {
    tx.all(sql!("provider/phones"), params![provider], |row| {
        Ok(PhoneView {
            number: row.get("number")?,
            extension: row.get("extension")?,
            kind: row.get("kind")?,
            department: row.get("department")?,
            resource: row.get("resource")?,
            resource_name: row.get("resource_name")?,
        })
    })
}

pub(crate) fn addresses(tx: &mut Tx<'_>, provider: ProviderId) -> Result<Vec<AddressView>> {
    tx.all(sql!("provider/addresses"), params![provider], |row| {
        Ok(AddressView {
            kind: row.get("kind")?,
            line_1: row.get("line_1")?,
            line_2: row.get("line_2")?,
            city: row.get("city")?,
            region: row.get("region")?,
            postal_code: row.get("postal_code")?,
            country: row.get("country")?,
            resource: row.get("resource")?,
            resource_name: row.get("resource_name")?,
        })
    })
}

fn read(row: &Row<'_>) -> Result<Provider> {
    Ok(Provider {
        id: row.get("id")?,
        code: row.get("code")?,
        name: row.get("name")?,
        alternate_name: row.get("alternate_name")?,
        description: row.get("description")?,
        email: row.get("email")?,
        phone: row.get("phone")?,
        url: row.get("url")?,
        postal_code: row.get("postal_code")?,
        active: row.get("active")?,
        source: row.get("source")?,
        source_id: row.get("source_id")?,
    })
}
