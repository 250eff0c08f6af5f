//! `account alerts`: of what an account is alerted (rules 2.9, 2.11).

use super::{change, right_over};
use crate::commands::prelude::*;
use crate::context::Switch;
use crate::model::alert::AlertKind;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk account alerts rosa off
  $ caredesk account alerts rosa on --kind offered recalled")]
pub(super) struct Alerts {
    /// The login of the account
    #[arg(value_name = "LOGIN")]
    account: Reference,
    /// Whether the account gets alerts
    #[arg(value_name = "on|off")]
    switch: Switch,
    /// Only alerts of these kinds [default: all that the account may get]
    #[arg(long = "kind", value_name = "KIND", num_args = 1..)]
    kinds: Vec<AlertKind>,
}

/// Every account may change it for itself; only admins for another.
pub(super) fn run(context: &Context, command: &Alerts) -> Result<()> {
    let right = right_over(context, &command.account);
    change(context, &command.account, "account.alerts", right, |tx, account| {
        let is_on = command.switch.is_on();
        store::account::update(tx, &account.with_alerts(&command.kinds, is_on)?)
    })
}
