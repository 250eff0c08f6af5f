//! `release list`: releases, the newest first.

use super::find_client;
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
    /// Only of this client
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
    /// Only releases of this provider's records
    #[arg(long, value_name = "PROVIDER")]
    owner: Option<Reference>,
    /// Only for this provider, by name or among all
    #[arg(long, value_name = "PROVIDER")]
    recipient: Option<Reference>,
    /// Only for this type of data
    #[arg(long = "type", value_name = "TYPE")]
    data_type: Option<DataType>,
    /// Only those with this status today
    #[arg(long)]
    status: Option<ReleaseStatus>,
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
        let client =
            command.client.as_ref().map(|reference| find_client(context, tx, reference)).transpose()?;
        let owner = store::lookup_id::<Provider>(tx, command.owner.as_ref(), visibility)?;
        let start = store::lookup_optional::<Release>(tx, command.page.after.as_ref(), visibility)?;
        let recipient = store::lookup_id::<Partner>(tx, command.recipient.as_ref(), visibility)?;
        let filter = Filter {
            client: client.map(|client| client.id),
            owner,
            recipient,
            data_type: command.data_type,
            status: command.status().map(|status| (status, context.today)),
            expiring_by: command.expiring.and_then(|days| lapse(context.today, days)),
            open_ended: command.open_ended.then_some(true),
            ..Filter::default()
        };
        let mut asked = Asked::default();
        let page = |after: Option<&Release>, limit| {
            let page = |tx: &mut Tx<'_>, after: Option<&Release>, limit| {
                let after = after.map(|release| release.id);
                store::release::list(tx, &Filter { after, ..filter }, visibility, limit)
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
        context.out.pages(command.page.limit, start, list, page, |found| found.view(context.today))
    })
}

impl List {
    fn status(&self) -> Option<ReleaseStatus> {
        let is_of_active = self.open_ended || self.not_meeting || self.expiring.is_some();
        if is_of_active { Some(ReleaseStatus::Active) } else { self.status }
    }
}
