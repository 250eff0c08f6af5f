//! A package as a Task, with a child Task for each offer (rule 8.4).

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::care::TASK_CODE;
use super::element::{bare, coded, instant, named, note, words};
use super::{FhirResource, HUB, Hub, ResourceType};
use crate::model::package::{OfferLine, OfferStatus, PackageStatus, PackageView};

/// The parent. `patient` is the client; none where the actor does not see whose it is.
pub(crate) fn package_task(hub: &Hub, package: &PackageView, patient: Option<Value>) -> FhirResource {
    let (system, code, display) = TASK_CODE;
    let owner = package.accepted_by.as_ref().map(|code| {
        named(ResourceType::Organization, code, package.accepted_by_name.as_deref().unwrap_or_default())
    });
    let visit = |code: &String| json!({ "type": words("visit"), "valueReference": bare(ResourceType::Appointment, code) });
    let starts = package.visits.iter().map(|visit| visit.start);
    let elements = json!({
        "identifier": [hub.identifier(&package.code), { "value": own_name(package) }],
        "status": package_status(package.status),
        "businessStatus": words(&package.status.name().replace('_', " ")),
        "intent": "order",
        "code": coded(system, code, display),
        "description": package.provider_note,
        "focus": bare(ResourceType::ServiceRequest, &package.referral),
        "for": patient,
        "executionPeriod": { "start": starts.clone().min().map(instant), "end": starts.max().map(instant) },
        "authoredOn": instant(package.created_at),
        "lastModified": package.amended_at.max(package.recalled_at).map(instant),
        "requester": named(ResourceType::Organization, HUB, &hub.name),
        "owner": owner,
        "restriction": { "period": { "end": package.lapses_at.map(instant) } },
        "input": package.visits.iter().map(|one| visit(&one.code)).collect::<Vec<_>>(),
    });
    FhirResource::new(ResourceType::Task, &package.code, elements)
}

/// What it was renamed to.
fn own_name(package: &PackageView) -> Option<&String> {
    Some(&package.reference).filter(|reference| **reference != package.code)
}

fn package_status(status: PackageStatus) -> &'static str {
    match status {
        PackageStatus::Pending => "requested",
        PackageStatus::Accepted => "accepted",
        PackageStatus::Rejected => "rejected",
        PackageStatus::HandedBack => "failed",
        PackageStatus::Recalled => "cancelled",
    }
}

/// What one provider was asked.
pub(crate) fn offer_task(hub: &Hub, offer: &OfferLine, patient: Option<Value>) -> FhirResource {
    let (system, code, display) = TASK_CODE;
    let ended = [offer.responded_at, offer.ended_at, offer.removed_at].into_iter().flatten().max();
    let elements = json!({
        "identifier": [hub.identifier(&offer.code)],
        "partOf": [bare(ResourceType::Task, &offer.package)],
        "status": if offer.removed_at.is_some() { "cancelled" } else { offer_status(offer.status) },
        "statusReason": words(offer.reason.as_deref().unwrap_or_default()),
        "businessStatus": words(&offer.status.name().replace('_', " ")),
        "intent": "order",
        "code": coded(system, code, display),
        "focus": bare(ResourceType::ServiceRequest, &offer.referral),
        "for": patient,
        "authoredOn": instant(offer.requested_at),
        "lastModified": ended.map(instant),
        "requester": named(ResourceType::Organization, HUB, &hub.name),
        "owner": named(ResourceType::Organization, &offer.provider, &offer.provider_name),
        "restriction": { "period": window(offer.opens_at, offer.lapses_at) },
        "note": note(waves(offer).as_deref()),
    });
    FhirResource::new(ResourceType::Task, &offer.code, elements)
}

fn window(opens: Option<DateTime<Utc>>, lapses: Option<DateTime<Utc>>) -> Value {
    json!({ "start": opens.map(instant), "end": lapses.map(instant) })
}

fn waves(offer: &OfferLine) -> Option<String> {
    let opens = offer.opens_at.filter(|_| offer.status == OfferStatus::Scheduled)?;
    Some(format!("To be asked from {} on, if no other has accepted by then.", instant(opens)))
}

/// A Task has no status for what was not answered in time: it was not done, and `businessStatus` says why.
fn offer_status(status: OfferStatus) -> &'static str {
    match status {
        OfferStatus::Scheduled => "draft",
        OfferStatus::Pending => "requested",
        OfferStatus::Accepted => "accepted",
        OfferStatus::Rejected => "rejected",
        OfferStatus::HandedBack => "failed",
        OfferStatus::Lapsed | OfferStatus::Closed | OfferStatus::Recalled => "cancelled",
    }
}
