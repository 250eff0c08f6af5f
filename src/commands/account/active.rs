//! `account enable` and `account disable`: whether an account acts at all.

use super::{change, view};
use crate::commands::prelude::*;
use crate::model::sharing::Effect;

pub(super) fn enable(context: &Context, reference: &Reference) -> Result<()> {
    change(context, reference, "account.enable", Action::ChangeAccounts, |tx, account| {
        store::account::set_active(tx, account.id, true)
    })
}

/// An admin cannot disable their own account, nor the last active admin.
pub(super) fn disable(context: &Context, reference: &Reference) -> Result<()> {
    context.change("account.disable", Action::ChangeAccounts, |tx| {
        let account = store::lookup::<Account>(tx, reference, context.visibility())?;
        let before = view(tx, &account.login)?;
        account.must_not_be_own(context.actor.account.id)?;
        account.must_not_be_the_last_admin(store::account::active_admins(tx, Some(account.id))?)?;
        let stops = if account.active { store::stop::of_account(tx, account.id)? } else { Vec::new() };
        store::account::set_active(tx, account.id, false)?;
        let effect = Effect::stopping(stops);
        let what = format!("disable account {}", account.login);
        Ok(Change::of(before, view(tx, &account.login)?).stopping(what, effect))
    })
}
