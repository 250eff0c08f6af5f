//! Converts one listing of a directory into a provider, its resources, phones and addresses. The same source
//! and ids always give the same rows.

use std::borrow::Cow;
use std::collections::HashSet;

use super::Provider;
use crate::model::code::imported_key;
use crate::model::directory::remainder;
use crate::model::directory::{
    Address, ContactPerson, Detail, List, Listing, Lists, OpeningHours, OwnProvider, Phone, Remainder,
    Service, Spoken,
};
use crate::model::prelude::*;
use crate::model::resource::{ResourceKind, State};

names! {
    /// Why a source has made something inactive. It may be active again in the source, and then is so here too; what people have
    /// switched off here is not (rule 5.2).
    pub(crate) enum EndedBySource {
        /// It says so.
        Status = "status",
        /// It has all programs of the provider, and this one no more.
        Absence = "absence",
    }
}

/// The agency record of an imported provider, or one of its programs. An empty code is still to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resource<'a> {
    pub(crate) id: ResourceId,
    pub(crate) code: String,
    pub(crate) provider: ProviderId,
    pub(crate) kind: ResourceKind,
    pub(crate) name: Cow<'a, str>,
    pub(crate) alternate_name: Option<Cow<'a, str>>,
    pub(crate) description: Option<Cow<'a, str>>,
    pub(crate) eligibility: Option<Cow<'a, str>>,
    pub(crate) fees: Option<Cow<'a, str>>,
    pub(crate) application_process: Option<Cow<'a, str>>,
    pub(crate) email: Option<Cow<'a, str>>,
    pub(crate) url: Option<Cow<'a, str>>,
    pub(crate) state: State,
    pub(crate) ended_by_source: Option<EndedBySource>,
    pub(crate) source_id: Option<Cow<'a, str>>,
}

/// An entry of a list; `resource` is its program, none for the provider as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub(crate) struct Line<T> {
    #[serde(skip)]
    pub(crate) resource: Option<ResourceId>,
    #[serde(flatten)]
    pub(crate) of: T,
}

/// All lists of a provider and of its programs, in the order of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lines<'a> {
    pub(crate) phones: Vec<Line<Cow<'a, Phone>>>,
    pub(crate) addresses: Vec<Line<Cow<'a, Address>>>,
    pub(crate) details: Vec<Line<Cow<'a, Detail>>>,
    pub(crate) opening_hours: Vec<Line<Cow<'a, OpeningHours>>>,
    pub(crate) contact_persons: Vec<Line<Cow<'a, ContactPerson>>>,
    pub(crate) remainders: Vec<Line<Cow<'a, Remainder>>>,
}

impl<'a> Lines<'a> {
    fn extend(&mut self, resource: Option<ResourceId>, lists: &'a Lists) {
        add(&mut self.phones, resource, &lists.phones);
        add(&mut self.addresses, resource, &lists.addresses);
        add(&mut self.details, resource, &lists.details);
        add(&mut self.opening_hours, resource, &lists.opening_hours);
        add(&mut self.contact_persons, resource, &lists.contact_persons);
        add(&mut self.remainders, resource, &lists.remainders);
    }
}

impl Lines<'_> {
    /// With those lines of `before` of which the source says nothing: a list that it does not have changes nothing (rule 5.2).
    pub(super) fn keeping(
        mut self, before: &Lines<'static>, spoken: &[(Option<ResourceId>, Spoken)],
    ) -> Self {
        let says = |owner: Option<ResourceId>, list| {
            spoken.iter().find(|(of, _)| *of == owner).is_some_and(|(_, spoken)| spoken.has(list))
        };
        keep(&mut self.phones, &before.phones, |line| says(line.resource, List::Phones));
        keep(&mut self.addresses, &before.addresses, |line| says(line.resource, List::Addresses));
        keep(&mut self.details, &before.details, |line| says(line.resource, List::Details(line.of.kind)));
        keep(&mut self.opening_hours, &before.opening_hours, |line| says(line.resource, List::OpeningHours));
        keep(&mut self.contact_persons, &before.contact_persons, |line| {
            says(line.resource, List::ContactPersons)
        });
        self.remainders = remaining(self.remainders, &before.remainders, spoken);
        let place = |owner: Option<ResourceId>| spoken.iter().position(|(of, _)| *of == owner);
        let place = |owner| place(owner).unwrap_or(usize::MAX);
        self.phones.sort_by_key(|line| place(line.resource));
        self.addresses.sort_by_key(|line| place(line.resource));
        self.details.sort_by_key(|line| (place(line.resource), line.of.kind));
        self.opening_hours.sort_by_key(|line| place(line.resource));
        self.contact_persons.sort_by_key(|line| place(line.resource));
        self.remainders.sort_by_key(|line| place(line.resource));
        self
    }
}

/// What is known besides: what the source says, and of what was there before all of which it does not speak.
fn remaining<'a>(
    lines: Vec<Line<Cow<'a, Remainder>>>, before: &[Line<Cow<'static, Remainder>>],
    spoken: &[(Option<ResourceId>, Spoken)],
) -> Vec<Line<Cow<'a, Remainder>>> {
    if before.is_empty() && lines.iter().all(|line| line.of.is_settled()) {
        return lines;
    }
    let mut owners: Vec<Option<ResourceId>> = Vec::new();
    for resource in lines.iter().map(|line| line.resource).chain(before.iter().map(|line| line.resource)) {
        if !owners.contains(&resource) {
            owners.push(resource);
        }
    }
    let mut all = Vec::new();
    for owner in owners {
        let of = |line: &&Line<Cow<'_, Remainder>>| line.resource == owner;
        let new: Vec<&Remainder> = lines.iter().filter(of).map(|line| &*line.of).collect();
        let known = before.iter().filter(|line| line.resource == owner).map(|line| &*line.of).collect();
        let said = spoken.iter().find(|(of, _)| *of == owner).map(|(_, spoken)| *spoken);
        let kept = remainder::after(&new, known, said.unwrap_or_default());
        all.extend(kept.into_iter().map(|one| Line { resource: owner, of: Cow::Owned(one) }));
    }
    all
}

/// Takes over the lines before that the source says nothing of. Those it speaks of are in `lines` already.
fn keep<T: Clone + 'static>(
    lines: &mut Vec<Line<Cow<'_, T>>>, before: &[Line<Cow<'static, T>>],
    is_spoken: impl Fn(&Line<Cow<'static, T>>) -> bool,
) {
    let owned = |line: &Line<Cow<'static, T>>| Line {
        resource: line.resource,
        of: Cow::Owned(line.of.clone().into_owned()),
    };
    lines.extend(before.iter().filter(|line| !is_spoken(line)).map(owned));
}

fn add<'a, T: Clone>(lines: &mut Vec<Line<Cow<'a, T>>>, resource: Option<ResourceId>, items: &'a [T]) {
    lines.extend(items.iter().map(|item| Line { resource, of: Cow::Borrowed(item) }));
}

/// The state that the source describes. Texts and lists are borrowed, since there are thousands.
#[derive(Clone, Debug)]
pub(crate) struct Desired<'a> {
    pub(crate) provider: Provider,
    /// The agency record first.
    pub(crate) resources: Vec<Resource<'a>>,
    pub(crate) lines: Lines<'a>,
    /// What the source speaks of, for the provider as a whole and for each program.
    pub(crate) spoken: Vec<(Option<ResourceId>, Spoken)>,
}

/// The stored state of one provider, as far as it came from the source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Existing {
    /// None if the source names it for the first time.
    pub(crate) provider: Option<Provider>,
    /// Why the source has made it inactive.
    pub(crate) ended_by_source: Option<EndedBySource>,
    /// Its programs, and programs of other providers that the source has moved to this one.
    pub(crate) programs: Vec<Resource<'static>>,
    pub(crate) lines: Lines<'static>,
    /// Programs that the source has moved from here to another provider.
    pub(crate) moved: Vec<Resource<'static>>,
}

/// The keys of a provider, of its agency record and of its programs in their order.
pub(crate) struct Keys {
    pub(crate) provider: ProviderId,
    pub(crate) agency: ResourceId,
    pub(crate) programs: Vec<ResourceId>,
}

pub(crate) fn provider_key(source: &str, listing: &Listing) -> ProviderId {
    imported_key("provider", source, &listing.source_id)
}

pub(crate) fn program_key(source: &str, service: &Service) -> ResourceId {
    imported_key("resource", source, &service.source_id)
}

impl<'a> Desired<'a> {
    pub(crate) fn new(source: &str, listing: &'a Listing) -> Self {
        let keys = Keys {
            provider: provider_key(source, listing),
            agency: imported_key("agency", source, &listing.source_id),
            programs: listing.services.iter().map(|service| program_key(source, service)).collect(),
        };
        let provider = provider(keys.provider, source, listing);
        let mut desired = Self::of(listing, provider, &keys);
        let ids = listing.services.iter().map(|service| Some(Cow::Borrowed(service.source_id.as_str())));
        for (program, id) in desired.resources.iter_mut().skip(1).zip(ids) {
            program.source_id = id;
        }
        desired
    }

    /// What a hub says of a provider of its own, under the keys that it and its programs have here. Its codes are those that
    /// it has there.
    pub(crate) fn own(listing: &'a Listing, own: &OwnProvider, keys: &Keys) -> Self {
        let (source, source_id) = own.origin.clone().unzip();
        let code = own.code.clone();
        let provider = Provider { code, source, source_id, ..provider(keys.provider, "", listing) };
        let mut desired = Self::of(listing, provider, keys);
        let of_services = listing.services.iter().map(|service| service.own.as_ref());
        let agency = desired.resources.iter_mut().take(1);
        agency.for_each(|agency| agency.code.clone_from(&own.agency));
        for (program, own) in desired.resources.iter_mut().skip(1).zip(of_services) {
            let Some(own) = own else { continue };
            program.code.clone_from(&own.code);
            program.source_id = own.source_id.as_deref().map(Cow::Borrowed);
            program.state = own.state.as_deref().and_then(State::from_name).unwrap_or(program.state);
        }
        desired
    }

    /// The agency record and the programs, under these keys.
    fn of(listing: &'a Listing, provider: Provider, keys: &Keys) -> Self {
        let id = keys.provider;
        let mut desired = Desired {
            provider,
            resources: vec![agency(keys.agency, id, listing)],
            lines: Lines::default(),
            spoken: vec![(None, listing.lists.spoken.with(listing.spoken))],
        };
        desired.lines.extend(None, &listing.lists);
        for (service, key) in listing.services.iter().zip(&keys.programs) {
            desired.resources.push(program(*key, id, service));
            desired.lines.extend(Some(*key), &service.lists);
            desired.spoken.push((Some(*key), service.lists.spoken.with(service.spoken)));
        }
        desired
    }
}

impl Desired<'_> {
    /// Whether the source describes another organisation under the id of this one (rule 5.1): neither a name nor an address
    /// in common.
    pub(crate) fn is_another_than(&self, existing: &Existing) -> bool {
        let Some(known) = &existing.provider else { return false };
        let have_a_name = names(&self.provider).any(|name| is_known_as(known, name));
        let places: HashSet<_> = existing.lines.addresses.iter().filter_map(|line| place(&line.of)).collect();
        let have_a_place = self
            .lines
            .addresses
            .iter()
            .filter_map(|line| place(&line.of))
            .any(|place| places.contains(&place));
        !have_a_name && !have_a_place
    }
}

fn names(provider: &Provider) -> impl Iterator<Item = &String> {
    [Some(&provider.name), provider.alternate_name.as_ref()].into_iter().flatten()
}

/// Whether a name may be a spelling of one that the provider has.
pub(crate) fn is_known_as(provider: &Provider, name: &str) -> bool {
    let name = text::fold_name(name);
    names(provider).any(|own| is_one_name(&name, &text::fold_name(own)))
}

/// Whether two folded names may be spellings of one: nearly alike, or all words of one in the other.
pub(crate) fn is_one_name(one: &str, other: &str) -> bool {
    const ALIKE: f64 = 0.92;
    let words = |name: &'_ str| -> HashSet<String> {
        let words = name.split(|letter: char| !letter.is_alphanumeric());
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (here, there) = (words(one), words(other));
    here.is_subset(&there) || there.is_subset(&here) || strsim::jaro_winkler(one, other) >= ALIKE
}

/// The folded first line with the postal code or the city.
fn place(address: &Address) -> Option<(String, String)> {
    let town = address.postal_code.as_ref().or(address.city.as_ref())?;
    Some((text::fold_name(address.line_1.as_ref()?), fold(town)))
}

fn provider(id: ProviderId, source: &str, listing: &Listing) -> Provider {
    Provider {
        alternate_name: listing.alternate_name.clone(),
        description: listing.description.clone(),
        email: listing.email.clone(),
        phone: listing.phone.clone(),
        url: listing.url.clone(),
        postal_code: listing.postal_code.clone(),
        active: listing.active,
        source: Some(source.to_owned()),
        source_id: Some(listing.source_id.clone()),
        ..Provider::named(id, String::new(), listing.name.clone())
    }
}

fn agency(id: ResourceId, provider: ProviderId, listing: &Listing) -> Resource<'_> {
    Resource {
        id,
        code: String::new(),
        provider,
        kind: ResourceKind::Agency,
        name: Cow::Borrowed(&listing.name),
        alternate_name: None,
        description: None,
        eligibility: None,
        fees: None,
        application_process: None,
        email: None,
        url: None,
        state: State::Active,
        ended_by_source: None,
        source_id: None,
    }
}

fn program(id: ResourceId, provider: ProviderId, service: &Service) -> Resource<'_> {
    Resource {
        id,
        code: String::new(),
        provider,
        kind: ResourceKind::Program,
        name: Cow::Borrowed(&service.name),
        alternate_name: service.alternate_name.as_deref().map(Cow::from),
        description: service.description.as_deref().map(Cow::from),
        eligibility: service.eligibility.as_deref().map(Cow::from),
        fees: service.fees.as_deref().map(Cow::from),
        application_process: service.application_process.as_deref().map(Cow::from),
        email: service.email.as_deref().map(Cow::from),
        url: service.url.as_deref().map(Cow::from),
        state: if service.active { State::Active } else { State::Inactive },
        ended_by_source: (!service.active).then_some(EndedBySource::Status),
        source_id: None,
    }
}
