//! The days of which a list tells.

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;

use super::Context;
use crate::error::{Error, Result};
use crate::model::time::{self, Day};

/// From an instant on, and before another.
type Bounds = (Option<DateTime<Utc>>, Option<DateTime<Utc>>);

/// `--since` and `--until` of a list.
#[derive(Args)]
pub(crate) struct Period {
    /// Only from this day on
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub(crate) since: Option<Day>,
    /// Only up to and including this day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub(crate) until: Option<Day>,
}

impl Period {
    /// From the beginning of the first day up to but not at that of the day after the last. `code` is that of the error for a day
    /// without a beginning.
    pub(crate) fn instants(&self, context: &Context, code: &'static str) -> Result<Bounds> {
        let midnight =
            |day: NaiveDate| time::start_of(day, context.zone).map_err(|why| Error::invalid(code, why));
        let since = self.since.map(|day| day.resolve_past(context.today));
        let until = self.until.and_then(|day| day.resolve_past(context.today).succ_opt());
        Ok((since.map(midnight).transpose()?, until.map(midnight).transpose()?))
    }
}
