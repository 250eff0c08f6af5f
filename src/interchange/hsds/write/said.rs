//! What directories say of no organization and no service, each where HSDS has a place for it, and all of it as it is kept.

use serde_json::{Value, json};

use super::super::categories;
use super::super::entry::Entry;
use super::super::kind::Kind;
use super::super::object::{Object, object_of};
use super::super::{own, said};
use super::entries;
use super::remainder::fit;
use super::shape::{Cell, SHAPES};
use super::vocabulary::{self, Vocabulary};
use crate::model::code::written_key;
use crate::model::directory::{Address, DirectoryEntry};

/// The kind of an object and the object; none where HSDS has no place for it, or asks for more than is known.
pub(super) fn object(
    source: &str, one: &DirectoryEntry, vocabulary: &mut Vocabulary,
) -> Option<(&'static str, Object)> {
    let fields = one.fields();
    let entity = one.entity.as_str();
    if entity == Kind::Term.name() {
        let (term, id, rest) = said::read_term(&fields)?;
        return Some((Kind::Term.name(), vocabulary.object(&term, id.as_deref(), rest)));
    }
    if entity == Kind::Taxonomy.name() {
        return Some((Kind::Taxonomy.name(), vocabulary::taxonomy(fields)?));
    }
    let shape = SHAPES.iter().find(|shape| shape.name == entity)?;
    let id = written_key(&["said", source, entity, &one.entry]);
    let mut object = Object::from_iter([("id".to_owned(), json!(id))]);
    for (name, cell) in shape.fields.iter().filter(|(_, cell)| *cell != Cell::Key) {
        let value = fields.get(*name).and_then(Value::as_str).and_then(|text| fit(*cell, text));
        match (value, cell) {
            (Some(value), _) => drop(object.insert((*name).to_owned(), value)),
            (None, Cell::Needed | Cell::Date | Cell::Link) => return None,
            (None, Cell::OneOf(names)) => {
                object.extend(names.first().map(|first| ((*name).to_owned(), json!(first))));
            }
            (None, _) => {}
        }
    }
    if let Some(term) = object_of(&fields, "taxonomy_term") {
        let term = categories::of_object(term).ok().flatten()?;
        object.insert("taxonomy_term".to_owned(), Value::Object(vocabulary.term(Some(source), &term)));
    } else if entity == Kind::Attribute.name() {
        return None;
    }
    let addresses = fields.get(Address::TERM).and_then(Value::as_array).into_iter().flatten();
    let addresses = addresses.filter_map(|address| Address::read(address.as_object()?).ok());
    let addresses: Vec<Value> =
        addresses.map(|address| Value::Object(of_location(&object, &address))).collect();
    if !addresses.is_empty() {
        object.insert(Address::TERM.to_owned(), Value::Array(addresses));
    }
    Some((shape.name, object))
}

fn of_location(location: &Object, address: &Address) -> Object {
    let mut object = entries::address(address);
    object.shift_remove("latitude");
    object.shift_remove("longitude");
    let of = location.get("id").and_then(Value::as_str).unwrap_or_default();
    let id = written_key(&[of, "address", &Value::Object(object.clone()).to_string()]);
    object.shift_insert(0, "id".to_owned(), json!(id));
    object
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
