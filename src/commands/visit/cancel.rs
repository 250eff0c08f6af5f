//! `visit cancel`: cancelled visits stay in the history.

use super::alert_changed;
use crate::commands::prelude::*;
use crate::model::visit::{VisitStatus, VisitView};
use crate::output::Outcome;

pub(super) fn run(context: &Context, visits: &[Reference]) -> Result<()> {
    context.change("visit.cancel", Action::ChangeVisits, |tx| {
        let done = visits.iter().map(|reference| cancelled(context, tx, reference));
        let done = done.collect::<Result<Vec<_>>>()?;
        let changed = done.iter().filter(|(_, change)| change.outcome() != Outcome::Unchanged);
        let codes: Vec<&str> = changed.clone().map(|(visit, _)| visit.code.as_str()).collect();
        let visits = if codes.len() == 1 { "visit" } else { "visits" };
        let sentence = format!("Cancelled {visits} {}.", codes.join(", "));
        let alerted = alert_changed(context, tx, changed.map(|(visit, _)| visit))?;
        let change = Change::all(done.into_iter().map(|(_, change)| change));
        Ok(change.saying(sentence).alerting(alerted.as_ref()))
    })
}

fn cancelled(
    context: &Context, tx: &mut Tx<'_>, reference: &Reference,
) -> Result<(Visit, Change<VisitView>)> {
    let before = store::lookup::<Visit>(tx, reference, context.visibility())?;
    let after = Visit { status: VisitStatus::Cancelled, ..before.clone() };
    if after == before {
        let why = format!("visit {} is cancelled already", after.code);
        return Ok((after, Change::unchanged(before.view()).already(why)));
    }
    store::visit::update(tx, &after)?;
    let warning = after.outsourced.as_ref().map(|offered| {
        let (code, package, status) = (&after.code, &offered.reference, offered.status);
        format!("{code} stays in {package}, which is {status}: let the provider know")
    });
    let change = Change::of(before.view(), after.view()).warning(warning);
    Ok((after, change))
}
