//! `report referrals`: how many referrals wait where, and for how long.

use crate::commands::prelude::*;
use crate::model::report::ReferralGroups;
use crate::store::report::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk report referrals --queue \"home care\"
  $ caredesk report referrals --all --since 2026-01-01 -o csv")]
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
    /// Only referrals created on or after this day
    #[arg(long, value_name = "DAY")]
    since: Option<Day>,
    /// Also closed referrals
    #[arg(long)]
    all: bool,
}

pub(super) fn run(context: &Context, command: &Referrals) -> Result<()> {
    let visibility = context.visibility();
    let groups = context.read(|tx| {
        let queue = store::lookup_id::<Queue>(tx, command.queue.as_ref(), visibility)?;
        let resource = store::lookup_id::<Resource>(tx, command.resource.as_ref(), visibility)?;
        let provider = store::lookup_id::<Provider>(tx, command.provider.as_ref(), visibility)?;
        let since = command.since.map(|day| {
            time::start_of(day.resolve_past(context.today), context.zone)
                .map_err(|why| Error::invalid("report.since", why))
        });
        let filter = Filter { queue, resource, provider, only_open: !command.all, since: since.transpose()? };
        let (mut tally, mut groups) = (ReferralGroups::new(context.now()), Vec::new());
        store::report::referrals(tx, &filter, visibility, |referral| {
            groups.extend(tally.add(referral));
            Ok(())
        })?;
        groups.extend(tally.end());
        Ok(groups)
    })?;
    if context.out.is_drawing() && !groups.is_empty() {
        return output::text(&output::report::referrals(&groups, &context.out));
    }
    context.out.rows(groups, "no referrals")
}
