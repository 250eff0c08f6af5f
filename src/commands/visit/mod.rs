//! `visit`: planned visits of a referral.

mod add;
mod cancel;
mod edit;
mod import;
mod list;
mod restore;

use std::collections::BTreeSet;

use crate::commands::prelude::*;
use crate::context::Audience;
use crate::model::alert::{AlertKind, Alerted};
use crate::model::held_visit::HeldVisitView;
use crate::model::import::Summary;
use crate::model::package::PackageStatus;
use crate::model::visit;
use crate::model::visit::VisitView;

verbs! {
    Visit: lists VisitView, lists HeldVisitView, shows VisitView, changes VisitView, imports Summary, rows VisitView;

    /// Plan a visit, or the same visit every week
    Add(add::Add) => add::run,
    /// Change the start, duration or note of a visit
    Edit(edit::Edit) => edit::run,
    /// Cancel visits; they stay in the history
    Cancel {
        /// Codes (or the beginnings of them)
        #[arg(required = true, value_name = "VISIT")]
        visits: Vec<Reference>,
    } => cancel::run,
    /// Plan a cancelled visit again, as it was
    Restore(restore::Restore) => restore::run,
    /// List visits by time: of a referral, of the hub, or those that a provider has
    #[command(arg = at())]
    List(list::List) => list::run,
    /// Import visits from a table or a home-care instance; repeating an import changes nothing
    Import(import::Import) => import::run,
}

fn local(context: &Context, visit: &visit::Visit) -> String {
    visit.start.with_timezone(&context.zone).format("%a %-d %B %Y at %H:%M").to_string()
}

/// Whether who has accepted a visit is to know of a change of it: another time or duration, another note for providers, an end.
fn concerns_provider(before: &visit::Visit, after: &visit::Visit) -> bool {
    let known =
        |visit: &visit::Visit| (visit.start, visit.minutes, visit.provider_note.clone(), visit.status);
    known(before) != known(after)
}

/// The providers that have accepted the packages of visits that were changed so, one alert for each package (rule 2.11). Where none
/// has accepted, providers see what was offered.
fn alert_changed<'a>(
    context: &Context, tx: &mut Tx<'_>, visits: impl IntoIterator<Item = &'a visit::Visit>,
) -> Result<Option<Alerted>> {
    let offered = visits.into_iter().filter_map(|visit| visit.outsourced.as_ref());
    let accepted = offered.filter(|offered| offered.status == PackageStatus::Accepted);
    let packages: BTreeSet<&str> = accepted.map(|offered| offered.package.as_str()).collect();
    let mut alerted: Option<Alerted> = None;
    for package in packages {
        let reference: Reference = package.parse().map_err(Error::internal)?;
        let package = store::lookup::<Package>(tx, &reference, Visibility::INTERNAL)?;
        let Some(offer) = package.accepted_by() else { continue };
        let more = context.alert(tx, AlertKind::CallsChanged, Audience::Provider(&package, offer))?;
        alerted = Some(alerted.unwrap_or_default().and(more));
    }
    Ok(alerted)
}
