//! Builds the arguments of a noun only if the command line names it, since the options of a dozen others
//! would take a quarter of a short command.

use std::cell::RefCell;
use std::ffi::OsString;

use clap::{ArgMatches, Args, Command, Error, FromArgMatches};

pub(super) struct Deferred<T>(pub(super) T);

/// Which nouns are built at once; clap builds the others on demand.
#[derive(Default)]
enum Eager {
    #[default]
    None,
    Any(Vec<OsString>),
    All,
}

thread_local! {
    static EAGER: RefCell<Eager> = const { RefCell::new(Eager::None) };
}

/// A grammar with every noun built, for `help`, which copies the verbs of nouns before clap builds deferred
/// ones.
pub(super) fn whole(grammar: impl FnOnce() -> Command) -> Command {
    build(Eager::All, grammar)
}

/// A grammar in which the nouns among these words are built, so that their verbs are found.
pub(super) fn with_any_of(words: &[OsString], grammar: impl FnOnce() -> Command) -> Command {
    build(Eager::Any(words.to_vec()), grammar)
}

fn build(eager: Eager, grammar: impl FnOnce() -> Command) -> Command {
    EAGER.set(eager);
    let command = grammar();
    EAGER.set(Eager::None);
    command
}

fn is_eager(noun: &str) -> bool {
    EAGER.with_borrow(|eager| match eager {
        Eager::None => false,
        Eager::Any(words) => words.iter().any(|word| word == noun),
        Eager::All => true,
    })
}

impl<T: Args> Args for Deferred<T> {
    fn augment_args(command: Command) -> Command {
        if is_eager(command.get_name()) { T::augment_args(command) } else { command.defer(T::augment_args) }
    }

    fn augment_args_for_update(command: Command) -> Command {
        command.defer(T::augment_args_for_update)
    }
}

impl<T: FromArgMatches> FromArgMatches for Deferred<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        T::from_arg_matches(matches).map(Deferred)
    }

    fn from_arg_matches_mut(matches: &mut ArgMatches) -> Result<Self, Error> {
        T::from_arg_matches_mut(matches).map(Deferred)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}
