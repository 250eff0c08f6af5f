//! The effect of a change on visible records, computed inside its transaction so that a dry run shows it too.

use super::{Scope, visible_records};
use crate::model::provider::Provider;
use crate::model::sharing::{Effect, Seen, Viewership};
use crate::store::prelude::*;

/// Applies the change and compares how many records of the scope each provider sees before and after. The transaction has an
/// instant ([`Tx::as_of`]).
pub(crate) fn effect_of<T>(
    tx: &mut Tx<'_>, scope: &Scope, change: impl FnOnce(&mut Tx<'_>) -> Result<T>,
) -> Result<(T, Effect)> {
    let before = visible_records(tx, scope)?;
    let changed = change(tx)?;
    let mut effect = Effect::between(&before, &visible_records(tx, scope)?);
    name(tx, &mut effect.gains)?;
    name(tx, &mut effect.losses)?;
    Ok((changed, effect))
}

/// The same where two clients become one: which of their records each provider sees before and after.
pub(crate) fn effect_of_merge<T>(
    tx: &mut Tx<'_>, [other, kept]: [ClientId; 2], change: impl FnOnce(&mut Tx<'_>) -> Result<T>,
) -> Result<(T, Effect)> {
    let before = visible_of_clients(tx, [other, kept])?;
    let changed = change(tx)?;
    let mut effect = Effect::between_records(kept, &before, &visible_of_clients(tx, [other, kept])?);
    name(tx, &mut effect.gains)?;
    name(tx, &mut effect.losses)?;
    Ok((changed, effect))
}

fn visible_of_clients(tx: &mut Tx<'_>, [one, other]: [ClientId; 2]) -> Result<Seen> {
    let seen = tx.all(sql!("sharing/visible_of_clients"), params![one, other], |row| {
        Ok((row.get("recipient_id")?, row.get("record_id")?))
    })?;
    Ok(seen.into_iter().collect())
}

fn name(tx: &mut Tx<'_>, viewerships: &mut [Viewership]) -> Result<()> {
    for one in viewerships.iter_mut() {
        if let Some(provider) = by_id::<Provider>(tx, one.recipient_id, Visibility::INTERNAL)? {
            (one.recipient, one.recipient_name) = (provider.code, provider.name);
        }
    }
    viewerships.sort_by(|a, b| a.recipient_name.cmp(&b.recipient_name));
    Ok(())
}
