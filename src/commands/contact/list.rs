//! `contact list`: contacts, the newest first.

use crate::commands::prelude::*;
use crate::store::contact::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk contact list --since monday
  $ caredesk contact list --client winterbourne -o json")]
#[command(mut_arg("after", |after| after.value_name("NUMBER")))]
pub(super) struct List {
    /// Only of this client; with several, of any of them
    #[arg(long, value_name = "CLIENT")]
    client: Vec<Reference>,
    /// Only those that were submitted without a name
    #[arg(long)]
    anonymous: bool,
    #[command(flatten)]
    period: Period,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    let is_portal = context.actor.is_portal();
    let (since, until) = command.period.days(context);
    context.list("no contacts", |tx, list| {
        let clients = store::lookup_ids::<Client>(tx, &command.client, visibility)?;
        let common = Filter { since, until, only_anonymous: command.anonymous, ..Filter::default() };
        let filters = store::each(&[common], &clients, |one, client| Filter { client: Some(client), ..one });
        let start = store::lookup_optional::<Contact>(tx, command.page.after.as_ref(), visibility)?;
        let page = |after: Option<&Contact>, limit| {
            let after = after.map(|contact| contact.id);
            let page = |filter: &Filter<'_>| {
                store::contact::list(tx, &Filter { after, ..*filter }, visibility, limit)
            };
            store::any_of(&filters, |contact| contact.id, false, limit, page)
        };
        context.out.pages(&command.page, start, list, page, |contact| contact.line(is_portal))
    })
}
