//! The effect of a change on visible records, computed inside its transaction so that a dry run shows it too.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::{Scope, visible_records};
use crate::model::provider::Provider;
use crate::model::sharing::{Effect, Seen, VisibilityChange, Visible};
use crate::store::prelude::*;

/// Applies the change and compares how many records of the scope each provider sees before and after. The transaction has an
/// instant ([`Tx::as_of`]).
pub(crate) fn effect_of<T>(
    tx: &mut Tx<'_>, scope: &Scope, change: impl FnOnce(&mut Tx<'_>) -> Result<T>,
) -> Result<(T, Effect)> {
    let before = visible_records(tx, scope)?;
    let changed = change(tx)?;
    let effect = Effect::between(&before, &visible_records(tx, scope)?);
    Ok((changed, named(tx, effect)?))
}

/// How many records of some owners others saw before those owners changed what they share.
#[derive(Default)]
pub(crate) struct VisibleBefore(BTreeMap<ProviderId, Visible>);

impl VisibleBefore {
    /// To be called before the first change to what this owner shares.
    pub(crate) fn note(&mut self, tx: &mut Tx<'_>, owner: ProviderId) -> Result<()> {
        if let Entry::Vacant(free) = self.0.entry(owner) {
            free.insert(visible_records(tx, &Scope::of(owner))?);
        }
        Ok(())
    }

    /// What differs now. What is gained of one owner does not make up for what is lost of another.
    pub(crate) fn effect(&self, tx: &mut Tx<'_>) -> Result<Effect> {
        let (mut gains, mut losses) = (Visible::new(), Visible::new());
        for (owner, before) in &self.0 {
            let after = visible_records(tx, &Scope::of(*owner))?;
            for key in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
                let count = |visible: &Visible| visible.get(key).copied().unwrap_or(0);
                let difference = count(&after) - count(before);
                let side = if difference > 0 { &mut gains } else { &mut losses };
                if difference != 0 {
                    *side.entry(*key).or_default() += difference.abs();
                }
            }
        }
        let none = Visible::new();
        let gained = Effect::between(&none, &gains);
        named(tx, Effect { losses: Effect::between(&losses, &none).losses, ..gained })
    }
}

/// The same where two clients become one: which of their records each provider sees before and after.
pub(crate) fn effect_of_merge<T>(
    tx: &mut Tx<'_>, [other, kept]: [ClientId; 2], change: impl FnOnce(&mut Tx<'_>) -> Result<T>,
) -> Result<(T, Effect)> {
    let before = visible_of_clients(tx, [other, kept])?;
    let changed = change(tx)?;
    let after = visible_of_clients(tx, [other, kept])?;
    Ok((changed, named(tx, Effect::between_records(&before, &after))?))
}

/// The same where two providers become one. What the one that is given up saw is seen by the other from then on.
pub(crate) fn effect_of_provider_merge<T>(
    tx: &mut Tx<'_>, [other, kept]: [ProviderId; 2], change: impl FnOnce(&mut Tx<'_>) -> Result<T>,
) -> Result<(T, Effect)> {
    let mut before = visible_of_providers(tx, [other, kept])?;
    before.retain(|(recipient, _), _| *recipient != other);
    let changed = change(tx)?;
    let after = visible_of_providers(tx, [other, kept])?;
    Ok((changed, named(tx, Effect::between_records(&before, &after))?))
}

/// The same where a provider is deactivated or activated, or a contract of it changes.
pub(crate) fn effect_of_provider<T>(
    tx: &mut Tx<'_>, provider: ProviderId, change: impl FnOnce(&mut Tx<'_>) -> Result<T>,
) -> Result<(T, Effect)> {
    let before = visible_of_providers(tx, [provider; 2])?;
    let changed = change(tx)?;
    let after = visible_of_providers(tx, [provider; 2])?;
    Ok((changed, named(tx, Effect::between_records(&before, &after))?))
}

/// The same where it changes at which providers a client is active.
pub(crate) fn effect_of_client<T>(
    tx: &mut Tx<'_>, client: ClientId, change: impl FnOnce(&mut Tx<'_>) -> Result<T>,
) -> Result<(T, Effect)> {
    effect_of_merge(tx, [client; 2], change)
}

/// The client does not matter where there is but one.
fn visible_of_clients(tx: &mut Tx<'_>, [one, kept]: [ClientId; 2]) -> Result<Seen> {
    let seen = tx.all(sql!("sharing/visible_of_clients"), params![one, kept], |row| {
        Ok(((row.get("recipient_id")?, row.get("record_id")?), kept))
    })?;
    Ok(seen.into_iter().collect())
}

fn visible_of_providers(tx: &mut Tx<'_>, [one, other]: [ProviderId; 2]) -> Result<Seen> {
    let seen = tx.all(sql!("sharing/visible_of_providers"), params![one, other], |row| {
        Ok(((row.get("recipient_id")?, row.get("record_id")?), row.get("client_id")?))
    })?;
    Ok(seen.into_iter().collect())
}

fn named(tx: &mut Tx<'_>, mut effect: Effect) -> Result<Effect> {
    name(tx, &mut effect.gains)?;
    name(tx, &mut effect.losses)?;
    Ok(effect)
}

fn name(tx: &mut Tx<'_>, visibility_changes: &mut [VisibilityChange]) -> Result<()> {
    for one in visibility_changes.iter_mut() {
        if let Some(provider) = by_id::<Provider>(tx, one.recipient_id, Visibility::INTERNAL)? {
            (one.recipient, one.recipient_name) = (provider.code, provider.name);
        }
    }
    visibility_changes.sort_by(|a, b| a.recipient_name.cmp(&b.recipient_name));
    Ok(())
}
