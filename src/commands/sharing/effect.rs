//! What a change does to those who look, seen from inside the transaction that makes it: so a dry run says it beforehand.

use crate::context::Tx;
use crate::error::Result;
use crate::model::sharing::{Effect, Sighted};
use crate::store;
use crate::store::sharing::Stretch;

/// Makes the change, and says who sees how much more or less of the stretch after it. The transaction says where it stands.
pub(super) fn of<T>(
    tx: &mut Tx<'_>,
    stretch: &Stretch,
    change: impl FnOnce(&mut Tx<'_>) -> Result<T>,
) -> Result<(T, Effect)> {
    let before = store::sharing::reach(tx, stretch)?;
    let changed = change(tx)?;
    let after = store::sharing::reach(tx, stretch)?;
    let mut effect = Effect::between(&before, &after);
    name(tx, &mut effect.gained)?;
    name(tx, &mut effect.lost)?;
    Ok((changed, effect))
}

fn name(tx: &mut Tx<'_>, sighted: &mut [Sighted]) -> Result<()> {
    for one in sighted.iter_mut() {
        let provider = store::provider::by_id(tx, one.recipient_id, None)?;
        one.recipient = provider.map(|provider| provider.name).unwrap_or_default();
    }
    sighted.sort_by(|a, b| a.recipient.cmp(&b.recipient));
    Ok(())
}
