//! `events`: what is recorded, the oldest first, and on request what is recorded from now on.

mod feed;
mod kept;
mod sought;
mod start;

use std::path::PathBuf;
use std::time::Duration;

use crate::commands::prelude::*;
use crate::context::duration;
use crate::model::as_of::AsOf;
use crate::model::audit::{Cursor, Link};
use crate::model::events::EventView;
use crate::output::Sorting;
use sought::Sought;

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut output::Schemas) {
    schemas.lists::<EventView>();
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk events --since today
  $ caredesk events --follow --action package --on PKG-7K3M9Q
  $ caredesk events --follow -o jsonl --cursor-file seen.cursor | ./tell-all

Each event has a cursor, behind which `--after` goes on. `--cursor-file` keeps that of the last event that was written out: a run that was \
  ended at any moment and is started again misses none, and writes at most one a second time. With `--follow` and none of these it begins with what is \
  recorded from now on. Ctrl-C ends it, and so does a reader that wants no more.")]
pub(crate) struct Events {
    /// Go on with what is recorded from now on, as it comes
    #[arg(short, long)]
    follow: bool,
    /// Only what is behind this cursor
    #[arg(long, value_name = "CURSOR")]
    after: Option<Cursor>,
    /// Only from then on: a day, a moment, or -2h for two hours ago
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true, conflicts_with = "after")]
    since: Option<AsOf>,
    /// Go on behind the cursor in this file, if there is one, and keep that of the last event in it
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    cursor_file: Option<PathBuf>,
    /// Only about this thing: its code, login or name
    #[arg(long, value_name = "CODE")]
    on: Option<Reference>,
    /// Only by this account, or by another acting as it
    #[arg(long, value_name = "LOGIN")]
    by: Option<Reference>,
    /// Only this action, such as `package.respond`, or those of a noun, such as `package`; with several, any of them
    #[arg(long, value_name = "ACTION")]
    action: Vec<String>,
    /// End after so many
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    limit: Option<i64>,
    /// Follow so long at most, such as 30s, 5min or 2h
    #[arg(long, value_name = "DURATION", value_parser = duration, requires = "follow")]
    timeout: Option<Duration>,
}

pub(crate) fn run(context: &Context, command: &Events) -> Result<()> {
    context.require(Action::ReadAudit)?;
    if command.follow || command.cursor_file.is_some() {
        context.out.must_stream()?;
        return feed::run(context, command);
    }
    context.list("no such events", |tx, list| {
        let sought = Sought::of(tx, command)?;
        let start = start::of(tx, context, command, None)?;
        let page = |last: Option<&Link>, limit| {
            sought.page(tx, last.map_or(start.cursor.sequence, |link| link.sequence), limit)
        };
        let zone = context.out.is_drawing().then_some(context.zone);
        let range = Page::of(command.limit, Sorting::default());
        context.out.pages(&range, None, list, page, |link| EventView::of(link, zone))
    })
}
