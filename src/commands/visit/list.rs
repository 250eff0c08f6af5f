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
    /// The referrals: codes (or the beginnings of them) [default: all, or for a provider those that it has]
    #[arg(value_name = "REFERRAL", conflicts_with = "provider")]
    referrals: Vec<Reference>,
    /// Only visits that this provider has accepted, and whose they are
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// Only from this day on
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    from: Option<Day>,
    /// Only up to and including this day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    to: Option<Day>,
    /// Only of this client; with several, of any of them
    #[arg(long, value_name = "CLIENT")]
    client: Vec<Reference>,
    /// Only of referrals in this queue; with several, in any of them
    #[arg(long, value_name = "QUEUE", conflicts_with = "provider")]
    queue: Vec<Reference>,
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
    if is_of_provider && command.referrals.is_empty() {
        return of_provider(context, command, limits);
    }
    of_hub(context, command, limits)
}

fn of_hub(context: &Context, command: &List, limits: Limits) -> Result<()> {
    let visibility = context.visibility();
    context.list("no visits", |tx, list| {
        let filters = hub_filters(context, tx, command, limits)?;
        let start = store::lookup_optional::<Visit>(tx, command.page.after.as_ref(), visibility)?;
        let page = |after: Option<&Visit>, limit| {
            let page =
                |filter: &Filter<'_>| store::visit::list(tx, &Filter { after, ..*filter }, visibility, limit);
            store::any_of(&filters, |visit| (visit.start, visit.id), true, limit, page)
        };
        list.ordered_by("start");
        context.out.pages(&command.page, start, list, page, Visit::view)
    })
}

/// One for each combination of what may be given several times.
fn hub_filters(
    context: &Context, tx: &mut Tx<'_>, command: &List, (from, to, status): Limits,
) -> Result<Vec<Filter<'static>>> {
    let visibility = context.visibility();
    let referrals = store::lookup_ids::<store::referral::HubReferral>(tx, &command.referrals, visibility)?;
    let clients = store::lookup_ids::<Client>(tx, &command.client, visibility)?;
    let queues = store::lookup_ids::<Queue>(tx, &command.queue, Visibility::INTERNAL)?;
    let from = from.or_else(|| command.uncovered.then(|| context.now()));
    let is_uncovered = command.uncovered.then_some(true);
    let common = Filter { from, to, status, is_uncovered, ..Filter::default() };
    let filters = store::each(&[common], &clients, |one, client| Filter { client: Some(client), ..one });
    let of_referral = |one, referral| Filter { referral: Some(referral), ..one };
    let in_queue = |one, queue| Filter { queue: Some(queue), ..one };
    if !referrals.is_empty() || queues.is_empty() {
        let filters = store::each(&filters, &referrals, of_referral);
        return Ok(store::each(&filters, &queues, in_queue));
    }
    let mut found = Vec::new();
    for queue in queues {
        // A quiet queue is listed by its referrals, since hardly any of all visits are of it.
        match store::referral::few_in_queue(tx, queue, FEW)? {
            Some(few) if few.is_empty() => {}
            Some(few) => found.extend(store::each(&filters, &few, of_referral)),
            None => found.extend(store::each(&filters, &[queue], in_queue)),
        }
    }
    Ok(found)
}

/// Who acts for a provider asks for nothing that the hub alone knows of a visit: whose it is, its queue, that it is uncovered.
fn must_be_of_hub(context: &Context, command: &List) -> Result<()> {
    if !context.actor.is_portal()
        || command.client.is_empty() && command.queue.is_empty() && !command.uncovered
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
    let (Holder { provider, .. }, viewer, clients, start) = context.read(|tx| {
        let holder = context.holder(tx, command.provider.as_ref())?;
        let viewer = context.visit_viewer(tx)?;
        let start = store::lookup_optional::<HeldVisit>(tx, command.page.after.as_ref(), viewer)?;
        let clients = store::lookup_ids::<Client>(tx, &command.client, context.visibility())?;
        Ok((holder, viewer, clients, start))
    })?;
    let common = held_visit::Filter { provider, from, to, status, ..Default::default() };
    let of_client = |one, client| held_visit::Filter { client: Some(client), ..one };
    let filters = store::each(&[common], &clients, of_client);
    let is_look = context.shows_any::<HeldVisitView>(&CONTACT_FIELDS)?;
    let page = |after: Option<&HeldVisit>, limit: i64| {
        // The last row only shows that there is another page; it is not shown and so not disclosed.
        let shown = usize::try_from(limit - 1).unwrap_or(usize::MAX);
        let read = |tx: &mut Tx<'_>| {
            let page = |filter: &held_visit::Filter<'_>| {
                held_visit::list(tx, &held_visit::Filter { after, ..*filter }, viewer, limit)
            };
            let found = store::any_of(&filters, |visit| (visit.call.start, visit.id), true, limit, page)?;
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
