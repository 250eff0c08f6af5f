//! `report referrals`: how many referrals wait where, and for how long.

use super::document::Documents;
use super::period::Mask;
use crate::commands::prelude::*;
use crate::model::report::meaning;
use crate::model::report::{Edge, Period, ReferralGroups, masked};
use crate::store::report::Filter;

#[derive(Args)]
#[command(after_help = meaning::help(meaning::REFERRALS, "\
  $ caredesk report referrals --queue \"home care\"
  $ caredesk report referrals --all --from 2026-01 --to 2026-06 -o csv"))]
pub(super) struct Referrals {
    /// Only referrals in this queue
    #[arg(long, value_name = "QUEUE")]
    queue: Option<Reference>,
    /// Only referrals assigned to this resource
    #[arg(long, value_name = "RESOURCE")]
    resource: Option<Reference>,
    /// Only referrals assigned to a resource of this provider
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// Only referrals created in this month or on this day, or later
    #[arg(long, visible_alias = "since", value_name = "MONTH|DAY", allow_hyphen_values = true)]
    from: Option<Edge>,
    /// Only referrals created in this month or on this day, or earlier
    #[arg(long, value_name = "MONTH|DAY", allow_hyphen_values = true)]
    to: Option<Edge>,
    /// Also closed referrals
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    mask: Mask,
    #[command(flatten)]
    documents: Documents,
}

pub(super) fn run(context: &Context, command: &Referrals) -> Result<()> {
    let visibility = context.visibility();
    let groups = context.read(|tx| {
        let queue = store::lookup_id::<Queue>(tx, command.queue.as_ref(), visibility)?;
        let resource = store::lookup_id::<Resource>(tx, command.resource.as_ref(), visibility)?;
        let provider = store::lookup_id::<Provider>(tx, command.provider.as_ref(), visibility)?;
        let period = Period::new(command.from, command.to, context.today, context.zone)?;
        let filter = Filter {
            queue,
            resource,
            provider,
            only_open: !command.all,
            since: command.from.map(|_| period.begin),
            before: command.to.map(|_| period.end),
        };
        let (mut tally, mut groups) = (ReferralGroups::new(context.now()), Vec::new());
        store::report::referrals(tx, &filter, visibility, |referral| {
            groups.extend(tally.add(referral));
            Ok(())
        })?;
        groups.extend(tally.end());
        Ok(groups)
    })?;
    let groups = masked(groups, command.mask.least);
    let page = output::report::referrals(&groups, &context.out)?;
    command.documents.present(context, &page, groups, "no referrals")
}
