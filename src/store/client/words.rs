//! What clients are found by, derived from what they are.

use super::{Filter, by_ids, list};
use crate::model::client::Client;
use crate::store::prelude::*;

/// Clients whose words are in memory at once.
const AT_ONCE: usize = 500;

/// The same, as a list is asked for them.
const PAGE: i64 = 500;

/// A word with whom it finds.
type Word = (String, ClientId);

/// Derives them for all clients: after an upgrade from a database that had none.
pub(crate) fn index_all(tx: &mut Tx<'_>) -> Result<()> {
    let mut last: Option<Client> = None;
    loop {
        let filter = Filter { after: last.as_ref(), ..Filter::default() };
        let page = list(tx, &filter, Visibility::INTERNAL, PAGE)?;
        insert_words(tx, words_of(&page))?;
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

/// Before rows of these clients are put back; [`index`] comes afterwards.
pub(crate) fn unindex(tx: &mut Tx<'_>, clients: &[ClientId]) -> Result<()> {
    each_words(tx, clients, delete_words)
}

/// Derives them for those of these clients that there are.
pub(crate) fn index(tx: &mut Tx<'_>, clients: &[ClientId]) -> Result<()> {
    each_words(tx, clients, insert_words)
}

fn each_words(
    tx: &mut Tx<'_>, clients: &[ClientId], work: fn(&mut Tx<'_>, Vec<Word>) -> Result<()>,
) -> Result<()> {
    for some in clients.chunks(AT_ONCE) {
        let words = words_of(&by_ids(tx, some)?);
        work(tx, words)?;
    }
    Ok(())
}

pub(super) fn words_of(clients: &[Client]) -> Vec<Word> {
    let of =
        |client: &Client| client.search_words().into_iter().map(|word| (word, client.id)).collect::<Vec<_>>();
    clients.iter().flat_map(of).collect()
}

/// In the order of the key, in which neighbours are cheapest to add one after the other.
pub(super) fn insert_words(tx: &mut Tx<'_>, mut words: Vec<Word>) -> Result<()> {
    words.sort_unstable();
    tx.bulk(sql!("client/insert_words"), &words, |(word, client)| [word as &dyn Param, client])
}

fn delete_words(tx: &mut Tx<'_>, words: Vec<Word>) -> Result<()> {
    tx.bulk(sql!("client/delete_words"), &words, |(word, client)| [word as &dyn Param, client])
}

pub(super) fn update_words(tx: &mut Tx<'_>, before: &Client, after: &Client) -> Result<()> {
    let (old, new) = (before.search_words(), after.search_words());
    let with_client = |word: &String| (word.clone(), after.id);
    delete_words(tx, old.difference(&new).map(with_client).collect())?;
    insert_words(tx, new.difference(&old).map(with_client).collect())
}
