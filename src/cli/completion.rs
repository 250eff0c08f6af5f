//! Completion: the answers when a shell asks this program on Tab.

use std::ffi::{OsStr, OsString};

use clap::{Command, CommandFactory};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::CompleteEnv;

use super::shells::{SHELLS, VARIABLE};
use super::{Cli, Globals, deferred, parse, refusal};
use crate::error::Result;

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
            verb.mut_arg("names", |names| names.add(ArgValueCompleter::new(statuses)))
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
