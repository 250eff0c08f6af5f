//! A noun's own grammar, put together only when that noun is typed: a command that takes two milliseconds should not spend
//! half of one on the options of a dozen others.

use std::ffi::OsString;
use std::sync::LazyLock;

use clap::{ArgMatches, Args, Command, Error, FromArgMatches};

pub(super) struct Later<T>(pub(super) T);

impl<T: Args> Args for Later<T> {
    fn augment_args(command: Command) -> Command {
        if is_typed(command.get_name()) { T::augment_args(command) } else { command.defer(T::augment_args) }
    }

    fn augment_args_for_update(command: Command) -> Command {
        command.defer(T::augment_args_for_update)
    }
}

impl<T: FromArgMatches> FromArgMatches for Later<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        T::from_arg_matches(matches).map(Later)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}

/// A noun that stands somewhere on the command line is wanted now, so that its verbs can be looked at.
fn is_typed(noun: &str) -> bool {
    static WORDS: LazyLock<Vec<OsString>> = LazyLock::new(|| std::env::args_os().skip(1).collect());
    WORDS.iter().any(|word| word == noun)
}
