//! Who did what, and who has seen what, for who may read that.

use super::exporter::Exporter;
use crate::commands::export::pages::{PAGE, pages};
use crate::commands::prelude::*;
use crate::interchange::fhir::write::{ResourceType, disclosure_event, provenance, trail_event};
use crate::model::audit::Link;
use crate::model::disclosure::DisclosureView;
use crate::model::operation::{Verdict, verdict};

pub(super) fn write(tx: &mut Tx<'_>, exporter: &mut Exporter<'_>) -> Result<()> {
    if !exporter.wants(&[ResourceType::AuditEvent, ResourceType::Provenance]) {
        return Ok(());
    }
    if exporter.context.has_right(Action::ReadAudit) {
        write_trail(tx, exporter)?;
    } else if !exporter.context.actor.is_portal() {
        exporter.context.out.note("without AuditEvent and Provenance: the audit trail is for an account of level supervisor or above");
    }
    if exporter.context.has_right(Action::ReadDisclosures) && exporter.wants(&[ResourceType::AuditEvent]) {
        write_disclosures(tx, exporter)?;
    }
    Ok(())
}

/// The oldest first, up to the instant that is shown.
fn write_trail(tx: &mut Tx<'_>, exporter: &mut Exporter<'_>) -> Result<()> {
    let now = exporter.context.now();
    let page = |tx: &mut Tx<'_>, after: Option<&Link>, limit| {
        let after = after.map_or(0, |link| link.sequence);
        store::audit::following(tx, after, &store::audit::Filter::default(), limit)
    };
    pages(tx, PAGE, page, |_tx, links| {
        for link in links.iter().filter(|link| link.entry.at <= now) {
            let is_look = verdict(&link.entry.action) == Verdict::Look;
            let at = Some(link.entry.at);
            exporter.put(trail_event(&exporter.hub, link, is_look), at)?;
            if let Some(provenance) = provenance(link, is_look) {
                exporter.put(provenance, at)?;
            }
        }
        Ok(())
    })
}

fn write_disclosures(tx: &mut Tx<'_>, exporter: &mut Exporter<'_>) -> Result<()> {
    let page = |tx: &mut Tx<'_>, after: Option<&DisclosureView>, limit| {
        let filter = store::disclosure::Filter { after: after.map(|line| line.id), ..Default::default() };
        store::disclosure::list(tx, &filter, limit)
    };
    pages(tx, PAGE, page, |_tx, lines| {
        for line in lines {
            exporter.put(disclosure_event(&exporter.hub, line), Some(line.at))?;
        }
        Ok(())
    })
}
