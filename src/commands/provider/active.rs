//! `provider activate` and `provider deactivate`: whether a provider is offered and receives anything (rules 1.2 and 2.12).

use super::save;
use crate::commands::prelude::*;
use crate::model::sharing::Effect;
use crate::model::stop::{self, StopSort};
use crate::store::sharing::effect_of_provider;
use crate::store::stop::Attended;

pub(super) fn activate(context: &Context, reference: &Reference) -> Result<()> {
    set(context, reference, "provider.activate", true)
}

pub(super) fn deactivate(context: &Context, reference: &Reference) -> Result<()> {
    set(context, reference, "provider.deactivate", false)
}

fn set(context: &Context, reference: &Reference, action: &'static str, active: bool) -> Result<()> {
    context.change(action, Action::ChangeProviders, |tx| {
        let before = store::lookup::<Provider>(tx, reference, context.visibility())?;
        let after = Provider { active, ..before.clone() };
        if after == before {
            return Ok(Change::unchanged(after).with_effect(Effect::default()));
        }
        let effect = applied(context, tx, &before, &after)?;
        let what = format!("deactivate provider {} ({})", after.code, after.name);
        Ok(Change::of(before, after).stopping(what, effect))
    })
}

fn applied(context: &Context, tx: &mut Tx<'_>, before: &Provider, after: &Provider) -> Result<Effect> {
    let mut found = Vec::new();
    if before.active {
        found = store::stop::of_provider(tx, before.id, context.today, context.now())?;
    }
    let resources = store::stop::resources_of_provider(tx, before.id)?;
    let attended = Attended::of(tx, resources)?;
    let ((), effect) = effect_of_provider(tx, before.id, |tx| save(context, tx, before, after))?;
    // All of its open referrals are among what stops.
    found.extend(attended.lost(tx)?.into_iter().filter(|(sort, _)| *sort == StopSort::Accounts));
    Ok(Effect { stops: stop::stops(found), ..effect })
}
