//! The formats of the outside world: pure conversion, one file each.

pub(crate) mod ical;
