//! `account`: people who act, and what they may do.

mod create;
mod edit;
mod import;
mod rights;

use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::model::access::Action;
use crate::model::account::{self, AccountView};
use crate::model::reference::Reference;
use crate::model::resource::Resource;
use crate::model::visibility::Visibility;
use crate::output::{Outcome, Page};
use crate::store;

#[derive(Args)]
pub(crate) struct Account {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Create an account
    Create(create::Create),
    /// List accounts by login
    List(List),
    /// Show an account
    Show {
        /// The login of the account
        #[arg(value_name = "LOGIN")]
        account: Reference,
    },
    /// Change what is given; `none` clears
    Edit(edit::Edit),
    /// Turn the assignment alerts of a portal account on or off
    Alerts(edit::Alerts),
    /// Import accounts from a table or JSON; a second time changes nothing
    Import(import::Import),
    /// Give an account a password, which `--as` then asks for
    SetPassword(rights::SetPassword),
    /// Give a portal account permissions
    Permit(rights::Permissions),
    /// Take permissions from a portal account
    Forbid(rights::Permissions),
    /// Let a portal account act for resources
    AddResource(rights::Resources),
    /// Take resources from a portal account
    RemoveResource(rights::Resources),
    /// Enable an account
    Enable {
        /// The login of the account
        #[arg(value_name = "LOGIN")]
        account: Reference,
    },
    /// Disable an account; its history stays
    Disable {
        /// The login of the account
        #[arg(value_name = "LOGIN")]
        account: Reference,
    },
}

#[derive(Args)]
struct List {
    #[command(flatten)]
    page: Page,
}

pub(crate) fn run(context: &Context, command: Account) -> Result<()> {
    match command.verb {
        Verb::Create(command) => create::run(context, &command),
        Verb::List(list) => self::list(context, &list),
        Verb::Show { account } => show(context, &account),
        Verb::Edit(command) => edit::run(context, &command),
        Verb::Alerts(command) => edit::alerts(context, &command),
        Verb::Import(command) => import::run(context, &command),
        Verb::SetPassword(command) => rights::set_password(context, &command),
        Verb::Permit(command) => rights::permit(context, &command),
        Verb::Forbid(command) => rights::forbid(context, &command),
        Verb::AddResource(command) => rights::add_resource(context, &command),
        Verb::RemoveResource(command) => rights::remove_resource(context, &command),
        Verb::Enable { account } => rights::set_active(context, &account, true),
        Verb::Disable { account } => rights::set_active(context, &account, false),
    }
}

fn view(tx: &mut Tx<'_>, login: &str) -> Result<AccountView> {
    let account = store::account::by_login(tx, login, Visibility::INTERNAL)?;
    let account = account.ok_or_else(|| Error::internal(format!("account `{login}` is gone")))?;
    Ok(account.view(store::account::resources(tx, account.id)?))
}

fn list(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    let mut list = context.out.list::<AccountView>()?;
    context.read(|tx| {
        let start = match &command.page.after {
            None => None,
            Some(reference) => {
                Some(store::lookup::<account::Account>(tx, reference, visibility)?.view(Vec::new()))
            }
        };
        let page = |after: Option<&AccountView>, limit| {
            let found =
                store::account::list(tx, after.map(|account| account.login.as_str()), visibility, limit)?;
            found
                .into_iter()
                .map(|account| Ok(account.view(store::account::resources(tx, account.id)?)))
                .collect()
        };
        context.out.pages(command.page.limit, start, &mut list, page, AccountView::clone)
    })?;
    list.end("no accounts")
}

fn show(context: &Context, reference: &Reference) -> Result<()> {
    let view = context.read(|tx| {
        let account = store::lookup::<account::Account>(tx, reference, context.visibility())?;
        Ok(account.view(store::account::resources(tx, account.id)?))
    })?;
    context.out.show(&view, || None)
}

/// A change that only an admin may make.
fn change(
    context: &Context,
    reference: &Reference,
    action: &'static str,
    act: impl Fn(&mut Tx<'_>, &account::Account) -> Result<()>,
) -> Result<()> {
    change_if(context, reference, action, |_| context.actor.may(Action::ChangeAccounts), act)
}

fn change_if(
    context: &Context,
    reference: &Reference,
    action: &'static str,
    may: impl Fn(&account::Account) -> Result<()>,
    act: impl Fn(&mut Tx<'_>, &account::Account) -> Result<()>,
) -> Result<()> {
    let change_report = context.out.change_report()?;
    let (outcome, view) = context.write(|tx| {
        let account = store::lookup::<account::Account>(tx, reference, context.visibility())?;
        may(&account)?;
        let before = view(tx, &account.login)?;
        act(tx, &account)?;
        let after = view(tx, &account.login)?;
        if after == before {
            return Ok((Outcome::Unchanged, after));
        }
        context.audit(tx, action, &after.login, Some(&before), Some(&after))?;
        Ok((Outcome::Updated, after))
    })?;
    let sentence = match outcome {
        Outcome::Unchanged => format!("Nothing to change: the account `{}` stays as it is.", view.login),
        _ => format!("The account `{}` was changed.", view.login),
    };
    change_report.say(outcome, &sentence, &view)
}

/// Resolves a resource to assign; an inactive one is accepted only if the account has it already.
fn new_resource(tx: &mut Tx<'_>, reference: &Reference, held: &[String]) -> Result<Resource> {
    let resource = store::lookup::<Resource>(tx, reference, Visibility::INTERNAL)?;
    let known = store::account::import::named_resources(tx, &[(resource.code.clone(), String::new())])?;
    let is_inactive = known.iter().any(|named| named.given.id == resource.id && !named.given.is_active);
    if is_inactive && !held.contains(&resource.code) {
        let code = &resource.code;
        return Err(Error::refused("resource.inactive", format!("resource `{code}` is inactive"))
            .hint(format!("make it active first: `caredesk resource edit {code} --state active`")));
    }
    Ok(resource)
}
