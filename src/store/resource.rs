//! Resources: agency records and programs.

use uuid::Uuid;

use crate::db::{Row, Tx, params, sql};
use crate::error::{Error, Result};
use crate::model::reference::{Candidate, Reference, absent, choose};
use crate::model::resource::{NOUN, Resource, State};

pub(crate) fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.first(sql!("resource/is_code_taken"), params![code], |_| Ok(()))?.is_some())
}

/// By code, by name, or by its provider's code or name, which mean the agency record. Not found, also for an actor who may
/// not see it; refused where the reference is ambiguous.
pub(crate) fn find(tx: &mut Tx<'_>, typed: &Reference, sight: Option<Uuid>) -> Result<Resource> {
    let found = candidates(tx, typed, sight)?;
    let id = choose(&NOUN, typed, &found, || names(tx, sight))?;
    by_id(tx, id)?.ok_or_else(|| absent(&NOUN, typed, &[]))
}

fn candidates(tx: &mut Tx<'_>, typed: &Reference, sight: Option<Uuid>) -> Result<Vec<Candidate>> {
    let (code, code_end) = typed.code_range();
    let (name, name_end) = typed.name_range();
    tx.all(sql!("resource/candidates"), params![code, code_end, name, name_end, sight], |row| {
        Ok(Candidate {
            id: row.get("id")?,
            code: row.get("code")?,
            name: row.get("name")?,
            rank: row.get("fit")?,
        })
    })
}

fn names(tx: &mut Tx<'_>, sight: Option<Uuid>) -> Result<Vec<String>> {
    const NAMES_TO_COMPARE: i64 = 5_000;
    tx.all(sql!("resource/names"), params![NAMES_TO_COMPARE, sight], |row| row.get("name"))
}

pub(crate) fn by_id(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Resource>> {
    tx.first(sql!("resource/by_id"), params![id], read)
}

fn read(row: &Row<'_>) -> Result<Resource> {
    let (kind, state): (String, String) = (row.get("kind")?, row.get("state")?);
    Ok(Resource {
        id: row.get("id")?,
        code: row.get("code")?,
        provider_id: row.get("provider_id")?,
        provider: row.get("provider")?,
        provider_name: row.get("provider_name")?,
        is_agency: kind == "agency",
        name: row.get("name")?,
        state: State::from_name(&state)
            .ok_or_else(|| Error::internal(format!("`{state}` is not a state of a resource")))?,
        description: row.get("description")?,
        eligibility: row.get("eligibility")?,
        fees: row.get("fees")?,
        application_process: row.get("application_process")?,
        email: row.get("email")?,
        url: row.get("url")?,
    })
}
