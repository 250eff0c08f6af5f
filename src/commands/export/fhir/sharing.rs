//! What clients have agreed to: sharing requests and releases.

use super::exporter::Exporter;
use crate::commands::export::pages::{PAGE, pages};
use crate::commands::prelude::*;
use crate::interchange::fhir::write::{
    ResourceType, document_reference, known_patient, of_release, of_request,
};
use crate::model::sharing::{Request, Status};

pub(super) fn write(tx: &mut Tx<'_>, exporter: &mut Exporter<'_>) -> Result<()> {
    if exporter.wants(&[ResourceType::DocumentReference, ResourceType::Consent]) {
        write_releases(tx, exporter)?;
    }
    if exporter.wants(&[ResourceType::Consent]) {
        write_requests(tx, exporter)?;
    }
    Ok(())
}

/// The first instant after a last day, if that has come.
fn over(context: &Context, last: Option<NaiveDate>) -> Option<DateTime<Utc>> {
    let next = last?.succ_opt().filter(|next| *next <= context.today)?;
    time::start_of(next, context.zone).ok()
}

fn write_releases(tx: &mut Tx<'_>, exporter: &mut Exporter<'_>) -> Result<()> {
    let (visibility, context) = (exporter.visibility(), exporter.context);
    let page = |tx: &mut Tx<'_>, after: Option<&Release>, limit| {
        let after = after.map(|release| release.id);
        store::release::list(tx, &store::release::Filter { after, ..Default::default() }, visibility, limit)
    };
    pages(tx, PAGE, page, |tx, releases| {
        let changes = exporter.changes(tx, releases.iter().map(|one| one.code.clone()).collect())?;
        for release in releases {
            let view = release.view(context.today);
            let patient = known_patient(&view.client, &view.client_name);
            let updated = changes.of([view.code.as_str()]);
            exporter.put(document_reference(&exporter.hub, &view, &patient), updated)?;
            let ended = over(context, view.expires_on).filter(|_| updated.is_some());
            exporter.put(of_release(&exporter.hub, &view, &patient), updated.max(ended))?;
        }
        Ok(())
    })
}

fn write_requests(tx: &mut Tx<'_>, exporter: &mut Exporter<'_>) -> Result<()> {
    let (visibility, context) = (exporter.visibility(), exporter.context);
    let page = |tx: &mut Tx<'_>, after: Option<&Request>, limit| {
        let after = after.map(|request| request.id);
        let filter = store::sharing::Filter { after, today: context.today, ..Default::default() };
        store::sharing::requests(tx, &filter, visibility, limit)
    };
    pages(tx, PAGE, page, |tx, requests| {
        let changes = exporter.changes(tx, requests.iter().map(|one| one.code.clone()).collect())?;
        for request in requests {
            let view = request.view(context.today);
            let patient = known_patient(&view.client, view.client_name.as_deref().unwrap_or_default());
            let ended = match view.status {
                Status::Expired => over(context, view.expires_on),
                Status::Unanswered => over(context, view.lapses_on),
                _ => None,
            };
            let updated = changes.of([view.code.as_str()]);
            let updated = updated.max(ended.filter(|_| updated.is_some()));
            exporter.put(of_request(&exporter.hub, &view, &patient), updated)?;
        }
        Ok(())
    })
}
