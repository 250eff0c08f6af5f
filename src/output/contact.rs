//! A contact: its fields for scripts, and its card for people.

use super::sanitize::sanitize;
use super::table::Table;
use super::{Field, FieldKind, Output, View, cell, shown};
use crate::model::contact::{ContactLine, ContactReferral, ContactView};

impl View for ContactLine {
    const FIELDS: &'static [Field] = &[
        shown("number", FieldKind::Code),
        shown("given", FieldKind::Text),
        shown("family", FieldKind::Text),
        shown("postal_code", FieldKind::Code),
        shown("date", FieldKind::Date),
        shown("client", FieldKind::Code),
    ];

    fn code(&self) -> &str {
        &self.number
    }
}

impl View for ContactView {
    const FIELDS: &'static [Field] = &[
        shown("number", FieldKind::Code),
        shown("given", FieldKind::Text),
        shown("family", FieldKind::Text),
        shown("postal_code", FieldKind::Code),
        shown("phone", FieldKind::Code),
        shown("email", FieldKind::Text),
        shown("date", FieldKind::Date),
        shown("details", FieldKind::Text),
        shown("client", FieldKind::Code),
        shown("created_at", FieldKind::Age),
        shown("created_by", FieldKind::Code),
        shown("referrals", FieldKind::Many),
    ];

    fn code(&self) -> &str {
        &self.submitted.number
    }
}

const REFERRALS: &[Field] = &[
    shown("code", FieldKind::Code),
    shown("queue", FieldKind::Text),
    shown("resource", FieldKind::Text),
    shown("status", FieldKind::Status),
];

/// The whole contact on a screen: who, how to be reached, what was told, and what came of it.
pub(crate) fn card(view: &ContactView, output: &Output) -> String {
    let made = view.created_at.with_timezone(&output.zone).format("%Y-%m-%d %H:%M");
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
