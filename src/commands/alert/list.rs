//! `alert list`: alerts, the newest first.

use super::thing::Thing;
use crate::commands::prelude::*;
use crate::model::alert::{AlertKind, AlertStatus};
use crate::store::alert::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk alert list --status failed
  $ caredesk alert list --account rosa -o json
  $ caredesk alert list --about PKG-7K3M9Q --kind offered")]
pub(super) struct List {
    /// Only those in this status
    #[arg(long)]
    status: Option<AlertStatus>,
    /// Only alerts to this account
    #[arg(long, value_name = "LOGIN")]
    account: Option<Reference>,
    /// Only alerts of this kind
    #[arg(long)]
    kind: Option<AlertKind>,
    /// Only alerts about this referral, package, sharing request or release: its code, the reference of the package or
    /// the contact number of the referral
    #[arg(long, value_name = "CODE")]
    about: Option<Reference>,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    context.list("no such alerts", |tx, list| {
        let account = store::lookup_id::<Account>(tx, command.account.as_ref(), visibility)?;
        let start = store::lookup_optional::<Alert>(tx, command.page.after.as_ref(), visibility)?;
        let List { status, kind, .. } = *command;
        let about = command.about.as_ref();
        let about = about.map(|code| Thing::find(tx, code, visibility)).transpose()?;
        let about = about.map_or_else(Filter::default, |thing| thing.filter());
        let filter = Filter { status, account, kind, ..about };
        let page = |after: Option<&Alert>, limit| {
            let after = after.map(|alert| alert.id);
            store::alert::list(tx, &Filter { after, ..filter }, visibility, limit)
        };
        context.out.pages(&command.page, start, list, page, Alert::view)
    })
}
