//! `package show`: a package with its visits, the answers to it, and for a provider how much it has beside it.

use super::{view, whose};
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

/// Whose it is, and what is seen of that.
fn client(
    context: &Context, tx: &mut Tx<'_>, package: &Package,
) -> Result<(Option<Client>, Vec<ContactLook>)> {
    let (client, looks) = whose(context, tx, package)?;
    let is_look = !looks.is_empty() && context.shows_any::<PackageCard>(&CONTACT_FIELDS)?;
    Ok((client, if is_look { looks } else { Vec::new() }))
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
