//! `account`: people who act, and what they may do.

mod active;
mod alerts;
mod create;
mod edit;
mod explain;
mod import;
mod invite;
mod list;
mod password;
mod permissions;
mod resources;
mod sees;
mod show;

use crate::commands::prelude::*;
use crate::model::access::Right;
use crate::model::account::{self, AccountView};
use crate::model::account_sight::{AccountExplanation, AccountSight};
use crate::model::import::Summary;

verbs! {
    Account: lists AccountView, shows AccountView, shows AccountExplanation, shows AccountSight, changes AccountView, imports Summary, rows AccountView;

    /// Create an account
    Create(create::Create) => create::run,
    /// List accounts by login
    #[command(arg = at())]
    List(list::List) => list::run,
    /// Show an account
    #[command(arg = at())]
    Show {
        /// The login of the account
        #[arg(value_name = "LOGIN")]
        account: Reference,
    } => show::run,
    /// Explain, rule by rule, why an account sees a referral, a package or a client, or does not
    #[command(arg = at())]
    Explain(explain::Explain) => explain::run,
    /// Show what an account sees, counted and listed
    #[command(arg = at())]
    Sees {
        /// The login of the account
        #[arg(value_name = "LOGIN")]
        account: Reference,
    } => sees::run,
    /// Change an account; the value `none` clears a field
    Edit(edit::Edit) => edit::run,
    /// Turn the alerts of an account on or off, all or some kinds
    Alerts(alerts::Alerts) => alerts::run,
    /// Import accounts from a table or JSON; repeating an import changes nothing
    Import(import::Import) => import::run,
    /// Give accounts a first password, in a private file to hand out
    Invite(invite::Invite) => invite::run,
    /// Set the password that `--as` asks for
    SetPassword(password::SetPassword) => password::run,
    /// Grant permissions to a portal account
    Permit(permissions::Permissions) => permissions::permit,
    /// Withdraw permissions from a portal account
    Forbid(permissions::Permissions) => permissions::forbid,
    /// Let a portal account act for resources
    AddResource(resources::Resources) => resources::add,
    /// Stop a portal account from acting for resources
    RemoveResource(resources::Resources) => resources::remove,
    /// Enable accounts
    Enable {
        /// The logins of the accounts
        #[arg(required = true, value_name = "LOGIN")]
        accounts: Vec<Reference>,
    } => active::enable,
    /// Disable accounts; their history stays
    Disable {
        /// The logins of the accounts
        #[arg(required = true, value_name = "LOGIN")]
        accounts: Vec<Reference>,
    } => active::disable,
}

impl Account {
    /// Whether it is all that an account with a first password may do.
    pub(crate) fn sets_password(&self) -> bool {
        matches!(self.verb, Verb::SetPassword(_))
    }
}

/// The account as it is in the database now.
fn view(tx: &mut Tx<'_>, login: &str) -> Result<AccountView> {
    let account = tx.ask(&store::account::by_login(login, Visibility::INTERNAL))?;
    let account = account.ok_or_else(|| Error::internal(format!("account `{login}` is gone")))?;
    Ok(account.view(store::account::resources(tx, account.id)?))
}

/// What it takes to change what every account may change of its own.
fn right_over(context: &Context, reference: &Reference) -> Right {
    let account = context.read(|tx| store::lookup::<account::Account>(tx, reference, context.visibility()));
    let is_own = account.is_ok_and(|account| account.id == context.actor.account.id);
    if is_own { Right::Everyone } else { Action::ChangeAccounts.into() }
}

/// Changes one account by `act`; what it is before and after is read from the database.
fn change(
    context: &Context, reference: &Reference, action: &'static str, right: impl Into<Right>,
    act: impl Fn(&mut Tx<'_>, &account::Account) -> Result<()>,
) -> Result<()> {
    context.change(action, right, |tx| {
        let account = store::lookup::<account::Account>(tx, reference, context.visibility())?;
        let before = view(tx, &account.login)?;
        act(tx, &account)?;
        Ok(Change::of(before, view(tx, &account.login)?))
    })
}
