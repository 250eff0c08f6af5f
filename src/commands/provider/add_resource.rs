//! `provider add-resource`: a program, with the accounts that act for it and the queues that send it referrals.

use super::{card, change_access, change_link};
use crate::commands::prelude::*;
use crate::context::Audited;
use crate::model::reference::code_of;
use crate::model::resource::ResourceCard;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk provider add-resource harbour \"Night shift\" --queue \"home care\" \\
      --account rosa")]
pub(super) struct AddResource {
    /// Code or name (or the beginning of either)
    provider: Reference,
    /// The name of the program
    #[arg(value_parser = text::name)]
    name: String,
    /// The portal accounts to act for it
    #[arg(long = "account", value_name = "LOGIN", num_args = 1..)]
    accounts: Vec<Reference>,
    /// The queues to take referrals from
    #[arg(long = "queue", value_name = "QUEUE", num_args = 1..)]
    queues: Vec<Reference>,
    /// The code that it has in another database, in place of a new one
    #[arg(long, value_parser = code)]
    code: Option<String>,
    /// Do nothing if the provider has a resource with this name
    #[arg(long)]
    if_not_exists: bool,
}

fn code(text: &str) -> Result<String, String> {
    code_of(Prefix::Resource, text).ok_or_else(|| "a resource has a code such as RES-7K3M9Q".to_owned())
}

pub(super) fn run(context: &Context, command: &AddResource) -> Result<()> {
    context.change("provider.add-resource", Action::ChangeProviders, |tx| {
        let provider = store::lookup::<Provider>(tx, &command.provider, context.visibility())?;
        provider.must_be_active()?;
        // Imports may contain two programs of one name; what has a code of its own is one more.
        if command.code.is_none()
            && let Some(same) = store::resource::of_name(tx, provider.id, &command.name)?
        {
            if !command.if_not_exists {
                return Err(same.exists());
            }
            let card = card(context, tx, &same)?;
            let why = format!("resource {} ({}) exists", same.code, same.name);
            return Ok(Change::unchanged(card).already(why));
        }
        let new = new(context, tx, &provider, command)?;
        store::resource::insert(tx, &new)?;
        store::resource::index(tx, &[new.provider_id])?;
        let others = connect(context, tx, command, &new)?;
        let card = card(context, tx, &new)?;
        let sentence = sentence(&card);
        Ok(Change::created(new).followed_by(others).shown_as(None, card).saying(sentence))
    })
}

fn sentence(card: &ResourceCard) -> String {
    let resource = &card.resource;
    format!(
        "Created resource {} ({}) of `{}`: {}, {}.",
        resource.code,
        resource.name,
        resource.provider_name,
        named(card.queues.as_ref(), "queue", "no queue sends it referrals"),
        named(card.accounts.as_ref(), "account", "no account acts for it"),
    )
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

fn new(context: &Context, tx: &mut Tx<'_>, provider: &Provider, command: &AddResource) -> Result<Resource> {
    let id = context.key();
    let is_taken = |code: &str| store::resource::is_code_taken(tx, code);
    let code = context.code_of_row(Prefix::Resource, command.code.as_deref(), is_taken)?;
    Ok(provider.program(id, code, command.name.clone()))
}

/// Gives accounts access to the new program and links queues to it, each with its own audit entry.
fn connect(
    context: &Context, tx: &mut Tx<'_>, command: &AddResource, new: &Resource,
) -> Result<Vec<Audited>> {
    let mut entries = Vec::new();
    for account in store::lookup_many::<Account>(tx, &command.accounts, context.visibility())? {
        account.must_be_portal()?;
        entries.extend(change_access(tx, (account.id, &account.login), "account.add-resource", |tx| {
            store::account::add_resource(tx, account.id, new.id)
        })?);
    }
    for queue in store::lookup_many::<Queue>(tx, &command.queues, context.visibility())? {
        entries.extend(change_link(tx, (queue.id, &queue.name), "queue.add-resource", |tx| {
            store::queue::add_resource(tx, queue.id, new.id)
        })?);
    }
    Ok(entries)
}
