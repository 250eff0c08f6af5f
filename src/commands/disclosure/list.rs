//! `disclosure list`: who has seen whose records, and on what basis, newest first.

use crate::commands::prelude::*;
use crate::model::disclosure::DisclosureView;
use crate::store::disclosure::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk disclosure list --client \"Ada Moss\" --since 2026-01-01
  $ caredesk disclosure list --owner oak --recipient harbour -o csv \\
      --for excel > looks.csv")]
pub(super) struct List {
    /// Only records of this client
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
    /// Only records of this provider
    #[arg(long, value_name = "PROVIDER")]
    owner: Option<Reference>,
    /// Only disclosures to this provider
    #[arg(long, value_name = "PROVIDER")]
    recipient: Option<Reference>,
    #[command(flatten)]
    period: Period,
    /// The most to show
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    limit: Option<i64>,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let everywhere = Visibility::INTERNAL;
    context.list("no disclosures", |tx, list| {
        let client = store::lookup_id::<Client>(tx, command.client.as_ref(), everywhere)?;
        let owner = store::lookup_id::<Provider>(tx, command.owner.as_ref(), everywhere)?;
        let recipient = store::lookup_id::<Provider>(tx, command.recipient.as_ref(), everywhere)?;
        let (since, until) = command.period.instants(context, "disclosure.day")?;
        let filter = Filter { client, owner, recipient, since, until, after: None };
        let page = |last: Option<&DisclosureView>, limit| {
            store::disclosure::list(tx, &Filter { after: last.map(|line| line.id), ..filter }, limit)
        };
        // Lines have no code; to go on from a day shows those of that day again.
        let next =
            |last: &DisclosureView| format!("--until {}", last.at.with_timezone(&context.zone).date_naive());
        context.out.pages_on(command.limit, None, list, page, DisclosureView::clone, next)
    })
}
