//! A provider with all that the hub keeps of it, as a directory lists it.

use super::Shared;
use crate::commands::export::lists::AllLists;
use crate::commands::prelude::*;
use crate::interchange::hsds::write::{program_id, provider_id};
use crate::model::capacity::{CapacityStatus, Entry};
use crate::model::code::imported_key;
use crate::model::directory::{Capacity, Listing, Lists, OwnProgram, OwnProvider, Service};
use crate::model::provider::imported::Resource as Program;
use crate::model::resource::{ResourceKind, State};
use crate::store::capacity::Filter;

pub(super) fn read(
    context: &Context, tx: &mut Tx<'_>, provider: &Provider, shared: &Shared,
) -> Result<Listing> {
    let programs = store::provider::import::programs(tx, provider.id)?;
    let resources = store::provider::resources(tx, provider.id)?;
    let agency = resources.into_iter().find(|resource| resource.kind == ResourceKind::Agency);
    let mut all = AllLists::read(tx, provider.id)?;
    let mut entries = capacities(context, tx, provider)?;
    let origin = provider.source.clone().zip(provider.source_id.clone());
    let services = programs
        .iter()
        .map(|program| {
            let capacity = capacity(&mut entries, &program.code);
            service(provider, program, all.take(Some(&program.code)), capacity, shared)
        })
        .collect();
    let agency = agency.map(|agency| agency.code).unwrap_or_default();
    let is_shared = |id: &str| shared.providers.contains(id);
    let ids = origin.as_ref().map(|(source, id)| (source.as_str(), id.as_str()));
    Ok(Listing {
        source_id: provider_id(ids, &provider.code, ids.is_some_and(|(_, id)| is_shared(id))),
        name: provider.name.clone(),
        alternate_name: provider.alternate_name.clone(),
        description: provider.description.clone(),
        email: provider.email.clone(),
        url: provider.url.clone(),
        postal_code: provider.postal_code.clone(),
        phone: provider.phone.clone(),
        active: provider.active,
        services,
        lists: all.take(None),
        capacity: capacity(&mut entries, &agency),
        own: Some(OwnProvider { code: provider.code.clone(), agency, origin }),
        ..Listing::default()
    })
}

fn service(
    provider: &Provider, program: &Program<'_>, lists: Lists, capacity: Option<Capacity>, shared: &Shared,
) -> Service {
    let text = |text: &Option<std::borrow::Cow<'_, str>>| text.as_deref().map(str::to_owned);
    // What a merge has brought here has an id in another source than the provider.
    let is_of_source = |(source, id): &(&String, &str)| imported_key("resource", source, id) == program.id;
    let origin = provider.source.as_ref().zip(program.source_id.as_deref()).filter(is_of_source);
    let is_shared = origin.is_some_and(|(_, id)| shared.programs.contains(id));
    let ids = origin.map(|(source, id)| (source.as_str(), id));
    Service {
        source_id: program_id(ids, &program.code, is_shared),
        name: program.name.to_string(),
        alternate_name: text(&program.alternate_name),
        description: text(&program.description),
        eligibility: text(&program.eligibility),
        fees: text(&program.fees),
        application_process: text(&program.application_process),
        email: text(&program.email),
        url: text(&program.url),
        active: program.state != State::Inactive,
        lists,
        capacity,
        own: Some(OwnProgram {
            code: program.code.clone(),
            source_id: origin.map(|(_, id)| id.to_owned()),
            state: Some(program.state.name().to_owned()),
        }),
        ..Service::default()
    }
}

/// The entries that are in force for its resources, as far as the actor sees them.
fn capacities(context: &Context, tx: &mut Tx<'_>, provider: &Provider) -> Result<Vec<Entry>> {
    let status = Some(CapacityStatus::InForce);
    let filter = Filter { provider: Some(provider.id), status, leave_out_removed: true, ..Filter::default() };
    store::capacity::list(tx, &filter, context.visibility(), context.now(), i64::MAX)
}

fn capacity(entries: &mut Vec<Entry>, resource: &str) -> Option<Capacity> {
    let at = entries.iter().position(|entry| entry.resource == resource)?;
    let Entry { places, unit, maximum, note, set_at, ends_at, .. } = entries.swap_remove(at);
    Some(Capacity { places, unit, maximum, note, updated_at: Some(set_at), ends_at })
}
