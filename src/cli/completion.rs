//! Completion: a few lines for each shell, and the answers when they ask this program on Tab.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::{Bash, CompleteEnv, Elvish, EnvCompleter, Fish, Powershell, Shells, Zsh};

use super::{Cli, Globals, deferred, parse, refusal};
use crate::error::{Error, Result};
use crate::output;

/// Set by the lines of the shell to its name.
const VARIABLE: &str = "COMPLETE";
const NAME: &str = "caredesk";

/// The other shells quote what they insert.
const SHELLS: Shells<'_> = Shells(&[
    &Quoting { shell: Bash, separator: '\u{b}', quote: backslashed },
    &Elvish,
    &Fish,
    &Quoting { shell: Powershell, separator: '\n', quote: in_single_quotes },
    &Zsh,
]);

/// Answers a shell that asks for completions; false for every other run, at the cost of reading one variable.
pub(super) fn answer(arguments: &[OsString]) -> Result<bool> {
    let folder = std::env::current_dir().ok();
    CompleteEnv::with_factory(|| with_statuses(deferred::whole(Cli::command)))
        .var(VARIABLE)
        .shells(SHELLS)
        .try_complete(arguments, folder.as_deref())
        .map_err(|error| refusal::usage(&error, &[]))
}

/// The status of `referral set-status` is one of the queue of its referral (rule 2.13).
fn with_statuses(grammar: Command) -> Command {
    grammar.mut_subcommand("referral", |noun| {
        noun.mut_subcommand("set-status", |verb| {
            verb.mut_arg("status", |status| status.add(ArgValueCompleter::new(statuses)))
        })
    })
}

/// None where the line before it is not understood, or the database cannot be asked.
fn statuses(current: &OsStr) -> Vec<CompletionCandidate> {
    let arguments = std::env::args_os().skip_while(|word| word != "--").skip(1);
    let line: Vec<OsString> = arguments.collect();
    let index = super::environment::variable("_CLAP_COMPLETE_INDEX").and_then(|index| index.parse().ok());
    let before = line.get(..index.unwrap_or(line.len().saturating_sub(1))).unwrap_or_default();
    let Ok(Cli { globals, noun }) = parse::parse(before) else { return Vec::new() };
    let begins = current.to_string_lossy().to_lowercase();
    let labels = noun.completions(Globals { no_input: true, ..globals }).unwrap_or_default();
    labels
        .into_iter()
        .filter(|label| label.to_lowercase().starts_with(&begins))
        .map(CompletionCandidate::new)
        .collect()
}

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
