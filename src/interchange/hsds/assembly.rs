//! Assembles the parts of a directory, from tables or JSON.

use super::ids::Ids;

use crate::model::directory::{
    Address, AddressKind, Coordinates, Directory, Listing, Lists, Phone, Reject, Service, Spoken,
};
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
}

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
        for mut location in std::mem::take(&mut self.places) {
            location.locate_addresses();
            let Location { listing, mut services, lists, .. } = location;
            services.sort_unstable();
            services.dedup();
            for place in &services {
                if let Some(service) = self.service_mut(*place) {
                    service.lists.extend_from(&lists);
                }
            }
            if let Some(listing) =
                listing.filter(|_| services.is_empty()).and_then(|at| self.listings.get_mut(at))
            {
                listing.lists.extend_from(&lists);
            }
        }
    }
}

impl Location {
    fn locate_addresses(&mut self) {
        for address in self.lists.addresses.iter_mut().filter(|at| at.kind == AddressKind::Physical) {
            address.place = self.place;
        }
    }
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
