//! `package history`: what became of a package, step by step.

use crate::commands::prelude::*;
use crate::model::history::HistoryLine;
use crate::model::package::{PackageStep, history, with_trail};
use crate::store::audit;

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    let visibility = context.visibility();
    context.list::<PackageStep>("no steps", |tx, list| {
        let package = store::lookup::<Package>(tx, reference, visibility)?;
        let offers = store::package::steps(tx, package.id, visibility)?;
        let mut steps = history(&package, &offers, context.actor.is_portal(), context.now());
        if !context.actor.is_portal() {
            steps = with_trail(steps, &package, &trail(tx, &package)?);
        }
        for step in steps.into_iter().filter(|step| context.had_happened(step.at)) {
            let step = if context.out.is_drawing() { step.in_zone(context.zone) } else { step };
            if !list.row(&step)? {
                break;
            }
        }
        Ok(())
    })
}

/// What the audit trail holds of the package and its visits.
fn trail(tx: &mut Tx<'_>, package: &Package) -> Result<Vec<HistoryLine>> {
    let visits = package.visits.iter().map(|visit| visit.code.clone());
    let subjects: Vec<String> = std::iter::once(package.code.clone()).chain(visits).collect();
    Ok(audit::on_subjects(tx, &subjects)?.iter().flat_map(HistoryLine::of).collect())
}
