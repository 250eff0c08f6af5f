//! The shells for which there are completions: the few lines with which each asks this program, and how it reads the answer.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap::Command;
use clap_complete::engine::{CompletionCandidate, complete};
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Shells, Zsh};

use super::environment;
use crate::error::{Error, Result};
use crate::output;

/// Set by the lines of the shell to its name.
pub(super) const VARIABLE: &str = "COMPLETE";
const NAME: &str = "caredesk";

/// The others quote what they insert, and show the words beside it.
pub(super) const SHELLS: Shells<'_> = Shells(&[
    &Adapted { shell: Bash, answer: answer_bash },
    &Elvish,
    &Fish,
    &Adapted { shell: Powershell, answer: answer_powershell },
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

/// The answer to a line of words, of which that at the cursor may be begun, in a folder.
type Answer = fn(&mut Command, Vec<OsString>, Option<&Path>) -> io::Result<String>;

/// A shell that inserts a candidate as it is, so that a file named `$(reboot)` would be run with the line.
struct Adapted<T> {
    shell: T,
    answer: Answer,
}

impl<T: EnvCompleter> EnvCompleter for Adapted<T> {
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
        to.write_all((self.answer)(command, words, folder)?.as_bytes())
    }
}

/// Bash shows values alone, so where it lists several their words are put behind them.
fn answer_bash(command: &mut Command, words: Vec<OsString>, folder: Option<&Path>) -> io::Result<String> {
    let index = environment::variable("_CLAP_COMPLETE_INDEX").and_then(|index| index.parse().ok());
    let index: usize = index.unwrap_or_default();
    let is_begun = words.get(index).is_some_and(|word| !word.is_empty());
    let mut found = complete(command, words, index, folder)?;
    // Options are shown to who has not begun a word only where nothing else may stand.
    let is_option =
        |candidate: &CompletionCandidate| candidate.get_value().to_string_lossy().starts_with('-');
    if !is_begun && found.iter().any(|candidate| !is_option(candidate)) {
        found.retain(|candidate| !is_option(candidate));
    }
    let is_list = found.len() > 1 && bash_lists();
    let shown = found.iter().filter_map(|candidate| {
        let value = candidate.get_value().to_string_lossy();
        let beside = candidate.get_help().filter(|_| is_list).map(|help| beside(&help.to_string()));
        is_shown_as_it_is(&value).then(|| backslashed(&value) + &beside.unwrap_or_default())
    });
    Ok(shown.collect::<Vec<_>>().join("\u{b}"))
}

/// Whether bash shows a list, on the second Tab, instead of inserting what all candidates begin with.
fn bash_lists() -> bool {
    const KINDS: [&str; 3] = ["63", "33", "64"];
    environment::variable("_CLAP_COMPLETE_COMP_TYPE").is_some_and(|kind| KINDS.contains(&&*kind))
}

/// The first line of the words, without what bash would read as a pattern of file names.
fn beside(help: &str) -> String {
    let line = help.lines().next().unwrap_or_default();
    let shown: String =
        line.chars().filter(|letter| !letter.is_control() && !r"*?[]\".contains(*letter)).collect();
    format!("  ({shown})")
}

fn is_shown_as_it_is(value: &str) -> bool {
    !value.contains(char::is_control)
}

fn answer_powershell(
    command: &mut Command, words: Vec<OsString>, folder: Option<&Path>,
) -> io::Result<String> {
    let mut answer = Vec::new();
    Powershell.write_complete(command, words, folder, &mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    let quoted = answer.split_inclusive('\n').filter_map(|candidate| {
        // A help text may follow.
        let end = candidate.find(['\t', '\n']).unwrap_or(candidate.len());
        let (value, rest) = candidate.split_at(end);
        is_shown_as_it_is(value).then(|| in_single_quotes(value) + rest)
    });
    Ok(quoted.collect())
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
