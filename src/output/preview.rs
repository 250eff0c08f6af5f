//! An import before it is confirmed: its first rows as they would be taken, and what the columns of its tables are.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::cell::{Fields, plain};
use super::rejects::tally_words;
use super::{Card, Outcome, Output, to_stderr};
use crate::model::directory::Reject;
use crate::model::remarks::{Layout, Remarks};
use crate::model::tally::Tally;
use crate::model::view::{Field, FieldKind};

/// So many rows are shown.
const ROWS: usize = 5;
/// A longer text is cut, so that the rows stay on one screen.
const LONGEST: usize = 60;
/// So many tables that differ in their columns are described.
const TABLES: usize = 3;

/// The columns before those of the thing.
const OF_A_ROW: &[Field] =
    &[Field::shown("row", FieldKind::Number), Field::ranked("result", FieldKind::Status, 9)];

/// The first rows in the order of their files, though they may come in another.
#[derive(Default)]
pub(crate) struct FirstRows {
    files: Vec<String>,
    /// By file, line and order of arrival.
    rows: BTreeMap<(usize, u64, usize), Fields>,
    known: &'static [Field],
}

impl FirstRows {
    fn place(&self, row: &Reject) -> (usize, u64, usize) {
        let file = self.files.iter().position(|file| *file == row.file).unwrap_or(self.files.len());
        (file, row.line.unwrap_or_default(), self.rows.len())
    }

    pub(super) fn wants(&self, row: &Reject) -> bool {
        self.rows.len() < ROWS || self.rows.keys().next_back().is_some_and(|last| self.place(row) < *last)
    }

    pub(super) fn add(&mut self, row: &Reject, outcome: Outcome, known: &'static [Field], thing: &Fields) {
        let place = self.place(row);
        if !self.files.contains(&row.file) {
            self.files.push(row.file.clone());
        }
        self.known = known;
        let own = [("row".to_owned(), json!(row.line)), ("result".to_owned(), json!(outcome))];
        // The code of what is new is drawn again when it is created.
        let stands = |key: &str| key != "code" || outcome != Outcome::Created;
        let thing = thing.iter().filter(|(key, _)| stands(key));
        let fields = own.into_iter().chain(thing.map(|(key, value)| (key.clone(), short(value)))).collect();
        self.rows.insert(place, fields);
        if self.rows.len() > ROWS {
            self.rows.pop_last();
        }
    }

    /// The columns of a list, and those that the tables have; none that says nothing, and no result that is that of all.
    fn fields(&self, layouts: &[Layout]) -> Vec<&'static Field> {
        let is_read =
            |key: &str| layouts.iter().flat_map(|layout| &layout.columns).any(|(_, field)| *field == key);
        let nothing = [json!(null), json!(""), json!([])];
        let says = |field: &&Field| {
            self.rows.values().filter_map(|row| row.get(field.key)).any(|value| !nothing.contains(value))
        };
        let known = self.known.iter().filter(|field| field.shown || is_read(field.key));
        let results: BTreeSet<_> = self.rows.values().map(|row| row.get("result").map(plain)).collect();
        let own = OF_A_ROW.iter().filter(|field| field.key != "result" || results.len() > 1);
        own.chain(known).filter(says).collect()
    }
}

fn short(value: &Value) -> Value {
    match value.as_str().filter(|text| text.chars().count() > LONGEST) {
        Some(text) => text.chars().take(LONGEST - 1).chain(['…']).collect::<String>().into(),
        None => value.clone(),
    }
}

impl Output {
    /// On stderr, where the question is asked.
    pub(super) fn preview(&self, first: &FirstRows, remarks: &Remarks, cleared: &Tally) {
        let layouts = &remarks.layouts;
        let of_tables = layouts.iter().take(TABLES).flat_map(|layout| {
            [
                ("columns", Some(layout.words())),
                ("dates", layout.dates.map(str::to_owned)),
                ("encoding", layout.encoding.map(str::to_owned)),
            ]
        });
        // Of tables a note says it.
        let not_kept = Some(&remarks.not_kept).filter(|_| layouts.is_empty()).map(tally_words);
        let of_all = [("not kept", not_kept), ("clears", Some(tally_words(cleared).replace('_', " ")))];
        let rows: Vec<&Fields> = first.rows.values().collect();
        let card = Card::new(self, "The first rows, as they would be taken:")
            .table_of(first.fields(layouts).into_iter(), &rows)
            .blank()
            .lines(of_tables.chain(of_all));
        let (text, left_out) = card.into_parts();
        to_stderr(text.trim_end());
        self.note_left_out(&left_out, "a wider terminal");
    }
}
