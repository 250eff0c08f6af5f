//! The clients whom a portal account sees, and what it sees of them beside their names (rule 3.12).

use super::{Filter, KnownBy, KnownClient, NOUN, Since, known, name_range, read};
use crate::model::client::Client;
use crate::model::visited_client::OwnRecords;
use crate::store::prelude::*;

/// The client that an actor opens. For a portal account only those whom it sees exist.
pub(crate) enum SeenClient {}

impl Lookup for SeenClient {
    finds!(Client, Client, Visibility);

    fn candidates(
        tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility,
    ) -> Candidates<noun::Client> {
        match visibility {
            Visibility::Staff => Client::candidates(tx, reference, visibility),
            Visibility::Portal(account) => known(tx, reference, KnownBy::Seeing(account)),
        }
    }

    fn by_id(tx: &mut Tx<'_>, id: ClientId, visibility: Visibility) -> Result<Option<Client>> {
        KnownClient::by_id(tx, id, visibility)
    }

    fn names(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Result<Vec<String>> {
        KnownClient::names(tx, reference, visibility)
    }
}

/// By name, at most `limit`. Names of before are not searched.
pub(crate) fn list_seen(
    tx: &mut Tx<'_>, (account, since): Since, filter: &Filter<'_>, limit: i64,
) -> Result<Vec<Client>> {
    let (from, to) = filter.name.map(name_range).unzip();
    let (after, after_id) = filter.after.map(|client| (client.name_key(), client.id)).unzip();
    let (unnamed, _) = filter.names();
    let values = params![account, from, to, after, after_id, limit, since, unnamed];
    tx.all(sql!("client/list_seen"), values, read)
}

/// Whether the account sees the client since it answers sharing.
pub(crate) fn is_seen(tx: &mut Tx<'_>, account: AccountId, client: ClientId) -> Result<bool> {
    Ok(tx.first(sql!("client/is_seen"), params![account, client], |_| Ok(()))?.is_some())
}

pub(crate) fn own_records(tx: &mut Tx<'_>, account: AccountId, client: ClientId) -> Result<Vec<OwnRecords>> {
    tx.all(sql!("client/own_records"), params![account, client], |row| {
        from_row! { row => OwnRecords { provider, provider_name, data_type, records } }
    })
}
