//! Clients.

use crate::model::client::{Client, NOUN, family_last, name};
use crate::model::text::escaped_for_like;
use crate::store::prelude::*;

/// The filter of a list of clients; an absent field does not limit it.
#[derive(Default)]
pub(crate) struct Filter<'a> {
    pub(crate) id: Option<ClientId>,
    /// The beginning of the name.
    pub(crate) name: Option<&'a Reference>,
    /// The cursor: the last row of the page before.
    pub(crate) after: Option<&'a Client>,
}

/// Refused if the external id is taken.
pub(crate) fn insert(tx: &mut Tx<'_>, clients: &[Client]) -> Result<()> {
    let keyed: Vec<(&Client, String)> = clients.iter().map(|client| (client, client.name_key())).collect();
    let inserted = tx.bulk(sql!("client/insert"), &keyed, |(c, key)| {
        [
            &c.id as &dyn Param, &c.code, &c.given, &c.family, key, &c.birth_date, &c.postal_code,
            &c.external_id, &c.source, &c.source_id,
        ]
    });
    inserted.on_unique("client_external_id", id_taken)
}

/// Refused if the external id is taken.
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

/// Returns those of the codes that are in use.
pub(crate) fn taken_codes(tx: &mut Tx<'_>, codes: &[String]) -> Result<Vec<String>> {
    tx.all_in(sql!("client/taken_codes"), params![], codes, |row| row.get("code"))
}

/// The client that a new one would duplicate: the one with the same external id, or without an id one of the
/// same name and birth date.
pub(crate) fn same(tx: &mut Tx<'_>, new: &Client) -> Result<Option<Client>> {
    tx.first(sql!("client/same"), params![new.external_id, new.name_key(), new.birth_date], read)
}

/// Every client with one of these keys or external ids.
pub(crate) fn imported(tx: &mut Tx<'_>, keys: &[(ClientId, Option<String>)]) -> Result<Vec<Client>> {
    tx.lookup_many(sql!("client/imported"), keys, |(id, external)| [id as &dyn Param, external], read)
}

/// By name, at most `limit`.
pub(crate) fn list(
    tx: &mut Tx<'_>, filter: &Filter<'_>, visibility: Visibility, limit: i64,
) -> Result<Vec<Client>> {
    let (from, to) = filter.name.map(Reference::name_range).unzip();
    let (after, after_id) = filter.after.map(|client| (client.name_key(), client.id)).unzip();
    tx.all(
        sql!("client/list"),
        params![filter.id, from, to, after, after_id, visibility.account(), limit],
        read,
    )
}

/// By code or its beginning, by external id, by name in either order or its beginning, by family name.
impl Lookup for Client {
    finds!(by list, Client, Client, Visibility);

    fn candidates(
        tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility,
    ) -> Candidates<noun::Client> {
        let (code, code_end) = reference.code_range();
        let (name, name_end) = reference.name_range();
        let turned = family_last(reference);
        let turned_end = format!("{turned}\u{10ffff}");
        let account = visibility.account();
        let values = params![code, code_end, reference.as_str(), name, name_end, turned, turned_end, account];
        let found = tx.all(sql!("client/candidates"), values, candidate)?;
        if found.is_empty() { by_family(tx, reference, visibility) } else { Ok(found) }
    }

    /// Only names with the same first letter: there may be too many clients to compare all.
    fn names(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Result<Vec<String>> {
        let beginning: String = reference.as_str().chars().take(1).collect();
        let Ok(beginning) = beginning.parse() else { return Ok(Vec::new()) };
        let filter = Filter { name: Some(&beginning), ..Filter::default() };
        let near = list(tx, &filter, visibility, NAMES_TO_COMPARE)?;
        Ok(near.iter().map(Client::full_name).collect())
    }
}

/// The client that an actor names in sharing. For a portal account only clients that it knows of exist. The
/// transaction needs an instant ([`Tx::as_of`]).
pub(crate) enum KnownClient {}

impl Lookup for KnownClient {
    finds!(Client, Client, Visibility);

    fn candidates(
        tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility,
    ) -> Candidates<noun::Client> {
        match visibility {
            Visibility::Staff => Client::candidates(tx, reference, visibility),
            Visibility::Portal(account) => known(tx, reference, account),
        }
    }

    fn by_id(tx: &mut Tx<'_>, id: ClientId, _: Visibility) -> Result<Option<Client>> {
        Client::by_id(tx, id, Visibility::INTERNAL)
    }

    fn names(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Result<Vec<String>> {
        if visibility.is_portal() { Ok(Vec::new()) } else { Client::names(tx, reference, visibility) }
    }
}

fn known(tx: &mut Tx<'_>, reference: &Reference, account: AccountId) -> Candidates<noun::Client> {
    let (code, code_end) = reference.code_range();
    let (name, name_end) = reference.name_range();
    let turned = family_last(reference);
    let turned_end = format!("{turned}\u{10ffff}");
    let values = params![code, code_end, reference.as_str(), name, name_end, turned, turned_end, account];
    tx.all(sql!("client/known"), values, candidate)
}

/// Reads every name, a quarter of a second for a million, so it is used only if nothing else fits.
fn by_family(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Candidates<noun::Client> {
    let plain = escaped_for_like(&reference.key());
    tx.all(
        sql!("client/by_family"),
        params![format!("% {plain}"), format!("% {plain}%"), visibility.account()],
        candidate,
    )
}

fn candidate(row: &Row<'_>) -> Result<Candidate<noun::Client>> {
    let (given, family): (String, String) = (row.get("given")?, row.get("family")?);
    Ok(Candidate {
        id: row.get("id")?,
        code: row.get("code")?,
        name: name(&given, &family),
        rank: row.get("fit")?,
    })
}

fn read(row: &Row<'_>) -> Result<Client> {
    from_row! { row => Client {
        id, code, given, family, birth_date, postal_code, external_id, source, source_id,
    } }
}
