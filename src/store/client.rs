//! Clients.

use uuid::Uuid;

use crate::db::{OnUnique, Param, Row, Tx, exactly_one, params, sql};
use crate::error::{Error, Result};
use crate::model::client::{Client, NOUN, family_last, name};
use crate::model::reference::{Candidate, Reference, absent, choose};
use crate::model::text::escaped_for_like;

/// Which clients a list is to have; everything left out counts for all.
#[derive(Default)]
pub(crate) struct Filter<'a> {
    pub(crate) id: Option<Uuid>,
    /// The beginning of the name.
    pub(crate) name: Option<&'a Reference>,
    /// The last one seen.
    pub(crate) after: Option<&'a Client>,
    pub(crate) visibility: Option<Uuid>,
}

/// Refused where the id of another system is taken.
pub(crate) fn insert(tx: &mut Tx<'_>, clients: &[Client]) -> Result<()> {
    let keyed: Vec<(&Client, String)> = clients.iter().map(|client| (client, client.name_key())).collect();
    let inserted = tx.bulk(sql!("client/insert"), &keyed, |(c, key)| {
        let ends: [&dyn Param; 5] = [&c.birth_date, &c.postal_code, &c.external_id, &c.source, &c.source_id];
        let [birth_date, postal_code, external_id, source, source_id] = ends;
        [
            &c.id as &dyn Param,
            &c.code,
            &c.given,
            &c.family,
            key,
            birth_date,
            postal_code,
            external_id,
            source,
            source_id,
        ]
    });
    inserted.on_unique("client_external_id", id_taken).map(drop)
}

/// Refused where the id of another system is taken.
pub(crate) fn update(tx: &mut Tx<'_>, client: &Client) -> Result<()> {
    let Client { id, given, family, birth_date, postal_code, external_id, .. } = client;
    let values = params![*id, *given, *family, client.name_key(), *birth_date, *postal_code, *external_id];
    exactly_one(tx.run(sql!("client/update"), values).on_unique("client_external_id", id_taken)?, "client")
}

fn id_taken() -> Error {
    Error::refused("client.id_taken", "another client has that id already")
        .hint("`caredesk client show ID` shows who")
}

pub(crate) fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.first(sql!("client/is_code_taken"), params![code], |_| Ok(()))?.is_some())
}

/// Those of many codes that are in use.
pub(crate) fn taken_codes(tx: &mut Tx<'_>, codes: &[String]) -> Result<Vec<String>> {
    tx.all_in(sql!("client/taken_codes"), params![], codes, |row| row.get("code"))
}

/// The client that a new one would be a double of: the one with the same id of another system, or without an id one of
/// the same name and birth date.
pub(crate) fn same(tx: &mut Tx<'_>, new: &Client) -> Result<Option<Client>> {
    tx.first(sql!("client/same"), params![new.external_id, new.name_key(), new.birth_date], read)
}

/// Every client that has one of these keys, or one of these ids of another system.
pub(crate) fn imported(tx: &mut Tx<'_>, keys: &[(Uuid, Option<String>)]) -> Result<Vec<Client>> {
    let mut found = Vec::new();
    tx.lookup_many(
        sql!("client/imported"),
        keys,
        |(id, external)| [id as &dyn Param, external],
        |row| {
            found.push(read(row)?);
            Ok(())
        },
    )?;
    Ok(found)
}

/// By name, at most `limit`.
pub(crate) fn list(tx: &mut Tx<'_>, filter: &Filter<'_>, limit: i64) -> Result<Vec<Client>> {
    let (from, to) = filter.name.map(Reference::name_range).unzip();
    let (after, after_id) = filter.after.map(|client| (client.name_key(), client.id)).unzip();
    tx.all(sql!("client/list"), params![filter.id, from, to, after, after_id, filter.visibility, limit], read)
}

/// By code or its beginning, by id of another system, by name in either order or its beginning, by family name. Not
/// found, also for an actor who may not see it; refused where the reference is ambiguous.
pub(crate) fn find(tx: &mut Tx<'_>, reference: &Reference, visibility: Option<Uuid>) -> Result<Client> {
    let mut found = candidates(tx, reference, visibility)?;
    if found.is_empty() {
        found = by_family(tx, reference, visibility)?;
    }
    let id = choose(&NOUN, reference, &found, || near_names(tx, reference, visibility))?;
    let found = list(tx, &Filter { id: Some(id), visibility, ..Filter::default() }, 1)?.pop();
    found.ok_or_else(|| absent(&NOUN, reference, &[]))
}

fn candidates(tx: &mut Tx<'_>, reference: &Reference, visibility: Option<Uuid>) -> Result<Vec<Candidate>> {
    let (code, code_end) = reference.code_range();
    let (name, name_end) = reference.name_range();
    let turned = family_last(reference);
    let turned_end = format!("{turned}\u{10ffff}");
    let values = params![code, code_end, reference.as_str(), name, name_end, turned, turned_end, visibility];
    tx.all(sql!("client/candidates"), values, candidate)
}

/// The client whom an actor means in sharing: a portal account those whom it knows of, and nobody else exists. The transaction
/// says where it stands.
pub(crate) fn find_shared(
    tx: &mut Tx<'_>,
    reference: &Reference,
    visibility: Option<Uuid>,
) -> Result<Client> {
    let Some(account) = visibility else { return find(tx, reference, None) };
    let found = known(tx, reference, account)?;
    let id = choose(&NOUN, reference, &found, || Ok(Vec::new()))?;
    let found = list(tx, &Filter { id: Some(id), ..Filter::default() }, 1)?.pop();
    found.ok_or_else(|| absent(&NOUN, reference, &[]))
}

fn known(tx: &mut Tx<'_>, reference: &Reference, account: Uuid) -> Result<Vec<Candidate>> {
    let (code, code_end) = reference.code_range();
    let (name, name_end) = reference.name_range();
    let turned = family_last(reference);
    let turned_end = format!("{turned}\u{10ffff}");
    let values = params![code, code_end, reference.as_str(), name, name_end, turned, turned_end, account];
    tx.all(sql!("client/known"), values, candidate)
}

/// Reads every name, which takes a quarter of a second for a million, so it is asked only where nothing else fits.
fn by_family(tx: &mut Tx<'_>, reference: &Reference, visibility: Option<Uuid>) -> Result<Vec<Candidate>> {
    let plain = escaped_for_like(&reference.key());
    tx.all(
        sql!("client/by_family"),
        params![format!("% {plain}"), format!("% {plain}%"), visibility],
        candidate,
    )
}

/// Names that begin with the same letter: there may be too many clients to compare all.
fn near_names(tx: &mut Tx<'_>, reference: &Reference, visibility: Option<Uuid>) -> Result<Vec<String>> {
    const MOST: i64 = 5_000;
    let beginning: String = reference.as_str().chars().take(1).collect();
    let Ok(beginning) = beginning.parse() else { return Ok(Vec::new()) };
    let near = list(tx, &Filter { name: Some(&beginning), visibility, ..Filter::default() }, MOST)?;
    Ok(near.iter().map(Client::full_name).collect())
}

fn candidate(row: &Row<'_>) -> Result<Candidate> {
    let (given, family): (String, String) = (row.get("given")?, row.get("family")?);
    Ok(Candidate {
        id: row.get("id")?,
        code: row.get("code")?,
        name: name(&given, &family),
        rank: row.get("fit")?,
    })
}

fn read(row: &Row<'_>) -> Result<Client> {
    Ok(Client {
        id: row.get("id")?,
        code: row.get("code")?,
        given: row.get("given")?,
        family: row.get("family")?,
        birth_date: row.get("birth_date")?,
        postal_code: row.get("postal_code")?,
        external_id: row.get("external_id")?,
        source: row.get("source")?,
        source_id: row.get("source_id")?,
    })
}
