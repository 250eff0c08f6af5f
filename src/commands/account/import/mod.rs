//! `account import`: validates every row of a table or of JSON, then writes, all in one transaction.

mod apply;
mod plan;
mod validate;

use crate::model::view::view;
use clap::Args;

use crate::context::{Context, ImportOptions};
use crate::error::Result;
use crate::file::Input;
use crate::model::access::Action;
use crate::model::import::{Counts, mapping};
use crate::output::Format;
use crate::output::rejects::Rejects;

/// Rows in memory at once, small enough to stay in the processor's cache.
const CHUNK: usize = 512;

const IMPORT_EXAMPLES: &str = "\
Examples:
  $ caredesk account import accounts.csv --dry-run
  $ caredesk account import staff.tsv --map login=User --keep-going --rejects bad.csv

Columns: login, name, email, level, active, permissions, resources, resource_assigned_emails. Several permissions or
resources stand in one cell, parted by semicolons. What has no column stays as it is; an empty cell takes away an e-mail
address, permissions or resources. A resource is named by its code, its provider's code, or its whole name.";

#[derive(Args)]
#[command(after_help = IMPORT_EXAMPLES)]
pub(super) struct Import {
    /// A table (CSV, TSV), a JSON list or JSON lines; `-` reads the standard input
    #[arg(value_name = "FILE|-", value_hint = clap::ValueHint::FilePath)]
    file: Input,
    /// Which column holds a field
    #[arg(long = "map", value_name = "FIELD=COLUMN", value_parser = mapping)]
    mapping: Vec<(String, String)>,
    #[command(flatten)]
    options: ImportOptions,
}

/// The report of an import, printed after the transaction; a retried attempt starts a new one.
struct ImportRun {
    counts: Counts,
    rejects: Rejects,
    notes: Vec<String>,
    /// Filled only by a dry run, which prints the verdict of every row.
    verdicts: Vec<ValidatedRow>,
}

view! {
    /// The verdict on one row.
    struct ValidatedRow("account", |view| &view.login) {
        line: u64 => Number,
        login: String => Code,
        verdict: &'static str => Status,
        reason: Option<String> => Text,
    }
}

pub(super) fn run(context: &Context, command: &Import) -> Result<()> {
    // A dry run lists what would become of each row.
    if context.dry_run { context.out.can_show::<ValidatedRow>() } else { context.out.can_show::<Counts>() }?;
    context.actor.may(Action::ChangeAccounts)?;
    let inputs = std::slice::from_ref(&command.file);
    // A slow pipe must not keep others waiting for the lock.
    command.file.prepare()?;
    let mut run = None;
    let done = context.write(|tx| {
        let run = run.insert(ImportRun {
            counts: Counts::default(),
            rejects: context.rejects(&command.options, inputs)?,
            notes: Vec::new(),
            verdicts: Vec::new(),
        });
        let plan = validate::validate(context, tx, command, run)?;
        if !command.options.keep_going {
            run.counts.all_or_nothing()?;
        }
        apply::write(context, tx, &plan)
    });
    let Some(run) = run else { return done };
    tell(context, run, command, done)
}

/// Reports an import. A dry run prints the verdict of every row, also where some are rejected.
fn tell(context: &Context, run: ImportRun, command: &Import, done: Result<()>) -> Result<()> {
    let ImportRun { counts, rejects, notes, verdicts } = run;
    context.out.notes(&notes);
    let was_judged = done.is_ok() || counts.rejected > 0;
    if context.dry_run && was_judged {
        let mut list = context.out.list::<ValidatedRow>()?;
        for verdict in &verdicts {
            list.row(verdict)?;
        }
        list.end("no rows")?;
    }
    if !context.dry_run || command.options.rejects.is_some() {
        rejects.tell(&context.out)?;
    }
    done?;
    if !context.dry_run || context.out.format == Format::Table {
        context.out.report("Accounts", &counts)?;
    }
    counts.partial()
}
