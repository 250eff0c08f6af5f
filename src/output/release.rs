//! A release of information: its fields for scripts, and its card for people.

use chrono::{DateTime, Utc};

use super::clean::clean;
use super::table::Table;
use super::{Field, Output, Record, Shape, hidden, shown, value};
use crate::model::release::{Element, ReleaseCard, ReleaseView, Revoked};

/// Those of a release, and what comes after them.
macro_rules! fields {
    ($($more:expr),*) => { &[
        shown("code", Shape::Text),
        hidden("client", Shape::Text),
        shown("client_name", Shape::Text),
        shown("owner", Shape::Text),
        hidden("owner_code", Shape::Text),
        shown("type", Shape::Text),
        shown("status", Shape::Text),
        shown("signed_on", Shape::Text),
        shown("expires_on", Shape::Text),
        hidden("expiry_event", Shape::Text),
        hidden("signed_by", Shape::Text),
        hidden("signed_as", Shape::Text),
        hidden("purpose", Shape::Text),
        shown("all_providers", Shape::YesNo),
        shown("recipients", Shape::Many),
        hidden("media_type", Shape::Text),
        hidden("size", Shape::Number),
        hidden("sha256", Shape::Text),
        hidden("created_at", Shape::Instant),
        hidden("created_by", Shape::Text),
        hidden("revoked_at", Shape::Instant),
        hidden("revoked_by", Shape::Text),
        hidden("lacks", Shape::Text),
        $($more),*
    ] };
}

impl Record for ReleaseView {
    const FIELDS: &'static [Field] = fields![];

    fn code(&self) -> &str {
        &self.code
    }
}

impl Record for ReleaseCard {
    const FIELDS: &'static [Field] = fields![hidden("elements", Shape::Many)];

    fn code(&self) -> &str {
        &self.release.code
    }
}

impl Record for Revoked {
    const FIELDS: &'static [Field] = fields![hidden("losses", Shape::Many)];

    fn code(&self) -> &str {
        &self.release.code
    }
}

const ELEMENTS: &[Field] = &[
    shown("element", Shape::Text),
    shown("held", Shape::YesNo),
    shown("fact", Shape::Text),
    shown("source", Shape::Text),
];

/// How it stands, what it lets whom see, its document, and what a valid release holds.
pub(crate) fn card(card: &ReleaseCard, output: &Output) -> String {
    let view = &card.release;
    let at =
        |instant: &DateTime<Utc>| instant.with_timezone(&output.zone).format("%Y-%m-%d %H:%M").to_string();
    let mut text = format!("{}: {}\n", view.code, standing(view));
    let mut line = |key: &str, said: String| text += &format!("{key:10} {}\n", clean(&said));
    line("client", format!("{} ({})", view.client_name, view.client));
    line("owner", format!("{} ({})", view.owner, view.owner_code));
    line("shows", format!("{} to {}", view.data_type, recipients(view)));
    line("signed", signature(view));
    if let Some(event) = &view.expiry_event {
        line("ends with", event.clone());
    }
    if let Some(purpose) = &view.purpose {
        line("purpose", purpose.clone());
    }
    line("document", format!("{}, {} bytes", view.media_type, view.size));
    line("sha256", view.sha256.clone());
    line("added", format!("{} by {}", at(&view.created_at), view.created_by));
    if let (Some(when), Some(who)) = (&view.revoked_at, &view.revoked_by) {
        line("revoked", format!("{} by {who}", at(when)));
    }
    text + "\n" + &elements(&card.elements, output)
}

fn standing(view: &ReleaseView) -> String {
    match (view.status, view.expires_on) {
        ("active", Some(last)) => format!("active until {last}"),
        ("active", None) => "active, without a last day".to_owned(),
        ("expired", Some(last)) => format!("expired, its last day was {last}"),
        (status, _) => status.to_owned(),
    }
}

fn recipients(view: &ReleaseView) -> String {
    if view.all_providers {
        return "all providers".to_owned();
    }
    view.recipients.iter().map(|named| named.provider.as_str()).collect::<Vec<_>>().join(", ")
}

fn signature(view: &ReleaseView) -> String {
    let by = view.signed_by.as_ref().map(|name| format!(" by {name}")).unwrap_or_default();
    let right = view.signed_as.as_ref().map(|right| format!(" ({right})")).unwrap_or_default();
    format!("{}{by}{right}", view.signed_on)
}

fn elements(elements: &[Element], output: &Output) -> String {
    let mut table = Table::new(ELEMENTS.iter().collect(), output.width, output.zone, output.colour);
    let mut text = Vec::new();
    for fields in elements.iter().filter_map(|element| value::fields(element).ok()) {
        table.row(&mut text, &fields);
    }
    table.flush(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}
