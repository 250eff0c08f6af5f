//! A noun's own grammar, put together only when that noun is typed: a command that takes two milliseconds should not spend
//! half of one on the options of a dozen others.

use std::cell::Cell;

use clap::{ArgMatches, Args, Command, Error, FromArgMatches};

pub(super) struct Later<T>(pub(super) T);

thread_local! {
    static IS_NOW: Cell<bool> = const { Cell::new(false) };
}

/// The whole of a grammar at once. `help` copies the verbs of the nouns before clap would put them together, and so would
/// have none of them.
pub(super) fn whole(grammar: fn() -> Command) -> Command {
    IS_NOW.set(true);
    let whole = grammar();
    IS_NOW.set(false);
    whole
}

impl<T: Args> Args for Later<T> {
    fn augment_args(command: Command) -> Command {
        if IS_NOW.get() { T::augment_args(command) } else { command.defer(T::augment_args) }
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
