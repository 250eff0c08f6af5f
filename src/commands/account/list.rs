//! `account list`: accounts by login.

use crate::commands::prelude::*;
use crate::model::access::Level;
use crate::model::account::AccountView;
use crate::store::account::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk account list --level provider-portal --provider harbour
  $ caredesk account list --inactive -o csv")]
#[command(mut_arg("after", |after| after.value_name("LOGIN")))]
pub(super) struct List {
    /// Only of this level; with several, of any of them
    #[arg(long)]
    level: Vec<Level>,
    /// Only accounts that act for this resource, also through its agency; with several, for any of them
    #[arg(long, value_name = "RESOURCE")]
    resource: Vec<Reference>,
    /// Only accounts that act for a resource of this provider; with several, of any of them
    #[arg(long, value_name = "PROVIDER")]
    provider: Vec<Reference>,
    /// Only active accounts
    #[arg(long, conflicts_with = "inactive")]
    active: bool,
    /// Only disabled accounts
    #[arg(long)]
    inactive: bool,
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
        let filters = filters(context, tx, command)?;
        let page = |after: Option<&AccountView>, limit| {
            let after = after.map(|account| account.login.as_str());
            let page = |filter: &Filter<'_>| {
                store::account::list(tx, &Filter { after, ..*filter }, visibility, limit)
            };
            store::any_of(&filters, |account| text::fold(&account.login), true, limit, page)?
                .into_iter()
                .map(|account| Ok(account.view(store::account::resources(tx, account.id)?)))
                .collect()
        };
        list.ordered_by("login");
        context.out.pages(&command.page, start, list, page, AccountView::clone)
    })
}

/// One for each combination of what may be given several times.
fn filters(context: &Context, tx: &mut Tx<'_>, command: &List) -> Result<Vec<Filter<'static>>> {
    let visibility = context.visibility();
    let resources = store::lookup_ids::<Resource>(tx, &command.resource, visibility)?;
    let providers = store::lookup_ids::<Provider>(tx, &command.provider, visibility)?;
    let active = if command.active { Some(true) } else { command.inactive.then_some(false) };
    let common = Filter { active, ..Filter::default() };
    let filters = store::each(&[common], &command.level, |one, level| Filter { level: Some(level), ..one });
    let filters = store::each(&filters, &resources, |one, at| Filter { resource: Some(at), ..one });
    Ok(store::each(&filters, &providers, |one, of| Filter { provider: Some(of), ..one }))
}
