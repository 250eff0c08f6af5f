//! `provider`: organisations that deliver care.

mod active;
mod add_resource;
mod create;
mod duplicates;
mod edit;
mod import;
mod list;
mod merge;
mod remove_resource;
mod show;

use crate::commands::prelude::*;
use crate::context::Audited;
use crate::model::duplicate::Duplicate;
use crate::model::provider;
use crate::model::provider::ProviderCard;
use crate::model::resource::ResourceCard;
use crate::store::listed;

verbs! {
    Provider: lists provider::Provider, lists Duplicate, shows ProviderCard, changes provider::Provider, changes ResourceCard,
        imports import::Report, rows provider::Provider;

    /// Create a provider, with its agency record
    Create(create::Create) => create::run,
    /// List providers by name
    #[command(arg = at())]
    List(list::List) => list::run,
    /// Show a provider with its resources, phones and addresses
    #[command(arg = at())]
    Show {
        /// Code or name (or the beginning of either)
        provider: Reference,
    } => show::run,
    /// Change a provider; the value `none` clears a field
    Edit(edit::Edit) => edit::run,
    /// Activate a provider: it is offered packages again, and receives what others share with it
    Activate {
        /// Code or name (or the beginning of either)
        provider: Reference,
    } => active::activate,
    /// Deactivate a provider: it is offered nothing and receives nothing, and its history stays
    Deactivate {
        /// Code or name (or the beginning of either)
        provider: Reference,
    } => active::deactivate,
    /// Create a program of a provider, and give portal accounts access to it
    AddResource(add_resource::AddResource) => add_resource::run,
    /// Remove a program: it becomes inactive, loses all its accounts, and keeps its history
    RemoveResource(remove_resource::RemoveResource) => remove_resource::run,
    /// List providers that may be one organisation, with the reasons; nothing is changed
    Duplicates(duplicates::Duplicates) => duplicates::run,
    /// Merge two providers that are one organisation; the codes of both lead to the one that stays
    Merge(merge::Merge) => merge::run,
    /// Import providers from a directory
    Import(import::Import) => import::run,
}

/// Changes one provider to what `edit` makes of it.
fn change(
    context: &Context, reference: &Reference, action: &'static str,
    edit: impl Fn(provider::Provider) -> provider::Provider,
) -> Result<()> {
    context.change(action, Action::ChangeProviders, |tx| {
        let before = store::lookup::<provider::Provider>(tx, reference, context.visibility())?;
        let after = edit(before.clone());
        if after != before {
            save(context, tx, &before, &after)?;
        }
        Ok(Change::of(before, after))
    })
}

fn save(
    context: &Context, tx: &mut Tx<'_>, before: &provider::Provider, after: &provider::Provider,
) -> Result<()> {
    store::provider::update(tx, before.active, after, None, context.now())?;
    store::resource::index(tx, &[after.id])
}

/// Inserts a provider with its agency record.
fn insert(context: &Context, tx: &mut Tx<'_>, new: &provider::Provider) -> Result<()> {
    store::provider::insert(tx, &[new], context.now())?;
    let agency = context.code(Prefix::Resource, |code| store::resource::is_code_taken(tx, code))?;
    store::provider::insert_agency(tx, context.key(), &agency, new)
}

/// A program with its queues and accounts. Only staff reach this point, so nothing is hidden.
fn card(context: &Context, tx: &mut Tx<'_>, resource: &Resource) -> Result<ResourceCard> {
    let queues = store::resource::queues(tx, resource.id)?;
    Ok(ResourceCard {
        resource: resource.clone(),
        queues: Some(queues.into_iter().map(|(_, name)| name).collect()),
        accounts: Some(store::resource::accounts(tx, resource.id)?),
        capacity: store::capacity::in_force(tx, resource.id, context.now())?.map(|entry| entry.view()),
        phones: listed::of_resource(tx, resource)?,
        addresses: listed::of_resource(tx, resource)?,
        details: listed::of_resource(tx, resource)?,
        opening_hours: listed::of_resource(tx, resource)?,
        contact_persons: listed::of_resource(tx, resource)?,
    })
}

view! {
    /// The resources of an account, as its audit entry keeps them.
    struct Access("account", |view| &view.login) {
        login: String => Code,
        resources: Vec<String> => Many,
    }
}

/// Does what changes the resources of an account, and returns the entry of the audit trail for it.
fn change_access(
    tx: &mut Tx<'_>, (account, login): (AccountId, &str), action: &'static str,
    act: impl FnOnce(&mut Tx<'_>) -> Result<()>,
) -> Result<Option<Audited>> {
    let read = |tx: &mut Tx<'_>| -> Result<Access> {
        Ok(Access { login: login.to_owned(), resources: store::account::resources(tx, account)? })
    };
    let before = read(tx)?;
    act(tx)?;
    Ok(Audited::other(action, login, &before, &read(tx)?))
}

/// The same for the resources of a queue.
fn change_link(
    tx: &mut Tx<'_>, (queue, name): (QueueId, &str), action: &'static str,
    act: impl FnOnce(&mut Tx<'_>) -> Result<()>,
) -> Result<Option<Audited>> {
    let queue = store::queue::by_id(tx, queue)?;
    let before = queue.view(store::queue::resources(tx, queue.id)?);
    act(tx)?;
    let after = queue.view(store::queue::resources(tx, queue.id)?);
    Ok(Audited::other(action, name, &before, &after))
}
