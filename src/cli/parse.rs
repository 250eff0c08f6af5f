//! Parses the command line.

use std::ffi::OsString;

use clap::{Args, Command, FromArgMatches, Parser, Subcommand};

use super::noun::Noun;
use super::{Cli, Globals, deferred};

/// Building the whole grammar copies every global option into each noun and verb, which takes longer than
/// parsing. A correct line needs only its own verb; for a wrong one, or for help, the whole grammar gives
/// better messages.
pub(super) fn parse(arguments: &[OsString]) -> Result<Cli, clap::Error> {
    parse_with_one_verb(arguments).map_or_else(|| Cli::try_parse_from(arguments), Ok)
}

/// Parses with the verb alone and the global options before the noun or among the options of the verb. None
/// if the line is not understood or asks for help.
fn parse_with_one_verb(arguments: &[OsString]) -> Option<Cli> {
    let words = arguments.get(1..)?;
    let mut grammar = deferred::with_any_of(words, || Noun::augment_subcommands(Command::new("caredesk")));
    let before = words.iter().position(|word| grammar.find_subcommand(word).is_some())?;
    let mut above = Vec::new();
    for word in words.iter().skip(before) {
        let Some(found) = grammar.find_subcommand_mut(word).map(std::mem::take) else { break };
        above.push(std::mem::replace(&mut grammar, found).get_name().to_owned());
    }
    // Help comes from the whole grammar.
    let plain = |command: Command| command.disable_help_flag(true).disable_help_subcommand(true);
    if before == 0 {
        grammar = Globals::augment_args(grammar);
    }
    let verb = plain(grammar);
    let mut grammar =
        above.into_iter().rev().fold(verb, |verb, name| plain(Command::new(name).subcommand(verb)));
    if before > 0 {
        grammar = Globals::augment_args(grammar);
    }
    let matches = grammar.try_get_matches_from(arguments).ok()?;
    let innermost = std::iter::successors(Some(&matches), |one| Some(one.subcommand()?.1)).last()?;
    Some(Cli {
        globals: Globals::from_arg_matches(innermost).ok()?,
        noun: Noun::from_arg_matches(&matches).ok()?,
    })
}

/// Read without the grammar, so that a wrong command line gets a JSON error too.
pub(super) fn wants_json(arguments: &[OsString]) -> bool {
    let words: Vec<&str> = arguments.iter().filter_map(|word| word.to_str()).collect();
    let is_json = |word: &str| matches!(word, "json" | "jsonl");
    let spaced =
        words.windows(2).rev().find(|pair| matches!(pair[0], "-o" | "--output")).map(|pair| is_json(pair[1]));
    let joined = words
        .iter()
        .rev()
        .find_map(|word| word.strip_prefix("--output=").or(word.strip_prefix("-o")))
        .map(is_json);
    spaced
        .or(joined.filter(|found| *found))
        .unwrap_or_else(|| std::env::var("CAREDESK_OUTPUT").is_ok_and(|word| is_json(&word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Format;

    #[test]
    fn global_options_may_stand_anywhere() {
        for line in ["-o json package list", "package -o json list", "package list -o json"] {
            let words: Vec<OsString> =
                ["caredesk"].into_iter().chain(line.split(' ')).map(OsString::from).collect();
            let quickly = parse_with_one_verb(&words).map(|cli| cli.globals.output);
            assert_eq!(quickly, Some(Some(Format::Json)), "{line}");
        }
        // The whole grammar reports what is not understood.
        let words = ["caredesk", "package", "lst"].map(OsString::from);
        assert!(parse_with_one_verb(&words).is_none());
    }

    #[test]
    fn the_format_is_known_before_the_grammar() {
        let wants = |line: &str| wants_json(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert!(wants("caredesk package list -o json"));
        assert!(wants("caredesk --output=jsonl whoami"));
        assert!(wants("caredesk -ojson nonsense"));
        assert!(!wants("caredesk package list -o table"));
    }
}
