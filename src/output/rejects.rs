//! The rejects of an import: the first few on stderr, all in a file if one is named, and the counts.

use serde_json::json;

use super::reject_files::RejectFiles;
use super::sanitize::{escaped, sanitize};
use super::target::Target;
use super::{Format, Outcome, Output, cell, line, to_stderr, wrap};
use crate::error::{Error, Result};
use crate::model::import::{Counts, Summary};
use crate::model::tally::Tally;
use crate::model::text::counted;
use crate::model::view::View;

/// More would scroll everything else off the screen.
const MOST: usize = 20;

/// Collected during an import, reported at its end, in bounded memory.
pub(crate) struct Rejects {
    first: Vec<(String, String)>,
    count: u64,
    files: Option<RejectFiles>,
}

impl Rejects {
    /// `file` is that of `--rejects`; with `has_mark` it says that it is UTF-8, since its source is not. Errors as those of [`Target::begin`]. Called inside the transaction, which may be retried.
    pub(crate) fn new(file: Option<&Target>, overwrite: bool, has_mark: bool) -> Result<Self> {
        let files = match file {
            Some(target) if target.is_standard() => {
                return Err(Error::usage("the standard output is for the result; `--rejects` names a file"));
            }
            Some(target) => Some(RejectFiles::new(target, overwrite, has_mark)?),
            None => None,
        };
        Ok(Rejects { first: Vec::new(), count: 0, files })
    }

    /// Adds one rejected row: its location (`clients.csv line 12`), the reason (lower case, no full stop),
    /// and its cells exactly as read under their columns; both empty if the source is no table.
    /// [`RejectFiles`] documents what is kept.
    pub(crate) fn add(&mut self, at: &str, reason: &str, columns: &[String], cells: &[String]) -> Result<()> {
        self.count += 1;
        if self.first.len() < MOST {
            self.first.push((at.to_owned(), reason.to_owned()));
        }
        self.files.as_mut().map_or(Ok(()), |files| files.add(at, reason, columns, cells))
    }

    /// Prints the first of them on stderr. With `-q` nothing.
    pub(crate) fn show(&self, output: &Output) {
        if output.quiet {
            return;
        }
        for (at, reason) in &self.first {
            to_stderr(&sentence(output, at, reason));
        }
    }

    /// Puts their files in place, and says on stderr where they are, or how many more there are. With `-q` nothing.
    pub(crate) fn keep(&mut self, output: &Output) -> Result<()> {
        let names = self.files.as_ref().map(RejectFiles::names);
        self.files.take().map_or(Ok(()), RejectFiles::keep)?;
        if output.quiet {
            return Ok(());
        }
        let more = self.count.saturating_sub(self.first.len() as u64);
        match names {
            Some(names) if self.count > 0 => {
                let rows = counted(self.count, "rejected row is", "rejected rows are");
                output.note(&format!("{rows} in {names}"));
            }
            None if more > 0 => output.note(&format!("… and {more} more; `--rejects FILE` keeps them all")),
            _ => {}
        }
        Ok(())
    }
}

/// `phone of 3, email of 1`.
pub(super) fn tally_words(tally: &Tally) -> String {
    tally.iter().map(|(kind, count)| format!("{kind} of {count}")).collect::<Vec<_>>().join(", ")
}

fn sentence(output: &Output, at: &str, reason: &str) -> String {
    if output.is_machine_json() {
        return escaped(&json!({"rejected": {"at": at, "reason": reason}}).to_string()).into_owned();
    }
    let line = format!("rejected: {}: {}", sanitize(at), sanitize(reason));
    output.width.map_or(line.clone(), |width| wrap::hanging(&line, width, "rejected: ".len()))
}

impl Output {
    /// The report of an import on stdout. `subject` is what was imported: `Clients: 28 read, …`. With `-q`
    /// there is no code to print, so nothing is printed.
    pub(crate) fn report(&self, subject: &str, summary: &Summary) -> Result<()> {
        self.sum(&format!("{subject}: {}.", summary.counts.words()), summary)
    }

    /// For people, a line behind the counts: `Cleared: phone of 3, email of 1.` Nothing where nothing was counted.
    pub(crate) fn tally(&self, what: &str, tally: &Tally) -> Result<()> {
        if tally.is_empty() || self.quiet || self.format != Format::Table {
            return Ok(());
        }
        line(&sanitize(&format!("{what}: {}.", tally_words(tally))))
    }

    /// Lets who listens know what an import came to.
    pub(crate) fn imported(&self, code: Option<&String>, counts: &Counts) {
        if let Some(listener) = &self.listener {
            let thing = code.map(|code| (Outcome::Created, code.clone()));
            listener.did("import", thing.into_iter(), format!("{}.", counts.words()));
        }
    }

    /// For people, how to take it back, where that is possible.
    pub(crate) fn way_back(&self, summary: &Summary) -> Result<()> {
        match &summary.import {
            Some(code) if !self.quiet && self.format == Format::Table => {
                line(&format!("Import {code}: `caredesk import undo {code}` takes it back."))
            }
            _ => Ok(()),
        }
    }

    /// The same with other counts and a sentence about them. Its columns were checked with
    /// [`Output::can_show`] before the import.
    pub(crate) fn sum<T: View>(&self, sentence: &str, counts: &T) -> Result<()> {
        if self.quiet {
            return Ok(());
        }
        if self.format == Format::Table {
            let prefix = if self.dry_run { "dry run: " } else { "" };
            return line(&format!("{prefix}{sentence}"));
        }
        let mut fields = self.narrowed(cell::fields(counts)?);
        if self.dry_run {
            fields.insert("dry_run".to_owned(), json!(true));
        }
        self.document(&json!(fields), T::FIELDS)
    }
}
