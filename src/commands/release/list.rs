//! `release list`: releases, the newest first.

use crate::commands::prelude::*;
use crate::model::release::ReleaseStatus;
use crate::model::sharing::{DataType, lapse};
use crate::output::sifted;
use crate::store::provider::Partner;
use crate::store::release::Filter;
use crate::store::sharing::Asked;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk release list --client \"Ada Moss\" --status active
  $ caredesk release list --owner oak -o csv --for excel > releases.csv")]
pub(super) struct List {
    /// Only of this client; with several, of any of them
    #[arg(long, value_name = "CLIENT")]
    client: Vec<Reference>,
    /// Only releases of this provider's records
    #[arg(long, value_name = "PROVIDER")]
    owner: Option<Reference>,
    /// Only for this provider, by name or among all
    #[arg(long, value_name = "PROVIDER")]
    recipient: Option<Reference>,
    /// Only for this type of data; with several, for any of them
    #[arg(long = "type", value_name = "TYPE")]
    data_type: Vec<DataType>,
    /// Only those with this status today; with several, with any of them
    #[arg(long)]
    status: Vec<ReleaseStatus>,
    #[command(flatten)]
    period: Period,
    /// Only active ones that expire within this many days
    #[arg(long, value_name = "DAYS", conflicts_with = "status", value_parser = clap::value_parser!(i64).range(0..=36_500))]
    expiring: Option<i64>,
    /// Only active ones without a last day
    #[arg(long, conflicts_with_all = ["status", "expiring"])]
    open_ended: bool,
    /// Only active ones that the owner's present settings would not allow: no last day, or a later one
    #[arg(long, conflicts_with_all = ["status", "expiring"])]
    not_meeting: bool,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    context.list("no releases", |tx, list| {
        let filters = filters(context, tx, command)?;
        let start = store::lookup_optional::<Release>(tx, command.page.after.as_ref(), visibility)?;
        let mut asked = Asked::default();
        let page = |after: Option<&Release>, limit| {
            let page = |tx: &mut Tx<'_>, after: Option<&Release>, limit| {
                let after = after.map(|release| release.id);
                let page = |filter: &Filter| {
                    store::release::list(tx, &Filter { after, ..*filter }, visibility, limit)
                };
                store::any_of(&filters, |release| release.id, false, limit, page)
            };
            if !command.not_meeting {
                return page(tx, after, limit);
            }
            sifted(after, limit, |after, limit| {
                let read = page(tx, after, limit)?;
                asked.not_meeting(tx, read, |one| {
                    (one.owner_id, one.data_type, Some(one.signed_on), one.expires_on)
                })
            })
        };
        context.out.pages(&command.page, start, list, page, |found| found.view(context.today))
    })
}

/// One for each combination of what may be given several times.
fn filters(context: &Context, tx: &mut Tx<'_>, command: &List) -> Result<Vec<Filter>> {
    let visibility = context.visibility();
    let clients = store::lookup_ids::<store::client::KnownClient>(tx, &command.client, visibility)?;
    let is_of_active = command.open_ended || command.not_meeting || command.expiring.is_some();
    let (since, until) = command.period.instants(context, "release.day")?;
    let common = Filter {
        owner: store::lookup_id::<Provider>(tx, command.owner.as_ref(), visibility)?,
        recipient: store::lookup_id::<Partner>(tx, command.recipient.as_ref(), visibility)?,
        status: is_of_active.then_some((ReleaseStatus::Active, context.today)),
        expiring_by: command.expiring.and_then(|days| lapse(context.today, days)),
        open_ended: command.open_ended.then_some(true),
        since,
        until,
        ..Filter::default()
    };
    let status = |one, status| Filter { status: Some((status, context.today)), ..one };
    let filters = store::each(&[common], &command.status, status);
    let filters = store::each(&filters, &command.data_type, |one, of| Filter { data_type: Some(of), ..one });
    Ok(store::each(&filters, &clients, |one, client| Filter { client: Some(client), ..one }))
}
