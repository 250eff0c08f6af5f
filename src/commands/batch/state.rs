//! The file that says which lines are done, so that a run that broke off goes on there (rule 7.12).
//!
//! Its first line names the batch and what each line is; each following one is the row of a line that is done. It is only appended
//! to. A line that was done but is not there yet is done again with the same operation key, which does nothing.

use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Run;
use super::row::{BatchLine, unprintable};
use crate::commands::prelude::*;
use crate::context::new_operation_key;
use crate::file;

pub(super) struct State {
    file: File,
    path: PathBuf,
    header: Header,
    done: HashMap<u64, BatchLine>,
}

#[derive(Serialize, Deserialize)]
struct Header {
    /// Random, so that no other batch has the operation keys of this one.
    batch: String,
    database: String,
    actor: String,
    /// The number and the digest of each line.
    lines: Vec<(u64, String)>,
}

impl State {
    /// Refused if another run has it, or if it is of other lines, another database or another account.
    pub(super) fn open(path: &Path, run: &Run<'_>, lines: &[(u64, String)]) -> Result<Self> {
        let cannot = |error| file::unwritable(path, error);
        let mut file = file::open_to_go_on(path).map_err(cannot)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(in_use(path)),
            Err(TryLockError::Error(error)) => return Err(cannot(error)),
            Ok(()) => {}
        }
        let mut text = BufReader::new(&mut file);
        let mut first = Vec::new();
        text.read_until(b'\n', &mut first).map_err(cannot)?;
        if first.ends_with(b"\n") {
            let header: Header = serde_json::from_slice(&first).map_err(|_error| foreign(path))?;
            let (done, whole) = rows(&mut text, first.len() as u64, path)?;
            must_be_the_same(run, &header, lines)?;
            // What a run that broke off has half written.
            file.set_len(whole).and_then(|()| file.seek(SeekFrom::End(0))).map_err(cannot)?;
            return Ok(State { file, path: path.to_owned(), header, done });
        }
        if !first.is_empty() && !first.starts_with(b"{\"batch\"") {
            return Err(foreign(path));
        }
        let header = Header {
            batch: new_id()?,
            database: run.context.location.to_string(),
            actor: run.context.actor.account.login.clone(),
            lines: lines.to_vec(),
        };
        let mut state = State { file, path: path.to_owned(), header, done: HashMap::new() };
        let text = serde_json::to_string(&state.header).map_err(unprintable)?;
        state.file.set_len(0).and_then(|()| state.file.rewind()).map_err(cannot)?;
        state.append(&text)?;
        state.sync()?;
        Ok(state)
    }

    pub(super) fn id(&self) -> &str {
        &self.header.batch
    }

    /// The row of a line that is done.
    pub(super) fn done(&mut self, line: u64) -> Option<BatchLine> {
        self.done.remove(&line)
    }

    pub(super) fn add(&mut self, row: &BatchLine) -> Result<()> {
        self.append(&row.line_of_json()?)
    }

    pub(super) fn sync(&mut self) -> Result<()> {
        self.file.sync_all().map_err(|error| file::unwritable(&self.path, error))
    }

    fn append(&mut self, line: &str) -> Result<()> {
        self.file
            .write_all(format!("{line}\n").as_bytes())
            .map_err(|error| file::unwritable(&self.path, error))
    }
}

/// The rows, and how long the file is without what is half written.
fn rows(text: &mut impl BufRead, mut whole: u64, path: &Path) -> Result<(HashMap<u64, BatchLine>, u64)> {
    let mut done = HashMap::new();
    loop {
        let mut line = Vec::new();
        text.read_until(b'\n', &mut line).map_err(|error| file::unwritable(path, error))?;
        if line.last() != Some(&b'\n') {
            return Ok((done, whole));
        }
        let row: BatchLine = serde_json::from_slice(&line).map_err(|_error| foreign(path))?;
        done.insert(row.line, row);
        whole += line.len() as u64;
    }
}

/// From the system, as any operation key.
fn new_id() -> Result<String> {
    new_operation_key().map(|key| key.to_string())
}

fn must_be_the_same(run: &Run<'_>, header: &Header, lines: &[(u64, String)]) -> Result<()> {
    let changed = |what: String| {
        Err(Error::refused("batch.changed", what).hint("begin anew with another file for `--state`"))
    };
    if header.database != run.context.location.to_string() {
        return changed("the batch was begun on another database".to_owned());
    }
    if header.actor != run.context.actor.account.login {
        return changed(format!("the batch was begun as `{}`", header.actor));
    }
    let longest = lines.len().max(header.lines.len());
    let differing = (0..longest).find(|place| lines.get(*place) != header.lines.get(*place));
    let Some(place) = differing else { return Ok(()) };
    let line = lines.get(place).or(header.lines.get(place)).map_or(0, |(line, _)| *line);
    changed(format!("{} is not what it was when the batch was begun", run.source.place(line)))
}

fn in_use(path: &Path) -> Error {
    Error::new(Kind::Busy, "batch.in_use", format!("another run goes on with `{}`", path.display()))
}

fn foreign(path: &Path) -> Error {
    Error::invalid("batch.foreign", format!("`{}` is no state of a batch", path.display()))
        .hint("name a new file with `--state`")
}
