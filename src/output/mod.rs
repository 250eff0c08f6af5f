//! The only place that prints, and everything that is made for a person to look at.

pub(crate) mod calendar;
pub(crate) mod clean;
