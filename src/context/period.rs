//! The days of which a list tells, and how old it is what it tells of.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use clap::Args;

use super::Context;
use crate::error::{Error, Result};
use crate::model::span::span;
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
        let (since, until) = self.days(context);
        let until = until.and_then(|day| day.succ_opt());
        Ok((since.map(midnight).transpose()?, until.map(midnight).transpose()?))
    }

    /// The first day and the last. A day of the week is the last one that was.
    pub(crate) fn days(&self, context: &Context) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let resolved = |day: Option<Day>| day.map(|day| day.resolve_past(context.today));
        (resolved(self.since), resolved(self.until))
    }
}

/// The same with `--older-than`.
#[derive(Args)]
pub(crate) struct Aged {
    #[command(flatten)]
    pub(crate) period: Period,
    /// Only those from longer ago than this: 30m, 4h, 2d
    #[arg(long, value_name = "SPAN", value_parser = span, conflicts_with = "until")]
    pub(crate) older_than: Option<TimeDelta>,
}

impl Aged {
    /// The instant by which they were there, of `--older-than`.
    pub(crate) fn by(&self, context: &Context) -> Option<DateTime<Utc>> {
        self.older_than.and_then(|span| context.now().checked_sub_signed(span))
    }

    /// As [`Period::instants`].
    pub(crate) fn instants(&self, context: &Context, code: &'static str) -> Result<Bounds> {
        let (since, until) = self.period.instants(context, code)?;
        Ok((since, self.by(context).or(until)))
    }
}
