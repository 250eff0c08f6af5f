//! What contacts are found by, derived from what they are.

use super::{Filter, list, of_ids};
use crate::model::contact::Contact;
use crate::model::search_key::Words;
use crate::store::prelude::*;

/// So many are read at once.
const PAGE: i64 = 500;

/// Derives the words of all contacts: after an upgrade from a database that had none.
pub(crate) fn index_all(tx: &mut Tx<'_>) -> Result<()> {
    let mut after = None;
    loop {
        let filter = Filter { after, ..Filter::default() };
        let page = list(tx, &filter, Visibility::INTERNAL, PAGE)?;
        add_words(tx, &page)?;
        after = page.last().map(|contact| contact.id);
        if after.is_none() {
            return Ok(());
        }
    }
}

impl Searched for Contact {
    type Noun = noun::Contact;

    fn id(&self) -> ContactId {
        self.id
    }

    fn words(&self) -> Words {
        self.search_words()
    }

    fn with_ids(tx: &mut Tx<'_>, ids: &[ContactId]) -> Result<Vec<Self>> {
        of_ids(tx, ids)
    }

    fn insert_words(tx: &mut Tx<'_>, words: &[Word<noun::Contact>]) -> Result<()> {
        tx.bulk(sql!("contact/insert_words"), words, |(word, contact)| [word as &dyn Param, contact])
    }

    fn delete_words(tx: &mut Tx<'_>, words: &[Word<noun::Contact>]) -> Result<()> {
        tx.bulk(sql!("contact/delete_words"), words, |(word, contact)| [word as &dyn Param, contact])
    }
}
