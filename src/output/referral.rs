//! A referral's card for people: its fields, and below them what became of it.

use serde_json::{Map, Value, json};

use super::card::card as lines;
use super::table::Table;
use super::{Field, Output, Record, Shape, shown, value};
use crate::model::referral::ChangeView;

const HISTORY: &[Field] = &[
    shown("at", Shape::Instant),
    shown("by", Shape::Text),
    shown("what", Shape::Text),
    shown("from", Shape::Text),
    shown("to", Shape::Text),
];

pub(crate) fn card<T: Record>(view: &T, history: &[ChangeView], output: &Output) -> String {
    let fields = value::fields(view).unwrap_or_default();
    lines(&fields, T::FIELDS, output.zone) + "\n" + &told(history, output)
}

fn told(history: &[ChangeView], output: &Output) -> String {
    let mut table = Table::new(HISTORY.iter().collect(), output.width, output.zone, output.colour);
    let mut text = Vec::new();
    for change in history {
        table.row(&mut text, &row(change));
    }
    table.flush(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// A resource by what it is called today, and an account with the person behind it.
fn row(change: &ChangeView) -> Map<String, Value> {
    let [was, became] = &change.names;
    let by = match &change.behind {
        Some(behind) => format!("{behind} as {}", change.by),
        None => change.by.clone(),
    };
    let cells = [
        ("at", json!(change.at)),
        ("by", json!(by)),
        ("what", json!(change.what)),
        ("from", json!(was.as_ref().or(change.from.as_ref()))),
        ("to", json!(became.as_ref().or(change.to.as_ref()))),
    ];
    cells.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
