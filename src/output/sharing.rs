//! The card of a request for people.

use chrono::NaiveDate;

use super::{Card, Output};
use crate::model::sharing::{Answer, RequestHistory, RequestView};
use crate::model::view::View;

/// The parties, data type, status and history of a request.
pub(crate) fn card<'a>(history: &RequestHistory, output: &'a Output) -> Card<'a> {
    let RequestView { code, owner_name, recipient_name, data_type, status, .. } = &history.request;
    let RequestView { expires_on, lapses_on, reason, note, .. } = &history.request;
    let day = |day: &Option<NaiveDate>| day.map(|day| day.to_string());
    Card::new(output, &format!("{code}: {status}"))
        .text(&format!(
            "`{recipient_name}` asks `{owner_name}` for {data_type} of {}",
            client(&history.request)
        ))
        .lines([
            ("last day", day(expires_on)),
            ("waits until", day(lapses_on)),
            ("reason", reason.clone()),
            ("note", note.clone()),
        ])
        .table(Answer::FIELDS, &history.answers)
}

fn client(request: &RequestView) -> String {
    let RequestView { client, client_name, birth_date, .. } = request;
    let Some(name) = client_name else { return client.clone() };
    let born = birth_date.map(|day| format!(", born {day}")).unwrap_or_default();
    format!("{name} ({client}{born})")
}
