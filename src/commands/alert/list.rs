//! `alert list`: alerts, the newest first.

use crate::commands::prelude::*;
use crate::model::alert::AlertStatus;
use crate::store::alert::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk alert list --status failed
  $ caredesk alert list --account rosa -o json")]
pub(super) struct List {
    /// Only those in this status
    #[arg(long)]
    status: Option<AlertStatus>,
    /// Only alerts to this account
    #[arg(long, value_name = "LOGIN")]
    account: Option<Reference>,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    context.list("no such alerts", |tx, list| {
        let account = store::lookup_id::<Account>(tx, command.account.as_ref(), visibility)?;
        let start = store::lookup_optional::<Alert>(tx, command.page.after.as_ref(), visibility)?;
        let filter = Filter { status: command.status, account, ..Filter::default() };
        let page = |after: Option<&Alert>, limit| {
            let after = after.map(|alert| alert.id);
            store::alert::list(tx, &Filter { after, ..filter }, visibility, limit)
        };
        context.out.pages(command.page.limit, start, list, page, Alert::view)
    })
}
