//! A release of information: its fields for scripts, and its card for people.

use chrono::{DateTime, Utc};

use super::sanitize::sanitize;
use super::table::Table;
use super::{Output, cell};
use crate::model::release::{Element, ReleaseCard, ReleaseStatus, ReleaseView};
use crate::model::view::{Field, FieldKind};

const ELEMENTS: &[Field] = &[
    Field::shown("element", FieldKind::Text),
    Field::shown("held", FieldKind::YesNo),
    Field::shown("fact", FieldKind::Text),
    Field::shown("source", FieldKind::Text),
];

/// How it stands, what it lets whom see, its document, and what a valid release holds.
pub(crate) fn card(card: &ReleaseCard, output: &Output) -> String {
    let view = &card.release;
    let at = |instant: &DateTime<Utc>| output.zone.local(*instant);
    let mut text = format!("{}: {}\n", view.code, standing(view));
    let mut line = |key: &str, content: String| text += &format!("{key:10} {}\n", sanitize(&content));
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
        (ReleaseStatus::Active, Some(last)) => format!("active until {last}"),
        (ReleaseStatus::Active, None) => "active, without a last day".to_owned(),
        (ReleaseStatus::Expired, Some(last)) => format!("expired, its last day was {last}"),
        (status, _) => status.name().to_owned(),
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
    for fields in elements.iter().filter_map(|element| cell::fields(element).ok()) {
        table.row(&mut text, &fields);
    }
    table.flush(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}
