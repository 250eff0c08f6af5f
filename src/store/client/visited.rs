//! Clients as a provider knows them that has accepted visits of them (rule 1.12).

use super::{KnownBy, NOUN, SearchKeys, Since, candidate, known};
use crate::model::client::Client;
use crate::model::text::escaped_for_like;
use crate::store::prelude::*;

/// A package by which an account may see contact details.
pub(crate) struct Ground {
    pub(crate) client_id: ClientId,
    pub(crate) provider_id: ProviderId,
    pub(crate) provider: String,
    pub(crate) package: String,
}

/// By client; none where the account may not see them.
pub(crate) fn grounds(
    tx: &mut Tx<'_>, account: AccountId, clients: &[ClientId], since: DateTime<Utc>,
) -> Result<Vec<Ground>> {
    tx.all_in(sql!("client/grounds"), params![account, since], clients, |row| {
        from_row! { row => Ground { client_id, provider_id, provider, package } }
    })
}

/// A client whom a portal account sees on any ground: it may see the contact details, or answers sharing.
pub(crate) enum VisitedClient {}

impl Lookup for VisitedClient {
    finds!(Client, Client, Since);

    fn candidates(tx: &mut Tx<'_>, reference: &Reference, scope: Since) -> Candidates<noun::Client> {
        let mut found = visited(tx, reference, scope)?;
        for other in known(tx, reference, KnownBy::Seeing(scope.0))? {
            if found.iter().all(|one| one.id != other.id) {
                found.push(other);
            }
        }
        Ok(found)
    }

    fn by_id(tx: &mut Tx<'_>, id: ClientId, _: Since) -> Result<Option<Client>> {
        Client::by_id(tx, id, Visibility::INTERNAL)
    }
}

fn visited(tx: &mut Tx<'_>, reference: &Reference, (account, since): Since) -> Candidates<noun::Client> {
    let SearchKeys { code, code_end, name, name_end, turned, turned_end } = SearchKeys::of(reference);
    let word = format!("% {}%", escaped_for_like(&fold_name(reference.as_str())));
    let values = params![code, code_end, name, name_end, turned, turned_end, account, since, word];
    tx.all(sql!("client/visited"), values, candidate)
}
