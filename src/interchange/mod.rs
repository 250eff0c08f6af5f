//! The formats of the outside world: pure conversion, one file each.

pub(crate) mod accounts;
pub(crate) mod document;
pub(crate) mod fhir;
pub(crate) mod hhcrsp;
pub(crate) mod hsds;
pub(crate) mod ical;
mod json_file;
pub(crate) mod mail;
pub(crate) mod pdf;
pub(crate) mod people_table;
pub(crate) mod plain;
pub(crate) mod record_table;
pub(crate) mod sheet;
pub(crate) mod visits;
