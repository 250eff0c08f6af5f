//! Who did what and who saw what: `AuditEvent` for each entry of the trail and each line of the register of disclosures, Provenance for
//! each change of what is in the export.

use serde_json::{Value, json};

use super::element::{bare, coded, coding, instant, named};
use super::{FhirResource, HUB, Hub, ResourceType};
use crate::model::audit::Link;
use crate::model::code::Prefix;
use crate::model::disclosure::DisclosureView;

/// Audit event ids of DICOM (<https://hl7.org/fhir/R4/valueset-audit-event-type.html>).
const EVENTS: &str = "http://dicom.nema.org/resources/ontology/DCM";
const PARTICIPATION: &str = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
const ACTIVITY: &str = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";

/// What an entry did to its subject.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Done {
    Created,
    Changed,
    Deleted,
    /// Looked at, exported, or done without changing anything.
    Else,
}

impl Done {
    fn of(link: &Link, is_look: bool) -> Self {
        match (&link.entry.before, &link.entry.after) {
            _ if is_look => Done::Else,
            (None, Some(_)) => Done::Created,
            (Some(_), Some(_)) => Done::Changed,
            (Some(_), None) => Done::Deleted,
            (None, None) => Done::Else,
        }
    }
}

/// One entry. `is_look` says that it changed nothing.
pub(crate) fn trail_event(hub: &Hub, link: &Link, is_look: bool) -> FhirResource {
    let (entry, done) = (&link.entry, Done::of(link, is_look));
    let kind = match entry.action.split('.').next() {
        _ if is_look => ("110112", "Query"),
        Some("account") => ("110137", "User Security Attributes Changed"),
        Some("audit" | "database" | "hub") => ("110100", "Application Activity"),
        _ => ("110110", "Patient Record"),
    };
    let acted = entry.acting_as.as_ref().map(|login| agent(login, false));
    let elements = json!({
        "type": coding(EVENTS, kind.0, kind.1),
        "subtype": [{ "code": entry.action }],
        "action": match done {
            Done::Created => "C",
            Done::Changed => "U",
            Done::Deleted => "D",
            Done::Else if is_look => "R",
            Done::Else => "E",
        },
        "recorded": instant(entry.at),
        "outcome": "0",
        "agent": [agent(&entry.actor, true), acted],
        "source": source(hub),
        "entity": [{ "what": subject(hub, &entry.subject) }],
    });
    FhirResource::new(ResourceType::AuditEvent, &format!("audit-{}", link.sequence), elements)
}

/// None of an entry that changed nothing in the export.
pub(crate) fn provenance(link: &Link, is_look: bool) -> Option<FhirResource> {
    let entry = &link.entry;
    let target = of_code(&entry.subject)?;
    let (code, display) = match Done::of(link, is_look) {
        Done::Created => ("CREATE", "create"),
        Done::Changed => ("UPDATE", "revise"),
        Done::Deleted => ("DELETE", "delete"),
        Done::Else => return None,
    };
    let acted = entry.acting_as.as_deref();
    let elements = json!({
        "target": [bare(target, &entry.subject)],
        "recorded": instant(entry.at),
        "activity": coded(ACTIVITY, code, display),
        "agent": [{
            "type": coded(PARTICIPATION, "author", "Author"),
            "who": who(acted.unwrap_or(&entry.actor)),
            "onBehalfOf": bare(ResourceType::Organization, HUB),
        }, acted.map(|_| json!({ "type": coded(PARTICIPATION, "enterer", "Enterer"), "who": who(&entry.actor) }))],
    });
    Some(FhirResource::new(ResourceType::Provenance, &format!("audit-{}", link.sequence), elements))
}

/// A look at another provider's records.
pub(crate) fn disclosure_event(hub: &Hub, line: &DisclosureView) -> FhirResource {
    let basis =
        line.source.as_ref().map(|code| json!({ "what": subject(hub, code), "name": line.basis.name() }));
    let acted = line.acted_by.as_ref().map(|login| agent(login, false));
    let owner = line.owner.as_ref().zip(line.owner_name.as_ref());
    let elements = json!({
        "type": coding(EVENTS, "110106", "Export"),
        "subtype": [{ "code": "disclosure" }],
        "action": "R",
        "recorded": instant(line.at),
        "outcome": "0",
        "agent": [agent(&line.by, true), acted, {
            "type": { "coding": [coding(EVENTS, "110152", "Destination Role ID")] },
            "who": named(ResourceType::Organization, &line.recipient, &line.recipient_name),
            "requestor": false,
        }],
        "source": source(hub),
        "entity": [
            { "what": named(ResourceType::Patient, &line.client, &line.client_name), "name": line.data_type.name() },
            owner.map(|(code, name)| json!({ "what": named(ResourceType::Organization, code, name), "name": "owner" })),
            basis,
        ],
    });
    FhirResource::new(ResourceType::AuditEvent, &format!("disclosure-{}", line.id.uuid()), elements)
}

fn agent(login: &str, requestor: bool) -> Value {
    json!({ "who": who(login), "altId": login, "requestor": requestor })
}

fn who(login: &str) -> Value {
    json!({ "identifier": { "value": login }, "display": login })
}

fn source(hub: &Hub) -> Value {
    json!({ "observer": named(ResourceType::Organization, HUB, &hub.name) })
}

/// A thing by its code, or what is no resource of the export by its name.
fn subject(hub: &Hub, text: &str) -> Value {
    match of_code(text) {
        Some(kind) => bare(kind, text),
        None => json!({ "identifier": hub.identifier(text), "display": text }),
    }
}

/// The type of resource that things of a code are.
fn of_code(code: &str) -> Option<ResourceType> {
    let kinds = [
        (Prefix::Provider, ResourceType::Organization),
        (Prefix::Resource, ResourceType::HealthcareService),
        (Prefix::Client, ResourceType::Patient),
        (Prefix::Referral, ResourceType::ServiceRequest),
        (Prefix::Visit, ResourceType::Appointment),
        (Prefix::Package, ResourceType::Task),
        (Prefix::SharingRequest, ResourceType::Consent),
        (Prefix::Release, ResourceType::Consent),
    ];
    kinds.into_iter().find(|(prefix, _)| prefix.is_of(code)).map(|(_, kind)| kind)
}
