//! Settings, links and requests of sharing: their fields for scripts, and the card of a request for people.

use serde::Serialize;

use super::sanitize::sanitize;
use super::table::Table;
use super::{Field, FieldKind, Output, View, cell, hidden, shown};
use crate::model::sharing::{Effect, LinkView, RequestHistory, RequestView, SettingView};

impl View for SettingView {
    const FIELDS: &'static [Field] = &[
        hidden("provider", FieldKind::Text),
        shown("type", FieldKind::Status),
        shown("level", FieldKind::Number),
        shown("client_by_client", FieldKind::YesNo),
        shown("require_expiry", FieldKind::YesNo),
        shown("release", FieldKind::YesNo),
        shown("default_days", FieldKind::Number),
        shown("sharing", FieldKind::Status),
    ];

    fn code(&self) -> &str {
        self.data_type.name()
    }
}

impl View for LinkView {
    const FIELDS: &'static [Field] = &[
        shown("owner", FieldKind::Text),
        shown("recipient", FieldKind::Text),
        shown("type", FieldKind::Status),
        shown("sharing", FieldKind::Status),
        shown("editable", FieldKind::YesNo),
    ];

    fn code(&self) -> &str {
        &self.recipient
    }
}

impl View for RequestView {
    const FIELDS: &'static [Field] = &[
        shown("code", FieldKind::Code),
        shown("client", FieldKind::Code),
        shown("owner", FieldKind::Text),
        shown("recipient", FieldKind::Text),
        shown("type", FieldKind::Status),
        shown("status", FieldKind::Status),
        hidden("signed", FieldKind::Date),
        shown("expires", FieldKind::Date),
        hidden("note", FieldKind::Text),
        hidden("requested_at", FieldKind::Age),
        hidden("requested_by", FieldKind::Code),
        hidden("answered_at", FieldKind::Age),
        hidden("answered_by", FieldKind::Code),
    ];

    fn code(&self) -> &str {
        &self.code
    }
}

impl View for RequestHistory {
    const FIELDS: &'static [Field] = &[
        shown("code", FieldKind::Code),
        shown("client", FieldKind::Code),
        shown("owner", FieldKind::Text),
        shown("recipient", FieldKind::Text),
        shown("type", FieldKind::Status),
        shown("status", FieldKind::Status),
        shown("signed", FieldKind::Date),
        shown("expires", FieldKind::Date),
        shown("note", FieldKind::Text),
        shown("requested_at", FieldKind::Age),
        shown("requested_by", FieldKind::Code),
        shown("answered_at", FieldKind::Age),
        shown("answered_by", FieldKind::Code),
        shown("answers", FieldKind::Many),
    ];

    fn code(&self) -> &str {
        &self.request.code
    }
}

/// A thing that was changed, and what that does to those who look.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Changed<T> {
    #[serde(flatten)]
    pub(crate) object: T,
    #[serde(flatten)]
    pub(crate) effect: Effect,
}

impl<T: View> View for Changed<T> {
    const FIELDS: &'static [Field] = T::FIELDS;

    fn code(&self) -> &str {
        self.object.code()
    }
}

const ANSWERS: &[Field] = &[
    shown("label", FieldKind::Status),
    shown("signed", FieldKind::Date),
    shown("expires", FieldKind::Date),
    shown("by", FieldKind::Code),
    shown("from", FieldKind::Instant),
    shown("until", FieldKind::Instant),
];

/// Who asks whom for what, how it stands, and the labels it has had.
pub(crate) fn card(history: &RequestHistory, output: &Output) -> String {
    let request = &history.request;
    let RequestView { code, client, owner, recipient, .. } = request;
    let kind = request.data_type.name();
    let mut text = format!("{code}: {}\n", request.status.name());
    text += &format!("`{}` asks `{}` for {kind} of {client}\n", sanitize(recipient), sanitize(owner));
    if let Some(day) = request.expires {
        text += &format!("last day   {day}\n");
    }
    if let Some(note) = &request.note {
        let lines: Vec<_> = note.lines().map(sanitize).collect();
        text += &format!("note       {}\n", lines.join("\n           "));
    }
    let mut table = Table::new(ANSWERS.iter().collect(), output.width, output.zone, output.colour);
    let mut rows = Vec::new();
    for fields in history.answers.iter().filter_map(|answer| cell::fields(answer).ok()) {
        table.row(&mut rows, &fields);
    }
    table.flush(&mut rows);
    text + "\n" + &String::from_utf8_lossy(&rows)
}
