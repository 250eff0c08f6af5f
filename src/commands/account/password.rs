//! `account set-password`: the password that `--as` asks for.

use super::{right_over, view};
use crate::commands::prelude::*;
use crate::context::{hash_password, read_new_password};

#[derive(Args)]
pub(super) struct SetPassword {
    /// The login of the account
    #[arg(value_name = "LOGIN")]
    account: Reference,
    /// Read the password from the first line of this file [default: ask for it]
    #[arg(long, value_name = "FILE")]
    password_file: Option<Input>,
}

/// Every account may change its own password; only admins may change another's.
pub(super) fn run(context: &Context, command: &SetPassword) -> Result<()> {
    let hash = || -> Result<String> {
        let account =
            context.read(|tx| store::lookup::<Account>(tx, &command.account, context.visibility()))?;
        let file = command.password_file.as_ref();
        context.may_set_password_of(&account)?;
        hash_password(&read_new_password(&account, file, context.is_interactive())?)
    };
    let right = right_over(context, &command.account);
    context.change_with("account.set-password", right, hash, |tx, hash| {
        let account = store::lookup::<Account>(tx, &command.account, context.visibility())?;
        let before = view(tx, &account.login)?;
        store::account::set_password(tx, account.id, hash)?;
        let after = view(tx, &account.login)?;
        let sentence = format!("Changed account {}: new password.", after.login);
        Ok(Change::updated(before, after).saying(sentence))
    })
}
