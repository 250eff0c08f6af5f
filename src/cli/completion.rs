//! Completion: the answers when a shell asks this program on Tab.

use std::cell::RefCell;
use std::ffi::{OsStr, OsString};

use clap::{Arg, Command, CommandFactory, FromArgMatches};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::CompleteEnv;

use super::globals::Globals;
use super::settings::{OnLine, Settings};
use super::settle::settle;
use super::shells::{SHELLS, VARIABLE};
use super::{Cli, cursor, deferred, help, parse, refusal};
use crate::commands::completion::{self, Asked, Offered, Thing};
use crate::context::{Context, Run};
use crate::error::{Error, Result};

/// Answers a shell that asks for completions; false for every other run, at the cost of reading one variable.
pub(super) fn answer(arguments: &[OsString]) -> Result<bool> {
    let folder = std::env::current_dir().ok();
    CompleteEnv::with_factory(|| with_values(deferred::whole(Cli::command)))
        .var(VARIABLE)
        .shells(SHELLS)
        .try_complete(arguments, folder.as_deref())
        .map_err(|error| refusal::usage(&error, &[]))
}

/// How a line of our own shell looks into the database. Where that cannot be asked, there are the words of the grammar.
pub(super) type Looking = Box<dyn Fn() -> Result<Run>>;

/// What a line of our own shell is completed from.
pub(super) struct Asking {
    /// Opens the database; none where no line is entered.
    pub(super) run: Option<Looking>,
    /// None where it is the whole.
    pub(super) grammar: Option<Command>,
}

thread_local! {
    static WITHIN: RefCell<Option<Asking>> = const { RefCell::new(None) };
}

/// From now on lines are completed within our own shell.
pub(super) fn ask_within(asking: Asking) {
    WITHIN.set(Some(asking));
}

/// None where it is the whole.
pub(super) fn grammar_within() -> Option<Command> {
    WITHIN.with_borrow(|within| within.as_ref()?.grammar.clone())
}

/// None outside of our own shell.
fn run_within() -> Option<Result<Run>> {
    let not_there = || Error::usage("the database cannot be asked");
    WITHIN.with_borrow(|within| {
        within.as_ref().map(|asking| asking.run.as_ref().map_or_else(|| Err(not_there()), |run| run()))
    })
}

/// Things are looked up in the database; `help` knows what it can show.
pub(super) fn with_values(grammar: Command) -> Command {
    let grammar = grammar.mut_subcommand("help", |noun| {
        noun.mut_arg("words", |words| words.add(ArgValueCompleter::new(of_help)))
    });
    let grammar = grammar.mut_arg("profile", |name| {
        if name.is_hide_set() { name } else { name.add(ArgValueCompleter::new(of_profile)) }
    });
    let grammar = grammar.mut_arg("acting", |login| with_things(login, "account", "show"));
    grammar.mut_subcommands(|noun| {
        let name = noun.get_name().to_owned();
        noun.mut_subcommands(|verb| of_verb(verb, &name))
    })
}

fn of_verb(verb: Command, noun: &str) -> Command {
    let name = verb.get_name().to_owned();
    verb.mut_args(|argument| with_things(argument, noun, &name)).mut_subcommands(|inner| of_verb(inner, noun))
}

/// An argument that stands for a thing; words, texts and files stay as they are.
fn with_things(argument: Arg, noun: &str, verb: &str) -> Arg {
    if argument.is_hide_set() {
        return argument;
    }
    let names = argument.get_value_names().unwrap_or_default();
    let Some(value) = names.first().map(ToString::to_string) else { return argument };
    // A label for something new; the number of something new, or of a phone.
    let is_new = match &*value {
        "LABEL" => argument.is_positional(),
        "NUMBER" => !argument.is_positional(),
        _ => !argument.get_possible_values().is_empty(),
    };
    let Some(thing) = Thing::called(&value).filter(|_| !is_new) else { return argument };
    let (noun, verb) = (noun.to_owned(), verb.to_owned());
    argument.add(ArgValueCompleter::new(move |begun: &OsStr| {
        let Some(begun) = begun.to_str() else { return Vec::new() };
        things(&noun, &verb, thing, begun).unwrap_or_default()
    }))
}

/// None where the line before it is not understood, or the database cannot be asked.
fn things(noun: &str, verb: &str, thing: Thing, begun: &str) -> Result<Vec<CompletionCandidate>> {
    let mut line = words_before();
    // An option that waits for this value.
    line.pop_if(|last| last.to_string_lossy().starts_with('-'));
    let grammar = deferred::whole(Cli::command).ignore_errors(true);
    let matches = grammar.try_get_matches_from(line).map_err(not_understood)?;
    let innermost = parse::innermost(&matches);
    let globals = Globals::from_arg_matches(innermost).map_err(not_understood)?;
    let globals = Globals { on_line: OnLine::of(innermost), ..globals };
    let given = |argument: &str| {
        let values = innermost.try_get_raw(argument).ok().flatten().into_iter().flatten();
        values.filter_map(|value| value.to_str().map(str::to_owned)).collect()
    };
    let context = match run_within() {
        Some(run) => Context::open(run?)?,
        None => Context::open_as_it_is(Globals { no_input: true, ..settle(globals)? }.into_run()?)?,
    };
    let asked = Asked { noun, verb, thing, begun, given: &given };
    Ok(completion::offered(&context, &asked)?.into_iter().map(candidate).collect())
}

fn candidate(offered: Offered) -> CompletionCandidate {
    let Offered { value, words } = offered;
    CompletionCandidate::new(value).help((!words.is_empty()).then(|| words.into()))
}

fn not_understood(error: clap::Error) -> Error {
    Error::usage(error.to_string())
}

fn of_help(current: &OsStr) -> Vec<CompletionCandidate> {
    let before = words_before();
    let words = before.iter().skip_while(|word| *word != "help").skip(1);
    candidates(current, help::entries(words.map(|word| word.to_string_lossy())))
}

fn of_profile(current: &OsStr) -> Vec<CompletionCandidate> {
    let settings = Settings::read(OnLine::default()).unwrap_or_default();
    candidates(current, settings.profiles().into_iter().map(|profile| profile.profile).collect())
}

/// The words of the line before the one that is completed.
fn words_before() -> Vec<OsString> {
    if let Some(before) = cursor::words_before() {
        return before;
    }
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
