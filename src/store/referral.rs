//! Referrals.

use uuid::Uuid;

use crate::db::{Row, Tx, exactly_one, params, sql};
use crate::error::{Error, Result};
use crate::model::reference::{Candidate, Reference, absent, choose};
use crate::model::referral::{NOUN, Referral};

/// Which referrals a list is to have; everything left out counts for all.
#[derive(Default)]
pub(crate) struct Filter<'a> {
    pub(crate) id: Option<Uuid>,
    pub(crate) queue: Option<Uuid>,
    pub(crate) client: Option<Uuid>,
    /// The folded label.
    pub(crate) status: Option<&'a str>,
    pub(crate) only_open: bool,
    /// The last one seen.
    pub(crate) after: Option<Uuid>,
    pub(crate) sight: Option<Uuid>,
}

pub(crate) fn insert(tx: &mut Tx<'_>, r: &Referral, by: Uuid) -> Result<()> {
    let values = params![r.id, r.code, r.queue_id, r.status_id, r.client_id, r.note, r.created_at, by];
    tx.run(sql!("referral/insert"), values).map(drop)
}

pub(crate) fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.first(sql!("referral/is_code_taken"), params![code], |_| Ok(()))?.is_some())
}

/// From the status that was read to the one that is now in `referral`.
pub(crate) fn set_status(tx: &mut Tx<'_>, from: Uuid, referral: &Referral) -> Result<()> {
    let values = params![referral.id, from, referral.status_id, referral.note];
    exactly_one(tx.run(sql!("referral/set_status"), values)?, "referral")
}

/// The newest first, at most `limit`.
pub(crate) fn list(tx: &mut Tx<'_>, filter: &Filter<'_>, limit: i64) -> Result<Vec<Referral>> {
    let only_open = filter.only_open.then_some(true);
    let values = params![
        filter.id,
        filter.queue,
        filter.client,
        filter.status,
        only_open,
        filter.after,
        filter.sight,
        limit
    ];
    tx.all(sql!("referral/list"), values, read)
}

/// The referral that a package or a visit belongs to.
pub(crate) fn by_id(tx: &mut Tx<'_>, id: Uuid) -> Result<Referral> {
    let found = list(tx, &Filter { id: Some(id), ..Filter::default() }, 1)?.pop();
    found.ok_or_else(|| Error::internal("a package belongs to a referral that does not exist"))
}

/// Not found, also for an actor who may not see it; refused where the reference is ambiguous.
pub(crate) fn find(tx: &mut Tx<'_>, typed: &Reference, sight: Option<Uuid>) -> Result<Referral> {
    let id = choose(&NOUN, typed, &candidates(tx, typed, sight)?, || Ok(Vec::new()))?;
    let found = list(tx, &Filter { id: Some(id), sight, ..Filter::default() }, 1)?.pop();
    found.ok_or_else(|| absent(&NOUN, typed, &[]))
}

fn candidates(tx: &mut Tx<'_>, typed: &Reference, sight: Option<Uuid>) -> Result<Vec<Candidate>> {
    let (from, to) = typed.code_range();
    tx.all(sql!("referral/candidates"), params![from, to, sight], |row| {
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

fn read(row: &Row<'_>) -> Result<Referral> {
    let (given, family): (String, String) = (row.get("given")?, row.get("family")?);
    Ok(Referral {
        id: row.get("id")?,
        code: row.get("code")?,
        queue_id: row.get("queue_id")?,
        queue: row.get("queue")?,
        status_id: row.get("status_id")?,
        status: row.get("status")?,
        closed: row.get("closed")?,
        client_id: row.get("client_id")?,
        client: row.get("client")?,
        client_name: format!("{given} {family}").trim().to_owned(),
        note: row.get("note")?,
        created_at: row.get("created_at")?,
        created_by: row.get("created_by")?,
    })
}
