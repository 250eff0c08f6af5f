//! Settings, links and requests of sharing: their fields for scripts, and the card of a request for people.

use serde::Serialize;

use super::clean::clean;
use super::table::Table;
use super::{Field, Output, Record, Shape, hidden, shown, value};
use crate::model::sharing::{Effect, LinkView, RequestHistory, RequestView, SettingView};

impl Record for SettingView {
    const FIELDS: &'static [Field] = &[
        hidden("provider", Shape::Text),
        shown("type", Shape::Text),
        shown("level", Shape::Number),
        shown("client_by_client", Shape::YesNo),
        shown("require_expiry", Shape::YesNo),
        shown("release", Shape::YesNo),
        shown("default_days", Shape::Number),
        shown("sharing", Shape::Text),
    ];

    fn code(&self) -> &str {
        self.data_type.name()
    }
}

impl Record for LinkView {
    const FIELDS: &'static [Field] = &[
        shown("owner", Shape::Text),
        shown("recipient", Shape::Text),
        shown("type", Shape::Text),
        shown("sharing", Shape::Text),
        shown("editable", Shape::YesNo),
    ];

    fn code(&self) -> &str {
        &self.recipient
    }
}

impl Record for RequestView {
    const FIELDS: &'static [Field] = &[
        shown("code", Shape::Text),
        shown("client", Shape::Text),
        shown("owner", Shape::Text),
        shown("recipient", Shape::Text),
        shown("type", Shape::Text),
        shown("status", Shape::Text),
        hidden("signed", Shape::Text),
        shown("expires", Shape::Text),
        hidden("note", Shape::Text),
        hidden("requested_at", Shape::Instant),
        hidden("requested_by", Shape::Text),
        hidden("answered_at", Shape::Instant),
        hidden("answered_by", Shape::Text),
    ];

    fn code(&self) -> &str {
        &self.code
    }
}

impl Record for RequestHistory {
    const FIELDS: &'static [Field] = &[
        shown("code", Shape::Text),
        shown("client", Shape::Text),
        shown("owner", Shape::Text),
        shown("recipient", Shape::Text),
        shown("type", Shape::Text),
        shown("status", Shape::Text),
        shown("signed", Shape::Text),
        shown("expires", Shape::Text),
        shown("note", Shape::Text),
        shown("requested_at", Shape::Instant),
        shown("requested_by", Shape::Text),
        shown("answered_at", Shape::Instant),
        shown("answered_by", Shape::Text),
        shown("answers", Shape::Many),
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

impl<T: Record> Record for Changed<T> {
    const FIELDS: &'static [Field] = T::FIELDS;

    fn code(&self) -> &str {
        self.object.code()
    }
}

const ANSWERS: &[Field] = &[
    shown("label", Shape::Text),
    shown("signed", Shape::Text),
    shown("expires", Shape::Text),
    shown("by", Shape::Text),
    shown("from", Shape::Instant),
    shown("until", Shape::Instant),
];

/// Who asks whom for what, how it stands, and the labels it has had.
pub(crate) fn card(history: &RequestHistory, output: &Output) -> String {
    let request = &history.request;
    let RequestView { code, client, owner, recipient, .. } = request;
    let kind = request.data_type.name();
    let mut text = format!("{code}: {}\n", request.status.name());
    text += &format!("`{}` asks `{}` for {kind} of {client}\n", clean(recipient), clean(owner));
    if let Some(day) = request.expires {
        text += &format!("last day   {day}\n");
    }
    if let Some(note) = &request.note {
        let lines: Vec<_> = note.lines().map(clean).collect();
        text += &format!("note       {}\n", lines.join("\n           "));
    }
    let mut table = Table::new(ANSWERS.iter().collect(), output.width, output.zone, output.colour);
    let mut rows = Vec::new();
    for fields in history.answers.iter().filter_map(|answer| value::fields(answer).ok()) {
        table.row(&mut rows, &fields);
    }
    table.flush(&mut rows);
    text + "\n" + &String::from_utf8_lossy(&rows)
}
