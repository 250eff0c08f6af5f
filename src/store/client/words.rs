//! What clients are found by, derived from what they are.

use super::{Filter, by_ids, list};
use crate::model::client::Client;
use crate::model::search_key::Words;
use crate::store::prelude::*;

/// So many are read at once.
const PAGE: i64 = 500;

/// Derives the words of all clients: after an upgrade from a database that had none.
pub(crate) fn index_all(tx: &mut Tx<'_>) -> Result<()> {
    let mut last: Option<Client> = None;
    loop {
        let filter = Filter { after: last.as_ref(), ..Filter::default() };
        let page = list(tx, &filter, Visibility::INTERNAL, PAGE)?;
        add_words(tx, &page)?;
        last = page.into_iter().next_back();
        if last.is_none() {
            return Ok(());
        }
    }
}

/// None before an upgrade has derived them, and none where there are no clients.
pub(crate) fn has_words(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.first(sql!("client/has_words"), params![], |_| Ok(()))?.is_some())
}

impl Searched for Client {
    type Noun = noun::Client;

    fn id(&self) -> ClientId {
        self.id
    }

    fn words(&self) -> Words {
        self.search_words()
    }

    fn with_ids(tx: &mut Tx<'_>, ids: &[ClientId]) -> Result<Vec<Self>> {
        by_ids(tx, ids)
    }

    fn insert_words(tx: &mut Tx<'_>, words: &[Word<noun::Client>]) -> Result<()> {
        tx.bulk(sql!("client/insert_words"), words, |(word, client)| [word as &dyn Param, client])
    }

    fn delete_words(tx: &mut Tx<'_>, words: &[Word<noun::Client>]) -> Result<()> {
        tx.bulk(sql!("client/delete_words"), words, |(word, client)| [word as &dyn Param, client])
    }
}
