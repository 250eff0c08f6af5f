//! Parses the command line.

use std::ffi::OsString;
use std::sync::LazyLock;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, Id};

use super::globals::Globals;
use super::noun::Noun;
use super::settings::OnLine;
use super::{Cli, help};
use crate::commands;
use crate::db::Location;
use crate::model::operation_key::CommandWords;

/// Parses with the verb alone, since building the whole grammar copies every global option into each noun and verb, which takes longer
/// than parsing. None if the line is not understood or asks for help: [`wholly`] gives better messages.
pub(super) fn quickly(arguments: &[OsString]) -> Option<Cli> {
    let OneVerb { grammar, .. } = one_verb(arguments.get(1..)?)?;
    cli(grammar.try_get_matches_from(arguments).ok()?).ok()
}

pub(super) fn wholly(arguments: &[OsString]) -> Result<Cli, clap::Error> {
    version(arguments).map_or(Ok(()), Err)?;
    cli(help::grammar().try_get_matches_from(arguments).map_err(shortened)?)
}

/// What clap answers to `--version`, which needs no noun.
fn version(arguments: &[OsString]) -> Option<clap::Error> {
    let grammar = Command::new("caredesk").version(env!("CARGO_PKG_VERSION"));
    let answer = grammar.try_get_matches_from(arguments).err()?;
    (answer.kind() == ErrorKind::DisplayVersion).then_some(answer)
}

/// Parses as little as is needed.
pub(super) fn parse(arguments: &[OsString]) -> Result<Cli, clap::Error> {
    quickly(arguments).map_or_else(|| wholly(arguments), Ok)
}

pub(super) fn cli(mut matches: ArgMatches) -> Result<Cli, clap::Error> {
    let innermost = innermost(&matches);
    let globals = Globals {
        command: command_words(&matches),
        at: commands::at::given(innermost),
        on_line: OnLine::of(innermost),
        ..Globals::from_arg_matches(innermost)?
    };
    // The last to read them: it takes the values out, of which each noun and verb would make a copy otherwise.
    Ok(Cli { globals, noun: Noun::from_arg_matches_mut(&mut matches)? })
}

/// What the last verb of the line was given.
pub(super) fn innermost(matches: &ArgMatches) -> &ArgMatches {
    std::iter::successors(Some(matches), |one| Some(one.subcommand()?.1)).last().unwrap_or(matches)
}

/// The global options: a batch asks for each of its lines.
static GLOBALS: LazyLock<Command> = LazyLock::new(|| Globals::augment_args(Command::new("")));

pub(super) fn is_global(id: &Id) -> bool {
    GLOBALS.get_arguments().any(|argument| argument.get_id() == id)
}

/// The nouns and verbs by their own names, then the options by name, whatever their order on the line.
fn command_words(matches: &ArgMatches) -> CommandWords {
    let mut words = Vec::new();
    let mut matches = Some(matches);
    while let Some(here) = matches {
        // The value of a group are the names of its arguments.
        let is_group = |id: &Id| here.try_get_many::<Id>(id.as_str()).is_ok();
        let mut ids: Vec<&Id> = here.ids().filter(|id| !is_global(id) && !is_group(id)).collect();
        ids.sort_unstable();
        for id in ids {
            let values = here.try_get_raw(id.as_str()).ok().flatten();
            words.push(OsString::from(id.as_str()));
            words.extend(values.into_iter().flatten().map(OsString::from));
        }
        matches = here.subcommand().map(|(name, inner)| {
            words.push(name.into());
            inner
        });
    }
    words.into_iter().collect()
}

/// An error names a value, and does not repeat a long one.
pub(super) fn shortened(mut error: clap::Error) -> clap::Error {
    const LONGEST: usize = 100;
    for kind in [ContextKind::InvalidValue, ContextKind::InvalidSubcommand, ContextKind::InvalidArg] {
        let Some(ContextValue::String(value)) = error.get(kind) else { continue };
        if value.chars().count() > LONGEST {
            // An address that is cut off would not be known for one any more.
            let kept = if Location::may_hold_a_password(value) { 0 } else { LONGEST };
            let short = value.chars().take(kept).chain(['…']).collect();
            error.insert(kind, ContextValue::String(short));
        }
    }
    error
}

/// The grammar of one verb.
pub(super) struct OneVerb {
    pub(super) grammar: Command,
    /// How many words stand before the noun.
    pub(super) before: usize,
    /// How many name the noun and its verb.
    pub(super) depth: usize,
}

/// That of the verb which these words name, with the global options before the noun or among the options of the verb.
pub(super) fn one_verb(words: &[OsString]) -> Option<OneVerb> {
    let (before, mut grammar) =
        words.iter().enumerate().find_map(|(before, word)| Some((before, Noun::grammar(word)?)))?;
    let mut above = vec![Command::new("caredesk")];
    for word in words.iter().skip(before + 1) {
        let Some(found) = grammar.find_subcommand_mut(word).map(std::mem::take) else { break };
        above.push(without_verbs(&std::mem::replace(&mut grammar, found)));
    }
    // Help comes from the whole grammar.
    let plain = |command: Command| command.disable_help_flag(true).disable_help_subcommand(true);
    if before == 0 {
        grammar = with_globals(grammar);
    }
    let depth = above.len();
    let verb = plain(grammar);
    let mut grammar = above.into_iter().rev().fold(verb, |verb, above| plain(above.subcommand(verb)));
    if before > 0 {
        grammar = Globals::augment_args(grammar);
    }
    Some(OneVerb { grammar, before, depth })
}

/// The command with its own arguments alone, which are looked for even where one of its verbs is named.
fn without_verbs(command: &Command) -> Command {
    Command::new(command.get_name().to_owned()).args(command.get_arguments().cloned())
}

/// A verb with the global options, but for one to which it gives a meaning of its own besides.
fn with_globals(verb: Command) -> Command {
    let is_own = |id: &Id| verb.get_arguments().any(|argument| argument.get_id() == id);
    let others = GLOBALS.get_arguments().filter(|global| !is_own(global.get_id()));
    // Where they stand before the verb, clap hands them down to it.
    let is_above = verb.has_subcommands();
    let others: Vec<Arg> = others.map(|global| global.clone().global(is_above)).collect();
    verb.args(others)
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
    use std::ffi::OsStr;

    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::deferred;
    use crate::output::Format;

    #[test]
    fn global_options_may_stand_anywhere() {
        for line in ["-o json package list", "package -o json list", "package list -o json"] {
            let words: Vec<OsString> =
                ["caredesk"].into_iter().chain(line.split(' ')).map(OsString::from).collect();
            let output = quickly(&words).map(|cli| cli.globals.output);
            assert_eq!(output, Some(Some(Format::Json)), "{line}");
        }
        // The whole grammar reports what is not understood.
        let words = ["caredesk", "package", "lst"].map(OsString::from);
        assert!(quickly(&words).is_none());
    }

    #[test]
    fn each_noun_has_a_grammar_of_its_own() {
        let parts = |command: &Command| -> Vec<String> {
            let verbs = command.get_subcommands().map(|verb| verb.get_name().to_owned());
            verbs.chain(command.get_arguments().map(|argument| argument.get_id().to_string())).collect()
        };
        let whole = deferred::whole(Cli::command);
        for noun in whole.get_subcommands() {
            let alone = Noun::grammar(OsStr::new(noun.get_name())).map(|alone| parts(&alone));
            assert_eq!(alone, Some(parts(noun)), "{}", noun.get_name());
        }
        assert!(Noun::grammar(OsStr::new("Package")).is_none(), "names are in lower case");
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
