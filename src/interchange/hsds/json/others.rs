//! Documents about no organization and no service: taxonomies, terms, and attributes that stand by themselves.

use serde_json::Value;

use super::super::assembly::Owner;
use super::super::fields::Fields;
use super::super::kind::Kind;
use super::super::object::{self, Object, objects_of};
use super::super::{categories, own, said};
use super::{Documents, Waiting};

impl Documents {
    /// With the terms that are listed in it.
    pub(super) fn taxonomy(&mut self, taxonomy: &Object) -> Result<(), String> {
        let (id, name) = (taxonomy.name("id")?, taxonomy.name("name")?.ok_or("has no name")?);
        let mut own = taxonomy.clone();
        own.shift_remove("taxonomy_terms");
        self.assembly.terms.list_taxonomy(id, name, Kind::Taxonomy.rest(&own));
        let named = own.iter().filter(|(key, _)| ["id", "name"].contains(&key.as_str()));
        let named: Object = named.map(|(key, value)| (key.clone(), value.clone())).collect();
        objects_of(taxonomy, "taxonomy_terms").try_for_each(|term| self.term(term, Some(&named)))
    }

    /// Within a taxonomy that is called so, or by itself.
    pub(super) fn term(&mut self, term: &Object, within: Option<&Object>) -> Result<(), String> {
        let mut term = term.clone();
        if let Some(taxonomy) = within {
            term.entry("taxonomy_detail").or_insert_with(|| Value::Object(taxonomy.clone()));
        }
        let read = categories::of_object(&term)?.ok_or("has no name")?;
        self.assembly.terms.list(&read, &term)
    }

    pub(super) fn attribute(&mut self, object: Object, place: &str) {
        match own::of_attribute(&object) {
            Some((name, value)) if name == said::ENTRY => self.assembly.say_own(&value),
            Some(_) => {}
            None => self.waiting_attributes.push(Waiting {
                file: self.file.clone(),
                place: place.to_owned(),
                object,
            }),
        }
    }

    /// Attributes that stand by themselves, each of what its id names.
    pub(super) fn attributes(&mut self) {
        for Waiting { file, place, object } in std::mem::take(&mut self.waiting_attributes) {
            self.file = file;
            let of = object::text_of(&object, "link_id").trim().to_owned();
            let service = self.assembly.services.get(&of).copied().map(Owner::Service);
            let listing = || self.assembly.organizations.get(&of).copied().map(Owner::Listing);
            let location = || self.assembly.locations.get(&of).copied().map(Owner::Location);
            match service.or_else(listing).or_else(location) {
                Some(owner) => {
                    let list = Value::Array(vec![Value::Object(object)]);
                    self.contents(owner, &Object::from_iter([("attributes".to_owned(), list)]), &place);
                }
                None => self.alone(Kind::Attribute.name(), object),
            }
        }
    }

    /// What is about something that is not here, or about nothing.
    pub(super) fn alone(&mut self, entity: &str, mut object: Object) {
        let id = object.name("id").ok().flatten().unwrap_or_default();
        object.shift_remove("id");
        self.assembly.say_of(entity, &id, object);
    }
}
