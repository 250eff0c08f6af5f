//! `account permit` and `account forbid`: what a portal account may do beyond looking (rule 2.3).

use super::change;
use crate::commands::prelude::*;

#[derive(Args)]
pub(super) struct Permissions {
    /// The login of the account
    #[arg(value_name = "LOGIN")]
    account: Reference,
    /// The permission
    #[arg(required = true, value_name = "PERMISSION")]
    permissions: Vec<Permission>,
}

pub(super) fn permit(context: &Context, command: &Permissions) -> Result<()> {
    change(context, &command.account, "account.permit", Action::ChangeAccounts, |tx, account| {
        account.must_be_portal()?;
        command
            .permissions
            .iter()
            .try_for_each(|permission| store::account::permit(tx, account.id, *permission))
    })
}

pub(super) fn forbid(context: &Context, command: &Permissions) -> Result<()> {
    change(context, &command.account, "account.forbid", Action::ChangeAccounts, |tx, account| {
        command
            .permissions
            .iter()
            .try_for_each(|permission| store::account::forbid(tx, account.id, *permission))
    })
}
