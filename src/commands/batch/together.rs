//! All or nothing: the lines are one transaction (rule 7.10). What they print is held back until it stands.

use super::check::Checked;
use super::row::{BatchLine, Rows, Totals};
use super::{How, Ran, Run};
use crate::commands::prelude::*;
use crate::context::{LineThings, Together};
use crate::file::Spool;
use crate::output::progress::Progress;
use crate::output::sink;

/// What the lines came to so far.
struct Held {
    rows: Rows,
    /// What they print, where that is shown.
    shown: Spool,
}

impl Run<'_> {
    pub(super) fn together(&self) -> Result<()> {
        let Checked { words, .. } = self.check(true)?;
        let held = Held { rows: Rows::new(), shown: Spool::new() };
        match self.context.together(&words, || self.all(&held))? {
            Together::Before(lines) => self.done_before(lines),
            Together::Done(failed) => {
                let printed = self.print(&held);
                failed.map_or(printed, Err)
            }
        }
    }

    /// Runs all lines, and ends with the first that fails; a rehearsal of lines that each stand for themselves goes on, and returns
    /// that error at the end.
    fn all(&self, held: &Held) -> Result<(Option<Error>, Vec<LineThings>)> {
        held.rows.clear()?;
        held.shown.clear()?;
        let mut progress = Progress::new(&self.context.out, "lines", self.source.count.get());
        let (mut first, mut lines) = (None, Vec::new());
        self.source.each(|line, words| {
            let words = words?;
            let to = self.command.show.then_some(&held.shown);
            let how = How { key: None, is_shown: self.command.show, is_rehearsed: self.context.dry_run };
            let Ran { command, done, heard } = sink::meanwhile(to, || self.interpreter.run(&words, how));
            progress.step(1);
            lines.push(heard.results());
            let row = BatchLine::new(line, &command, &done, heard);
            held.rows.add(&row)?;
            match done {
                Err(error) if !self.command.keep_going || is_of_the_database(&error) => {
                    Err(self.at(line, error).ending("nothing was changed"))
                }
                Err(error) => {
                    first.get_or_insert(self.at(line, error));
                    Ok(())
                }
                Ok(()) => Ok(()),
            }
        })?;
        Ok((first, lines))
    }

    fn print(&self, held: &Held) -> Result<()> {
        let mut totals = Totals::default();
        let mut remarks = Vec::new();
        held.rows.each(|row| {
            totals.add(&row);
            remarks.extend(self.remarks(&row));
            Ok(())
        })?;
        self.context.out.notes(&remarks);
        let printed = if self.command.show { sink::print(&held.shown) } else { self.print_rows(&held.rows) };
        let printed = printed.and_then(|()| self.context.out.summary(&totals.sentence()));
        self.context.out.done(printed, || totals.sentence())
    }

    fn print_rows(&self, rows: &Rows) -> Result<()> {
        let mut list = self.context.out.list::<BatchLine>()?;
        rows.each(|row| list.row(&row).map(drop))?;
        list.end("there is no command in it")
    }

    fn done_before(&self, lines: Vec<LineThings>) -> Result<()> {
        let mut list = self.context.out.list::<BatchLine>()?;
        let mut lines = lines.into_iter();
        self.source.each(|line, words| {
            let look = self.interpreter.look(&words?)?;
            let things = lines.next().unwrap_or_default();
            list.row(&BatchLine::done_before(line, &look.command, things)).map(drop)
        })?;
        list.end("there is no command in it")?;
        self.context.out.summary("Nothing to do: an earlier run with this operation key has done all of it.")
    }

    /// What a command said beside its result.
    pub(super) fn remarks(&self, row: &BatchLine) -> Vec<String> {
        let place = self.source.place(row.line);
        row.remarks.iter().map(|remark| format!("{place}: {remark}")).collect()
    }
}

/// Whether it is in the way of every other line too: the database cannot be asked.
pub(super) fn is_of_the_database(error: &Error) -> bool {
    matches!(error.kind(), Kind::Busy | Kind::Environment | Kind::Internal)
        && error.code().starts_with("database.")
}
