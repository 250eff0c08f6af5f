//! Completion: the answers when a shell asks this program on Tab.

use std::ffi::{OsStr, OsString};

use clap::{Command, CommandFactory};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::CompleteEnv;

use super::shells::{SHELLS, VARIABLE};
use super::{Cli, Globals, deferred, help, parse, refusal};
use crate::error::Result;

/// Answers a shell that asks for completions; false for every other run, at the cost of reading one variable.
pub(super) fn answer(arguments: &[OsString]) -> Result<bool> {
    let folder = std::env::current_dir().ok();
    CompleteEnv::with_factory(|| with_values(deferred::whole(Cli::command)))
        .var(VARIABLE)
        .shells(SHELLS)
        .try_complete(arguments, folder.as_deref())
        .map_err(|error| refusal::usage(&error, &[]))
}

/// The status of `referral set-status` is one of the queue of its referral (rule 2.13); `help` knows what it can show.
fn with_values(grammar: Command) -> Command {
    let grammar = grammar.mut_subcommand("help", |noun| {
        noun.mut_arg("words", |words| words.add(ArgValueCompleter::new(of_help)))
    });
    grammar.mut_subcommand("referral", |noun| {
        noun.mut_subcommand("set-status", |verb| {
            verb.mut_arg("names", |names| names.add(ArgValueCompleter::new(statuses)))
        })
    })
}

/// None where the line before it is not understood, or the database cannot be asked.
fn statuses(current: &OsStr) -> Vec<CompletionCandidate> {
    let Ok(Cli { globals, noun }) = parse::parse(&words_before()) else { return Vec::new() };
    candidates(current, noun.completions(Globals { no_input: true, ..globals }).unwrap_or_default())
}

fn of_help(current: &OsStr) -> Vec<CompletionCandidate> {
    let before = words_before();
    let words = before.iter().skip_while(|word| *word != "help").skip(1);
    candidates(current, help::entries(words.map(|word| word.to_string_lossy())))
}

/// The words of the line before the one that is completed.
fn words_before() -> Vec<OsString> {
    let mut line: Vec<OsString> = std::env::args_os().skip_while(|word| word != "--").skip(1).collect();
    let index = super::environment::variable("_CLAP_COMPLETE_INDEX").and_then(|index| index.parse().ok());
    line.truncate(index.unwrap_or(line.len().saturating_sub(1)));
    line
}

fn candidates(current: &OsStr, values: Vec<String>) -> Vec<CompletionCandidate> {
    let begins = current.to_string_lossy().to_lowercase();
    let fitting = values.into_iter().filter(|value| value.to_lowercase().starts_with(&begins));
    fitting.map(CompletionCandidate::new).collect()
}
