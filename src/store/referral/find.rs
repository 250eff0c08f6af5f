//! Referrals as a portal account may mean them: by what it sees of them.

use std::collections::BTreeSet;

use super::candidates;
use super::list::details;
use crate::model::find::Asked;
use crate::model::referral::Referral;
use crate::store::prelude::*;

/// So many are compared one by one.
const COMPARED: i64 = 1_000;

/// By the name and the postal code that stand in them: the newest of those that have the longest part of the text. A former name of the client
/// finds them too, and is not shown: whether they fit is for [`Asked::fit`] to say.
pub(crate) fn asked(tx: &mut Tx<'_>, asked: &Asked, account: AccountId) -> Result<Vec<Referral>> {
    let mut ids = BTreeSet::new();
    for combination in asked.combinations().iter().filter(|one| one.is_of_names()) {
        let [first, ..] = combination.ranges(false);
        if let Some(range) = first {
            ids.extend(find(tx, range, account, COMPARED)?);
        }
    }
    details(tx, &ids.into_iter().collect::<Vec<_>>())
}

fn find(
    tx: &mut Tx<'_>, (from, to): (String, String), account: AccountId, limit: i64,
) -> Result<Vec<ReferralId>> {
    tx.all(sql!("referral/find"), params![from, to, account, limit], |row| row.get("id"))
}

/// By its code or the beginning of it, or by the number of its contact: those that the actor may see.
pub(crate) fn quoted(
    tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility,
) -> Result<Vec<Referral>> {
    let found = candidates(tx, reference, (None, visibility.account()))?;
    let ids: Vec<ReferralId> = found.into_iter().map(|candidate| candidate.id).collect();
    details(tx, &ids)
}
