//! Referrals: found, saved, and what an assignment asks of a resource.

mod change;
mod list;

use uuid::Uuid;

pub(crate) use change::{history, insert_changes};
pub(crate) use list::{Filter, list};

use crate::db::{Tx, exactly_one, params, sql};
use crate::error::{Error, Result};
use crate::model::reference::{Candidate, Reference, absent, choose};
use crate::model::referral::{NOUN, Referral};

pub(crate) fn insert(tx: &mut Tx<'_>, r: &Referral, by: Uuid) -> Result<()> {
    let (contact, (resource, since)) = (r.contact.as_ref().map(|contact| contact.id), place(r));
    let values = params![
        r.id,
        r.code,
        r.queue_id,
        r.status_id,
        r.client_id,
        contact,
        resource,
        since,
        r.note,
        r.created_at,
        by
    ];
    tx.run(sql!("referral/insert"), values).map(drop)
}

pub(crate) fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.first(sql!("referral/is_code_taken"), params![code], |_| Ok(()))?.is_some())
}

/// From the status and the resource that were read to what is now in `after`.
pub(crate) fn update(tx: &mut Tx<'_>, before: &Referral, after: &Referral) -> Result<()> {
    let ((was, _), (resource, since)) = (place(before), place(after));
    let values = params![before.id, before.status_id, was, after.status_id, resource, since, after.note];
    exactly_one(tx.run(sql!("referral/update"), values)?, "referral")
}

fn place(referral: &Referral) -> (Option<Uuid>, Option<chrono::DateTime<chrono::Utc>>) {
    referral.assigned.as_ref().map(|assigned| (assigned.id, assigned.at)).unzip()
}

/// The referral that a package or a visit belongs to.
pub(crate) fn by_id(tx: &mut Tx<'_>, id: Uuid) -> Result<Referral> {
    let found = list(tx, &Filter { id: Some(id), ..Filter::default() }, 1)?.pop();
    found.ok_or_else(|| Error::internal("a package belongs to a referral that does not exist"))
}

/// For what hangs on a referral and is the hub's alone, such as its visits: to a portal account (`visibility`) there is none,
/// not even one that is assigned to it. Not found; refused where the reference is ambiguous.
pub(crate) fn find(tx: &mut Tx<'_>, reference: &Reference, visibility: Option<Uuid>) -> Result<Referral> {
    let found = candidates(tx, reference, visibility, None)?;
    one_of(tx, reference, &found, None)
}

/// The referral itself: a portal account (`visibility`) finds those of its resources (rule 2.6). Not found, also for an actor
/// who may not see it; refused where the reference is ambiguous.
pub(crate) fn find_assigned(
    tx: &mut Tx<'_>,
    reference: &Reference,
    visibility: Option<Uuid>,
) -> Result<Referral> {
    let found = candidates(tx, reference, None, visibility)?;
    one_of(tx, reference, &found, visibility)
}

fn one_of(
    tx: &mut Tx<'_>,
    reference: &Reference,
    found: &[Candidate],
    visibility: Option<Uuid>,
) -> Result<Referral> {
    let id = choose(&NOUN, reference, found, || Ok(Vec::new()))?;
    let found = list(tx, &Filter { id: Some(id), visibility, ..Filter::default() }, 1)?.pop();
    found.ok_or_else(|| absent(&NOUN, reference, &[]))
}

fn candidates(
    tx: &mut Tx<'_>,
    reference: &Reference,
    blind: Option<Uuid>,
    visibility: Option<Uuid>,
) -> Result<Vec<Candidate>> {
    let (from, to) = reference.code_range();
    tx.all(sql!("referral/candidates"), params![from, to, blind, visibility], |row| {
        Ok(Candidate {
            id: row.get("id")?,
            code: row.get("code")?,
            name: String::new(),
            rank: row.get("fit")?,
        })
    })
}

/// References of packages that wait for an answer.
pub(crate) fn pending_packages(tx: &mut Tx<'_>, referral: Uuid) -> Result<Vec<String>> {
    tx.all(sql!("referral/pending_packages"), params![referral], |row| row.get("reference"))
}
