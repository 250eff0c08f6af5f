//! `client list`: clients by name.

use crate::commands::prelude::*;
use crate::model::client::ClientStatus;
use crate::store::client::Filter;

#[derive(Args)]
pub(super) struct List {
    /// Only names that begin so, former ones too
    #[arg(long, value_name = "BEGINNING")]
    name: Option<Reference>,
    /// Only who is cared for, is no longer, or has died
    #[arg(long)]
    status: Option<ClientStatus>,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    context.list("no clients", |tx, list| {
        let start = store::lookup_optional::<Client>(tx, command.page.after.as_ref(), visibility)?;
        let page = |after: Option<&Client>, limit| {
            let filter = Filter { id: None, name: command.name.as_ref(), status: command.status, after };
            store::client::list(tx, &filter, visibility, limit)
        };
        context.out.pages(command.page.limit, start, list, page, Client::clone)
    })
}
