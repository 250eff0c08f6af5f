//! What it takes to make one client of two. No row is removed.

use super::{read, whole};
use crate::model::client::Client;
use crate::model::merge::Moved;
use crate::store::prelude::*;

/// Gives all that there is about one client to the other; returns how much of what.
pub(crate) fn move_all(
    tx: &mut Tx<'_>, other: ClientId, kept: ClientId, at: DateTime<Utc>,
) -> Result<Vec<Moved>> {
    let moved = vec![
        (move_contacts(tx, other, kept)?, "contact", "contacts"),
        (move_referrals(tx, other, kept)?, "referral", "referrals"),
        (move_records(tx, other, kept)?, "record", "records"),
        (move_enrolments(tx, other, kept)?, "enrolment", "enrolments"),
        (move_requests(tx, other, kept)?, "request", "requests"),
        (move_releases(tx, other, kept)?, "release", "releases"),
        (move_disclosures(tx, other, kept)?, "disclosure", "disclosures"),
    ];
    end_enrolments(tx, other, at)?;
    move_merged(tx, other, kept)?;
    Ok(moved)
}

/// Those whom others have replaced, by their ids, at most `limit`.
pub(crate) fn all_merged(tx: &mut Tx<'_>, after: Option<ClientId>, limit: i64) -> Result<Vec<Client>> {
    let found = tx.all(sql!("client/all_merged"), params![after, limit], read)?;
    whole(tx, found)
}

/// The codes of those whom each of these has replaced.
pub(crate) fn replaced(tx: &mut Tx<'_>, by: &[ClientId]) -> Result<Vec<(ClientId, String)>> {
    tx.all_in(sql!("client/replaced"), params![], by, |row| Ok((row.get("merged_into")?, row.get("code")?)))
}

/// The code and name of each provider at which one of the two is active and the other is not, with whether it is the second.
pub(crate) fn opposed_enrolments(
    tx: &mut Tx<'_>, one: ClientId, other: ClientId,
) -> Result<Vec<(String, String, bool)>> {
    tx.all(sql!("client/opposed_enrolments"), params![one, other], |row| {
        Ok((row.get("code")?, row.get("name")?, row.get("active")?))
    })
}

/// The clients that a client has replaced, as they were.
pub(crate) fn merged(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<Client>> {
    let found = tx.all(sql!("client/merged"), params![client], read)?;
    whole(tx, found)
}

/// The logins of the portal accounts that know the client. The transaction needs an instant ([`Tx::as_of`]).
pub(crate) fn known_to(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<String>> {
    tx.all(sql!("client/known_to"), params![client], |row| row.get("login"))
}

fn move_contacts(tx: &mut Tx<'_>, other: ClientId, kept: ClientId) -> Result<u64> {
    tx.run(sql!("client/move_contacts"), params![other, kept])
}

fn move_referrals(tx: &mut Tx<'_>, other: ClientId, kept: ClientId) -> Result<u64> {
    tx.run(sql!("client/move_referrals"), params![other, kept])
}

fn move_records(tx: &mut Tx<'_>, other: ClientId, kept: ClientId) -> Result<u64> {
    tx.run(sql!("client/move_records"), params![other, kept])
}

fn move_enrolments(tx: &mut Tx<'_>, other: ClientId, kept: ClientId) -> Result<u64> {
    tx.run(sql!("client/move_enrolments"), params![other, kept])
}

fn move_requests(tx: &mut Tx<'_>, other: ClientId, kept: ClientId) -> Result<u64> {
    tx.run(sql!("client/move_requests"), params![other, kept])
}

fn move_releases(tx: &mut Tx<'_>, other: ClientId, kept: ClientId) -> Result<u64> {
    tx.run(sql!("client/move_releases"), params![other, kept])
}

fn move_disclosures(tx: &mut Tx<'_>, other: ClientId, kept: ClientId) -> Result<u64> {
    tx.run(sql!("client/move_disclosures"), params![other, kept])
}

fn end_enrolments(tx: &mut Tx<'_>, other: ClientId, at: DateTime<Utc>) -> Result<()> {
    tx.run(sql!("client/end_enrolments"), params![other, at]).map(drop)
}

fn move_merged(tx: &mut Tx<'_>, other: ClientId, kept: ClientId) -> Result<()> {
    tx.run(sql!("client/move_merged"), params![other, kept]).map(drop)
}
