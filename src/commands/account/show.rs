//! `account show`: what an account is and may do.

use crate::commands::prelude::*;

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    let view = context.read(|tx| {
        let account = store::lookup::<Account>(tx, reference, context.visibility())?;
        Ok(account.view(store::account::resources(tx, account.id)?))
    })?;
    context.show_with_logins(&view, || None)
}
