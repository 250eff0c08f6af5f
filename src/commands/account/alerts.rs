//! `account alerts`: whether a portal account is written to (rule 2.9).

use clap::ValueEnum;

use super::{change, right_over};
use crate::commands::prelude::*;

#[derive(Args)]
pub(super) struct Alerts {
    /// The login of the account
    #[arg(value_name = "LOGIN")]
    account: Reference,
    /// Whether the account gets alerts
    #[arg(value_name = "on|off")]
    switch: Switch,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

/// Every portal account may change it for itself; only admins for another.
pub(super) fn run(context: &Context, command: &Alerts) -> Result<()> {
    let right = right_over(context, &command.account);
    change(context, &command.account, "account.alerts", right, |tx, account| {
        account.must_have_alerts()?;
        let is_on = command.switch == Switch::On;
        store::account::update(tx, &Account { resource_assigned_emails: is_on, ..account.clone() })
    })
}
