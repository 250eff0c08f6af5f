//! Tab: the completion of the shells of the system, for the line that is being entered.

use std::ffi::OsString;

use clap::{Command, CommandFactory};
use clap_complete::engine::complete;
use reedline::{Completer, CompletionResult, Span, Suggestion};

use crate::cli::completion::{self, Asking, Looking};
use crate::cli::{Cli, deferred};

/// A line up to the cursor.
#[derive(Debug, Default, PartialEq, Eq)]
struct Begun {
    /// The words of its command before the last.
    before: Vec<String>,
    /// The last, which may be empty, as it is meant, and where it begins.
    word: String,
    start: usize,
}

/// What the next line can be asked about: set before it is entered, since the editor takes what can go to another thread.
pub(super) fn ask(run: Option<Looking>, grammar: Option<Command>) {
    completion::ask_within(Asking { run, grammar });
}

pub(super) struct Words;

impl Completer for Words {
    fn complete(&mut self, line: &str, position: usize) -> CompletionResult {
        let text = line.get(..position).unwrap_or(line);
        let begun = begun(text);
        let span = Span::new(begun.start, position.min(line.len()));
        CompletionResult::fresh(suggestions(begun, span))
    }
}

fn suggestions(begun: Begun, span: Span) -> Vec<Suggestion> {
    let Begun { mut before, word, .. } = begun;
    if before.first().is_some_and(|word| word == "caredesk") {
        before.remove(0);
    }
    let mut words: Vec<OsString> =
        std::iter::once("caredesk".into()).chain(before.into_iter().map(OsString::from)).collect();
    let index = words.len();
    completion::be_at(&words);
    let is_option = word.starts_with('-');
    words.push(word.into());
    let is_restricted = completion::grammar_within();
    let folder = if is_restricted.is_some() { None } else { std::env::current_dir().ok() };
    let grammar = is_restricted.unwrap_or_else(|| deferred::whole(Cli::command));
    let mut grammar = completion::with_values(grammar);
    let mut found = complete(&mut grammar, words, index, folder.as_deref()).unwrap_or_default();
    found.retain(|candidate| !candidate.is_hide_set());
    let is_value = |value: &str| !value.starts_with('-');
    // Options are shown to who has not begun a word only where nothing else may stand.
    if !is_option && found.iter().any(|candidate| is_value(&candidate.get_value().to_string_lossy())) {
        found.retain(|candidate| is_value(&candidate.get_value().to_string_lossy()));
    }
    let suggestion = |candidate: clap_complete::CompletionCandidate| {
        let value = candidate.get_value().to_str().filter(|value| !value.contains(char::is_control))?;
        let description =
            candidate.get_help().map(|help| help.to_string().lines().next().unwrap_or_default().to_owned());
        Some(Suggestion {
            value: shlex::try_quote(value).ok()?.into_owned(),
            description: description.map(|text| text.chars().filter(|letter| !letter.is_control()).collect()),
            append_whitespace: !value.ends_with(['=', '/']),
            span,
            ..Suggestion::default()
        })
    };
    found.into_iter().filter_map(suggestion).collect()
}

/// As far as the text goes; quotation marks may still be open.
fn begun(text: &str) -> Begun {
    let mut begun = Begun::default();
    let (mut quote, mut is_in_word) = (None, false);
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        let is_space = quote.is_none() && letter.is_whitespace();
        if is_space {
            if is_in_word {
                begun.before.push(std::mem::take(&mut begun.word));
            }
            if letter == '\n' {
                begun.before.clear();
            }
            (is_in_word, begun.start) = (false, at + letter.len_utf8());
            continue;
        }
        if !is_in_word {
            (is_in_word, begun.start) = (true, at);
        }
        match (letter, quote) {
            ('\\', None | Some('"')) => {
                begun.word.extend(letters.next().map(|(_, next)| next).filter(|next| *next != '\n'));
            }
            ('\'' | '"', None) => quote = Some(letter),
            (_, Some(open)) if letter == open => quote = None,
            _ => begun.word.push(letter),
        }
    }
    begun
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (Vec<String>, String, usize) {
        let Begun { before, word, start } = begun(text);
        (before, word, start)
    }

    #[test]
    fn the_word_at_the_cursor_is_found_in_quotes_too() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(of(""), (vec![], String::new(), 0));
        assert_eq!(of("package sh"), (words(&["package"]), "sh".to_owned(), 8));
        assert_eq!(of("package show "), (words(&["package", "show"]), String::new(), 13));
        assert_eq!(of("package show 'winter m"), (words(&["package", "show"]), "winter m".to_owned(), 13));
        assert_eq!(of("client list\nfind Zo\\ é"), (words(&["find"]), "Zo é".to_owned(), 17));
    }
}
