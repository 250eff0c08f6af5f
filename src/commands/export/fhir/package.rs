//! Packages, and what each provider was asked.

use super::exporter::Exporter;
use crate::commands::export::pages::{PAGE, pages};
use crate::commands::prelude::*;
use crate::interchange::fhir::write::{Appointment, ResourceType, appointment, offer_task, package_task};
use crate::model::package::{OfferLine, OfferStatus, PackageStatus, PackageView};

pub(super) fn write(tx: &mut Tx<'_>, exporter: &mut Exporter<'_>) -> Result<()> {
    if exporter.wants(&[ResourceType::Task, ResourceType::Appointment]) {
        write_packages(tx, exporter)?;
    }
    if exporter.wants(&[ResourceType::Task]) {
        write_offers(tx, exporter)?;
    }
    Ok(())
}

fn write_packages(tx: &mut Tx<'_>, exporter: &mut Exporter<'_>) -> Result<()> {
    let visibility = exporter.visibility();
    let page = |tx: &mut Tx<'_>, after: Option<&Package>, limit| {
        let after = after.map(|package| package.id);
        store::package::list(tx, &store::package::Filter { after, ..Default::default() }, visibility, limit)
    };
    pages(tx, PAGE, page, |tx, packages| {
        let subjects = exporter.subjects(tx, packages.iter().map(|one| one.referral.clone()).collect())?;
        let changes = exporter.changes(tx, packages.iter().map(|one| one.code.clone()).collect())?;
        for package in packages {
            let lapsed = package.offers.iter().filter(|offer| offer.status == OfferStatus::Lapsed);
            let lapsed = lapsed.filter_map(|offer| offer.lapses_at).max();
            let updated =
                changes.of([package.code.as_str()]).map(|at| lapsed.map_or(at, |lapsed| lapsed.max(at)));
            let view = if exporter.is_of_portal() { package.view_for_provider() } else { package.view() };
            // Before the package that refers to them.
            if exporter.is_of_portal() && view.status == PackageStatus::Pending {
                write_offered(exporter, &view)?;
            }
            let patient = subjects.get(&package.referral).cloned();
            exporter.put(package_task(&exporter.hub, &view, patient), updated)?;
        }
        Ok(())
    })
}

/// The visits that a provider is asked for, as they were offered; whose they are it does not learn.
fn write_offered(exporter: &mut Exporter<'_>, package: &PackageView) -> Result<()> {
    let own = package.offers.first().and_then(|offer| exporter.agencies.get(&offer.provider).cloned());
    for visit in &package.visits {
        let one = Appointment {
            code: visit.code.clone(),
            referral: package.referral.clone(),
            start: visit.start,
            minutes: visit.duration_minutes,
            status: "pending",
            note: None,
            provider_note: visit.provider_note.clone(),
            patient: None,
            agency: own.clone(),
            area: package.area.clone(),
        };
        exporter.put(appointment(&exporter.hub, &one), None)?;
    }
    Ok(())
}

fn write_offers(tx: &mut Tx<'_>, exporter: &mut Exporter<'_>) -> Result<()> {
    let visibility = exporter.visibility();
    let now = exporter.context.now();
    let page = |tx: &mut Tx<'_>, after: Option<&OfferLine>, limit| {
        let after = after.map(|offer| offer.id);
        store::offer::list(tx, &store::offer::Filter { after, ..Default::default() }, visibility, limit)
    };
    pages(tx, PAGE, page, |tx, offers| {
        let subjects = exporter.subjects(tx, offers.iter().map(|one| one.referral.clone()).collect())?;
        let changes = exporter.changes(tx, offers.iter().map(|one| one.package.clone()).collect())?;
        for offer in offers {
            // What opens or lapses by the clock has no entry of its own.
            let timed = [offer.opens_at, offer.lapses_at].into_iter().flatten().filter(|at| *at <= now).max();
            let is_timed = matches!(offer.status, OfferStatus::Pending | OfferStatus::Lapsed);
            let updated = changes.of([offer.package.as_str()]);
            let updated = updated.max(timed.filter(|_| is_timed && updated.is_some()));
            let shown = if exporter.is_of_portal() { offer.clone().for_provider() } else { offer.clone() };
            let patient = subjects.get(&offer.referral).cloned();
            exporter.put(offer_task(&exporter.hub, &shown, patient), updated)?;
        }
        Ok(())
    })
}
