//! Lines of standard input, where there is no editor for them.

use std::io::{self, BufRead, Read};

use crate::error::{Error, Result};
use crate::output::terminal;

/// The longest line: a text of a command has a limit far below it.
const LONGEST: usize = 1 << 20;

pub(super) struct Reader {
    /// For a person.
    prompt: Option<String>,
    number: u64,
}

impl Reader {
    pub(super) fn new(prompt: Option<String>) -> Self {
        Reader { prompt, number: 0 }
    }

    /// With its end; none where there are no more. Invalid: one that is no text, or too long.
    pub(super) fn line(&mut self, goes_on: bool) -> Result<Option<String>> {
        if let Some(prompt) = &self.prompt {
            terminal::prompt(if goes_on { "...> ".to_owned() } else { format!("{prompt}> ") }.as_str());
        }
        self.number += 1;
        let mut bytes = Vec::new();
        let most = LONGEST as u64 + 1;
        io::stdin()
            .lock()
            .take(most)
            .read_until(b'\n', &mut bytes)
            .map_err(|error| self.wrong(&error.to_string()))?;
        if bytes.len() > LONGEST {
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
