//! What a client has agreed to: Consent for sharing requests and releases, `DocumentReference` for what was signed.

use serde_json::{Value, json};

use super::element::{bare, coded, coding, day, days, instant, named, words};
use super::{FhirResource, Hub, ResourceType};
use crate::model::release::{ReleaseStatus, ReleaseView};
use crate::model::sharing::{RequestView, Status};

const ACT: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
const PARTICIPATION: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";

/// A sharing request, whatever came of it.
pub(crate) fn of_request(hub: &Hub, request: &RequestView, patient: &Value) -> FhirResource {
    let verification =
        request.signed_on.map(|date| json!({ "verified": true, "verificationDate": day(date) }));
    let elements = json!({
        "identifier": [hub.identifier(&request.code)],
        "status": match request.status {
            Status::Pending => "proposed",
            Status::Granted => "active",
            Status::Denied => "rejected",
            Status::Revoked | Status::Expired | Status::Cancelled | Status::Unanswered => "inactive",
        },
        "scope": scope(),
        "category": [category()],
        "patient": patient,
        "dateTime": instant(request.answered_at.unwrap_or(request.requested_at)),
        "performer": [{ "display": request.signed_by.as_ref().map(|name| signer(name, request.signed_as.as_deref())) }],
        "organization": [named(ResourceType::Organization, &request.owner, &request.owner_name)],
        "policyRule": coded(ACT, "OPTIN", "opt-in"),
        "verification": [verification],
        "provision": {
            "type": "permit",
            "period": days(request.signed_on, request.expires_on),
            "actor": [
                owner(&request.owner, &request.owner_name),
                recipient(Some((&request.recipient, &request.recipient_name))),
            ],
            "purpose": [{ "display": request.purpose }],
            "class": [{ "code": request.data_type.name() }],
        },
    });
    FhirResource::new(ResourceType::Consent, &request.code, elements)
}

pub(crate) fn of_release(hub: &Hub, release: &ReleaseView, patient: &Value) -> FhirResource {
    let named_ones = release.recipients.iter().map(|one| recipient(Some((&one.code, &one.name))));
    let all = release.all_providers.then(|| recipient(None));
    let actors = [owner(&release.owner, &release.owner_name)].into_iter().chain(named_ones).chain(all);
    let signer = release.signed_by.as_ref().map(|name| signer(name, release.signed_as.as_deref()));
    let elements = json!({
        "identifier": [hub.identifier(&release.code)],
        "status": if release.status == ReleaseStatus::Active { "active" } else { "inactive" },
        "scope": scope(),
        "category": [category()],
        "patient": patient,
        "dateTime": day(release.signed_on),
        "performer": [{ "display": signer }],
        "organization": [named(ResourceType::Organization, &release.owner, &release.owner_name)],
        "sourceReference": bare(ResourceType::DocumentReference, &release.code),
        "policyRule": coded(ACT, "OPTIN", "opt-in"),
        "verification": [{ "verified": true, "verificationDate": day(release.signed_on) }],
        "provision": {
            "type": "permit",
            "period": days(Some(release.signed_on), release.expires_on),
            "actor": actors.collect::<Vec<_>>(),
            "purpose": [{ "display": release.purpose }],
            "class": [{ "code": release.data_type.name() }],
        },
    });
    FhirResource::new(ResourceType::Consent, &release.code, elements)
}

/// The signed document of a release: what it is, not its pages. FHIR's hash is SHA-1, which is not kept, so the SHA-256 is an identifier.
pub(crate) fn document_reference(hub: &Hub, release: &ReleaseView, patient: &Value) -> FhirResource {
    let elements = json!({
        "identifier": [hub.identifier(&release.code), { "type": words("SHA-256"), "value": release.sha256 }],
        "status": "current",
        "type": coded("http://loinc.org", "64292-6", "Release of information consent"),
        "subject": patient,
        "date": instant(release.created_at),
        "custodian": named(ResourceType::Organization, &release.owner, &release.owner_name),
        "description": format!("Release of information {}", release.code),
        "content": [{ "attachment": {
            "contentType": release.media_type.name(),
            "size": u32::try_from(release.size).ok(),
            "title": release.code,
            "creation": day(release.signed_on),
        } }],
    });
    FhirResource::new(ResourceType::DocumentReference, &release.code, elements)
}

fn scope() -> Value {
    coded("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy", "Privacy Consent")
}

fn category() -> Value {
    coded(ACT, "IDSCL", "information disclosure")
}

fn signer(name: &str, right: Option<&str>) -> String {
    right.map_or_else(|| name.to_owned(), |right| format!("{name} ({right})"))
}

/// Who keeps the records.
fn owner(code: &str, name: &str) -> Value {
    json!({
        "role": { "coding": [coding(PARTICIPATION, "CST", "custodian")] },
        "reference": named(ResourceType::Organization, code, name),
    })
}

/// Who is to see them; without a name every provider.
fn recipient(provider: Option<(&String, &String)>) -> Value {
    let reference = match provider {
        Some((code, name)) => named(ResourceType::Organization, code, name),
        None => json!({ "type": "Organization", "display": "All providers" }),
    };
    json!({ "role": { "coding": [coding(PARTICIPATION, "IRCP", "information recipient")] }, "reference": reference })
}
