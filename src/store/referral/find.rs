//! Referrals as a portal account may mean them: by what it sees of them.

use std::collections::BTreeSet;

use super::candidates;
use super::list::details;
use crate::model::find::{Asked, Combination};
use crate::model::referral::Referral;
use crate::store::prelude::*;

/// By the name and the postal code that stand in them, at most `limit` for each way to read the text. A former name of the client
/// finds them too, and is not shown: whether they fit is for [`Asked::fit`] to say.
pub(crate) fn asked(tx: &mut Tx<'_>, asked: &Asked, account: AccountId, limit: i64) -> Result<Vec<Referral>> {
    let mut ids = BTreeSet::new();
    for combination in asked.combinations().iter().filter(|one| one.is_of_names()) {
        ids.extend(find(tx, combination, account, limit)?);
    }
    details(tx, &ids.into_iter().collect::<Vec<_>>())
}

fn find(
    tx: &mut Tx<'_>, combination: &Combination, account: AccountId, limit: i64,
) -> Result<Vec<ReferralId>> {
    let [one, two, three] = combination.ranges(false).map(Option::unzip);
    let values = params![one.0, one.1, two.0, two.1, three.0, three.1, account, limit];
    tx.all(sql!("referral/find"), values, |row| row.get("id"))
}

/// By its code or the beginning of it, or by the number of its contact: those that the actor may see.
pub(crate) fn quoted(
    tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility,
) -> Result<Vec<Referral>> {
    let found = candidates(tx, reference, (None, visibility.account()))?;
    let ids: Vec<ReferralId> = found.into_iter().map(|candidate| candidate.id).collect();
    details(tx, &ids)
}
