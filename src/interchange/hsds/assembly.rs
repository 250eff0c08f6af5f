//! Assembles the parts of a directory, from tables or JSON.

use std::collections::HashSet;
use std::hash::Hash;

use super::ids::Ids;
use crate::model::directory::{Address, AddressKind, Directory, Listing, Phone, Reject, Service};

/// A service by the indexes of its listing and of itself in it.
pub(super) type ServicePlace = (usize, usize);

/// The owner of a phone or an address.
#[derive(Clone, Copy)]
pub(super) enum Owner {
    Listing(usize),
    Service(ServicePlace),
    Location(usize),
}

/// Locations are not kept: they pass their phones and addresses to the services there.
#[derive(Default)]
pub(super) struct Location {
    pub(super) listing: Option<usize>,
    pub(super) services: Vec<ServicePlace>,
    /// Why it has no listing although it names an organization.
    pub(super) orphaned: Option<String>,
    pub(super) phones: Vec<Phone>,
    pub(super) addresses: Vec<Address>,
}

/// A directory while it is assembled.
pub(super) struct Assembly {
    pub(super) listings: Vec<Listing>,
    pub(super) organizations: Ids<usize>,
    pub(super) services: Ids<ServicePlace>,
    pub(super) locations: Ids<usize>,
    pub(super) places: Vec<Location>,
    pub(super) rejects: Vec<Reject>,
    pub(super) notes: Vec<String>,
    pub(super) read: u64,
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
            notes: Vec::new(),
            read: 0,
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

    pub(super) fn add_phone(&mut self, owner: Owner, phone: Phone) {
        if let Some((phones, _)) = self.belongings(owner) {
            phones.push(phone);
        }
    }

    pub(super) fn add_address(&mut self, owner: Owner, address: Address) {
        if let Some((_, addresses)) = self.belongings(owner) {
            addresses.push(address);
        }
    }

    /// Removes duplicates so far: in JSON an organization may occur again inside each of its services.
    pub(super) fn condense(&mut self, owner: Owner) {
        if let Some((phones, addresses)) = self.belongings(owner) {
            keep_first(phones);
            keep_first(addresses);
        }
    }

    fn belongings(&mut self, owner: Owner) -> Option<(&mut Vec<Phone>, &mut Vec<Address>)> {
        match owner {
            Owner::Listing(place) => {
                self.listings.get_mut(place).map(|at| (&mut at.phones, &mut at.addresses))
            }
            Owner::Service(place) => self.service_mut(place).map(|at| (&mut at.phones, &mut at.addresses)),
            Owner::Location(place) => {
                self.places.get_mut(place).map(|at| (&mut at.phones, &mut at.addresses))
            }
        }
    }

    pub(super) fn finish(mut self) -> Directory {
        self.hand_out_locations();
        for listing in &mut self.listings {
            tidy(listing);
        }
        let Assembly { listings, rejects, notes, read, .. } = self;
        Directory { listings, rejects, notes, read }
    }

    /// The contact data of a location goes to each service there, or to the organization if there is none.
    fn hand_out_locations(&mut self) {
        for mut location in std::mem::take(&mut self.places) {
            keep_first(&mut location.services);
            let Location { listing, services, phones, addresses, .. } = location;
            for place in &services {
                if let Some(service) = self.service_mut(*place) {
                    service.phones.extend_from_slice(&phones);
                    service.addresses.extend_from_slice(&addresses);
                }
            }
            if let Some(listing) =
                listing.filter(|_| services.is_empty()).and_then(|at| self.listings.get_mut(at))
            {
                listing.phones.extend(phones);
                listing.addresses.extend(addresses);
            }
        }
    }
}

/// Removes duplicates and derives what a list of providers shows.
fn tidy(listing: &mut Listing) {
    keep_first(&mut listing.phones);
    keep_first(&mut listing.addresses);
    for service in &mut listing.services {
        keep_first(&mut service.phones);
        keep_first(&mut service.addresses);
    }
    listing.phone =
        voice(&listing.phones).or_else(|| listing.services.iter().find_map(|at| voice(&at.phones)));
    let of_services = |kind| listing.services.iter().find_map(|at| postal_code(&at.addresses, kind));
    listing.postal_code = AddressKind::ALL
        .iter()
        .find_map(|&kind| postal_code(&listing.addresses, kind).or_else(|| of_services(kind)));
}

fn voice(phones: &[Phone]) -> Option<String> {
    phones.iter().find(|phone| phone.kind == "voice").map(|phone| phone.number.clone())
}

fn postal_code(addresses: &[Address], kind: AddressKind) -> Option<String> {
    addresses.iter().filter(|address| address.kind == kind).find_map(|address| address.postal_code.clone())
}

/// Usually there are few, and comparing them is faster than a set.
fn keep_first<T: Eq + Hash>(items: &mut Vec<T>) {
    const FEW: usize = 16;
    let is_fresh: Vec<bool> = if items.len() <= FEW {
        items.iter().enumerate().map(|(at, item)| !items.iter().take(at).any(|one| one == item)).collect()
    } else {
        let mut seen = HashSet::with_capacity(items.len());
        items.iter().map(|item| seen.insert(item)).collect()
    };
    let mut is_fresh = is_fresh.into_iter();
    items.retain(|_| is_fresh.next().unwrap_or(true));
}
