//! `visit list`: the visits of a referral by time.

use crate::commands::prelude::*;
use crate::model::visit::VisitStatus;
use crate::store::visit::Filter;

#[derive(Args)]
pub(super) struct List {
    /// Code (or the beginning of it)
    referral: Reference,
    /// Only from this day on
    #[arg(long, value_name = "DAY")]
    from: Option<Day>,
    /// Only up to and including this day
    #[arg(long, value_name = "DAY")]
    to: Option<Day>,
    /// Only planned visits
    #[arg(long)]
    planned: bool,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    let from = command.from.map(|day| midnight(context, day.resolve(context.today))).transpose()?;
    let to = command
        .to
        .and_then(|day| day.resolve(context.today).succ_opt())
        .map(|day| midnight(context, day))
        .transpose()?;
    let status = command.planned.then_some(VisitStatus::Planned);
    context.list("no visits", |tx, list| {
        let referral =
            Some(store::lookup::<store::referral::HubReferral>(tx, &command.referral, visibility)?.id);
        let start = store::lookup_optional::<Visit>(tx, command.page.after.as_ref(), visibility)?;
        let page = |after: Option<&Visit>, limit| {
            store::visit::list(tx, &Filter { id: None, referral, from, to, status, after }, visibility, limit)
        };
        context.out.pages(command.page.limit, start, list, page, Visit::view)
    })
}

fn midnight(context: &Context, day: NaiveDate) -> Result<DateTime<Utc>> {
    time::start_of(day, context.zone).map_err(|why| Error::invalid("visit.day", why))
}
