//! One FHIR resource, reduced to the elements of a Patient that are kept, and the names of those that are not.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::super::json_items::Items;
use super::contact_point::{Address, ContactPoint};
use super::{Entry, HumanName, Identifier, Link, Loose};

/// Any resource, reduced to the fields of a Patient. In other resources the same names may hold other types.
#[derive(Default)]
pub(super) struct Resource {
    pub(super) kind: Option<String>,
    pub(super) id: Option<Loose<String>>,
    pub(super) identifier: Option<Loose<Vec<Identifier>>>,
    pub(super) name: Option<Loose<Vec<HumanName>>>,
    pub(super) birth_date: Option<Loose<String>>,
    pub(super) address: Option<Loose<Vec<Address>>>,
    pub(super) telecom: Option<Loose<Vec<ContactPoint>>>,
    pub(super) active: Option<Loose<bool>>,
    pub(super) deceased: Option<Loose<bool>>,
    pub(super) deceased_at: Option<Loose<String>>,
    pub(super) link: Option<Loose<Vec<Link>>>,
    pub(super) entry: Vec<Entry>,
    /// The elements that are left aside; none of a resource that is known not to be a Patient.
    pub(super) others: Vec<String>,
    /// An element that is there twice.
    pub(super) twice: Option<String>,
}

impl<'de> Deserialize<'de> for Resource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Elements(None))
    }
}

/// What takes the entries of a Bundle; an error where it takes no more.
type TakeEntry<'t> = &'t mut dyn FnMut(Entry) -> Result<(), &'static str>;

/// A resource by itself. If it says that it is a Bundle before its entries, each of them is handed on when it has been read.
pub(super) struct Document<'t>(pub(super) TakeEntry<'t>);

impl<'de> DeserializeSeed<'de> for Document<'_> {
    type Value = Resource;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Resource, D::Error> {
        deserializer.deserialize_map(Elements(Some(self.0)))
    }
}

struct Elements<'t>(Option<TakeEntry<'t>>);

impl<'de> Visitor<'de> for Elements<'_> {
    type Value = Resource;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a FHIR resource")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut elements: A) -> Result<Resource, A::Error> {
        let mut resource = Resource::default();
        let mut keys = HashSet::new();
        while let Some(key) = elements.next_key::<String>()? {
            if !keys.insert(key.clone()) {
                resource.twice = Some(key.clone());
            }
            match key.as_str() {
                "resourceType" => resource.kind = elements.next_value()?,
                "id" => resource.id = elements.next_value()?,
                "identifier" => resource.identifier = elements.next_value()?,
                "name" => resource.name = elements.next_value()?,
                "birthDate" => resource.birth_date = elements.next_value()?,
                "address" => resource.address = elements.next_value()?,
                "telecom" => resource.telecom = elements.next_value()?,
                "active" => resource.active = elements.next_value()?,
                "deceasedBoolean" => resource.deceased = elements.next_value()?,
                "deceasedDateTime" => resource.deceased_at = elements.next_value()?,
                "link" => resource.link = elements.next_value()?,
                "entry" => match &mut self.0 {
                    Some(take) if resource.kind.as_deref() == Some("Bundle") => {
                        elements.next_value_seed(Items { what: "a sequence", take: &mut **take })?;
                    }
                    _ => resource.entry = elements.next_value()?,
                },
                _ => {
                    let is_there = elements.next_value::<Option<IgnoredAny>>()?.is_some();
                    let may_be_a_patient = resource.kind.as_deref().is_none_or(|kind| kind == "Patient");
                    if is_there && may_be_a_patient {
                        resource.others.push(key);
                    }
                }
            }
        }
        Ok(resource)
    }
}
