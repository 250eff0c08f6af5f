//! `account create`: one line sets an account up, with its resources and its permissions.

use clap::Args;

use super::{new_resource, view};
use crate::context::{Context, Tx, hash_password, read_new_password};
use crate::error::Result;
use crate::file::Input;
use crate::model::access::{Action, Level, Permission};
use crate::model::account::{self, AccountView};
use crate::model::reference::Reference;
use crate::model::resource::ResourceKind;
use crate::model::text;
use crate::model::visibility::Visibility;
use crate::output::Outcome;
use crate::store;

const CREATE_EXAMPLES: &str = "\
Examples:
  $ caredesk account create carol --name \"Carol Reed\" --level standard
  $ caredesk account create rosa --name \"Rosa Quill\" --level provider-portal --resource harbour";

#[derive(Args)]
#[command(after_help = CREATE_EXAMPLES)]
pub(super) struct Create {
    /// The login that the person has on the operating system
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
    password_file: Option<Input>,
    /// Leave an account of this login as it is
    #[arg(long)]
    if_not_exists: bool,
}

pub(super) fn run(context: &Context, command: &Create) -> Result<()> {
    let change_report = context.out.change_report()?;
    context.actor.may(Action::ChangeAccounts)?;
    let new = new(context, command);
    if !(command.resources.is_empty() && command.permissions.is_empty()) {
        new.must_be_portal()?;
    }
    if let Some(same) = of_this_login(context, command)? {
        return change_report.say(
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
    change_report.say(
        Outcome::Created,
        &format!("Created the account `{}` of level {}.", view.login, view.level),
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
        resource_assigned_emails: true,
    }
}

/// Checked before a password is asked for; the unique index refuses a second account that is created at the same time.
fn of_this_login(context: &Context, command: &Create) -> Result<Option<AccountView>> {
    if !command.if_not_exists {
        return Ok(None);
    }
    context.read(|tx| match store::account::by_login(tx, &command.login, Visibility::INTERNAL)? {
        None => Ok(None),
        Some(same) => view(tx, &same.login).map(Some),
    })
}

fn password(context: &Context, command: &Create) -> Result<Option<String>> {
    if !command.password && command.password_file.is_none() {
        return Ok(None);
    }
    let password =
        read_new_password(&command.login, command.password_file.as_ref(), context.is_interactive())?;
    hash_password(&password).map(Some)
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
    for password in &command.resources {
        let resource = new_resource(tx, password, &[])?;
        store::account::add_resource(tx, new.id, resource.id)?;
        has_agency |= resource.kind == ResourceKind::Agency;
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
