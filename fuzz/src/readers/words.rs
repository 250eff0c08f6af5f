//! The lines of a batch and of a shell, templates, and the grammar of the command line.

use std::ffi::OsString;

use super::{honest, reason};
use crate::cli::fuzzed;
use crate::model::batch::lines::{Entered, command_lines, words as words_of};
use crate::model::batch::template::{Role, Template, is_filled};
use crate::model::batch::{digest, key};
use crate::model::text::{quoted, shell_word};

pub(super) fn words(data: &[u8]) {
    for line in command_lines(data) {
        let Some(words) = reason(line.words()) else { continue };
        let _ = key("id", line.number, &digest(&words));
        let texts: Vec<String> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        quoted_again(&texts);
        template(&texts);
        honest(fuzzed::line(&words));
    }
    if let Ok(text) = str::from_utf8(data) {
        let mut entered = Entered::of(text);
        let _ = entered.is_open();
        for command in entered.take() {
            reason(words_of(&command));
        }
    }
}

/// A word that is quoted for a shell is that word.
fn quoted_again(words: &[String]) {
    let line = words.iter().map(|word| shell_word(word)).collect::<Vec<_>>().join(" ");
    let again = words_of(&format!("caredesk {line}")).expect("it was quoted");
    assert!(again.iter().eq(words.iter().map(OsString::from).collect::<Vec<_>>().iter()), "{line}");
    for word in words {
        let _ = quoted(word);
    }
}

/// A cell is never taken for an option.
fn template(words: &[String]) {
    let _ = words.iter().filter(|word| is_filled(word)).count();
    let roles = words.iter().map(|_| Role::Positional).collect();
    let Some(template) = reason(Template::new(words, roles)) else { return };
    let cells: Vec<Option<String>> = template.columns().iter().map(|_| Some("--yes".to_owned())).collect();
    let filled = template.fill(&cells);
    assert!(filled.len() <= 1 || filled[0] == "--", "{filled:?}");
    let by_grammar = fuzzed::roles(words);
    if let Some(template) = honest(by_grammar).and_then(|roles| reason(Template::new(words, roles))) {
        let _ = template.fill(&cells);
    }
}
