//! Types and rules of care coordination: values in, values or a refusal out. No input or output, no clock, no
//! SQL.

pub(crate) mod access;
pub(crate) mod account;
pub(crate) mod account_sight;
pub(crate) mod alert;
pub(crate) mod area;
pub(crate) mod as_of;
pub(crate) mod audit;
pub(crate) mod capacity;
pub(crate) mod category;
pub(crate) mod chart;
pub(crate) mod client;
pub(crate) mod client_page;
pub(crate) mod client_phone;
pub(crate) mod clock;
pub(crate) mod code;
pub(crate) mod contact;
pub(crate) mod contract;
pub(crate) mod directory;
pub(crate) mod disclosure;
pub(crate) mod duplicate;
pub(crate) mod edit;
pub(crate) mod enrolment;
pub(crate) mod erasure;
pub(crate) mod find;
pub(crate) mod held_visit;
pub(crate) mod history;
pub(crate) mod hub;
pub(crate) mod id;
pub(crate) mod import;
pub(crate) mod import_kind;
pub(crate) mod instance;
mod letters;
pub(crate) mod limit;
pub(crate) mod merge;
pub(crate) mod names;
pub(crate) mod operation;
pub(crate) mod operation_key;
pub(crate) mod package;
pub(crate) mod package_status;
pub(crate) mod people;
pub(crate) mod provider;
pub(crate) mod queue;
pub(crate) mod record;
pub(crate) mod reference;
pub(crate) mod referral;
pub(crate) mod release;
pub(crate) mod remarks;
pub(crate) mod remedy;
pub(crate) mod report;
pub(crate) mod resource;
pub(crate) mod search_key;
pub(crate) mod sharing;
pub(crate) mod signing;
pub(crate) mod span;
pub(crate) mod spreadsheet;
pub(crate) mod stop;
pub(crate) mod tally;
pub(crate) mod text;
pub(crate) mod time;
pub(crate) mod trail;
pub(crate) mod view;
pub(crate) mod visibility;
pub(crate) mod visit;
pub(crate) mod visit_day;
pub(crate) mod visit_overlap;
pub(crate) mod visit_plan;
pub(crate) mod visited_client;
pub(crate) mod whoami;
pub(crate) mod withdrawal;
pub(crate) mod work;
pub(crate) mod zone;

/// What nearly every noun uses.
mod prelude {
    pub(super) use chrono::{DateTime, NaiveDate, Utc};
    pub(super) use serde::Serialize;

    pub(super) use super::id::*;
    pub(super) use super::names::names;
    pub(super) use super::reference::{Noun, noun};
    pub(super) use super::text::{self, counted, fold};
    pub(super) use super::view::{cloned, view};
    pub(super) use super::zone::Zone;
    pub(super) use crate::error::{Error, Kind, Result};
    pub(super) use crate::id::Id;
}
