//! Reads whatever an object lists, and its own details.

use super::super::categories::{self, Terms};
use super::super::details::{self, LISTS, Listed};
use super::super::entry::Entry;
use super::super::kind::{Kind, Rest, names_a_term};
use super::super::object::{self, Object, objects_of};
use super::super::{hours, own};
use crate::model::directory::{DetailKind, List, Lists, Spoken};

#[derive(Default)]
pub(super) struct Contents {
    /// Whether a hub says it of what is its own.
    pub(super) is_own: bool,
    pub(super) lists: Lists,
    /// What is not read of the entries of the lists.
    pub(super) rest: Vec<Rest>,
    /// Where each stands that cannot be taken, and why.
    pub(super) rejects: Vec<(String, Object, String)>,
}

/// The phones of its contacts are its phones.
pub(super) fn read(object: &Object, place: &str, terms: &mut Terms) -> Contents {
    let is_own = objects_of(object, "attributes").any(|one| own::of_attribute(one).is_some());
    let mut found = Contents { is_own, ..Contents::default() };
    found.lists.spoken = spoken(object);
    found.each(object, place, "phones", |found, one| found.take(Kind::Phone, object::phone(one)?, one));
    found
        .each(object, place, "addresses", |found, one| found.take(Kind::Address, object::address(one)?, one));
    found.each(object, place, "contacts", |found, contact| {
        match details::contact_person(contact)? {
            Some(person) => found.take(Kind::Contact, person, contact)?,
            None => found.rest.push(Rest::alone(Kind::Contact, Kind::Contact.rest(contact))),
        }
        let mut phones = objects_of(contact, "phones");
        phones.try_for_each(|phone| found.take(Kind::Phone, object::phone(phone)?, phone))
    });
    for (_, key, listed) in LISTS {
        found.each(object, place, key, |found, one| found.take(Kind::Listed(listed), listed.read(one)?, one));
    }
    if let Some(program) = object::object_of(object, "program") {
        let read = Listed::Program.read(program);
        let taken = read.and_then(|one| found.take(Kind::Listed(Listed::Program), one, program));
        found.rejects.extend(taken.err().map(|why| (format!("{place}/program"), program.clone(), why)));
    }
    found.each(object, place, "attributes", |found, attribute| found.attribute(attribute, terms));
    for key in ["schedules", "regular_schedules", "holiday_schedules"] {
        found.each(object, place, key, |found, one| {
            let mut hours = hours::read(one)?.into_iter();
            hours.try_for_each(|of_day| found.take(Kind::Schedule, of_day, one))
        });
    }
    match details::own(object) {
        Ok(own) => found.lists.details.extend(own),
        Err(reason) => found.rejects.push((place.to_owned(), object.clone(), reason)),
    }
    found
}

impl Contents {
    fn each(
        &mut self, object: &Object, place: &str, key: &str,
        mut take: impl FnMut(&mut Self, &Object) -> Result<(), String>,
    ) {
        for (index, one) in objects_of(object, key).enumerate() {
            if let Err(reason) = take(self, one) {
                self.rejects.push((format!("{place}/{key}/{index}"), one.clone(), reason));
            }
        }
    }

    /// Of its own terms a hub says all elsewhere.
    fn attribute(&mut self, attribute: &Object, terms: &mut Terms) -> Result<(), String> {
        if let Some(said) = own::of_attribute(attribute) {
            self.lists.own.push(said);
            return Ok(());
        }
        let mut rest = Kind::Attribute.rest(attribute);
        let Some(term) = categories::of_attribute(attribute)?.filter(|_| names_a_term(attribute)) else {
            // Its term stands elsewhere, if anywhere.
            let id = attribute.get_key_value("taxonomy_term_id");
            rest.extend(id.map(|(key, id)| (key.clone(), id.clone())));
            self.rest.push(Rest::alone(Kind::Attribute, rest));
            return Ok(());
        };
        rest.shift_remove("taxonomy_term");
        if let Some(object) = object::object_of(attribute, "taxonomy_term").filter(|_| !self.is_own) {
            let otherwise = terms.meet(&term, object)?;
            if !otherwise.is_empty() {
                rest.insert("taxonomy_term".to_owned(), otherwise.into());
            }
        }
        self.rest.push(Rest::of(Kind::Attribute, &term, rest));
        self.lists.details.push(term);
        Ok(())
    }

    /// An entry of a list, and what its object says besides.
    #[expect(clippy::unnecessary_wraps, reason = "it ends what may be refused")]
    fn take<T: Entry>(&mut self, kind: Kind, entry: T, object: &Object) -> Result<(), String> {
        self.rest.push(Rest::of(kind, &entry, kind.rest(object)));
        T::of(&mut self.lists).push(entry);
        Ok(())
    }
}

/// The lists of which an object speaks: it has their keys, if empty.
fn spoken(object: &Object) -> Spoken {
    let mut spoken = details::spoken(object);
    let lists = [
        ("services", List::Programs),
        ("phones", List::Phones),
        ("addresses", List::Addresses),
        ("contacts", List::ContactPersons),
        ("schedules", List::OpeningHours),
        ("regular_schedules", List::OpeningHours),
        ("attributes", List::Details(DetailKind::Category)),
        ("program", List::Details(DetailKind::Program)),
        ("locations", List::Locations),
        ("location", List::Locations),
        ("service_at_locations", List::Locations),
        ("capacities", List::Capacities),
        ("service_capacities", List::Capacities),
    ];
    let details = LISTS.iter().map(|(_, key, listed)| (*key, List::Details(listed.kind())));
    for (_, list) in lists.into_iter().chain(details).filter(|(key, _)| object.contains_key(*key)) {
        spoken.add(Spoken::of(list));
    }
    spoken
}
