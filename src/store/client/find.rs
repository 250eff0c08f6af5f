//! Clients as a text may mean them.

use std::collections::BTreeSet;

use super::{by_ids, candidates, list_seen, whole};
use crate::model::client::Client;
use crate::model::find::Asked;
use crate::store::client::{Filter, Since};
use crate::store::prelude::*;

/// For staff: by code, ids of other systems, names, phones, postal code, birth date; of each kind at most `limit`. Whether they
/// fit is for [`Asked::fit`] to say.
pub(crate) fn asked(tx: &mut Tx<'_>, asked: &Asked, limit: i64) -> Result<Vec<Client>> {
    let meant = candidates(tx, &asked.reference, Visibility::INTERNAL)?;
    let mut ids: BTreeSet<ClientId> = meant.into_iter().map(|candidate| candidate.id).collect();
    for whole in [true, false] {
        for combination in asked.combinations() {
            ids.extend(few_or_all(tx, &combination, (whole, limit), count_word, find)?);
        }
    }
    by_ids(tx, &ids.into_iter().collect::<Vec<_>>())
}

fn count_word(tx: &mut Tx<'_>, (from, to): &WordRange) -> Result<i64> {
    let counted =
        tx.first(sql!("client/count_word"), params![*from, *to, FEW_WORDS], |row| row.get("words"))?;
    Ok(counted.unwrap_or(0))
}

fn find(tx: &mut Tx<'_>, [one, two, three]: [Option<WordRange>; 3], limit: i64) -> Result<Vec<ClientId>> {
    let [one, two, three] = [one, two, three].map(Option::unzip);
    let values = params![one.0, one.1, two.0, two.1, three.0, three.1, limit];
    tx.all(sql!("client/find"), values, |row| row.get("id"))
}

/// Clients whom a portal account sees, with their phones, which it may see only of those whose visits it has.
pub(crate) fn seen_with_phones(
    tx: &mut Tx<'_>, viewer: Since, after: Option<&Client>, limit: i64,
) -> Result<Vec<Client>> {
    let page = list_seen(tx, viewer, &Filter { after, ..Filter::default() }, limit)?;
    whole(tx, page)
}
