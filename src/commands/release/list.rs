//! `release list`: releases, the newest first.

use super::find_client;
use crate::commands::prelude::*;
use crate::model::release::ReleaseStatus;
use crate::store::release::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk release list --client \"Ada Moss\" --status active
  $ caredesk release list --owner oak -o csv --for excel > releases.csv")]
pub(super) struct List {
    /// Only of this client
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
    /// Only releases of this provider's records
    #[arg(long, value_name = "PROVIDER")]
    owner: Option<Reference>,
    /// Only those with this status today
    #[arg(long)]
    status: Option<ReleaseStatus>,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    context.list("no releases", |tx, list| {
        let client =
            command.client.as_ref().map(|reference| find_client(context, tx, reference)).transpose()?;
        let owner = store::lookup_id::<Provider>(tx, command.owner.as_ref(), visibility)?;
        let start = store::lookup_optional::<Release>(tx, command.page.after.as_ref(), visibility)?;
        let filter = Filter {
            client: client.map(|client| client.id),
            owner,
            status: command.status.map(|status| (status, context.today)),
            ..Filter::default()
        };
        let page = |after: Option<&Release>, limit| {
            let after = after.map(|release| release.id);
            store::release::list(tx, &Filter { after, ..filter }, visibility, limit)
        };
        context.out.pages(command.page.limit, start, list, page, |found| found.view(context.today))
    })
}
