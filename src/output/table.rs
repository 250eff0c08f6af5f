//! A table for people: no borders, so that it can be searched and cut; columns fitted block by block, so that a million
//! rows need no more memory than a few hundred.

use crate::model::zone::Zone;
use unicode_width::UnicodeWidthStr;

use super::Output;
use super::cell::{self, Fields, cell};
use super::sanitize::sanitize;
use crate::model::view::{Field, FieldKind};

/// Rows looked at together to find the widths.
const BLOCK: usize = 250;
const GAP: &str = "  ";
/// A column is never squeezed below this.
const NARROWEST: usize = 8;

pub(super) struct Table {
    fields: Vec<&'static Field>,
    width: Option<usize>,
    zone: Zone,
    colour: bool,
    block: Vec<Vec<String>>,
    widths: Vec<usize>,
    has_heading: bool,
}

impl Table {
    pub(super) fn new(fields: Vec<&'static Field>, width: Option<usize>, zone: Zone, colour: bool) -> Self {
        let widths = fields.iter().map(|field| field.key.len()).collect();
        Table { fields, width, zone, colour, block: Vec::new(), widths, has_heading: false }
    }

    pub(super) fn row(&mut self, text: &mut Vec<u8>, row: &Fields) {
        let cells = self.fields.iter().map(|field| match row.get(field.key) {
            Some(value) => sanitize(&cell(value, field.kind, self.zone)).into_owned(),
            None => String::new(),
        });
        self.block.push(cells.collect());
        if self.block.len() == BLOCK {
            self.flush(text);
        }
    }

    /// Widths only grow from block to block, so that columns stay where they are if they can.
    pub(super) fn flush(&mut self, text: &mut Vec<u8>) {
        for row in &self.block {
            for (width, cell) in self.widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width());
            }
        }
        let widths = self.fitted();
        if !self.has_heading {
            let heading: Vec<String> =
                self.fields.iter().map(|field| field.key.to_uppercase().replace('_', " ")).collect();
            let (bold, plain) = if self.colour { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
            text.extend_from_slice(format!("{bold}{}{plain}\n", self.line(&heading, &widths)).as_bytes());
            self.has_heading = true;
        }
        for row in std::mem::take(&mut self.block) {
            text.extend_from_slice(self.line(&row, &widths).as_bytes());
            text.push(b'\n');
        }
    }

    /// On a terminal the widest columns give way until the line fits; the first, which holds the code, never does.
    fn fitted(&self) -> Vec<usize> {
        let mut widths = self.widths.clone();
        let Some(room) = self.width else { return widths };
        let gaps = GAP.len() * widths.len().saturating_sub(1);
        while widths.iter().sum::<usize>() + gaps > room {
            match widths.iter_mut().skip(1).filter(|width| **width > NARROWEST).max() {
                Some(widest) => *widest -= 1,
                None => break,
            }
        }
        widths
    }

    fn line(&self, cells: &[String], widths: &[usize]) -> String {
        let columns = self.fields.iter().zip(cells).zip(widths);
        let padded = columns.map(|((field, text), width)| {
            let text = shortened(text, *width);
            let room = " ".repeat(width.saturating_sub(text.width()));
            if matches!(field.kind, FieldKind::Number | FieldKind::Many) {
                room + &text
            } else {
                text + &room
            }
        });
        padded.collect::<Vec<_>>().join(GAP).trim_end().to_owned()
    }
}

/// A whole table, as one part of a card.
pub(super) fn table<T: serde::Serialize>(fields: Vec<&'static Field>, rows: &[T], output: &Output) -> String {
    let mut table = Table::new(fields, output.width, output.zone, output.colour);
    let mut text = Vec::new();
    for fields in rows.iter().filter_map(|row| cell::fields(row).ok()) {
        table.row(&mut text, &fields);
    }
    table.flush(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

fn shortened(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.chars() {
        if short.width() + unicode_width::UnicodeWidthChar::width(letter).unwrap_or(0) + 1 > width {
            break;
        }
        short.push(letter);
    }
    short + "…"
}
