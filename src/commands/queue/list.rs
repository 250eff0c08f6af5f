//! `queue list`: queues by name.

use crate::commands::prelude::*;
use crate::model::queue::LinkedView;
use crate::store::queue::Filter;

#[derive(Args)]
#[command(mut_arg("after", |after| after.value_name("NAME")))]
pub(super) struct List {
    /// Also inactive queues
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    let active = (!command.all).then_some(true);
    context.list("no queues", |tx, list| {
        let start = store::lookup_optional::<Queue>(tx, command.page.after.as_ref(), visibility)?;
        let start = start.map(|queue| (queue, Vec::new()));
        let page = |after: Option<&Listed>, limit| {
            let filter = Filter { id: None, active, after: after.map(|(queue, _)| queue) };
            let queues = store::queue::list(tx, &filter, visibility, limit)?;
            let linked = queues.into_iter().map(|queue| {
                let resources = store::queue::resources(tx, queue.id)?;
                Ok((queue, resources))
            });
            linked.collect()
        };
        let view = |(queue, resources): &Listed| queue.view(resources.clone());
        context.out.pages(&command.page, start, list, page, view)
    })
}

type Listed = (Queue, Vec<LinkedView>);
