//! `audit list`: what was changed, the newest first.

use crate::commands::prelude::*;
use crate::model::audit::Link;
use crate::store::audit::{self, Filter};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk audit list --on PKG-7K3M9Q
  $ caredesk audit list --by carol --limit 20 -o json")]
pub(super) struct List {
    /// Only changes to this thing: its code, login or name
    #[arg(long, value_name = "CODE")]
    on: Option<String>,
    /// Only changes by this account, or by another acting as it
    #[arg(long, value_name = "LOGIN")]
    by: Option<String>,
    /// Show at most this many
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    limit: Option<i64>,
    /// Continue with entries older than this one, the last of the page before
    #[arg(long, value_name = "NUMBER")]
    after: Option<i64>,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    context.list("no such changes", |tx, list| {
        let page = |last: Option<&Link>, limit| {
            let before = last.map(|link| link.sequence).or(command.after);
            audit::list(tx, &Filter { on: command.on.as_deref(), by: command.by.as_deref(), before, limit })
        };
        context.out.pages(command.limit, None, list, page, Link::view)
    })
}
