//! `contact show`: a contact with its referrals.

use super::seen;
use crate::commands::prelude::*;
use crate::model::contact::ContactView;
use crate::output::contact::card;

/// A portal account sees a contact only if the access is recorded.
pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    context.out.can_show::<ContactView>()?;
    let view = if context.actor.is_portal() {
        context.look(|tx| {
            let view = seen(context, tx, reference)?;
            context.audit_look(tx, "contact.look", &view.submitted.number)?;
            Ok(view)
        })?
    } else {
        context.read(|tx| seen(context, tx, reference))?
    };
    context.out.show(&view, || Some(card(&view, &context.out)))
}
