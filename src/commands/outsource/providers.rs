//! `outsource add-provider` and `remove-provider`: who is asked, until a provider has accepted (rule 1.4).

use super::create::requests;
use super::names;
use crate::commands::prelude::*;
use crate::model::package::{self, PackageStatus};

#[derive(Args)]
pub(super) struct Providers {
    /// Code or reference (or the beginning of either)
    package: Reference,
    /// Code or name (or the beginning of either)
    #[arg(required = true, value_name = "PROVIDER")]
    providers: Vec<Reference>,
}

#[derive(Args)]
pub(super) struct AddProvider {
    #[command(flatten)]
    providers: Providers,
    #[command(flatten)]
    even_so: EvenSo,
}

pub(super) fn add(context: &Context, command: &AddProvider) -> Result<()> {
    amend(context, &command.providers, "outsource.add-provider", |tx, package, providers| {
        let new = package::may_add(package, providers)?;
        if new.is_empty() {
            let why = format!("package {} is offered to {} already", package.named(), names(package));
            return Ok(Some(why));
        }
        // A package that all have rejected does not keep its referral open, and must not come back to life on a closed one.
        let referral = store::referral::by_id(tx, package.referral_id)?;
        referral.must_be_open()?;
        command.even_so.must_live(tx, referral.client_id)?;
        let requests = requests(context, new.iter().copied());
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
            store::package::remove_offer(tx, offer.id, context.now())?;
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
        let after = store::package::whole(tx, &before)?;
        let status = PackageStatus::of(&after.offers);
        store::package::amend(tx, after.id, context.now(), context.actor.account.id, status)?;
        if status != before.status {
            store::package::touch_visits(tx, after.id)?;
        }
        let after = store::package::whole(tx, &after)?;
        let sentence =
            format!("Changed package {}: offered to {}; it is {status}.", after.named(), names(&after));
        Ok(Change::of(before.view(), after.view()).saying(sentence))
    })
}
