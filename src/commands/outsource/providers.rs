//! `outsource add-provider` and `remove-provider`: who is asked, until a provider has accepted (rule 1.4).

use super::create::requests;
use super::names;
use super::waves::Timing;
use crate::commands::prelude::*;
use crate::model::alert::{AlertKind, Alerted};
use crate::model::package::{self, Ask, Offer, OfferStatus};

#[derive(Args)]
pub(super) struct Providers {
    /// Code or reference (or the beginning of either)
    package: Reference,
    /// Code or name (or the beginning of either)
    #[arg(required = true, value_name = "PROVIDER")]
    providers: Vec<Reference>,
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk outsource add-provider PKG-7K3M9Q willow rosa \\
      --answer-by \"tomorrow 12:00\"

Without `--answer-by` the time to answer by is that of the others, if it is still to come.")]
pub(super) struct AddProvider {
    #[command(flatten)]
    providers: Providers,
    #[command(flatten)]
    timing: Timing,
    #[command(flatten)]
    even_so: EvenSo,
}

pub(super) fn add(context: &Context, command: &AddProvider) -> Result<()> {
    amend(context, &command.providers, "outsource.add-provider", |tx, package, providers| {
        let first = providers.iter().cloned().map(Ask::at_once).collect();
        let asks = command.timing.plan(context, tx, first, package.lapses_at)?;
        let new = package::may_add(package, asks, context.now())?;
        if new.is_empty() {
            let names = names(context, package);
            let why = format!("package {} is offered to {names} already", package.named());
            return Ok(Some(why));
        }
        // A package that all have rejected does not keep its referral open, and must not come back to life on a closed one.
        let referral = store::referral::by_id(tx, package.referral_id)?;
        referral.must_be_open()?;
        command.even_so.must_live(tx, referral.client_id)?;
        let requests = requests(context, &new);
        store::package::insert_offers(tx, package.id, &requests, context.actor.account.id, context.now())?;
        Ok(None)
    })
}

pub(super) fn remove(context: &Context, command: &Providers) -> Result<()> {
    amend(context, command, "outsource.remove-provider", |tx, package, providers| {
        let offers = package::may_remove(package, providers)?;
        if offers.is_empty() {
            let named: Vec<&str> = providers.iter().map(|provider| provider.name.as_str()).collect();
            let why = format!("package {} is not offered to {}", package.named(), named.join(", "));
            return Ok(Some(why));
        }
        for offer in offers {
            store::package::remove_offer(tx, offer.id, context.now(), context.actor.account.id)?;
        }
        Ok(None)
    })
}

/// `change` says why there was nothing to do.
fn amend(
    context: &Context, command: &Providers, action: &'static str,
    change: impl Fn(&mut Tx<'_>, &Package, &[Provider]) -> Result<Option<String>>,
) -> Result<()> {
    context.change(action, Action::ChangePackages, |tx| {
        let before = store::lookup::<Package>(tx, &command.package, context.visibility())?;
        let providers = store::lookup_many::<Provider>(tx, &command.providers, context.visibility())?;
        if let Some(why) = change(tx, &before, &providers)? {
            return Ok(Change::unchanged(before.view()).already(why));
        }
        store::package::amend(tx, before.id, context.now(), context.actor.account.id)?;
        let after = store::package::whole(tx, &before)?.settled();
        store::package::settle(tx, &after)?;
        if after.status != before.status {
            store::package::touch_visits(tx, after.id)?;
        }
        let (names, status) = (names(context, &after), after.status);
        let sentence = format!("Changed package {}: offered to {names}; it is {status}.", after.named());
        let alerted = alert(context, tx, &before, &after)?;
        Ok(Change::of(before.view(), after.view()).saying(sentence).alerting(&alerted))
    })
}

/// Those that are asked now and were not before, and the reverse.
fn alert(context: &Context, tx: &mut Tx<'_>, before: &Package, after: &Package) -> Result<Alerted> {
    let is_open = |offer: &&Offer| offer.status == OfferStatus::Pending;
    let is_new = |offer: &&Offer| before.offers.iter().all(|other| other.id != offer.id);
    let is_gone = |offer: &&Offer| after.offers.iter().all(|other| other.id != offer.id);
    let new = after.offers.iter().filter(is_open).filter(is_new);
    let gone = before.offers.iter().filter(is_open).filter(is_gone);
    let alerted = context.alert_providers(tx, AlertKind::Offered, after, new)?;
    Ok(alerted.and(context.alert_recalled(tx, after, gone)?))
}
