//! Converts one listing of a directory into a provider, its resources, phones and addresses. The same source
//! and ids always give the same rows.

use std::borrow::Cow;
use std::collections::HashSet;

use super::Provider;
use crate::model::code::imported_key;
use crate::model::directory::{Address, Listing, Phone, Service};
use crate::model::prelude::*;
use crate::model::resource::{ResourceKind, State};

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
    pub(crate) source_id: Option<Cow<'a, str>>,
}

/// A phone or an address; `resource` is its program, none for the provider as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub(crate) struct Line<T> {
    #[serde(skip)]
    pub(crate) resource: Option<ResourceId>,
    #[serde(flatten)]
    pub(crate) of: T,
}

/// The state that the source describes. Texts, phones and addresses are borrowed, since there are thousands.
#[derive(Clone, Debug)]
pub(crate) struct Desired<'a> {
    pub(crate) provider: Provider,
    /// The agency record first.
    pub(crate) resources: Vec<Resource<'a>>,
    pub(crate) phones: Vec<Line<&'a Phone>>,
    pub(crate) addresses: Vec<Line<&'a Address>>,
}

/// The stored state of one provider, as far as it came from the source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Existing {
    /// None if the source names it for the first time.
    pub(crate) provider: Option<Provider>,
    /// Its programs, and programs of other providers that the source has moved to this one.
    pub(crate) programs: Vec<Resource<'static>>,
    pub(crate) phones: Vec<Line<Phone>>,
    pub(crate) addresses: Vec<Line<Address>>,
    /// Programs that the source has moved from here to another provider.
    pub(crate) moved: Vec<Resource<'static>>,
}

pub(crate) fn provider_key(source: &str, listing: &Listing) -> ProviderId {
    imported_key("provider", source, &listing.source_id)
}

pub(crate) fn program_key(source: &str, service: &Service) -> ResourceId {
    imported_key("resource", source, &service.source_id)
}

impl<'a> Desired<'a> {
    pub(crate) fn new(source: &str, listing: &'a Listing) -> Self {
        let id = provider_key(source, listing);
        let mut desired = Desired {
            provider: provider(id, source, listing),
            resources: vec![agency(id, source, listing)],
            phones: lines(None, &listing.phones).collect(),
            addresses: lines(None, &listing.addresses).collect(),
        };
        for service in &listing.services {
            let key = program_key(source, service);
            desired.resources.push(program(key, id, service));
            desired.phones.extend(lines(Some(key), &service.phones));
            desired.addresses.extend(lines(Some(key), &service.addresses));
        }
        desired
    }
}

impl Desired<'_> {
    /// Whether the source describes another organisation under the id of this one (rule 5.1): neither a name nor an address
    /// in common.
    pub(crate) fn is_another_than(&self, existing: &Existing) -> bool {
        let Some(known) = &existing.provider else { return false };
        let names = |provider: &Provider| -> Vec<String> {
            [Some(&provider.name), provider.alternate_name.as_ref()]
                .into_iter()
                .flatten()
                .map(|name| fold(name))
                .collect()
        };
        let (here, there) = (names(&self.provider), names(known));
        let have_a_name = here.iter().any(|here| there.iter().any(|there| is_one_name(here, there)));
        let places: HashSet<_> = existing.addresses.iter().filter_map(|line| place(&line.of)).collect();
        let have_a_place =
            self.addresses.iter().filter_map(|line| place(line.of)).any(|place| places.contains(&place));
        !have_a_name && !have_a_place
    }
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
    Some((fold(address.line_1.as_ref()?), fold(town)))
}

fn lines<T>(resource: Option<ResourceId>, items: &[T]) -> impl Iterator<Item = Line<&T>> {
    items.iter().map(move |of| Line { resource, of })
}

/// Whether the stored and the described lists are equal, in the same order.
pub(super) fn are_same<T: PartialEq>(existing: &[Line<T>], desired: &[Line<&T>]) -> bool {
    existing
        .iter()
        .map(|line| (line.resource, &line.of))
        .eq(desired.iter().map(|line| (line.resource, line.of)))
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

fn agency<'a>(provider: ProviderId, source: &str, listing: &'a Listing) -> Resource<'a> {
    Resource {
        id: imported_key("agency", source, &listing.source_id),
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
        source_id: Some(Cow::Borrowed(&service.source_id)),
    }
}
