//! What a change does to those who look, seen from inside the transaction that makes it: so a dry run says it beforehand.

use crate::context::Tx;
use crate::error::Result;
use crate::model::provider::Provider;
use crate::model::sharing::{Effect, Viewership};
use crate::model::visibility::Visibility;
use crate::store;
use crate::store::sharing::Scope;

/// Makes the change, and says who sees how much more or less of the stretch after it. The transaction says where it stands.
pub(super) fn of<T>(
    tx: &mut Tx<'_>,
    scope: &Scope,
    change: impl FnOnce(&mut Tx<'_>) -> Result<T>,
) -> Result<(T, Effect)> {
    let before = store::sharing::visible_records(tx, scope)?;
    let changed = change(tx)?;
    let after = store::sharing::visible_records(tx, scope)?;
    let mut effect = Effect::between(&before, &after);
    name(tx, &mut effect.gained)?;
    name(tx, &mut effect.lost)?;
    Ok((changed, effect))
}

fn name(tx: &mut Tx<'_>, viewerships: &mut [Viewership]) -> Result<()> {
    for one in viewerships.iter_mut() {
        let provider = store::by_id::<Provider>(tx, one.recipient_id, Visibility::INTERNAL)?;
        one.recipient = provider.map(|provider| provider.name).unwrap_or_default();
    }
    viewerships.sort_by(|a, b| a.recipient.cmp(&b.recipient));
    Ok(())
}
