//! How packages, offers, referrals, visits, capacity, the rights of accounts and sharing stood at an earlier instant. People,
//! the texts of records, and what a directory lists of providers, are known as they are now alone: what was corrected or erased
//! does not come back.

use std::collections::HashMap;

use crate::db::{Later, Touched, Tx, Versioned};
use crate::error::Result;

const fn table(table: &'static str) -> Versioned {
    keyed(table, &["id"])
}

const fn keyed(table: &'static str, key: &'static [&'static str]) -> Versioned {
    Versioned { table, key, without: &[] }
}

static TABLES: &[Versioned] = &[
    Versioned { without: &["password_hash"], ..table("account") },
    keyed("account_permission", &["account_id", "permission"]),
    keyed("account_resource", &["account_id", "resource_id"]),
    table("capacity"),
    table("category"),
    table("contract"),
    table("contract_category"),
    table("contract_term"),
    table("enrolment"),
    table("never_shared"),
    table("offer"),
    table("package"),
    keyed("package_visit", &["package_id", "visit_id"]),
    table("provider"),
    table("provider_inactivity"),
    table("queue"),
    keyed("queue_resource", &["queue_id", "resource_id"]),
    table("queue_status"),
    Versioned { without: &["title", "units", "detail", "source_id"], ..table("record") },
    table("referral"),
    table("referral_change"),
    table("release"),
    keyed("release_recipient", &["release_id", "provider_id"]),
    table("resource"),
    keyed("setting", &["name"]),
    table("sharing_answer"),
    table("sharing_link"),
    table("sharing_request"),
    table("sharing_setting"),
    table("visit"),
];

/// With the schema.
pub(crate) fn install(tx: &mut Tx<'_>) -> Result<()> {
    tx.install_versions(TABLES)
}

/// With each transaction that may change something.
pub(crate) fn keep(tx: &mut Tx<'_>) {
    tx.keep_versions(TABLES);
}

/// Lets the transaction read them as they stood after the entry of the audit trail with this number.
pub(crate) fn go_back(tx: &mut Tx<'_>, entry: i64) -> Result<()> {
    tx.go_back(TABLES, entry)
}

/// Of what this transaction erases, since the entry of the audit trail with this number, nothing comes back.
pub(crate) fn forget_changed(tx: &mut Tx<'_>, since: i64) -> Result<()> {
    tx.forget_changed(since)
}

/// The same for what it deletes, as if it had never been.
pub(crate) fn forget_deleted(tx: &mut Tx<'_>, since: i64) -> Result<()> {
    tx.forget_deleted(TABLES, since)
}

/// The rows that were changed between two entries of the audit trail.
pub(crate) fn touched(tx: &mut Tx<'_>, (first, last): (i64, i64)) -> Result<Vec<Touched>> {
    tx.touched(TABLES, (first, last))
}

/// The rows of a table that were changed after an entry, all or some of them, by their keys.
pub(crate) fn changed_after(
    tx: &mut Tx<'_>, table: &str, entry: i64, keys: Option<&[&str]>,
) -> Result<HashMap<String, Later>> {
    match TABLES.iter().find(|known| known.table == table) {
        Some(table) => tx.changed_after(table, entry, keys),
        None => Ok(HashMap::new()),
    }
}
