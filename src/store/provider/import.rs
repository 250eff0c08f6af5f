//! What imports read and write of providers: a whole source at once, many rows in each statement.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::directory::{Address, Phone};
use crate::model::provider::Provider;
use crate::model::provider::imported::{Existing, Line, Resource};
use crate::model::resource::ResourceKind;
use crate::store::prelude::*;

/// A phone or an address with its provider and its position in the provider's list.
pub(crate) type Placed<'a, T> = (ProviderId, i64, &'a Line<&'a T>);

/// The sources of all providers that were imported.
pub(crate) fn sources(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("provider/sources"), params![], |row| row.get("source"))
}

/// Every provider that came from a source.
pub(crate) fn imported(tx: &mut Tx<'_>, source: &str) -> Result<Vec<Provider>> {
    tx.all(sql!("provider/imported"), params![source], super::read)
}

/// The imported programs, without agency records and programs created by hand.
pub(crate) fn imported_programs(tx: &mut Tx<'_>, source: &str) -> Result<Vec<Resource<'static>>> {
    tx.all(sql!("provider/imported_programs"), params![source], |row| {
        let text = |column| Ok::<_, Error>(row.get::<Option<String>>(column)?.map(Cow::Owned));
        from_row! { row => Resource {
            id, code, state, provider: row.get("provider_id")?, kind: ResourceKind::Program,
            name: row.get::<String>("name")?.into(), alternate_name: text("alternate_name")?,
            description: text("description")?, eligibility: text("eligibility")?, fees: text("fees")?,
            application_process: text("application_process")?, email: text("email")?, url: text("url")?,
            source_id: text("source_id")?,
        } }
    })
}

/// Loads the phones of each provider.
pub(crate) fn imported_phones(
    tx: &mut Tx<'_>, source: &str, existing: &mut HashMap<ProviderId, Existing>,
) -> Result<()> {
    tx.each(sql!("provider/imported_phones"), params![source], |row| {
        let line = Line { resource: row.get("resource_id")?, of: phone(row)? };
        existing.entry(row.get("provider_id")?).or_default().phones.push(line);
        Ok(())
    })
}

/// Loads the addresses of each provider.
pub(crate) fn imported_addresses(
    tx: &mut Tx<'_>, source: &str, existing: &mut HashMap<ProviderId, Existing>,
) -> Result<()> {
    tx.each(sql!("provider/imported_addresses"), params![source], |row| {
        let line = Line { resource: row.get("resource_id")?, of: address(row)? };
        existing.entry(row.get("provider_id")?).or_default().addresses.push(line);
        Ok(())
    })
}

fn phone(row: &Row<'_>) -> Result<Phone> {
    let kind: Option<String> = row.get("kind")?;
    from_row! { row => Phone { number, extension, department, kind: kind.unwrap_or_default() } }
}

fn address(row: &Row<'_>) -> Result<Address> {
    from_row! { row => Address { attention, line_1, line_2, city, region, postal_code, country, kind } }
}

pub(crate) fn insert_resources(tx: &mut Tx<'_>, resources: &[&Resource<'_>]) -> Result<()> {
    let keyed: Vec<(&Resource<'_>, String)> =
        resources.iter().map(|resource| (*resource, fold(&resource.name))).collect();
    tx.bulk(sql!("provider/insert_resources"), &keyed, |(r, key)| {
        [
            &r.id as &dyn Param, &r.code, &r.provider, &r.kind, &r.name, key, &r.alternate_name,
            &r.description, &r.eligibility, &r.fees, &r.application_process, &r.email, &r.url, &r.state,
            &r.source_id,
        ]
    })
}

pub(crate) fn update_resource(tx: &mut Tx<'_>, r: &Resource<'_>) -> Result<()> {
    let values = params![
        r.id,
        r.provider,
        r.name,
        fold(&r.name),
        r.alternate_name,
        r.description,
        r.eligibility,
        r.fees,
        r.application_process,
        r.email,
        r.url,
        r.state
    ];
    exactly_one(tx.run(sql!("provider/update_resource"), values)?, "resource")
}

pub(crate) fn insert_phones(tx: &mut Tx<'_>, phones: &[Placed<'_, Phone>]) -> Result<()> {
    tx.bulk(sql!("provider/insert_phones"), phones, |(provider, position, line)| {
        let Phone { number, extension, kind, department } = line.of;
        [provider as &dyn Param, position, &line.resource, number, extension, kind, department]
    })
}

pub(crate) fn insert_addresses(tx: &mut Tx<'_>, addresses: &[Placed<'_, Address>]) -> Result<()> {
    tx.bulk(sql!("provider/insert_addresses"), addresses, |(provider, position, line)| {
        let Address { attention, line_1, line_2, city, region, postal_code, country, kind } = line.of;
        [
            provider as &dyn Param, position, &line.resource, kind, attention, line_1, line_2, city, region,
            postal_code, country,
        ]
    })
}

pub(crate) fn delete_phones(tx: &mut Tx<'_>, provider: ProviderId) -> Result<()> {
    tx.run(sql!("provider/delete_phones"), params![provider]).map(drop)
}

pub(crate) fn delete_addresses(tx: &mut Tx<'_>, provider: ProviderId) -> Result<()> {
    tx.run(sql!("provider/delete_addresses"), params![provider]).map(drop)
}

/// Returns those of the codes of providers that are in use.
pub(crate) fn taken_codes(tx: &mut Tx<'_>, codes: &[String]) -> Result<Vec<String>> {
    tx.all_in(sql!("provider/taken_codes"), params![], codes, |row| row.get("code"))
}

/// Returns those of the codes of resources that are in use.
pub(crate) fn taken_resource_codes(tx: &mut Tx<'_>, codes: &[String]) -> Result<Vec<String>> {
    tx.all_in(sql!("provider/taken_resource_codes"), params![], codes, |row| row.get("code"))
}
