//! Words and rules of care coordination: values in, values or a refusal out. No input or output, no clock, no SQL.

pub(crate) mod access;
pub(crate) mod account;
pub(crate) mod audit;
pub(crate) mod client;
pub(crate) mod code;
pub(crate) mod directory;
pub(crate) mod import;
pub(crate) mod instance;
pub(crate) mod optional;
pub(crate) mod package;
pub(crate) mod people;
pub(crate) mod provider;
pub(crate) mod queue;
pub(crate) mod reference;
pub(crate) mod referral;
pub(crate) mod release;
pub(crate) mod resource;
pub(crate) mod text;
pub(crate) mod time;
pub(crate) mod timetable;
pub(crate) mod visit;
pub(crate) mod zone;
