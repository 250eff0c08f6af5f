//! A contact: its fields for scripts, and its card for people.

use super::sanitize::sanitize;
use super::table::Table;
use super::{Output, cell};
use crate::model::contact::{ContactReferral, ContactView};
use crate::model::view::{Field, FieldKind};

const REFERRALS: &[Field] = &[
    Field::shown("code", FieldKind::Code),
    Field::shown("queue", FieldKind::Text),
    Field::shown("resource", FieldKind::Text),
    Field::shown("status", FieldKind::Status),
];

/// The whole contact on a screen: who, how to be reached, what was told, and what came of it.
pub(crate) fn card(view: &ContactView, output: &Output) -> String {
    let made = output.zone.local(view.created_at);
    let submitted = &view.submitted;
    let mut text = format!("{}: {}\n", sanitize(&submitted.number), sanitize(&submitted.full_name()));
    let lines = [
        ("submitted", Some(submitted.date.to_string())),
        ("postal code", submitted.postal_code.clone()),
        ("phone", submitted.phone.clone()),
        ("email", submitted.email.clone()),
        ("client", view.client.clone()),
        ("created", Some(format!("{made} by {}", view.created_by))),
    ];
    for (label, content) in lines.iter().filter_map(|(label, content)| Some((label, content.as_ref()?))) {
        text += &format!("{label:<11}  {}\n", sanitize(content));
    }
    if let Some(details) = &submitted.details {
        text += "\n";
        details.lines().for_each(|line| text += &format!("{}\n", sanitize(line)));
    }
    if !view.referrals.is_empty() {
        text += &format!("\n{}", referrals(&view.referrals, output));
    }
    text
}

fn referrals(referrals: &[ContactReferral], output: &Output) -> String {
    let mut table = Table::new(REFERRALS.iter().collect(), output.width, output.zone, output.colour);
    let mut text = Vec::new();
    for fields in referrals.iter().filter_map(|referral| cell::fields(referral).ok()) {
        table.row(&mut text, &fields);
    }
    table.flush(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}
