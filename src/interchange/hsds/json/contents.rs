//! Reads whatever an object lists, and its own details.

use super::super::details::{self, LISTS, Listed};
use super::super::object::{self, Object, objects_of};
use super::super::{categories, hours, own};
use crate::model::directory::{DetailKind, List, Lists, Spoken};

#[derive(Default)]
pub(super) struct Contents {
    pub(super) lists: Lists,
    /// Where each stands that cannot be taken, and why.
    pub(super) rejects: Vec<(String, Object, String)>,
}

/// The phones of its contacts are its phones.
pub(super) fn read(object: &Object, place: &str) -> Contents {
    let mut found = Contents::default();
    found.lists.spoken = spoken(object);
    found.each(object, place, "phones", |lists, phone| push(&mut lists.phones, object::phone(phone)));
    found.each(object, place, "addresses", |lists, one| push(&mut lists.addresses, object::address(one)));
    found.each(object, place, "contacts", |lists, contact| {
        lists.contact_persons.extend(details::contact_person(contact)?);
        objects_of(contact, "phones").try_for_each(|phone| push(&mut lists.phones, object::phone(phone)))
    });
    for (_, key, listed) in LISTS {
        found.each(object, place, key, |lists, one| push(&mut lists.details, listed.read(one)));
    }
    if let Some(program) = object::object_of(object, "program") {
        let taken = push(&mut found.lists.details, Listed::Program.read(program));
        found.rejects.extend(taken.err().map(|why| (format!("{place}/program"), program.clone(), why)));
    }
    found.each(object, place, "attributes", |lists, attribute| {
        match own::of_attribute(attribute) {
            Some(said) => lists.own.push(said),
            None => lists.details.extend(categories::of_attribute(attribute)?),
        }
        Ok(())
    });
    for key in ["schedules", "regular_schedules", "holiday_schedules"] {
        found.each(object, place, key, |lists, one| {
            lists.opening_hours.extend(hours::read(one)?);
            Ok(())
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
        mut take: impl FnMut(&mut Lists, &Object) -> Result<(), String>,
    ) {
        for (index, one) in objects_of(object, key).enumerate() {
            if let Err(reason) = take(&mut self.lists, one) {
                self.rejects.push((format!("{place}/{key}/{index}"), one.clone(), reason));
            }
        }
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
    ];
    let details = LISTS.iter().map(|(_, key, listed)| (*key, List::Details(listed.kind())));
    for (_, list) in lists.into_iter().chain(details).filter(|(key, _)| object.contains_key(*key)) {
        spoken.add(Spoken::of(list));
    }
    spoken
}

fn push<T>(list: &mut Vec<T>, one: Result<T, String>) -> Result<(), String> {
    list.push(one?);
    Ok(())
}
