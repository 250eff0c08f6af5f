//! Clients.

mod duplicates;
mod find;
mod list;
mod merge;
mod page;
mod planned;
mod seen;
mod visited;
mod words;

pub(crate) use duplicates::*;
pub(crate) use find::*;
pub(crate) use list::*;
pub(crate) use merge::*;
pub(crate) use page::*;
pub(crate) use planned::*;
pub(crate) use seen::*;
pub(crate) use visited::*;
pub(crate) use words::{has_words, index_all};

use std::collections::HashMap;

use crate::model::client::{Client, NOUN, family_last, name};
use crate::model::client_phone::Phone;
use crate::model::text::{escaped_for_like, fold_name};
use crate::store::prelude::*;

/// A portal account, and the instant before which a visit no longer shows whose it is.
pub(crate) type Since = (AccountId, DateTime<Utc>);

/// Refused if the external id is taken.
pub(crate) fn insert(tx: &mut Tx<'_>, clients: &[Client]) -> Result<()> {
    let keyed: Vec<(&Client, String)> = clients.iter().map(|client| (client, client.name_key())).collect();
    let inserted = tx.bulk(sql!("client/insert"), &keyed, |(c, key)| {
        [
            &c.id as &dyn Param, &c.code, &c.given, &c.family, key, &c.birth_date, &c.postal_code,
            &c.external_id, &c.status, &c.since_on, &c.source, &c.source_id, &c.merged_into, &c.address,
            &c.carer_note,
        ]
    });
    inserted.on_unique("client_external_id", id_taken)?;
    insert_phones(tx, clients)?;
    insert_former_names(tx, clients)?;
    add_words(tx, clients)
}

/// Refused if the external id is taken.
pub(crate) fn update(tx: &mut Tx<'_>, before: &Client, after: &Client) -> Result<()> {
    let Client { id, given, family, birth_date, postal_code, external_id, status, since_on, .. } = after;
    let Client { address, carer_note, .. } = after;
    let values = params![
        *id,
        *given,
        *family,
        after.name_key(),
        *birth_date,
        *postal_code,
        *external_id,
        *status,
        *since_on,
        *address,
        *carer_note
    ];
    exactly_one(tx.run(sql!("client/update"), values).on_unique("client_external_id", id_taken)?, "client")?;
    update_words(tx, before, after)?;
    if before.phones != after.phones {
        delete_phones(tx, after.id)?;
        insert_phones(tx, std::slice::from_ref(after))?;
    }
    if before.former_names == after.former_names {
        return Ok(());
    }
    delete_former_names(tx, after.id)?;
    insert_former_names(tx, std::slice::from_ref(after))
}

fn delete_former_names(tx: &mut Tx<'_>, client: ClientId) -> Result<()> {
    tx.run(sql!("client/delete_former_names"), params![client]).map(drop)
}

fn insert_former_names(tx: &mut Tx<'_>, clients: &[Client]) -> Result<()> {
    let of = |client: &Client| {
        let names = client.former_names.iter().rev().cloned();
        let id = client.id;
        (1_i64..)
            .zip(names)
            .map(move |(position, name)| (id, position, fold_name(&name), name))
            .collect::<Vec<_>>()
    };
    let names: Vec<_> = clients.iter().flat_map(of).collect();
    tx.bulk(sql!("client/insert_former_names"), &names, |(client, position, key, name)| {
        [client as &dyn Param, position, name, key]
    })
}

fn delete_phones(tx: &mut Tx<'_>, client: ClientId) -> Result<()> {
    tx.run(sql!("client/delete_phones"), params![client]).map(drop)
}

fn insert_phones(tx: &mut Tx<'_>, clients: &[Client]) -> Result<()> {
    let of = |client: &'_ Client| {
        let id = client.id;
        let phones = (1_i64..).zip(client.phones.clone());
        phones.map(move |(position, phone)| (id, position, phone.label, phone.number)).collect::<Vec<_>>()
    };
    let phones: Vec<_> = clients.iter().flat_map(of).collect();
    tx.bulk(sql!("client/insert_phones"), &phones, |(client, position, label, number)| {
        [client as &dyn Param, position, label, number]
    })
}

/// Adds what has a row for each: the phones of clients, and what they were called before.
fn whole(tx: &mut Tx<'_>, mut clients: Vec<Client>) -> Result<Vec<Client>> {
    for (client, phone) in own_phones(tx, &clients)? {
        if let Some(known) = clients.iter_mut().find(|known| known.id == client) {
            known.phones.push(phone);
        }
    }
    for (client, name) in former_names(tx, &clients)? {
        if let Some(known) = clients.iter_mut().find(|known| known.id == client) {
            known.former_names.push(name);
        }
    }
    Ok(clients)
}

fn own_phones(tx: &mut Tx<'_>, clients: &[Client]) -> Result<Vec<(ClientId, Phone)>> {
    let ids: Vec<ClientId> = clients.iter().map(|client| client.id).collect();
    tx.all_in(sql!("client/own_phones"), params![], &ids, |row| {
        let (label, number) = (row.get("label")?, row.get("number")?);
        Ok((row.get("client_id")?, Phone { label, number }))
    })
}

fn former_names(tx: &mut Tx<'_>, clients: &[Client]) -> Result<Vec<(ClientId, String)>> {
    let ids: Vec<ClientId> = clients.iter().map(|client| client.id).collect();
    tx.all_in(sql!("client/former_names"), params![], &ids, |row| {
        Ok((row.get("client_id")?, row.get("name")?))
    })
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
    let found =
        tx.all(sql!("client/same"), params![new.external_id, new.name_key(), new.birth_date], read)?;
    Ok(whole(tx, found)?.pop())
}

/// The sources of all clients that were imported.
pub(crate) fn sources(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("client/sources"), params![], |row| row.get("source"))
}

/// Every client with one of these keys or external ids.
pub(crate) fn imported(tx: &mut Tx<'_>, keys: &[(ClientId, Option<String>)]) -> Result<Vec<Client>> {
    let found =
        tx.lookup_many(sql!("client/imported"), keys, |(id, external)| [id as &dyn Param, external], read)?;
    whole(tx, found)
}

/// Those with these ids, in no order.
fn by_ids(tx: &mut Tx<'_>, ids: &[ClientId]) -> Result<Vec<Client>> {
    let keys: Vec<_> = ids.iter().map(|id| (*id, None)).collect();
    imported(tx, &keys)
}

/// Every client with one of these codes.
pub(crate) fn coded(tx: &mut Tx<'_>, codes: &[String]) -> Result<Vec<Client>> {
    let found = tx.lookup_many(sql!("client/coded"), codes, |code| [code as &dyn Param], read)?;
    whole(tx, found)
}

/// By code or its beginning, by external id, by name in either order or its beginning, by family name.
impl Lookup for Client {
    finds!(by list, Client, Client, Visibility);

    fn candidates(
        tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility,
    ) -> Candidates<noun::Client> {
        let found = candidates(tx, reference, visibility)?;
        if found.is_empty() { by_family(tx, reference, visibility) } else { Ok(found) }
    }

    /// Only names with the same first letter: there may be too many clients to compare all.
    fn names(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Result<Vec<String>> {
        let beginning: String = reference.as_str().chars().take(1).collect();
        let Ok(beginning) = beginning.parse() else { return Ok(Vec::new()) };
        let filter = Filter { name: Some(&beginning), ..Filter::default() };
        let near = list(tx, &filter, visibility, NAMES_TO_COMPARE)?;
        Ok(near.iter().map(|client| client.full_name().into_text()).collect())
    }
}

/// Those that are found in an index.
fn candidates(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Candidates<noun::Client> {
    let SearchKeys { code, code_end, name, name_end, turned, turned_end } = SearchKeys::of(reference);
    let account = visibility.account();
    let values = params![code, code_end, reference.as_str(), name, name_end, turned, turned_end, account];
    tx.all(sql!("client/candidates"), values, born)
}

/// Two of one name differ by their birth dates.
fn born(row: &Row<'_>) -> Result<Candidate<noun::Client>> {
    let found = candidate(row)?;
    let born: Option<NaiveDate> = row.get("birth_date")?;
    let born = born.map(|day| format!(", born {day}")).unwrap_or_default();
    Ok(Candidate { name: found.name.clone() + &born, ..found })
}

/// A reference in a table, and the id, code and name of a client that it means.
pub(crate) type Meant = (String, ClientId, (String, String));

/// Clients by references in a table, which are whole codes or ids in another system. One reference may match several.
pub(crate) fn of_rows(tx: &mut Tx<'_>, references: &[String]) -> Result<Vec<Meant>> {
    tx.all_in(sql!("client/of_rows"), params![], references, |row| {
        let (given, family): (String, String) = (row.get("given")?, row.get("family")?);
        Ok((row.get("reference")?, row.get("id")?, (row.get("code")?, name(&given, &family).into_text())))
    })
}

/// The same with the clients themselves, and only references that mean one.
pub(crate) fn all_of_rows(tx: &mut Tx<'_>, references: &[String]) -> Result<Vec<(String, Client)>> {
    let mut by_reference: HashMap<String, Vec<ClientId>> = HashMap::with_capacity(references.len());
    for (reference, id, _) in of_rows(tx, references)? {
        by_reference.entry(reference).or_default().push(id);
    }
    let mut keys: Vec<_> = by_reference.values().flatten().map(|id| (*id, None)).collect();
    keys.sort_unstable();
    keys.dedup();
    let clients: HashMap<ClientId, Client> =
        imported(tx, &keys)?.into_iter().map(|client| (client.id, client)).collect();
    let of = |(reference, ids): (String, Vec<ClientId>)| match ids.as_slice() {
        [id] => Some((reference, clients.get(id)?.clone())),
        _ => None,
    };
    Ok(by_reference.into_iter().filter_map(of).collect())
}

/// The client that a row of a table names by its whole code or its id in another system: names may be those of several.
pub(crate) enum ClientOfRow {}

impl Lookup for ClientOfRow {
    finds!(Client, Client, Visibility);

    fn candidates(tx: &mut Tx<'_>, reference: &Reference, _: Visibility) -> Candidates<noun::Client> {
        let found = of_rows(tx, &[reference.as_str().to_owned()])?;
        Ok(found.into_iter().map(|(_, id, (code, name))| Candidate { id, code, name, rank: 0 }).collect())
    }

    fn by_id(tx: &mut Tx<'_>, id: ClientId, visibility: Visibility) -> Result<Option<Client>> {
        Client::by_id(tx, id, visibility)
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
            Visibility::Portal(account) => known(tx, reference, KnownBy::Naming(account)),
        }
    }

    fn by_id(tx: &mut Tx<'_>, id: ClientId, _: Visibility) -> Result<Option<Client>> {
        Client::by_id(tx, id, Visibility::INTERNAL)
    }

    fn names(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Result<Vec<String>> {
        if visibility.is_portal() { Ok(Vec::new()) } else { Client::names(tx, reference, visibility) }
    }
}

/// How a portal account knows a client.
#[derive(Clone, Copy)]
enum KnownBy {
    /// It may name the client in sharing.
    Naming(AccountId),
    /// It sees the client, since it answers sharing (rule 3.12).
    Seeing(AccountId),
}

fn known(tx: &mut Tx<'_>, reference: &Reference, by: KnownBy) -> Candidates<noun::Client> {
    let SearchKeys { code, code_end, name, name_end, turned, turned_end } = SearchKeys::of(reference);
    let (naming, seeing) = match by {
        KnownBy::Naming(account) => (Some(account), None),
        KnownBy::Seeing(account) => (None, Some(account)),
    };
    let values =
        params![code, code_end, reference.as_str(), name, name_end, turned, turned_end, naming, seeing];
    tx.all(sql!("client/known"), values, candidate)
}

/// What codes and names have to begin with to be meant by a reference: each as a range, names in either order.
struct SearchKeys {
    code: String,
    code_end: String,
    name: String,
    name_end: String,
    turned: String,
    turned_end: String,
}

impl SearchKeys {
    fn of(reference: &Reference) -> Self {
        let (code, code_end) = reference.code_range();
        let (name, name_end) = name_range(reference);
        let turned = family_last(reference);
        let turned_end = format!("{turned}\u{10ffff}");
        SearchKeys { code, code_end, name, name_end, turned, turned_end }
    }
}

/// Reads every name, a quarter of a second for a million, so it is used only if nothing else fits.
fn by_family(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Candidates<noun::Client> {
    let plain = escaped_for_like(&fold_name(reference.as_str()));
    tx.all(
        sql!("client/by_family"),
        params![format!("% {plain}"), format!("% {plain}%"), visibility.account()],
        candidate,
    )
}

/// The bounds of all names that begin like this.
fn name_range(reference: &Reference) -> (String, String) {
    let key = fold_name(reference.as_str());
    let end = format!("{key}\u{10ffff}");
    (key, end)
}

fn candidate(row: &Row<'_>) -> Result<Candidate<noun::Client>> {
    let (given, family): (String, String) = (row.get("given")?, row.get("family")?);
    Ok(Candidate {
        id: row.get("id")?,
        code: row.get("code")?,
        name: name(&given, &family).to_string(),
        rank: row.get("fit")?,
    })
}

fn read(row: &Row<'_>) -> Result<Client> {
    let names: [String; 2] = [row.get("given")?, row.get("family")?];
    let anonymous = name(&names[0], &names[1]).is_empty();
    let [given, family] = names;
    from_row! { row => Client {
        id, code, given: given, family: family, anonymous: anonymous, birth_date, postal_code, external_id, status, since_on, source, source_id,
        merged_into, address, carer_note, phones: Vec::new(), former_names: Vec::new(),
    } }
}
