//! File formats of other systems: pure conversion, one file per format.

pub(crate) mod accounts;
pub(crate) mod backup;
mod bounded_json;
pub(crate) mod chart;
pub(crate) mod clients;
pub(crate) mod contacts;
pub(crate) mod contracts;
pub(crate) mod document;
pub(crate) mod enrolments;
pub(crate) mod fhir;
pub(crate) mod hhcrsp;
pub(crate) mod hsds;
pub(crate) mod ical;
mod json_file;
mod json_object;
pub(crate) mod mail;
pub(crate) mod pdf;
pub(crate) mod provider_list;
pub(crate) mod providers;
pub(crate) mod records;
pub(crate) mod referrals;
pub(crate) mod releases;
pub(crate) mod resources;
pub(crate) mod sharing;
pub(crate) mod state;
pub(crate) mod table;
pub(crate) mod visits;
