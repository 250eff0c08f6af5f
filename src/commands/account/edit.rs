//! `account edit` and `account alerts`: the profile of an account.

use clap::{Args, ValueEnum};

use super::{change_if, view};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::access::{Action, Level};
use crate::model::account::{Account, AccountView};
use crate::model::reference::Reference;
use crate::model::{edit, text};
use crate::output::Outcome;
use crate::store;

const EDIT_EXAMPLES: &str = "\
Examples:
  $ caredesk account edit carol --name \"Carol Reed-Moss\" --email none
  $ caredesk account edit rosa --level standard --yes";

#[derive(Args)]
#[command(after_help = EDIT_EXAMPLES)]
pub(super) struct Edit {
    /// Whose
    #[arg(value_name = "LOGIN")]
    account: Reference,
    /// The person's name
    #[arg(long, value_parser = text::name)]
    name: Option<String>,
    /// Where to write to the person
    #[arg(long, value_parser = edit::or_none(text::email))]
    email: Option<edit::Edit<String>>,
    /// What the person may do. A level of staff ends the resources and permissions of a portal account
    #[arg(long)]
    level: Option<Level>,
}

#[derive(Args)]
pub(super) struct Alerts {
    /// Whose
    #[arg(value_name = "LOGIN")]
    account: Reference,
    /// Whether it is written to
    #[arg(value_name = "on|off")]
    switch: Switch,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

pub(super) fn run(context: &Context, command: &Edit) -> Result<()> {
    let change_report = context.out.change_report()?;
    let seen = confirmed(context, command)?;
    let (outcome, view, lost) = context.write(|tx| {
        let account = store::lookup::<Account>(tx, &command.account, context.visibility())?;
        context.actor.may(Action::ChangeAccounts)?;
        let after = edited(command, &account);
        if !after.is_active_admin() {
            let others = store::account::active_admins(tx, Some(account.id))?;
            account.must_not_be_the_last_admin(others)?;
        }
        let before = view(tx, &account.login)?;
        let lost = lost(&before, &after);
        if !context.yes && lost != seen {
            return Err(changed_meanwhile(&account));
        }
        store::account::update(tx, &after)?;
        if lost.is_some() {
            store::account::forbid_all(tx, account.id)?;
            store::account::remove_resources(tx, account.id)?;
        }
        let after = view(tx, &account.login)?;
        if after == before {
            return Ok((Outcome::Unchanged, after, None));
        }
        context.audit(tx, "account.edit", &after.login, Some(&before), Some(&after))?;
        Ok((Outcome::Updated, after, lost))
    })?;
    let lost = lost.map(|lost| format!(", and lost {lost}")).unwrap_or_default();
    let sentence = match outcome {
        Outcome::Unchanged => format!("Nothing to change: the account `{}` stays as it is.", view.login),
        _ => format!("The account `{}` was changed{lost}.", view.login),
    };
    change_report.say(outcome, &sentence, &view)
}

fn edited(command: &Edit, before: &Account) -> Account {
    let was = before.clone();
    Account {
        name: command.name.clone().unwrap_or(was.name),
        email: edit::apply(command.email.as_ref(), was.email),
        level: command.level.unwrap_or(was.level),
        ..was
    }
}

/// What the account has and a level of staff ends (rule 2.2), in words.
fn lost(before: &AccountView, after: &Account) -> Option<String> {
    before.holdings().filter(|_| after.level.is_staff())
}

/// Looks first and asks, naming what would end. Returns what the answer was given to.
fn confirmed(context: &Context, command: &Edit) -> Result<Option<String>> {
    let (account, before) = context.read(|tx| {
        let account = store::lookup::<Account>(tx, &command.account, context.visibility())?;
        let before = view(tx, &account.login)?;
        Ok((account, before))
    })?;
    context.actor.may(Action::ChangeAccounts)?;
    let lost = lost(&before, &edited(command, &account));
    if let Some(lost) = &lost {
        context.confirm(&format!("Are you sure you want to end {lost} of `{}`?", account.login))?;
    }
    Ok(lost)
}

fn changed_meanwhile(account: &Account) -> Error {
    let login = &account.login;
    Error::refused("account.changed", format!("account `{login}` was given or lost something meanwhile"))
        .hint(format!("look again with `caredesk account show {login}`"))
}

/// An admin for a portal account, and the one thing of its own that a portal account may change (rule 2.9).
pub(super) fn alerts(context: &Context, command: &Alerts) -> Result<()> {
    let own = context.actor.account.id;
    let may = |account: &Account| {
        if account.id == own { Ok(()) } else { context.actor.may(Action::ChangeAccounts) }
    };
    change_if(context, &command.account, "account.alerts", may, |tx, account| {
        account.must_have_alerts()?;
        let is_on = command.switch == Switch::On;
        store::account::update(tx, &Account { resource_assigned_emails: is_on, ..account.clone() })
    })
}
