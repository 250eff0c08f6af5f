//! What an account may do: its password, permissions, resources, and whether it acts at all.

use clap::Args;

use super::{change, new_resource, view};
use crate::context::{Context, hash_password, read_new_password};
use crate::error::Result;
use crate::file::Input;
use crate::model::access::{Action, Permission};
use crate::model::account::Account;
use crate::model::reference::Reference;
use crate::model::resource::Resource;
use crate::model::visibility::Visibility;
use crate::output::Outcome;
use crate::store;

#[derive(Args)]
pub(super) struct SetPassword {
    /// The login of the account
    #[arg(value_name = "LOGIN")]
    account: Reference,
    /// A file whose first line is the password [default: asked for]
    #[arg(long, value_name = "FILE")]
    password_file: Option<Input>,
}

#[derive(Args)]
pub(super) struct Permissions {
    /// The login of the account
    #[arg(value_name = "LOGIN")]
    account: Reference,
    /// What it may do beyond looking
    #[arg(required = true, value_name = "PERMISSION")]
    permissions: Vec<Permission>,
}

#[derive(Args)]
pub(super) struct Resources {
    /// The login of the account
    #[arg(value_name = "LOGIN")]
    account: Reference,
    /// A code or a name; a provider stands for its agency record
    #[arg(required = true, value_name = "RESOURCE")]
    resources: Vec<Reference>,
}

/// Every account may change its own password; only admins may change another's.
pub(super) fn set_password(context: &Context, command: &SetPassword) -> Result<()> {
    let change_report = context.out.change_report()?;
    let visibility = context.visibility();
    let account = context.read(|tx| store::lookup::<Account>(tx, &command.account, visibility))?;
    if account.id != context.actor.account.id {
        context.actor.may(Action::ChangeAccounts)?;
    }
    let reference =
        read_new_password(&account.login, command.password_file.as_ref(), context.is_interactive())?;
    let hash = hash_password(&reference)?;
    let view = context.write(|tx| {
        let before = view(tx, &account.login)?;
        store::account::set_password(tx, account.id, &hash)?;
        let after = view(tx, &account.login)?;
        context.audit(tx, "account.set-password", &after.login, Some(&before), Some(&after))?;
        Ok(after)
    })?;
    change_report.say(Outcome::Updated, &format!("The account `{}` has a new password.", view.login), &view)
}

pub(super) fn permit(context: &Context, command: &Permissions) -> Result<()> {
    change(context, &command.account, "account.permit", |tx, account| {
        account.must_be_portal()?;
        command
            .permissions
            .iter()
            .try_for_each(|permission| store::account::permit(tx, account.id, *permission))
    })
}

pub(super) fn forbid(context: &Context, command: &Permissions) -> Result<()> {
    change(context, &command.account, "account.forbid", |tx, account| {
        command
            .permissions
            .iter()
            .try_for_each(|permission| store::account::forbid(tx, account.id, *permission))
    })
}

pub(super) fn add_resource(context: &Context, command: &Resources) -> Result<()> {
    change(context, &command.account, "account.add-resource", |tx, account| {
        account.must_be_portal()?;
        let held = store::account::resources(tx, account.id)?;
        for reference in &command.resources {
            let resource = new_resource(tx, reference, &held)?;
            store::account::add_resource(tx, account.id, resource.id)?;
        }
        Ok(())
    })
}

pub(super) fn remove_resource(context: &Context, command: &Resources) -> Result<()> {
    change(context, &command.account, "account.remove-resource", |tx, account| {
        for resource in store::lookup_many::<Resource>(tx, &command.resources, Visibility::INTERNAL)? {
            store::account::remove_resource(tx, account.id, resource.id)?;
        }
        Ok(())
    })
}

/// An admin cannot disable their own account, nor the last active admin.
pub(super) fn set_active(context: &Context, reference: &Reference, active: bool) -> Result<()> {
    let action = if active { "account.enable" } else { "account.disable" };
    change(context, reference, action, |tx, account| {
        if !active {
            account.must_not_be(context.actor.account.id)?;
            let others = store::account::active_admins(tx, Some(account.id))?;
            account.must_not_be_the_last_admin(others)?;
        }
        store::account::set_active(tx, account.id, active)
    })
}
