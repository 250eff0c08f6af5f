//! `resource`: what referrals are sent to, agency records and programs. Programs come and go with `provider add-resource`,
//! `provider remove-resource` and imports.

mod edit;
mod find;
mod import;
mod list;
mod show;

use crate::commands::prelude::*;
use crate::model::import::Summary;
use crate::model::resource::search::FoundResource;
use crate::model::resource::{self, ResourceCard, ResourceLine};
use crate::store::listed;

verbs! {
    Resource: lists ResourceLine, lists FoundResource, shows ResourceCard, changes ResourceCard, changes resource::Resource,
        imports Summary, rows resource::Resource;

    /// List resources by name
    #[command(arg = at())]
    List(list::List) => list::run,
    /// Find resources that take referrals, by words, category, area, language, hours or distance
    Find(find::Find) => find::run,
    /// Show a resource with its capacity, queues and accounts
    #[command(arg = at())]
    Show {
        /// Code or name; a provider stands for its agency record
        resource: Reference,
    } => show::run,
    /// Change a resource; the value `none` clears a field
    Edit(edit::Edit) => edit::run,
    /// Import programs and agency records from tables; repeating an import changes nothing
    Import(import::Import) => import::run,
}

/// With queues and accounts, which are hidden from portal accounts (rule 2.6).
fn card(context: &Context, tx: &mut Tx<'_>, resource: &resource::Resource) -> Result<ResourceCard> {
    let is_staff = !context.actor.is_portal();
    let queues = is_staff.then(|| store::resource::queues(tx, resource.id)).transpose()?;
    Ok(ResourceCard {
        resource: resource.clone(),
        queues: queues.map(|queues| queues.into_iter().map(|(_, name)| name).collect()),
        accounts: is_staff.then(|| store::resource::accounts(tx, resource.id)).transpose()?,
        capacity: store::capacity::in_force(tx, resource.id, context.now())?.map(|entry| entry.view()),
        phones: listed::of_resource(tx, resource)?,
        addresses: listed::of_resource(tx, resource)?,
        details: listed::of_resource(tx, resource)?,
        opening_hours: listed::of_resource(tx, resource)?,
        contact_persons: listed::of_resource(tx, resource)?,
    })
}
