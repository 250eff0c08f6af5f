//! What directories say of no organization and no service, each where HSDS has a place for it, and all of it as it is kept.

use serde_json::{Value, json};

use super::super::categories;
use super::super::entry::Entry;
use super::super::kind::{Kind, METADATA};
use super::super::object::{Object, object_of, text_of};
use super::super::{own, said};
use super::entries;
use super::remainder::fit;
use super::shape::{Cell, SHAPES};
use super::vocabulary::{self, Vocabulary};
use crate::model::code::{key_number, written_key};
use crate::model::directory::{Address, DirectoryEntry};

/// The kind of an object and the object; none where HSDS has no place for it, or asks for more than is known.
pub(super) fn object(
    source: &str, one: &DirectoryEntry, vocabulary: &mut Vocabulary,
) -> Option<(&'static str, Object)> {
    let entity = said::ENTITIES.into_iter().find(|entity| *entity == one.entity)?;
    let fields = one.fields();
    let object = if entity == Kind::Term.name() {
        vocabulary.kept(source, &fields)
    } else if entity == Kind::Taxonomy.name() {
        vocabulary::taxonomy(fields)
    } else {
        row(source, one, &fields, vocabulary)
    };
    Some((entity, object?))
}

/// A row of a table as far as its cells are valid; none without one that is needed.
fn row(source: &str, one: &DirectoryEntry, fields: &Object, vocabulary: &mut Vocabulary) -> Option<Object> {
    let shape = SHAPES.iter().find(|shape| shape.name == one.entity)?;
    let id = written_key(&["said", source, &one.entity, &one.entry]);
    let mut object = Object::from_iter([("id".to_owned(), json!(id))]);
    for (name, cell) in shape.fields.iter().filter(|(_, cell)| *cell != Cell::Key) {
        let value = fields.get(*name).and_then(Value::as_str).and_then(|text| fit(*cell, text));
        let otherwise = match cell {
            Cell::OneOf(names) => names.first().map(|first| json!(first)),
            _ => None,
        };
        let is_needed = matches!(cell, Cell::Needed | Cell::Date | Cell::Link);
        match value.or(otherwise) {
            Some(value) => drop(object.insert((*name).to_owned(), value)),
            None if is_needed => return None,
            None => {}
        }
    }
    if one.entity == Kind::Attribute.name() {
        let term = categories::of_object(object_of(fields, "taxonomy_term")?).ok()??;
        object.insert("taxonomy_term".to_owned(), Value::Object(vocabulary.term(Some(source), &term)));
    }
    if one.entity == Kind::Location.name() {
        let addresses = addresses(&id, fields);
        object.extend((!addresses.is_empty()).then(|| (Address::TERM.to_owned(), Value::Array(addresses))));
    }
    Some(object)
}

fn addresses(location: &str, fields: &Object) -> Vec<Value> {
    let all = fields.get(Address::TERM).and_then(Value::as_array).into_iter().flatten();
    let read = all.filter_map(|address| Address::read(address.as_object()?).ok());
    let written = read.map(|address| {
        // Its coordinates are those of its location.
        let mut object = entries::address(&Address { place: None, ..address });
        let id = written_key(&[location, "address", &Value::Object(object.clone()).to_string()]);
        object.shift_insert(0, "id".to_owned(), json!(id));
        Value::Object(object)
    });
    written.collect()
}

/// The id of what a row is about.
pub(super) fn named(one: &DirectoryEntry) -> Option<u128> {
    let key = match one.entity.as_str() {
        entity if entity == Kind::Attribute.name() => "link_id",
        METADATA => "resource_id",
        _ => return None,
    };
    key_number(&text_of(&one.fields(), key))
}

/// The attribute that says what is kept.
pub(super) fn attribute(source: &str, one: &DirectoryEntry) -> Object {
    let DirectoryEntry { entity, entry, .. } = one;
    Object::from_iter([
        ("id".to_owned(), json!(written_key(&["said", source, entity, entry, said::ENTRY]))),
        ("link_id".to_owned(), json!(written_key(&[said::DIRECTORY, source]))),
        ("link_entity".to_owned(), json!(said::DIRECTORY)),
        ("value".to_owned(), json!(said::value(source, one))),
        ("taxonomy_term".to_owned(), own::term(said::ENTRY)),
    ])
}
