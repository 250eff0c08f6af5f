//! Assembles the parts of a directory, from tables or JSON.

use super::entry::{Entry, degrees};
use serde_json::Value;

use super::ids::Ids;
use super::kind::{self, Kind, Rest};
use super::object::Object;

use crate::model::code::written_key;
use crate::model::directory::remainder;
use crate::model::directory::{
    Address, AddressKind, Coordinates, Directory, Listing, Lists, Phone, Reject, Remainder, Service, Spoken,
};
use crate::model::limit;
use crate::model::remarks::Remarks;

/// A service by the indexes of its listing and of itself in it.
pub(super) type ServicePlace = (usize, usize);

/// The owner of a phone or an address.
#[derive(Clone, Copy)]
pub(super) enum Owner {
    Listing(usize),
    Service(ServicePlace),
    Location(usize),
}

/// Locations are not kept: they pass their lists to the services there, and their coordinates to their addresses.
#[derive(Default)]
pub(super) struct Location {
    pub(super) listing: Option<usize>,
    pub(super) services: Vec<ServicePlace>,
    /// Why it has no listing although it names an organization.
    pub(super) orphaned: Option<String>,
    pub(super) place: Option<Coordinates>,
    pub(super) lists: Lists,
    /// What else its objects say, of each what is not read.
    pub(super) rest: Vec<Object>,
}

/// A directory while it is assembled.
pub(super) struct Assembly {
    pub(super) listings: Vec<Listing>,
    pub(super) organizations: Ids<usize>,
    pub(super) services: Ids<ServicePlace>,
    pub(super) locations: Ids<usize>,
    pub(super) places: Vec<Location>,
    pub(super) rejects: Vec<Reject>,
    pub(super) remarks: Remarks,
    pub(super) read: u64,
    /// What tables list, for all: an owner without rows there has an empty list.
    pub(super) spoken: Spoken,
    /// What is said of services at locations, until the locations are known.
    pub(super) links: Vec<(ServicePlace, usize, Object)>,
    /// Bytes of all remainders.
    kept: usize,
}

/// The most bytes of all remainders of a directory.
const MOST_KEPT: usize = 24 << 20;

/// What a remainder takes besides its content.
const AROUND: usize = 100;

impl Default for Assembly {
    fn default() -> Self {
        Assembly {
            listings: Vec::new(),
            organizations: Ids::new("organization"),
            services: Ids::new("service"),
            locations: Ids::new("location"),
            places: Vec::new(),
            rejects: Vec::new(),
            remarks: Remarks::default(),
            read: 0,
            spoken: Spoken::default(),
            links: Vec::new(),
            kept: 0,
        }
    }
}

impl Assembly {
    pub(super) fn add_listing(&mut self, listing: Listing) -> usize {
        let place = self.listings.len();
        self.organizations.accept(&listing.source_id, listing.line, place);
        self.listings.push(listing);
        place
    }

    /// `listing` must be an index that [`Assembly::add_listing`] returned.
    pub(super) fn add_service(&mut self, listing: usize, service: Service) -> Option<ServicePlace> {
        let services = &mut self.listings.get_mut(listing)?.services;
        let place = (listing, services.len());
        self.services.accept(&service.source_id, service.line, place);
        services.push(service);
        Some(place)
    }

    pub(super) fn add_location(&mut self, id: &str, line: u64, location: Location) -> usize {
        let place = self.places.len();
        self.locations.accept(id, line, place);
        self.places.push(location);
        place
    }

    pub(super) fn service_mut(&mut self, place: ServicePlace) -> Option<&mut Service> {
        self.listings.get_mut(place.0)?.services.get_mut(place.1)
    }

    pub(super) fn location_mut(&mut self, place: usize) -> Option<&mut Location> {
        self.places.get_mut(place)
    }

    /// The lists of an owner; none if there is no such owner.
    pub(super) fn lists_mut(&mut self, owner: Owner) -> Option<&mut Lists> {
        match owner {
            Owner::Listing(place) => self.listings.get_mut(place).map(|at| &mut at.lists),
            Owner::Service(place) => self.service_mut(place).map(|at| &mut at.lists),
            Owner::Location(place) => self.places.get_mut(place).map(|at| &mut at.lists),
        }
    }

    /// Keeps what is not read of a thing of this owner; what would be too much is counted as left (rule 5.2).
    pub(super) fn remain(&mut self, owner: Owner, rest: Rest) {
        if let Some(one) = rest.remainder() {
            self.keep(owner, one);
        }
    }

    /// An entry of a list, and what its row says besides.
    pub(super) fn take<T: Entry>(&mut self, owner: Owner, kind: Kind, entry: T, fields: Object) {
        self.remain(owner, Rest::of(kind, &entry, fields));
        if let Some(lists) = self.lists_mut(owner) {
            T::of(lists).push(entry);
        }
    }

    fn keep(&mut self, owner: Owner, one: Remainder) {
        let size = one.content.len() + AROUND;
        if self.kept + size > MOST_KEPT || limit::REMAINDER.hold(&one.content).is_err() {
            kind::count_all(&mut self.remarks.not_kept, &one.entity, &one.fields());
            return;
        }
        self.kept += size;
        if let Some(lists) = self.lists_mut(owner) {
            lists.remainders.push(one);
        }
    }

    /// What several objects say of one thing is kept once.
    pub(super) fn condense(&mut self, owner: Owner) {
        let size =
            |lists: &Lists| lists.remainders.iter().map(|one| one.content.len() + AROUND).sum::<usize>();
        let Some(lists) = self.lists_mut(owner) else { return };
        let before = size(lists);
        lists.condense();
        let after = size(lists);
        self.kept = (self.kept + after).saturating_sub(before);
    }

    pub(super) fn finish(mut self) -> Directory {
        self.hand_out_locations();
        for listing in &mut self.listings {
            listing.lists.spoken.add(self.spoken);
            for service in &mut listing.services {
                service.lists.spoken.add(self.spoken);
            }
            tidy(listing);
        }
        let Assembly { listings, rejects, remarks, read, .. } = self;
        Directory { listings, rejects, remarks, read, ..Directory::default() }
    }

    /// The contact data of a location goes to each service there, or to the organization if there is none.
    fn hand_out_locations(&mut self) {
        let mut entries = Vec::with_capacity(self.places.len());
        for mut location in std::mem::take(&mut self.places) {
            location.locate_addresses();
            entries.push(location.entry());
            location.remain();
            let Location { listing, mut services, mut lists, .. } = location;
            let remainders = std::mem::take(&mut lists.remainders);
            services.sort_unstable();
            services.dedup();
            let of_listing = listing.filter(|_| services.is_empty()).map(Owner::Listing);
            let owners: Vec<Owner> =
                services.iter().map(|place| Owner::Service(*place)).chain(of_listing).collect();
            for owner in &owners {
                if let Some(kept) = self.lists_mut(*owner) {
                    kept.extend_from(&lists);
                }
                for one in &remainders {
                    self.keep(*owner, one.clone());
                }
            }
            for one in remainders.iter().filter(|_| owners.is_empty()) {
                kind::count_all(&mut self.remarks.not_kept, &one.entity, &one.fields());
            }
        }
        for (service, location, fields) in std::mem::take(&mut self.links) {
            let entry = entries.get(location).cloned().flatten();
            self.remain(Owner::Service(service), Rest { kind: Kind::ServiceAtLocation, entry, fields });
        }
    }
}

impl Location {
    fn locate_addresses(&mut self) {
        let mut renamed = Vec::new();
        for address in self.lists.addresses.iter_mut().filter(|at| at.kind == AddressKind::Physical) {
            let before = address.clone();
            address.place = self.place;
            if !self.lists.remainders.is_empty() {
                renamed.push((before.key(), address.key()));
            }
        }
        for (before, after) in renamed {
            self.lists.rename_entry(&before, &after);
        }
    }

    /// The first physical address stands for it, else the first.
    fn address(&self) -> Option<&Address> {
        let addresses = &self.lists.addresses;
        addresses.iter().find(|at| at.kind == AddressKind::Physical).or(addresses.first())
    }

    fn entry(&self) -> Option<String> {
        self.address().map(Entry::key)
    }

    /// What is not read of it, with coordinates that no address takes.
    fn remain(&mut self) {
        let mut rest = std::mem::take(&mut self.rest);
        let takes_place = self.lists.addresses.iter().any(|at| at.kind == AddressKind::Physical);
        if let Some(place) = self.place.filter(|_| !takes_place) {
            rest.push(
                degrees(&place).into_iter().map(|(key, value)| (key, value.to_string().into())).collect(),
            );
        }
        let kind = self.address().map(|at| at.kind).unwrap_or_default().name();
        let is_kind =
            |value: &Value| value.as_str().is_some_and(|text| text.trim().eq_ignore_ascii_case(kind));
        for fields in &mut rest {
            fields.retain(|key, value| key != "location_type" || !is_kind(value));
        }
        let entry = self.entry();
        let remainders = rest
            .into_iter()
            .filter_map(|fields| Rest { kind: Kind::Location, entry: entry.clone(), fields }.remainder());
        let mut remainders = remainder::settled(remainders.collect());
        if entry.is_none() {
            // Without an address it is known by what it says.
            for one in &mut remainders {
                one.entry = Some(location_entry(&one.content));
            }
        }
        self.lists.remainders.append(&mut remainders);
    }
}

/// How a location without an address is known.
pub(super) fn location_entry(content: &str) -> String {
    written_key(&[Kind::Location.name(), content])
}

/// Removes duplicates and derives what a list of providers shows.
pub(super) fn tidy(listing: &mut Listing) {
    listing.lists.condense();
    for service in &mut listing.services {
        service.lists.condense();
    }
    (listing.phone, listing.postal_code) = derived(listing);
}

/// The phone and the postal code that follow from the lists.
pub(super) fn derived(listing: &Listing) -> (Option<String>, Option<String>) {
    let lists = || std::iter::once(&listing.lists).chain(listing.services.iter().map(|at| &at.lists));
    let kinds = AddressKind::ALL.iter();
    let postal_code =
        kinds.copied().find_map(|kind| lists().find_map(|lists| postal_code(&lists.addresses, kind)));
    (lists().find_map(|lists| voice(&lists.phones)), postal_code)
}

fn voice(phones: &[Phone]) -> Option<String> {
    phones.iter().find(|phone| phone.kind == "voice").map(|phone| phone.number.clone())
}

fn postal_code(addresses: &[Address], kind: AddressKind) -> Option<String> {
    addresses.iter().filter(|address| address.kind == kind).find_map(|address| address.postal_code.clone())
}
