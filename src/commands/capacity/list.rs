//! `capacity list`: the present capacity of each resource.

use crate::commands::prelude::*;
use crate::model::capacity::{CapacityStatus, Entry};
use crate::store::capacity::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk capacity list
  $ caredesk capacity list --provider harbour --all -o csv")]
pub(super) struct List {
    /// Only entries of this resource
    #[arg(long, value_name = "RESOURCE")]
    resource: Option<Reference>,
    /// Only entries of this provider's resources
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// Also future, past and removed entries, and those of inactive resources and providers
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let (now, visibility) = (context.now(), context.visibility());
    context.list("no capacity is in force", |tx, list| {
        let resource = store::lookup_id::<Resource>(tx, command.resource.as_ref(), visibility)?;
        let provider = store::lookup_id::<Provider>(tx, command.provider.as_ref(), visibility)?;
        let start = store::lookup_optional::<Entry>(tx, command.page.after.as_ref(), (visibility, now))?;
        let status = (!command.all).then_some(CapacityStatus::InForce);
        // Who names something inactive asks for it.
        let hides_inactive = !command.all && resource.is_none() && provider.is_none();
        let page = |after: Option<&Entry>, limit| {
            let filter = Filter { resource, provider, status, hides_inactive, after, ..Filter::default() };
            store::capacity::list(tx, &filter, visibility, now, limit)
        };
        context.out.pages(command.page.limit, start, list, page, Entry::view)
    })
}
