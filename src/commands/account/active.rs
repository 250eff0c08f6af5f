//! `account enable` and `account disable`: whether accounts act at all.

use super::view;
use crate::commands::prelude::*;
use crate::model::account::AccountView;
use crate::model::sharing::Effect;

pub(super) fn enable(context: &Context, references: &[Reference]) -> Result<()> {
    change_each(context, "account.enable", references, |tx, account| {
        let before = view(tx, &account.login)?;
        store::account::set_active(tx, account.id, true)?;
        Ok(Change::of(before, view(tx, &account.login)?))
    })
}

/// An admin cannot disable their own account, nor the last active admin.
pub(super) fn disable(context: &Context, references: &[Reference]) -> Result<()> {
    change_each(context, "account.disable", references, |tx, account| {
        let before = view(tx, &account.login)?;
        account.must_not_be_own(context.actor.account.id)?;
        account.must_not_be_the_last_admin(store::account::active_admins(tx, Some(account.id))?)?;
        let stops = if account.active { store::stop::of_account(tx, account.id)? } else { Vec::new() };
        store::account::set_active(tx, account.id, false)?;
        let effect = Effect::stopping(stops);
        let change = Change::of(before, view(tx, &account.login)?);
        Ok(change.stopping_each(("disable", "account", "accounts"), &account.login, effect))
    })
}

fn change_each(
    context: &Context, action: &'static str, references: &[Reference],
    change: impl Fn(&mut Tx<'_>, &Account) -> Result<Change<AccountView>>,
) -> Result<()> {
    context.change(action, Action::ChangeAccounts, |tx| {
        let accounts = store::lookup_many::<Account>(tx, references, context.visibility())?;
        let changes = accounts.iter().map(|account| change(tx, account));
        Ok(Change::all(changes.collect::<Result<Vec<_>>>()?))
    })
}
