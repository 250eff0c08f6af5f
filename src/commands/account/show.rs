//! `account show`: what an account is and may do.

use crate::context::Context;
use crate::error::Result;
use crate::model::account::Account;
use crate::model::reference::Reference;
use crate::store;

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    let view = context.read(|tx| {
        let account = store::lookup::<Account>(tx, reference, context.visibility())?;
        Ok(account.view(store::account::resources(tx, account.id)?))
    })?;
    context.out.show(&view, || None)
}
