//! `visit list`: the visits of a referral, of the hub, or those that a provider has, by time.

use crate::commands::prelude::*;
use crate::context::{ContactLook, Holder};
use crate::model::held_visit::{CONTACT_FIELDS, HeldVisit, HeldVisitView};
use crate::model::visit::VisitStatus;
use crate::store::held_visit;
use crate::store::visit::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk visit list REF-7K3M9Q --planned
  $ caredesk visit list --provider harbour --from monday --to +6d
  $ caredesk visit list --from today --to today
  $ caredesk visit list --uncovered --to +6d --queue \"home care\"

Who acts for a provider lists the visits that it has accepted, with name and address where it may see these.")]
pub(super) struct List {
    /// The referral: code (or the beginning of it) [default: all, or for a provider those that it has]
    #[arg(conflicts_with = "provider")]
    referral: Option<Reference>,
    /// Only visits that this provider has accepted, and whose they are
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// Only from this day on
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    from: Option<Day>,
    /// Only up to and including this day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    to: Option<Day>,
    /// Only of this client
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
    /// Only of referrals in this queue
    #[arg(long, value_name = "QUEUE", conflicts_with = "provider")]
    queue: Option<Reference>,
    /// Only planned visits
    #[arg(long)]
    planned: bool,
    /// Only planned visits that no provider has accepted, from now on unless `--from` is given
    #[arg(long, conflicts_with = "provider")]
    uncovered: bool,
    #[command(flatten)]
    page: Page,
}

/// The most referrals of a queue whose visits are read one by one.
const FEW: usize = 200;

/// From an instant up to but not at another, and the status.
type Limits = (Option<DateTime<Utc>>, Option<DateTime<Utc>>, Option<VisitStatus>);

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let from = command.from.map(|day| midnight(context, day.resolve(context.today))).transpose()?;
    let to = command.to.and_then(|day| day.resolve(context.today).succ_opt());
    let to = to.map(|day| midnight(context, day)).transpose()?;
    let limits = (from, to, command.planned.then_some(VisitStatus::Planned));
    must_be_of_hub(context, command)?;
    let is_of_provider = command.provider.is_some() || context.actor.is_portal();
    if is_of_provider && command.referral.is_none() {
        return of_provider(context, command, limits);
    }
    of_hub(context, command, limits)
}

fn of_hub(context: &Context, command: &List, (from, to, status): Limits) -> Result<()> {
    let visibility = context.visibility();
    context.list("no visits", |tx, list| {
        let referral = command.referral.as_ref();
        let referral = store::lookup_id::<store::referral::HubReferral>(tx, referral, visibility)?;
        let start = store::lookup_optional::<Visit>(tx, command.page.after.as_ref(), visibility)?;
        let client = store::lookup_id::<Client>(tx, command.client.as_ref(), visibility)?;
        let queue = store::lookup_id::<Queue>(tx, command.queue.as_ref(), Visibility::INTERNAL)?;
        let from = from.or_else(|| command.uncovered.then(|| context.now()));
        let is_uncovered = command.uncovered.then_some(true);
        let common = Filter { referral, from, to, status, client, queue, is_uncovered, ..Filter::default() };
        // A quiet queue is listed by its referrals, since hardly any of all visits are of it.
        let few = queue.map(|queue| store::referral::few_in_queue(tx, queue, FEW)).transpose()?.flatten();
        let filters = match few.filter(|_| referral.is_none()) {
            Some(referrals) => {
                referrals.into_iter().map(|referral| Filter { referral: Some(referral), ..common }).collect()
            }
            None => vec![common],
        };
        let page = |after: Option<&Visit>, limit| {
            let page =
                |filter: &Filter<'_>| store::visit::list(tx, &Filter { after, ..*filter }, visibility, limit);
            store::any_of(&filters, |visit| (visit.start, visit.id), true, limit, page)
        };
        list.ordered_by("start");
        context.out.pages(&command.page, start, list, page, Visit::view)
    })
}

/// Who acts for a provider asks for nothing that the hub alone knows of a visit: whose it is, its queue, that it is uncovered.
fn must_be_of_hub(context: &Context, command: &List) -> Result<()> {
    if !context.actor.is_portal() || command.client.is_none() && command.queue.is_none() && !command.uncovered
    {
        return Ok(());
    }
    Err(Error::usage("`--client`, `--queue` and `--uncovered` are for the hub")
        .hint("`caredesk visit list` shows the visits that you have"))
}

/// A page that shows whose visits these are is a look at contact details (rule 1.12).
fn of_provider(context: &Context, command: &List, (from, to, status): Limits) -> Result<()> {
    let mut list = context.out.list::<HeldVisitView>()?;
    list.record();
    list.ordered_by("start");
    let (Holder { provider, .. }, viewer, client, start) = context.read(|tx| {
        let holder = context.holder(tx, command.provider.as_ref())?;
        let viewer = context.visit_viewer(tx)?;
        let start = store::lookup_optional::<HeldVisit>(tx, command.page.after.as_ref(), viewer)?;
        let client = store::lookup_id::<Client>(tx, command.client.as_ref(), context.visibility())?;
        Ok((holder, viewer, client, start))
    })?;
    let is_look = context.shows_any::<HeldVisitView>(&CONTACT_FIELDS)?;
    let page = |after: Option<&HeldVisit>, limit: i64| {
        let filter = held_visit::Filter { provider, client, from, to, status, after, ..Default::default() };
        // The last row only shows that there is another page; it is not shown and so not disclosed.
        let shown = usize::try_from(limit - 1).unwrap_or(usize::MAX);
        let read = |tx: &mut Tx<'_>| {
            let found = held_visit::list(tx, &filter, viewer, limit)?;
            let looks = found.iter().take(shown).filter_map(ContactLook::at).collect();
            Ok((found, looks))
        };
        if is_look {
            return context.read_contacts("visit.read", "visit list", read);
        }
        context.read(|tx| read(tx).map(|(found, _)| found))
    };
    context.out.pages(&command.page, start, &mut list, page, HeldVisit::view)?;
    list.end("no visits")
}

fn midnight(context: &Context, day: NaiveDate) -> Result<DateTime<Utc>> {
    time::start_of(day, context.zone).map_err(|why| Error::invalid("visit.day", why))
}
