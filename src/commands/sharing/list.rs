//! `sharing list`: requests as they stand, the newest first.

use super::{Sides, last_day};
use crate::commands::prelude::*;
use crate::model::sharing::{DataType, Request, Status};
use crate::store::sharing::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk sharing list --incoming harbour --status pending
  $ caredesk sharing list --outgoing --type services
  $ caredesk sharing list --expiring 30 -o csv")]
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
    #[arg(long, value_name = "DAYS", conflicts_with = "status", value_parser = clap::value_parser!(u64).range(0..=36_500))]
    expiring: Option<u64>,
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
            status: command.status,
            expiring_by: command.expiring.map(|days| last_day(context.today, days)),
            ..command.parties.filter(context, tx)?
        };
        let start = command.page.after.as_ref();
        let start = store::lookup_optional::<Request>(tx, start, visibility)?;
        let page = |after: Option<&Request>, limit| {
            let after = after.map(|last| last.id);
            store::sharing::requests(tx, &Filter { after, ..filter }, visibility, limit)
        };
        context.out.pages(command.page.limit, start, list, page, |one| one.view(context.today))
    })
}
