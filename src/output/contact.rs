//! A contact: its fields for scripts, and its card for people.

use super::{Card, Output};
use crate::model::contact::{ContactReferral, ContactView};
use crate::model::view::View;

/// The card of a contact: the person, contact data, details and referrals.
pub(crate) fn card<'a>(view: &ContactView, output: &'a Output) -> Card<'a> {
    let submitted = &view.submitted;
    let mut card = Card::new(output, &format!("{}: {}", submitted.number, submitted.full_name())).lines([
        ("submitted", Some(submitted.submitted_on.to_string())),
        ("postal code", submitted.postal_code.clone()),
        ("phone", submitted.phone.clone()),
        ("email", submitted.email.clone()),
        ("client", view.client.clone()),
        ("created", Some(format!("{} by {}", output.past(view.created_at), output.login(&view.created_by)))),
    ]);
    if let Some(details) = &submitted.details {
        card = card.blank().text(details);
    }
    if view.referrals.is_empty() { card } else { card.table(ContactReferral::FIELDS, &view.referrals) }
}
