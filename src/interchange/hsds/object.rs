//! Converts one JSON object of HSDS 3.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::super::table::{clean_name, clean_text};
use super::rows::{address_kind, is_active, is_blank, phone_kind};
use crate::model::directory::{Address, AddressKind, List, Listing, Phone, Service, Spoken, Text};
use crate::model::limit;

pub(super) type Object = Map<String, Value>;

/// The kind of an object, by the keys that only such an object has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Subject {
    Organization,
    Service,
    ServiceAtLocation,
    Location,
    Taxonomy,
    Term,
    Attribute,
    Metadata,
    Description,
    Nothing,
}

impl Subject {
    pub(super) fn plural(self) -> &'static str {
        match self {
            Subject::Organization => "organizations",
            Subject::Service => "services",
            Subject::ServiceAtLocation => "services at locations",
            Subject::Location => "locations",
            Subject::Taxonomy => "taxonomies",
            Subject::Term => "terms",
            Subject::Attribute => "attributes",
            Subject::Metadata => "metadata",
            Subject::Description => "descriptions of tables",
            Subject::Nothing => "other things",
        }
    }

    /// An id and a name alone could be anything: then the name of the file decides.
    pub(super) fn of(object: &Object, file: &str) -> Subject {
        let has = |keys: &[&str]| keys.iter().any(|key| object.contains_key(*key));
        if object.get("service").is_some_and(Value::is_object) {
            return Subject::ServiceAtLocation;
        }
        if has(&["link_entity"]) {
            return Subject::Attribute;
        }
        if has(&["last_action_type", "resource_type"]) {
            return Subject::Metadata;
        }
        if has(&["character_set"]) {
            return Subject::Description;
        }
        let file = file.to_lowercase();
        if has(&["resources"]) || !has(&["id", "name"]) {
            Subject::Nothing
        } else if has(&["location_type", "latitude"]) {
            Subject::Location
        } else if has(&["taxonomy", "taxonomy_detail", "term_uri"]) || file.contains("taxonomy_term") {
            Subject::Term
        } else if has(&["taxonomy_terms"]) || file.contains("taxonom") {
            Subject::Taxonomy
        } else if has(&["version"]) {
            Subject::Nothing
        } else if has(OF_SERVICES) && !has(OF_ORGANIZATIONS) {
            Subject::Service
        } else {
            Subject::Organization
        }
    }
}

const OF_ORGANIZATIONS: &[&str] = &[
    "services",
    "organization_identifiers",
    "parent_organization_id",
    "website",
    "legal_status",
    "tax_status",
    "tax_id",
    "year_incorporated",
    "programs",
];
const OF_SERVICES: &[&str] = &[
    "organization",
    "organization_id",
    "status",
    "program_id",
    "service_at_locations",
    "service_areas",
    "cost_options",
    "application_process",
    "eligibility_description",
    "fees",
    "fees_description",
];

/// The trimmed id; empty if there is none.
pub(super) fn id(object: &Object) -> String {
    text_of(object, "id").trim().to_owned()
}

/// Numbers and truth values as text; null, lists and objects as nothing.
pub(super) fn text_of<'a>(object: &'a Object, key: &str) -> Cow<'a, str> {
    match object.get(key) {
        Some(Value::String(text)) => Cow::Borrowed(text),
        Some(Value::Number(number)) => Cow::Owned(number.to_string()),
        Some(Value::Bool(truth)) => Cow::Owned(truth.to_string()),
        _ => Cow::Borrowed(""),
    }
}

pub(super) fn object_of<'a>(object: &'a Object, key: &str) -> Option<&'a Object> {
    object.get(key).and_then(Value::as_object)
}

/// The objects of a list; none if the key is absent or holds another type.
pub(super) fn objects_of<'a>(object: &'a Object, key: &str) -> impl Iterator<Item = &'a Object> {
    object.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

pub(super) fn listing(object: &Object) -> Result<Listing, String> {
    Ok(Listing {
        source_id: name(object, "id")?.ok_or("has no id")?,
        name: called(object, "name")?.ok_or("has no name")?,
        alternate_name: name(object, "alternate_name")?,
        description: text(object, "description")?,
        email: name(object, "email")?,
        url: name(object, "website")?.or(name(object, "url")?),
        active: true,
        spoken: spoken(
            object,
            &[
                (Text::AlternateName, &["alternate_name"]),
                (Text::Description, &["description"]),
                (Text::Email, &["email"]),
                (Text::Url, &["website", "url"]),
            ],
        ),
        ..Listing::default()
    })
}

/// The texts for which there is one of their keys, with a value or without.
fn spoken(object: &Object, texts: &[(Text, &[&str])]) -> Spoken {
    let has = |keys: &[&str]| keys.iter().any(|key| object.contains_key(*key));
    let there: Vec<(Text, bool)> = texts.iter().map(|(text, keys)| (*text, has(keys))).collect();
    Spoken::of_texts(&there)
}

pub(super) fn service(object: &Object) -> Result<Service, String> {
    let common = listing(object)?;
    Ok(Service {
        source_id: common.source_id,
        name: common.name,
        alternate_name: common.alternate_name,
        description: common.description,
        eligibility: text(object, "eligibility_description")?.or(text(object, "eligibility")?),
        fees: text(object, "fees_description")?.or(text(object, "fees")?),
        application_process: text(object, "application_process")?,
        email: common.email,
        url: common.url,
        active: is_active(&text_of(object, "status")),
        spoken: common
            .spoken
            .with(spoken(
                object,
                &[
                    (Text::Eligibility, &["eligibility_description", "eligibility"]),
                    (Text::Fees, &["fees_description", "fees"]),
                    (Text::ApplicationProcess, &["application_process"]),
                ],
            ))
            .with(Spoken::of_status(!text_of(object, "status").trim().is_empty())),
        ..Service::default()
    })
}

pub(super) fn phone(object: &Object) -> Result<Phone, String> {
    Ok(Phone {
        number: name(object, "number")?.ok_or("has no number")?,
        extension: name(object, "extension")?,
        kind: phone_kind(name(object, "type")?.or(name(object, "number_type")?)),
        department: name(object, "department")?.or(name(object, "description")?),
    })
}

pub(super) fn address(object: &Object) -> Result<Address, String> {
    let address = Address {
        attention: name(object, "attention")?,
        line_1: name(object, "address_1")?,
        line_2: name(object, "address_2")?,
        city: name(object, "city")?,
        region: name(object, "state_province")?.or(name(object, "region")?),
        postal_code: name(object, "postal_code")?,
        country: name(object, "country")?,
        place: None,
        kind: address_kind(&text_of(object, "address_type"), AddressKind::Physical),
    };
    if is_blank(&address) {
        Err("is an address without any line, city or postal code".to_owned())
    } else {
        Ok(address)
    }
}

/// Fills missing fields of `listing` from `other`, the same organization. Returns what that one says otherwise.
pub(super) fn complete_listing(listing: &mut Listing, other: Listing) -> Object {
    listing.spoken.add(other.spoken);
    let mut otherwise = differing(&listing.name, other.name);
    let mut fill = |key, kept, other| otherwise.extend(filled(key, kept, other));
    fill("alternate_name", &mut listing.alternate_name, other.alternate_name);
    fill("description", &mut listing.description, other.description);
    fill("email", &mut listing.email, other.email);
    fill("website", &mut listing.url, other.url);
    otherwise
}

/// The same of a service.
pub(super) fn complete_service(service: &mut Service, other: Service) -> Object {
    if !service.spoken.has(List::Status) {
        service.active = other.active;
    }
    service.spoken.add(other.spoken);
    let mut otherwise = differing(&service.name, other.name);
    let mut fill = |key, kept, other| otherwise.extend(filled(key, kept, other));
    fill("alternate_name", &mut service.alternate_name, other.alternate_name);
    fill("description", &mut service.description, other.description);
    fill("eligibility_description", &mut service.eligibility, other.eligibility);
    fill("fees_description", &mut service.fees, other.fees);
    fill("application_process", &mut service.application_process, other.application_process);
    fill("email", &mut service.email, other.email);
    fill("url", &mut service.url, other.url);
    otherwise
}

fn differing(name: &str, other: String) -> Object {
    let other = Some(other).filter(|other| other != name);
    other.map(|other| ("name".to_owned(), Value::String(other))).into_iter().collect()
}

/// Fills a field that is missing, and returns it where both have one and they differ.
fn filled(key: &str, kept: &mut Option<String>, other: Option<String>) -> Option<(String, Value)> {
    let other = other?;
    match kept {
        None => *kept = Some(other),
        Some(kept) if *kept != other => return Some((key.to_owned(), Value::String(other))),
        Some(_) => {}
    }
    None
}

fn name(object: &Object, key: &str) -> Result<Option<String>, String> {
    let name = clean_name(&text_of(object, key)).map_err(|reason| format!("`{key}` {reason}"))?;
    Ok((!name.is_empty()).then_some(name))
}

/// The same for what a thing is called.
fn called(object: &Object, key: &str) -> Result<Option<String>, String> {
    let name = name(object, key)?;
    let limit = |name: &String| limit::NAME.hold_cell(name).map_err(|reason| format!("`{key}` {reason}"));
    name.as_ref().map_or(Ok(()), limit).map(|()| name)
}

fn text(object: &Object, key: &str) -> Result<Option<String>, String> {
    clean_text(&text_of(object, key)).map_err(|reason| format!("`{key}` {reason}"))
}
