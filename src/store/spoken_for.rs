//! The providers that a portal account speaks for. What an account sees is listed provider by provider, since what one provider
//! has is a range of an index, however much there is of all.

use crate::store::prelude::*;

/// The providers of which a list is made one by one: those that the account speaks for, or of them the one that is asked for;
/// for staff only what is asked for, where none stands for all.
pub(super) fn one_by_one(
    tx: &mut Tx<'_>, visibility: Visibility, asked: Option<ProviderId>,
) -> Result<Vec<Option<ProviderId>>> {
    let Some(account) = visibility.account() else { return Ok(vec![asked]) };
    let own = providers(tx, account)?.into_iter();
    Ok(own.filter(|own| asked.is_none_or(|asked| asked == *own)).map(Some).collect())
}

/// One page of pages that were read one by one, each thing once.
pub(super) fn one_page<T, K: Ord>(
    mut found: Vec<T>, key: impl Fn(&T) -> K, oldest_first: bool, limit: i64,
) -> Vec<T> {
    found.sort_by_key(&key);
    found.dedup_by_key(|one| key(one));
    if !oldest_first {
        found.reverse();
    }
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    found
}

fn providers(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<ProviderId>> {
    tx.all(sql!("spoken_for/providers"), params![account], |row| row.get("provider_id"))
}
