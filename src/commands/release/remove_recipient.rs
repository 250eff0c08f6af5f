//! `release remove-recipient`: a release goes on without some of its recipients (rule 3.15).

use crate::commands::prelude::*;
use crate::model::release;
use crate::model::sharing::Effect;
use crate::store::provider::Partner;
use crate::store::sharing::{Scope, effect_of};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk release remove-recipient ROI-7K3M9Q willow

To show records to others takes a new paper: `caredesk release add`.")]
pub(super) struct RemoveRecipient {
    /// Code (or the beginning of it)
    release: Reference,
    /// The providers that it names no longer
    #[arg(value_name = "PROVIDER", required = true, num_args = 1..)]
    recipients: Vec<Reference>,
}

pub(super) fn run(context: &Context, command: &RemoveRecipient) -> Result<()> {
    let right = (Permission::AnswerSharing, Action::ChangeSharing);
    context.change("release.remove-recipient", right, |tx| {
        let before = store::lookup::<Release>(tx, &command.release, context.visibility())?;
        let given = store::lookup_many::<Partner>(tx, &command.recipients, context.visibility())?;
        let removed = release::removed(&before, &given, context.today)?;
        let names = |providers: &[Provider]| {
            let names: Vec<String> =
                providers.iter().map(|provider| format!("`{}`", provider.name)).collect();
            names.join(", ")
        };
        let Release { code, client_name, .. } = &before;
        if removed.is_empty() {
            let why =
                format!("release {code} does not name {}; to name others takes a new paper", names(&given));
            return Ok(Change::unchanged(before.view(context.today))
                .already(why)
                .with_effect(Effect::default()));
        }
        let ((), effect) = effect_of(tx, &Scope::of_release(&before), |tx| {
            removed.iter().try_for_each(|provider| {
                store::release::remove_recipient(tx, before.id, provider.id, context.now())
            })
        })?;
        let after = store::release::by_id(tx, before.id)?;
        let alerted = context.alert_release_ended(tx, &after, &effect)?;
        let whom = names(&removed);
        let question = format!(
            "Are you sure you want to take {whom} out of release {code} ({client_name})?{}",
            effect.words()
        );
        let sentence = format!("Took {whom} out of release {code} ({client_name}).");
        Ok(Change::of(before.view(context.today), after.view(context.today))
            .saying(sentence)
            .with_effect(effect)
            .asking(Some(question))
            .alerting(&alerted))
    })
}
