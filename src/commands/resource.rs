//! `resource`: what referrals are sent to, agency records and programs. Programs come and go with `provider add-resource` and
//! `provider remove-resource`.

use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::Result;
use crate::model::access::Action;
use crate::model::provider::Provider;
use crate::model::queue::Queue;
use crate::model::reference::Reference;
use crate::model::resource::{self, ResourceCard, ResourceView, State};
use crate::model::{edit, text};
use crate::output::{self, Outcome, Page};
use crate::store;
use crate::store::resource::Filter;

#[derive(Args)]
pub(crate) struct Resource {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// List resources by name
    List(List),
    /// Show a resource with its capacity, its queues and who acts for it
    Show {
        /// A code or a name; a provider stands for its agency record
        resource: Reference,
    },
    /// Change what is given; `none` clears
    Edit(Edit),
}

const LIST_EXAMPLES: &str = "\
Examples:
  $ caredesk resource list --queue \"home care\" --state active
  $ caredesk resource list --provider harbour -o csv";

#[derive(Args)]
#[command(after_help = LIST_EXAMPLES)]
struct List {
    /// Only of this provider
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// Only those that take the referrals of this queue
    #[arg(long, value_name = "QUEUE")]
    queue: Option<Reference>,
    /// Only in this state
    #[arg(long)]
    state: Option<State>,
    #[command(flatten)]
    page: Page,
}

const EDIT_EXAMPLES: &str = "\
Examples:
  $ caredesk resource edit \"night shift\" --state paused
  $ caredesk resource edit \"night shift\" --name \"Night care\" --fees none";

#[derive(Args)]
#[command(after_help = EDIT_EXAMPLES)]
struct Edit {
    /// A code or a name; a provider stands for its agency record
    resource: Reference,
    #[command(flatten)]
    change: Change,
}

// At least one of these. (A doc comment here would become the help of the whole verb.)
#[derive(Args)]
#[group(required = true, multiple = true)]
struct Change {
    /// Another name, for a program
    #[arg(long, value_parser = text::name)]
    name: Option<String>,
    /// Whether it takes referrals
    #[arg(long)]
    state: Option<State>,
    /// What it does
    #[arg(long, value_name = "TEXT", value_parser = edit::or_none(text::free), allow_hyphen_values = true)]
    description: Option<edit::Edit<String>>,
    /// Who may come
    #[arg(long, value_name = "TEXT", value_parser = edit::or_none(text::free), allow_hyphen_values = true)]
    eligibility: Option<edit::Edit<String>>,
    /// What it costs
    #[arg(long, value_name = "TEXT", value_parser = edit::or_none(text::free), allow_hyphen_values = true)]
    fees: Option<edit::Edit<String>>,
    /// How to apply
    #[arg(long, value_name = "TEXT", value_parser = edit::or_none(text::free), allow_hyphen_values = true)]
    application_process: Option<edit::Edit<String>>,
    /// Where to write
    #[arg(long, value_parser = edit::or_none(text::email))]
    email: Option<edit::Edit<String>>,
    /// Its page on the web
    #[arg(long, value_parser = edit::or_none(text::name))]
    url: Option<edit::Edit<String>>,
}

pub(crate) fn run(context: &Context, command: Resource) -> Result<()> {
    match command.verb {
        Verb::List(list) => self::list(context, &list),
        Verb::Show { resource } => show(context, &resource),
        Verb::Edit(edit) => self::edit(context, &edit),
    }
}

fn list(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    let mut list = context.out.list::<ResourceView>()?;
    context.read(|tx| {
        let provider = store::lookup_optional::<Provider>(tx, command.provider.as_ref(), visibility)?;
        let queue = store::lookup_optional::<Queue>(tx, command.queue.as_ref(), visibility)?;
        let start =
            store::lookup_optional::<resource::Resource>(tx, command.page.after.as_ref(), visibility)?;
        let (provider, queue) = (provider.map(|found| found.id), queue.map(|found| found.id));
        let page = |after: Option<&resource::Resource>, limit| {
            let filter = Filter { provider, queue, state: command.state, after };
            store::resource::list(tx, &filter, visibility, limit)
        };
        context.out.pages(command.page.limit, start, &mut list, page, resource::Resource::view)
    })?;
    list.end("no resources")
}

fn show(context: &Context, reference: &Reference) -> Result<()> {
    let card = context.read(|tx| {
        let found = store::lookup::<resource::Resource>(tx, reference, context.visibility())?;
        card(context, tx, &found)
    })?;
    context.out.show(&card, || Some(output::resource::card(&card, &context.out)))
}

/// With queues and accounts, which are hidden from portal accounts (rule 2.6).
fn card(context: &Context, tx: &mut Tx<'_>, resource: &resource::Resource) -> Result<ResourceCard> {
    let is_staff = !context.actor.is_portal();
    let queues = is_staff.then(|| store::resource::queues(tx, resource.id)).transpose()?;
    Ok(ResourceCard {
        resource: resource.view(),
        queues: queues.map(|queues| queues.into_iter().map(|(_, name)| name).collect()),
        accounts: is_staff.then(|| store::resource::accounts(tx, resource.id)).transpose()?,
        capacity: store::capacity::in_force(tx, resource.id, context.now)?.map(|entry| entry.view()),
    })
}

fn edit(context: &Context, command: &Edit) -> Result<()> {
    let change_report = context.out.change_report()?;
    let (outcome, after, card) = context.write(|tx| {
        let before = store::lookup::<resource::Resource>(tx, &command.resource, context.visibility())?;
        context.actor.may(Action::ChangeProviders)?;
        let after = edited(&command.change, &before);
        if after == before {
            return Ok((Outcome::Unchanged, after, card(context, tx, &before)?));
        }
        may_become(tx, &before, &after)?;
        store::resource::update(tx, &after)?;
        context.audit(tx, "resource.edit", &after.code, Some(&before.view()), Some(&after.view()))?;
        Ok((Outcome::Updated, after.clone(), card(context, tx, &after)?))
    })?;
    let state = match after.state {
        State::Active => "active",
        State::Paused => "paused: it takes no referrals for now",
        State::Inactive => "inactive: nothing is sent to it",
    };
    let sentence = match outcome {
        Outcome::Unchanged => {
            format!("Nothing to change: the resource {} (`{}`) stays as it is.", after.code, after.name)
        }
        _ => format!("The resource {} (`{}`) was changed; it is {state}.", after.code, after.name),
    };
    change_report.say(outcome, &sentence, &card)
}

fn edited(change: &Change, before: &resource::Resource) -> resource::Resource {
    let was = before.clone();
    resource::Resource {
        name: change.name.clone().unwrap_or(was.name),
        state: change.state.unwrap_or(was.state),
        description: edit::apply(change.description.as_ref(), was.description),
        eligibility: edit::apply(change.eligibility.as_ref(), was.eligibility),
        fees: edit::apply(change.fees.as_ref(), was.fees),
        application_process: edit::apply(change.application_process.as_ref(), was.application_process),
        email: edit::apply(change.email.as_ref(), was.email),
        url: edit::apply(change.url.as_ref(), was.url),
        ..was
    }
}

fn may_become(tx: &mut Tx<'_>, before: &resource::Resource, after: &resource::Resource) -> Result<()> {
    if after.name != before.name {
        before.must_be_program("resource.agency_name", "carries its name", "edit PROVIDER --name NAME")?;
        let same = store::resource::of_name(tx, before.provider_id, &after.name)?;
        if let Some(same) = same.filter(|same| same.id != before.id) {
            return Err(same.exists());
        }
    }
    if after.state == State::Inactive && before.state != State::Inactive {
        before.must_be_free(store::resource::open_referrals(tx, before.id)?)?;
    }
    Ok(())
}
