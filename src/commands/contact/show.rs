//! `contact show`: a contact with its referrals.

use super::seen;
use crate::commands::prelude::*;
use crate::context::Audited;
use crate::model::contact::ContactView;
use crate::output::contact::card;

/// A portal account sees a contact only if the access is recorded.
pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    context.out.can_show::<ContactView>()?;
    let view = if context.actor.is_portal() {
        context.audited_read("contact.read", |tx| {
            let view = seen(context, tx, reference)?;
            let entry = Audited::read(&view.submitted.number);
            Ok((view, Some(entry)))
        })?
    } else {
        context.read(|tx| seen(context, tx, reference))?
    };
    context.show_with_logins(&view, || Some(card(&view, &context.out)))
}
