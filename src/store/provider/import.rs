//! What imports read and write of providers: a whole source at once, many rows in each statement.

use std::borrow::Cow;

use crate::model::provider::Provider;
use crate::model::provider::imported::{EndedBySource, Resource};
use crate::model::resource::ResourceKind;
use crate::store::prelude::*;

/// The sources of all providers that were imported.
pub(crate) fn sources(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("provider/sources"), params![], |row| row.get("source"))
}

/// Every provider that came from a source, with why that made it inactive, if it did.
pub(crate) fn imported(tx: &mut Tx<'_>, source: &str) -> Result<Vec<(Provider, Option<EndedBySource>)>> {
    tx.all(sql!("provider/imported"), params![source], |row| {
        Ok((super::read(row)?, row.get("ended_by_source")?))
    })
}

/// The imported programs, without agency records and programs created by hand.
pub(crate) fn imported_programs(tx: &mut Tx<'_>, source: &str) -> Result<Vec<Resource<'static>>> {
    tx.all(sql!("provider/imported_programs"), params![source], read_program)
}

/// All programs of a provider, by name.
pub(crate) fn programs(tx: &mut Tx<'_>, provider: ProviderId) -> Result<Vec<Resource<'static>>> {
    tx.all(sql!("provider/programs"), params![provider], read_program)
}

/// The ids that providers of several sources have.
pub(crate) fn shared_ids(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("provider/shared_ids"), params![], |row| row.get("source_id"))
}

fn read_program(row: &Row<'_>) -> Result<Resource<'static>> {
    let text = |column| Ok::<_, Error>(row.get::<Option<String>>(column)?.map(Cow::Owned));
    from_row! { row => Resource {
        id, code, state, ended_by_source, provider: row.get("provider_id")?, kind: ResourceKind::Program,
        name: row.get::<String>("name")?.into(), alternate_name: text("alternate_name")?,
        description: text("description")?, eligibility: text("eligibility")?, fees: text("fees")?,
        application_process: text("application_process")?, email: text("email")?, url: text("url")?,
        source_id: text("source_id")?,
    } }
}

pub(crate) fn insert_resources(tx: &mut Tx<'_>, resources: &[&Resource<'_>]) -> Result<()> {
    let keyed: Vec<(&Resource<'_>, String)> =
        resources.iter().map(|resource| (*resource, fold_name(&resource.name))).collect();
    tx.bulk(sql!("provider/insert_resources"), &keyed, |(r, key)| {
        [
            &r.id as &dyn Param, &r.code, &r.provider, &r.kind, &r.name, key, &r.alternate_name,
            &r.description, &r.eligibility, &r.fees, &r.application_process, &r.email, &r.url, &r.state,
            &r.source_id, &r.ended_by_source,
        ]
    })
}

pub(crate) fn update_resource(tx: &mut Tx<'_>, r: &Resource<'_>) -> Result<()> {
    let values = params![
        r.id,
        r.provider,
        r.name,
        fold_name(&r.name),
        r.alternate_name,
        r.description,
        r.eligibility,
        r.fees,
        r.application_process,
        r.email,
        r.url,
        r.state,
        r.ended_by_source
    ];
    exactly_one(tx.run(sql!("provider/update_resource"), values)?, "resource")
}

/// Returns those of the codes of providers that are in use.
pub(crate) fn taken_codes(tx: &mut Tx<'_>, codes: &[String]) -> Result<Vec<String>> {
    tx.all_in(sql!("provider/taken_codes"), params![], codes, |row| row.get("code"))
}

/// Returns those of the codes of resources that are in use.
pub(crate) fn taken_resource_codes(tx: &mut Tx<'_>, codes: &[String]) -> Result<Vec<String>> {
    tx.all_in(sql!("provider/taken_resource_codes"), params![], codes, |row| row.get("code"))
}
