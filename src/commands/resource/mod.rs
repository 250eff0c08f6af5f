//! `resource`: what referrals are sent to, agency records and programs. Programs come and go with `provider add-resource` and
//! `provider remove-resource`.

mod edit;
mod list;
mod show;

use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::Result;
use crate::model::reference::Reference;
use crate::model::resource::ResourceView;
use crate::model::resource::{self, ResourceCard};
use crate::output::Schemas;
use crate::store;

#[derive(Args)]
pub(crate) struct Resource {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// List resources by name
    List(list::List),
    /// Show a resource with its capacity, its queues and who acts for it
    Show {
        /// A code or a name; a provider stands for its agency record
        resource: Reference,
    },
    /// Change what is given; `none` clears
    Edit(edit::Edit),
}

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut Schemas) {
    schemas
        .lists::<ResourceView>()
        .shows::<ResourceCard>()
        .changes::<ResourceCard>()
        .changes::<ResourceView>();
}

pub(crate) fn run(context: &Context, command: Resource) -> Result<()> {
    match command.verb {
        Verb::List(list) => list::run(context, &list),
        Verb::Show { resource } => show::run(context, &resource),
        Verb::Edit(edit) => edit::run(context, &edit),
    }
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
