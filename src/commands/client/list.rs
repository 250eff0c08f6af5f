//! `client list`: clients by name.

use crate::commands::prelude::*;
use crate::model::client::ClientStatus;
use crate::model::visited_client as model;
use crate::store::client::{Filter, SeenClient};

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
    match context.visibility() {
        Visibility::Staff => all(context, command),
        Visibility::Portal(account) => seen(context, command, account),
    }
}

/// Those whom the account sees (rule 3.12). Their status is not shown, so it cannot be asked for.
fn seen(context: &Context, command: &List, account: AccountId) -> Result<()> {
    if command.status.is_some() {
        let message = "`--status` is for the hub: a provider does not see the status of a client";
        return Err(Error::new(Kind::Usage, "usage.status", message).hint("leave out `--status`"));
    }
    context.list("no clients", |tx, list| {
        let after = command.page.after.as_ref();
        let start = store::lookup_optional::<SeenClient>(tx, after, Visibility::Portal(account))?;
        let page = |after: Option<&Client>, limit| {
            let filter = Filter { name: command.name.as_ref(), after, ..Filter::default() };
            store::client::list_seen(tx, account, &filter, limit)
        };
        context.out.pages(command.page.limit, start, list, page, model::SeenClient::of)
    })
}

fn all(context: &Context, command: &List) -> Result<()> {
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
