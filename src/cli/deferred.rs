//! A noun's own grammar, put together only when that noun is typed: a command that takes two milliseconds should not spend
//! half of one on the options of a dozen others.

use std::cell::RefCell;
use std::ffi::OsString;

use clap::{ArgMatches, Args, Command, Error, FromArgMatches};

pub(super) struct Deferred<T>(pub(super) T);

/// Which nouns are put together now; clap does it with the others when it comes to them.
#[derive(Default)]
enum Now {
    #[default]
    None,
    Any(Vec<OsString>),
    All,
}

thread_local! {
    static NOW: RefCell<Now> = const { RefCell::new(Now::None) };
}

/// A grammar that has all of every noun. `help` copies the verbs of the nouns before clap would put them together, and so
/// would have none of them.
pub(super) fn whole(grammar: impl FnOnce() -> Command) -> Command {
    put_together(Now::All, grammar)
}

/// A grammar that has all of the nouns among these words, so that their verbs can be looked at.
pub(super) fn with_any_of(words: &[OsString], grammar: impl FnOnce() -> Command) -> Command {
    put_together(Now::Any(words.to_vec()), grammar)
}

fn put_together(now: Now, grammar: impl FnOnce() -> Command) -> Command {
    NOW.set(now);
    let command = grammar();
    NOW.set(Now::None);
    command
}

fn is_now(noun: &str) -> bool {
    NOW.with_borrow(|now| match now {
        Now::None => false,
        Now::Any(words) => words.iter().any(|word| word == noun),
        Now::All => true,
    })
}

impl<T: Args> Args for Deferred<T> {
    fn augment_args(command: Command) -> Command {
        if is_now(command.get_name()) { T::augment_args(command) } else { command.defer(T::augment_args) }
    }

    fn augment_args_for_update(command: Command) -> Command {
        command.defer(T::augment_args_for_update)
    }
}

impl<T: FromArgMatches> FromArgMatches for Deferred<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        T::from_arg_matches(matches).map(Deferred)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}
