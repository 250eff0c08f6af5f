//! Programs of a provider: created together with their access and queues, and removed with them.

use clap::Args;
use serde::Serialize;

use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::model::access::Action;
use crate::model::account::Account;
use crate::model::code::Prefix;
use crate::model::id::{AccountId, QueueId};
use crate::model::provider::Provider;
use crate::model::queue::Queue;
use crate::model::reference::Reference;
use crate::model::resource::{Resource, ResourceCard, ResourceKind, State};
use crate::model::text;
use crate::model::visibility::Visibility;
use crate::output::Outcome;
use crate::store;

const ADD_EXAMPLES: &str = "\
Examples:
  $ caredesk provider add-resource harbour \"Night shift\" --queue \"home care\" --account rosa";

#[derive(Args)]
#[command(after_help = ADD_EXAMPLES)]
pub(super) struct Add {
    /// Its code or name, or the beginning of either
    provider: Reference,
    /// What the program is called
    #[arg(value_parser = text::name)]
    name: String,
    /// A portal account that is to act for it
    #[arg(long = "account", value_name = "LOGIN")]
    accounts: Vec<Reference>,
    /// A queue that is to send it referrals
    #[arg(long = "queue", value_name = "QUEUE")]
    queues: Vec<Reference>,
    /// Leave a resource of this name as it is
    #[arg(long)]
    if_not_exists: bool,
}

#[derive(Args)]
pub(super) struct Remove {
    /// Its code or name, or the beginning of either
    provider: Reference,
    /// The program: its code or name
    resource: Reference,
}

pub(super) fn add(context: &Context, command: &Add) -> Result<()> {
    let change_report = context.out.change_report()?;
    let (outcome, card) = context.write(|tx| {
        let provider = store::lookup::<Provider>(tx, &command.provider, context.visibility())?;
        context.actor.may(Action::ChangeProviders)?;
        provider.must_be_active()?;
        if let Some(same) = store::resource::of_name(tx, provider.id, &command.name)? {
            if command.if_not_exists {
                return Ok((Outcome::Unchanged, card(context, tx, &same)?));
            }
            return Err(same.exists());
        }
        let made = new(context, tx, &provider, &command.name)?;
        store::resource::insert(tx, &made)?;
        context.audit(tx, "provider.add-resource", &made.code, None::<&()>, Some(&made.view()))?;
        tie(context, tx, command, &made)?;
        Ok((Outcome::Created, card(context, tx, &made)?))
    })?;
    let resource = &card.resource;
    let verb = if outcome == Outcome::Created { "Created the program" } else { "There is a resource" };
    let sentence = format!(
        "{verb} {} (`{}`) of `{}`; {}, {}.",
        resource.code,
        resource.name,
        resource.provider_name,
        named(card.queues.as_ref(), "queue", "no queue sends it referrals"),
        named(card.accounts.as_ref(), "account", "no account acts for it"),
    );
    change_report.say(outcome, &sentence, &card)
}

fn named(names: Option<&Vec<String>>, what: &str, nothing: &str) -> String {
    match names.map(Vec::as_slice) {
        None | Some([]) => nothing.to_owned(),
        Some([one]) => format!("{what} `{one}`"),
        Some(several) => {
            let names: Vec<String> = several.iter().map(|name| format!("`{name}`")).collect();
            format!("{what}s {}", names.join(", "))
        }
    }
}

fn new(context: &Context, tx: &mut Tx<'_>, provider: &Provider, name: &str) -> Result<Resource> {
    Ok(Resource {
        id: context.key(),
        code: context.code(Prefix::Resource, |code| store::resource::is_code_taken(tx, code))?,
        provider_id: provider.id,
        provider: provider.code.clone(),
        provider_name: provider.name.clone(),
        kind: ResourceKind::Program,
        name: name.to_owned(),
        state: State::Active,
        description: None,
        eligibility: None,
        fees: None,
        application_process: None,
        email: None,
        url: None,
    })
}

/// Gives accounts access to the new program and links queues to it, each with its own audit entry.
fn tie(context: &Context, tx: &mut Tx<'_>, command: &Add, made: &Resource) -> Result<()> {
    for account in store::lookup_many::<Account>(tx, &command.accounts, Visibility::INTERNAL)? {
        account.must_be_portal()?;
        access(context, tx, (account.id, &account.login), "account.add-resource", |tx| {
            store::account::add_resource(tx, account.id, made.id)
        })?;
    }
    for queue in store::lookup_many::<Queue>(tx, &command.queues, Visibility::INTERNAL)? {
        link(context, tx, (queue.id, &queue.name), "queue.add-resource", |tx| {
            store::queue::add_resource(tx, queue.id, made.id)
        })?;
    }
    Ok(())
}

/// The resources of an account, as its audit entry keeps them.
#[derive(PartialEq, Serialize, schemars::JsonSchema)]
struct Access {
    login: String,
    resources: Vec<String>,
}

fn access(
    context: &Context,
    tx: &mut Tx<'_>,
    (account, login): (AccountId, &str),
    action: &'static str,
    act: impl FnOnce(&mut Tx<'_>) -> Result<()>,
) -> Result<()> {
    let read = |tx: &mut Tx<'_>| {
        let resources = store::account::resources(tx, account)?;
        Ok::<_, Error>(Access { login: login.to_owned(), resources })
    };
    let before = read(tx)?;
    act(tx)?;
    let after = read(tx)?;
    if before == after { Ok(()) } else { context.audit(tx, action, login, Some(&before), Some(&after)) }
}

fn link(
    context: &Context,
    tx: &mut Tx<'_>,
    (queue, name): (QueueId, &str),
    action: &'static str,
    act: impl FnOnce(&mut Tx<'_>) -> Result<()>,
) -> Result<()> {
    let queue = store::queue::by_id(tx, queue)?;
    let before = queue.view(store::queue::resources(tx, queue.id)?);
    act(tx)?;
    let after = queue.view(store::queue::resources(tx, queue.id)?);
    if before == after { Ok(()) } else { context.audit(tx, action, name, Some(&before), Some(&after)) }
}

/// Only staff reach this point, so nothing is hidden.
fn card(context: &Context, tx: &mut Tx<'_>, resource: &Resource) -> Result<ResourceCard> {
    let queues = store::resource::queues(tx, resource.id)?;
    Ok(ResourceCard {
        resource: resource.view(),
        queues: Some(queues.into_iter().map(|(_, name)| name).collect()),
        accounts: Some(store::resource::accounts(tx, resource.id)?),
        capacity: store::capacity::in_force(tx, resource.id, context.now)?.map(|entry| entry.view()),
    })
}

pub(super) fn remove(context: &Context, command: &Remove) -> Result<()> {
    let change_report = context.out.change_report()?;
    let (outcome, card, lost) = context.write(|tx| {
        let visibility = context.visibility();
        let provider = store::lookup::<Provider>(tx, &command.provider, visibility)?;
        let before = meant(tx, &provider, &command.resource, visibility)?;
        context.actor.may(Action::ChangeProviders)?;
        must_be_of(&before, &provider)?;
        before.must_be_program("resource.agency", "stays as long as the provider", "deactivate PROVIDER")?;
        before.must_be_free(store::resource::open_referrals(tx, before.id)?)?;
        let lost = untie(context, tx, &before)?;
        let after = Resource { state: State::Inactive, ..before.clone() };
        if after != before {
            store::resource::update(tx, &after)?;
            context.audit(
                tx,
                "provider.remove-resource",
                &after.code,
                Some(&before.view()),
                Some(&after.view()),
            )?;
        }
        let is_same = after == before && lost == Lost::default();
        let outcome = if is_same { Outcome::Unchanged } else { Outcome::Updated };
        Ok((outcome, card(context, tx, &after)?, lost))
    })?;
    let resource = &card.resource;
    let what = format!("The program {} (`{}`)", resource.code, resource.name);
    let sentence = match outcome {
        Outcome::Unchanged => format!("{what} was removed before."),
        _ => format!(
            "{what} is inactive now; {} it no more referrals, {} lost it.",
            text::counted(lost.queues, "queue sends", "queues send"),
            text::counted(lost.accounts, "account has", "accounts have")
        ),
    };
    change_report.say(outcome, &sentence, &card)
}

/// Resolves a program of this provider by name, ahead of equal names elsewhere. A portal account sees no more here
/// than anywhere else.
fn meant(
    tx: &mut Tx<'_>,
    provider: &Provider,
    reference: &Reference,
    visibility: Visibility,
) -> Result<Resource> {
    if visibility == Visibility::Staff
        && let Some(own) = store::resource::of_name(tx, provider.id, reference.as_str())?
    {
        return Ok(own);
    }
    store::lookup::<Resource>(tx, reference, visibility)
}

fn must_be_of(resource: &Resource, provider: &Provider) -> Result<()> {
    if resource.provider_id == provider.id {
        return Ok(());
    }
    let (name, of, asked) = (&resource.name, &resource.provider_name, &provider.name);
    Err(Error::refused(
        "resource.other_provider",
        format!("resource `{name}` is of `{of}`, not of `{asked}`"),
    )
    .hint(format!("`caredesk resource list --provider {}` shows its own", provider.code))
    .detail("provider", resource.provider.clone()))
}

/// The numbers of accounts and queues that lose the program.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Lost {
    accounts: usize,
    queues: usize,
}

/// Without the queue links, the agency's accounts lose access too.
fn untie(context: &Context, tx: &mut Tx<'_>, resource: &Resource) -> Result<Lost> {
    let holders = store::resource::holders(tx, resource.id)?;
    let queues = store::resource::queues(tx, resource.id)?;
    for (account, login) in &holders {
        access(context, tx, (*account, login), "account.remove-resource", |tx| {
            store::account::remove_resource(tx, *account, resource.id)
        })?;
    }
    for (queue, name) in &queues {
        link(context, tx, (*queue, name), "queue.remove-resource", |tx| {
            store::queue::remove_resource(tx, *queue, resource.id)
        })?;
    }
    Ok(Lost { accounts: holders.len(), queues: queues.len() })
}
