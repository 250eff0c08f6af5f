//! What it takes to make one provider of two. No row is removed.

use std::collections::BTreeSet;

use crate::model::merge::Moved;
use crate::store::prelude::*;

/// The work of a provider that its accounts see.
#[derive(Clone, Copy)]
pub(crate) struct Work {
    pub(crate) referrals: i64,
    pub(crate) packages: i64,
}

/// Gives all that there is of one provider to the other; returns how much of what. What the other has already stays behind,
/// ended; `code` marks names that both have.
pub(crate) fn move_all(
    tx: &mut Tx<'_>, (other, code): (ProviderId, &str), kept: ProviderId, at: DateTime<Utc>,
) -> Result<Vec<Moved>> {
    yield_offers(tx, other, kept, at)?;
    rename_contracts(tx, other, kept, code)?;
    rename_record_ids(tx, other, kept, code)?;
    let links = move_links_from(tx, other, kept)? + move_links_to(tx, other, kept)?;
    let requests = move_requests_from(tx, other, kept)? + move_requests_to(tx, other, kept)?;
    turn_recipients(tx, other, kept)?;
    let releases = move_releases(tx, other, kept)?;
    move_recipients(tx, other, kept)?;
    move_settings(tx, other, kept)?;
    move_disclosures_by(tx, other, kept)?;
    move_disclosures_to(tx, other, kept)?;
    move_held_visits(tx, other, kept)?;
    move_alerts(tx, other, kept)?;
    move_remainders(tx, other, kept)?;
    let moved = vec![
        (move_resources(tx, other, kept)?, "resource", "resources"),
        (move_phones(tx, other, kept)?, "phone", "phones"),
        (move_addresses(tx, other, kept)?, "address", "addresses"),
        (move_details(tx, other, kept)?, "detail", "details"),
        (move_opening_hours(tx, other, kept)?, "line of opening hours", "lines of opening hours"),
        (move_contact_persons(tx, other, kept)?, "contact person", "contact persons"),
        (move_offers(tx, other, kept)?, "offer", "offers"),
        (move_contracts(tx, other, kept)?, "contract", "contracts"),
        (move_records(tx, other, kept)?, "record", "records"),
        (move_enrolments(tx, other, kept)?, "enrolment", "enrolments"),
        (links, "link", "links"),
        (requests, "request", "requests"),
        (releases, "release", "releases"),
    ];
    end_enrolments(tx, other, at)?;
    end_settings(tx, other, at)?;
    end_links(tx, other, at)?;
    move_merged(tx, other, kept)?;
    Ok(moved)
}

/// The codes of packages that the one has still to answer and the other was offered too.
pub(crate) fn offered_to_both(tx: &mut Tx<'_>, one: ProviderId, other: ProviderId) -> Result<Vec<String>> {
    tx.all(sql!("provider/offered_to_both"), params![one, other], |row| row.get("code"))
}

/// The codes of clients who are active at one of the two and not at the other, with whether they are at the second.
pub(crate) fn opposed_enrolments(
    tx: &mut Tx<'_>, one: ProviderId, other: ProviderId,
) -> Result<Vec<(String, bool)>> {
    tx.all(sql!("provider/opposed_enrolments"), params![one, other], |row| {
        Ok((row.get("code")?, row.get("active")?))
    })
}

/// The logins of the accounts that speak for the provider.
pub(crate) fn speakers(tx: &mut Tx<'_>, provider: ProviderId) -> Result<Vec<String>> {
    tx.all(sql!("provider/speakers"), params![provider], |row| row.get("login"))
}

/// The clients that accounts may name who speak for the provider. The transaction needs an instant ([`Tx::as_of`]).
pub(crate) fn known_clients(tx: &mut Tx<'_>, provider: ProviderId) -> Result<BTreeSet<ClientId>> {
    let found = tx.all(sql!("provider/known_clients"), params![provider], |row| row.get("client_id"))?;
    Ok(found.into_iter().collect())
}

pub(crate) fn work(tx: &mut Tx<'_>, provider: ProviderId) -> Result<Work> {
    let work = tx.first(sql!("provider/work"), params![provider], |row| {
        from_row! { row => Work { referrals, packages } }
    })?;
    Ok(work.unwrap_or(Work { referrals: 0, packages: 0 }))
}

fn yield_offers(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId, at: DateTime<Utc>) -> Result<u64> {
    tx.run(sql!("provider/yield_offers"), params![other, kept, at])
}

fn rename_contracts(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId, code: &str) -> Result<u64> {
    let mark = format!(" ({code})");
    tx.run(
        sql!("provider/rename_contracts"),
        params![other, kept, mark, fold(&format!("x{mark}")).split_off(1)],
    )
}

fn rename_record_ids(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId, code: &str) -> Result<u64> {
    tx.run(sql!("provider/rename_record_ids"), params![other, kept, format!("{code}:")])
}

fn move_resources(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_resources"), params![other, kept])
}

fn move_phones(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_phones"), params![other, kept])
}

fn move_addresses(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_addresses"), params![other, kept])
}

fn move_details(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_details"), params![other, kept])
}

fn move_remainders(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<()> {
    tx.run(sql!("provider/move_remainders"), params![other, kept]).map(drop)
}

fn move_opening_hours(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_opening_hours"), params![other, kept])
}

fn move_contact_persons(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_contact_persons"), params![other, kept])
}

fn move_offers(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_offers"), params![other, kept])
}

fn move_alerts(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_alerts"), params![other, kept])
}

fn move_contracts(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_contracts"), params![other, kept])
}

fn move_held_visits(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<()> {
    tx.run(sql!("provider/move_held_visits"), params![other, kept]).map(drop)
}

fn move_records(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_records"), params![other, kept])
}

fn move_enrolments(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_enrolments"), params![other, kept])
}

fn move_settings(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_settings"), params![other, kept])
}

fn move_links_from(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_links_from"), params![other, kept])
}

fn move_links_to(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_links_to"), params![other, kept])
}

fn move_requests_from(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_requests_from"), params![other, kept])
}

fn move_requests_to(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_requests_to"), params![other, kept])
}

fn move_releases(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_releases"), params![other, kept])
}

/// A release for the one that stays would be one for its owner.
fn turn_recipients(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/turn_recipients"), params![other, kept])
}

fn move_recipients(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_recipients"), params![other, kept])
}

fn move_disclosures_by(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_disclosures_by"), params![other, kept])
}

fn move_disclosures_to(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_disclosures_to"), params![other, kept])
}

fn move_merged(tx: &mut Tx<'_>, other: ProviderId, kept: ProviderId) -> Result<u64> {
    tx.run(sql!("provider/move_merged"), params![other, kept])
}

fn end_enrolments(tx: &mut Tx<'_>, other: ProviderId, at: DateTime<Utc>) -> Result<()> {
    tx.run(sql!("provider/end_enrolments"), params![other, at]).map(drop)
}

fn end_settings(tx: &mut Tx<'_>, other: ProviderId, at: DateTime<Utc>) -> Result<()> {
    tx.run(sql!("provider/end_settings"), params![other, at]).map(drop)
}

fn end_links(tx: &mut Tx<'_>, other: ProviderId, at: DateTime<Utc>) -> Result<()> {
    tx.run(sql!("provider/end_links"), params![other, at]).map(drop)
}
