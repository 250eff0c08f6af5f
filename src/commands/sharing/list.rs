//! `sharing list`: requests as they stand, the newest first.

use super::Sides;
use crate::commands::prelude::*;
use crate::model::sharing::{DataType, Request, Status, lapse};
use crate::output::sifted;
use crate::store::sharing::{Asked, Filter};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk sharing list --incoming harbour --status pending
  $ caredesk sharing list --outgoing --type services
  $ caredesk sharing list --expiring 30 -o csv
  $ caredesk sharing list --incoming harbour --not-meeting")]
pub(super) struct List {
    /// Only requests about this client
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
    #[command(flatten)]
    parties: Sides,
    /// Only for this type of data
    #[arg(long = "type", value_name = "TYPE")]
    data_type: Option<DataType>,
    /// Only those with this status today
    #[arg(long)]
    status: Option<Status>,
    /// Only granted requests that expire within this many days
    #[arg(long, value_name = "DAYS", conflicts_with = "status", value_parser = clap::value_parser!(i64).range(0..=36_500))]
    expiring: Option<i64>,
    /// Only granted requests without a last day
    #[arg(long, conflicts_with_all = ["status", "expiring"])]
    open_ended: bool,
    /// Only granted requests that the owner's present settings would not allow: no last day, or a later one
    #[arg(long, conflicts_with_all = ["status", "expiring"])]
    not_meeting: bool,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    context.list("no requests", |tx, list| {
        let client = command.client.as_ref();
        let client = store::lookup_id::<store::client::KnownClient>(tx, client, visibility)?;
        let filter = Filter {
            client,
            data_type: command.data_type,
            status: if command.is_of_grants() { Some(Status::Granted) } else { command.status },
            open_ended: command.open_ended.then_some(true),
            expiring_by: command.expiring.and_then(|days| lapse(context.today, days)),
            ..command.parties.filter(context, tx)?
        };
        // What an owner asks of agreements is its own to know.
        let owned_by = visibility.account().filter(|_| command.not_meeting).or(filter.owned_by);
        let filter = Filter { owned_by, ..filter };
        let start = command.page.after.as_ref();
        let start = store::lookup_optional::<Request>(tx, start, visibility)?;
        let mut asked = Asked::default();
        let page = |after: Option<&Request>, limit| {
            let page = |tx: &mut Tx<'_>, after: Option<&Request>, limit| {
                let after = after.map(|last| last.id);
                store::sharing::requests(tx, &Filter { after, ..filter }, visibility, limit)
            };
            if !command.not_meeting {
                return page(tx, after, limit);
            }
            sifted(after, limit, |after, limit| {
                let read = page(tx, after, limit)?;
                asked
                    .not_meeting(tx, read, |one| (one.owner_id, one.data_type, one.signed_on, one.expires_on))
            })
        };
        context.out.pages(command.page.limit, start, list, page, |one| one.view(context.today))
    })
}

impl List {
    fn is_of_grants(&self) -> bool {
        self.open_ended || self.not_meeting
    }
}
