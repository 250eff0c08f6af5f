//! `capacity show`: the capacity of one resource, present, future and past.

use crate::commands::prelude::*;
use crate::model::capacity::view::{CapacityView, history};
use crate::model::capacity::{CapacityStatus, Entry};
use crate::store::capacity::Filter;

#[derive(Args)]
pub(super) struct Show {
    /// Code or name; a provider stands for its agency record [default: the one you act for]
    resource: Option<Reference>,
    /// Also removed entries
    #[arg(long)]
    all: bool,
}

pub(super) fn run(context: &Context, command: &Show) -> Result<()> {
    let visibility = context.visibility();
    let (resource, entries) = context.read(|tx| {
        let resource = context.own_resource(tx, command.resource.as_ref(), "RESOURCE")?;
        let filter =
            Filter { resource: Some(resource.id), leave_out_removed: !command.all, ..Filter::default() };
        let entries = store::capacity::list(tx, &filter, visibility, context.now(), i64::MAX)?;
        Ok((resource, entries))
    })?;
    let view = CapacityView {
        resource: resource.code,
        resource_name: resource.name,
        provider: resource.provider,
        provider_name: resource.provider_name,
        in_force: entries.iter().find(|entry| entry.status == CapacityStatus::InForce).map(Entry::view),
        entries: history(&entries),
    };
    context.show_with_logins(&view, || Some(output::capacity::card(&view, &context.out)))
}
