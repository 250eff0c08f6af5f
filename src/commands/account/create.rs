//! `account create`: one line sets an account up, with its resources and its permissions.

use super::resources::new_resource;
use super::view;
use crate::commands::prelude::*;
use crate::context::{hash_password, read_new_password};
use crate::model::access::Level;
use crate::model::account::{self, AccountView};
use crate::model::alert::AlertKinds;
use crate::model::resource::ResourceKind;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk account create carol --name \"Carol Reed\" --level standard
  $ caredesk account create rosa --name \"Rosa Quill\" --level provider-portal \\
      --resource harbour")]
pub(super) struct Create {
    /// The person's login on the operating system
    #[arg(value_parser = account::login)]
    login: String,
    /// The person's name
    #[arg(long, value_parser = text::name)]
    name: String,
    /// The level of access
    #[arg(long)]
    level: Level,
    /// The person's e-mail address
    #[arg(long, value_parser = text::email)]
    email: Option<String>,
    /// The resources the account acts for; a provider stands for its agency record
    #[arg(long = "resource", value_name = "RESOURCE", num_args = 1..)]
    resources: Vec<Reference>,
    /// The permissions of a portal account
    #[arg(long = "can", value_name = "PERMISSION", num_args = 1..)]
    permissions: Vec<Permission>,
    /// Ask for a password
    #[arg(long, conflicts_with = "password_file")]
    password: bool,
    /// Read the password from the first line of this file
    #[arg(long, value_name = "FILE")]
    password_file: Option<Input>,
    /// Do nothing if an account with this login exists
    #[arg(long)]
    if_not_exists: bool,
}

pub(super) fn run(context: &Context, command: &Create) -> Result<()> {
    let new = new(context, command);
    let password = || password(context, command, &new);
    context.change_with("account.create", Action::ChangeAccounts, password, |tx, hash| {
        if let Some(same) = of_this_login(tx, command)? {
            let why = format!("account {} exists", same.login);
            return Ok(Change::unchanged(same).already(why));
        }
        let has_agency = save(context, tx, &Account { password_hash: hash.clone(), ..new.clone() }, command)?;
        let view = view(tx, &new.login)?;
        let sentence = format!("Created account {}: level {}.", view.login, view.level);
        let change = Change::created(view).saying(sentence);
        Ok(without_agency(&command.permissions, has_agency)
            .fold(change, |change, why| change.warning(Some(why))))
    })
}

fn new(context: &Context, command: &Create) -> Account {
    Account {
        id: context.key(),
        login: command.login.clone(),
        name: command.name.clone(),
        email: command.email.clone(),
        level: command.level,
        active: true,
        password_hash: None,
        permissions: Vec::new(),
        alerts_off: AlertKinds::default(),
    }
}

fn of_this_login(tx: &mut Tx<'_>, command: &Create) -> Result<Option<AccountView>> {
    if !command.if_not_exists {
        return Ok(None);
    }
    let same = tx.ask(&store::account::by_login(&command.login, Visibility::INTERNAL))?;
    same.map(|same| view(tx, &same.login)).transpose()
}

/// Asked for, or read from a file, only where there is something to create.
fn password(context: &Context, command: &Create, new: &Account) -> Result<Option<String>> {
    if !(command.resources.is_empty() && command.permissions.is_empty()) {
        new.must_be_portal()?;
    }
    let is_wanted = command.password || command.password_file.is_some();
    if !is_wanted || context.read(|tx| of_this_login(tx, command))?.is_some() {
        return Ok(None);
    }
    let file = command.password_file.as_ref();
    hash_password(&read_new_password(new, file, context.is_interactive())?).map(Some)
}

/// Returns whether an agency record is among its resources.
fn save(context: &Context, tx: &mut Tx<'_>, new: &Account, command: &Create) -> Result<bool> {
    // What has to be visible comes first, so that a denial does not depend on whether the login is taken.
    let resources = command.resources.iter().map(|reference| new_resource(context, tx, reference, &[]));
    let resources = resources.collect::<Result<Vec<_>>>()?;
    store::account::insert(tx, new)?;
    for permission in &command.permissions {
        store::account::permit(tx, new.id, *permission)?;
    }
    for resource in &resources {
        store::account::add_resource(tx, new.id, resource.id)?;
    }
    Ok(resources.iter().any(|resource| resource.kind == ResourceKind::Agency))
}

/// Answers to packages and sharing requests bind the whole provider (rule 2.3).
fn without_agency(permissions: &[Permission], has_agency: bool) -> impl Iterator<Item = String> {
    let binding = [Permission::RespondPackages, Permission::AnswerSharing];
    let given = permissions.iter().filter(move |permission| binding.contains(permission) && !has_agency);
    given.map(|permission| {
        format!("{permission} takes effect once the account has a provider's agency record")
    })
}
