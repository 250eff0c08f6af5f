//! Assembles the parts of a directory, from tables or JSON.

mod locations;
mod said;

use std::collections::{BTreeMap, HashSet};

use super::categories::Terms;
use super::derived::tidy;
use super::entry::Entry;
use super::ids::Ids;
use super::kind::{self, Kind, Rest};
use super::object::Object;
use crate::model::directory::{Directory, Listing, Lists, Reject, Remainder, Said, Service, Spoken};
use crate::model::remarks::Remarks;

pub(super) use self::locations::{Location, location_entry};
pub(super) use self::said::About;

use self::said::{AROUND, Beside};

/// A service by the indexes of its listing and of itself in it.
pub(super) type ServicePlace = (usize, usize);

/// The owner of a phone or an address.
#[derive(Clone, Copy)]
pub(super) enum Owner {
    Listing(usize),
    Service(ServicePlace),
    Location(usize),
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
    pub(super) terms: Terms,
    /// What tables say of rows of other tables: metadata and attributes, by what they are about and its id.
    beside: BTreeMap<(String, String), Beside>,
    /// What is about no organization and no service.
    said: Said,
    said_keys: HashSet<(String, String)>,
    /// Whether a hub has written the directory of its own providers.
    pub(super) is_own: bool,
    /// What the hub that wrote the directory keeps of its sources.
    said_by: BTreeMap<String, Said>,
    /// Bytes of all that is kept as it was written.
    kept: usize,
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
            links: Vec::new(),
            terms: Terms::default(),
            beside: BTreeMap::new(),
            said: Said::default(),
            said_keys: HashSet::new(),
            is_own: false,
            said_by: BTreeMap::new(),
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
        let location = Location { id: id.to_owned(), ..location };
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

    /// Of what is too much together, each field counts by itself.
    fn keep(&mut self, owner: Owner, one: Remainder) {
        if self.has_room(&one.content) {
            if let Some(lists) = self.lists_mut(owner) {
                lists.remainders.push(one);
            }
            return;
        }
        let fields = one.fields();
        if fields.len() == 1 {
            return kind::count_all(&mut self.remarks.not_kept, &one.entity, &fields);
        }
        for field in fields {
            self.keep(owner, Remainder::new(&one.entity, one.entry.clone(), Object::from_iter([field])));
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
        self.say_what_is_left();
        for entry in std::mem::take(&mut self.terms).entries() {
            self.say(entry);
        }
        for listing in &mut self.listings {
            listing.lists.spoken.add(self.spoken);
            for service in &mut listing.services {
                service.lists.spoken.add(self.spoken);
            }
            tidy(listing);
        }
        let Assembly { listings, rejects, remarks, read, said, said_by, .. } = self;
        Directory { listings, rejects, remarks, said, said_by, read, ..Directory::default() }
    }
}
