//! `report providers`: what providers were offered, and how they answered.

use super::document::Documents;
use super::period::{InPeriod, one_of};
use crate::commands::prelude::*;
use crate::model::report::meaning;
use crate::model::report::{self, By, Tallies};

#[derive(Args)]
#[command(after_help = meaning::help(meaning::OFFERS, "\
  $ caredesk report providers --from 2026-10 --to 2026-10
  $ caredesk report providers --by month --html offers.html --mask 5
  $ caredesk report providers --queue \"home care\" -o csv"))]
pub(super) struct Providers {
    /// What the lines are
    #[arg(long, default_value = "provider", value_parser = one_of(&[By::Provider, By::Queue, By::Month]))]
    by: By,
    /// Only offers to this provider
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// Only packages of referrals in this queue
    #[arg(long, value_name = "QUEUE")]
    queue: Option<Reference>,
    #[command(flatten)]
    period: InPeriod,
    #[command(flatten)]
    documents: Documents,
}

pub(super) fn run(context: &Context, command: &Providers) -> Result<()> {
    let (period, visibility) = (command.period.period(context)?, context.visibility());
    let (tallies, names) = context.read(|tx| {
        let provider = store::lookup_id::<Provider>(tx, command.provider.as_ref(), visibility)?;
        let queue = store::lookup_id::<Queue>(tx, command.queue.as_ref(), visibility)?;
        let mut tallies = Tallies::new(command.by);
        store::report::offers(tx, &period, provider, queue, |offer| tallies.offer(offer, &period))?;
        let names = store::report::names(tx, tallies.keys())?;
        Ok((tallies, names))
    })?;
    let lines = report::offers(tallies, &period, names, command.period.mask.least);
    let page = output::report::offers(&lines, command.by, &period, &context.out)?;
    command.documents.present(context, &page, lines.lines, "no offers in this period")
}
