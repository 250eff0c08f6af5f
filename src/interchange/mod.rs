//! Formats of the outside world. Pure conversion: no database, nothing printed.

pub(crate) mod hsds;
pub(crate) mod plain;
pub(crate) mod sheet;
