//! `client duplicates`: clients that may be one person, with the reasons (rule 5.7).

use crate::commands::prelude::*;
use crate::context::duplicates;
use crate::model::duplicate::Duplicate;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk client duplicates
  $ caredesk client duplicates --least 80 -o csv")]
pub(super) struct Duplicates {
    /// Only pairs whose score, from 0 to 100, is at least this
    #[arg(long, value_name = "SCORE", default_value = "45")]
    least: i64,
    /// Show at most this many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

pub(super) fn run(context: &Context, command: &Duplicates) -> Result<()> {
    context.out.can_show::<Duplicate>()?;
    let found = context.read(|tx| duplicates(context, tx, command.least))?;
    output::duplicate::print(&context.out, found.found, command.limit, found.too_common)
}
