//! The period of a report, and what is masked in it.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::commands::prelude::*;
use crate::model::report::{By, Edge, Period};

#[derive(Args)]
pub(super) struct InPeriod {
    /// The first month or day that counts [default: eleven months before this one]
    #[arg(long, value_name = "MONTH|DAY", allow_hyphen_values = true)]
    from: Option<Edge>,
    /// The last month or day that counts [default: today]
    #[arg(long, value_name = "MONTH|DAY", allow_hyphen_values = true)]
    to: Option<Edge>,
    #[command(flatten)]
    pub(super) mask: Mask,
}

impl InPeriod {
    /// Invalid if it ends before it begins.
    pub(super) fn period(&self, context: &Context) -> Result<Period> {
        Period::new(self.from, self.to, context.today, context.zone)
    }
}

#[derive(Args)]
pub(super) struct Mask {
    /// Show numbers below this, but not 0, as `<N`, and as `*` those that would tell them
    #[arg(id = "mask", long = "mask", value_name = "N", value_parser = clap::value_parser!(i64).range(3..=1_000))]
    pub(super) least: Option<i64>,
}

/// Of what a report can have lines, in the grammar.
pub(super) fn one_of(choices: &'static [By]) -> impl TypedValueParser<Value = By> {
    let names = choices.iter().map(|by| by.name());
    PossibleValuesParser::new(names).try_map(|name| By::from_name(&name).ok_or("is none of them"))
}
