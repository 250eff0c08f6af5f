//! `account`: people who act, and what they may do.

mod active;
mod alerts;
mod create;
mod edit;
mod import;
mod list;
mod password;
mod permissions;
mod resources;
mod show;

use clap::{Args, Subcommand};

use crate::context::{Change, Context, Tx};
use crate::error::{Error, Result};
use crate::model::access::Right;
use crate::model::account::{self, AccountView};
use crate::model::import::Counts;
use crate::model::reference::Reference;
use crate::model::visibility::Visibility;
use crate::output::Schemas;
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
    List(list::List),
    /// Show an account
    Show {
        /// The login of the account
        #[arg(value_name = "LOGIN")]
        account: Reference,
    },
    /// Change what is given; `none` clears
    Edit(edit::Edit),
    /// Turn the assignment alerts of a portal account on or off
    Alerts(alerts::Alerts),
    /// Import accounts from a table or JSON; a second time changes nothing
    Import(import::Import),
    /// Give an account a password, which `--as` then asks for
    SetPassword(password::SetPassword),
    /// Give a portal account permissions
    Permit(permissions::Permissions),
    /// Take permissions from a portal account
    Forbid(permissions::Permissions),
    /// Let a portal account act for resources
    AddResource(resources::Resources),
    /// Take resources from a portal account
    RemoveResource(resources::Resources),
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

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut Schemas) {
    schemas
        .lists::<AccountView>()
        .shows::<AccountView>()
        .changes::<AccountView>()
        .reports::<Counts>()
        .lists::<import::ValidatedRow>();
}

pub(crate) fn run(context: &Context, command: Account) -> Result<()> {
    match command.verb {
        Verb::Create(command) => create::run(context, &command),
        Verb::List(command) => list::run(context, &command),
        Verb::Show { account } => show::run(context, &account),
        Verb::Edit(command) => edit::run(context, &command),
        Verb::Alerts(command) => alerts::run(context, &command),
        Verb::Import(command) => import::run(context, &command),
        Verb::SetPassword(command) => password::run(context, &command),
        Verb::Permit(command) => permissions::permit(context, &command),
        Verb::Forbid(command) => permissions::forbid(context, &command),
        Verb::AddResource(command) => resources::add(context, &command),
        Verb::RemoveResource(command) => resources::remove(context, &command),
        Verb::Enable { account } => active::enable(context, &account),
        Verb::Disable { account } => active::disable(context, &account),
    }
}

/// The account as it is in the database now.
fn view(tx: &mut Tx<'_>, login: &str) -> Result<AccountView> {
    let account = store::account::by_login(tx, login, Visibility::INTERNAL)?;
    let account = account.ok_or_else(|| Error::internal(format!("account `{login}` is gone")))?;
    Ok(account.view(store::account::resources(tx, account.id)?))
}

/// Changes one account by `act`; what it is before and after is read from the database.
fn change(
    context: &Context,
    reference: &Reference,
    action: &'static str,
    right: impl Into<Right>,
    act: impl Fn(&mut Tx<'_>, &account::Account) -> Result<()>,
) -> Result<()> {
    context.change(action, right, |tx| {
        let account = store::lookup::<account::Account>(tx, reference, context.visibility())?;
        let before = view(tx, &account.login)?;
        act(tx, &account)?;
        Ok(Change::of(before, view(tx, &account.login)?))
    })
}
