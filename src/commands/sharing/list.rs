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
  $ caredesk sharing list --outgoing --type services --type forms \\
      --since monday
  $ caredesk sharing list --expiring 30 -o csv
  $ caredesk sharing list --incoming harbour --not-meeting")]
pub(super) struct List {
    /// Only requests about this client; with several, about any of them
    #[arg(long, value_name = "CLIENT")]
    client: Vec<Reference>,
    #[command(flatten)]
    parties: Sides,
    /// Only for this type of data; with several, for any of them
    #[arg(long = "type", value_name = "TYPE")]
    data_type: Vec<DataType>,
    /// Only those with this status today; with several, with any of them
    #[arg(long)]
    status: Vec<Status>,
    #[command(flatten)]
    period: Period,
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
        let filters = filters(context, tx, command)?;
        let start = command.page.after.as_ref();
        let start = store::lookup_optional::<Request>(tx, start, visibility)?;
        let mut asked = Asked::default();
        let page = |after: Option<&Request>, limit| {
            let page = |tx: &mut Tx<'_>, after: Option<&Request>, limit| {
                let after = after.map(|last| last.id);
                let page = |filter: &Filter| {
                    store::sharing::requests(tx, &Filter { after, ..*filter }, visibility, limit)
                };
                store::any_of(&filters, |request| request.id, false, limit, page)
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
        context.out.pages(&command.page, start, list, page, |one| one.view(context.today))
    })
}

/// One for each combination of what may be given several times.
fn filters(context: &Context, tx: &mut Tx<'_>, command: &List) -> Result<Vec<Filter>> {
    let visibility = context.visibility();
    let clients = store::lookup_ids::<store::client::KnownClient>(tx, &command.client, visibility)?;
    let (since, until) = command.period.instants(context, "sharing.day")?;
    let common = Filter {
        status: command.is_of_grants().then_some(Status::Granted),
        open_ended: command.open_ended.then_some(true),
        expiring_by: command.expiring.and_then(|days| lapse(context.today, days)),
        since,
        until,
        ..command.parties.filter(context, tx)?
    };
    // What an owner asks of agreements is its own to know.
    let owned_by = visibility.account().filter(|_| command.not_meeting).or(common.owned_by);
    let common = Filter { owned_by, ..common };
    let filters =
        store::each(&[common], &command.status, |one, status| Filter { status: Some(status), ..one });
    let filters = store::each(&filters, &command.data_type, |one, of| Filter { data_type: Some(of), ..one });
    Ok(store::each(&filters, &clients, |one, client| Filter { client: Some(client), ..one }))
}

impl List {
    fn is_of_grants(&self) -> bool {
        self.open_ended || self.not_meeting
    }
}
