//! Locations, which hand what they list to who is there.

use serde_json::Value;

use super::super::entry::{Entry, degrees};
use super::super::kind::{self, Kind, Rest};
use super::super::object::Object;
use super::super::said;
use super::{Assembly, Owner, ServicePlace};
use crate::model::code::written_key;
use crate::model::directory::remainder;
use crate::model::directory::{
    Address, AddressKind, ContactPerson, Coordinates, Detail, Lists, OpeningHours, Phone, Remainder,
};

/// Locations are not kept: they pass their lists to the services there, and their coordinates to their addresses.
#[derive(Default)]
pub(in super::super) struct Location {
    pub(in super::super) id: String,
    pub(in super::super) listing: Option<usize>,
    pub(in super::super) services: Vec<ServicePlace>,
    /// Why it has no listing although it names an organization.
    pub(in super::super) orphaned: Option<String>,
    pub(in super::super) place: Option<Coordinates>,
    pub(in super::super) lists: Lists,
    /// What else its objects say, of each what is not read.
    pub(in super::super) rest: Vec<Object>,
}

impl Assembly {
    /// The contact data of a location goes to each service there, or to the organization if there is none.
    pub(super) fn hand_out_locations(&mut self) {
        let mut entries = Vec::with_capacity(self.places.len());
        for mut location in std::mem::take(&mut self.places) {
            location.locate_addresses();
            entries.push(location.entry());
            location.remain();
            let Location { id, listing, mut services, mut lists, orphaned, .. } = location;
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
            if !owners.is_empty() {
                continue;
            }
            if orphaned.is_none() {
                // One without an id has a made one here.
                let id = if id.starts_with('\0') { "" } else { &id };
                self.say_of(Kind::Location.name(), id, of_nothing(&mut lists, remainders));
                continue;
            }
            // That of an organization that was rejected comes again with it.
            for one in &remainders {
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

/// A location of no organization and no service, with all that it lists.
fn of_nothing(lists: &mut Lists, mut remainders: Vec<Remainder>) -> Object {
    let mut content = Object::new();
    list_in::<Phone>(&mut content, lists);
    list_in::<Address>(&mut content, lists);
    list_in::<OpeningHours>(&mut content, lists);
    list_in::<ContactPerson>(&mut content, lists);
    list_in::<Detail>(&mut content, lists);
    // A second value of a field makes a second remainder.
    let whole = remainders.iter().position(|one| one.entity == Kind::Location.name());
    if let Some(whole) = whole {
        content.extend(remainders.remove(whole).fields());
    }
    let others: Vec<Value> = remainders
        .iter()
        .map(|one| said::remainder(&one.entity, one.entry.as_deref(), one.fields()))
        .collect();
    if !others.is_empty() {
        content.insert("remainders".to_owned(), others.into());
    }
    content
}

fn list_in<T: Entry>(content: &mut Object, lists: &mut Lists) {
    let list: Vec<Value> = T::of(lists).iter().map(|one| Value::Object(one.exact())).collect();
    if !list.is_empty() {
        content.insert(T::TERM.to_owned(), list.into());
    }
}

/// How a location without an address is known.
pub(in super::super) fn location_entry(content: &str) -> String {
    written_key(&[Kind::Location.name(), content])
}
