//! `package list`: what was offered, the newest first.

use super::view;
use crate::commands::prelude::*;
use crate::model::package::{PackageLine, PackageStatus};
use crate::store::package::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk package list --status pending --status accepted --provider harbour
  $ caredesk package list --client \"Ada Moss\" --since monday
  $ caredesk package list --status pending --older-than 4h --oldest-first
  $ caredesk package list -o csv --for excel > packages.csv")]
pub(super) struct List {
    /// Only packages in this status; with several, in any of them [default: all but recalled]
    #[arg(long)]
    status: Vec<PackageStatus>,
    /// Only packages offered to this provider; with several, to any of them
    #[arg(long, value_name = "PROVIDER")]
    provider: Vec<Reference>,
    /// Only of this client; with several, of any of them
    #[arg(long, value_name = "CLIENT")]
    client: Vec<Reference>,
    #[command(flatten)]
    aged: Aged,
    /// Only those where a provider has not answered in time, and none has accepted
    #[arg(long)]
    overdue: bool,
    /// The oldest first
    #[arg(long)]
    oldest_first: bool,
    /// Only of this referral; with several, of any of them
    #[arg(long, value_name = "REFERRAL", conflicts_with = "client")]
    referral: Vec<Reference>,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    context.list("no packages", |tx, list| {
        list.turns_by_age();
        let filters = filters(context, tx, command)?;
        let start = store::lookup_optional::<Package>(tx, command.page.after.as_ref(), visibility)?;
        let page = |after: Option<&Package>, limit| {
            let after = after.map(|package| package.id);
            let page = |filter: &Filter<'_>| {
                store::package::list(tx, &Filter { after, ..*filter }, visibility, limit)
            };
            store::any_of(&filters, |package| package.id, command.oldest_first, limit, page)
        };
        context.out.pages(&command.page, start, list, page, |package| {
            PackageLine::new(view(context, package), context.now())
        })
    })
}

/// One for each combination of what may be given several times.
fn filters(context: &Context, tx: &mut Tx<'_>, command: &List) -> Result<Vec<Filter<'static>>> {
    let visibility = context.visibility();
    let providers = store::lookup_ids::<Provider>(tx, &command.provider, visibility)?;
    let clients = store::lookup_ids::<Client>(tx, &command.client, visibility)?;
    let mut referrals = store::lookup_ids::<store::referral::HubReferral>(tx, &command.referral, visibility)?;
    for client in &clients {
        referrals.extend(store::referral::of_client(tx, *client)?);
    }
    let (since, until) = command.aged.period.instants(context, "package.day")?;
    let common = Filter {
        leave_out_recalled: command.status.is_empty(),
        is_overdue: command.overdue,
        created_by: command.aged.by(context),
        since,
        until,
        oldest_first: command.oldest_first,
        ..Filter::default()
    };
    let filters =
        store::each(&[common], &command.status, |one, status| Filter { status: Some(status), ..one });
    let filters = store::each(&filters, &providers, |one, to| Filter { provider: Some(to), ..one });
    if referrals.is_empty() && !clients.is_empty() {
        return Ok(Vec::new());
    }
    Ok(store::each(&filters, &referrals, |one, referral| Filter { referral: Some(referral), ..one }))
}
