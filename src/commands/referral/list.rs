//! `referral list`: to staff all referrals, to a portal account those of its resources.

use super::{Measure, measure};
use crate::commands::prelude::*;
use crate::model::view::View;
use crate::store::queue::AssignedQueue;
use crate::store::referral::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk referral list --open --queue \"home care\"
  $ caredesk referral list --unassigned
  $ caredesk referral list -o jsonl --columns code,queue,status")]
pub(super) struct List {
    /// Only referrals in this queue
    #[arg(long, value_name = "QUEUE")]
    queue: Option<Reference>,
    /// Only referrals in a status with this label
    #[arg(long, value_name = "STATUS")]
    status: Option<String>,
    /// Only referrals at this resource
    #[arg(long, value_name = "RESOURCE")]
    resource: Option<Reference>,
    /// Only referrals at a resource of this provider
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// Only of this client
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
    /// Only referrals of this contact: number or name (or the beginning of either)
    #[arg(long, value_name = "CONTACT")]
    contact: Option<Reference>,
    /// Only referrals in open statuses
    #[arg(long)]
    open: bool,
    /// Only referrals without a resource
    #[arg(long, conflicts_with_all = ["resource", "provider"])]
    unassigned: bool,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    match measure(context) {
        Measure::Whole => rows(context, command, Referral::view),
        Measure::Eight => rows(context, command, Referral::view_for_portal),
        Measure::WithDetails => rows(context, command, Referral::details_for_portal),
    }
}

fn rows<T: View>(context: &Context, command: &List, view: impl Fn(&Referral) -> T) -> Result<()> {
    let status = command.status.as_deref().map(text::fold);
    let visibility = context.visibility();
    context.list("no referrals", |tx, list| {
        let filter = Filter { status: status.as_deref(), ..filter(tx, command, visibility)? };
        let start = store::lookup_optional::<Referral>(tx, command.page.after.as_ref(), visibility)?;
        let page = |after: Option<&Referral>, limit| {
            let after = after.map(|referral| referral.id);
            store::referral::list(tx, &Filter { after, ..filter }, visibility, limit)
        };
        context.out.pages(command.page.limit, start, list, page, view)
    })
}

fn filter<'a>(tx: &mut Tx<'_>, command: &List, visibility: Visibility) -> Result<Filter<'a>> {
    let queue = store::lookup_optional::<AssignedQueue>(tx, command.queue.as_ref(), visibility)?;
    let resource = store::lookup_id::<Resource>(tx, command.resource.as_ref(), visibility)?;
    let provider = store::lookup_id::<Provider>(tx, command.provider.as_ref(), visibility)?;
    let client = store::lookup_id::<Client>(tx, command.client.as_ref(), visibility)?;
    let contact = store::lookup_id::<Contact>(tx, command.contact.as_ref(), visibility)?;
    Ok(Filter {
        queue,
        resource,
        provider,
        client,
        contact,
        only_open: command.open,
        unassigned: command.unassigned,
        ..Filter::default()
    })
}
