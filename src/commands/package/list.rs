//! `package list`: what was offered, the newest first.

use super::view;
use crate::commands::prelude::*;
use chrono::TimeDelta;

use crate::model::package::{PackageLine, PackageStatus};
use crate::model::span::span;
use crate::store::package::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk package list --status pending --provider harbour
  $ caredesk package list --status pending --older-than 4h --oldest-first
  $ caredesk package list -o csv --for excel > packages.csv")]
pub(super) struct List {
    /// Only packages in this status [default: all but recalled]
    #[arg(long)]
    status: Option<PackageStatus>,
    /// Only packages offered to this provider
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// Only those where a provider has not answered in time, and none has accepted
    #[arg(long)]
    overdue: bool,
    /// Only those offered longer ago than this: 30m, 4h, 2d
    #[arg(long, value_name = "SPAN", value_parser = span)]
    older_than: Option<TimeDelta>,
    /// The oldest first
    #[arg(long)]
    oldest_first: bool,
    /// Only of this referral
    #[arg(long, value_name = "REFERRAL")]
    referral: Option<Reference>,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    context.list("no packages", |tx, list| {
        let provider = store::lookup_id::<Provider>(tx, command.provider.as_ref(), visibility)?;
        let referral =
            store::lookup_id::<store::referral::HubReferral>(tx, command.referral.as_ref(), visibility)?;
        let start = store::lookup_optional::<Package>(tx, command.page.after.as_ref(), visibility)?;
        let filter = Filter {
            status: command.status,
            referral,
            provider,
            leave_out_recalled: command.status.is_none(),
            is_overdue: command.overdue,
            created_by: command.older_than.and_then(|span| context.now().checked_sub_signed(span)),
            oldest_first: command.oldest_first,
            ..Filter::default()
        };
        let page = |after: Option<&Package>, limit| {
            let after = after.map(|package| package.id);
            store::package::list(tx, &Filter { after, ..filter }, visibility, limit)
        };
        context.out.pages(command.page.limit, start, list, page, |package| {
            PackageLine::new(view(context, package), context.now())
        })
    })
}
