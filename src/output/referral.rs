//! A referral: its fields for scripts in each measure (rule 2.7), and its card for people.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::card::card as lines;
use super::table::Table;
use super::{Field, FieldKind, Output, View, cell, hidden, shown};
use crate::model::contact::ContactDetails;
use crate::model::referral::{ChangeView, PortalReferralDetails, PortalReferralView, ReferralView};

/// What `show` gives to staff.
#[derive(Serialize)]
pub(crate) struct WholeCard {
    #[serde(flatten)]
    pub(crate) referral: ReferralView,
    pub(crate) contact: Option<ContactDetails>,
    pub(crate) history: Vec<ChangeView>,
}

/// What `show` gives to a portal account with access-contact-details.
#[derive(Serialize)]
pub(crate) struct DetailsCard {
    #[serde(flatten)]
    pub(crate) referral: PortalReferralDetails,
    pub(crate) contact: Option<ContactDetails>,
}

/// Staff: fourteen fields in a list; a card has two more.
const WHOLE: [Field; 16] = [
    shown("code", FieldKind::Code),
    shown("queue", FieldKind::Text),
    shown("status", FieldKind::Status),
    hidden("closed", FieldKind::YesNo),
    shown("client", FieldKind::Code),
    shown("client_name", FieldKind::Text),
    hidden("contact_number", FieldKind::Code),
    shown("resource", FieldKind::Text),
    hidden("resource_code", FieldKind::Code),
    hidden("provider", FieldKind::Text),
    hidden("assigned_at", FieldKind::Age),
    shown("note", FieldKind::Text),
    shown("created_at", FieldKind::Age),
    hidden("created_by", FieldKind::Code),
    hidden("contact", FieldKind::Text),
    hidden("history", FieldKind::Many),
];

/// A portal account: the code and eight fields; with access-contact-details two more, and in a card a third.
const PORTAL: [Field; 12] = [
    shown("code", FieldKind::Code),
    shown("queue", FieldKind::Text),
    shown("resource", FieldKind::Text),
    shown("contact_number", FieldKind::Code),
    shown("status", FieldKind::Status),
    shown("note", FieldKind::Text),
    shown("contact_name", FieldKind::Text),
    shown("contact_date", FieldKind::Date),
    shown("postal_code", FieldKind::Code),
    hidden("client", FieldKind::Code),
    hidden("client_name", FieldKind::Text),
    hidden("contact", FieldKind::Text),
];

impl View for ReferralView {
    const FIELDS: &'static [Field] = WHOLE.split_at(14).0;

    fn code(&self) -> &str {
        &self.code
    }
}

impl View for WholeCard {
    const FIELDS: &'static [Field] = &WHOLE;

    fn code(&self) -> &str {
        &self.referral.code
    }
}

impl View for PortalReferralView {
    const FIELDS: &'static [Field] = PORTAL.split_at(9).0;

    fn code(&self) -> &str {
        &self.code
    }
}

impl View for PortalReferralDetails {
    const FIELDS: &'static [Field] = PORTAL.split_at(11).0;

    fn code(&self) -> &str {
        &self.referral.code
    }
}

impl View for DetailsCard {
    const FIELDS: &'static [Field] = &PORTAL;

    fn code(&self) -> &str {
        &self.referral.referral.code
    }
}

const HISTORY: &[Field] = &[
    shown("at", FieldKind::Instant),
    shown("by", FieldKind::Code),
    shown("what", FieldKind::Status),
    shown("from", FieldKind::Text),
    shown("to", FieldKind::Text),
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
