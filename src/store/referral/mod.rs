//! Finds and saves referrals, and reads what an assignment needs to know of a resource.

mod event;
mod find;
mod list;

pub(crate) use event::{NewEvent, history, insert_events};
pub(crate) use find::{asked, quoted};
pub(crate) use list::{Filter, few_in_queue, list, of_client, open_by_status};

use std::collections::HashMap;

use crate::model::client::{family_last, name};
use crate::model::person_name::PersonName;
use crate::model::referral::{NOUN, Referral};
use crate::store::prelude::*;

/// A new referral, who created it, and where an imported one came from, with its id there.
pub(crate) type NewReferral = (Referral, AccountId, Option<(String, String)>);

pub(crate) fn insert(tx: &mut Tx<'_>, new: &[NewReferral]) -> Result<()> {
    let row = |(referral, by, source): &NewReferral| {
        let contact = referral.contact.as_ref().map(|contact| contact.id);
        (referral.clone(), *by, contact, place(referral), source.clone().unzip())
    };
    let rows: Vec<_> = new.iter().map(row).collect();
    tx.bulk(sql!("referral/insert"), &rows, |(r, by, contact, (resource, since), (source, source_id))| {
        [
            &r.id as &dyn Param, &r.code, &r.queue_id, &r.status_id, &r.client_id, contact, resource, since,
            &r.note, &r.created_at, by, source, source_id,
        ]
    })
}

/// Returns those of the codes that are in use.
pub(crate) fn taken_codes(tx: &mut Tx<'_>, codes: &[String]) -> Result<Vec<String>> {
    tx.all_in(sql!("referral/taken_codes"), params![], codes, |row| row.get("code"))
}

/// The referrals that have these ids in a source, by their ids there.
pub(crate) fn imported(tx: &mut Tx<'_>, source: &str, ids: &[String]) -> Result<HashMap<String, Referral>> {
    let read = |row: &Row<'_>| Ok((row.get("id")?, row.get("source_id")?));
    let mut ids: HashMap<ReferralId, String> =
        tx.all_in(sql!("referral/imported"), params![source], ids, read)?.into_iter().collect();
    let keys: Vec<ReferralId> = ids.keys().copied().collect();
    let found = list::details(tx, &keys)?.into_iter();
    Ok(found.filter_map(|referral| Some((ids.remove(&referral.id)?, referral))).collect())
}

/// How many are at a resource in each status, by its label.
pub(crate) fn by_status_at(tx: &mut Tx<'_>, resource: ResourceId) -> Result<Vec<(String, i64)>> {
    tx.all(sql!("referral/by_status_at"), params![resource], |row| {
        Ok((row.get("label")?, row.get("referrals")?))
    })
}

/// Where an imported referral came from, and its id there.
pub(crate) fn origin(tx: &mut Tx<'_>, id: ReferralId) -> Result<(Option<String>, Option<String>)> {
    let found = tx
        .first(sql!("referral/origin"), params![id], |row| Ok((row.get("source")?, row.get("source_id")?)))?;
    Ok(found.unwrap_or_default())
}

/// The sources of all referrals that were imported.
pub(crate) fn sources(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("referral/sources"), params![], |row| row.get("source"))
}

/// The codes of the open referrals of a client in a queue.
pub(crate) fn open_in_queue(tx: &mut Tx<'_>, client: ClientId, queue: QueueId) -> Result<Vec<String>> {
    tx.all(sql!("referral/open_in_queue"), params![client, queue], |row| row.get("code"))
}

/// Whose referrals these are, by their codes: the code and the name of the client.
pub(crate) fn clients(tx: &mut Tx<'_>, codes: &[String]) -> Result<HashMap<String, (String, PersonName)>> {
    let read = |row: &Row<'_>| {
        let (given, family): (String, String) = (row.get("given")?, row.get("family")?);
        Ok((row.get("code")?, (row.get("client")?, name(&given, &family))))
    };
    Ok(tx.all_in(sql!("referral/clients"), params![], codes, read)?.into_iter().collect())
}

pub(crate) fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.first(sql!("referral/is_code_taken"), params![code], |_| Ok(()))?.is_some())
}

/// Only if status and resource are still those that were read.
pub(crate) fn update(tx: &mut Tx<'_>, before: &Referral, after: &Referral) -> Result<()> {
    let ((was, _), (resource, since)) = (place(before), place(after));
    let values = params![before.id, before.status_id, was, after.status_id, resource, since, after.note];
    exactly_one(tx.run(sql!("referral/update"), values)?, "referral")
}

fn place(referral: &Referral) -> (Option<ResourceId>, Option<DateTime<Utc>>) {
    referral.assigned.as_ref().map(|assigned| (assigned.id, assigned.at)).unzip()
}

/// The referral that a package or a visit belongs to.
pub(crate) fn by_id(tx: &mut Tx<'_>, id: ReferralId) -> Result<Referral> {
    let found = Referral::by_id(tx, id, Visibility::INTERNAL)?;
    found.ok_or_else(|| Error::internal("a package belongs to a referral that does not exist"))
}

/// A portal account finds the referrals of its resources (rule 2.6).
impl Lookup for Referral {
    finds!(by list, Referral, Referral, Visibility);

    fn candidates(
        tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility,
    ) -> Candidates<noun::Referral> {
        meant(tx, reference, (None, visibility.account()))
    }
}

/// The referral of something that only the hub sees, such as visits: for a portal account it does not exist,
/// even if it is assigned to it.
pub(crate) enum HubReferral {}

impl Lookup for HubReferral {
    finds!(Referral, Referral, Visibility);

    fn candidates(
        tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility,
    ) -> Candidates<noun::Referral> {
        meant(tx, reference, (visibility.account(), None))
    }

    fn by_id(tx: &mut Tx<'_>, id: ReferralId, visibility: Visibility) -> Result<Option<Referral>> {
        Referral::by_id(tx, id, visibility)
    }
}

/// Those that are quoted, and where none is, those that are meant by their client.
fn meant(
    tx: &mut Tx<'_>, reference: &Reference, (blind, assigned): (Option<AccountId>, Option<AccountId>),
) -> Candidates<noun::Referral> {
    let found = candidates(tx, reference, (blind, assigned))?;
    if !found.is_empty() || blind.is_some() || assigned.is_some() {
        return Ok(found);
    }
    open_of_client(tx, reference)
}

/// Staff see all referrals, the portal account `blind` none, and the portal account `assigned` those of its resources. By code, or
/// by the number of the contact.
fn candidates(
    tx: &mut Tx<'_>, reference: &Reference, (blind, assigned): (Option<AccountId>, Option<AccountId>),
) -> Candidates<noun::Referral> {
    let (code, code_end) = reference.code_range();
    let (number, number_of_code) = (reference.label_key(), fold(&reference.code()));
    let few = at_most(blind.or(assigned));
    let values = params![code, code_end, blind, assigned, number, number_of_code, few];
    tx.all(sql!("referral/candidates"), values, in_queue)
}

/// A client is meant by its whole code, name or id, or by a word of its name.
fn open_of_client(tx: &mut Tx<'_>, reference: &Reference) -> Candidates<noun::Referral> {
    let names = [reference.name_key(), family_last(reference)];
    let values = params![reference.code(), reference.as_str(), names[0], names[1]];
    tx.all(sql!("referral/open_of_client"), values, in_queue)
}

/// Several of one contact or client differ by their queues, or their statuses there.
fn in_queue(row: &Row<'_>) -> Result<Candidate<noun::Referral>> {
    let (queue, status): (String, String) = (row.get("queue")?, row.get("status")?);
    Ok(Candidate { name: format!("{queue}, {status}"), ..coded(row)? })
}

/// References of packages without an answer.
pub(crate) fn pending_packages(tx: &mut Tx<'_>, referral: ReferralId) -> Result<Vec<String>> {
    tx.all(sql!("referral/pending_packages"), params![referral], |row| row.get("reference"))
}
