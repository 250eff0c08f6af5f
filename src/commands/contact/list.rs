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
    /// Only of this client
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
    /// Only contacts submitted on or after this day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    since: Option<Day>,
    /// Only contacts submitted on or before this day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    until: Option<Day>,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    let is_portal = context.actor.is_portal();
    let since = command.since.map(|day| day.resolve_past(context.today));
    let until = command.until.map(|day| day.resolve(context.today));
    context.list("no contacts", |tx, list| {
        let client = store::lookup_optional::<Client>(tx, command.client.as_ref(), visibility)?
            .map(|client| client.id);
        let start = store::lookup_optional::<Contact>(tx, command.page.after.as_ref(), visibility)?;
        let page = |after: Option<&Contact>, limit| {
            let after = after.map(|contact| contact.id);
            let filter = Filter { client, since, until, after, ..Filter::default() };
            store::contact::list(tx, &filter, visibility, limit)
        };
        context.out.pages(command.page.limit, start, list, page, |contact| contact.line(is_portal))
    })
}
