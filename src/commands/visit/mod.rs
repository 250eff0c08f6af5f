//! `visit`: planned visits of a referral.

mod add;
mod cancel;
mod edit;
mod import;
mod list;

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
    /// List visits by time: of a referral, of the hub, or those that a provider has
    List(list::List) => list::run,
    /// Import visits from a table or a home-care instance; repeating an import changes nothing
    Import(import::Import) => import::run,
}

fn local(context: &Context, visit: &visit::Visit) -> String {
    visit.start.with_timezone(&context.zone).format("%a %-d %B %Y at %H:%M").to_string()
}

/// The provider that has accepted the package of a visit whose time was changed, or that was cancelled (rule 2.11). Where none has,
/// providers see what was offered.
fn alert_changed(context: &Context, tx: &mut Tx<'_>, visit: &visit::Visit) -> Result<Option<Alerted>> {
    let accepted = visit.outsourced.as_ref().filter(|offered| offered.status == PackageStatus::Accepted);
    let Some(offered) = accepted else { return Ok(None) };
    let reference: Reference = offered.package.parse().map_err(Error::internal)?;
    let package = store::lookup::<Package>(tx, &reference, Visibility::INTERNAL)?;
    let Some(offer) = package.accepted_by() else { return Ok(None) };
    context.alert(tx, AlertKind::CallsChanged, Audience::Provider(&package, offer)).map(Some)
}
