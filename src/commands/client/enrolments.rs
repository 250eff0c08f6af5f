//! `client enrolments`: which clients are, or were, active at which providers.

use crate::commands::prelude::*;
use crate::model::enrolment::{EnrolmentStatus, EnrolmentView};
use crate::store::enrolment::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk client enrolments --provider harbour --status active
  $ caredesk client enrolments -o csv --out enrolments.csv")]
pub(super) struct Enrolments {
    /// Only of this client
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
    /// Only at this provider
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// Only of this status
    #[arg(long)]
    status: Option<EnrolmentStatus>,
}

pub(super) fn run(context: &Context, command: &Enrolments) -> Result<()> {
    let visibility = context.visibility();
    context.list::<EnrolmentView>("no enrolments", |tx, list| {
        let client = store::lookup_id::<Client>(tx, command.client.as_ref(), visibility)?;
        let provider = store::lookup_id::<Provider>(tx, command.provider.as_ref(), visibility)?;
        let filter = Filter { client, provider, status: command.status };
        store::enrolment::list(tx, &filter, visibility, |one| list.row(&one).map(drop))
    })
}
