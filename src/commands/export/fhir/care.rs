//! Referrals, whom they were sent to, and the visits.

use std::collections::{HashMap, HashSet};

use super::exporter::Exporter;
use crate::commands::export::pages::{PAGE, pages};
use crate::commands::prelude::*;
use crate::context::ContactLook;
use crate::interchange::fhir::write::{
    Appointment, AssignedTo, Need, ResourceType, appointment, care_plan, known_patient, named_patient,
    referral_task, service_request,
};
use crate::model::held_visit::HeldVisit;
use crate::model::package::PackageStatus;
use crate::store::held_visit;

pub(super) fn write(tx: &mut Tx<'_>, exporter: &mut Exporter<'_>) -> Result<()> {
    let kinds = [ResourceType::ServiceRequest, ResourceType::Task, ResourceType::CarePlan];
    if exporter.wants(&kinds) {
        write_referrals(tx, exporter)?;
    }
    if !exporter.wants(&[ResourceType::Appointment]) {
        return Ok(());
    }
    match exporter.visibility() {
        Visibility::Staff => write_visits(tx, exporter),
        Visibility::Portal(_) => write_held(tx, exporter),
    }
}

/// The status in which the referrals of each queue arrive.
fn first_statuses(tx: &mut Tx<'_>) -> Result<HashSet<StatusId>> {
    let queues = store::queue::list(tx, &store::queue::Filter::default(), Visibility::INTERNAL, i64::MAX)?;
    let first = |queue: &Queue| queue.statuses.iter().find(|status| !status.retired).map(|status| status.id);
    Ok(queues.iter().filter_map(first).collect())
}

fn write_referrals(tx: &mut Tx<'_>, exporter: &mut Exporter<'_>) -> Result<()> {
    let visibility = exporter.visibility();
    let first = first_statuses(tx)?;
    let page = |tx: &mut Tx<'_>, after: Option<&Referral>, limit| {
        let after = after.map(|referral| referral.id);
        store::referral::list(tx, &store::referral::Filter { after, ..Default::default() }, visibility, limit)
    };
    pages(tx, PAGE, page, |tx, referrals| {
        let mut visits = visits_of(tx, exporter, referrals)?;
        let codes = referrals.iter().flat_map(|one| {
            std::iter::once(one.code.clone())
                .chain(one.contact.as_ref().map(|contact| contact.number.clone()))
        });
        let codes = codes.chain(visits.values().flatten().map(|(code, _)| code.clone()));
        let changes = exporter.changes(tx, codes.collect())?;
        for referral in referrals {
            let need = need(exporter, referral, first.contains(&referral.status_id));
            let contact = need.contact.as_ref().map(|(number, _)| number.as_str());
            let updated = changes.of(std::iter::once(need.code.as_str()).chain(contact));
            exporter.put(service_request(&exporter.hub, &need), updated)?;
            if let Some(task) = referral_task(&exporter.hub, &need) {
                exporter.put(task, updated)?;
            }
            if let Some(visits) = visits.remove(&referral.id) {
                let moved = changes.of(visits.iter().map(|(code, _)| code.as_str()));
                exporter.put(care_plan(&exporter.hub, &need, &visits), updated.max(moved))?;
            }
        }
        Ok(())
    })
}

type Starts = Vec<(String, DateTime<Utc>)>;

/// For staff; a provider sees its own visits alone, by which no plan can be made.
fn visits_of(
    tx: &mut Tx<'_>, exporter: &Exporter<'_>, referrals: &[Referral],
) -> Result<HashMap<ReferralId, Starts>> {
    let mut visits: HashMap<ReferralId, Starts> = HashMap::new();
    if !exporter.is_of_portal() && exporter.wants(&[ResourceType::CarePlan]) {
        let ids: Vec<ReferralId> = referrals.iter().map(|referral| referral.id).collect();
        for (referral, code, start) in store::visit::starts(tx, &ids)? {
            visits.entry(referral).or_default().push((code, start));
        }
    }
    Ok(visits)
}

/// As much as the actor sees of it (rule 2.7).
fn need(exporter: &Exporter<'_>, referral: &Referral, is_new: bool) -> Need {
    let account = &exporter.context.actor.account;
    if !exporter.is_of_portal() {
        return of_staff(referral, is_new);
    }
    if account.permissions.contains(&Permission::AccessContactDetails) {
        let view = referral.details_for_portal();
        let to = |name| AssignedTo {
            resource: view.resource.clone(),
            resource_name: name,
            provider: None,
            at: None,
        };
        return Need {
            subject: known_patient(&view.client, &view.client_name),
            assigned: view.resource_name.clone().map(to),
            ..of_portal(referral, is_new)
        };
    }
    of_portal(referral, is_new)
}

fn of_staff(referral: &Referral, is_new: bool) -> Need {
    let contact = referral.contact.as_ref();
    let to = |at: &crate::model::referral::Assigned| AssignedTo {
        resource: Some(at.code.clone()),
        resource_name: at.name.clone(),
        provider: Some((at.provider.clone(), at.provider_name.clone())),
        at: Some(at.at),
    };
    Need {
        code: referral.code.clone(),
        queue: referral.queue.clone(),
        status: referral.status.clone(),
        closed: referral.closed,
        is_new,
        subject: known_patient(&referral.client, &referral.client_name),
        note: referral.note.clone(),
        created_at: Some(referral.created_at),
        contact: contact.map(|contact| (contact.number.clone(), Some(contact.submitted_on))),
        postal_code: referral.client_postal_code.clone(),
        assigned: referral.assigned.as_ref().map(to),
    }
}

/// The code and the eight fields.
fn of_portal(referral: &Referral, is_new: bool) -> Need {
    let view = referral.view_for_portal();
    let to = |name| AssignedTo { resource: None, resource_name: name, provider: None, at: None };
    Need {
        subject: named_patient(&view.contact_name),
        contact: view.contact_number.map(|number| (number, view.contact_date)),
        code: view.code,
        queue: view.queue,
        status: view.status,
        closed: referral.closed,
        is_new,
        note: view.note,
        created_at: None,
        postal_code: view.postal_code,
        assigned: view.resource.map(to),
    }
}

fn write_visits(tx: &mut Tx<'_>, exporter: &mut Exporter<'_>) -> Result<()> {
    let visibility = exporter.visibility();
    let page = |tx: &mut Tx<'_>, after: Option<&Visit>, limit| {
        store::visit::list(tx, &store::visit::Filter { after, ..Default::default() }, visibility, limit)
    };
    pages(tx, PAGE, page, |tx, visits| {
        let subjects = exporter.subjects(tx, visits.iter().map(|visit| visit.referral.clone()).collect())?;
        let packages = visits.iter().filter_map(|visit| Some(visit.outsourced.as_ref()?.package.clone()));
        let codes = visits.iter().map(|visit| visit.code.clone()).chain(packages);
        let changes = exporter.changes(tx, codes.collect())?;
        for visit in visits {
            let package = visit.outsourced.as_ref().map(|outsourced| outsourced.package.as_str());
            let updated = changes.of(std::iter::once(visit.code.as_str()).chain(package));
            let agency = visit.outsourced.as_ref().and_then(|outsourced| outsourced.accepted_by.as_ref());
            let one = Appointment {
                code: visit.code.clone(),
                referral: visit.referral.clone(),
                start: visit.start,
                minutes: visit.minutes,
                status: status(visit),
                note: visit.note.clone(),
                provider_note: visit.provider_note.clone(),
                patient: subjects.get(&visit.referral).cloned(),
                agency: agency.and_then(|code| exporter.agencies.get(code).cloned()),
                area: None,
            };
            exporter.put(appointment(&exporter.hub, &one), updated)?;
        }
        Ok(())
    })
}

/// A visit that is in no package is only proposed.
fn status(visit: &Visit) -> &'static str {
    match visit.outsourced.as_ref().map(|outsourced| outsourced.status) {
        _ if visit.is_cancelled() => "cancelled",
        Some(PackageStatus::Accepted) => "booked",
        Some(PackageStatus::Pending) => "pending",
        _ => "proposed",
    }
}

/// The visits that a provider has. Each that shows whose it is, is a look.
fn write_held(tx: &mut Tx<'_>, exporter: &mut Exporter<'_>) -> Result<()> {
    let viewer = exporter.context.visit_viewer(tx)?;
    let page = |tx: &mut Tx<'_>, after: Option<&HeldVisit>, limit| {
        held_visit::list(tx, &held_visit::Filter { after, ..Default::default() }, viewer, limit)
    };
    pages(tx, PAGE, page, |_tx, visits| {
        for visit in visits {
            let call = &visit.call;
            let view = visit.view();
            let client = visit.client.as_ref();
            let one = Appointment {
                code: call.code.clone(),
                referral: visit.referral.clone(),
                start: call.start,
                minutes: call.duration_minutes,
                status: if visit.is_cancelled() { "cancelled" } else { "booked" },
                note: None,
                provider_note: call.provider_note.clone(),
                patient: client.map(|client| known_patient(&client.code, &client.name)),
                agency: exporter.agencies.get(&call.provider).cloned(),
                area: view.area,
            };
            exporter.looks.extend(ContactLook::at(visit));
            exporter.put(appointment(&exporter.hub, &one), None)?;
        }
        Ok(())
    })
}
