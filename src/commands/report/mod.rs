//! `report`: waiting referrals and their ages, and remaining capacity.

mod capacity;
mod referrals;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::error::Result;
use crate::model::report::{CapacityLine, ReferralsView};
use crate::output::Schemas;

#[derive(Args)]
pub(crate) struct Report {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// How many referrals are open per queue, status and resource, how old, and how soon their status first changed
    Referrals(referrals::Referrals),
    /// How many more referrals each resource of a queue can take
    Capacity(capacity::Capacity),
}

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut Schemas) {
    schemas.lists::<ReferralsView>().lists::<CapacityLine>();
}

pub(crate) fn run(context: &Context, command: Report) -> Result<()> {
    match command.verb {
        Verb::Referrals(command) => referrals::run(context, &command),
        Verb::Capacity(command) => capacity::run(context, &command),
    }
}
