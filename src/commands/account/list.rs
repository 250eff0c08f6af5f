//! `account list`: accounts by login.

use crate::commands::prelude::*;
use crate::model::account::AccountView;

#[derive(Args)]
#[command(mut_arg("after", |after| after.value_name("LOGIN")))]
pub(super) struct List {
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    context.list("no accounts", |tx, list| {
        let start = match &command.page.after {
            None => None,
            Some(reference) => Some(store::lookup::<Account>(tx, reference, visibility)?.view(Vec::new())),
        };
        let page = |after: Option<&AccountView>, limit| {
            let found =
                store::account::list(tx, after.map(|account| account.login.as_str()), visibility, limit)?;
            found
                .into_iter()
                .map(|account| Ok(account.view(store::account::resources(tx, account.id)?)))
                .collect()
        };
        context.out.pages(command.page.limit, start, list, page, AccountView::clone)
    })
}
