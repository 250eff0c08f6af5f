//! Settings, links and requests of sharing: their fields for scripts, and the card of a request for people.

use serde::Serialize;

use super::{Card, Output};
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
pub(crate) fn card<'a>(history: &RequestHistory, output: &'a Output) -> Card<'a> {
    let request = &history.request;
    let RequestView { code, client, owner, recipient, .. } = request;
    let kind = request.data_type.name();
    Card::new(output, &format!("{code}: {}", request.status.name()))
        .text(&format!("`{recipient}` asks `{owner}` for {kind} of {client}"))
        .lines([("last day", request.expires.map(|day| day.to_string())), ("note", request.note.clone())])
        .table(ANSWERS, &history.answers)
}
