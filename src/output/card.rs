//! A card for people: a title, a line for each filled field, and tables of related things.

use anstyle::Style;
use serde::Serialize;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::Output;
use super::cell::{self, Fields, Times, cell};
use super::grid::{self, Column};
use super::layout::{GAP, Need, fit};
use super::sanitize::sanitize;
use super::style::{STRONG, paint};
use super::table::{LeftOut, Table};
use crate::model::view::Field;

/// The minimum width of a value.
const NARROWEST: usize = 16;

pub(crate) struct Card<'a> {
    output: &'a Output,
    text: String,
    left_out: LeftOut,
}

/// Cells side by side: the first in a style, the last as wide as there is room. Below them a command,
/// unbroken so that it can be copied.
pub(super) struct Marked<const N: usize> {
    pub(super) style: Style,
    pub(super) cells: [String; N],
    pub(super) command: Option<String>,
}

impl<'a> Card<'a> {
    /// `title` names the thing and its status.
    pub(super) fn new(output: &'a Output, title: &str) -> Self {
        let mut card = Card { output, text: String::new(), left_out: LeftOut::default() };
        for line in card.wrapped(&sanitize(title)) {
            card.put(&paint(&line, STRONG, output.colour));
        }
        card
    }

    /// A card of one sentence.
    pub(crate) fn sentence(output: &'a Output, sentence: &str) -> Self {
        Card::new(output, "").text(sentence)
    }

    /// A line for each filled field.
    pub(super) fn of_fields(output: &'a Output, fields: &Fields, known: &[Field]) -> Self {
        let is_asked_for = output.columns.is_some();
        let says_something =
            |value: &Value| is_asked_for || value.as_array().is_none_or(|items| !items.is_empty());
        let lines = fields.iter().filter(|(_, value)| says_something(value)).map(|(key, value)| {
            let (label, kind) = cell::known(key, known);
            (label, Some(cell(value, kind, Times::Both, output)))
        });
        Card::new(output, "").lines(lines)
    }

    /// A text of any number of lines. Its line breaks stay.
    pub(super) fn text(mut self, text: &str) -> Self {
        for line in self.wrapped(text) {
            self.put(&line);
        }
        self
    }

    pub(super) fn blank(mut self) -> Self {
        self.text.push('\n');
        self
    }

    /// Labels and values; an absent or empty value has no line.
    pub(super) fn lines<L: AsRef<str>>(
        mut self, lines: impl IntoIterator<Item = (L, Option<String>)>,
    ) -> Self {
        let lines: Vec<(L, String)> = lines
            .into_iter()
            .filter_map(|(label, value)| Some((label, value.filter(|value| !value.is_empty())?)))
            .collect();
        let label_width = lines.iter().map(|(label, _)| label.as_ref().width()).max().unwrap_or(0);
        for (label, value) in lines {
            let value = multiline(&value);
            let widths = [label_width, self.value_width(&value, label_width + GAP)];
            let columns = widths.map(Column::left);
            for line in grid::lines(&columns, [vec![label.as_ref().to_owned(), value]]) {
                self.put(&line);
            }
        }
        self
    }

    /// A table of related things, below a blank line, with those of their columns that a list shows.
    pub(super) fn table<T: Serialize>(self, fields: &'static [Field], rows: &[T]) -> Self {
        self.table_of(fields.iter().filter(|field| field.shown), rows)
    }

    /// The same with these columns, without the empty ones. Without room for instants and ages it shows only the ages.
    pub(super) fn table_of<T: Serialize>(
        mut self, fields: impl Iterator<Item = &'static Field>, rows: &[T],
    ) -> Self {
        let rows: Vec<Fields> = rows.iter().filter_map(|row| cell::fields(row).ok()).collect();
        let says = |field: &&'static Field| {
            rows.iter().any(|row| row.get(field.key).is_some_and(|value| !value.is_null()))
        };
        let fields: Vec<&Field> = fields.filter(says).collect();
        let draw = |times| {
            let mut table = Table::new(fields.clone(), times, self.output);
            let mut text = Vec::new();
            for row in &rows {
                table.row(&mut text, row);
            }
            table.flush(&mut text, true);
            (text, table.left_out())
        };
        let (mut text, mut left_out) = draw(Times::Both);
        if !left_out.full.is_empty() {
            (text, left_out) = draw(Times::Age);
        }
        if !rows.is_empty() {
            self.text += "\n";
            self.text += &String::from_utf8_lossy(&text);
            self.left_out.full.extend(left_out.full);
            self.left_out.empty.extend(left_out.empty);
        }
        self
    }

    pub(super) fn marked<const N: usize>(mut self, rows: &[Marked<N>]) -> Self {
        let mut needs = [Need::default(); N];
        for row in rows {
            let cells = needs.iter_mut().zip(&row.cells).enumerate();
            cells.for_each(|(index, (need, cell))| need.add(cell, index + 1 == N));
        }
        let widths = fit(&needs, self.output.width, true);
        let columns: Vec<Column> = widths.into_iter().flatten().map(Column::left).collect();
        for Marked { style, cells, command } in rows {
            let cells = cells.each_ref().map(|cell| sanitize(cell).into_owned());
            let painted = paint(&cells[0], *style, self.output.colour);
            for (number, line) in grid::lines(&columns, [cells.to_vec()]).iter().enumerate() {
                self.put(&if number == 0 { line.replacen(&cells[0], &painted, 1) } else { line.clone() });
            }
            if let Some(command) = command {
                let indent = columns.first().map_or(0, |column| column.width + GAP);
                self.put(&format!("{:indent$}$ {}", "", sanitize(command)));
            }
        }
        self
    }

    pub(super) fn into_parts(self) -> (String, LeftOut) {
        (self.text, self.left_out)
    }

    fn put(&mut self, line: &str) {
        self.text += line;
        self.text.push('\n');
    }

    fn wrapped(&self, text: &str) -> Vec<String> {
        if text.is_empty() {
            return Vec::new();
        }
        let text = multiline(text);
        grid::lines(&[Column::left(self.value_width(&text, 0))], [vec![text]])
    }

    /// One word, such as an address or a hash, is never broken, so that it can be copied.
    fn value_width(&self, value: &str, taken: usize) -> usize {
        let natural = value.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
        match self.output.width {
            Some(room) if value.contains(' ') => natural.min(room.saturating_sub(taken).max(NARROWEST)),
            _ => natural,
        }
    }
}

/// Line breaks stay; other control characters are replaced.
fn multiline(text: &str) -> String {
    text.lines().map(sanitize).collect::<Vec<_>>().join("\n")
}
