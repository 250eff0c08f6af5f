//! `alert dismiss`: alerts are closed without being sent.

use crate::commands::prelude::*;
use crate::model::alert::AlertView;

pub(super) fn run(context: &Context, references: &[Reference]) -> Result<()> {
    context.change("alert.dismiss", Action::SendAlerts, |tx| {
        let dismissed = references.iter().map(|reference| dismissed(context, tx, reference));
        let dismissed = dismissed.collect::<Result<Vec<_>>>()?;
        let sentence = format!("Dismissed {}.", counted(dismissed.len(), "alert", "alerts"));
        Ok(Change::all(dismissed).saying(sentence))
    })
}

fn dismissed(context: &Context, tx: &mut Tx<'_>, reference: &Reference) -> Result<Change<AlertView>> {
    let alert = store::lookup::<Alert>(tx, reference, context.visibility())?;
    alert.must_be_open(context.now())?;
    store::alert::dismiss(tx, &alert, &format!("dismissed by {}", context.actor.account.login))?;
    Ok(Change::of(alert.view(), store::alert::by_id(tx, alert.id)?.view()))
}
