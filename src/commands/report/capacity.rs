//! `report capacity`: how many more referrals each resource of a queue can take.

use std::collections::HashMap;

use super::document::Documents;
use crate::commands::prelude::*;
use crate::model::capacity::{CapacityStatus, Entry};
use crate::model::report::{CapacityLine, LinkedResource};
use crate::store::capacity;
use crate::store::report::Filter;

#[derive(Args)]
pub(super) struct Capacity {
    /// Only resources that take referrals of this queue
    #[arg(long, value_name = "QUEUE")]
    queue: Option<Reference>,
    /// Only resources of this provider
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    #[command(flatten)]
    documents: Documents,
}

pub(super) fn run(context: &Context, command: &Capacity) -> Result<()> {
    let visibility = context.visibility();
    let lines = context.read(|tx| {
        let queue = store::lookup_id::<Queue>(tx, command.queue.as_ref(), visibility)?;
        let provider = store::lookup_id::<Provider>(tx, command.provider.as_ref(), visibility)?;
        let takers =
            store::report::resources(tx, &Filter { queue, provider, ..Filter::default() }, visibility)?;
        let in_force =
            capacity::Filter { provider, status: Some(CapacityStatus::InForce), ..Default::default() };
        let entries = capacity::list(tx, &in_force, visibility, context.now(), i64::MAX)?;
        let entries: HashMap<ResourceId, &Entry> =
            entries.iter().map(|entry| (entry.resource_id, entry)).collect();
        let line = |resource: LinkedResource| {
            let entry = entries.get(&resource.id).copied();
            CapacityLine::new(resource, entry, context.now())
        };
        Ok(takers.into_iter().map(line).collect::<Vec<_>>())
    })?;
    let page = output::report::capacity(&lines, &context.out)?;
    command.documents.present(context, &page, lines, "no resource takes referrals of a queue")
}
