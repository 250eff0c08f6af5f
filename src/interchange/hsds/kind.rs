//! The kinds of objects of HSDS, and what of each no field of ours holds: the remainder, which is kept as it was written.

use serde_json::Value;

use super::capacity;
use super::details::{self, LISTS, Listed};
use super::entry::Entry;
use super::fields::Fields;
use super::hours;
use super::object::{Object, object_of, text_of};
use crate::model::code::written_key;
use crate::model::directory::{Capacity, Coordinates, Remainder};
use crate::model::tally::Tally;

/// A kind of object, as HSDS calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Organization,
    Service,
    ServiceAtLocation,
    Location,
    Phone,
    Address,
    Contact,
    Schedule,
    Attribute,
    Term,
    Taxonomy,
    Capacity,
    Unit,
    Listed(Listed),
}

/// What is read below a key.
enum Below {
    /// A thing of its own, or several.
    One,
    Many,
    /// A part of the thing.
    Part(Kind),
    /// A list that is kept as it is, but for who owns it.
    Kept,
}

pub(super) fn capacity_entry(of: &Capacity) -> String {
    written_key(&[Kind::Capacity.name(), of.unit.as_deref().unwrap_or_default()])
}

/// Who owns an object, or which it is: that it stands where it does says the same.
pub(super) const REFERENCES: [&str; 10] = [
    "id", "organization_id", "service_id", "location_id", "service_at_location_id", "contact_id", "phone_id",
    "taxonomy_term_id", "link_id", "link_entity",
];
/// What was changed of a row and when; each is about the row that it names.
pub(super) const METADATA: &str = "metadata";
pub(super) const OF_METADATA: [&str; 2] = ["resource_id", "resource_type"];
const OF_ORGANIZATIONS: &[&str] = &["name", "alternate_name", "description", "email", "website", "url"];
const OF_SERVICES: &[&str] = &[
    "name",
    "alternate_name",
    "description",
    "email",
    "website",
    "url",
    "status",
    "eligibility_description",
    "eligibility",
    "fees_description",
    "fees",
    "application_process",
];
const OF_ADDRESSES: &[&str] = &[
    "attention", "address_1", "address_2", "city", "state_province", "region", "postal_code", "country",
    "address_type",
];

/// Fields that are read where another says nothing, which then are left.
const SECOND: [(Kind, &[&str], &str); 14] = [
    (Kind::Organization, &["website"], "url"),
    (Kind::Service, &["website"], "url"),
    (Kind::Service, &["eligibility_description"], "eligibility"),
    (Kind::Service, &["fees_description"], "fees"),
    (Kind::Phone, &["department"], "description"),
    (Kind::Phone, &["type"], "number_type"),
    (Kind::Address, &["state_province"], "region"),
    (Kind::Listed(Listed::Area), &["name"], "service_area"),
    (Kind::Listed(Listed::Area), &["name", "service_area", "description"], "extent"),
    (Kind::Listed(Listed::Language), &["name"], "language"),
    (Kind::Listed(Listed::Accessibility), &["description"], "accessibility"),
    (Kind::Listed(Listed::Identifier), &["identifier_type"], "identifier_scheme"),
    (Kind::Listed(Listed::Program), &["description"], "alternate_name"),
    (Kind::Term, &["taxonomy"], "vocabulary"),
];

/// The columns of [`SECOND`] and those before them, and others of which only some values are read.
pub(super) const DOUBTFUL: [&str; 33] = [
    "website",
    "url",
    "eligibility_description",
    "eligibility",
    "fees_description",
    "fees",
    "department",
    "description",
    "type",
    "number_type",
    "state_province",
    "region",
    "name",
    "service_area",
    "extent",
    "language",
    "accessibility",
    "identifier_type",
    "identifier_scheme",
    "alternate_name",
    "taxonomy",
    "vocabulary",
    "status",
    "address_type",
    "location_type",
    "latitude",
    "longitude",
    "freq",
    "interval",
    "byday",
    "byweekno",
    "bymonthday",
    "byyearday",
];

/// What is not read of one thing.
pub(super) struct Rest {
    pub(super) kind: Kind,
    pub(super) entry: Option<String>,
    pub(super) fields: Object,
}

impl Rest {
    /// Of an entry of a list.
    pub(super) fn of<T: Entry>(kind: Kind, entry: &T, fields: Object) -> Self {
        let entry = (!fields.is_empty()).then(|| entry.key());
        Rest { kind, entry, fields }
    }

    /// Of what is no entry of any list, and is known by what it says.
    pub(super) fn alone(kind: Kind, fields: Object) -> Self {
        let entry = written_key(&[kind.name(), &Value::Object(fields.clone()).to_string()]);
        Rest { kind, entry: Some(entry), fields }
    }

    /// Of a number of places, by what is counted.
    pub(super) fn capacity(of: &Capacity, fields: Object) -> Self {
        Rest { kind: Kind::Capacity, entry: Some(capacity_entry(of)), fields }
    }

    pub(super) fn remainder(self) -> Option<Remainder> {
        let Rest { kind, entry, fields } = self;
        (!fields.is_empty()).then(|| Remainder::new(kind.name(), entry, fields))
    }
}

impl Kind {
    /// The kind of what is a part of it below this key.
    pub(super) fn part(self, key: &str) -> Option<Kind> {
        match self.below(key) {
            Some(Below::Part(kind)) => Some(kind),
            _ => None,
        }
    }

    /// Whether it is a provider or a program itself.
    pub(super) fn is_whole(self) -> bool {
        matches!(self, Kind::Organization | Kind::Service)
    }

    /// What is not read of an object, by its keys. An organization and a service also say which of these fields are empty.
    pub(super) fn rest(self, object: &Object) -> Object {
        let mut rest = Object::new();
        for (key, value) in object {
            let left = match (value, self.below(key)) {
                (Value::Object(_), Some(Below::One)) => continue,
                (Value::Object(one), Some(Below::Part(kind))) => Value::Object(kind.rest(one)),
                (Value::Array(many), Some(Below::Many)) => {
                    Value::Array(many.iter().filter(|one| !one.is_object()).cloned().collect())
                }
                (Value::Array(many), Some(Below::Kept)) => plain(many),
                (Value::Object(_) | Value::Array(_), _) => value.clone(),
                _ if self.reads(key) && !self.leaves(key, object) => {
                    if self.takes_back(key) {
                        rest.insert(key.clone(), Value::Null);
                    }
                    continue;
                }
                _ => Value::String(text_of(object, key).into_owned()),
            };
            if size(&left) > 0 {
                rest.insert(key.clone(), left);
            } else if self.is_whole() && !self.reads(key) && self.below(key).is_none() {
                rest.insert(key.clone(), Value::Null);
            }
        }
        if let Some(taxonomy) = object_of(object, "taxonomy_detail").filter(|_| self == Kind::Term) {
            // The name of the list counts, where there is one.
            let (listed, named) = (text_of(taxonomy, "name"), text_of(object, "taxonomy"));
            if !listed.trim().is_empty() && !named.trim().is_empty() && listed != named {
                rest.insert("taxonomy".to_owned(), Value::String(named.into_owned()));
            }
        }
        rest.sort_keys();
        rest
    }

    /// Whether a field of a provider or a program that is read had perhaps said more before: now it says no more.
    pub(super) fn takes_back(self, key: &str) -> bool {
        let is_second = || SECOND.iter().any(|(kind, _, second)| *kind == self && *second == key);
        self.is_whole() && (is_second() || (self, key) == (Kind::Service, "status"))
    }

    /// Whether the text of a field that is read is not all that it says.
    pub(super) fn leaves(self, key: &str, fields: &impl Fields) -> bool {
        let text = fields.field(key);
        if text.trim().is_empty() {
            return false;
        }
        let differs = |other: &&str| {
            let other = fields.field(other);
            !other.trim().is_empty() && other != text
        };
        let second = SECOND.iter().find(|(kind, _, second)| *kind == self && *second == key);
        if let Some((_, firsts, _)) = second {
            return firsts.iter().any(differs);
        }
        match (self, key) {
            // Whether it follows from the addresses shows when they are known.
            (Kind::Location, "location_type") => true,
            (Kind::Location, "latitude" | "longitude") => {
                Coordinates::from_degrees(&fields.field("latitude"), &fields.field("longitude")).is_none()
            }
            (Kind::Address, "address_type") => {
                !matches!(text.trim().to_lowercase().as_str(), "physical" | "postal" | "mailing")
            }
            (Kind::Service, "status") => {
                !matches!(text.trim().to_lowercase().as_str(), "active" | "inactive")
            }
            (Kind::Schedule, _) => hours::leaves(key, fields),
            (Kind::Term | Kind::Taxonomy, "description") => text != fields.field("name"),
            _ => false,
        }
    }

    /// As HSDS calls it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Kind::Organization => "organization",
            Kind::Service => "service",
            Kind::ServiceAtLocation => "service_at_location",
            Kind::Location => "location",
            Kind::Phone => "phone",
            Kind::Address => "address",
            Kind::Contact => "contact",
            Kind::Schedule => "schedule",
            Kind::Attribute => "attribute",
            Kind::Term => "taxonomy_term",
            Kind::Taxonomy => "taxonomy",
            Kind::Capacity => "service_capacity",
            Kind::Unit => "unit",
            Kind::Listed(listed) => listed.name(),
        }
    }

    /// Whether the text below this key is read.
    pub(super) fn reads(self, key: &str) -> bool {
        let own: &[&str] = match self {
            Kind::Organization => OF_ORGANIZATIONS,
            Kind::Service => OF_SERVICES,
            Kind::Location => &["latitude", "longitude", "location_type"],
            Kind::Phone => &["number", "extension", "type", "number_type", "department", "description"],
            Kind::Address => OF_ADDRESSES,
            Kind::Contact => &details::CONTACT_COLUMNS,
            Kind::Schedule => &hours::COLUMNS,
            Kind::Term => &["name", "code", "description", "taxonomy", "vocabulary", "taxonomy_id"],
            Kind::Taxonomy => &["name", "description"],
            Kind::Unit => &["name"],
            Kind::Capacity => &capacity::COLUMNS,
            Kind::Listed(listed) => listed.columns(),
            Kind::ServiceAtLocation | Kind::Attribute => &[],
        };
        own.contains(&key) || REFERENCES.contains(&key) || self.is_owner() && details::COLUMNS.contains(&key)
    }

    /// Whether it lists phones, hours, details and the like.
    fn is_owner(self) -> bool {
        matches!(self, Kind::Organization | Kind::Service | Kind::ServiceAtLocation | Kind::Location)
    }

    fn below(self, key: &str) -> Option<Below> {
        Some(match (self, key) {
            (Kind::Organization, "locations" | "services")
            | (Kind::Contact, "phones")
            | (Kind::Service, "capacities" | "service_capacities" | "service_at_locations") => Below::Many,
            (Kind::Service, "organization" | "program")
            | (Kind::ServiceAtLocation, "service" | "location") => Below::One,
            (Kind::Capacity, "unit") => Below::Part(Kind::Unit),
            (Kind::Attribute, "taxonomy_term") => Below::Part(Kind::Term),
            (Kind::Term, "taxonomy_detail") => Below::Part(Kind::Taxonomy),
            (Kind::Phone, "languages") | (_, METADATA) => Below::Kept,
            _ if self.is_owner() && of_owners(key).is_some() => Below::Many,
            _ => return None,
        })
    }
}

/// What an organization, a service or a location lists below this key.
pub(super) fn of_owners(key: &str) -> Option<Kind> {
    Some(match key {
        "phones" => Kind::Phone,
        "addresses" => Kind::Address,
        "contacts" => Kind::Contact,
        "attributes" => Kind::Attribute,
        "schedules" | "regular_schedules" | "holiday_schedules" => Kind::Schedule,
        _ => {
            let (_, _, listed) = LISTS.iter().find(|(_, list, _)| *list == key)?;
            Kind::Listed(*listed)
        }
    })
}

pub(super) fn names_a_term(attribute: &Object) -> bool {
    object_of(attribute, "taxonomy_term").is_some_and(|term| !text_of(term, "name").trim().is_empty())
}

/// Objects of a list without the keys that say whose they are, and with texts alone, as a table holds them.
fn plain(many: &[Value]) -> Value {
    let one = |one: &Value| {
        let Value::Object(object) = one else { return one.clone() };
        let is_reference = |key: &str| REFERENCES.contains(&key) || OF_METADATA.contains(&key);
        let fields = object.iter().filter(|(key, value)| !is_reference(key) && size(value) > 0);
        let text = |(key, value): (&String, &Value)| {
            let is_list = value.is_array() || value.is_object();
            let value =
                if is_list { value.clone() } else { Value::String(text_of(object, key).into_owned()) };
            (key.clone(), value)
        };
        let mut fields: Object = fields.map(text).collect();
        fields.sort_keys();
        Value::Object(fields)
    };
    Value::Array(many.iter().map(one).filter(|one| size(one) > 0).collect())
}

/// How many things a value is.
pub(super) fn size(value: &Value) -> u64 {
    match value {
        Value::Null => 0,
        Value::String(text) => u64::from(!text.trim().is_empty()),
        Value::Array(items) => items.len() as u64,
        Value::Object(object) => u64::from(!object.is_empty()),
        Value::Bool(_) | Value::Number(_) => 1,
    }
}

/// Counts fields that cannot be kept.
pub(super) fn count_all(tally: &mut Tally, kind: &str, fields: &Object) {
    for (key, value) in fields {
        count(tally, format!("{kind}.{key}"), size(value));
    }
}

pub(super) fn count(tally: &mut Tally, kind: String, number: u64) {
    if number > 0 {
        *tally.entry(kind).or_default() += number;
    }
}
