//! The card of a request for people.

use super::{Card, Output};
use crate::model::sharing::{Answer, RequestHistory, RequestView};
use crate::model::view::View;

/// The parties, data type, status and history of a request.
pub(crate) fn card<'a>(history: &RequestHistory, output: &'a Output) -> Card<'a> {
    let RequestView { code, client, owner_name, recipient_name, data_type, status, .. } = &history.request;
    let (expires, note) = (history.request.expires_on, history.request.note.clone());
    Card::new(output, &format!("{code}: {status}"))
        .text(&format!("`{recipient_name}` asks `{owner_name}` for {data_type} of {client}"))
        .lines([("last day", expires.map(|day| day.to_string())), ("note", note)])
        .table(Answer::FIELDS, &history.answers)
}
