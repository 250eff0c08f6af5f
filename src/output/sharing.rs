//! The card of a request for people.

use chrono::NaiveDate;

use super::{Card, Output};
use crate::model::sharing::{Answer, RequestHistory, RequestView, Way};
use crate::model::view::View;

/// The parties, data type, status and history of a request.
pub(crate) fn card<'a>(history: &RequestHistory, output: &'a Output) -> Card<'a> {
    let RequestView { code, owner_name, recipient_name, data_type, status, .. } = &history.request;
    let RequestView { expires_on, lapses_on, signed_by, signed_as, reason, purpose, note, .. } =
        &history.request;
    let day = |day: &Option<NaiveDate>| day.map(|day| day.to_string());
    Card::new(output, &format!("{code}: {status}"))
        .text(&format!(
            "`{recipient_name}` asks `{owner_name}` for {data_type} of {}",
            client(&history.request)
        ))
        .lines([
            ("last day", day(expires_on)),
            ("waits until", day(lapses_on)),
            ("signed by", signed_by.clone()),
            ("signed as", signed_as.clone()),
            ("withdrawn", withdrawn(history.request.withdrawn_on, history.request.withdrawn_how)),
            ("reason", reason.clone()),
            ("purpose", purpose.clone()),
            ("note", note.clone()),
        ])
        .table(Answer::FIELDS, &history.answers)
}

/// When and how the client has withdrawn what has ended by it.
pub(super) fn withdrawn(on: Option<NaiveDate>, how: Option<Way>) -> Option<String> {
    on.map(|on| how.map_or(on.to_string(), |how| format!("{on} ({how})")))
}

fn client(request: &RequestView) -> String {
    let RequestView { client, client_name, birth_date, .. } = request;
    let Some(name) = client_name else { return client.clone() };
    let born = birth_date.map(|day| format!(", born {day}")).unwrap_or_default();
    format!("{name} ({client}{born})")
}
