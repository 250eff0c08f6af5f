//! A card of a referral for people.

use serde_json::{Value, json};

use super::{Card, Output, cell};
use crate::model::contact::ContactDetails;
use crate::model::referral::EventView;
use crate::model::view::View;

/// The fields, further ones of the contact, and the history below.
pub(crate) fn card<'a, T: View>(
    view: &T, contact: Option<&ContactDetails>, history: &[EventView], output: &'a Output,
) -> Card<'a> {
    let mut fields = cell::fields(view).unwrap_or_default();
    for (key, value) in contact.map(of_contact).into_iter().flatten() {
        fields.entry(key).or_insert(value);
    }
    Card::of_fields(output, &fields, T::FIELDS)
        .table(EventView::FIELDS, &history.iter().map(|event| row(event, output)).collect::<Vec<_>>())
}

fn of_contact(contact: &ContactDetails) -> [(&'static str, Value); 6] {
    let ContactDetails { submitted_on, postal_code, phone, email, details, .. } = contact;
    [
        ("contact_name", json!(contact.full_name())),
        ("contact_date", json!(submitted_on)),
        ("postal_code", json!(postal_code)),
        ("phone", json!(phone)),
        ("email", json!(email)),
        ("details", json!(details)),
    ]
}

/// A resource by its present name, and an account with its impersonator.
fn row(event: &EventView, output: &Output) -> EventView {
    let [was, became] = event.names.clone();
    let by = match &event.acted_by {
        Some(acted_by) => format!("{} as {}", output.login(acted_by), output.login(&event.by)),
        None => output.login(&event.by),
    };
    let event = event.clone();
    EventView { by, from: was.or(event.from), to: became.or(event.to), ..event }
}
