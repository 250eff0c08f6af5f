//! `account enable` and `account disable`: whether an account acts at all.

use super::change;
use crate::commands::prelude::*;

pub(super) fn enable(context: &Context, reference: &Reference) -> Result<()> {
    change(context, reference, "account.enable", Action::ChangeAccounts, |tx, account| {
        store::account::set_active(tx, account.id, true)
    })
}

/// An admin cannot disable their own account, nor the last active admin.
pub(super) fn disable(context: &Context, reference: &Reference) -> Result<()> {
    change(context, reference, "account.disable", Action::ChangeAccounts, |tx, account| {
        account.must_not_be_own(context.actor.account.id)?;
        account.must_not_be_the_last_admin(store::account::active_admins(tx, Some(account.id))?)?;
        store::account::set_active(tx, account.id, false)
    })
}
