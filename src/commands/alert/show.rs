//! `alert show`: an alert, and what went wrong with it.

use crate::commands::prelude::*;

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    let alert = context.read(|tx| store::lookup::<Alert>(tx, reference, context.visibility()))?;
    context.show_with_logins(&alert.view(), || None)
}
