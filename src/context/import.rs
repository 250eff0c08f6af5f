//! What the imports of rows have in common: one transaction that takes all or nothing, and an end that says what became of
//! them.

use std::path::PathBuf;

use clap::Args;

use super::{Context, Tx};
use crate::error::Result;
use crate::model::directory::Reject;
use crate::model::import::Counts;
use crate::output::rejects::Rejects;

/// What is done about rows that cannot be taken.
#[derive(Args)]
pub(crate) struct ImportOptions {
    /// Take the good rows even where others are rejected
    #[arg(long)]
    pub(crate) keep_going: bool,
    /// Write all rejected rows, with the reasons, into this file
    #[arg(long, value_name = "FILE")]
    pub(crate) rejects: Option<PathBuf>,
}

/// What is told when the transaction has ended; an attempt that is run again begins anew.
pub(crate) struct ImportRun {
    pub(crate) counts: Counts,
    pub(crate) rejects: Rejects,
    pub(crate) notes: Vec<String>,
}

impl ImportRun {
    fn new(options: &ImportOptions) -> Result<Self> {
        let rejects = Rejects::new(options.rejects.as_deref())?;
        Ok(ImportRun { counts: Counts::default(), rejects, notes: Vec::new() })
    }

    /// `reason`: lower case, without a full stop.
    pub(crate) fn reject(&mut self, row: &Reject, reason: &str) -> Result<()> {
        self.counts.rejected += 1;
        self.rejects.add(&row.origin(), reason, &row.columns, &row.cells)
    }
}

impl Context {
    /// Takes the rows in one transaction, and says on stdout what became of the `subject`, such as `Clients`. `take` may run
    /// more than once. Errors: its own, `import.rejected`, `import.partial`, and of
    /// usage where `--columns` names what there is not.
    pub(crate) fn import(
        &self,
        subject: &str,
        options: &ImportOptions,
        mut take: impl FnMut(&mut Tx<'_>, &mut ImportRun) -> Result<()>,
    ) -> Result<()> {
        self.out.can_show::<Counts>()?;
        let mut run = None;
        let done = self.write(|tx| {
            let run = run.insert(ImportRun::new(options)?);
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
