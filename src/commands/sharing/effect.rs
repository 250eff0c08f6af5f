//! The effect of a change on visible records, computed inside its transaction so that a dry run shows it too.

use crate::context::Tx;
use crate::error::Result;
use crate::model::provider::Provider;
use crate::model::sharing::{Effect, Viewership};
use crate::model::visibility::Visibility;
use crate::store;
use crate::store::sharing::Scope;

/// Applies the change and compares how many records of the scope each provider sees before and after.
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
