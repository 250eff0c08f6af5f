//! Invariants over several rows, which no constraint can express: each function returns the rows that break
//! one.

use crate::db::{Params, Row, Tx, params, sql};
use crate::error::Result;

const NONE: Params<'_> = params![];

pub(crate) fn package_status(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("database/package_status"), NONE, offender)
}

pub(crate) fn package_race(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("database/package_race"), NONE, offender)
}

pub(crate) fn package_providers(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("database/package_providers"), NONE, offender)
}

pub(crate) fn package_visits(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("database/package_visits"), NONE, offender)
}

pub(crate) fn package_referral(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("database/package_referral"), NONE, offender)
}

pub(crate) fn package_release(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("database/package_release"), NONE, offender)
}

pub(crate) fn provider_agency(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("database/provider_agency"), NONE, offender)
}

pub(crate) fn referral_queue(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("database/referral_queue"), NONE, offender)
}

pub(crate) fn queue_arrival(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("database/queue_arrival"), NONE, offender)
}

pub(crate) fn capacity_overlap(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("database/capacity_overlap"), NONE, offender)
}

pub(crate) fn account_portal(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("database/account_portal"), NONE, offender)
}

pub(crate) fn release_document(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("database/release_document"), NONE, offender)
}

pub(crate) fn release_recipient(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("database/release_recipient"), NONE, offender)
}

pub(crate) fn request_label(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("database/request_label"), NONE, offender)
}

pub(crate) fn version_overlap(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("database/version_overlap"), NONE, offender)
}

pub(crate) fn contract_term(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("database/contract_term"), NONE, offender)
}

pub(crate) fn record_contract(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("database/record_contract"), NONE, offender)
}

pub(crate) fn disclosure_basis(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("database/disclosure_basis"), NONE, offender)
}

fn offender(row: &Row<'_>) -> Result<String> {
    row.get("offender")
}
