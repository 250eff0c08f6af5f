//! `account`: people who act, and what they may do.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use uuid::Uuid;

use crate::context::{Context, Tx, hash_password, read_new_password};
use crate::error::{Error, Result};
use crate::model::access::{Action, Level, Permission};
use crate::model::account::{self, AccountView};
use crate::model::reference::Reference;
use crate::model::text;
use crate::output::{Field, Outcome, Page, Record, Shape, hidden, shown};
use crate::store;

#[derive(Args)]
pub(crate) struct Account {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Make an account
    Create(Create),
    /// List accounts by login
    List(List),
    /// Show an account
    Show {
        /// Whose
        #[arg(value_name = "LOGIN")]
        account: Reference,
    },
    /// Give an account a password, which `--as` then asks for
    SetPassword(SetPassword),
    /// Let a portal account do more
    Permit(Permissions),
    /// Let a portal account do less
    Forbid(Permissions),
    /// Let a portal account act for resources
    AddResource(Resources),
    /// Take resources from a portal account
    RemoveResource(Resources),
    /// Let an account act again
    Enable {
        /// Whose
        #[arg(value_name = "LOGIN")]
        account: Reference,
    },
    /// Let an account act no more; everything stays in the history
    Disable {
        /// Whose
        #[arg(value_name = "LOGIN")]
        account: Reference,
    },
}

const CREATE_EXAMPLES: &str = "\
Examples:
  $ caredesk account create carol --name \"Carol Reed\" --level standard
  $ caredesk account create rosa --name \"Rosa Quill\" --level provider-portal --resource harbour";

#[derive(Args)]
#[command(after_help = CREATE_EXAMPLES)]
struct Create {
    /// As the operating system knows the person
    #[arg(value_parser = account::login)]
    login: String,
    /// The person's name
    #[arg(long, value_parser = text::name)]
    name: String,
    /// What the person may do
    #[arg(long)]
    level: Level,
    /// Where to write to the person
    #[arg(long, value_parser = text::email)]
    email: Option<String>,
    /// A resource it acts for; a provider stands for its agency record
    #[arg(long = "resource", value_name = "RESOURCE")]
    resources: Vec<Reference>,
    /// What a portal account may do beyond looking
    #[arg(long = "can", value_name = "PERMISSION")]
    permissions: Vec<Permission>,
    /// Ask for a password
    #[arg(long, conflicts_with = "password_file")]
    password: bool,
    /// A file whose first line is the password
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// Leave an account of this login as it is
    #[arg(long)]
    if_not_exists: bool,
}

#[derive(Args)]
struct List {
    #[command(flatten)]
    page: Page,
}

#[derive(Args)]
struct SetPassword {
    /// Whose
    #[arg(value_name = "LOGIN")]
    account: Reference,
    /// A file whose first line is the password [default: asked for]
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

#[derive(Args)]
struct Permissions {
    /// Whose
    #[arg(value_name = "LOGIN")]
    account: Reference,
    /// What it may do beyond looking
    #[arg(required = true, value_name = "PERMISSION")]
    permissions: Vec<Permission>,
}

#[derive(Args)]
struct Resources {
    /// Whose
    #[arg(value_name = "LOGIN")]
    account: Reference,
    /// A code or a name; a provider stands for its agency record
    #[arg(required = true, value_name = "RESOURCE")]
    resources: Vec<Reference>,
}

impl Record for AccountView {
    const FIELDS: &'static [Field] = &[
        shown("login", Shape::Text),
        shown("name", Shape::Text),
        shown("level", Shape::Text),
        hidden("email", Shape::Text),
        shown("active", Shape::YesNo),
        hidden("has_password", Shape::YesNo),
        hidden("permissions", Shape::Text),
        shown("resources", Shape::Text),
    ];

    fn code(&self) -> &str {
        &self.login
    }
}

pub(crate) fn run(context: &Context, command: Account) -> Result<()> {
    match command.verb {
        Verb::Create(create) => self::create(context, &create),
        Verb::List(list) => self::list(context, &list),
        Verb::Show { account } => show(context, &account),
        Verb::SetPassword(command) => set_password(context, &command),
        Verb::Permit(command) => permit(context, &command),
        Verb::Forbid(command) => forbid(context, &command),
        Verb::AddResource(command) => add_resource(context, &command),
        Verb::RemoveResource(command) => remove_resource(context, &command),
        Verb::Enable { account } => set_active(context, &account, true),
        Verb::Disable { account } => set_active(context, &account, false),
    }
}

fn create(context: &Context, command: &Create) -> Result<()> {
    context.actor.may(Action::ChangeAccounts)?;
    let new = new(context, command);
    if !(command.resources.is_empty() && command.permissions.is_empty()) {
        new.must_be_portal()?;
    }
    if let Some(same) = of_this_login(context, command)? {
        return context.out.change(
            Outcome::Unchanged,
            &format!("There is an account `{}`.", same.login),
            &same,
        );
    }
    let new = account::Account { password_hash: password(context, command)?, ..new };
    let (view, has_agency) = context.write(|tx| {
        let has_agency = save(tx, &new, command)?;
        let view = view(tx, &new.login)?;
        context.audit(tx, "account.create", &new.login, None::<&()>, Some(&view))?;
        Ok((view, has_agency))
    })?;
    warn_without_agency(context, &command.permissions, has_agency);
    context.out.change(
        Outcome::Created,
        &format!("Made the account `{}` of level {}.", view.login, view.level),
        &view,
    )
}

fn new(context: &Context, command: &Create) -> account::Account {
    account::Account {
        id: context.key(),
        login: command.login.clone(),
        name: command.name.clone(),
        email: command.email.clone(),
        level: command.level,
        active: true,
        password_hash: None,
        permissions: Vec::new(),
    }
}

/// Looked for before a password is asked for. The database has the last word on two that come at once.
fn of_this_login(context: &Context, command: &Create) -> Result<Option<AccountView>> {
    if !command.if_not_exists {
        return Ok(None);
    }
    context.read(|tx| match store::account::by_login(tx, &command.login, None)? {
        None => Ok(None),
        Some(same) => view(tx, &same.login).map(Some),
    })
}

fn password(context: &Context, command: &Create) -> Result<Option<String>> {
    if !command.password && command.password_file.is_none() {
        return Ok(None);
    }
    let typed =
        read_new_password(&command.login, command.password_file.as_ref(), context.somebody_is_there())?;
    hash_password(&typed).map(Some)
}

/// Returns whether an agency record is among its resources.
fn save(tx: &mut Tx<'_>, new: &account::Account, command: &Create) -> Result<bool> {
    store::account::insert(tx, new)?;
    if let Some(hash) = &new.password_hash {
        store::account::set_password(tx, new.id, hash)?;
    }
    for permission in &command.permissions {
        store::account::permit(tx, new.id, *permission)?;
    }
    let mut has_agency = false;
    for typed in &command.resources {
        let resource = store::resource::find(tx, typed, None)?;
        store::account::add_resource(tx, new.id, resource.id)?;
        has_agency |= resource.is_agency;
    }
    Ok(has_agency)
}

/// Answers to packages and sharing requests bind the whole provider (rule 2.3).
fn warn_without_agency(context: &Context, permissions: &[Permission], has_agency: bool) {
    let binding = [Permission::RespondPackages, Permission::AnswerSharing];
    for permission in permissions.iter().filter(|permission| binding.contains(permission) && !has_agency) {
        context.out.warn(&format!(
            "{} takes effect once the account has a provider's agency record",
            permission.name()
        ));
    }
}

/// As it stands in the database now.
fn view(tx: &mut Tx<'_>, login: &str) -> Result<AccountView> {
    let account = store::account::by_login(tx, login, None)?;
    let account = account.ok_or_else(|| Error::internal(format!("account `{login}` is gone")))?;
    Ok(account.view(store::account::resources(tx, account.id)?))
}

fn list(context: &Context, command: &List) -> Result<()> {
    let sight = context.actor.sight();
    let mut list = context.out.list::<AccountView>()?;
    context.read(|tx| {
        let start = match &command.page.after {
            None => None,
            Some(typed) => Some(store::account::find(tx, typed, sight)?.view(Vec::new())),
        };
        let page = |after: Option<&AccountView>, limit| {
            let found = store::account::list(tx, after.map(|account| account.login.as_str()), sight, limit)?;
            found
                .into_iter()
                .map(|account| Ok(account.view(store::account::resources(tx, account.id)?)))
                .collect()
        };
        context.out.pages(command.page.limit, start, &mut list, page, AccountView::clone)
    })?;
    list.end("no accounts")
}

fn show(context: &Context, typed: &Reference) -> Result<()> {
    let view = context.read(|tx| {
        let account = store::account::find(tx, typed, context.actor.sight())?;
        Ok(account.view(store::account::resources(tx, account.id)?))
    })?;
    context.out.show(&view, || None)
}

/// One's own password is one's own to change; anybody else's takes an admin.
fn set_password(context: &Context, command: &SetPassword) -> Result<()> {
    let sight = context.actor.sight();
    let account = context.read(|tx| store::account::find(tx, &command.account, sight))?;
    if account.id != context.actor.account.id {
        context.actor.may(Action::ChangeAccounts)?;
    }
    let typed =
        read_new_password(&account.login, command.password_file.as_ref(), context.somebody_is_there())?;
    let hash = hash_password(&typed)?;
    let view = context.write(|tx| {
        let before = view(tx, &account.login)?;
        store::account::set_password(tx, account.id, &hash)?;
        let after = view(tx, &account.login)?;
        context.audit(tx, "account.set-password", &after.login, Some(&before), Some(&after))?;
        Ok(after)
    })?;
    context.out.change(Outcome::Updated, &format!("The account `{}` has a new password.", view.login), &view)
}

fn permit(context: &Context, command: &Permissions) -> Result<()> {
    change(context, &command.account, "account.permit", |tx, account| {
        account.must_be_portal()?;
        command
            .permissions
            .iter()
            .try_for_each(|permission| store::account::permit(tx, account.id, *permission))
    })
}

fn forbid(context: &Context, command: &Permissions) -> Result<()> {
    change(context, &command.account, "account.forbid", |tx, account| {
        command
            .permissions
            .iter()
            .try_for_each(|permission| store::account::forbid(tx, account.id, *permission))
    })
}

fn add_resource(context: &Context, command: &Resources) -> Result<()> {
    change(context, &command.account, "account.add-resource", |tx, account| {
        account.must_be_portal()?;
        each_resource(tx, command, |tx, resource| store::account::add_resource(tx, account.id, resource))
    })
}

fn remove_resource(context: &Context, command: &Resources) -> Result<()> {
    change(context, &command.account, "account.remove-resource", |tx, account| {
        each_resource(tx, command, |tx, resource| store::account::remove_resource(tx, account.id, resource))
    })
}

fn each_resource(
    tx: &mut Tx<'_>,
    command: &Resources,
    mut act: impl FnMut(&mut Tx<'_>, Uuid) -> Result<()>,
) -> Result<()> {
    for typed in &command.resources {
        let resource = store::resource::find(tx, typed, None)?;
        act(tx, resource.id)?;
    }
    Ok(())
}

/// Nobody closes the door behind himself: the last admin would be locked out with everybody else.
fn set_active(context: &Context, typed: &Reference, active: bool) -> Result<()> {
    let action = if active { "account.enable" } else { "account.disable" };
    change(context, typed, action, |tx, account| {
        if account.id == context.actor.account.id && !active {
            return Err(Error::refused("account.own", "nobody disables the account he acts as")
                .hint("another admin can do it"));
        }
        store::account::set_active(tx, account.id, active)
    })
}

fn change(
    context: &Context,
    typed: &Reference,
    action: &'static str,
    act: impl Fn(&mut Tx<'_>, &account::Account) -> Result<()>,
) -> Result<()> {
    let (outcome, view) = context.write(|tx| {
        let account = store::account::find(tx, typed, context.actor.sight())?;
        context.actor.may(Action::ChangeAccounts)?;
        let before = view(tx, &account.login)?;
        act(tx, &account)?;
        let after = view(tx, &account.login)?;
        if after == before {
            return Ok((Outcome::Unchanged, after));
        }
        context.audit(tx, action, &after.login, Some(&before), Some(&after))?;
        Ok((Outcome::Updated, after))
    })?;
    let what = if outcome == Outcome::Unchanged { "is so already" } else { "was changed" };
    context.out.change(outcome, &format!("The account `{}` {what}.", view.login), &view)
}
