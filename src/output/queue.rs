//! A queue on a screen: its statuses in order, and what takes its referrals.

use super::Output;
use super::sanitize::sanitize;
use super::table::table;
use crate::model::queue::{QueueView, StatusView};
use crate::model::view::{Field, FieldKind};

const RESOURCES: &[Field] = &[
    Field::shown("code", FieldKind::Code),
    Field::shown("kind", FieldKind::Status),
    Field::shown("name", FieldKind::Text),
    Field::shown("provider_name", FieldKind::Text),
    Field::shown("state", FieldKind::Status),
];

pub(crate) fn card(view: &QueueView, output: &Output) -> String {
    let state = if view.active { "" } else { " (inactive)" };
    let statuses: Vec<String> = view.statuses.iter().map(status).collect();
    let head = format!("{}{state}\n{}\n", sanitize(&view.name), statuses.join(" → "));
    if view.resources.is_empty() {
        return head + "\nno resource takes its referrals\n";
    }
    head + "\n" + &table(RESOURCES.iter().collect(), &view.resources, output)
}

fn status(status: &StatusView) -> String {
    let marks = [(status.closed, " (closed)"), (status.retired, " (retired)")];
    let marks = marks.into_iter().filter(|(is_so, _)| *is_so).map(|(_, mark)| mark);
    sanitize(&status.label).into_owned() + &marks.collect::<String>()
}
