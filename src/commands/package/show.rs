//! `package show`: a package with its visits, the answers to it, and for a provider how much it has beside it.

use super::view;
use crate::commands::prelude::*;
use crate::model::package::{PackageCard, PackageView, PackageWeek, Workload};

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    let card = context.read(|tx| {
        let found = store::lookup::<Package>(tx, reference, context.visibility())?;
        let package = view(context, &found);
        let weeks = weeks(context, tx, &found, &package)?;
        Ok(PackageCard { package, weeks })
    })?;
    context.out.show(&card, || Some(output::package::card(&card, &context.out)))
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
