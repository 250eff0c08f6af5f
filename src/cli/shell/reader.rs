//! Lines of standard input, where there is no editor for them.

use std::io::{self, BufRead, Read};

use crate::error::{Error, Result};
use crate::output::terminal;

/// The longest command, whatever its lines: a text of one has a limit far below it.
const LONGEST: usize = 1 << 20;

pub(super) struct Reader {
    /// For a person.
    prompt: Option<String>,
    number: u64,
    /// How long the command is so far.
    length: usize,
}

impl Reader {
    pub(super) fn new(prompt: Option<String>) -> Self {
        Reader { prompt, number: 0, length: 0 }
    }

    /// With its end; none where there are no more. `goes_on` says whether it is of the same command. Invalid: one that is no text, or
    /// with which the command is too long.
    pub(super) fn line(&mut self, goes_on: bool) -> Result<Option<String>> {
        if let Some(prompt) = &self.prompt {
            terminal::prompt(if goes_on { "...> ".to_owned() } else { format!("{prompt}> ") }.as_str());
        }
        self.number += 1;
        let mut bytes = Vec::new();
        let before = if goes_on { self.length } else { 0 };
        let most = (LONGEST - before) as u64 + 1;
        io::stdin()
            .lock()
            .take(most)
            .read_until(b'\n', &mut bytes)
            .map_err(|error| self.wrong(&error.to_string()))?;
        self.length = before + bytes.len();
        if self.length > LONGEST {
            return Err(self.wrong("has more than 1 MiB"));
        }
        if bytes.contains(&0) {
            return Err(self.wrong("holds a NUL"));
        }
        let text = String::from_utf8(bytes).map_err(|_| self.wrong("is not UTF-8"))?;
        Ok((!text.is_empty()).then_some(text))
    }

    fn wrong(&self, what: &str) -> Error {
        Error::invalid("shell.no_text", format!("line {} of standard input {what}", self.number))
    }
}
