//! An organization or a service while it is made: its fields, its lists, its locations, and attributes for what HSDS has no place
//! for.

use serde_json::{Value, json};

use super::super::assembly::location_entry;
use super::super::capacity;
use super::super::derived::derived;
use super::super::entry::{Entry, filled, takes_place};
use super::super::kind::{Kind, capacity_entry, of_owners};
use super::super::object::Object;
use super::super::{own, said};
use super::details::{self, Place, Slot};
use super::entries::{self, Objects, correction, plainly};
use super::form;
use super::remainder::Remainders;
use super::vocabulary::Vocabulary;
use crate::model::code::written_key;
use crate::model::directory::{
    Address, AddressKind, Capacity, ContactPerson, Detail, DetailKind, Listing, Lists, OpeningHours, Phone,
    Remainder,
};

pub(super) struct Owner {
    kind: &'static str,
    id: String,
    object: Object,
    attributes: Vec<Value>,
    /// Each with the key of its address.
    locations: Vec<(String, Object)>,
    remainders: Remainders,
}

impl Owner {
    pub(super) fn new(kind: &'static str, id: &str, remainders: &[Remainder]) -> Self {
        let remainders = Remainders::of(remainders);
        let object = Object::from_iter([("id".to_owned(), json!(id))]);
        Owner { kind, id: id.to_owned(), object, attributes: Vec::new(), locations: Vec::new(), remainders }
    }

    fn is_organization(&self) -> bool {
        self.kind == "organization"
    }

    /// A program that is paused here has the status that follows from that, and that of its source beside it.
    pub(super) fn paused(&mut self) {
        if let Some(status) = self.remainders.status() {
            let kind = Kind::Service.name();
            let fields = Object::from_iter([("status".to_owned(), status)]);
            self.say(own::REMAINDER, &said::remainder(kind, None, fields).to_string());
        }
    }

    pub(super) fn put(&mut self, key: &str, value: Value) {
        if !value.is_null() {
            self.object.insert(key.to_owned(), value);
        }
    }

    /// Says by an attribute what HSDS has no field for.
    pub(super) fn say(&mut self, term: &str, value: &str) {
        let id = written_key(&[&self.id, "attribute", term, value]);
        self.attributes.push(json!({"id": id, "value": value, "taxonomy_term": own::term(term)}));
    }

    pub(super) fn email(&mut self, email: Option<&str>) {
        match email {
            Some(email) if !form::is_email(email) => self.say("email", email),
            email => self.put("email", json!(email)),
        }
    }

    pub(super) fn url(&mut self, key: &'static str, url: Option<&str>) {
        let Some(url) = url else { return };
        let uri = form::uri(url);
        if uri.as_deref() != Some(url) {
            self.say(key, url);
        }
        self.put(key, json!(uri));
    }

    /// The phone and the postal code of a provider, where they do not follow from its lists. A phone that is in no list is one for
    /// others.
    pub(super) fn derived(&mut self, listing: &Listing) {
        let (phone, postal_code) = derived(listing);
        if phone != listing.phone {
            self.say("phone", listing.phone.as_deref().unwrap_or_default());
        }
        if let (None, Some(number)) = (phone, &listing.phone) {
            let phone = Phone { number: number.clone(), kind: "voice".to_owned(), ..Phone::default() };
            self.list("phones", "phone", vec![entries::phone(&phone)]);
            self.say(Phone::TERM, &correction(Some(&phone), None));
        }
        if postal_code != listing.postal_code {
            self.say("postal_code", listing.postal_code.as_deref().unwrap_or_default());
        }
    }

    pub(super) fn lists(
        &mut self, lists: &Lists, listing: &Listing, programs: &[Detail], vocabulary: &mut Vocabulary,
    ) {
        let phones = entries::objects(&lists.phones, entries::phone, plainly);
        let phones = self.corrected::<Phone>(Kind::Phone, phones);
        self.list("phones", "phone", phones);
        let persons = entries::objects(&lists.contact_persons, entries::person, plainly);
        let persons = self.corrected::<ContactPerson>(Kind::Contact, persons);
        self.list("contacts", "contact", persons);
        self.addresses(&lists.addresses);
        self.schedules(&lists.opening_hours);
        let (is_organization, has_location) = (self.is_organization(), !self.locations.is_empty());
        let organization = listing.source_id.as_str();
        let origin = listing.own.as_ref().and_then(|own| own.origin.as_ref());
        let source = origin.map(|(source, _)| source.as_str());
        let mut place = Place { is_organization, has_location, organization, programs, source, vocabulary };
        self.details(&lists.details, &mut place);
    }

    /// Each address has a location, with its coordinates.
    fn addresses(&mut self, addresses: &[Address]) {
        let with_place = |line: &Address, object: &Object| {
            let read = Address::read(object).ok()?;
            Some(Address { place: line.place.filter(|_| takes_place(line.kind)), ..read })
        };
        let found = entries::objects(addresses, entries::address, with_place);
        let keys = found.keys.clone();
        for (key, address) in keys.into_iter().zip(self.corrected::<Address>(Kind::Address, found)) {
            self.location(key, address);
        }
        for mut location in self.remainders.locations(location_entry) {
            let id = written_key(&[&self.id, "location", &text(&location)]);
            location.shift_insert(0, "id".to_owned(), json!(id));
            self.locations.push((String::new(), location));
        }
    }

    fn location(&mut self, key: String, mut address: Object) {
        let (latitude, longitude) = (address.shift_remove("latitude"), address.shift_remove("longitude"));
        let id = written_key(&[&self.id, "location", &text(&address), &text(&latitude), &text(&longitude)]);
        let kind = if address.get("address_type") == Some(&json!(AddressKind::Postal)) {
            AddressKind::Postal
        } else {
            AddressKind::Physical
        };
        let mut location =
            Object::from_iter([("id".to_owned(), json!(id)), ("location_type".to_owned(), json!(kind))]);
        location.extend(latitude.map(|degrees| ("latitude".to_owned(), degrees)));
        location.extend(longitude.map(|degrees| ("longitude".to_owned(), degrees)));
        location.insert("addresses".to_owned(), Value::Array(named(&id, "address", vec![address])));
        self.remainders.put_back(Kind::Location, Some(&key), &mut location);
        self.locations.push((key, location));
    }

    /// Those of a provider as a whole are at its first location.
    fn schedules(&mut self, hours: &[OpeningHours]) {
        let found = entries::objects(hours, entries::schedule, plainly);
        if !self.is_organization() {
            let schedules = self.corrected::<OpeningHours>(Kind::Schedule, found);
            return self.list("schedules", "schedule", entries::joined(schedules));
        }
        if self.locations.is_empty() {
            for one in hours {
                self.say(OpeningHours::TERM, &correction(None, Some(one)));
            }
            return;
        }
        let schedules = self.corrected::<OpeningHours>(Kind::Schedule, found);
        self.list_at_location("schedules", "schedule", entries::joined(schedules));
    }

    fn details(&mut self, details: &[Detail], place: &mut Place<'_>) {
        let mut taken: Vec<&'static str> = Vec::new();
        for detail in details {
            if let Some(ages) = details::ages(detail).filter(|_| !self.is_organization())
                && detail.kind == DetailKind::Age
                && !taken.contains(&"ages")
            {
                taken.push("ages");
                self.object.extend(ages);
                continue;
            }
            let slot = place
                .slot(detail, &self.remainders)
                .filter(|slot| !slot.key().is_some_and(|key| taken.contains(&key)));
            let read = slot.as_ref().and_then(|slot| details::read(slot, detail.kind));
            match (slot, read) {
                (Some(slot), Some(read)) if read == *detail => {
                    taken.extend(slot.key());
                    self.stand(slot, detail);
                }
                (Some(slot), Some(read)) if slot.key().is_none() && !details.contains(&read) => {
                    self.say(Detail::TERM, &correction(Some(&read), Some(detail)));
                    self.stand(slot, detail);
                }
                _ => self.say(detail.kind.name(), &details::value(detail)),
            }
        }
    }

    fn stand(&mut self, slot: Slot, detail: &Detail) {
        let key = detail.key();
        match slot {
            Slot::List(list, mut object) => {
                let kind = of_owners(list).unwrap_or(Kind::Attribute);
                self.remainders.put_back(kind, Some(&key), &mut object);
                self.list(list, list, vec![object]);
            }
            Slot::OfLocation(list, mut object) => {
                let kind = of_owners(list).unwrap_or(Kind::Attribute);
                self.remainders.put_back(kind, Some(&key), &mut object);
                self.list_at_location(list, list, vec![object]);
            }
            Slot::Field(key, value) => self.put(key, value),
            Slot::FieldOfLocation(key, value) => {
                if let Some((_, location)) = self.locations.first_mut() {
                    location.insert(key.to_owned(), value);
                }
            }
            Slot::Program(object) => self.put("program", Value::Object(object)),
            Slot::Term(attribute, others) => {
                self.remainders.leave(Kind::Attribute, &key, others);
                let attribute = named(&self.id, "term", vec![attribute]);
                self.attributes.extend(attribute);
            }
        }
    }

    pub(super) fn capacity(&mut self, capacity: Option<&Capacity>) {
        let Some(capacity) = capacity else { return };
        let Capacity { places, unit, maximum, note, updated_at, ends_at } = capacity;
        let name = unit.as_deref().unwrap_or("places");
        if self.is_organization() || unit.is_none() || ends_at.is_some() {
            self.say(capacity::TERM, &text(&capacity::exact(capacity)));
        }
        if self.is_organization() {
            return;
        }
        let id = written_key(&[&self.id, "capacity"]);
        let plain = json!({"id": written_key(&["unit", name]), "name": name});
        let mut object = Object::from_iter([
            ("id".to_owned(), json!(id)),
            ("unit".to_owned(), plain.clone()),
            ("available".to_owned(), json!(places)),
        ]);
        object.extend(maximum.map(|maximum| ("maximum".to_owned(), json!(maximum))));
        object.extend(note.as_ref().map(|note| ("description".to_owned(), json!(note))));
        object.extend(updated_at.map(|at| ("updated".to_owned(), json!(capacity::instant(at)))));
        let key = capacity_entry(capacity);
        self.remainders.put_back(Kind::Capacity, Some(&key), &mut object);
        if let Some(unit) = object.get_mut("unit").filter(|unit| **unit != plain) {
            let id = written_key(&["unit", name, &text(&unit)]);
            unit.as_object_mut().map(|unit| unit.insert("id".to_owned(), json!(id)));
        }
        self.list("capacities", "service_capacity", vec![object]);
    }

    pub(super) fn end(mut self) -> Object {
        let kind = if self.is_organization() { Kind::Organization } else { Kind::Service };
        self.remainders.put_back(kind, None, &mut self.object);
        let locations = std::mem::take(&mut self.locations);
        let locations: Vec<Value> = if self.is_organization() {
            locations.into_iter().map(|(_, location)| Value::Object(location)).collect()
        } else {
            let at = |(key, location): (String, Object)| {
                let id = written_key(&[&self.id, "at", &text(&location.get("id"))]);
                let mut link = filled([("id", json!(id)), ("location", Value::Object(location))]);
                self.remainders.put_back(Kind::ServiceAtLocation, Some(&key), &mut link);
                Value::Object(link)
            };
            locations.into_iter().map(at).collect()
        };
        for value in std::mem::take(&mut self.remainders).others() {
            self.say(own::REMAINDER, &value);
        }
        let attributes = std::mem::take(&mut self.attributes);
        let key = if self.is_organization() { "locations" } else { "service_at_locations" };
        for (key, list) in [(key, locations), ("attributes", attributes)] {
            if !list.is_empty() {
                self.object.insert(key.to_owned(), Value::Array(list));
            }
        }
        self.object
    }

    /// The objects, once what they do not say is said.
    fn corrected<T: Entry>(&mut self, kind: Kind, found: Objects) -> Vec<Object> {
        for correction in found.corrections {
            self.say(T::TERM, &correction);
        }
        let mut objects = found.objects;
        for (key, object) in found.keys.iter().zip(&mut objects) {
            self.remainders.put_back(kind, Some(key), object);
        }
        objects
    }

    fn list(&mut self, key: &str, kind: &str, objects: Vec<Object>) {
        add(&mut self.object, key, named(&self.id, kind, objects));
    }

    fn list_at_location(&mut self, key: &str, kind: &str, objects: Vec<Object>) {
        if let Some((_, location)) = self.locations.first_mut() {
            let id = text(&location.get("id"));
            add(location, key, named(&id, kind, objects));
        }
    }
}

fn add(object: &mut Object, key: &str, more: Vec<Value>) {
    if more.is_empty() {
        return;
    }
    let list = object.entry(key).or_insert_with(|| json!([]));
    if let Some(list) = list.as_array_mut() {
        list.extend(more);
    }
}

/// With an id each that follows from its owner and what it says, unless it has one.
fn named(owner: &str, kind: &str, objects: Vec<Object>) -> Vec<Value> {
    let named = |mut object: Object| {
        if !object.contains_key("id") {
            let id = written_key(&[owner, kind, &text(&object)]);
            object.shift_insert(0, "id".to_owned(), json!(id));
        }
        Value::Object(object)
    };
    objects.into_iter().map(named).collect()
}

fn text(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
