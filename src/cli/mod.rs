//! The command line: global options and one variant per noun. The only layer that reads the clock and the
//! environment; it opens the context and runs the command of the noun.

mod batch;
mod completion;
mod config;
mod cursor;
mod deferred;
mod environment;
#[cfg(any(test, fuzzing))]
#[path = "../../fuzz/src/cli.rs"]
pub(crate) mod fuzzed;
mod globals;
mod help;
mod interrupt;
mod manual;
mod noun;
mod parse;
mod refusal;
mod settings;
mod settle;
mod shell;
mod shells;
mod trace;
mod within;

use std::ffi::OsString;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::Parser;

use deferred::Deferred;
use environment::Colour;
use globals::Globals;
use noun::Noun;

use crate::commands::apply::Apply;
use crate::commands::batch::Batch;
use crate::db::Location;
use crate::error::{Error, Result};
use crate::output::{self, Format, terminal};

/// Care coordination: outsource packages of home care to providers, from the command line.
///
/// Every noun has verbs: `caredesk package list`. What you see depends on who you are. Every change is
/// recorded.
#[derive(Parser)]
#[command(name = "caredesk", version, max_term_width = 100, arg_required_else_help = true, disable_help_subcommand = true, after_help = EXIT_STATUS)]
pub(crate) struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    noun: Noun,
}

const EXIT_STATUS: &str = "\
Start with `caredesk demo` or `caredesk init`.

Exit status:
   0  done, or nothing to do              6  you may see it, but not do it
   1  an error of the program             7  busy: repeat, with the key that is named
   2  the command line is wrong           8  the database is missing, too new or damaged
   3  no such thing, or not for you       9  partly done (--keep-going)
   4  a rule or the state forbids it     10  the person said no
   5  bad data; nothing was written      11  something would change (--dry-run --exit-code)";

/// Answers a shell that completes a line, or does what the command line asks for.
pub(crate) fn run() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    if let Some(status) = shell::portal::enclose(&arguments) {
        return status;
    }
    match completion::answer(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => perform(&arguments),
        Err(error) => fail(&error, false, false),
    }
}

fn perform(arguments: &[OsString]) -> ExitCode {
    let as_json = parse::wants_json(arguments);
    interrupt::watch(as_json);
    let Some(Cli { globals, noun }) = parse::quickly(arguments) else {
        return desk(arguments, as_json).unwrap_or_else(|| perform_wholly(arguments, as_json));
    };
    carry_out(globals, noun, as_json)
}

/// A line that is not understood by its verb alone: it asks for help, or is wrong.
fn perform_wholly(arguments: &[OsString], as_json: bool) -> ExitCode {
    match parse::wholly(arguments) {
        Ok(Cli { globals, noun }) => carry_out(globals, noun, as_json),
        Err(mut error) => refusal::print(&mut error, arguments, as_json)
            .map_or_else(|| fail(&refusal::usage(&error, arguments), as_json, false), ExitCode::from),
    }
}

fn carry_out(globals: Globals, noun: Noun, as_json: bool) -> ExitCode {
    let verbose = globals.verbose > 0;
    let globals = match noun.settle(globals) {
        Ok(globals) => globals,
        Err(error) => return fail(&error, as_json, verbose),
    };
    let as_json = as_json || globals.output.is_some_and(Format::is_json);
    if let Noun::Shell(Deferred(command)) = &noun {
        return shell::run(globals, command).unwrap_or_else(|error| fail(&error, as_json, verbose));
    }
    noun.run(globals).map_or_else(|error| fail(&error, as_json, verbose), |()| ExitCode::SUCCESS)
}

/// A line that names no noun shows what waits for the actor, where there is a database and an account (rule 2.13).
fn desk(arguments: &[OsString], as_json: bool) -> Option<ExitCode> {
    let words: Vec<OsString> = arguments.iter().cloned().chain(["desk".into()]).collect();
    let Cli { globals, noun } = parse::quickly(&words)?;
    let verbose = globals.verbose > 0;
    if !matches!(noun, Noun::Desk) {
        return None;
    }
    match settle::settle(globals).and_then(|globals| noun.run(globals)) {
        Ok(()) => Some(ExitCode::SUCCESS),
        Err(error) if ["database.missing", "database.foreign", "actor.unknown"].contains(&error.code()) => {
            None
        }
        Err(error) => Some(fail(&error, as_json, verbose)),
    }
}

fn fail(error: &Error, as_json: bool, verbose: bool) -> ExitCode {
    output::failure(error, as_json, environment::colour(Colour::Auto, terminal::err_is_one()), verbose);
    ExitCode::from(error.kind().exit_status())
}

/// Runs the lines of a batch.
fn lines(globals: Globals, command: &Batch) -> Result<()> {
    batch::run(globals, command)
}

/// Makes the hub as a file says, by lines like those of a batch.
fn apply(globals: Globals, command: &Apply) -> Result<()> {
    batch::apply(globals, command)
}

/// Runs one command of `demo`, parsed like any other, now or as if it were that instant.
fn line(arguments: &[String], database: &Location, at: Option<DateTime<Utc>>) -> Result<()> {
    let words: Vec<OsString> =
        std::iter::once("caredesk".into()).chain(arguments.iter().map(OsString::from)).collect();
    let Cli { globals, noun } = parse::parse(&words).map_err(|error| refusal::usage(&error, &words))?;
    environment::be_at(at);
    let done = noun.run(Globals { database: Some(database.clone()), ..globals });
    environment::be_at(None);
    done
}

#[cfg(test)]
mod tests {
    use clap::{Arg, Command, CommandFactory};

    use super::*;
    use crate::model::import_kind::ImportKind;

    const OF_IMPORTS: [&str; 12] = [
        "format", "sheet", "map", "encoding", "date-format", "strict", "source", "keep-going", "rejects",
        "dry-run", "yes", "overwrite",
    ];

    #[test]
    fn the_grammar_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn what_one_import_can_all_can() {
        fn look(command: &Command, imports: &mut u64) {
            if command.get_name().starts_with("import") && !command.has_subcommands() {
                *imports += 1;
                let options: Vec<&str> = command.get_arguments().filter_map(Arg::get_long).collect();
                let missing: Vec<_> = OF_IMPORTS.iter().filter(|option| !options.contains(option)).collect();
                let files = command.get_arguments().any(|argument| argument.get_id() == "files");
                assert!(missing.is_empty() && files, "{} lacks {missing:?}", command.get_name());
            }
            // That of `help` is the grammar once more, without its options.
            let verbs = command.get_subcommands().filter(|verb| verb.get_name() != "help");
            verbs.for_each(|verb| look(verb, imports));
        }
        let mut grammar = Cli::command();
        grammar.build();
        let mut imports = 0;
        look(&grammar, &mut imports);
        assert_eq!(imports, ImportKind::ALL.len() as u64);
    }

    /// `-3d` is three days ago.
    #[test]
    fn every_day_may_begin_with_a_sign() {
        fn look(command: &Command, strict: &mut Vec<String>) {
            let own = command.get_arguments().filter(|argument| !argument.is_global_set());
            let days = own.filter(|argument| {
                let names = argument.get_value_names().unwrap_or_default();
                let is_day = |name: &str| name.split('|').any(|name| ["DAY", "DATE", "WHEN"].contains(&name));
                names.iter().any(|name| is_day(name))
            });
            let refusing = days.filter(|argument| !argument.is_allow_hyphen_values_set());
            strict.extend(refusing.map(|argument| format!("{}: {}", command.get_name(), argument.get_id())));
            command.get_subcommands().for_each(|verb| look(verb, strict));
        }
        let mut grammar = Cli::command();
        grammar.build();
        let mut strict = Vec::new();
        look(&grammar, &mut strict);
        assert!(strict.is_empty(), "{}", strict.join(", "));
    }

    #[test]
    fn every_option_says_what_it_is_for() {
        fn look(command: &Command, missing: &mut Vec<String>) {
            let silent = command.get_arguments().filter(|argument| argument.get_help().is_none());
            missing.extend(silent.map(|argument| format!("{}: {}", command.get_name(), argument.get_id())));
            command.get_subcommands().for_each(|verb| look(verb, missing));
        }
        let mut grammar = Cli::command();
        // Builds the deferred nouns too.
        grammar.build();
        let mut missing = Vec::new();
        look(&grammar, &mut missing);
        assert!(missing.is_empty(), "without a word in the help:\n  {}", missing.join("\n  "));
    }
}
