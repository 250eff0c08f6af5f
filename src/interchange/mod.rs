//! Formats of the outside world, one file each: pure conversion between them and the model.

pub(crate) mod fhir;
pub(crate) mod hhcrsp;
mod json_file;
