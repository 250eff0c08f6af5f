//! `audit failed-logins`: which wrong passwords were given, the newest first.

use crate::commands::prelude::*;
use crate::model::account::attempt::FailedLogin;
use crate::output::Sorting;
use crate::store::attempt;

#[derive(Args)]
pub(super) struct FailedLogins {
    /// Show at most this many
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    limit: Option<i64>,
}

pub(super) fn run(context: &Context, command: &FailedLogins) -> Result<()> {
    context.list("no wrong passwords", |tx, list| {
        let page =
            |last: Option<&FailedLogin>, limit| attempt::list_wrong(tx, last.map(|line| line.id), limit);
        // They have no code to go on from, so all are shown.
        let range = Page::of(Some(command.limit.unwrap_or(i64::MAX)), Sorting::default());
        context.out.pages(&range, None, list, page, FailedLogin::clone)
    })
}
