//! Providers that a hub has written as its own: each is known by its source and its id there, or by its code (rule 8.22).

use std::borrow::Cow;
use std::collections::HashMap;

use super::apply::{Change, row, write};
use super::capacity;
use super::report::ProviderRun;
use super::source::Source;
use crate::commands::prelude::*;
use crate::context::Seen;
use crate::model::code::imported_key;
use crate::model::directory::{Listing, OwnProvider, Reject, Service};
use crate::model::provider::imported::{Desired, Existing, Keys, Line, Lines, Resource as Program};
use crate::model::resource::ResourceKind;
use crate::output::progress::Progress;
use crate::store::listed::{self, Listed};

/// Providers in memory at once, with what they had before.
const CHUNK: usize = 250;

pub(super) fn apply(
    context: &Context, tx: &mut Tx<'_>, source: &Source, run: &mut ProviderRun<'_>, progress: &mut Progress,
) -> Result<()> {
    let (mut seen, mut written) = (Seen::default(), Vec::new());
    for listings in source.own.chunks(CHUNK) {
        let known = Known::of(tx, listings)?;
        let mut changed = Vec::new();
        for (input, listing) in listings {
            let Some(own) = &listing.own else { continue };
            let row = row(input, listing);
            let meant = known.meant(context, tx, own, &mut seen);
            match run.accepted(&row, meant)? {
                None => {}
                Some(Meant::Merged(kept)) => run.unchanged(&row, &kept)?,
                Some(Meant::One(provider)) => {
                    changed.extend(take(context, tx, run, (own, listing), provider, row)?);
                }
            }
        }
        written.extend(write(context, tx, changed, run)?);
        progress.step(listings.len() as u64);
    }
    store::resource::index(tx, &written)
}

/// Compares a listing with the provider that it is about; none if nothing differs, or if it is rejected.
fn take<'a>(
    context: &Context, tx: &mut Tx<'_>, run: &mut ProviderRun<'_>,
    (own, listing): (&OwnProvider, &'a Listing), provider: Option<Provider>, row: Reject,
) -> Result<Option<Change<'a>>> {
    let existing = provider.map_or_else(|| Ok(Existing::default()), |provider| existing(tx, provider))?;
    let keys = keys(context, tx, own, listing, &existing)?;
    let mut desired = Desired::own(listing, own, &keys);
    if let Some(was) = existing.provider.as_ref() {
        if desired.is_another_than(&existing) {
            run.reject(&row, &another(own, listing, was))?;
            return Ok(None);
        }
        (desired.provider.source, desired.provider.source_id) = (was.source.clone(), was.source_id.clone());
    }
    settle_programs(tx, &mut desired, &existing)?;
    run.more.count(&desired, listing);
    let mut reconciled = desired.reconcile(existing, |_| false);
    reconciled.in_known_order();
    let services =
        keys.programs.iter().copied().zip(listing.services.iter().map(|one| one.capacity.as_ref()));
    let said = std::iter::once((keys.agency, listing.capacity.as_ref())).chain(services);
    let room = capacity::wanted(context, tx, &reconciled, said)?;
    if reconciled.is_new() {
        run.counts.created += 1;
    } else if reconciled.is_change() || !room.is_empty() {
        run.counts.updated += 1;
    } else {
        run.unchanged(&row, &reconciled.provider)?;
        return Ok(None);
    }
    Ok(Some(Change { reconciled, row, room }))
}

/// A program that is known keeps the id of its source; the code of a new one that another has is drawn anew.
fn settle_programs(tx: &mut Tx<'_>, desired: &mut Desired<'_>, existing: &Existing) -> Result<()> {
    for resource in &mut desired.resources {
        match existing.programs.iter().find(|known| known.id == resource.id) {
            Some(known) => resource.source_id.clone_from(&known.source_id),
            None if store::resource::is_code_taken(tx, &resource.code)? => resource.code.clear(),
            None => {}
        }
    }
    Ok(())
}

fn another(own: &OwnProvider, listing: &Listing, was: &Provider) -> String {
    let (code, name, known) = (&own.code, &listing.name, &was.name);
    format!(
        "{code} is `{known}` ({}) here, and in the directory it is `{name}`, of which neither name nor address is known: rename \
         it first, or say with `--source` where the directory comes from",
        was.code
    )
}

/// What a listing is about.
enum Meant {
    /// A provider here, or a new one.
    One(Option<Provider>),
    /// One that was merged into this.
    Merged(Provider),
}

/// The providers here that some listings may be about.
struct Known {
    by_id: HashMap<ProviderId, Provider>,
    by_code: HashMap<String, Provider>,
}

impl Known {
    fn of(tx: &mut Tx<'_>, listings: &[(Input, Listing)]) -> Result<Self> {
        let own = || listings.iter().filter_map(|(_, listing)| listing.own.as_ref());
        let ids: Vec<ProviderId> = own().filter_map(key).collect();
        let codes: Vec<&str> = own().map(|own| own.code.as_str()).collect();
        let by_id = store::provider::of_ids(tx, &ids)?.into_iter();
        let by_code = store::provider::of_codes(tx, &codes)?.into_iter();
        Ok(Known {
            by_id: by_id.map(|provider| (provider.id, provider)).collect(),
            by_code: by_code.map(|provider| (provider.code.clone(), provider)).collect(),
        })
    }

    /// By its source and its id there, else by its code. Refused if that is the code of one from another source.
    fn meant(&self, context: &Context, tx: &mut Tx<'_>, own: &OwnProvider, seen: &mut Seen) -> Result<Meant> {
        let of_key = key(own).and_then(|id| self.by_id.get(&id));
        let of_code = self.by_code.get(&own.code);
        let found = of_key.or_else(|| of_code.filter(|_| own.origin.is_none()));
        let found = found.cloned();
        if found.is_none() && store::provider::is_code_taken(tx, &own.code)? {
            let reference = own.code.parse().map_err(|why| Error::invalid("import.code", why))?;
            let kept = store::lookup::<Provider>(tx, &reference, context.visibility())?;
            return if kept.code == own.code {
                let message = format!("the code {} belongs to `{}` here", own.code, kept.name);
                Err(Error::refused("import.code_taken", message))
            } else {
                Ok(Meant::Merged(kept))
            };
        }
        seen.once(&own.code, || format!("provider {}", own.code))?;
        Ok(Meant::One(found))
    }
}

/// What comes from a source has the same key in every hub.
fn key(own: &OwnProvider) -> Option<ProviderId> {
    own.origin.as_ref().map(|(source, id)| imported_key("provider", source, id))
}

/// All that is known of a provider.
fn existing(tx: &mut Tx<'_>, provider: Provider) -> Result<Existing> {
    let programs = store::provider::import::programs(tx, provider.id)?;
    let codes: HashMap<&str, ResourceId> =
        programs.iter().map(|program| (program.code.as_str(), program.id)).collect();
    let lines = Lines {
        phones: lines(tx, provider.id, &codes)?,
        addresses: lines(tx, provider.id, &codes)?,
        details: lines(tx, provider.id, &codes)?,
        opening_hours: lines(tx, provider.id, &codes)?,
        contact_persons: lines(tx, provider.id, &codes)?,
        remainders: lines(tx, provider.id, &codes)?,
    };
    Ok(Existing { provider: Some(provider), programs, lines, ..Existing::default() })
}

fn lines<T: Listed>(
    tx: &mut Tx<'_>, provider: ProviderId, codes: &HashMap<&str, ResourceId>,
) -> Result<Vec<Line<Cow<'static, T>>>> {
    let all = listed::all::<T>(tx, provider)?;
    let line = |view: crate::model::provider::ListedView<T>| {
        let resource = view.resource.and_then(|code| codes.get(code.as_str()).copied());
        Line { resource, of: Cow::Owned(view.of) }
    };
    Ok(all.into_iter().map(line).collect())
}

/// The keys that the provider, its agency record and its programs have here, or will have.
fn keys(
    context: &Context, tx: &mut Tx<'_>, own: &OwnProvider, listing: &Listing, existing: &Existing,
) -> Result<Keys> {
    let mut programs = Vec::with_capacity(listing.services.len());
    for service in &listing.services {
        let known = known_program(own, service, &existing.programs);
        programs.push(match (known, program_key(own, service)) {
            (Some(known), _) => known.id,
            (None, Some(id)) if store::resource::by_id(tx, id)?.is_none() => id,
            (None, _) => context.key(),
        });
    }
    let provider = existing.provider.as_ref().map(|provider| provider.id);
    let agency = match provider {
        Some(provider) => agency(tx, provider)?,
        None => None,
    };
    let new_agency = own.origin.as_ref().map(|(source, id)| imported_key("agency", source, id));
    Ok(Keys {
        provider: provider.or_else(|| key(own)).unwrap_or_else(|| context.key()),
        agency: agency.or(new_agency).unwrap_or_else(|| context.key()),
        programs,
    })
}

/// By its code, else by the id in the source of its provider.
fn known_program<'p>(
    own: &OwnProvider, service: &Service, programs: &'p [Program<'static>],
) -> Option<&'p Program<'static>> {
    let code = service.own.as_ref().map(|own| own.code.as_str());
    let of_code = programs.iter().find(|program| Some(program.code.as_str()) == code);
    let of_key = || program_key(own, service).and_then(|id| programs.iter().find(|program| program.id == id));
    of_code.or_else(of_key)
}

fn program_key(own: &OwnProvider, service: &Service) -> Option<ResourceId> {
    let id = service.own.as_ref()?.source_id.as_deref()?;
    own.origin.as_ref().map(|(source, _)| imported_key("resource", source, id))
}

fn agency(tx: &mut Tx<'_>, provider: ProviderId) -> Result<Option<ResourceId>> {
    let resources = store::provider::resources(tx, provider)?;
    let agency = resources.into_iter().find(|resource| resource.kind == ResourceKind::Agency);
    let Some(agency) = agency else { return Ok(None) };
    Ok(store::resource::of_code(tx, &agency.code)?.map(|resource| resource.id))
}
