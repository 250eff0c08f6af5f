//! Accounts that see nothing, or are not used.

use super::Look;
use crate::commands::prelude::*;
use crate::model::doctor::{LIMIT, Outcome};
use crate::store::audit;
use crate::store::doctor::{self, Named};

pub(super) fn blind(tx: &mut Tx<'_>) -> Result<Outcome> {
    let accounts = doctor::blind_accounts(tx, LIMIT)?;
    let well = "each portal account acts for a resource";
    Ok(of(&accounts, well.to_owned(), "portal accounts that see nothing".to_owned()))
}

pub(super) fn unused(look: &Look<'_>, tx: &mut Tx<'_>) -> Result<Outcome> {
    let days = look.command.unused_days;
    let (first, _) = audit::numbers_between(tx, Some(look.days_ago(days)), None)?;
    let me = look.context.actor.account.id;
    // Where the entries are not in the order of time, nothing is known.
    let accounts = doctor::unused_accounts(tx, first.unwrap_or(0), me, LIMIT)?;
    let days = counted(days, "day", "days");
    let well = format!("each account has done something in {days}");
    Ok(of(&accounts, well, format!("accounts that have done nothing for {days} that is recorded")))
}

fn of(accounts: &[Named], well: String, detail: String) -> Outcome {
    Outcome::of(
        accounts,
        well,
        detail,
        |account| format!("{} ({})", account.code, account.name),
        |account| format!("caredesk account disable {}", account.code),
    )
}
