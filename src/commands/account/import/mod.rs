//! `account import`: validates every row of a table or of JSON, then writes, all in one transaction.

mod apply;
mod plan;
mod validate;

use crate::commands::prelude::*;
use crate::context::{self, ImportOptions, ImportRun};
use crate::interchange::table::Reading;
use crate::model::import::Summary;
use crate::output::Format;

/// Rows in memory at once, small enough to stay in the processor's cache.
const CHUNK: usize = 512;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk account import accounts.csv --dry-run
  $ caredesk account import staff.tsv --map login=User --keep-going --rejects bad.csv

Columns: login, name, email, level, active, permissions, resources, resource_assigned_emails. Several permissions or \
  resources go in one cell, separated by semicolons. Fields without a column keep their value; an empty cell clears \
  an e-mail address, permissions or resources. A resource is given by its code, its provider's code or its full name.")]
pub(super) struct Import {
    /// A table; `-` reads the standard input
    #[arg(value_name = "FILE|-", value_hint = clap::ValueHint::FilePath)]
    file: Input,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    options: ImportOptions,
}

/// With the verdict of every row, and only where a dry run is to print it.
type AccountRun<'a> = ImportRun<'a, Vec<ValidatedRow>>;

view! {
    /// The verdict on one row.
    pub(super) struct ValidatedRow("account", |view| &view.login) {
        line: u64 => Number,
        login: String => Code,
        verdict: &'static str => Status,
        reason: Option<String> => Text,
    }
}

pub(super) fn run(context: &Context, command: &Import) -> Result<()> {
    let lists_rows = context.dry_run && context.out.format == Format::Jsonl;
    if lists_rows { context.out.can_show::<ValidatedRow>() } else { context.out.can_show::<Summary>() }?;
    let import = context::Import {
        action: "account.import",
        right: Action::ChangeAccounts,
        options: &command.options,
        inputs: std::slice::from_ref(&command.file),
    };
    let (run, done) = context.import_rows(
        &import,
        || Ok(()),
        |tx, run, ()| {
            let plan = validate::validate(context, tx, command, run)?;
            if !command.options.keep_going {
                run.counts.all_or_nothing()?;
            }
            apply::write(context, tx, &plan, run)
        },
    )?;
    if lists_rows {
        rehearsed(context, run, command, done)
    } else {
        run.report(context, done, |summary, _| context.out.report("Accounts", &summary))
    }
}

/// A dry run as JSON lines prints the verdict of every row, also where some are rejected.
fn rehearsed(context: &Context, run: AccountRun<'_>, command: &Import, done: Result<()>) -> Result<()> {
    context.out.notes(&run.notes);
    let counts = run.counts;
    if done.is_ok() || counts.rejected > 0 {
        let mut list = context.out.list::<ValidatedRow>()?;
        for verdict in &run.more {
            list.row(verdict)?;
        }
        list.end("no rows")?;
    }
    if command.options.rejects.is_some() {
        run.into_rejects().tell(&context.out)?;
    }
    done?;
    counts.partial()
}
