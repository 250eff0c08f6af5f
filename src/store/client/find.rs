//! Clients as a text may mean them.

use std::collections::BTreeSet;

use super::{by_ids, candidates, list_seen, whole};
use crate::model::client::Client;
use crate::model::find::{Asked, Combination};
use crate::store::client::{Filter, Since};
use crate::store::prelude::*;

/// For staff: by code, ids of other systems, names, phones, postal code, birth date; of each kind at most `limit`. Whether they
/// fit is for [`Asked::fit`] to say.
pub(crate) fn asked(tx: &mut Tx<'_>, asked: &Asked, limit: i64) -> Result<Vec<Client>> {
    let meant = candidates(tx, &asked.reference, Visibility::INTERNAL)?;
    let mut ids: BTreeSet<ClientId> = meant.into_iter().map(|candidate| candidate.id).collect();
    // Whole words first: only where they are few are those of interest that begin so.
    for whole in [true, false] {
        for combination in asked.combinations() {
            if ids.len() <= usize::try_from(limit).unwrap_or(usize::MAX) {
                ids.extend(find(tx, &combination, whole, limit)?);
            }
        }
    }
    by_ids(tx, &ids.into_iter().collect::<Vec<_>>())
}

fn find(tx: &mut Tx<'_>, combination: &Combination, whole: bool, limit: i64) -> Result<Vec<ClientId>> {
    let [one, two, three] = combination.ranges(whole).map(Option::unzip);
    tx.all(sql!("client/find"), params![one.0, one.1, two.0, two.1, three.0, three.1, limit], |row| {
        row.get("id")
    })
}

/// Clients whom a portal account sees, with their phones, which it may see only of those whose visits it has.
pub(crate) fn seen_with_phones(
    tx: &mut Tx<'_>, viewer: Since, after: Option<&Client>, limit: i64,
) -> Result<Vec<Client>> {
    let page = list_seen(tx, viewer, &Filter { after, ..Filter::default() }, limit)?;
    whole(tx, page)
}
