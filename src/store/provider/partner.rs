//! The providers that can be named as a side of sharing.

use uuid::Uuid;

use super::{by_id, find};
use crate::db::{Tx, params, sql};
use crate::error::{Error, Result};
use crate::model::provider::{NOUN, Provider};
use crate::model::reference::{Candidate, Reference, choose};

/// Staff name any; a portal account those that it speaks for, and those that are linked with one of these. Not found, refused
/// where the reference is ambiguous.
pub(crate) fn partner(tx: &mut Tx<'_>, reference: &Reference, visibility: Option<Uuid>) -> Result<Provider> {
    let Some(account) = visibility else { return find(tx, reference, None) };
    let id = choose(&NOUN, reference, &partners(tx, reference, account)?, || Ok(Vec::new()))?;
    by_id(tx, id, None)?.ok_or_else(|| Error::internal("a provider went away"))
}

fn partners(tx: &mut Tx<'_>, reference: &Reference, account: Uuid) -> Result<Vec<Candidate>> {
    let (code, code_end) = reference.code_range();
    let (name, name_end) = reference.name_range();
    tx.all(sql!("provider/partners"), params![code, code_end, name, name_end, account], |row| {
        Ok(Candidate {
            id: row.get("id")?,
            code: row.get("code")?,
            name: row.get("name")?,
            rank: row.get("fit")?,
        })
    })
}
