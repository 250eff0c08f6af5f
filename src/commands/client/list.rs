//! `client list`: clients by name.

use crate::commands::prelude::*;
use crate::context::ContactLook;
use crate::model::client::ClientStatus;
use crate::model::visited_client::SeenClient;
use crate::store::client::{Filter, VisitedClient};

#[derive(Args)]
pub(super) struct List {
    /// Only names that begin so, former ones too
    #[arg(long, value_name = "BEGINNING")]
    name: Option<Reference>,
    /// Only who is cared for, is no longer, or has died; with several, in any of these
    #[arg(long)]
    status: Vec<ClientStatus>,
    /// Only who is anonymous, whom the list leaves out otherwise
    #[arg(long, conflicts_with = "name")]
    anonymous: bool,
    /// Only who is active at this provider; with several, at any of them
    #[arg(long, value_name = "PROVIDER")]
    provider: Vec<Reference>,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    match context.visibility() {
        Visibility::Staff => all(context, command),
        Visibility::Portal(account) => seen(context, command, account),
    }
}

/// Those whom the account sees on any ground (rules 1.12 and 3.12). A page that names who has visits is a look at
/// contact details.
fn seen(context: &Context, command: &List, account: AccountId) -> Result<()> {
    is_of_the_hub(command)?;
    let mut list = context.out.list::<SeenClient>()?;
    list.record();
    let (since, start) = context.read(|tx| {
        let since = context.contacts_since(tx)?;
        let after = command.page.after.as_ref();
        Ok((since, store::lookup_optional::<VisitedClient>(tx, after, (account, since))?))
    })?;
    let is_look = context.shows_any::<SeenClient>(&["given", "family"])?;
    let page = |after: Option<&Client>, limit: i64| {
        let anonymous = command.anonymous.then_some(true);
        let filter = Filter { name: command.name.as_ref(), anonymous, after, ..Filter::default() };
        // The last row only shows that there is another page; it is not shown and so not disclosed.
        let shown = usize::try_from(limit - 1).unwrap_or(usize::MAX);
        let read = |tx: &mut Tx<'_>| {
            let found = store::client::list_seen(tx, (account, since), &filter, limit)?;
            let named = found.iter().take(shown).map(|client| (client.id, client.code.as_str()));
            let looks = ContactLook::at_clients(tx, account, since, named)?;
            Ok((found, looks))
        };
        if is_look {
            return context.read_contacts("client.read", "client list", read);
        }
        context.read(|tx| read(tx).map(|(found, _)| found))
    };
    context.out.pages(&command.page, start, &mut list, page, SeenClient::of)?;
    list.end("no clients")
}

/// What a provider is not shown of a client cannot be asked for either.
fn is_of_the_hub(command: &List) -> Result<()> {
    let refused = |code, option: &str, what: &str| {
        let message = format!("`{option}` is for the hub: a provider does not see {what} of a client");
        Err(Error::new(Kind::Usage, code, message).hint(format!("leave out `{option}`")))
    };
    if !command.status.is_empty() {
        return refused("usage.status", "--status", "the status");
    }
    if !command.provider.is_empty() {
        return refused("usage.provider", "--provider", "the providers");
    }
    Ok(())
}

fn all(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    context.list("no clients", |tx, list| {
        let start = store::lookup_optional::<Client>(tx, command.page.after.as_ref(), visibility)?;
        let anonymous = Some(command.anonymous);
        let common = Filter { name: command.name.as_ref(), anonymous, ..Filter::default() };
        let filters =
            store::each(&[common], &command.status, |one, status| Filter { status: Some(status), ..one });
        let providers = store::lookup_ids::<Provider>(tx, &command.provider, visibility)?;
        let filters = store::each(&filters, &providers, |one, of| Filter { provider: Some(of), ..one });
        let page = |after: Option<&Client>, limit| {
            let page = |filter: &Filter<'_>| {
                store::client::list(tx, &Filter { after, ..*filter }, visibility, limit)
            };
            store::any_of(&filters, |client| (client.name_key(), client.id), true, limit, page)
        };
        context.out.pages(&command.page, start, list, page, Client::clone)
    })
}
