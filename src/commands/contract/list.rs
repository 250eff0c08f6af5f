//! `contract list`: contracts in the order of their making.

use crate::commands::prelude::*;
use crate::store::contract::Filter;

#[derive(Args)]
pub(super) struct List {
    /// Only of this provider
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// Only contracts in force today
    #[arg(long)]
    active: bool,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    context.list("no contracts", |tx, list| {
        let provider = store::lookup_id::<Provider>(tx, command.provider.as_ref(), visibility)?;
        let start = store::lookup_optional::<Contract>(tx, command.page.after.as_ref(), visibility)?;
        let filter = Filter { provider, on: command.active.then_some(context.today), ..Filter::default() };
        let page = |after: Option<&Contract>, limit| {
            store::contract::list(tx, &Filter { after: after.map(|one| one.id), ..filter }, visibility, limit)
        };
        context.out.pages(&command.page, start, list, page, |one| one.view(context.today))
    })
}
