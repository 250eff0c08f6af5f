//! Contacts as a text may mean them.

use std::collections::BTreeSet;

use super::{candidates, of_ids};
use crate::model::contact::Contact;
use crate::model::find::Asked;
use crate::store::prelude::*;

/// By number, name, phone, postal code; of each kind at most `limit`. Whether they fit is for [`Asked::fit`] to say. For a portal
/// account only contacts whose details it may read (rule 2.7).
pub(crate) fn asked(
    tx: &mut Tx<'_>, asked: &Asked, visibility: Visibility, limit: i64,
) -> Result<Vec<Contact>> {
    let meant = candidates(tx, &asked.reference, visibility)?;
    let mut ids: BTreeSet<ContactId> = meant.into_iter().map(|candidate| candidate.id).collect();
    for whole in [true, false] {
        for combination in asked.combinations() {
            ids.extend(few_or_all(tx, &combination, (whole, limit), count_word, |tx, words, limit| {
                find(tx, words, visibility, limit)
            })?);
        }
    }
    of_ids(tx, &ids.into_iter().collect::<Vec<_>>())
}

fn count_word(tx: &mut Tx<'_>, (from, to): &WordRange) -> Result<i64> {
    let counted =
        tx.first(sql!("contact/count_word"), params![*from, *to, FEW_WORDS], |row| row.get("words"))?;
    Ok(counted.unwrap_or(0))
}

fn find(
    tx: &mut Tx<'_>, [one, two, three]: [Option<WordRange>; 3], visibility: Visibility, limit: i64,
) -> Result<Vec<ContactId>> {
    let [one, two, three] = [one, two, three].map(Option::unzip);
    let values = params![one.0, one.1, two.0, two.1, three.0, three.1, visibility.account(), limit];
    tx.all(sql!("contact/find"), values, |row| row.get("id"))
}
