//! Puts what is kept of a thing back where it stood, as far as it is valid there; the rest is said by attributes.

use serde_json::{Value, json};

use super::super::entry::{degrees, filled};
use super::super::kind::{Kind, METADATA, OF_METADATA};
use super::super::object::{Object, text_of};
use super::super::rows::{address_kind, is_active};
use super::super::said;
use super::form;
use super::shape::{self, Cell, SHAPES};
use crate::model::code::key_number;
use crate::model::directory::{AddressKind, Coordinates, Remainder};

/// The remainders of a provider or a program that are still to be put back.
#[derive(Default)]
pub(super) struct Remainders(Vec<Kept>);

struct Kept {
    entity: String,
    entry: Option<String>,
    fields: Object,
    /// Only the first of a thing has a place in it.
    is_first: bool,
}

impl Remainders {
    pub(super) fn of(list: &[Remainder]) -> Self {
        let mut all: Vec<Kept> = Vec::with_capacity(list.len());
        for one in list {
            let (entity, entry) = (one.entity.clone(), one.entry.clone());
            let is_first = !all.iter().rev().any(|kept| kept.entity == entity && kept.entry == entry);
            all.push(Kept { entity, entry, fields: one.fields(), is_first });
        }
        Remainders(all)
    }

    fn find(&mut self, kind: Kind, entry: Option<&str>) -> Option<&mut Kept> {
        let mut all = self.0.iter_mut();
        all.find(|one| one.is_first && one.entity == kind.name() && one.entry.as_deref() == entry)
    }

    /// What is said of an entry.
    pub(super) fn fields(&self, kind: Kind, entry: &str) -> Object {
        let mut all = self.0.iter();
        let found =
            all.find(|one| one.is_first && one.entity == kind.name() && one.entry.as_deref() == Some(entry));
        found.map(|one| one.fields.clone()).unwrap_or_default()
    }

    /// The status that a source gave a program, which is no longer put back.
    pub(super) fn status(&mut self) -> Option<Value> {
        self.find(Kind::Service, None).and_then(|kept| kept.fields.shift_remove("status"))
    }

    /// Only these fields of an entry are still to be said.
    pub(super) fn leave(&mut self, kind: Kind, entry: &str, fields: Object) {
        if let Some(kept) = self.find(kind, Some(entry)) {
            kept.fields = fields;
        }
    }

    /// Puts the fields of an entry, or of the owner itself, into its object.
    pub(super) fn put_back(&mut self, kind: Kind, entry: Option<&str>, object: &mut Object) {
        if let Some(kept) = self.find(kind, entry) {
            put(kind, &mut kept.fields, object);
        }
    }

    /// The locations without an address: what is said of each.
    pub(super) fn locations(&mut self, entry: impl Fn(&str) -> String) -> Vec<Object> {
        let mut found = Vec::new();
        for one in self.0.iter_mut().filter(|one| one.is_first && one.entity == Kind::Location.name()) {
            let content = Value::Object(one.fields.clone()).to_string();
            if one.entry.as_ref() != Some(&entry(&content)) {
                continue;
            }
            let mut location = filled([("location_type", json!("physical"))]);
            let mut fields = one.fields.clone();
            put(Kind::Location, &mut fields, &mut location);
            // One of which only a part stands there would be another.
            if fields.is_empty() {
                one.fields.clear();
                found.push(location);
            }
        }
        found
    }

    /// What has found no place, as the values of attributes.
    pub(super) fn others(self) -> impl Iterator<Item = String> {
        self.0.into_iter().filter(|one| !one.fields.is_empty()).map(|one| {
            let Kept { entity, entry, fields, .. } = one;
            said::remainder(&entity, entry.as_deref(), fields).to_string()
        })
    }
}

/// Moves the fields that are valid in the object, and are read from there as they are.
pub(super) fn put(kind: Kind, fields: &mut Object, object: &mut Object) {
    let Some(shape) = SHAPES.iter().find(|shape| shape.name == kind.name()) else { return };
    let mut put = Vec::new();
    for (key, value) in fields.iter_mut() {
        if let (Some(part), Value::Object(inner)) = (kind.part(key), &mut *value) {
            if let Some(Value::Object(object)) = object.get_mut(key) {
                self::put(part, inner, object);
            }
            continue;
        }
        let list = value.as_array().and_then(|list| listed(kind, key, list));
        let cell = shape.fields.iter().find(|(name, _)| name == key).map(|(_, cell)| *cell);
        let Some(new) = list.or_else(|| fit(cell?, value.as_str()?)) else { continue };
        if object.get(key).is_none_or(|before| is_made_up(kind, key, before, value)) {
            put.push((key.clone(), object.insert(key.clone(), new)));
        }
    }
    // One that is not read may be what another is read by.
    while let Some(at) =
        put.iter().position(|(key, _)| !fields.get(key).is_some_and(|value| reads(kind, key, value, object)))
    {
        match put.swap_remove(at) {
            (key, Some(before)) => drop(object.insert(key, before)),
            (key, None) => drop(object.shift_remove(&key)),
        }
    }
    fields.retain(|key, value| {
        let is_put = put.iter().any(|(name, _)| name == key);
        !is_put && value.as_object().is_none_or(|inner| kind.part(key).is_none() || !inner.is_empty())
    });
}

/// Whether what stands there is only there since something has to be.
fn is_made_up(kind: Kind, key: &str, before: &Value, new: &Value) -> bool {
    match (kind, key) {
        (Kind::Location, "location_type") | (Kind::Term | Kind::Taxonomy, "description") => true,
        (Kind::Address, "address_type") => {
            let kind =
                |value: &Value| address_kind(value.as_str().unwrap_or_default(), AddressKind::Physical);
            kind(before) == kind(new)
        }
        (Kind::Service, "status") => {
            let active = |status: &Value| status.as_str().is_some_and(is_active);
            active(before) == active(new) && (before == "active" || before == "inactive")
        }
        _ => false,
    }
}

/// Whether the reader takes the field for what it is.
fn reads(kind: Kind, key: &str, value: &Value, object: &Object) -> bool {
    if kind == Kind::Location && matches!(key, "latitude" | "longitude") {
        let text = |key| text_of(object, key);
        return match Coordinates::from_degrees(&text("latitude"), &text("longitude")) {
            None => true,
            Some(_) if has_physical_address(object) => false,
            Some(place) => {
                degrees(&place).iter().any(|(name, at)| name == key && at.to_string() == text(key))
            }
        };
    }
    kind.rest(object).get(key) == Some(value)
}

fn has_physical_address(location: &Object) -> bool {
    let addresses = location.get("addresses").and_then(Value::as_array);
    addresses.into_iter().flatten().any(|one| one.get("address_type") != Some(&json!("postal")))
}

/// Objects of a list that all fit into a table.
fn listed(kind: Kind, key: &str, list: &[Value]) -> Option<Value> {
    let (below, is_one) = shape::below(key)?;
    let shape = SHAPES.iter().find(|shape| shape.name == below)?;
    let owner = format!("{}_id", kind.name());
    let has_owner = below == METADATA || shape.fields.iter().any(|(name, _)| *name == owner);
    if is_one || !has_owner {
        return None;
    }
    let is_needed = |(name, cell): &&(&str, Cell)| {
        matches!(cell, Cell::Needed | Cell::Date) && !OF_METADATA.contains(name)
    };
    let needed: Vec<&str> = shape.fields.iter().filter(is_needed).map(|(name, _)| *name).collect();
    let one = |one: &Value| {
        let one = one.as_object()?;
        if below == METADATA && !needed.iter().all(|name| one.contains_key(*name)) {
            return None;
        }
        let cells = one.iter().map(|(key, value)| {
            let (_, cell) = shape.fields.iter().find(|(name, _)| name == key)?;
            Some((key.clone(), fit(*cell, value.as_str()?)?))
        });
        cells.collect::<Option<Object>>().map(Value::Object)
    };
    let is_twice = |(at, one): (usize, &Value)| list.iter().take(at).any(|before| before == one);
    if list.iter().enumerate().any(is_twice) {
        return None;
    }
    list.iter().map(one).collect::<Option<Vec<Value>>>().map(Value::Array)
}

/// The value as the cell asks for it; none if it is none.
pub(super) fn fit(cell: Cell, text: &str) -> Option<Value> {
    let is_date = |text: &str| text.parse::<chrono::NaiveDate>().is_ok() && text.len() == 10;
    let is_valid = match cell {
        Cell::Text | Cell::Needed => !text.contains('\0'),
        Cell::Email => form::is_email(text),
        Cell::Uri => form::is_uri(text),
        Cell::Date => is_date(text),
        Cell::Instant => {
            let is_utc = text.len() > 10 && text.ends_with('Z') && text.is_char_boundary(10);
            is_utc && chrono::DateTime::parse_from_rfc3339(text).is_ok()
        }
        Cell::Link => key_number(text).is_some(),
        Cell::OneOf(names) => names.contains(&text),
        Cell::Number => return form::number(text),
        Cell::Key | Cell::Of(_) | Cell::Time => false,
    };
    is_valid.then(|| json!(text))
}
