//! Words and rules of care coordination: values in, values or a refusal out. No I/O, no clock, no SQL.

pub(crate) mod instance;
pub(crate) mod people;
