//! All lines are read before the first is run, so that what is wrong with the last costs nothing.

use std::ffi::OsString;

use sha2::{Digest, Sha256};

use super::Run;
use crate::commands::prelude::*;
use crate::model::batch;
use crate::model::operation_key::CommandWords;
use crate::output;

/// So many wrong lines are named.
const NAMED: usize = 20;

/// So many lines are one transaction at most: others wait for its end, and each has an instant of its own.
const MOST: u64 = 100_000;

/// What is known of the lines before they are run.
pub(super) struct Checked {
    /// The number and the digest of each.
    pub(super) digests: Vec<(u64, String)>,
    /// What all of them ask for.
    pub(super) words: CommandWords,
}

/// The wrong lines.
#[derive(Default)]
struct Wrong {
    first: Vec<Error>,
    count: u64,
}

impl Run<'_> {
    /// Refused with all wrong lines. `is_one` says that what no database takes back is wrong too.
    pub(super) fn check(&self, is_one: bool) -> Result<Checked> {
        let mut wrong = Wrong::default();
        let mut digests = Vec::new();
        let mut whole = Sha256::new();
        let mut count = 0;
        self.source.each(|line, words| {
            count += 1;
            // A message is made from the whole grammar.
            if wrong.count > NAMED as u64 {
                wrong.count += 1;
                return Ok(());
            }
            match words.and_then(|words| self.look(&words, is_one)) {
                Ok(digest) => {
                    whole.update(&digest);
                    digests.push((line, digest));
                }
                Err(error) => wrong.add(self.at(line, error)),
            }
            Ok(())
        })?;
        wrong.report(self)?;
        if is_one && count > MOST {
            return Err(Error::usage(format!(
                "all or nothing takes {MOST} lines at most, and here are {count}"
            ))
            .hint("`--keep-going` runs each by itself; a table of one noun is faster with its `import`"));
        }
        self.source.count.set(count);
        let words = ["batch".into(), format!("{:?}", whole.finalize()).into()];
        Ok(Checked { digests, words: words.into_iter().collect() })
    }

    fn look(&self, words: &[OsString], is_one: bool) -> Result<String> {
        let look = self.interpreter.look(words)?;
        match look.outside {
            Some(what) if is_one => {
                Err(Error::new(Kind::Usage, "batch.outside", format!("`{}` {what}", look.command))
                    .hint("`--keep-going` runs each line by itself"))
            }
            _ => Ok(batch::digest(words)),
        }
    }
}

impl Wrong {
    fn add(&mut self, error: Error) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push(error);
        }
    }

    fn report(mut self, run: &Run<'_>) -> Result<()> {
        if self.count > 1 {
            let out = &run.context.out;
            for error in &self.first {
                output::failure(error, out.is_machine_json(), out.colour, out.verbose);
            }
            let kind = self.first.first().map_or(Kind::Usage, Error::kind);
            let message =
                format!("{} lines of {} cannot be run; nothing was done", self.count, run.source.name());
            return Err(Error::new(kind, "batch.wrong_lines", message));
        }
        self.first.pop().map_or(Ok(()), |error| Err(error.ending("nothing was done")))
    }
}
