//! The shells for which there are completions: the few lines with which each asks this program, and how it reads the answer.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap::Command;
use clap_complete::engine::{CompletionCandidate, complete};
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Shells, Zsh};

use super::cursor::{self, Begun, begun};
use super::environment;
use crate::error::{Error, Result};
use crate::output;

/// Set by the lines of the shell to its name.
pub(super) const VARIABLE: &str = "COMPLETE";
const NAME: &str = "caredesk";

/// Elvish gives the words as they are meant, and quotes what it inserts.
pub(super) const SHELLS: Shells<'_> = Shells(&[
    &Adapted {
        shell: Bash,
        lines: Some(include_str!("../../completions/caredesk.bash")),
        answer: answer_bash,
    },
    &Elvish,
    &Adapted { shell: Fish, lines: None, answer: answer_fish },
    &Adapted { shell: Powershell, lines: None, answer: answer_powershell },
    &Adapted { shell: Zsh, lines: Some(include_str!("../../completions/_caredesk")), answer: answer_zsh },
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

/// The answer to what a shell gives of its line, in a folder.
type Answer = fn(&mut Command, &[String], Option<&Path>) -> io::Result<String>;

/// A shell that is asked and answered in another way than `clap_complete` does it: a word may be begun in quotation marks, or stand
/// quoted before, and where something is inserted as it is, a file named `$(reboot)` would be run with the line.
struct Adapted<T> {
    shell: T,
    lines: Option<&'static str>,
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
        match self.lines {
            Some(lines) => to.write_all(lines.as_bytes()),
            None => self.shell.write_registration(variable, name, command, completer, to),
        }
    }

    fn write_complete(
        &self, command: &mut Command, words: Vec<OsString>, folder: Option<&Path>, to: &mut dyn Write,
    ) -> io::Result<()> {
        let given: Vec<String> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        to.write_all((self.answer)(command, &given, folder)?.as_bytes())
    }
}

/// A value that fits, and the words beside it.
struct Fitting {
    value: String,
    words: String,
}

/// What fits the last of these words, without what a terminal would take as a control of its own.
fn fitting(command: &mut Command, words: &[String], folder: Option<&Path>) -> io::Result<Vec<Fitting>> {
    let words: Vec<OsString> = words.iter().map(OsString::from).collect();
    let (last, before) = words.split_last().ok_or(io::ErrorKind::InvalidInput)?;
    cursor::be_after(&before.iter().map(with_home).collect::<Vec<_>>());
    let is_begun = !last.is_empty();
    let index = before.len();
    let found = complete(command, words, index, folder)?;
    let mut found: Vec<Fitting> = found.iter().map(Fitting::of).collect();
    // Options are shown to who has not begun a word only where nothing else may stand.
    if !is_begun && found.iter().any(|one| !one.is_option()) {
        found.retain(|one| !one.is_option());
    }
    found.retain(|one| !one.value.contains(char::is_control));
    Ok(found)
}

/// As the shell will read it once the line is run: `~/town.db` names a file at home.
fn with_home(word: &OsString) -> OsString {
    let below = word.to_str().and_then(|word| word.strip_prefix("~/"));
    match (below, environment::home()) {
        (Some(below), Some(home)) => home.join(below).into(),
        _ => word.clone(),
    }
}

impl Fitting {
    fn of(candidate: &CompletionCandidate) -> Self {
        let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
        let line = help.lines().next().unwrap_or_default();
        Fitting {
            value: candidate.get_value().to_string_lossy().into_owned(),
            words: line.chars().filter(|letter| !letter.is_control()).collect(),
        }
    }

    fn is_option(&self) -> bool {
        self.value.starts_with('-')
    }
}

/// Bash gives the word that it would replace, and the line. It shows values alone, so where it lists several their words are put
/// behind them.
fn answer_bash(command: &mut Command, given: &[String], folder: Option<&Path>) -> io::Result<String> {
    let [replaced, line] = given else { return Ok(String::new()) };
    let Begun { mut before, word, start, quote } = begun(line);
    // Bash also parts words at a colon and an equals sign, and where a quotation mark is open.
    let ahead = line[start..].strip_suffix(replaced.as_str()).unwrap_or_default();
    let ahead = begun(ahead).word;
    before.push(word);
    let found = fitting(command, &before, folder)?;
    let is_list = found.len() > 1 && bash_lists();
    let shown = found.iter().filter_map(|Fitting { value, words }| {
        let rest = without_beginning(value, &ahead)?;
        let beside = if is_list && !words.is_empty() { beside(words) } else { String::new() };
        Some(in_open_quotes(rest, quote) + &beside)
    });
    Ok(shown.collect::<Vec<_>>().join("\u{b}"))
}

/// However its letters are written.
fn without_beginning<'a>(value: &'a str, beginning: &str) -> Option<&'a str> {
    let end = value.char_indices().nth(beginning.chars().count()).map_or(value.len(), |(at, _)| at);
    let (begins, rest) = value.split_at(end);
    (begins.to_lowercase() == beginning.to_lowercase()).then_some(rest)
}

/// Whether bash shows a list, on the second Tab, instead of inserting what all candidates begin with.
fn bash_lists() -> bool {
    const KINDS: [&str; 3] = ["63", "33", "64"];
    environment::variable("_CLAP_COMPLETE_COMP_TYPE").is_some_and(|kind| KINDS.contains(&&*kind))
}

/// The words, without what bash would read as a pattern of file names.
fn beside(words: &str) -> String {
    let shown: String = words.chars().filter(|letter| !r"*?[]\".contains(*letter)).collect();
    format!("  ({shown})")
}

/// Fish gives the words before the cursor as they are meant, and that at the cursor as it stands.
fn answer_fish(command: &mut Command, given: &[String], folder: Option<&Path>) -> io::Result<String> {
    let mut words = given.to_vec();
    if let Some(last) = words.last_mut() {
        *last = begun(last).word;
    }
    let found = fitting(command, &words, folder)?;
    let shown = found.iter().map(|Fitting { value, words }| format!("{value}\t{words}\n"));
    Ok(shown.collect())
}

/// Zsh parts a value from the words beside it by a colon.
fn answer_zsh(command: &mut Command, given: &[String], folder: Option<&Path>) -> io::Result<String> {
    let found = fitting(command, given, folder)?;
    let shown = found.iter().map(|Fitting { value, words }| {
        let (value, words) = (value.replace('\\', "\\\\").replace(':', "\\:"), words.replace('\\', "\\\\"));
        if words.is_empty() { value } else { format!("{value}:{words}") }
    });
    Ok(shown.collect::<Vec<_>>().join("\n"))
}

fn answer_powershell(command: &mut Command, given: &[String], folder: Option<&Path>) -> io::Result<String> {
    let found = fitting(command, given, folder)?;
    let shown = found.iter().map(|Fitting { value, words }| {
        let value = in_single_quotes(value);
        if words.is_empty() { format!("{value}\n") } else { format!("{value}\t{words}\n") }
    });
    Ok(shown.collect())
}

/// Whether a shell reads this letter as itself, wherever it stands in a word.
fn is_plain(letter: char) -> bool {
    letter.is_alphanumeric() || "-_./,:=+@%".contains(letter)
}

fn backslashed(word: &str) -> String {
    word.chars().flat_map(|letter| (!is_plain(letter)).then_some('\\').into_iter().chain([letter])).collect()
}

/// What goes on behind a quotation mark that is open.
fn in_open_quotes(word: &str, quote: Option<char>) -> String {
    match quote {
        None => backslashed(word),
        Some('\'') => word.replace('\'', r"'\''"),
        Some(_) => word.chars().fold(String::new(), |done, letter| match letter {
            '$' | '`' | '"' | '\\' => format!("{done}\\{letter}"),
            // Within quotation marks bash would take it as an earlier line, and keep a backslash before it.
            '!' => done + r#""\!""#,
            _ => format!("{done}{letter}"),
        }),
    }
}

fn in_single_quotes(word: &str) -> String {
    if word.chars().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_candidate_is_run_by_a_shell() {
        assert_eq!(in_open_quotes("$(reboot) it's", Some('\'')), r"$(reboot) it'\''s");
        assert_eq!(in_open_quotes("$(reboot) `x` \"!", Some('"')), r#"\$(reboot) \`x\` \""\!""#);
        assert_eq!(backslashed("--answer-by=2h"), "--answer-by=2h");
        assert_eq!(backslashed("$(reboot)`x`; a&b'c\"d"), r#"\$\(reboot\)\`x\`\;\ a\&b\'c\"d"#);
        assert_eq!(in_single_quotes("folder/Zoë.csv"), "folder/Zoë.csv");
        assert_eq!(in_single_quotes("$(reboot)'s"), "'$(reboot)''s'");
    }

    #[test]
    fn what_bash_leaves_in_place_is_not_inserted_again() {
        assert_eq!(without_beginning("--provider=Zoë Care", "--provider="), Some("Zoë Care"));
        assert_eq!(without_beginning("ÉTÉ: north", "été:"), Some(" north"));
        assert_eq!(without_beginning("PKG-00000W", "winter: "), None);
    }
}
