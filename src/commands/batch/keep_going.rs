//! Each line by itself (rule 7.11), and with a file that says which are done (rule 7.12).

use std::ffi::OsString;

use super::row::{BatchLine, Rows, Totals};
use super::state::State;
use super::together::is_of_the_database;
use super::{How, Ran, Run};
use crate::commands::prelude::*;
use crate::model::batch;
use crate::output::progress::Progress;
use crate::output::{List, Outcome, sink};

/// What the lines came to so far.
struct Going<'a> {
    /// Where a person looks on, rows wait until all are there.
    rows: Option<Rows>,
    list: Option<List<'a, BatchLine>>,
    totals: Totals,
    remarks: Vec<String>,
    first: Option<Error>,
}

impl Run<'_> {
    pub(super) fn keep_going(&self) -> Result<()> {
        if self.context.operation_key.is_some() {
            return Err(Error::usage(
                "with `--keep-going` a batch takes no operation key: each line is a change of its own",
            )
            .hint("`--state FILE` keeps which lines are done, and no line is done twice"));
        }
        let checked = self.check(false)?;
        let path = self.command.state.as_deref();
        let mut state = path.map(|path| State::open(path, self, &checked.digests)).transpose()?;
        let shows_rows = !self.command.show;
        let out = &self.context.out;
        let mut going = Going {
            rows: (shows_rows && out.is_for_people()).then(Rows::new),
            list: if shows_rows { Some(out.list::<BatchLine>()?) } else { None },
            totals: Totals::default(),
            remarks: Vec::new(),
            first: None,
        };
        let mut progress = Progress::new(out, "lines", self.source.count.get());
        let ended = self.source.each(|line, words| {
            if let Some(row) = state.as_mut().and_then(|state| state.done(line)) {
                let error = row.failure().map(|error| self.at(line, error));
                going.add(self, row, error)?;
            } else {
                self.one(line, &words?, &mut state, &mut going)?;
            }
            if shows_rows {
                progress.step(1);
            }
            Ok(())
        });
        drop(progress);
        state.as_mut().map_or(Ok(()), State::sync)?;
        self.end(going, ended)
    }

    fn one(
        &self, line: u64, words: &[OsString], state: &mut Option<State>, going: &mut Going<'_>,
    ) -> Result<()> {
        let digest = batch::digest(words);
        let key = state.as_ref().map(|state| batch::key(state.id(), line, &digest));
        let how = How { key, is_shown: self.command.show, is_rehearsed: false };
        let Ran { command, done, heard } = self.run_line(words, how);
        let error = match done {
            Err(error) if is_of_the_database(&error) => {
                return Err(self.at(line, error).ending("the lines before it are done"));
            }
            Err(error) => Some(error),
            Ok(()) => None,
        };
        if heard.things.iter().any(|thing| thing.outcome != Outcome::Unchanged) {
            self.context.has_changed_something();
        }
        let done = error.map_or(Ok(()), Err);
        let row = BatchLine::new(line, &command, &done, heard);
        if let Some(state) = state {
            state.add(&row)?;
        }
        let error = done.err().map(|error| self.at(line, error));
        if let Some(error) = error.as_ref().filter(|_| self.command.show) {
            let out = &self.context.out;
            output::failure(error, out.is_machine_json(), out.colour, out.verbose);
        }
        going.add(self, row, error)
    }

    fn run_line(&self, words: &[OsString], how: How) -> Ran {
        if self.command.show {
            self.interpreter.run(words, how)
        } else {
            sink::meanwhile(None, || self.interpreter.run(words, how))
        }
    }

    fn end(&self, going: Going<'_>, ended: Result<()>) -> Result<()> {
        let Going { rows, list, totals, remarks, first } = going;
        let out = &self.context.out;
        out.notes(&remarks);
        if let Some(mut list) = list {
            if let Some(rows) = rows {
                rows.each(|row| list.row(&row).map(drop))?;
            }
            list.end("there is no command in it")?;
        }
        out.summary(&totals.sentence())?;
        ended?;
        let Some(error) = first else { return Ok(()) };
        Err(match totals.failed {
            1 => error,
            failed => error.ending(&format!("{} more failed", failed - 1)),
        })
    }
}

impl Going<'_> {
    fn add(&mut self, run: &Run<'_>, row: BatchLine, error: Option<Error>) -> Result<()> {
        self.totals.add(&row);
        self.remarks.extend(run.remarks(&row));
        if let Some(error) = error {
            self.first.get_or_insert(error);
        }
        match (&self.rows, &mut self.list) {
            (Some(rows), _) => rows.add(&row),
            (None, Some(list)) => list.row(&row).map(drop),
            (None, None) => Ok(()),
        }
    }
}
