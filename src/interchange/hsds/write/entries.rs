//! Phones, addresses, hours and persons as HSDS has them, with what it cannot say of one as an attribute of its owner.

use serde_json::{Value, json};

use super::super::entry::{Entry, filled, takes_place};
use super::super::object::Object;
use super::form;
use crate::model::directory::{Address, ContactPerson, OpeningHours, Phone};

/// What a directory has to say of an address and the hub does not know.
const UNKNOWN: &str = "unknown";
/// A region that is not known, as the standard of the codes of countries leaves it to its users.
const NO_COUNTRY: &str = "ZZ";

/// The objects for a list, and the attributes that correct them.
pub(super) struct Objects {
    pub(super) objects: Vec<Object>,
    /// By which the remainder of each is known.
    pub(super) keys: Vec<String>,
    pub(super) corrections: Vec<String>,
}

/// Each entry as the object that `native` makes of it. What that object does not say is said by a correction: what is read,
/// and what it is. An object that would be read as another entry of the list is left out.
pub(super) fn objects<T: Entry>(
    lines: &[T], native: impl Fn(&T) -> Object, read: impl Fn(&T, &Object) -> Option<T>,
) -> Objects {
    let mut found = Objects { objects: Vec::new(), keys: Vec::new(), corrections: Vec::new() };
    let mut inexact: Vec<T> = Vec::new();
    for line in lines {
        let object = native(line);
        match read(line, &object) {
            Some(read) if read == *line => found.add(line, object),
            Some(read) if !lines.contains(&read) && !inexact.contains(&read) => {
                found.add(line, object);
                found.corrections.push(correction(Some(&read), Some(line)));
                inexact.push(read);
            }
            _ => found.corrections.push(correction(None, Some(line))),
        }
    }
    found
}

impl Objects {
    fn add<T: Entry>(&mut self, line: &T, object: Object) {
        self.objects.push(object);
        self.keys.push(line.key());
    }
}

/// As the reader takes it.
pub(super) fn correction<T: Entry>(read: Option<&T>, is: Option<&T>) -> String {
    let parts = [
        ("as", read.map_or(Value::Null, |read| Value::Object(read.exact()))),
        ("is", is.map_or(Value::Null, |is| Value::Object(is.exact()))),
    ];
    Value::Object(filled(parts)).to_string()
}

pub(super) fn plainly<T: Entry>(_: &T, object: &Object) -> Option<T> {
    T::read(object).ok()
}

pub(super) fn phone(phone: &Phone) -> Object {
    let mut object = phone.exact();
    match phone.extension.as_deref().map(form::number) {
        Some(Some(number)) => drop(object.insert("extension".to_owned(), number)),
        Some(None) => drop(object.shift_remove("extension")),
        None => {}
    }
    object
}

/// Its coordinates are those of its location.
pub(super) fn address(address: &Address) -> Object {
    let mut object = address.exact();
    for key in ["address_1", "city", "state_province", "postal_code"] {
        object.entry(key).or_insert_with(|| json!(UNKNOWN));
    }
    object.entry("country").or_insert_with(|| json!(NO_COUNTRY));
    if !takes_place(address.kind) {
        object.shift_remove("latitude");
        object.shift_remove("longitude");
    }
    object
}

pub(super) fn person(person: &ContactPerson) -> Object {
    let mut object = person.exact();
    if person.email.as_ref().is_some_and(|email| !form::is_email(email)) {
        object.shift_remove("email");
    }
    object
}

/// A rule of the calendar for each week, or days without one.
pub(super) fn schedule(hours: &OpeningHours) -> Object {
    const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let OpeningHours { weekday, opens, closes, starts_on, ends_on, closed, note } = hours;
    let day = weekday.and_then(|day| DAYS.get(usize::try_from(day - 1).ok()?));
    let time = |time: &Option<String>| match time.as_deref() {
        // The next day begins with it.
        Some("24:00") => json!("00:00:00"),
        Some(time) => json!(format!("{time}:00")),
        None => Value::Null,
    };
    let closed = closed.then(|| "closed".to_owned());
    filled([
        ("freq", json!(day.map(|_| "WEEKLY"))),
        ("byday", json!(day)),
        ("opens_at", time(opens)),
        ("closes_at", time(closes)),
        ("valid_from", json!(starts_on)),
        ("valid_to", json!(ends_on)),
        ("description", json!(note.clone().or(closed))),
    ])
}

/// Days one after the other of which all else is the same are one rule.
pub(super) fn joined(schedules: Vec<Object>) -> Vec<Object> {
    let mut joined: Vec<Object> = Vec::new();
    for schedule in schedules {
        let day = |of: &Object| of.get("byday").and_then(Value::as_str).map(str::to_owned);
        let rest = |of: &Object| -> Object {
            of.iter()
                .filter(|(key, _)| *key != "byday")
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect()
        };
        match joined.last_mut() {
            Some(last) if rest(last) == rest(&schedule) && day(last).is_some() => {
                let days = [day(last), day(&schedule)].into_iter().flatten().collect::<Vec<_>>();
                last.insert("byday".to_owned(), json!(days.join(",")));
            }
            _ => joined.push(schedule),
        }
    }
    joined
}
