//! The hub, the providers, what they offer and where.

use super::exporter::{Changes, Exporter};
use crate::commands::export::lists::AllLists;
use crate::commands::export::pages::{PAGE, pages};
use crate::commands::prelude::*;
use crate::interchange::fhir::write::{
    FhirResource, HUB, ResourceType, healthcare_service, hub_organization, location, location_id,
    organization,
};
use crate::model::directory::{Address, AddressKind};
use crate::model::provider::ListedView;
use crate::model::resource::ResourceKind;

const LISTED: [ResourceType; 3] =
    [ResourceType::Organization, ResourceType::Location, ResourceType::HealthcareService];

pub(super) fn write(tx: &mut Tx<'_>, exporter: &mut Exporter<'_>) -> Result<()> {
    // An Appointment names the agency record of who comes.
    if !exporter.wants(&LISTED) && !exporter.wants(&[ResourceType::Appointment]) {
        return Ok(());
    }
    let changes = exporter.changes(tx, vec![HUB.to_owned()])?;
    exporter.put(hub_organization(&exporter.hub), changes.of([HUB]))?;
    let visibility = exporter.visibility();
    let page = |tx: &mut Tx<'_>, after: Option<&Provider>, limit| {
        store::provider::list(tx, &store::provider::Filter { after, ..Default::default() }, visibility, limit)
    };
    pages(tx, PAGE, page, |tx, providers| {
        let changes = exporter.changes(tx, providers.iter().map(|one| one.code.clone()).collect())?;
        providers.iter().try_for_each(|provider| write_provider(tx, exporter, provider, &changes))
    })
}

/// The ids of the places of a resource; where it has none of its own, those of its provider.
fn places(addresses: &[ListedView<Address>], provider: &str, resource: Option<&str>) -> Vec<String> {
    let at = |wanted: Option<&str>| -> Vec<String> {
        let is_meant = |one: &ListedView<Address>| is_place(&one.of) && one.resource.as_deref() == wanted;
        let placed = (1..).zip(addresses).filter(|(_, one)| is_meant(one));
        placed.map(|(position, _)| location_id(provider, position)).collect()
    };
    let own = at(resource);
    if own.is_empty() && resource.is_some() { at(None) } else { own }
}

/// Letters may go elsewhere.
fn is_place(address: &Address) -> bool {
    address.kind == AddressKind::Physical
}

fn write_provider(
    tx: &mut Tx<'_>, exporter: &mut Exporter<'_>, provider: &Provider, changes: &Changes,
) -> Result<()> {
    let filter = store::resource::Filter { provider: Some(provider.id), ..Default::default() };
    let resources = store::resource::list(tx, &filter, exporter.visibility(), i64::MAX)?;
    if let Some(agency) = resources.iter().find(|one| one.kind == ResourceKind::Agency) {
        exporter.agencies.insert(provider.code.clone(), (agency.code.clone(), agency.name.clone()));
    }
    if !exporter.wants(&LISTED) {
        return Ok(());
    }
    let mut lists = AllLists::read(tx, provider.id)?;
    let program =
        |resource: &Resource| (resource.kind == ResourceKind::Program).then(|| resource.code.clone());
    let places: Vec<Vec<String>> = resources
        .iter()
        .map(|one| places(&lists.addresses, &provider.code, program(one).as_deref()))
        .collect();
    let located = |(position, address): (usize, &ListedView<Address>)| {
        let name = address.resource_name.as_ref().unwrap_or(&provider.name);
        location(&location_id(&provider.code, position), provider, name, &address.of)
    };
    let locations = (1..).zip(&lists.addresses).filter(|(_, one)| is_place(&one.of)).map(located);
    let locations: Vec<FhirResource> = locations.collect();
    let (whole, updated) = (lists.take(None), changes.of([provider.code.as_str()]));
    exporter.put(organization(&exporter.hub, provider, &whole), updated)?;
    locations.into_iter().try_for_each(|location| exporter.put(location, updated))?;
    let own = exporter.changes(tx, resources.iter().map(|one| one.code.clone()).collect())?;
    for (resource, places) in resources.iter().zip(places) {
        let of_program = program(resource).map(|code| lists.take(Some(&code)));
        let offered = of_program.as_ref().unwrap_or(&whole);
        let service = healthcare_service(&exporter.hub, resource, offered, &places);
        exporter.put(service, own.of([resource.code.as_str()]).max(updated))?;
    }
    Ok(())
}
