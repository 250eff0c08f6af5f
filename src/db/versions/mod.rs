//! How tables stood at an earlier instant: triggers keep what rows were before each change, and a transaction that goes back
//! reads each table as it stood after one entry of the audit trail.

mod back;
mod forget;
mod past;
mod triggers;

pub(crate) use back::{Fields, Later, Touched, is_same};
pub(super) use past::Past;
pub(super) use triggers::Keeping;

/// A table of which it is known how it stood.
#[derive(Debug)]
pub(crate) struct Versioned {
    pub(crate) table: &'static str,
    /// The columns of its key, one or two.
    pub(crate) key: &'static [&'static str],
    /// Columns that are not kept: an earlier row has what the row has now.
    pub(crate) without: &'static [&'static str],
}
