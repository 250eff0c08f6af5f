//! What contacts are found by, derived from what they are.

use super::{Filter, list, of_ids};
use crate::model::contact::Contact;
use crate::store::prelude::*;

/// Contacts whose words are in memory at once.
const AT_ONCE: usize = 500;

/// The same, as a list is asked for them.
const PAGE: i64 = 500;

/// A word with the contact that it finds.
type Word = (String, ContactId);

/// Derives them for all contacts: after an upgrade from a database that had none.
pub(crate) fn index_all(tx: &mut Tx<'_>) -> Result<()> {
    let mut after = None;
    loop {
        let filter = Filter { after, ..Filter::default() };
        let page = list(tx, &filter, Visibility::INTERNAL, PAGE)?;
        insert_words(tx, words_of(&page))?;
        after = page.last().map(|contact| contact.id);
        if after.is_none() {
            return Ok(());
        }
    }
}

/// Before rows of these contacts are put back; [`index`] comes afterwards.
pub(crate) fn unindex(tx: &mut Tx<'_>, contacts: &[ContactId]) -> Result<()> {
    each_words(tx, contacts, delete_words)
}

/// Derives them for those of these contacts that there are.
pub(crate) fn index(tx: &mut Tx<'_>, contacts: &[ContactId]) -> Result<()> {
    each_words(tx, contacts, insert_words)
}

fn each_words(
    tx: &mut Tx<'_>, contacts: &[ContactId], work: fn(&mut Tx<'_>, Vec<Word>) -> Result<()>,
) -> Result<()> {
    for some in contacts.chunks(AT_ONCE) {
        let words = words_of(&of_ids(tx, some)?);
        work(tx, words)?;
    }
    Ok(())
}

pub(super) fn words_of<'c>(contacts: impl IntoIterator<Item = &'c Contact>) -> Vec<Word> {
    let of = |contact: &Contact| {
        contact.search_words().into_iter().map(|word| (word, contact.id)).collect::<Vec<_>>()
    };
    contacts.into_iter().flat_map(of).collect()
}

/// In the order of the key, in which neighbours are cheapest to add one after the other.
pub(super) fn insert_words(tx: &mut Tx<'_>, mut words: Vec<Word>) -> Result<()> {
    words.sort_unstable();
    tx.bulk(sql!("contact/insert_words"), &words, |(word, contact)| [word as &dyn Param, contact])
}

fn delete_words(tx: &mut Tx<'_>, words: Vec<Word>) -> Result<()> {
    tx.bulk(sql!("contact/delete_words"), &words, |(word, contact)| [word as &dyn Param, contact])
}

pub(super) fn update_words(tx: &mut Tx<'_>, before: &Contact, after: &Contact) -> Result<()> {
    let (old, new) = (before.search_words(), after.search_words());
    let with_contact = |word: &String| (word.clone(), after.id);
    delete_words(tx, old.difference(&new).map(with_contact).collect())?;
    insert_words(tx, new.difference(&old).map(with_contact).collect())
}
