//! The entries of a provider's lists as objects that are read back as they are: the readers take more than HSDS 3 has fields
//! for.

use serde_json::{Value, json};

use super::object::{self, Object, text_of};
use super::{details, fields::Fields, hours};
use crate::model::code::written_key;
use crate::model::directory::{
    Address, AddressKind, ContactPerson, Coordinates, Detail, DetailKind, Lists, OpeningHours, Phone,
};

pub(super) trait Entry: Clone + PartialEq {
    /// The term under which the hub that wrote a directory lists those that HSDS cannot say.
    const TERM: &'static str;

    fn exact(&self) -> Object;

    /// Errors: a reason, in lower case.
    fn read(object: &Object) -> Result<Self, String>;

    fn of(lists: &mut Lists) -> &mut Vec<Self>;

    /// By which the remainder of an entry finds it again.
    fn key(&self) -> String {
        written_key(&[Self::TERM, &Value::Object(self.exact()).to_string()])
    }
}

impl Entry for Phone {
    const TERM: &'static str = "phones";

    fn exact(&self) -> Object {
        let Phone { number, extension, kind, department } = self;
        filled([
            ("number", json!(number)),
            ("extension", json!(extension)),
            ("type", json!(kind)),
            ("description", json!(department)),
        ])
    }

    fn read(object: &Object) -> Result<Self, String> {
        object::phone(object)
    }

    fn of(lists: &mut Lists) -> &mut Vec<Self> {
        &mut lists.phones
    }
}

impl Entry for Address {
    const TERM: &'static str = "addresses";

    fn exact(&self) -> Object {
        let Address { attention, line_1, line_2, city, region, postal_code, country, kind, place } = self;
        let mut object = filled([
            ("attention", json!(attention)),
            ("address_1", json!(line_1)),
            ("address_2", json!(line_2)),
            ("city", json!(city)),
            ("state_province", json!(region)),
            ("postal_code", json!(postal_code)),
            ("country", json!(country)),
            ("address_type", json!(kind)),
        ]);
        object.extend(place.iter().flat_map(degrees));
        object
    }

    fn read(object: &Object) -> Result<Self, String> {
        let degrees = |key| text_of(object, key);
        let place = Coordinates::from_degrees(&degrees("latitude"), &degrees("longitude"));
        Ok(Address { place, ..object::address(object)? })
    }

    fn of(lists: &mut Lists) -> &mut Vec<Self> {
        &mut lists.addresses
    }
}

/// Decimal degrees, from which the reader gets the same millionths.
pub(super) fn degrees(place: &Coordinates) -> [(String, Value); 2] {
    #[expect(clippy::cast_precision_loss, reason = "at most nine digits")]
    let degrees = |millionths: i64| json!(millionths as f64 / 1e6);
    [("latitude".to_owned(), degrees(place.latitude)), ("longitude".to_owned(), degrees(place.longitude))]
}

/// Whether a location hands its coordinates to such an address.
pub(super) fn takes_place(kind: AddressKind) -> bool {
    kind == AddressKind::Physical
}

impl Entry for OpeningHours {
    const TERM: &'static str = "schedules";

    fn exact(&self) -> Object {
        let OpeningHours { weekday, opens, closes, starts_on, ends_on, closed, note } = self;
        filled([
            ("weekday", json!(weekday)),
            ("opens_at", json!(opens)),
            ("closes_at", json!(closes)),
            ("valid_from", json!(starts_on)),
            ("valid_to", json!(ends_on)),
            ("closed", if *closed { json!(true) } else { Value::Null }),
            ("description", json!(note)),
        ])
    }

    fn read(object: &Object) -> Result<Self, String> {
        let mut read = hours::read(object)?.into_iter();
        match (read.next(), read.next()) {
            (Some(one), None) => Ok(one),
            _ => Err("is about several days".to_owned()),
        }
    }

    fn of(lists: &mut Lists) -> &mut Vec<Self> {
        &mut lists.opening_hours
    }
}

impl Entry for ContactPerson {
    const TERM: &'static str = "contacts";

    fn exact(&self) -> Object {
        let ContactPerson { name, title, department, email } = self;
        filled([
            ("name", json!(name)),
            ("title", json!(title)),
            ("department", json!(department)),
            ("email", json!(email)),
        ])
    }

    fn read(object: &Object) -> Result<Self, String> {
        details::contact_person(object)?.ok_or_else(|| "says nothing of who it is".to_owned())
    }

    fn of(lists: &mut Lists) -> &mut Vec<Self> {
        &mut lists.contact_persons
    }
}

impl Entry for Detail {
    const TERM: &'static str = "details";

    fn exact(&self) -> Object {
        let Detail { kind, name, code, note } = self;
        filled([("kind", json!(kind)), ("name", json!(name)), ("code", json!(code)), ("note", json!(note))])
    }

    fn read(object: &Object) -> Result<Self, String> {
        let kind = DetailKind::from_name(&object.field("kind")).ok_or("is of no known kind")?;
        let name = object.text("name")?.ok_or("has no name")?;
        Ok(Detail { kind, name, code: object.text("code")?, note: object.text("note")? })
    }

    fn of(lists: &mut Lists) -> &mut Vec<Self> {
        &mut lists.details
    }
}

/// An object of what there is.
pub(super) fn filled<const N: usize>(fields: [(&str, Value); N]) -> Object {
    let there = fields.into_iter().filter(|(_, value)| !value.is_null());
    there.map(|(key, value)| (key.to_owned(), value)).collect()
}
