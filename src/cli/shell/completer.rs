//! Tab: the completion of the shells of the system, for the line that is being entered.

use std::ffi::OsString;

use clap::{Command, CommandFactory};
use clap_complete::engine::complete;
use reedline::{Completer, CompletionResult, Span, Suggestion};

use crate::cli::completion::{self, Asking, Looking};
use crate::cli::cursor::{self, Begun, begun};
use crate::cli::{Cli, deferred};

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
    cursor::be_after(&words);
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
