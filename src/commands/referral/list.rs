//! `referral list`: to staff all referrals, to a portal account those of its resources.

use clap::Args;
use uuid::Uuid;

use super::{Measure, measure};
use crate::context::{Context, Tx};
use crate::error::Result;
use crate::model::reference::Reference;
use crate::model::referral::Referral;
use crate::model::text;
use crate::output::{Page, Record};
use crate::store;
use crate::store::referral::Filter;

const LIST_EXAMPLES: &str = "\
Examples:
  $ caredesk referral list --open --queue \"home care\"
  $ caredesk referral list --unassigned
  $ caredesk referral list -o jsonl --columns code,queue,status";

#[derive(Args)]
#[command(after_help = LIST_EXAMPLES)]
pub(super) struct List {
    /// Only in this queue
    #[arg(long, value_name = "QUEUE")]
    queue: Option<Reference>,
    /// Only in a status of this name
    #[arg(long, value_name = "STATUS")]
    status: Option<String>,
    /// Only at this resource
    #[arg(long, value_name = "RESOURCE")]
    resource: Option<Reference>,
    /// Only at a resource of this provider
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// Only of this client
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
    /// Only of this contact: its number or name, or the beginning of either
    #[arg(long, value_name = "CONTACT")]
    contact: Option<Reference>,
    /// Only in open statuses
    #[arg(long)]
    open: bool,
    /// Only those that are at no resource
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

fn rows<T: Record>(context: &Context, command: &List, view: impl Fn(&Referral) -> T) -> Result<()> {
    let status = command.status.as_deref().map(text::fold);
    let sight = context.actor.sight();
    let mut list = context.out.list::<T>()?;
    context.read(|tx| {
        let filter = Filter { status: status.as_deref(), ..filter(tx, command, sight)? };
        let start =
            found(command.page.after.as_ref(), |typed| store::referral::find_assigned(tx, typed, sight))?;
        let page = |after: Option<&Referral>, limit| {
            let after = after.map(|referral| referral.id);
            store::referral::list(tx, &Filter { after, ..filter }, limit)
        };
        context.out.pages(command.page.limit, start, &mut list, page, view)
    })?;
    list.end("no referrals")
}

fn filter<'a>(tx: &mut Tx<'_>, command: &List, sight: Option<Uuid>) -> Result<Filter<'a>> {
    Ok(Filter {
        queue: found(command.queue.as_ref(), |typed| store::queue::find_assigned(tx, typed, sight))?,
        resource: found(command.resource.as_ref(), |typed| {
            store::resource::find(tx, typed, sight).map(|resource| resource.id)
        })?,
        provider: found(command.provider.as_ref(), |typed| {
            store::provider::find(tx, typed, sight).map(|provider| provider.id)
        })?,
        client: found(command.client.as_ref(), |typed| {
            store::client::find(tx, typed, sight).map(|client| client.id)
        })?,
        contact: found(command.contact.as_ref(), |typed| {
            store::contact::find(tx, typed, sight).map(|contact| contact.id)
        })?,
        only_open: command.open,
        unassigned: command.unassigned,
        sight,
        ..Filter::default()
    })
}

fn found<T>(typed: Option<&Reference>, find: impl FnOnce(&Reference) -> Result<T>) -> Result<Option<T>> {
    typed.map(find).transpose()
}
