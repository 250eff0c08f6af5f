//! Contacts.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::db::{OnUnique, Row, Tx, exactly_one, params, sql};
use crate::error::{Error, Result};
use crate::model::client::{family_last, name};
use crate::model::contact::{Contact, ContactReferral, NOUN};
use crate::model::reference::{Candidate, Reference, absent, choose};
use crate::model::text::{escaped_for_like, fold};

/// Which contacts a list is to have; everything left out counts for all.
#[derive(Default)]
pub(crate) struct Filter<'a> {
    pub(crate) id: Option<Uuid>,
    pub(crate) number: Option<&'a str>,
    pub(crate) client: Option<Uuid>,
    pub(crate) since: Option<NaiveDate>,
    /// This day included.
    pub(crate) until: Option<NaiveDate>,
    /// The last one seen.
    pub(crate) after: Option<Uuid>,
    pub(crate) visibility: Option<Uuid>,
}

/// Refused where the number is in use.
pub(crate) fn insert(tx: &mut Tx<'_>, contact: &Contact, by: Uuid) -> Result<()> {
    let c = contact;
    let (number_key, name_key) = (fold(&c.number), c.name_key());
    let values = params![
        c.id,
        c.number,
        number_key,
        c.client_id,
        c.given,
        c.family,
        name_key,
        c.postal_code,
        c.phone,
        c.email,
        c.submitted_on,
        c.details,
        c.created_at,
        by
    ];
    let inserted = tx.run(sql!("contact/insert"), values);
    inserted.on_unique("contact_number_key", || number_taken(&c.number)).map(drop)
}

/// Refused where the number is in use.
pub(crate) fn update(tx: &mut Tx<'_>, contact: &Contact) -> Result<()> {
    let c = contact;
    let (number_key, name_key) = (fold(&c.number), c.name_key());
    let values = params![
        c.id,
        c.number,
        number_key,
        c.given,
        c.family,
        name_key,
        c.postal_code,
        c.phone,
        c.email,
        c.submitted_on,
        c.details
    ];
    let changed = tx.run(sql!("contact/update"), values);
    exactly_one(changed.on_unique("contact_number_key", || number_taken(&c.number))?, "contact")
}

fn number_taken(number: &str) -> Error {
    Error::refused("contact.exists", format!("there is a contact `{number}` already"))
        .hint(format!("look at it with `caredesk contact show {number}`, or give another number"))
        .detail("contact", number)
}

pub(crate) fn is_number_taken(tx: &mut Tx<'_>, number: &str) -> Result<bool> {
    Ok(tx.first(sql!("contact/is_number_taken"), params![fold(number)], |_| Ok(()))?.is_some())
}

/// The newest first, at most `limit`.
pub(crate) fn list(tx: &mut Tx<'_>, filter: &Filter<'_>, limit: i64) -> Result<Vec<Contact>> {
    let Filter { id, client, since, until, after, visibility, .. } = filter;
    let number = filter.number.map(fold);
    let values = params![*id, number, *client, *since, *until, *after, *visibility, limit];
    tx.all(sql!("contact/list"), values, read)
}

/// By number or its beginning, by name in either order or its beginning, by family name. Not found, also for an actor who
/// may not read its details (rule 2.7); refused where the reference is ambiguous.
pub(crate) fn find(tx: &mut Tx<'_>, reference: &Reference, visibility: Option<Uuid>) -> Result<Contact> {
    let mut found = candidates(tx, reference, visibility)?;
    if found.is_empty() {
        found = by_family(tx, reference, visibility)?;
    }
    let id = choose(&NOUN, reference, &found, || Ok(Vec::new()))?;
    let found = list(tx, &Filter { id: Some(id), visibility, ..Filter::default() }, 1)?.pop();
    found.ok_or_else(|| absent(&NOUN, reference, &[]))
}

fn candidates(tx: &mut Tx<'_>, reference: &Reference, visibility: Option<Uuid>) -> Result<Vec<Candidate>> {
    let (name, name_end) = reference.name_range();
    let code = fold(&reference.code());
    let code_end = format!("{code}\u{10ffff}");
    let turned = family_last(reference);
    let turned_end = format!("{turned}\u{10ffff}");
    let values = params![name, code, name_end, code_end, name, name_end, turned, turned_end, visibility];
    tx.all(sql!("contact/candidates"), values, candidate)
}

/// Reads every name, so it is asked only where nothing else fits.
fn by_family(tx: &mut Tx<'_>, reference: &Reference, visibility: Option<Uuid>) -> Result<Vec<Candidate>> {
    let plain = escaped_for_like(&reference.key());
    tx.all(
        sql!("contact/by_family"),
        params![format!("% {plain}"), format!("% {plain}%"), visibility],
        candidate,
    )
}

/// The oldest first; those that the actor may see.
pub(crate) fn referrals(
    tx: &mut Tx<'_>,
    contact: Uuid,
    visibility: Option<Uuid>,
) -> Result<Vec<ContactReferral>> {
    tx.all(sql!("contact/referrals"), params![contact, visibility], |row| {
        Ok(ContactReferral {
            code: row.get("code")?,
            queue: row.get("queue")?,
            resource: row.get("resource")?,
            status: row.get("status")?,
        })
    })
}

fn candidate(row: &Row<'_>) -> Result<Candidate> {
    let (given, family): (String, String) = (row.get("given")?, row.get("family")?);
    Ok(Candidate {
        id: row.get("id")?,
        code: row.get("number")?,
        name: name(&given, &family),
        rank: row.get("fit")?,
    })
}

fn read(row: &Row<'_>) -> Result<Contact> {
    Ok(Contact {
        id: row.get("id")?,
        number: row.get("number")?,
        client_id: row.get("client_id")?,
        client: row.get("client")?,
        given: row.get("given")?,
        family: row.get("family")?,
        postal_code: row.get("postal_code")?,
        phone: row.get("phone")?,
        email: row.get("email")?,
        submitted_on: row.get("submitted_on")?,
        details: row.get("details")?,
        created_at: row.get("created_at")?,
        created_by: row.get("created_by")?,
    })
}
