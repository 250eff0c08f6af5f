//! What imports of rows have in common: one transaction for all rows, and the report.

use clap::Args;

use super::{Context, Tx};
use crate::error::Result;
use crate::file::Input;
use crate::model::directory::Reject;
use crate::model::import::Counts;
use crate::output::rejects::Rejects;
use crate::output::target::Target;

/// What happens to rejected rows.
#[derive(Args)]
pub(crate) struct ImportOptions {
    /// Import the good rows even if others are rejected, and exit with 9
    #[arg(long)]
    pub(crate) keep_going: bool,
    /// Write all rejected rows as CSV with a column `error`, in a dry run too; rows of several tables into
    /// files of their own (bad.csv becomes bad.services.csv and bad.phones.csv). A table that was put right
    /// can be imported again, under the same --source where there is one
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(crate) rejects: Option<Target>,
    /// Replace the file of rejected rows if there is one
    #[arg(long, requires = "rejects")]
    pub(crate) overwrite: bool,
}

/// The report, printed after the transaction; a retried attempt starts a new one.
pub(crate) struct ImportRun {
    pub(crate) counts: Counts,
    pub(crate) rejects: Rejects,
    pub(crate) notes: Vec<String>,
}

impl ImportRun {
    /// `reason`: lower case, without a full stop.
    pub(crate) fn reject(&mut self, row: &Reject, reason: &str) -> Result<()> {
        self.counts.rejected += 1;
        self.rejects.add(&row.origin(), reason, &row.columns, &row.cells)
    }
}

impl Context {
    /// Imports the rows of these files in one transaction, and reports the counts of the `subject`, such as
    /// `Clients`. `take` may run more than once. Errors: its own, `import.rejected`, `import.partial`, and
    /// usage if `--columns` names an unknown column.
    pub(crate) fn import(
        &self,
        subject: &str,
        (options, inputs): (&ImportOptions, &[Input]),
        mut take: impl FnMut(&mut Tx<'_>, &mut ImportRun) -> Result<()>,
    ) -> Result<()> {
        self.out.can_show::<Counts>()?;
        // A slow pipe must not hold the database lock.
        inputs.iter().try_for_each(Input::prepare)?;
        let mut run = None;
        let done = self.write(|tx| {
            let rejects = self.rejects(options, inputs)?;
            let run = run.insert(ImportRun { counts: Counts::default(), rejects, notes: Vec::new() });
            take(tx, run)?;
            if options.keep_going { Ok(()) } else { run.counts.all_or_nothing() }
        });
        let Some(run) = run else { return done };
        self.out.notes(&run.notes);
        run.rejects.tell(&self.out)?;
        done?;
        self.out.report(subject, &run.counts)?;
        run.counts.partial()
    }
}
