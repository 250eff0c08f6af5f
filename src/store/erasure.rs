//! What tells who a client was is removed from every table; counts, statuses, times and codes stay (rule 5.8).

use crate::model::client::Client;
use crate::model::erasure::Open;
use crate::model::release::Document;
use crate::store::prelude::*;

/// The tables that hold something about clients. Where the engine keeps old rows it is these that it rewrites.
pub(crate) const TABLES: &[&str] = &[
    "client", "client_former_name", "client_phone", "client_word", "contact", "contact_word", "referral",
    "referral_change", "visit", "package", "package_visit", "offer", "alert", "enrolment", "record",
    "sharing_request", "sharing_answer", "release", "release_recipient", "release_piece", "disclosure",
    "audit", "operation", "operation_row", "operation_insert", "operation_key", "row_version",
];

/// For the client $1, who gets the id $2: first what is found through others.
const STATEMENTS: &[&str] = &[
    sql!("erasure/operation_row"),
    sql!("erasure/former_names"),
    sql!("erasure/phones"),
    sql!("erasure/client_words"),
    sql!("erasure/contact_words"),
    sql!("erasure/referral_change"),
    sql!("erasure/visit"),
    sql!("erasure/package"),
    sql!("erasure/offer"),
    sql!("erasure/alert"),
    sql!("erasure/release_piece"),
    sql!("erasure/enrolment"),
    sql!("erasure/disclosure"),
    sql!("erasure/sharing_answer"),
    sql!("erasure/sharing_request"),
];

/// As many rows of a client were erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Erased {
    pub(crate) contacts: u64,
    pub(crate) referrals: u64,
    pub(crate) records: u64,
    pub(crate) documents: u64,
}

/// When the client was erased, if that is so.
pub(crate) fn erased_at(tx: &mut Tx<'_>, client: ClientId) -> Result<Option<DateTime<Utc>>> {
    tx.first(sql!("erasure/erased_at"), params![client], |row| row.get("erased_at"))
}

/// What is open about a client beside what is planned.
pub(crate) fn open(tx: &mut Tx<'_>, client: ClientId, today: NaiveDate) -> Result<Vec<Open>> {
    tx.all(sql!("erasure/open"), params![client, today], |row| from_row! { row => Open { kind, code } })
}

/// The contacts of a client with their numbers.
pub(crate) fn numbers(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<(ContactId, String)>> {
    tx.all(sql!("erasure/numbers"), params![client], |row| Ok((row.get("id")?, row.get("number")?)))
}

pub(crate) fn renumber(tx: &mut Tx<'_>, contact: ContactId, number: &str) -> Result<()> {
    exactly_one(tx.run(sql!("erasure/renumber"), params![contact, number, fold(number)])?, "contact")
}

/// Everything but the audit trail. What is left stands under a new id: that of an imported client follows from where it came
/// from, and another import would find it again. Clients that it has replaced are erased too.
pub(crate) fn erase(
    tx: &mut Tx<'_>, client: &Client, left: ClientId, mut key: impl FnMut() -> ClientId, at: DateTime<Utc>,
) -> Result<Erased> {
    let others = merged(tx, client.id)?;
    let erased = replace(tx, client.id, &client.code, (left, None), at)?;
    for (other, code) in others {
        replace(tx, other, &code, (key(), Some(left)), at)?;
        delete(tx, other)?;
    }
    delete(tx, client.id)?;
    Ok(erased)
}

/// Moves all that belongs to a client to what is left of it, erased; the row itself stays.
fn replace(
    tx: &mut Tx<'_>, client: ClientId, code: &str, (left, merged_into): (ClientId, Option<ClientId>),
    at: DateTime<Utc>,
) -> Result<Erased> {
    operation_insert(tx, client)?;
    row_version(tx, client)?;
    free_code(tx, client, left)?;
    insert(tx, client, left, code, merged_into, at)?;
    for statement in STATEMENTS {
        tx.run(statement, params![client, left])?;
    }
    Ok(Erased {
        documents: release(tx, client, left)?,
        records: record(tx, client, left)?,
        contacts: contact(tx, client, left)?,
        referrals: referral(tx, client, left)?,
    })
}

/// The id of an imported client follows from the id that it has where it came from.
fn operation_insert(tx: &mut Tx<'_>, client: ClientId) -> Result<()> {
    let [key, none] = [client, ClientId::NIL].map(|id| id.uuid().simple().to_string());
    let pattern = format!("%{key}%");
    tx.run(sql!("erasure/operation_insert"), params![key, none, pattern]).map(drop)
}

/// Steps of referrals that were taken back are kept no more.
fn row_version(tx: &mut Tx<'_>, client: ClientId) -> Result<()> {
    for referral in referrals(tx, client)? {
        let dashed = format!("%{referral:?}%");
        let plain = format!("%{}%", referral.uuid().simple().to_string().to_uppercase());
        tx.run(sql!("erasure/row_version"), params![dashed, plain])?;
    }
    Ok(())
}

fn referrals(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<ReferralId>> {
    tx.all(sql!("erasure/referrals"), params![client], |row| row.get("id"))
}

/// The names of the files of an import.
pub(crate) fn operation(tx: &mut Tx<'_>, code: &str) -> Result<()> {
    exactly_one(tx.run(sql!("erasure/operation"), params![code])?, "operation")
}

fn merged(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<(ClientId, String)>> {
    tx.all(sql!("erasure/merged"), params![client], |row| Ok((row.get("id")?, row.get("code")?)))
}

fn free_code(tx: &mut Tx<'_>, client: ClientId, left: ClientId) -> Result<()> {
    let code = format!("{left:?}");
    exactly_one(tx.run(sql!("erasure/free_code"), params![client, code])?, "client")
}

fn insert(
    tx: &mut Tx<'_>, client: ClientId, left: ClientId, code: &str, merged_into: Option<ClientId>,
    at: DateTime<Utc>,
) -> Result<()> {
    tx.run(sql!("erasure/insert"), params![client, left, code, merged_into, at]).map(drop)
}

fn delete(tx: &mut Tx<'_>, client: ClientId) -> Result<()> {
    exactly_one(tx.run(sql!("erasure/delete"), params![client])?, "client")
}

fn record(tx: &mut Tx<'_>, client: ClientId, left: ClientId) -> Result<u64> {
    tx.run(sql!("erasure/record"), params![client, left])
}

fn contact(tx: &mut Tx<'_>, client: ClientId, left: ClientId) -> Result<u64> {
    tx.run(sql!("erasure/contact"), params![client, left])
}

fn referral(tx: &mut Tx<'_>, client: ClientId, left: ClientId) -> Result<u64> {
    tx.run(sql!("erasure/referral"), params![client, left])
}

/// The digest of a document could still tell whose it was.
fn release(tx: &mut Tx<'_>, client: ClientId, left: ClientId) -> Result<u64> {
    tx.run(sql!("erasure/release"), params![client, left, Document::NO_DIGEST.to_vec()])
}
