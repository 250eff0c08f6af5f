//! Converts between rows and the model. One function per file of `sql/`, of the same name; no rules and no
//! text for people.

pub(crate) mod account;
mod address;
pub(crate) mod alert;
mod any_of;
pub(crate) mod attempt;
pub(crate) mod audit;
pub(crate) mod capacity;
pub(crate) mod category;
pub(crate) mod client;
pub(crate) mod contact;
mod contact_person;
pub(crate) mod contract;
pub(crate) mod database;
pub(crate) mod directory;
mod directory_detail;
mod directory_remainder;
pub(crate) mod disclosure;
pub(crate) mod doctor;
pub(crate) mod enrolment;
pub(crate) mod erasure;
mod folded;
pub(crate) mod held_visit;
pub(crate) mod listed;
mod lookup;
pub(crate) mod offer;
mod opening_hours;
pub(crate) mod operation;
pub(crate) mod operation_key;
pub(crate) mod package;
mod phone;
pub(crate) mod provider;
pub(crate) mod queue;
pub(crate) mod record;
pub(crate) mod referral;
pub(crate) mod release;
pub(crate) mod report;
pub(crate) mod resource;
pub(crate) mod setting;
pub(crate) mod sharing;
mod spoken_for;
pub(crate) mod stop;
pub(crate) mod trail;
pub(crate) mod versions;
pub(crate) mod visit;
mod word_search;

pub(crate) use any_of::{any_of, each};
pub(crate) use lookup::{
    Lookup, by_id, lookup, lookup_id, lookup_ids, lookup_if_there, lookup_many, lookup_optional,
};
pub(crate) use word_search::{index_words, unindex_words};

/// After an upgrade, what SQL cannot derive from other tables. People have words as soon as it was done for them once.
pub(crate) fn derive(tx: &mut crate::db::Tx<'_>) -> crate::error::Result<()> {
    if !client::has_words(tx)? {
        folded::refold(tx)?;
        client::index_all(tx)?;
        contact::index_all(tx)?;
    }
    resource::index_all(tx)?;
    versions::install(tx)
}

/// What nearly every query uses.
mod prelude {
    pub(super) use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Utc};

    pub(super) use super::any_of;
    pub(super) use super::listed::{Listed, Placed};
    pub(super) use super::lookup::*;
    pub(super) use super::spoken_for;
    pub(super) use super::word_search::*;
    pub(super) use crate::db::{OnUnique, Param, Query, Row, Tx, exactly_one, from_row, params, sql};
    pub(super) use crate::error::{Error, Result};
    pub(super) use crate::id::Id;
    pub(super) use crate::model::id::*;
    pub(super) use crate::model::reference::{Candidate, Noun, Reference};
    pub(super) use crate::model::text::{fold, fold_name};
    pub(super) use crate::model::visibility::Visibility;
}
