//! `report sharing`: sharing requests and how they were answered.

use super::document::Documents;
use super::period::{InPeriod, one_of};
use crate::commands::prelude::*;
use crate::model::report::meaning;
use crate::model::report::{self, By, Tallies};

#[derive(Args)]
#[command(after_help = meaning::help(meaning::SHARING, "\
  $ caredesk report sharing --from 2026-10 --to 2026-10
  $ caredesk report sharing --by month -o csv"))]
pub(super) struct Sharing {
    /// What the lines are: owners, or months
    #[arg(long, default_value = "provider", value_parser = one_of(&[By::Provider, By::Month]))]
    by: By,
    /// Only requests to this owner
    #[arg(long, value_name = "PROVIDER")]
    owner: Option<Reference>,
    #[command(flatten)]
    period: InPeriod,
    #[command(flatten)]
    documents: Documents,
}

pub(super) fn run(context: &Context, command: &Sharing) -> Result<()> {
    let (period, visibility) = (command.period.period(context)?, context.visibility());
    let (tallies, names) = context.read(|tx| {
        let owner = store::lookup_id::<Provider>(tx, command.owner.as_ref(), visibility)?;
        let mut tallies = Tallies::new(command.by);
        store::report::requests(tx, &period, owner, |request| tallies.request(request, &period))?;
        let names = store::report::names(tx, tallies.keys())?;
        Ok((tallies, names))
    })?;
    let lines = report::sharing(tallies, &period, names, command.period.mask.least);
    let page = output::report::sharing(&lines, command.by, &period, &context.out)?;
    command.documents.present(context, &page, lines.lines, "no sharing requests in this period")
}
