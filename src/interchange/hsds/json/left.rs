//! What a JSON document has and nothing here keeps (rule 5.2), by the kinds of the objects and their keys.

use serde_json::Value;

use super::super::capacity;
use super::super::details::{self, LISTS, Listed};
use super::super::hours;
use super::super::object::{Object, Subject, object_of, text_of};
use super::super::own;
use crate::model::directory::AddressKind;
use crate::model::tally::Tally;

/// A kind of object, as HSDS calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
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
    One(Kind),
    Many(Kind),
}

/// Who owns an object, or which it is: that it stands where it does says the same.
const REFERENCES: [&str; 10] = [
    "id", "organization_id", "service_id", "location_id", "service_at_location_id", "contact_id", "phone_id",
    "taxonomy_term_id", "link_id", "link_entity",
];
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

/// Counts what is not read of an object of a document, and of all that is in it.
pub(super) fn leave(tally: &mut Tally, subject: Subject, object: &Object) {
    match subject {
        Subject::Organization => Kind::Organization.leave(tally, object),
        Subject::Service => Kind::Service.leave(tally, object),
        Subject::ServiceAtLocation => Kind::ServiceAtLocation.leave(tally, object),
        Subject::Nothing => {}
    }
}

impl Kind {
    fn leave(self, tally: &mut Tally, object: &Object) {
        if self == Kind::Attribute && own::of_attribute(object).is_some() {
            return;
        }
        if self == Kind::Attribute && !names_a_term(object) {
            return count(tally, self.name().to_owned(), 1);
        }
        for (key, value) in object {
            let left = match (value, self.below(key)) {
                (Value::Object(one), Some(Below::One(kind))) => {
                    kind.leave(tally, one);
                    0
                }
                (Value::Array(many), Some(Below::Many(kind))) => {
                    many.iter().filter_map(Value::as_object).for_each(|one| kind.leave(tally, one));
                    many.iter().filter(|one| !one.is_object()).map(size).sum()
                }
                (Value::Object(_) | Value::Array(_), _) => size(value),
                _ if self.follows(key, object) => 0,
                _ if self.reads(key) => 0,
                _ => size(value),
            };
            count(tally, format!("{}.{key}", self.name()), left);
        }
    }

    fn name(self) -> &'static str {
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
    fn reads(self, key: &str) -> bool {
        let own: &[&str] = match self {
            Kind::Organization => OF_ORGANIZATIONS,
            Kind::Service => OF_SERVICES,
            Kind::Location => &["latitude", "longitude"],
            Kind::Phone => &["number", "extension", "type", "department", "description"],
            Kind::Address => OF_ADDRESSES,
            Kind::Contact => &details::CONTACT_COLUMNS,
            Kind::Schedule => &hours::COLUMNS,
            Kind::Term => &["name", "code", "taxonomy", "taxonomy_id"],
            Kind::Taxonomy | Kind::Unit => &["name"],
            Kind::Capacity => &capacity::COLUMNS,
            Kind::Listed(listed) => listed.columns(),
            Kind::ServiceAtLocation | Kind::Attribute => &[],
        };
        own.contains(&key) || REFERENCES.contains(&key) || self.is_owner() && details::COLUMNS.contains(&key)
    }

    /// Whether the text below this key follows from what is read: a description that only repeats the name, a type that is that of
    /// the addresses.
    fn follows(self, key: &str, object: &Object) -> bool {
        let text = text_of(object, key);
        match (self, key) {
            (Kind::Location, "location_type") => says_addresses(&text),
            (Kind::Term | Kind::Taxonomy, "description") => text == text_of(object, "name"),
            _ => false,
        }
    }

    /// Whether it lists phones, hours, details and the like.
    fn is_owner(self) -> bool {
        matches!(self, Kind::Organization | Kind::Service | Kind::ServiceAtLocation | Kind::Location)
    }

    fn below(self, key: &str) -> Option<Below> {
        Some(match (self, key) {
            (Kind::Organization, "locations") => Below::Many(Kind::Location),
            (Kind::Organization, "services") => Below::Many(Kind::Service),
            (Kind::Service, "organization") => Below::One(Kind::Organization),
            (Kind::Service, "capacities" | "service_capacities") => Below::Many(Kind::Capacity),
            (Kind::Capacity, "unit") => Below::One(Kind::Unit),
            (Kind::Service, "program") => Below::One(Kind::Listed(Listed::Program)),
            (Kind::Service, "service_at_locations") => Below::Many(Kind::ServiceAtLocation),
            (Kind::ServiceAtLocation, "service") => Below::One(Kind::Service),
            (Kind::ServiceAtLocation, "location") => Below::One(Kind::Location),
            (Kind::Contact, "phones") => Below::Many(Kind::Phone),
            (Kind::Attribute, "taxonomy_term") => Below::One(Kind::Term),
            (Kind::Term, "taxonomy_detail") => Below::One(Kind::Taxonomy),
            _ if self.is_owner() => Below::Many(of_owners(key)?),
            _ => return None,
        })
    }
}

/// What an organization, a service or a location lists below this key.
fn of_owners(key: &str) -> Option<Kind> {
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

fn names_a_term(attribute: &Object) -> bool {
    object_of(attribute, "taxonomy_term").is_some_and(|term| !text_of(term, "name").trim().is_empty())
}

/// Whether a type of location is a kind of its addresses.
pub(in super::super) fn says_addresses(location_type: &str) -> bool {
    AddressKind::from_name(&location_type.trim().to_lowercase()).is_some()
}

/// How many things a value is.
fn size(value: &Value) -> u64 {
    match value {
        Value::Null => 0,
        Value::String(text) => u64::from(!text.trim().is_empty()),
        Value::Array(items) => items.len() as u64,
        Value::Object(object) => u64::from(!object.is_empty()),
        Value::Bool(_) | Value::Number(_) => 1,
    }
}

pub(super) fn count(tally: &mut Tally, kind: String, number: u64) {
    if number > 0 {
        *tally.entry(kind).or_default() += number;
    }
}
