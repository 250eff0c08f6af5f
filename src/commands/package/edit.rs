//! `package edit`: the note for the providers that are asked.

use super::view;
use crate::commands::prelude::*;
use crate::context::{Audience, names_in_note};
use crate::model::alert::AlertKind;
use crate::model::package;

#[derive(Args)]
pub(super) struct Edit {
    /// Code or reference (or the beginning of either)
    package: Reference,
    /// A note for the providers that are asked; `none` clears it
    #[arg(long, value_name = "TEXT", value_parser = edit::or_none(text::note), allow_hyphen_values = true, required = true)]
    provider_note: edit::Edit<String>,
}

pub(super) fn run(context: &Context, command: &Edit) -> Result<()> {
    context.change("package.edit", Action::ChangePackages, |tx| {
        let before = store::lookup::<Package>(tx, &command.package, context.visibility())?;
        package::may_recall(&before)?;
        let note = edit::apply(Some(&command.provider_note), before.provider_note.clone());
        let after = Package { provider_note: note, ..before.clone() };
        let change = Change::of(view(context, &before), view(context, &after));
        if after.provider_note == before.provider_note {
            return Ok(change);
        }
        store::package::set_provider_note(tx, after.id, after.provider_note.as_deref())?;
        let client = store::referral::by_id(tx, before.referral_id)?.client_id;
        let names = names_in_note(tx, client, after.provider_note.as_deref())?;
        // Who is only asked reads the note when it decides; who has accepted has read it before.
        let holder = after.accepted_by();
        let alert = |offer| context.alert(tx, AlertKind::CallsChanged, Audience::Provider(&after, offer));
        let alerted = holder.map(alert).transpose()?;
        Ok(change.warning(names).alerting(alerted.as_ref()))
    })
}
