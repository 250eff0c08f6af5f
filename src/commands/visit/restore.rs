//! `visit restore`: a cancelled visit is planned again, with the checks of a new one.

use super::{alert_changed, local};
use crate::commands::prelude::*;
use crate::context::{EvenSo, names_in_note};
use crate::model::visit::VisitStatus;

#[derive(Args)]
pub(super) struct Restore {
    /// Code (or the beginning of it)
    visit: Reference,
    #[command(flatten)]
    even_so: EvenSo,
}

pub(super) fn run(context: &Context, command: &Restore) -> Result<()> {
    context.change("visit.restore", Action::ChangeVisits, |tx| {
        let before = store::lookup::<Visit>(tx, &command.visit, context.visibility())?;
        if !before.is_cancelled() {
            let why = format!("visit {} is planned already", before.code);
            return Ok(Change::unchanged(before.view()).already(why));
        }
        let referral = store::referral::by_id(tx, before.referral_id)?;
        referral.must_be_open()?;
        command.even_so.must_live(tx, referral.client_id)?;
        let after = Visit { status: VisitStatus::Planned, ..before.clone() };
        store::visit::update(tx, &after)?;
        let overlaps = context.overlaps(tx, referral.client_id, std::slice::from_ref(&after))?;
        let names = names_in_note(tx, referral.client_id, after.provider_note.as_deref())?;
        let offered = after.outsourced.as_ref().map(|offered| {
            let (code, package, status) = (&after.code, &offered.reference, offered.status);
            format!("{code} is still in {package}, which is {status}: let the provider know")
        });
        let alerted = alert_changed(context, tx, Some(&after))?;
        let sentence =
            format!("Restored visit {}: {}, {} min.", after.code, local(context, &after), after.minutes);
        let change = Change::of(before.view(), after.view()).saying(sentence).warning(offered);
        Ok(change.warning(overlaps).warning(names).alerting(alerted.as_ref()))
    })
}
