//! `client list`: clients by name.

use crate::commands::prelude::*;
use crate::model::client::{Client, ClientView};
use crate::store::client::Filter;

#[derive(Args)]
pub(super) struct List {
    /// Only names that begin so
    #[arg(long, value_name = "BEGINNING")]
    name: Option<Reference>,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    let mut list = context.out.list::<ClientView>()?;
    context.read(|tx| {
        let start = store::lookup_optional::<Client>(tx, command.page.after.as_ref(), visibility)?;
        let page = |after: Option<&Client>, limit| {
            let filter = Filter { id: None, name: command.name.as_ref(), after };
            store::client::list(tx, &filter, visibility, limit)
        };
        context.out.pages(command.page.limit, start, &mut list, page, Client::view)
    })?;
    list.end("no clients")
}
