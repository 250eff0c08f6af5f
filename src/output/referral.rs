//! A referral: its fields for scripts in each measure (rule 2.7), and its card for people.

use serde_json::{Map, Value, json};

use super::card::card as lines;
use super::table::Table;
use super::{Output, cell};
use crate::model::contact::ContactDetails;
use crate::model::referral::ChangeView;
use crate::model::view::{Field, FieldKind, View};

const HISTORY: &[Field] = &[
    Field::shown("at", FieldKind::Instant),
    Field::shown("by", FieldKind::Code),
    Field::shown("what", FieldKind::Status),
    Field::shown("from", FieldKind::Text),
    Field::shown("to", FieldKind::Text),
];

/// The fields, those of the contact that are not among them yet, and below what became of it.
pub(crate) fn card<T: View>(
    view: &T,
    contact: Option<&ContactDetails>,
    history: &[ChangeView],
    output: &Output,
) -> String {
    let mut fields = cell::fields(view).unwrap_or_default();
    for (key, content) in contact.map(of_contact).into_iter().flatten() {
        fields.entry(key).or_insert(content);
    }
    let text = lines(&fields, T::FIELDS, output.zone);
    if history.is_empty() { text } else { text + "\n" + &history_text(history, output) }
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

fn history_text(history: &[ChangeView], output: &Output) -> String {
    let mut table = Table::new(HISTORY.iter().collect(), output.width, output.zone, output.colour);
    let mut text = Vec::new();
    for change in history {
        table.row(&mut text, &row(change));
    }
    table.flush(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// A resource by what it is called today, and an account with the person behind it.
fn row(change: &ChangeView) -> Map<String, Value> {
    let [was, became] = &change.names;
    let by = match &change.acted_by {
        Some(acted_by) => format!("{acted_by} as {}", change.by),
        None => change.by.clone(),
    };
    let cells = [
        ("at", json!(change.at)),
        ("by", json!(by)),
        ("what", json!(change.what)),
        ("from", json!(was.as_ref().or(change.from.as_ref()))),
        ("to", json!(became.as_ref().or(change.to.as_ref()))),
    ];
    cells.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
