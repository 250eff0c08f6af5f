//! A contact: its fields for scripts, and its card for people.

use super::clean::clean;
use super::table::Table;
use super::{Field, Output, Record, Shape, shown, value};
use crate::model::contact::{ContactLine, ContactReferral, ContactView};

impl Record for ContactLine {
    const FIELDS: &'static [Field] = &[
        shown("number", Shape::Text),
        shown("given", Shape::Text),
        shown("family", Shape::Text),
        shown("postal_code", Shape::Text),
        shown("date", Shape::Text),
        shown("client", Shape::Text),
    ];

    fn code(&self) -> &str {
        &self.number
    }
}

impl Record for ContactView {
    const FIELDS: &'static [Field] = &[
        shown("number", Shape::Text),
        shown("given", Shape::Text),
        shown("family", Shape::Text),
        shown("postal_code", Shape::Text),
        shown("phone", Shape::Text),
        shown("email", Shape::Text),
        shown("date", Shape::Text),
        shown("details", Shape::Text),
        shown("client", Shape::Text),
        shown("created_at", Shape::Instant),
        shown("created_by", Shape::Text),
        shown("referrals", Shape::Many),
    ];

    fn code(&self) -> &str {
        &self.submitted.number
    }
}

const REFERRALS: &[Field] = &[
    shown("code", Shape::Text),
    shown("queue", Shape::Text),
    shown("resource", Shape::Text),
    shown("status", Shape::Text),
];

/// The whole contact on a screen: who, how to be reached, what was told, and what came of it.
pub(crate) fn card(view: &ContactView, output: &Output) -> String {
    let made = view.created_at.with_timezone(&output.zone).format("%Y-%m-%d %H:%M");
    let told = &view.submitted;
    let mut text = format!("{}: {}\n", clean(&told.number), clean(&told.full_name()));
    let lines = [
        ("submitted", Some(told.date.to_string())),
        ("postal code", told.postal_code.clone()),
        ("phone", told.phone.clone()),
        ("email", told.email.clone()),
        ("client", view.client.clone()),
        ("created", Some(format!("{made} by {}", view.created_by))),
    ];
    for (label, said) in lines.iter().filter_map(|(label, said)| Some((label, said.as_ref()?))) {
        text += &format!("{label:<11}  {}\n", clean(said));
    }
    if let Some(details) = &told.details {
        text += "\n";
        details.lines().for_each(|line| text += &format!("{}\n", clean(line)));
    }
    if !view.referrals.is_empty() {
        text += &format!("\n{}", referrals(&view.referrals, output));
    }
    text
}

fn referrals(referrals: &[ContactReferral], output: &Output) -> String {
    let mut table = Table::new(REFERRALS.iter().collect(), output.width, output.zone, output.colour);
    let mut text = Vec::new();
    for fields in referrals.iter().filter_map(|referral| value::fields(referral).ok()) {
        table.row(&mut text, &fields);
    }
    table.flush(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}
