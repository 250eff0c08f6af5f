//! `capacity`: how many more referrals resources can take.

mod change;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::error::Result;
use crate::model::capacity::view::{CapacityView, EntryView, history};
use crate::model::capacity::{Entry, Standing};
use crate::model::provider::Provider;
use crate::model::reference::Reference;
use crate::model::resource::Resource;
use crate::output::{self, Page};
use crate::store;
use crate::store::capacity::Filter;

#[derive(Args)]
pub(crate) struct Capacity {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Set how many more referrals a resource can take, from now on or for a while
    Set(change::Set),
    /// Show the capacity of a resource: present, future and past
    Show(Show),
    /// List the present capacity of each resource
    List(List),
    /// Change an entry; `none` clears
    Edit(change::Edit),
    /// Remove an entry; it stays in the history
    Remove {
        /// Its code or the beginning of it
        entry: Reference,
    },
}

#[derive(Args)]
struct Show {
    /// A code or a name; a provider stands for its agency record
    resource: Reference,
    /// Entries that were removed as well
    #[arg(long)]
    all: bool,
}

const LIST_EXAMPLES: &str = "\
Examples:
  $ caredesk capacity list
  $ caredesk capacity list --provider harbour --all -o csv";

#[derive(Args)]
#[command(after_help = LIST_EXAMPLES)]
struct List {
    /// Only of this resource
    #[arg(long, value_name = "RESOURCE")]
    resource: Option<Reference>,
    /// Only of the resources of this provider
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// Also what is to come, what is over and what was removed
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    page: Page,
}

pub(crate) fn run(context: &Context, command: Capacity) -> Result<()> {
    match command.verb {
        Verb::Set(set) => change::set(context, &set),
        Verb::Show(show) => self::show(context, &show),
        Verb::List(list) => self::list(context, &list),
        Verb::Edit(edit) => change::edit(context, &edit),
        Verb::Remove { entry } => change::remove(context, &entry),
    }
}

fn show(context: &Context, command: &Show) -> Result<()> {
    let visibility = context.visibility();
    let (resource, entries) = context.read(|tx| {
        let resource = store::lookup::<Resource>(tx, &command.resource, visibility)?;
        let filter =
            Filter { resource: Some(resource.id), leave_out_removed: !command.all, ..Filter::default() };
        let entries = store::capacity::list(tx, &filter, visibility, context.now, i64::MAX)?;
        Ok((resource, entries))
    })?;
    let view = CapacityView {
        resource: resource.code,
        resource_name: resource.name,
        provider: resource.provider,
        provider_name: resource.provider_name,
        in_force: entries.iter().find(|entry| entry.standing == Standing::InForce).map(Entry::view),
        entries: history(&entries),
    };
    context.out.show(&view, || Some(output::capacity::card(&view, &context.out)))
}

fn list(context: &Context, command: &List) -> Result<()> {
    let (now, visibility) = (context.now, context.visibility());
    let mut list = context.out.list::<EntryView>()?;
    context.read(|tx| {
        let resource = store::lookup_optional::<Resource>(tx, command.resource.as_ref(), visibility)?;
        let provider = store::lookup_optional::<Provider>(tx, command.provider.as_ref(), visibility)?;
        let start = store::lookup_optional::<Entry>(tx, command.page.after.as_ref(), (visibility, now))?;
        let (resource, provider) = (resource.map(|found| found.id), provider.map(|found| found.id));
        let standing = (!command.all).then_some(Standing::InForce);
        let page = |after: Option<&Entry>, limit| {
            let filter = Filter { resource, provider, standing, after, ..Filter::default() };
            store::capacity::list(tx, &filter, visibility, now, limit)
        };
        context.out.pages(command.page.limit, start, &mut list, page, Entry::view)
    })?;
    list.end("no capacity is in force")
}
