//! The card of a queue: its statuses in order, and its resources.

use super::{Card, Output};
use crate::model::queue::{LinkedView, QueueView, Status};
use crate::model::view::View;

pub(crate) fn card<'a>(view: &QueueView, output: &'a Output) -> Card<'a> {
    let state = if view.active { "" } else { " (inactive)" };
    let statuses: Vec<String> = view.statuses.iter().map(status).collect();
    let card = Card::new(output, &format!("{}{state}", view.name)).text(&statuses.join(" → "));
    if view.resources.is_empty() {
        return card.blank().text("no resource takes its referrals");
    }
    card.table(LinkedView::FIELDS, &view.resources)
}

fn status(status: &Status) -> String {
    let marks = [(status.closed, " (closed)"), (status.retired, " (retired)")];
    let marks = marks.into_iter().filter(|(applies, _)| *applies).map(|(_, mark)| mark);
    status.label.clone() + &marks.collect::<String>()
}
