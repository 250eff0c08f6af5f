//! The card of an operation for people.

use super::{Card, Output};
use crate::model::history::HistoryLine;
use crate::model::operation::{Hindrance, OperationCard};
use crate::model::view::View;

/// When and by whom, what it changed, and what is in the way of taking it back.
pub(crate) fn card<'a>(card: &OperationCard, output: &'a Output) -> Card<'a> {
    let view = &card.operation;
    let number = view.number;
    let title = format!("{number}: {} of {}, {}", view.action, view.on, view.status.name().replace('_', " "));
    let undo = match (&view.undone_by, view.can_be_undone) {
        (Some(undo), _) => Some(format!("`caredesk undo {undo}` does it again")),
        (None, true) => Some(format!("`caredesk undo {number}` takes it back")),
        (None, false) => view.why_not.clone(),
    };
    Card::new(output, &title)
        .lines([
            ("done", Some(format!("{} by {}", output.past(view.at), output.login(&view.by)))),
            ("acted by", view.acted_by.as_ref().map(|login| output.login(login))),
            ("import", view.import.clone()),
            ("undoes", view.undoes.map(|number| format!("operation {number}"))),
            ("undone", view.undone_at.map(|at| output.past(at))),
            ("undo", undo),
        ])
        .table(HistoryLine::FIELDS, &card.changes)
        .table(Hindrance::FIELDS, &card.in_the_way)
}
