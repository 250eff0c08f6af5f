//! `provider`: organisations that deliver care.

mod apply;
mod import;
mod program;
mod source;

use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::model::access::Action;
use crate::model::code::Prefix;
use crate::model::provider::{self, ProviderCard};
use crate::model::reference::Reference;
use crate::model::visibility::Visibility;
use crate::model::{edit, text};
use crate::output::{Outcome, Page};
use crate::store::provider::Filter;
use crate::store::{self};

#[derive(Args)]
pub(crate) struct Provider {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Create a provider, with its agency record
    Create(Create),
    /// List providers by name
    List(List),
    /// Show a provider with its resources, phones and addresses
    Show {
        /// Its code or name, or the beginning of either
        provider: Reference,
    },
    /// Change what is given; `none` clears
    Edit(Edit),
    /// Offer packages to it again
    Activate {
        /// Its code or name, or the beginning of either
        provider: Reference,
    },
    /// Stop offering packages to a provider; its history stays
    Deactivate {
        /// Its code or name, or the beginning of either
        provider: Reference,
    },
    /// Create a program of a provider, and give portal accounts access to it
    AddResource(program::Add),
    /// Remove a program: it becomes inactive, loses all its accounts, and keeps its history
    RemoveResource(program::Remove),
    /// Import providers from a directory
    Import(import::Import),
}

#[derive(Args)]
struct Create {
    /// What the organisation is called
    #[arg(value_parser = text::name)]
    name: String,
    /// Where to write
    #[arg(long, value_parser = text::email)]
    email: Option<String>,
    /// Where to call
    #[arg(long, value_parser = text::name)]
    phone: Option<String>,
    /// Its postal code
    #[arg(long, value_parser = text::name)]
    postal_code: Option<String>,
    /// Its page on the web
    #[arg(long, value_parser = text::name)]
    url: Option<String>,
    /// Leave a provider of this name as it is
    #[arg(long)]
    if_not_exists: bool,
}

#[derive(Args)]
struct List {
    /// Only names that begin so
    #[arg(long, value_name = "BEGINNING")]
    name: Option<Reference>,
    /// Only active ones
    #[arg(long, conflicts_with = "inactive")]
    active: bool,
    /// Only inactive ones
    #[arg(long)]
    inactive: bool,
    #[command(flatten)]
    page: Page,
}

const EDIT_EXAMPLES: &str = "\
Examples:
  $ caredesk provider edit harbour --phone \"01632 960113\"
  $ caredesk provider edit harbour --url none";

#[derive(Args)]
#[command(after_help = EDIT_EXAMPLES)]
struct Edit {
    /// Its code or name, or the beginning of either
    provider: Reference,
    /// Another name
    #[arg(long, value_parser = text::name)]
    name: Option<String>,
    /// Where to write
    #[arg(long, value_parser = edit::or_none(text::email))]
    email: Option<edit::Edit<String>>,
    /// Where to call
    #[arg(long, value_parser = edit::or_none(text::name))]
    phone: Option<edit::Edit<String>>,
    /// Its postal code
    #[arg(long, value_parser = edit::or_none(text::name))]
    postal_code: Option<edit::Edit<String>>,
    /// Its page on the web
    #[arg(long, value_parser = edit::or_none(text::name))]
    url: Option<edit::Edit<String>>,
}

pub(crate) fn run(context: &Context, command: Provider) -> Result<()> {
    match command.verb {
        Verb::Create(create) => self::create(context, &create),
        Verb::List(list) => self::list(context, &list),
        Verb::Show { provider } => show(context, &provider),
        Verb::Edit(edit) => self::edit(context, &edit),
        Verb::Activate { provider } => set_active(context, &provider, true),
        Verb::Deactivate { provider } => set_active(context, &provider, false),
        Verb::AddResource(command) => program::add(context, &command),
        Verb::RemoveResource(command) => program::remove(context, &command),
        Verb::Import(import) => import::run(context, &import),
    }
}

fn create(context: &Context, command: &Create) -> Result<()> {
    let change_report = context.out.change_report()?;
    context.actor.may(Action::ChangeProviders)?;
    let (outcome, view) = context.write(|tx| {
        if let Some(same) = of_this_name(tx, &command.name)? {
            return unless_exists(command, &same);
        }
        let made = new(context, tx, command)?;
        store::provider::insert(tx, &[&made])?;
        let agency = context.code(Prefix::Resource, |code| store::resource::is_code_taken(tx, code))?;
        store::provider::insert_agency(tx, context.key(), &agency, &made)?;
        context.audit(tx, "provider.create", &made.code, None::<&()>, Some(&made))?;
        Ok((Outcome::Created, made))
    })?;
    let verb = if outcome == Outcome::Created { "Created the provider" } else { "There is a provider" };
    change_report.say(outcome, &format!("{verb} {} ({}).", view.code, view.name), &view)
}

fn of_this_name(tx: &mut Tx<'_>, name: &str) -> Result<Option<provider::Provider>> {
    let reference: Reference = name.parse().map_err(|why: String| Error::invalid("provider.name", why))?;
    let filter = Filter { name: Some(&reference), ..Filter::default() };
    let found = store::provider::list(tx, &filter, Visibility::INTERNAL, 1)?.pop();
    Ok(found.filter(|provider| text::fold(&provider.name) == reference.key()))
}

/// Imports may contain two providers of one name; created by hand, the second is nearly always a mistake.
fn unless_exists(command: &Create, same: &provider::Provider) -> Result<(Outcome, provider::Provider)> {
    if command.if_not_exists {
        return Ok((Outcome::Unchanged, same.clone()));
    }
    Err(Error::refused(
        "provider.exists",
        format!("there is a provider `{}` already: {}", same.name, same.code),
    )
    .hint("`--if-not-exists` leaves it as it is; `caredesk provider edit` changes it")
    .detail("provider", same.code.clone()))
}

fn new(context: &Context, tx: &mut Tx<'_>, command: &Create) -> Result<provider::Provider> {
    let id = context.key();
    let code = context.code(Prefix::Provider, |code| store::provider::is_code_taken(tx, code))?;
    Ok(provider::Provider {
        email: command.email.clone(),
        phone: command.phone.clone(),
        url: command.url.clone(),
        postal_code: command.postal_code.clone(),
        ..provider::Provider::named(id, code, command.name.clone())
    })
}

fn list(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    let active = if command.active { Some(true) } else { command.inactive.then_some(false) };
    let mut list = context.out.list::<provider::Provider>()?;
    context.read(|tx| {
        let start =
            store::lookup_optional::<provider::Provider>(tx, command.page.after.as_ref(), visibility)?;
        context.out.pages(
            command.page.limit,
            start,
            &mut list,
            |after, limit| {
                let filter = Filter { id: None, code: None, active, name: command.name.as_ref(), after };
                store::provider::list(tx, &filter, visibility, limit)
            },
            Clone::clone,
        )
    })?;
    list.end("no providers")
}

fn show(context: &Context, reference: &Reference) -> Result<()> {
    let card = context.read(|tx| {
        let found = store::lookup::<provider::Provider>(tx, reference, context.visibility())?;
        Ok(ProviderCard {
            resources: store::provider::resources(tx, found.id)?,
            phones: store::provider::phones(tx, found.id)?,
            addresses: store::provider::addresses(tx, found.id)?,
            provider: found,
        })
    })?;
    context.out.show(&card, || None)
}

fn edit(context: &Context, command: &Edit) -> Result<()> {
    change(context, &command.provider, "provider.edit", |provider| {
        let was = provider.clone();
        *provider = provider::Provider {
            name: command.name.clone().unwrap_or(was.name),
            email: edit::apply(command.email.as_ref(), was.email),
            phone: edit::apply(command.phone.as_ref(), was.phone),
            postal_code: edit::apply(command.postal_code.as_ref(), was.postal_code),
            url: edit::apply(command.url.as_ref(), was.url),
            ..was
        };
    })
}

fn set_active(context: &Context, reference: &Reference, active: bool) -> Result<()> {
    let action = if active { "provider.activate" } else { "provider.deactivate" };
    change(context, reference, action, |provider| provider.active = active)
}

fn change(
    context: &Context,
    reference: &Reference,
    action: &'static str,
    edit: impl Fn(&mut provider::Provider),
) -> Result<()> {
    let change_report = context.out.change_report()?;
    let (outcome, view) = context.write(|tx| {
        let before = store::lookup::<provider::Provider>(tx, reference, context.visibility())?;
        context.actor.may(Action::ChangeProviders)?;
        let mut after = before.clone();
        edit(&mut after);
        if after == before {
            return Ok((Outcome::Unchanged, before));
        }
        store::provider::update(tx, &after)?;
        context.audit(tx, action, &after.code, Some(&before), Some(&after))?;
        Ok((Outcome::Updated, after))
    })?;
    let state = if view.active { "active" } else { "inactive" };
    let sentence = match outcome {
        Outcome::Unchanged => {
            format!("Nothing to change: the provider {} ({}) stays as it is.", view.code, view.name)
        }
        _ => format!("The provider {} ({}) was changed; it is {state}.", view.code, view.name),
    };
    change_report.say(outcome, &sentence, &view)
}
