//! Writes what the hub holds as FHIR R4 resources (<https://hl7.org/fhir/R4/>), rule 8.1. Ids are the codes that people quote, so that
//! they stay the same from one export to the next; references are relative, such as `Patient/CLI-7K3M9Q`.

mod care;
mod consent;
mod directory;
mod element;
mod package;
mod patient;
mod trail;

use std::fmt;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

pub(crate) use care::{
    Appointment, AssignedTo, Need, appointment, care_plan, referral_task, service_request,
};
pub(crate) use consent::{document_reference, of_release, of_request};
pub(crate) use directory::{healthcare_service, hub_organization, location, location_id, organization};
use element::{instant, pruned};
pub(crate) use package::{offer_task, package_task};
pub(crate) use patient::{Merged, patient};
pub(crate) use trail::{disclosure_event, provenance, trail_event};

use crate::model::id::HubId;
use crate::model::names::names;

names! {
    /// The types of resources that are written, in the order of a bundle: what is referred to comes first.
    pub(crate) enum ResourceType {
        Organization = "Organization",
        Location = "Location",
        HealthcareService = "HealthcareService",
        Patient = "Patient",
        ServiceRequest = "ServiceRequest",
        CarePlan = "CarePlan",
        Appointment = "Appointment",
        Task = "Task",
        DocumentReference = "DocumentReference",
        Consent = "Consent",
        AuditEvent = "AuditEvent",
        Provenance = "Provenance",
    }
}

/// The id of the organization that the hub is.
pub(crate) const HUB: &str = "hub";

/// The hub that writes.
pub(crate) struct Hub {
    pub(crate) name: String,
    /// The system of its identifiers, which are the codes of its things.
    pub(crate) system: String,
}

impl Hub {
    /// `identity` is what tells its database from all others.
    pub(crate) fn new(name: Option<String>, identity: HubId) -> Self {
        Hub { name: name.unwrap_or_else(|| "Hub".to_owned()), system: system(identity) }
    }

    /// The code of a thing as an identifier, by which this hub knows the thing again.
    fn identifier(&self, code: &str) -> Value {
        json!({ "system": self.system, "value": code, "assigner": { "display": self.name } })
    }

    /// Names what is not in the export by its code, where a reference to it would lead nowhere.
    fn without_dead_ends(&self, value: &mut Value, is_there: &impl Fn(&str) -> bool) {
        match value {
            Value::Array(items) => {
                for item in items {
                    self.without_dead_ends(item, is_there);
                }
            }
            Value::Object(fields) => {
                let to = fields.get("reference").and_then(Value::as_str).and_then(|to| to.split_once('/'));
                let dead = to.filter(|(kind, id)| !is_there(&format!("{kind}/{id}")));
                if let Some((kind, id)) = dead {
                    let (kind, identifier) = (Value::from(kind), self.identifier(id));
                    fields.remove("reference");
                    fields.insert("type".to_owned(), kind);
                    fields.insert("identifier".to_owned(), identifier);
                }
                for (_, field) in fields {
                    self.without_dead_ends(field, is_there);
                }
            }
            _ => {}
        }
    }
}

/// A client.
pub(crate) fn known_patient(code: &str, name: &str) -> Value {
    json!({ "reference": reference(ResourceType::Patient, code), "display": name })
}

/// A client of whom the actor knows the name alone.
pub(crate) fn named_patient(name: &str) -> Value {
    json!({ "type": "Patient", "display": name })
}

/// A client of whom the actor knows nothing.
fn masked_patient() -> Value {
    json!({ "type": "Patient", "extension": [element::absent("masked")] })
}

/// The system of the identifiers of the hub with this identity.
pub(crate) fn system(identity: HubId) -> String {
    format!("urn:uuid:{}", identity.uuid())
}

/// `Patient/CLI-7K3M9Q`.
fn reference(kind: ResourceType, id: &str) -> String {
    format!("{kind}/{id}")
}

/// One resource, with nothing in it that FHIR forbids: no null, no empty text, list or object.
pub(crate) struct FhirResource {
    pub(crate) kind: ResourceType,
    id: String,
    whole: Value,
}

impl FhirResource {
    fn new(kind: ResourceType, id: &str, elements: Value) -> Self {
        let mut whole = Map::new();
        whole.insert("resourceType".to_owned(), kind.name().into());
        whole.insert("id".to_owned(), id.into());
        if let Value::Object(elements) = elements {
            whole.extend(elements);
        }
        FhirResource { kind, id: id.to_owned(), whole: pruned(Value::Object(whole)).unwrap_or_default() }
    }

    /// The same for an export that does not have all that is referred to: `is_there` tells of a reference whether it leads to something.
    pub(crate) fn alone(mut self, hub: &Hub, is_there: impl Fn(&str) -> bool) -> Self {
        hub.without_dead_ends(&mut self.whole, &is_there);
        self
    }

    /// With when it last changed, where that is said.
    pub(crate) fn updated(mut self, at: Option<DateTime<Utc>>) -> Self {
        const BEHIND_THE_ID: usize = 2;
        if let (Some(at), Some(whole)) = (at, self.whole.as_object_mut()) {
            whole.shift_insert(BEHIND_THE_ID, "meta".to_owned(), json!({ "lastUpdated": instant(at) }));
        }
        self
    }

    /// `Patient/CLI-7K3M9Q`, which is unique in an export.
    pub(crate) fn reference(&self) -> String {
        reference(self.kind, &self.id)
    }
}

/// The whole, on one line.
impl fmt::Display for FhirResource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.whole.fmt(formatter)
    }
}

/// What a Bundle begins with; entries follow between commas, and then [`BUNDLE_END`].
pub(crate) fn bundle_begin(at: DateTime<Utc>) -> String {
    format!(
        "{{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"timestamp\":\"{}\",\"entry\":[",
        instant(at)
    )
}

/// The Bundle of no resource at all has no entries, since FHIR forbids an empty list.
pub(crate) fn bundle_of_none(at: DateTime<Utc>) -> String {
    format!("{{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"timestamp\":\"{}\"}}\n", instant(at))
}

pub(crate) const BUNDLE_END: &str = "\n]}\n";

/// An entry of a Bundle. Under `base` the resource would be found if the hub had an address; by that, relative references are resolved.
pub(crate) fn bundle_entry(base: &str, resource: &FhirResource) -> String {
    let url = Value::from(format!("{}/{}", base.trim_end_matches('/'), resource.reference()));
    format!("\n{{\"fullUrl\":{url},\"resource\":{resource}}}")
}
