//! What a client needs and when the visits are: `ServiceRequest`, the Task of whom it was sent to, `CarePlan`, Appointment.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};

use super::element::{bare, coded, day, instant, named, note, words};
use super::{FhirResource, HUB, Hub, ResourceType, masked_patient};

pub(super) const TASK_CODE: (&str, &str, &str) =
    ("http://hl7.org/fhir/CodeSystem/task-code", "fulfill", "Fulfill the focal request");

/// A referral, as much of it as the actor sees.
pub(crate) struct Need {
    pub(crate) code: String,
    pub(crate) queue: String,
    pub(crate) status: String,
    pub(crate) closed: bool,
    /// Whether it is still in the status in which referrals arrive.
    pub(crate) is_new: bool,
    /// The client.
    pub(crate) subject: Value,
    pub(crate) note: Option<String>,
    pub(crate) created_at: Option<DateTime<Utc>>,
    /// The number of the contact that it was made from, and when that was submitted.
    pub(crate) contact: Option<(String, Option<NaiveDate>)>,
    pub(crate) postal_code: Option<String>,
    pub(crate) assigned: Option<AssignedTo>,
}

/// Whom a referral was sent to. Codes are those of the resource and of its provider, where the actor sees them.
pub(crate) struct AssignedTo {
    pub(crate) resource: Option<String>,
    pub(crate) resource_name: String,
    pub(crate) provider: Option<(String, String)>,
    pub(crate) at: Option<DateTime<Utc>>,
}

impl AssignedTo {
    fn service(&self) -> Value {
        match &self.resource {
            Some(code) => named(ResourceType::HealthcareService, code, &self.resource_name),
            None => json!({ "type": "HealthcareService", "display": self.resource_name }),
        }
    }

    fn owner(&self) -> Value {
        match &self.provider {
            Some((code, name)) => named(ResourceType::Organization, code, name),
            None => self.service(),
        }
    }
}

/// A referral: what is asked for is the queue, since each queue is of one kind of need.
pub(crate) fn service_request(hub: &Hub, need: &Need) -> FhirResource {
    let contact = need.contact.as_ref().map(|(number, submitted)| {
        let of = submitted.map(|date| format!(" of {date}")).unwrap_or_default();
        json!({ "identifier": { "value": number }, "display": format!("Contact {number}{of}") })
    });
    let elements = json!({
        "identifier": [hub.identifier(&need.code)],
        "status": if need.closed { "completed" } else { "active" },
        "intent": "order",
        "category": [coded("http://snomed.info/sct", "3457005", "Patient referral")],
        "code": words(&need.queue),
        "subject": need.subject,
        "authoredOn": need.created_at.map(instant),
        "requester": named(ResourceType::Organization, HUB, &hub.name),
        "performer": [need.assigned.as_ref().map(AssignedTo::service)],
        "locationReference": [{ "display": need.postal_code }],
        "supportingInfo": [contact],
        "note": note(need.note.as_deref()),
    });
    FhirResource::new(ResourceType::ServiceRequest, &need.code, elements)
}

/// The Task of the resource that a referral was sent to, with the status of the queue in words; none of one that is nowhere.
/// `requested` is where referrals arrive, `completed` what is closed, `in-progress` all between (rule 8.4).
pub(crate) fn referral_task(hub: &Hub, need: &Need) -> Option<FhirResource> {
    let assigned = need.assigned.as_ref()?;
    let (system, code, display) = TASK_CODE;
    let elements = json!({
        "identifier": [hub.identifier(&need.code)],
        "status": match (need.closed, need.is_new) {
            (true, _) => "completed",
            (false, true) => "requested",
            (false, false) => "in-progress",
        },
        "businessStatus": words(&need.status),
        "intent": "order",
        "code": coded(system, code, display),
        "focus": bare(ResourceType::ServiceRequest, &need.code),
        "for": need.subject,
        "authoredOn": assigned.at.map(instant),
        "requester": named(ResourceType::Organization, HUB, &hub.name),
        "owner": assigned.owner(),
        "note": note(need.note.as_deref()),
    });
    Some(FhirResource::new(ResourceType::Task, &need.code, elements))
}

/// The visits of a referral, in the order of their starts.
pub(crate) fn care_plan(hub: &Hub, need: &Need, visits: &[(String, DateTime<Utc>)]) -> FhirResource {
    let activity =
        |(code, _): &(String, DateTime<Utc>)| json!({ "reference": bare(ResourceType::Appointment, code) });
    let start = visits.iter().map(|(_, start)| *start).min();
    let end = visits.iter().map(|(_, start)| *start).max();
    let elements = json!({
        "identifier": [hub.identifier(&need.code)],
        "status": if need.closed { "completed" } else { "active" },
        "intent": "plan",
        "title": format!("Visits of {}", need.code),
        "subject": need.subject,
        "period": { "start": start.map(|at| day(at.date_naive())), "end": end.map(|at| day(at.date_naive())) },
        "author": named(ResourceType::Organization, HUB, &hub.name),
        "supportingInfo": [bare(ResourceType::ServiceRequest, &need.code)],
        "activity": visits.iter().map(activity).collect::<Vec<_>>(),
    });
    FhirResource::new(ResourceType::CarePlan, &need.code, elements)
}

/// A visit, as much of it as the actor sees.
pub(crate) struct Appointment {
    pub(crate) code: String,
    /// The code of its referral.
    pub(crate) referral: String,
    pub(crate) start: DateTime<Utc>,
    pub(crate) minutes: i64,
    /// One of those of FHIR: `proposed`, `pending`, `booked`, `cancelled`.
    pub(crate) status: &'static str,
    /// The hub's own note.
    pub(crate) note: Option<String>,
    pub(crate) provider_note: Option<String>,
    /// The client; none where the actor does not see whose it is.
    pub(crate) patient: Option<Value>,
    /// The agency record of who comes: its code and its name.
    pub(crate) agency: Option<(String, String)>,
    /// Where it is, as much as a provider may know.
    pub(crate) area: Option<String>,
}

pub(crate) fn appointment(hub: &Hub, visit: &Appointment) -> FhirResource {
    let client = visit.patient.clone().unwrap_or_else(masked_patient);
    let agency = visit.agency.as_ref().map(|(code, name)| {
        json!({ "actor": named(ResourceType::HealthcareService, code, name), "status": if visit.status == "booked" { "accepted" } else { "needs-action" } })
    });
    let end = visit.start.checked_add_signed(TimeDelta::minutes(visit.minutes));
    let elements = json!({
        "identifier": [hub.identifier(&visit.code)],
        "status": visit.status,
        "description": visit.provider_note,
        "start": instant(visit.start),
        "end": end.map(instant),
        "minutesDuration": (visit.minutes > 0).then_some(visit.minutes),
        "comment": visit.note,
        "basedOn": [bare(ResourceType::ServiceRequest, &visit.referral)],
        "participant": [{ "actor": client, "status": "accepted" }, agency],
        "supportingInformation": [visit.area.as_ref().map(|area| json!({ "display": format!("Area {area}") }))],
    });
    FhirResource::new(ResourceType::Appointment, &visit.code, elements)
}
