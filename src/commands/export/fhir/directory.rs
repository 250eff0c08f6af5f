//! The hub, the providers, what they offer and where.

use super::exporter::{Changes, Exporter, PAGE, pages};
use crate::commands::prelude::*;
use crate::interchange::fhir::write::{
    HUB, Offered, ResourceType, healthcare_service, hub_organization, location, location_id, organization,
};
use crate::model::directory::{Address, AddressKind};
use crate::model::provider::ListedView;
use crate::model::resource::ResourceKind;
use crate::store::listed;

pub(super) fn write(tx: &mut Tx<'_>, exporter: &mut Exporter<'_>) -> Result<()> {
    let changes = exporter.changes(tx, vec![HUB.to_owned()])?;
    exporter.put(hub_organization(&exporter.hub), changes.of([HUB]))?;
    let visibility = exporter.visibility();
    let page = |tx: &mut Tx<'_>, after: Option<&Provider>| {
        store::provider::list(tx, &store::provider::Filter { after, ..Default::default() }, visibility, PAGE)
    };
    pages(tx, page, |tx, providers| {
        let changes = exporter.changes(tx, providers.iter().map(|one| one.code.clone()).collect())?;
        providers.iter().try_for_each(|provider| write_provider(tx, exporter, provider, &changes))
    })
}

/// What is listed of a provider, with the code of the resource that it belongs to.
struct Listed {
    addresses: Vec<ListedView<Address>>,
    phones: Vec<ListedView<crate::model::directory::Phone>>,
    details: Vec<ListedView<crate::model::directory::Detail>>,
    opening_hours: Vec<ListedView<crate::model::directory::OpeningHours>>,
    contact_persons: Vec<ListedView<crate::model::directory::ContactPerson>>,
}

impl Listed {
    fn of(tx: &mut Tx<'_>, provider: ProviderId) -> Result<Self> {
        Ok(Listed {
            addresses: listed::all(tx, provider)?,
            phones: listed::all(tx, provider)?,
            details: listed::all(tx, provider)?,
            opening_hours: listed::all(tx, provider)?,
            contact_persons: listed::all(tx, provider)?,
        })
    }

    /// Of a resource, or of the provider as a whole.
    fn offered(&self, resource: Option<&str>) -> Offered {
        Offered {
            addresses: only(&self.addresses, resource),
            phones: only(&self.phones, resource),
            details: only(&self.details, resource),
            opening_hours: only(&self.opening_hours, resource),
            contact_persons: only(&self.contact_persons, resource),
        }
    }

    /// The ids of the places of a resource; where it has none of its own, those of its provider.
    fn places(&self, provider: &str, resource: Option<&str>) -> Vec<String> {
        let at = |wanted: Option<&str>| -> Vec<String> {
            let of = |(position, one): &(usize, &ListedView<Address>)| {
                is_place(&one.of) && one.resource.as_deref() == wanted && *position > 0
            };
            let placed = (1..).zip(&self.addresses).filter(of);
            placed.map(|(position, _)| location_id(provider, position)).collect()
        };
        let own = at(resource);
        if own.is_empty() && resource.is_some() { at(None) } else { own }
    }
}

fn only<T: Clone>(all: &[ListedView<T>], resource: Option<&str>) -> Vec<T> {
    all.iter().filter(|one| one.resource.as_deref() == resource).map(|one| one.of.clone()).collect()
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
    if !exporter.wants(&[ResourceType::Organization, ResourceType::Location, ResourceType::HealthcareService])
    {
        return Ok(());
    }
    let listed = Listed::of(tx, provider.id)?;
    let updated = changes.of([provider.code.as_str()]);
    exporter.put(organization(&exporter.hub, provider, &listed.offered(None)), updated)?;
    for (position, address) in (1..).zip(&listed.addresses).filter(|(_, one)| is_place(&one.of)) {
        let name = address.resource_name.as_ref().unwrap_or(&provider.name);
        let id = location_id(&provider.code, position);
        exporter.put(location(&id, provider, name, &address.of), updated)?;
    }
    let own = exporter.changes(tx, resources.iter().map(|one| one.code.clone()).collect())?;
    for resource in &resources {
        let of = Some(resource.code.as_str()).filter(|_| resource.kind == ResourceKind::Program);
        let places = listed.places(&provider.code, of);
        let service = healthcare_service(&exporter.hub, resource, &listed.offered(of), &places);
        exporter.put(service, own.of([resource.code.as_str()]).max(updated))?;
    }
    Ok(())
}
