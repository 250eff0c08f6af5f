//! `--at` of the verbs that show how all stood: `#[command(arg = at())]`, or `steps_at()` where they show steps.

use clap::{Arg, ArgMatches};

use crate::context::At;

const NAME: &str = "at";

/// Shows everything as it stood then.
pub(super) fn at() -> Arg {
    argument("Show how it stood then: a day, which means its end, a moment, or -2h for two hours ago")
        .value_parser(|text: &str| text.parse().map(At::World))
}

/// Shows the steps until then.
pub(super) fn steps_at() -> Arg {
    argument("Show the steps until then: a day, which means its end, a moment, or -2h for two hours ago")
        .value_parser(|text: &str| text.parse().map(At::Steps))
}

fn argument(help: &'static str) -> Arg {
    // After the options of the verb itself.
    Arg::new(NAME).long(NAME).value_name("WHEN").allow_hyphen_values(true).display_order(900).help(help)
}

/// What a verb was given.
pub(crate) fn given(matches: &ArgMatches) -> Option<At> {
    matches.try_get_one(NAME).ok().flatten().copied()
}
