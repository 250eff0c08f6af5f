//! `release revoke`: providers lose the records that it let them see at once (rule 3.7).

use crate::commands::prelude::*;
use crate::context::goes_on;
use crate::model::sharing::Effect;
use crate::store::sharing::{Scope, effect_of};

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    context.change("release.revoke", (Permission::AnswerSharing, Action::ChangeSharing), |tx| {
        let before = store::lookup::<Release>(tx, reference, context.visibility())?;
        if before.revoked_at.is_some() {
            let by = before.revoked_by.as_deref().unwrap_or_default();
            let why = format!("release {} was revoked before, by {by}", before.code);
            let left = before.view(context.today);
            return Ok(Change::unchanged(left).already(why).with_effect(Effect::default()));
        }
        let ((), effect) = effect_of(tx, &Scope::of_release(&before), |tx| {
            let said = store::release::Said::default();
            store::release::revoke(tx, before.id, context.now(), context.actor.account.id, &said)
        })?;
        let after = store::release::by_id(tx, before.id)?;
        let alerted = context.alert_release_ended(tx, &after, &effect)?;
        let losses = match effect.words() {
            words if words.is_empty() => " No provider loses access to any record.".to_owned(),
            words => words,
        };
        let Release { code, client_name, .. } = &before;
        let question = format!("Are you sure you want to revoke release {code} ({client_name})?{losses}");
        let sentence = format!("Revoked release {code} ({client_name}).{losses}");
        let goes_on = if effect.losses.is_empty() { goes_on(tx, &Scope::of_release(&before))? } else { None };
        Ok(Change::of(before.view(context.today), after.view(context.today))
            .with_effect(effect)
            .warning(goes_on)
            .saying(sentence)
            .asking(Some(question))
            .alerting(&alerted))
    })
}
