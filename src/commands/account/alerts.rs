//! `account alerts`: whether a portal account is written to (rule 2.9).

use clap::ValueEnum;

use super::change;
use crate::commands::prelude::*;
use crate::model::access::Right;

#[derive(Args)]
pub(super) struct Alerts {
    /// The login of the account
    #[arg(value_name = "LOGIN")]
    account: Reference,
    /// Whether alerts are sent to it
    #[arg(value_name = "on|off")]
    switch: Switch,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

/// An admin for a portal account, and the one thing of its own that an account may change. A portal account sees no other.
pub(super) fn run(context: &Context, command: &Alerts) -> Result<()> {
    let actor = &context.actor;
    let is_own = actor.is_portal() || command.account.as_str() == actor.account.login;
    let right = if is_own { Right::Everyone } else { Action::ChangeAccounts.into() };
    change(context, &command.account, "account.alerts", right, |tx, account| {
        account.must_have_alerts()?;
        let is_on = command.switch == Switch::On;
        store::account::update(tx, &Account { resource_assigned_emails: is_on, ..account.clone() })
    })
}
