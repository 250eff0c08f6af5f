//! A card of a referral for people.

use serde_json::{Map, Value, json};

use super::{Card, Output, cell};
use crate::model::contact::ContactDetails;
use crate::model::referral::EventView;
use crate::model::view::View;

/// The fields, further ones of the contact, and the history below.
pub(crate) fn card<'a, T: View>(
    view: &T,
    contact: Option<&ContactDetails>,
    history: &[EventView],
    output: &'a Output,
) -> Card<'a> {
    let mut fields = cell::fields(view).unwrap_or_default();
    for (key, value) in contact.map(of_contact).into_iter().flatten() {
        fields.entry(key).or_insert(value);
    }
    let card = Card::of_fields(output, &fields, T::FIELDS);
    if history.is_empty() {
        card
    } else {
        card.table(EventView::FIELDS, &history.iter().map(row).collect::<Vec<_>>())
    }
}

fn of_contact(contact: &ContactDetails) -> [(&'static str, Value); 6] {
    let ContactDetails { date, postal_code, phone, email, details, .. } = contact;
    [
        ("contact_name", json!(contact.full_name())),
        ("contact_date", json!(date)),
        ("postal_code", json!(postal_code)),
        ("phone", json!(phone)),
        ("email", json!(email)),
        ("details", json!(details)),
    ]
}

/// A resource by its present name, and an account with its impersonator.
fn row(event: &EventView) -> Map<String, Value> {
    let [was, became] = &event.names;
    let by = match &event.acted_by {
        Some(acted_by) => format!("{acted_by} as {}", event.by),
        None => event.by.clone(),
    };
    let cells = [
        ("at", json!(event.at)),
        ("by", json!(by)),
        ("what", json!(event.what)),
        ("from", json!(was.as_ref().or(event.from.as_ref()))),
        ("to", json!(became.as_ref().or(event.to.as_ref()))),
    ];
    cells.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
