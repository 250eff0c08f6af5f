//! Clients as Patients (<https://hl7.org/fhir/R4/patient.html>), as `client import` reads them again.

use serde_json::{Value, json};

use super::element::{bare, day, named};
use super::{FhirResource, HUB, Hub, ResourceType};
use crate::model::client::{Client, ClientStatus};
use crate::model::client_phone::Phone;

/// Other records of the same person: by what it was replaced, and what it has replaced.
#[derive(Default)]
pub(crate) struct Merged {
    pub(crate) into: Option<String>,
    pub(crate) from: Vec<String>,
}

pub(crate) fn patient(hub: &Hub, client: &Client, merged: &Merged) -> FhirResource {
    let is_deceased = client.status == ClientStatus::Deceased;
    let died_on = client.since_on.filter(|_| is_deceased);
    let elements = json!({
        "identifier": identifiers(hub, client),
        "active": client.status != ClientStatus::Inactive && merged.into.is_none(),
        "name": names(client),
        "telecom": client.phones.iter().map(telecom).collect::<Vec<_>>(),
        "birthDate": client.birth_date.map(day),
        "deceasedBoolean": (is_deceased && died_on.is_none()).then_some(true),
        "deceasedDateTime": died_on.map(day),
        "address": [{ "use": address(client).map(|_| "home"), "text": client.address, "postalCode": client.postal_code }],
        "managingOrganization": named(ResourceType::Organization, HUB, &hub.name),
        "link": links(merged),
    });
    FhirResource::new(ResourceType::Patient, &client.code, elements)
}

/// Its code, its id in another system, and where it was imported from.
fn identifiers(hub: &Hub, client: &Client) -> Vec<Value> {
    let other = client.external_id.as_ref().map(|id| json!({ "use": "usual", "value": id }));
    let imported = client.source_id.as_ref().filter(|id| client.external_id.as_ref() != Some(id));
    let source = client.source.as_deref();
    let imported =
        imported.map(|id| json!({ "use": "secondary", "value": id, "assigner": { "display": source } }));
    [Some(hub.identifier(&client.code)), other, imported].into_iter().flatten().collect()
}

/// The present name, and those before it. Who is anonymous has one without parts, as FHIR provides for.
fn names(client: &Client) -> Vec<Value> {
    let present = if client.anonymous {
        json!({ "use": "anonymous" })
    } else {
        json!({
            "use": "official",
            "text": client.full_name().into_text(),
            "family": client.family,
            "given": client.given.split_whitespace().collect::<Vec<_>>(),
        })
    };
    let former = client.former_names.iter().map(|name| json!({ "use": "old", "text": name }));
    std::iter::once(present).chain(former).collect()
}

fn address(client: &Client) -> Option<&String> {
    client.address.as_ref().or(client.postal_code.as_ref())
}

/// A label that FHIR has no use for stands before the number, as people write it.
fn telecom(phone: &Phone) -> Value {
    const USES: [&str; 5] = ["home", "work", "temp", "old", "mobile"];
    let label = phone.label.as_deref();
    match label.filter(|label| USES.contains(label) && *label != "old") {
        Some(purpose) => json!({ "system": "phone", "value": phone.number, "use": purpose }),
        None => json!({ "system": "phone", "value": phone.to_string() }),
    }
}

fn links(merged: &Merged) -> Vec<Value> {
    let link =
        |kind: &str, code: &String| json!({ "other": bare(ResourceType::Patient, code), "type": kind });
    let into = merged.into.iter().map(|code| link("replaced-by", code));
    into.chain(merged.from.iter().map(|code| link("replaces", code))).collect()
}
