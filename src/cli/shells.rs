//! The shells for which there are completions: the few lines with which each asks this program, and how it reads the answer.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap::Command;
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Shells, Zsh};

use crate::error::{Error, Result};
use crate::output;

/// Set by the lines of the shell to its name.
pub(super) const VARIABLE: &str = "COMPLETE";
const NAME: &str = "caredesk";

/// The other shells quote what they insert.
pub(super) const SHELLS: Shells<'_> = Shells(&[
    &Quoting { shell: Bash, separator: '\u{b}', quote: backslashed },
    &Elvish,
    &Fish,
    &Quoting { shell: Powershell, separator: '\n', quote: in_single_quotes },
    &Zsh,
]);

/// The lines with which a shell asks this program.
pub(super) fn print(shell: clap_complete::Shell) -> Result<()> {
    let mut text = Vec::new();
    let completer =
        SHELLS.completer(&shell.to_string()).ok_or_else(|| Error::internal("an unknown shell"))?;
    completer
        .write_registration(VARIABLE, NAME, NAME, NAME, &mut text)
        .map_err(|error| Error::internal(error.to_string()))?;
    output::raw(text.trim_ascii())?;
    output::raw(b"\n")
}

/// Bash and PowerShell insert a candidate as it is, so that a file named `$(reboot)` would be run with the
/// line.
struct Quoting<T> {
    shell: T,
    /// Separates the candidates of an answer.
    separator: char,
    quote: fn(&str) -> String,
}

impl<T: EnvCompleter> EnvCompleter for Quoting<T> {
    fn name(&self) -> &'static str {
        self.shell.name()
    }

    fn is(&self, name: &str) -> bool {
        self.shell.is(name)
    }

    fn write_registration(
        &self, variable: &str, name: &str, command: &str, completer: &str, to: &mut dyn Write,
    ) -> io::Result<()> {
        self.shell.write_registration(variable, name, command, completer, to)
    }

    fn write_complete(
        &self, command: &mut Command, words: Vec<OsString>, folder: Option<&Path>, to: &mut dyn Write,
    ) -> io::Result<()> {
        let mut answer = Vec::new();
        self.shell.write_complete(command, words, folder, &mut answer)?;
        let answer = String::from_utf8_lossy(&answer);
        let quoted = answer.split_inclusive(self.separator).filter_map(|candidate| {
            // A help text may follow.
            let end = candidate.find(['\t', self.separator]).unwrap_or(candidate.len());
            let (value, rest) = candidate.split_at(end);
            (!value.contains(char::is_control)).then(|| (self.quote)(value) + rest)
        });
        to.write_all(quoted.collect::<String>().as_bytes())
    }
}

/// Whether a shell reads this letter as itself, wherever it stands in a word.
fn is_plain(letter: char) -> bool {
    letter.is_alphanumeric() || "-_./,:=+@%".contains(letter)
}

fn backslashed(word: &str) -> String {
    word.chars().flat_map(|letter| (!is_plain(letter)).then_some('\\').into_iter().chain([letter])).collect()
}

fn in_single_quotes(word: &str) -> String {
    if word.chars().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_candidate_is_run_by_a_shell() {
        assert_eq!(backslashed("--answer-by=2h"), "--answer-by=2h");
        assert_eq!(backslashed("$(reboot)`x`; a&b'c\"d"), r#"\$\(reboot\)\`x\`\;\ a\&b\'c\"d"#);
        assert_eq!(in_single_quotes("folder/Zoë.csv"), "folder/Zoë.csv");
        assert_eq!(in_single_quotes("$(reboot)'s"), "'$(reboot)''s'");
    }
}
