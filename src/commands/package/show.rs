//! `package show`: a package with its visits, the answers to it, and for a provider how much it has beside it.

use super::view;
use crate::commands::prelude::*;
use crate::context::ContactLook;
use crate::model::package::{PackageCard, PackageView, PackageWeek, Workload};

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    let card = context.read_contacts("package.read", "package show", |tx| {
        let found = store::lookup::<Package>(tx, reference, context.visibility())?;
        let package = view(context, &found);
        let weeks = weeks(context, tx, &found, &package)?;
        let (client, looks) = client(context, tx, &found)?;
        Ok((PackageCard::new(package, client, weeks), looks))
    })?;
    context.show_with_logins(&card, || Some(output::package::card(&card, &context.out)))
}

const CONTACT_FIELDS: [&str; 6] = ["client", "client_name", "address", "postal_code", "phones", "carer_note"];

/// Whose it is: for a provider once it has accepted this package, as long as a visit of the client shows that (rule 1.12).
fn client(
    context: &Context, tx: &mut Tx<'_>, package: &Package,
) -> Result<(Option<Client>, Vec<ContactLook>)> {
    if context.actor.is_portal() && package.accepted_by().is_none() {
        return Ok((None, Vec::new()));
    }
    let client = store::referral::by_id(tx, package.referral_id)?.client_id;
    let client = store::by_id::<Client>(tx, client, Visibility::INTERNAL)?;
    let (Some(account), Some(known)) = (context.visibility().account(), &client) else {
        return Ok((client, Vec::new()));
    };
    let is_look = context.shows_any::<PackageCard>(&CONTACT_FIELDS)?;
    let since = context.contacts_since(tx)?;
    let grounds = store::client::grounds(tx, account, &[known.id], since)?;
    if grounds.is_empty() {
        return Ok((None, Vec::new()));
    }
    let look = |ground| ContactLook::of(&known.code, ground);
    let looks = grounds.into_iter().filter(|_| is_look).map(look).collect();
    Ok((client, looks))
}

/// A provider sees what it has in the same weeks (rule 1.12).
fn weeks(
    context: &Context, tx: &mut Tx<'_>, package: &Package, view: &PackageView,
) -> Result<Vec<PackageWeek>> {
    let range = view.weeks_range(context.zone);
    let (Some((from, to)), true) = (range, context.actor.is_portal()) else {
        return Ok(view.by_week(None, context.zone));
    };
    let midnight = |day| time::start_of(day, context.zone).map_err(|why| Error::invalid("package.week", why));
    let mut weeks = Vec::new();
    for offer in &package.offers {
        let held = store::package::held(tx, offer.provider_id, package.id, midnight(from)?, midnight(to)?)?;
        weeks.extend(view.by_week(Some(&Workload { offer, held }), context.zone));
    }
    Ok(weeks)
}
