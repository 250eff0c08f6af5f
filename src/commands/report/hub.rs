//! `report hub`: the hub at a glance.

use super::document::Documents;
use super::period::InPeriod;
use crate::commands::prelude::*;
use crate::model::report::meaning;
use crate::model::report::{self, Activity, By, Names, Tallies};

#[derive(Args)]
#[command(after_help = meaning::help(meaning::HUB, "\
  $ caredesk report hub --from 2026-01 --html meeting.html
  $ caredesk report hub --queue \"home care\" --mask 5"))]
pub(super) struct Hub {
    /// Only referrals in this queue, and their packages
    #[arg(long, value_name = "QUEUE")]
    queue: Option<Reference>,
    #[command(flatten)]
    period: InPeriod,
    #[command(flatten)]
    documents: Documents,
}

pub(super) fn run(context: &Context, command: &Hub) -> Result<()> {
    let (period, least) = (command.period.period(context)?, command.period.mask.least);
    let (activity, name) = context.read(|tx| {
        let queue = store::lookup_id::<Queue>(tx, command.queue.as_ref(), context.visibility())?;
        let (mut referrals, mut packages) = (Tallies::new(By::Month), Tallies::new(By::Month));
        let (mut offers, mut sharing) = (Tallies::new(By::Month), Tallies::new(By::Month));
        store::report::arrivals(tx, &period, queue, |created, changed| {
            referrals.arrival(created, changed, &period);
        })?;
        store::report::packages(tx, &period, queue, |package| packages.package(package, &period))?;
        store::report::offers(tx, &period, None, queue, |offer| offers.offer(offer, &period))?;
        store::report::requests(tx, &period, None, |request| sharing.request(request, &period))?;
        let activity = Activity {
            referrals: report::arrivals(referrals, &period, least),
            packages: report::packages(packages, &period, Names::new(), least),
            offers: report::offers(offers, &period, Names::new(), least),
            sharing: report::sharing(sharing, &period, Names::new(), least),
        };
        Ok((activity, store::setting::hub_name(tx)?))
    })?;
    let lines = report::hub_lines(&activity);
    let page = output::report::hub(&lines, name.as_deref(), &period);
    command.documents.present(context, &page, lines, "nothing in this period")
}
