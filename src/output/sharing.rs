//! Settings, links and requests of sharing: their fields for scripts, and the card of a request for people.

use serde::Serialize;

use super::sanitize::sanitize;
use super::table::Table;
use super::{Output, cell};
use crate::model::sharing::{Effect, RequestHistory, RequestView};
use crate::model::view::{Field, FieldKind, View};

/// A thing that was changed, and what that does to those who look.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub(crate) struct Changed<T> {
    #[serde(flatten)]
    pub(crate) object: T,
    #[serde(flatten)]
    pub(crate) effect: Effect,
}

impl<T: View> View for Changed<T> {
    const NOUN: &'static str = T::NOUN;
    const FIELDS: &'static [Field] = T::FIELDS;

    fn code(&self) -> &str {
        self.object.code()
    }
}

const ANSWERS: &[Field] = &[
    Field::shown("label", FieldKind::Status),
    Field::shown("signed", FieldKind::Date),
    Field::shown("expires", FieldKind::Date),
    Field::shown("by", FieldKind::Code),
    Field::shown("from", FieldKind::Instant),
    Field::shown("until", FieldKind::Instant),
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
