//! `report packages`: what became of packages.

use super::document::Documents;
use super::period::{InPeriod, one_of};
use crate::commands::prelude::*;
use crate::model::report::meaning;
use crate::model::report::{self, By, Tallies};

#[derive(Args)]
#[command(after_help = meaning::help(meaning::PACKAGES, "\
  $ caredesk report packages --from 2026-01
  $ caredesk report packages --by queue --svg packages.svg"))]
pub(super) struct Packages {
    /// What the lines are
    #[arg(long, default_value = "month", value_parser = one_of(&[By::Month, By::Queue]))]
    by: By,
    /// Only packages of referrals in this queue
    #[arg(long, value_name = "QUEUE")]
    queue: Option<Reference>,
    #[command(flatten)]
    period: InPeriod,
    #[command(flatten)]
    documents: Documents,
}

pub(super) fn run(context: &Context, command: &Packages) -> Result<()> {
    let (period, visibility) = (command.period.period(context)?, context.visibility());
    let (tallies, names) = context.read(|tx| {
        let queue = store::lookup_id::<Queue>(tx, command.queue.as_ref(), visibility)?;
        let mut tallies = Tallies::new(command.by);
        store::report::packages(tx, &period, queue, |package| tallies.package(package, &period))?;
        let names = store::report::names(tx, tallies.keys())?;
        Ok((tallies, names))
    })?;
    let lines = report::packages(tallies, &period, names, command.period.mask.least);
    let page = output::report::packages(&lines, command.by, &period, &context.out)?;
    command.documents.present(context, &page, lines.lines, "no packages in this period")
}
