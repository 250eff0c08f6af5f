//! `outsource delete`: recall packages (rule 1.8).

use super::{accepted, question};
use crate::commands::prelude::*;
use crate::context::Question;
use crate::model::alert::Alerted;
use crate::model::package::{self, Offer, OfferStatus, PackageView};

pub(super) fn run(context: &Context, references: &[Reference]) -> Result<()> {
    context.change("outsource.delete", Action::ChangePackages, |tx| {
        let packages = store::lookup_many::<Package>(tx, references, context.visibility())?;
        let deleted = packages.iter().map(|before| deleted(context, tx, before));
        Ok(Change::all(deleted.collect::<Result<Vec<_>>>()?))
    })
}

fn deleted(context: &Context, tx: &mut Tx<'_>, before: &Package) -> Result<Change<PackageView>> {
    if before.is_recalled() {
        let why = format!("package {} was recalled before", before.named());
        return Ok(Change::unchanged(before.view()).already(why));
    }
    let after = recall(context, tx, before)?;
    let alerted = alert_recalled(context, tx, before)?;
    let question = question(before, "Are you sure you want to delete this outsourced package?");
    let question = Question::new(question).of("delete", "outsourced packages", &before.reference);
    let question = question.after(accepted(before));
    let change = Change::recalled(before.view(), after.view()).saying(sentence(before, &after));
    Ok(change.asking(Some(question)).alerting(&alerted))
}

/// The package vanishes from the providers' lists, and its visits are free again.
pub(super) fn recall(context: &Context, tx: &mut Tx<'_>, before: &Package) -> Result<Package> {
    package::may_recall(before)?;
    store::package::touch_visits(tx, before.id)?;
    store::package::recall(tx, before.id, context.now(), context.actor.account.id)?;
    store::package::recall_offers(tx, before.id, context.now())?;
    store::package::free_visits(tx, before.id)?;
    store::package::whole(tx, before)
}

/// The providers that were asked or had accepted.
pub(super) fn alert_recalled(context: &Context, tx: &mut Tx<'_>, before: &Package) -> Result<Alerted> {
    let is_open = |offer: &&Offer| matches!(offer.status, OfferStatus::Pending | OfferStatus::Accepted);
    context.alert_recalled(tx, before, before.offers.iter().filter(is_open))
}

fn sentence(before: &Package, package: &Package) -> String {
    if before.handed_back_by().is_some() {
        return format!("Recalled package {}, which had been handed back.", package.named());
    }
    let had_accepted = match package.accepted_by() {
        Some(offer) => format!(" `{}` had accepted it; let them know.", offer.provider_name),
        None => String::new(),
    };
    let visits = counted(package.visits.len(), "visit is", "visits are");
    format!("Recalled package {}; {visits} free again.{had_accepted}", package.named())
}
